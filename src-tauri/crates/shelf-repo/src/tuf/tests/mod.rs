//! A shelf in memory, published and read.

mod attacks;
mod publishing;
mod reading;
mod strictness;

use std::collections::BTreeMap;
use std::future::Future;
use std::path::Path;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use jiff::Timestamp;

use super::client::{TufError, VerifiedHead, refresh};
use super::key::SigningKey;
use super::keys::{self, init_with, root_name, root_value};
use super::{HeadSigner, MemoryTrust, TIMESTAMP, TufRelease, Versions, envelope, versions_of};

/// scrypt that costs nothing, for tests.
const FAST: u8 = 2;

/// The folder `/tuf` of a destination.
type Files = BTreeMap<String, Vec<u8>>;

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    time("2026-03-02T08:15:30Z")
}

/// Runs a future that never waits.
fn done<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("an in-memory source never waits"),
    }
}

/// A publisher's workspace with its destination.
struct Shelf {
    workspace: tempfile::TempDir,
    files: Files,
}

impl Shelf {
    fn new() -> Shelf {
        let workspace = tempfile::tempdir().unwrap();
        init_with(workspace.path(), None, FAST, now()).unwrap();
        Shelf {
            workspace,
            files: Files::new(),
        }
    }

    fn published(head: &str) -> Shelf {
        let mut shelf = Shelf::new();
        shelf.publish(head);
        shelf
    }

    fn path(&self) -> &Path {
        self.workspace.path()
    }

    fn signer(&self) -> HeadSigner {
        HeadSigner::open(self.path()).unwrap()
    }

    fn root(&self) -> Vec<u8> {
        std::fs::read(self.path().join("root.json")).unwrap()
    }

    fn floor(&self) -> Versions {
        let timestamp = self.files.get(TIMESTAMP).map(Vec::as_slice);
        versions_of(self.files.keys().map(String::as_str), timestamp).unwrap()
    }

    fn publish(&mut self, head: &str) -> TufRelease {
        let signer = self.signer();
        let release = signer
            .sign_head(head.as_bytes(), self.floor(), now())
            .unwrap();
        self.files.extend(signer.root_files().iter().cloned());
        self.files.extend(release.files.iter().cloned());
        release
    }

    fn confirm(&mut self, at: Timestamp) -> TufRelease {
        let current = self.files[TIMESTAMP].clone();
        let release = self.signer().confirm(&current, self.floor(), at).unwrap();
        self.files.extend(release.files.iter().cloned());
        release
    }

    fn root_keys(&self) -> Vec<SigningKey> {
        let read = |path: &std::path::PathBuf| SigningKey::read(path, None).unwrap();
        keys::root_keys_present(self.path())
            .iter()
            .map(read)
            .collect()
    }

    /// The next root with other keys, signed by two of the old root keys and all new ones.
    fn rotate(&mut self, online: &SigningKey) {
        let old = self.root_keys();
        let new: Vec<SigningKey> = (0..3).map(|_| SigningKey::generate().unwrap()).collect();
        let version = self.signer().root_files().len() as u64 + 1;
        let value = root_value(version, &new.iter().collect::<Vec<_>>(), online, now());
        let signers: Vec<&SigningKey> = old.iter().take(2).chain(&new).collect();
        let root = envelope::seal(value, &signers).unwrap();
        let folder = self.path().join("keys");
        std::fs::write(folder.join(root_name(version)), &root).unwrap();
        std::fs::write(
            folder.join("online.key"),
            &*online.to_file(None, FAST).unwrap(),
        )
        .unwrap();
        self.files.insert(root_name(version), root);
    }

    fn read(&self, trust: &mut MemoryTrust) -> Result<VerifiedHead, TufError> {
        done(refresh(Some(&self.root()), &self.files, trust, now()))
    }
}
