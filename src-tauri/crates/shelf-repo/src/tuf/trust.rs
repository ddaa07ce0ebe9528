//! What the verifier needs from outside: bytes by name, and a place that remembers.

use std::collections::BTreeMap;
use std::future::Future;

/// Any error of a transport. [`super::TufError::Transport`] hands it on as it came, so that the
/// caller finds its own type again with `downcast_ref`.
pub type SourceError = Box<dyn std::error::Error + Send + Sync>;

/// Any error of a trust store.
pub type StoreError = Box<dyn std::error::Error + Send + Sync>;

/// Gives the files under `/tuf` of a repository by name (`timestamp.json`, `2.root.json`,
/// `targets/<sha256>.head.json`).
pub trait FetchMetadata: Sync {
    /// The bytes of `name`; `None` where the source says for certain that there is no such file
    /// (an error otherwise: a lost connection must not look like the end of the root chain).
    ///
    /// Stops reading after `max + 1` bytes and returns what it has: the verifier refuses a file that
    /// is too long, and still sees that it is, say, the log-in page of a hotspot.
    fn fetch(
        &self,
        name: &str,
        max: u64,
    ) -> impl Future<Output = Result<Option<Vec<u8>>, SourceError>> + Send;
}

/// Everything that a client trusts, as the verified bytes themselves: nothing in it needs to be
/// believed, it is verified again from the root at each refresh. Together they are the floor under
/// which no version may fall.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TrustState {
    /// The root that was given first, then each that followed it.
    pub roots: Vec<Vec<u8>>,
    /// `timestamp.json`.
    pub timestamp: Vec<u8>,
    /// The snapshot that the timestamp names.
    pub snapshot: Vec<u8>,
    /// The targets file that the snapshot names.
    pub targets: Vec<u8>,
    /// The head that the targets file names.
    pub head: Vec<u8>,
}

/// Remembers the trust state of one shelf.
///
/// `save` must be all or nothing and durable before it returns (SQLite: one transaction with
/// `synchronous=FULL`). A store that loses its content silently loses the protection against
/// rollback, so an unreadable one must give an error, not `None`.
pub trait TrustStore: Send {
    /// The state saved last; `None` before the first.
    fn load(&self) -> Result<Option<TrustState>, StoreError>;
    /// Replaces the state as a whole.
    fn save(&mut self, state: &TrustState) -> Result<(), StoreError>;
}

/// A trust store in memory: for tests and for a visit that leaves nothing.
#[derive(Clone, Debug, Default)]
pub struct MemoryTrust {
    state: Option<TrustState>,
    saves: usize,
}

impl MemoryTrust {
    /// How often a state was saved.
    pub fn saves(&self) -> usize {
        self.saves
    }
}

impl TrustStore for MemoryTrust {
    fn load(&self) -> Result<Option<TrustState>, StoreError> {
        Ok(self.state.clone())
    }

    fn save(&mut self, state: &TrustState) -> Result<(), StoreError> {
        self.state = Some(state.clone());
        self.saves += 1;
        Ok(())
    }
}

/// A repository's `/tuf` folder in memory.
impl FetchMetadata for BTreeMap<String, Vec<u8>> {
    async fn fetch(&self, name: &str, _max: u64) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self.get(name).cloned())
    }
}
