//! The sample shelf, published into a folder and synced from there.

use shelf_engine::library::SyncOptions;
use shelf_engine::press::IngestOptions;
use shelf_engine::{Clock, Job, Library, Press};
use std::path::{Path, PathBuf};

/// After every day on which the sample shelf was checked.
pub(crate) fn clock() -> Clock {
    Clock::Fixed("2026-08-01T00:00:00Z".parse().unwrap())
}

/// The files that the counts of these tests are about: the sample shelf may grow.
const FILES: [&str; 28] = [
    "tai-lieu/bai-giang-hoa-giai-o-co-so.html",
    "tai-lieu/bai-tu-sach-nha-rong.html",
    "tai-lieu/cam-nang-tuyen-truyen-vien.txt",
    "tai-lieu/cau-chuyen-vay-tien-mua-phan.txt",
    "tai-lieu/de-cuong-quy-che-tu-sach.txt",
    "tai-lieu/hoi-dap-huong-uoc.html",
    "tai-lieu/hoi-dap-tranh-chap-tach-thua-dat.txt",
    "tai-lieu/phieu-muon-sach.docx",
    "tai-lieu/phieu-tu-van-tach-thua.txt",
    "tai-lieu/tieu-pham-dot-ray.txt",
    "tai-lieu/tin-nghi-quyet-ho-tro-hoc-sinh.txt",
    "tai-lieu/to-gap-khai-sinh-khai-tu.txt",
    "tai-lieu/to-gap-nguoi-phu-trach-tu-sach.txt",
    "tai-lieu/to-gap-phoi-hop-tiep-cong-dan.txt",
    "tai-lieu/to-gap-thong-ke-chung-thuc.txt",
    "tai-lieu/truyen-thanh-phong-chay-rung-mua-kho.txt",
    "van-ban/9001-2026-QD-UBND-tu-sach-phap-luat.txt",
    "van-ban/9002-2026-QD-UBND-sua-doi-quy-che-tu-sach.txt",
    "van-ban/9003-VBHN-UBND-quy-che-tu-sach.txt",
    "van-ban/9004-2016-QD-UBND-bao-cao-chung-thuc.txt",
    "van-ban/9005-2026-QD-UBND-bai-bo.txt",
    "van-ban/9006-2026-NQ-HDND-ho-tro-hoc-sinh.txt",
    "van-ban/9007-2025-QD-UBND-tiep-cong-dan.txt",
    "van-ban/9008-2026-QD-UBND-ngung-hieu-luc.txt",
    "van-ban/9009-2022-QD-UBND-phong-chay-rung.txt",
    "van-ban/9010-2026-QD-UBND-dat-o-tach-thua.txt",
    "van-ban/9011-2025-QD-UBND-huong-uoc-quy-uoc.txt",
    "van-ban/9012-2014-QD-UBND-tuyen-truyen-luu-dong.txt",
];

/// A publisher's workspace, the repository it publishes to and a reader's data folder.
pub(crate) struct Shelf {
    folder: tempfile::TempDir,
}

impl Shelf {
    /// A shelf with the sample documents, which was published and not synced yet.
    pub(crate) fn published() -> Shelf {
        Shelf::published_with(&[])
    }

    /// The same, with more files beside the sample ones.
    pub(crate) fn published_with(files: &[(&str, &[u8])]) -> Shelf {
        let shelf = Shelf {
            folder: tempfile::tempdir().unwrap(),
        };
        for name in FILES.into_iter().chain(["danh-muc.csv"]) {
            let to = shelf.input().join(name);
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::copy(assets().join("sample-shelf").join(name), to).unwrap();
        }
        for (name, bytes) in files {
            std::fs::write(shelf.input().join(name), bytes).unwrap();
        }
        Press::init(&shelf.workspace(), None, Some("Tủ sách thử"), clock()).unwrap();
        shelf.ingest();
        shelf.publish();
        shelf
    }

    /// The same, synced.
    pub(crate) fn synced() -> Shelf {
        let shelf = Shelf::published();
        shelf.sync().unwrap();
        shelf
    }

    pub(crate) fn ingest(&self) {
        let options = IngestOptions {
            list: Some(self.input().join("danh-muc.csv")),
            approve: true,
            ..IngestOptions::default()
        };
        let report = self
            .press()
            .ingest(&[self.input()], &options, &Job::silent())
            .unwrap();
        assert!(report.failed.is_empty(), "{:?}", report.failed);
    }

    pub(crate) fn publish(&self) {
        let mut press = self.press();
        press
            .publish(
                &self.repository(),
                shelf_engine::press::PublishOptions::default(),
                &Job::silent(),
            )
            .unwrap();
    }

    pub(crate) fn sync(&self) -> Result<shelf_engine::library::SyncReport, shelf_engine::Error> {
        Library::sync(&self.home(), &self.options(), clock(), &Job::silent())
    }

    pub(crate) fn options(&self) -> SyncOptions {
        SyncOptions {
            source: self.repository().display().to_string(),
            root: Some(std::fs::read(self.root()).unwrap()),
            collections: Vec::new(),
        }
    }

    pub(crate) fn opened(&self) -> Library {
        Library::open(&self.home(), clock(), &Job::silent()).unwrap()
    }

    pub(crate) fn press(&self) -> Press {
        Press::open(&self.workspace(), clock()).unwrap()
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.workspace().join("root.json")
    }

    pub(crate) fn input(&self) -> PathBuf {
        self.folder.path().join("input")
    }

    pub(crate) fn repository(&self) -> PathBuf {
        self.folder.path().join("repository")
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    pub(crate) fn workspace(&self) -> PathBuf {
        self.folder.path().join("workspace")
    }
}

fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets")
}
