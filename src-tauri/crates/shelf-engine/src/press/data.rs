//! The signed data of a shelf: tables that every reader's machine searches with, the built-in ones with
//! what the publisher changes in `data/` of the workspace, and a ranking of his own where he has one.

use crate::{Error, ErrorCode};
use shelf_law::TableName;
use shelf_law::tables::merged;
use shelf_search::Ranking;
use std::path::Path;

use crate::library::RANKING;

/// The folder of a workspace with the publisher's own entries.
pub(super) const FOLDER: &str = "data";
/// Bytes of one of his files.
const MOST: u64 = 1 << 20;

/// A file of signed data.
struct Kind {
    name: &'static str,
    /// What is published, made of what stands in the workspace; `None` publishes nothing.
    make: fn(Option<&str>) -> Result<Option<String>, String>,
}

/// Every file of signed data that is published, in order of their names.
const KINDS: [Kind; 4] = [
    Kind {
        name: "abbreviations.json",
        make: |own| table(TableName::Abbreviations, own),
    },
    Kind {
        name: RANKING,
        make: ranking,
    },
    Kind {
        name: "units.json",
        make: |own| table(TableName::Units, own),
    },
    Kind {
        name: "words.json",
        make: |own| table(TableName::Words, own),
    },
];

/// A ranking travels whole, as `cargo xtask train` wrote it; without one each machine has its own.
fn ranking(own: Option<&str>) -> Result<Option<String>, String> {
    let Some(own) = own.map(|own| own.trim_start_matches('\u{feff}')) else {
        return Ok(None);
    };
    let read = Ranking::from_json(own.as_bytes());
    read.map_err(|why| format!("{why}; make it anew with `cargo xtask train`, or take it away"))?;
    Ok(Some(own.to_string()))
}

fn table(name: TableName, own: Option<&str>) -> Result<Option<String>, String> {
    merged(name, own)
        .map(Some)
        .map_err(|error| error.to_string())
}

/// The signed data of a workspace, by name: the same bytes as long as nothing was changed.
///
/// # Errors
/// A file in the folder is unreadable, is none of those that are published, or has an entry that
/// cannot be used; the words name the file, the entry and what to do.
pub(super) fn files(workspace: &Path) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let folder = workspace.join(FOLDER);
    refuse_strange_files(&folder)?;
    let mut files = Vec::new();
    for kind in KINDS {
        let path = folder.join(kind.name);
        let own = match path.is_file() {
            true => Some(read(&path)?),
            false => None,
        };
        let made = (kind.make)(own.as_deref()).map_err(|why| bad(&path, &why))?;
        files.extend(made.map(|text| (kind.name.to_string(), text.into_bytes())));
    }
    Ok(files)
}

fn read(path: &Path) -> Result<String, Error> {
    let size = std::fs::metadata(path).map_err(Error::io(path))?.len();
    if size > MOST {
        return Err(bad(
            path,
            &format!("has {size} bytes, at most {MOST} are read; take entries out"),
        ));
    }
    let bytes = std::fs::read(path).map_err(Error::io(path))?;
    String::from_utf8(bytes).map_err(|_| bad(path, "is not UTF-8 text; save it as UTF-8"))
}

/// A misspelt name would be passed over in silence.
fn refuse_strange_files(folder: &Path) -> Result<(), Error> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder).map_err(Error::io(folder))? {
        let path = entry.map_err(Error::io(folder))?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        // Editors and systems leave their own behind.
        let passing = name.starts_with('.') || name.ends_with('~') || name == "Thumbs.db";
        if !passing && KINDS.iter().all(|kind| kind.name != name) {
            let known: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
            let why = format!(
                "is no data that a shelf has; rename it to one of {}, or move it away",
                known.join(", ")
            );
            return Err(bad(&path, &why));
        }
    }
    Ok(())
}

fn bad(path: &Path, why: &str) -> Error {
    let name = path.display();
    Error::new(
        ErrorCode::BadInput,
        format!("{name}: {why}; nothing was published"),
    )
    .saying(
        &format!("Tệp dữ liệu {name} có chỗ chưa dùng được, chưa phát hành gì: {why}."),
        &format!("The data file {name} cannot be used, nothing was published: {why}."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn a_workspace_without_own_data_publishes_the_built_in_tables() {
        let workspace = tempfile::tempdir().unwrap();
        let made = files(workspace.path()).unwrap();
        let names: Vec<&str> = made.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["abbreviations.json", "units.json", "words.json"]);
        assert_eq!(
            made,
            files(workspace.path()).unwrap(),
            "the same bytes again"
        );
        let bytes: usize = made.iter().map(|(_, bytes)| bytes.len()).sum();
        assert!(bytes < 100_000, "{bytes} bytes go to every machine");
    }

    #[test]
    fn own_entries_are_laid_over_and_mistakes_are_named() {
        let workspace = tempfile::tempdir().unwrap();
        let folder = workspace.path().join(FOLDER);
        std::fs::create_dir(&folder).unwrap();
        let write = |name: &str, text: &[u8]| std::fs::write(folder.join(name), text).unwrap();
        write(".words.json.swp", b"");
        write(
            "words.json",
            r#"{"words":{"cúng làng":"lễ hội"}}"#.as_bytes(),
        );
        let made = files(workspace.path()).unwrap();
        let words: Value = serde_json::from_slice(&made[2].1).unwrap();
        assert_eq!(words["words"]["cúng làng"], "lễ hội");
        let fails = |said: &[&str]| {
            let error = files(workspace.path()).unwrap_err();
            assert_eq!(error.code, ErrorCode::BadInput);
            for said in said {
                assert!(error.words.contains(said), "{}", error.words);
            }
        };
        write("words.json", r#"{"words":{"cúng làng":3}}"#.as_bytes());
        fails(&[
            "words.json",
            "words › cúng làng",
            "a meaning must be words in quotes",
        ]);
        write("words.json", b"\xff\xfe");
        fails(&["words.json", "UTF-8"]);
        write("words.json", b"{}");
        write(
            "ranking.json",
            br#"{"format":1,"units":{"candidates":9,"weights":{"luck":1}}}"#,
        );
        fails(&["ranking.json", "\"luck\" is not known", "cargo xtask train"]);
        write("ranking.json", b"{\"format\":1}");
        let made = files(workspace.path()).unwrap();
        assert!(made.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(made[1], ("ranking.json".into(), b"{\"format\":1}".to_vec()));
        write("word.json", b"{}");
        fails(&["word.json", "rename it to one of abbreviations.json"]);
    }
}
