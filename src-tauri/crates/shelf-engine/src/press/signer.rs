//! The workspace's keys as the publisher of a repository needs them.

use crate::{Error, ErrorCode};
use jiff::Timestamp;
use shelf_repo::publish::{CurrentHead, OutsideError, SignHead};
use shelf_repo::tuf::{
    FetchMetadata, HeadSigner, MemoryTrust, SignError, SourceError, TIMESTAMP, TufError,
    TufRelease, Versions, refresh, versions_of,
};
use shelf_repo::{Destination, RepoName};
use std::path::Path;

/// No file under `/tuf` is larger; the head has a cap of its own.
const MOST: u64 = shelf_repo::tuf::MAX_HEAD;

/// Signs heads with the online key of a workspace.
pub(crate) struct WorkspaceSigner(HeadSigner);

impl WorkspaceSigner {
    pub(crate) fn open(workspace: &Path) -> Result<WorkspaceSigner, Error> {
        HeadSigner::open(workspace)
            .map(WorkspaceSigner)
            .map_err(|error| {
                let code = match &error {
                    SignError::NoKeys(_) => ErrorCode::KeysMissing,
                    _ => ErrorCode::Io,
                };
                Error::new(code, error.to_string())
            })
    }

    /// Names under `/tuf` that stand in a destination.
    fn names(dest: &dyn Destination) -> Result<Vec<String>, OutsideError> {
        let listed = dest.list("tuf/")?;
        let names = listed
            .iter()
            .filter_map(|(name, _)| name.as_str().strip_prefix("tuf/"));
        Ok(names.map(str::to_string).collect())
    }

    fn read(dest: &dyn Destination, name: &str) -> Result<Option<Vec<u8>>, OutsideError> {
        Ok(dest.get(&tuf_name(name)?, MOST)?)
    }

    /// The versions in use at a destination.
    fn floor(dest: &dyn Destination) -> Result<Versions, OutsideError> {
        let names = Self::names(dest)?;
        let timestamp = Self::read(dest, TIMESTAMP)?;
        Ok(versions_of(
            names.iter().map(String::as_str),
            timestamp.as_deref(),
        )?)
    }

    /// Refuses a destination that is another shelf's.
    fn check_roots(&self, dest: &dyn Destination) -> Result<(), OutsideError> {
        let mut roots = Vec::new();
        for name in Self::names(dest)? {
            if name.ends_with(".root.json")
                && let Some(bytes) = Self::read(dest, &name)?
            {
                roots.push((name, bytes));
            }
        }
        let roots = roots
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        Ok(self.0.check_roots(roots)?)
    }

    fn write(&self, dest: &dyn Destination, release: &TufRelease) -> Result<(), OutsideError> {
        for (name, bytes) in self.0.root_files().iter().chain(&release.files) {
            let name = tuf_name(name)?;
            // A file that stands is not touched: a reader may be at it.
            let stands = dest.size(&name)? == Some(bytes.len() as u64)
                && dest.get(&name, MOST)?.as_ref() == Some(bytes);
            if !stands {
                dest.put(&name, bytes)?;
            }
        }
        Ok(())
    }
}

fn tuf_name(name: &str) -> Result<RepoName, OutsideError> {
    Ok(format!("tuf/{name}").parse()?)
}

impl SignHead for WorkspaceSigner {
    fn current(&self, dest: &dyn Destination) -> Result<Option<CurrentHead>, OutsideError> {
        self.check_roots(dest)?;
        let first = self
            .0
            .root_files()
            .first()
            .map(|(_, bytes)| bytes.as_slice());
        let mut trust = MemoryTrust::default();
        let standing = Standing(dest);
        let refreshing = refresh(first, &standing, &mut trust, Timestamp::UNIX_EPOCH);
        match pollster(refreshing) {
            Ok(verified) => Ok(Some(CurrentHead {
                head_bytes: verified.head,
            })),
            Err(TufError::NotAShelf) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn release(
        &self,
        dest: &dyn Destination,
        head_bytes: &[u8],
        now: Timestamp,
    ) -> Result<(), OutsideError> {
        let release = self.0.sign_head(head_bytes, Self::floor(dest)?, now)?;
        self.write(dest, &release)
    }

    fn confirm(&self, dest: &dyn Destination, now: Timestamp) -> Result<(), OutsideError> {
        let standing = Self::read(dest, TIMESTAMP)?.ok_or("the timestamp is gone")?;
        match self.0.confirm(&standing, Self::floor(dest)?, now) {
            Ok(release) => self.write(dest, &release),
            // Another destination was published to meanwhile: this one is signed anew, so that a
            // reader who changes between the two sees no rollback.
            Err(SignError::Behind { .. }) => {
                let current = self.current(dest)?.ok_or("the head is gone")?;
                self.release(dest, &current.head_bytes, now)
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// A destination as the verifier reads it.
struct Standing<'a>(&'a dyn Destination);

impl FetchMetadata for Standing<'_> {
    async fn fetch(&self, name: &str, max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self.0.get(&tuf_name(name)?, max + 1)?)
    }
}

/// Runs a future that never waits: a destination answers at once.
fn pollster<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}
