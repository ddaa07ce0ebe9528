//! The publisher's side on small folders of files.

mod fork;
mod review;
mod said;

use super::*;
use crate::{Clock, Job};
use shelf_law::DocumentFile;
use shelf_sync::Cancel;
use std::path::Path;
use tempfile::TempDir;

/// A workspace, a folder of files and a repository that go away.
struct Desk {
    folder: TempDir,
    press: Press,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let workspace = folder.path().join("ws");
        Press::init(&workspace, None, None, Clock::System).unwrap();
        std::fs::create_dir(folder.path().join("in")).unwrap();
        Desk {
            press: Press::open(&workspace, Clock::System).unwrap(),
            folder,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file into the folder that is read.
    fn file(&self, name: &str, content: &str) {
        std::fs::write(self.path("in").join(name), content).unwrap();
    }

    /// Reads the folder and approves, with this list where one is given.
    fn ingest(&mut self, list: Option<&str>) -> IngestReport {
        let file = self.path("list.csv");
        if let Some(list) = list {
            std::fs::write(&file, list).unwrap();
        }
        let options = IngestOptions {
            list: list.map(|_| file),
            collection: None,
            approve: true,
        };
        let inputs = [self.path("in")];
        let report = in_job(|job| self.press.ingest(&inputs, &options, job)).unwrap();
        assert_eq!(report.failed, vec![]);
        report
    }

    fn publish(&mut self, to: &str) -> PublishOutcome {
        publish(&mut self.press, &self.folder.path().join(to), false).unwrap()
    }

    /// What is on the shelf, or goes there with the next publish, under this name.
    fn approved(&self, name: &str) -> DocumentFile {
        let id = self.press.find(&[name.to_string()]).unwrap().remove(0);
        let form = self.press.workspace.approved(&id).unwrap().unwrap();
        form.open().unwrap().0
    }
}

fn publish(press: &mut Press, to: &Path, take_over: bool) -> Result<PublishOutcome, Error> {
    let options = PublishOptions {
        rebuild: false,
        take_over,
    };
    in_job(|job| press.publish(to, options, job))
}

fn in_job<T>(work: impl FnOnce(&Job<'_>) -> T) -> T {
    work(&Job::new(&|_| {}, Cancel::default()))
}

/// A decision with this number and this text of its Điều 1.
fn act(number: &str, text: &str) -> String {
    format!(
        "ỦY BAN NHÂN DÂN TỈNH GIA LAI\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         Số: {number}\tGia Lai, ngày 05 tháng 3 năm 2026\n\nQUYẾT ĐỊNH\nVề việc thử nghiệm\n\n\
         Điều 1. Phạm vi\n{text}\nĐiều 2. Hiệu lực\nQuyết định này có hiệu lực từ ngày ký.\n"
    )
}
