//! The workspace's keys as the publisher of a repository needs them.

use crate::{Error, ErrorCode};
use jiff::Timestamp;
use shelf_law::ContentHash;
use shelf_repo::publish::{CurrentHead, OutsideError, SignHead};
use shelf_repo::tuf::{
    FetchMetadata, HeadSigner, MemoryTrust, SignError, SourceError, TIMESTAMP, TufError,
    TufRelease, Versions, refresh, versions_of,
};
use shelf_repo::{Destination, Head, RepoName};
use std::path::Path;

/// No file under `/tuf` is larger; the head has a cap of its own.
const MOST: u64 = shelf_repo::tuf::MAX_HEAD;

/// What a workspace knows of the heads that it published.
pub(crate) trait Heads {
    /// Refuses a standing head, with [`Diverged`], that this workspace may not publish over.
    fn check(&self, hash: &ContentHash, head: &Head) -> Result<(), OutsideError>;

    /// Takes note of a head before the first byte of it is written.
    fn remember(&self, hash: &ContentHash, head: &Head) -> Result<(), OutsideError>;
}

/// A standing head that another copy of this workspace published.
#[derive(Debug, thiserror::Error)]
#[error("sequence {seq} was published by another copy of this workspace")]
pub(crate) struct Diverged {
    /// Its sequence.
    pub(crate) seq: u64,
    /// When it was published.
    pub(crate) published_at: Timestamp,
}

/// Signs heads with the online key of a workspace.
pub(crate) struct WorkspaceSigner<'a> {
    signer: HeadSigner,
    heads: &'a dyn Heads,
}

impl<'a> WorkspaceSigner<'a> {
    pub(crate) fn open(
        workspace: &Path,
        heads: &'a dyn Heads,
    ) -> Result<WorkspaceSigner<'a>, Error> {
        HeadSigner::open(workspace)
            .map(|signer| WorkspaceSigner { signer, heads })
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
        Ok(self.signer.check_roots(roots)?)
    }

    fn write(&self, dest: &dyn Destination, release: &TufRelease) -> Result<(), OutsideError> {
        for (name, bytes) in self.signer.root_files().iter().chain(&release.files) {
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

impl SignHead for WorkspaceSigner<'_> {
    fn current(&self, dest: &dyn Destination) -> Result<Option<CurrentHead>, OutsideError> {
        self.check_roots(dest)?;
        let first = self
            .signer
            .root_files()
            .first()
            .map(|(_, bytes)| bytes.as_slice());
        let mut trust = MemoryTrust::default();
        let standing = Standing(dest);
        let refreshing = refresh(first, &standing, &mut trust, Timestamp::UNIX_EPOCH);
        match pollster(refreshing) {
            Ok(verified) => {
                // One that cannot be read is the publisher's to report.
                if let Ok(head) = Head::parse(&verified.head) {
                    self.heads.check(&ContentHash::of(&verified.head), &head)?;
                }
                Ok(Some(CurrentHead {
                    head_bytes: verified.head,
                }))
            }
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
        // Before it can stand: a publish that is killed right after must know it again.
        self.heads
            .remember(&ContentHash::of(head_bytes), &Head::parse(head_bytes)?)?;
        let release = self.signer.sign_head(head_bytes, Self::floor(dest)?, now)?;
        self.write(dest, &release)
    }

    fn confirm(&self, dest: &dyn Destination, now: Timestamp) -> Result<(), OutsideError> {
        let standing = Self::read(dest, TIMESTAMP)?.ok_or("the timestamp is gone")?;
        match self.signer.confirm(&standing, Self::floor(dest)?, now) {
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
