//! Backup of a workspace: approvals and corrections are somebody's work. One file, a zstd-compressed
//! tar whose first entry lists the others with their hashes.

use super::Press;
use crate::{Error, ErrorCode};
use serde::{Deserialize, Serialize};
use shelf_law::ContentHash;
use shelf_repo::tuf::root_keys_present;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) format: u32,
    pub(super) files: Vec<Listed>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) size: u64,
    pub(super) sha256: ContentHash,
}

/// What a backup or a restore did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BackupReport {
    /// The backup's file.
    pub file: PathBuf,
    /// Files in it.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// What a person must know from now on; of a restore only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<String>,
}

impl Press {
    /// Writes everything of the workspace to one file, which is there whole or not at all. Root keys
    /// that still stand on this machine are left out: they belong elsewhere.
    pub fn backup(&self, to: &Path) -> Result<BackupReport, Error> {
        if to.exists() {
            return Err(Error::new(
                ErrorCode::BadInput,
                format!(
                    "{}: exists already; a backup never overwrites, name another file",
                    to.display()
                ),
            ));
        }
        let parent = to
            .parent()
            .filter(|p| !p.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let aside = tempfile::Builder::new()
            .prefix(".backup-")
            .tempdir_in(parent)
            .map_err(Error::io(parent))?;
        let database = aside.path().join("workspace.db");
        self.workspace.copy_to(&database)?;

        let mut sources = vec![("workspace.db".to_string(), database)];
        let secret = root_keys_present(&self.folder);
        for name in ["root.json", "versions.json"] {
            let path = self.folder.join(name);
            if path.is_file() {
                sources.push((name.to_string(), path));
            }
        }
        for folder in ["keys", "o", super::data::FOLDER] {
            collect(&self.folder.join(folder), folder, &mut sources)?;
        }
        sources.retain(|(_, path)| !secret.contains(path));
        let mut files = Vec::with_capacity(sources.len());
        for (name, path) in &sources {
            let mut file = File::open(path).map_err(Error::io(path))?;
            let hashed =
                shelf_repo::blob::blob_for(&mut file, u64::MAX).map_err(Error::io(path))?;
            files.push(Listed {
                name: name.clone(),
                size: hashed.blob.size,
                sha256: hashed.blob.sha256,
            });
        }
        let manifest = serde_json::to_vec(&Manifest {
            format: FORMAT,
            files,
        })
        .expect("a manifest is plain data");

        let unfinished = aside.path().join("backup");
        let failed = |error| Error::io(to)(error);
        let file = private_file(&unfinished).map_err(Error::io(&unfinished))?;
        let packed = zstd::Encoder::new(file, 3).map_err(failed)?;
        let mut tar = tar::Builder::new(packed);
        append(
            &mut tar,
            MANIFEST,
            manifest.len() as u64,
            manifest.as_slice(),
        )
        .map_err(failed)?;
        let mut bytes = 0;
        for (name, path) in &sources {
            let file = File::open(path).map_err(Error::io(path))?;
            let size = file.metadata().map_err(Error::io(path))?.len();
            append(&mut tar, name, size, file).map_err(failed)?;
            bytes += size;
        }
        let file = tar
            .into_inner()
            .and_then(zstd::Encoder::finish)
            .map_err(failed)?;
        file.sync_all().map_err(failed)?;
        drop(file);
        std::fs::rename(&unfinished, to).map_err(failed)?;
        Ok(BackupReport {
            file: to.to_path_buf(),
            files: sources.len(),
            bytes,
            warning: None,
        })
    }
}

/// A new file that only its owner may read: the online key is in it.
pub(super) fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn collect(folder: &Path, name: &str, out: &mut Vec<(String, PathBuf)>) -> Result<(), Error> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(());
    };
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(Error::io(folder))?.path());
    }
    paths.sort();
    for path in paths {
        let Some(last) = path.file_name().and_then(|last| last.to_str()) else {
            continue;
        };
        let name = format!("{name}/{last}");
        if path.is_dir() {
            collect(&path, &name, out)?;
        } else if !shelf_repo::is_temporary(last) {
            out.push((name, path));
        }
    }
    Ok(())
}

fn append<W: Write>(
    tar: &mut tar::Builder<W>,
    name: &str,
    size: u64,
    content: impl Read,
) -> std::io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header.set_cksum();
    tar.append_data(&mut header, name, content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Clock;

    #[test]
    fn a_workspace_comes_back_from_its_backup_without_its_root_keys() {
        let folder = tempfile::tempdir().unwrap();
        let (workspace, backup) = (folder.path().join("ws"), folder.path().join("ws.backup"));
        let keys = Press::init(&workspace, None, Some("Tủ sách thử"), Clock::System).unwrap();
        let press = Press::open(&workspace, Clock::System).unwrap();
        press.backup(&backup).unwrap();
        assert!(press.backup(&backup).is_err(), "a backup never overwrites");

        let restored = folder.path().join("new/ws");
        let report = Press::restore(&backup, &restored).unwrap();
        let warning = report.warning.unwrap();
        assert!(warning.starts_with("do not publish from both copies"));
        assert_eq!(
            std::fs::read(restored.join("root.json")).unwrap(),
            std::fs::read(&keys.root).unwrap()
        );
        let again = Press::open(&restored, Clock::System).unwrap();
        assert!(again.root_keys_here().is_empty());
        assert_eq!(
            again.workspace.setting("shelf.name").unwrap().unwrap(),
            "Tủ sách thử"
        );
        assert!(
            Press::restore(&backup, &restored).is_err(),
            "nor does a restore"
        );
    }

    #[test]
    fn what_is_no_backup_is_named_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("ws");
        let text = folder.path().join("danh-sach.csv");
        std::fs::write(&text, "tệp;tên\n").unwrap();
        let packed = folder.path().join("laws.jsonl.zst");
        std::fs::write(&packed, zstd::encode_all(&b"{}\n"[..], 3).unwrap()).unwrap();
        let empty = folder.path().join("empty");
        std::fs::write(&empty, "").unwrap();
        let missing = folder.path().join("missing");
        for wrong in [
            &text,
            &packed,
            &empty,
            &missing,
            &folder.path().to_path_buf(),
        ] {
            let error = Press::restore(wrong, &target).unwrap_err();
            assert_eq!(error.code, ErrorCode::BadInput, "{error}");
            assert!(error.words.contains("shelf workspace backup"), "{error}");
            assert!(!target.exists(), "{}", wrong.display());
        }
    }

    #[test]
    fn a_damaged_backup_restores_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (workspace, backup) = (folder.path().join("ws"), folder.path().join("ws.backup"));
        Press::init(&workspace, None, None, Clock::System).unwrap();
        Press::open(&workspace, Clock::System)
            .unwrap()
            .backup(&backup)
            .unwrap();
        let whole = std::fs::read(&backup).unwrap();
        for at in (0..whole.len()).step_by(97) {
            let mut broken = whole.clone();
            broken[at] ^= 0x20;
            std::fs::write(&backup, &broken).unwrap();
            let target = folder.path().join("restored");
            if Press::restore(&backup, &target).is_ok() {
                // A byte that nothing reads (tar's padding): then all of it is as it was.
                assert!(Press::open(&target, Clock::System).is_ok());
                std::fs::remove_dir_all(&target).unwrap();
            }
            assert!(!target.exists(), "a damaged backup leaves nothing behind");
        }
        std::fs::write(&backup, &whole[..whole.len() / 2]).unwrap();
        assert!(Press::restore(&backup, &folder.path().join("half")).is_err());
    }
}
