//! Writing to people (stderr) and to programs (stdout).

use serde::Serialize;
use shelf_engine::{Cancel, Error, ErrorCode, Job, Lang, Phase, Progress};
use std::io::{IsTerminal, Write};
use std::path::Path;

/// Speaks to a person in their language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Say(pub(crate) Lang);

impl Say {
    /// The one of two wordings that is in this language.
    pub(crate) fn pick<T>(self, vietnamese: T, english: T) -> T {
        self.0.pick(vietnamese, english)
    }

    /// `3 tài liệu`, `3 documents`, `1 document`.
    pub(crate) fn documents(self, number: u64) -> String {
        self.0.count(number, "tài liệu", "document", "documents")
    }

    /// `3 tệp`, `3 files`, `1 file`.
    pub(crate) fn files(self, number: u64) -> String {
        self.0.count(number, "tệp", "file", "files")
    }

    /// A size: `1,4 MB` or `1.4 MB`, small ones in bytes.
    pub(crate) fn size(self, bytes: u64) -> String {
        let (unit, name) = match bytes {
            0..1_000 => {
                return self.0.count(bytes, "byte", "byte", "bytes");
            }
            1_000..1_000_000 => (1_000, "kB"),
            1_000_000..1_000_000_000 => (1_000_000, "MB"),
            _ => (1_000_000_000, "GB"),
        };
        let tenths = bytes / (unit / 10);
        let point = self.pick(',', '.');
        format!("{}{point}{} {name}", tenths / 10, tenths % 10)
    }
}

/// Writes the one JSON value of a command. A reader that hung up is no error of ours.
pub(crate) fn print_json(value: &impl Serialize) {
    let text =
        serde_json::to_string(value).unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"));
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Writes a line for a person.
pub(crate) fn print_line(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Shows progress on a terminal, and the beginning of each phase elsewhere.
pub(crate) fn with_job<T>(say: Say, work: impl FnOnce(&Job<'_>) -> T) -> T {
    let terminal = std::io::stderr().is_terminal();
    let last = std::sync::Mutex::new(None);
    let report = |progress: Progress| {
        let mut last = last
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let begun = *last != Some(progress.phase);
        *last = Some(progress.phase);
        let words = words_of(progress.phase, say);
        if terminal {
            let start = if begun { "\n" } else { "\r" };
            eprint!("{start}{words} {} ", amount(&progress, say));
        } else if begun {
            eprintln!("{words}");
        }
    };
    let cancel = Cancel::default();
    let job = Job::new(&report, cancel);
    let value = work(&job);
    if terminal {
        eprintln!();
    }
    value
}

fn words_of(phase: Phase, say: Say) -> &'static str {
    match phase {
        Phase::Reading => say.pick("Đang đọc tệp", "reading files"),
        Phase::Publishing => say.pick("Đang nén và ký", "packing and signing"),
        Phase::Checking => say.pick("Đang kiểm tra chữ ký", "checking the signed head"),
        Phase::Catalogue => say.pick("Đang nhận danh mục", "receiving the catalogue"),
        Phase::Texts => say.pick("Đang nhận nội dung", "receiving texts"),
        Phase::Objects => say.pick(
            "Đang nhận bản gốc, hình và tiếng",
            "receiving originals and media",
        ),
        Phase::Indexing => say.pick("Đang lập chỉ mục để tìm", "making texts searchable"),
        Phase::Verifying => say.pick("Đang kiểm tra từng tệp", "checking every file"),
    }
}

fn amount(progress: &Progress, say: Say) -> String {
    let written = |number: u64| match progress.phase {
        Phase::Texts | Phase::Objects => say.size(number),
        _ => number.to_string(),
    };
    match progress.total {
        Some(total) => format!("{} / {}", written(progress.done), written(total)),
        None => written(progress.done),
    }
}

/// Reads a small file that the person named.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|error| {
        let name = path.display();
        let detail = format!("{name}: {error}");
        Error::new(ErrorCode::BadInput, detail).saying(
            &format!("Không đọc được tệp {name}. Hãy kiểm tra đường dẫn."),
            &format!("The file {name} cannot be read. Check the path."),
        )
    })
}

/// Reads the root that stands after `--root`.
pub(crate) fn read_root(path: &Path) -> Result<Vec<u8>, Error> {
    read_file(path).map_err(|error| {
        let name = path.display();
        error.saying(
            &format!(
                "Không đọc được tệp gốc {name}. Hãy chỉ đúng tệp root.json nhận từ Sở Tư pháp."
            ),
            &format!("The root {name} cannot be read. Name the publisher's root.json."),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_each_language_writes_numbers() {
        assert_eq!(Say(Lang::Vi).size(1_449_999), "1,4 MB");
        assert_eq!(Say(Lang::En).size(1_449_999), "1.4 MB");
        assert_eq!(Say(Lang::En).size(1), "1 byte");
        assert_eq!(Say(Lang::Vi).size(24_300_000_000), "24,3 GB");
    }
}
