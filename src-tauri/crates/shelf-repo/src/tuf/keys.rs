//! The keys and the root of a new shelf.
//!
//! A workspace keeps them so:
//! ```text
//! WS/root.json             the newest root, to be handed out with the installer
//! WS/keys/online.key       signs targets, snapshot and timestamp
//! WS/keys/root-1.key …     to be moved off the machine, each to another place
//! WS/keys/1.root.json …    the chain of all roots, published as it is
//! WS/versions.json         the last versions signed
//! ```

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::{Value, json};
use shelf_law::ContentHash;

use super::envelope::{role, seal, years_after};
use super::files::{self, FileError};
use super::key::{KeyError, SCRYPT_WORK, SigningKey};

const KEYS: &str = "keys";
const ONLINE_KEY: &str = "online.key";
const ROOT_KEYS: usize = 3;
const ROOT_THRESHOLD: usize = 2;
/// Expiry never blocks reading here; other TUF clients do mind it.
const ROOT_YEARS: i32 = 20;

/// Why keys could not be made.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// The workspace has keys or a root; making others would make another shelf.
    #[error(
        "{} exists: this workspace has its keys already and they are never overwritten; use another workspace folder for another shelf", .0.display()
    )]
    AlreadyThere(PathBuf),
    /// A key could not be made or encrypted.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A file could not be written.
    #[error(transparent)]
    File(#[from] FileError),
}

impl InitError {
    /// The code by which other programs know it.
    pub fn code(&self) -> &'static str {
        match self {
            InitError::AlreadyThere(_) => "keys_exist",
            InitError::Key(error) => error.code(),
            InitError::File(_) => "io",
        }
    }
}

/// What `init` made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InitReport {
    /// The root to hand out.
    pub root: PathBuf,
    /// Its fingerprint, as hexadecimal digits.
    pub fingerprint: String,
    /// The root key files, to be moved off the machine.
    pub root_keys: Vec<PathBuf>,
    /// Whether the root key files are encrypted.
    pub encrypted: bool,
}

/// Makes the keys and the first root of a shelf in `workspace`, which is created where needed.
/// `passphrase` encrypts the root key files; the online key stays plain, for publishing runs
/// unattended, and is readable by its owner only.
///
/// Everything is made aside and appears with one rename, so that an interruption leaves no half
/// set of keys.
pub fn init(
    workspace: &Path,
    passphrase: Option<&[u8]>,
    now: Timestamp,
) -> Result<InitReport, InitError> {
    init_with(workspace, passphrase, SCRYPT_WORK, now)
}

pub(super) fn init_with(
    workspace: &Path,
    passphrase: Option<&[u8]>,
    work: u8,
    now: Timestamp,
) -> Result<InitReport, InitError> {
    let keys = workspace.join(KEYS);
    for taken in [&keys, &root_path(workspace)] {
        if taken.exists() {
            return Err(InitError::AlreadyThere(taken.clone()));
        }
    }
    std::fs::create_dir_all(workspace).map_err(FileError::of("create", workspace))?;
    let aside = tempfile::Builder::new()
        .prefix(".keys-")
        .tempdir_in(workspace)
        .map_err(FileError::of("create a folder in", workspace))?;

    let root_keys = (0..ROOT_KEYS)
        .map(|_| SigningKey::generate())
        .collect::<Result<Vec<_>, _>>()?;
    let online = SigningKey::generate()?;
    let signers: Vec<&SigningKey> = root_keys.iter().collect();
    let root = seal(root_value(1, &signers, &online, now), &signers)?;

    let mut names = Vec::new();
    for (index, key) in root_keys.iter().enumerate() {
        let name = format!("root-{}.key", index + 1);
        files::write_secret(&aside.path().join(&name), &key.to_file(passphrase, work)?)?;
        names.push(name);
    }
    files::write_secret(&aside.path().join(ONLINE_KEY), &online.to_file(None, work)?)?;
    files::write_atomic(&aside.path().join(root_name(1)), &root)?;

    std::fs::rename(aside.path(), &keys).map_err(FileError::of("create", &keys))?;
    // The folder has its final name now and must not be cleaned up.
    let _ = aside.keep();
    files::sync_folder(workspace)?;
    files::write_atomic(&root_path(workspace), &root)?;
    Ok(InitReport {
        root: root_path(workspace),
        fingerprint: fingerprint(&root),
        root_keys: names.iter().map(|name| keys.join(name)).collect(),
        encrypted: passphrase.is_some(),
    })
}

/// SHA-256 of a root file, as hexadecimal digits: what people compare when a root is handed over.
pub fn fingerprint(root: &[u8]) -> String {
    ContentHash::of(root).to_string()
}

/// Root keys that are still on this machine. Publishing needs none of them and warns about each.
pub fn root_keys_present(workspace: &Path) -> Vec<PathBuf> {
    let keys = workspace.join(KEYS);
    let names = files::names_in(&keys).unwrap_or_default();
    let is_root_key = |name: &String| name.starts_with("root-") && name.ends_with(".key");
    names
        .into_iter()
        .filter(is_root_key)
        .map(|name| keys.join(name))
        .collect()
}

/// The unsigned content of a root: `signers` hold the root role, `online` the three others.
pub(super) fn root_value(
    version: u64,
    signers: &[&SigningKey],
    online: &SigningKey,
    now: Timestamp,
) -> Value {
    let mut keys = serde_json::Map::new();
    for key in signers.iter().chain([&online]) {
        keys.insert(key.id().to_string(), key.public());
    }
    let root_ids: Vec<&str> = signers.iter().map(|key| key.id()).collect();
    let online = json!({"keyids": [online.id()], "threshold": 1});
    let mut fields = role("root", version, years_after(now, ROOT_YEARS));
    fields.insert("consistent_snapshot".into(), true.into());
    fields.insert("keys".into(), keys.into());
    fields.insert(
        "roles".into(),
        json!({
            "root": {"keyids": root_ids, "threshold": ROOT_THRESHOLD},
            "targets": online,
            "snapshot": online,
            "timestamp": online,
        }),
    );
    fields.into()
}

pub(super) fn root_path(workspace: &Path) -> PathBuf {
    workspace.join("root.json")
}

pub(super) fn online_key_path(workspace: &Path) -> PathBuf {
    workspace.join(KEYS).join(ONLINE_KEY)
}

pub(super) fn root_name(version: u64) -> String {
    format!("{version}.root.json")
}

/// The chain of roots in a workspace, from the first.
pub(super) fn root_chain(workspace: &Path) -> Result<Vec<(String, Vec<u8>)>, FileError> {
    let mut chain = Vec::new();
    for version in 1.. {
        let name = root_name(version);
        match files::read_optional(&workspace.join(KEYS).join(&name))? {
            Some(bytes) => chain.push((name, bytes)),
            None => break,
        }
    }
    Ok(chain)
}
