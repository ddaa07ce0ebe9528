//! Kills at every write.

use super::*;

/// A destination that fails at its n-th write, as a killed publisher would stop there.
struct Failing<'a> {
    inner: &'a FolderDestination,
    writes_left: AtomicUsize,
}

impl Failing<'_> {
    fn write(&self) -> Result<(), StoreError> {
        let left = self
            .writes_left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                left.checked_sub(1)
            });
        left.map(drop).map_err(|_| StoreError::Other {
            operation: "write",
            name: "the n-th file".into(),
            source: "killed".into(),
        })
    }
}

impl RepoRead for Failing<'_> {
    fn get(&self, name: &RepoName, max: u64) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.get(name, max)
    }
    fn get_range(
        &self,
        name: &RepoName,
        offset: u64,
        length: u64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.get_range(name, offset, length)
    }
    fn size(&self, name: &RepoName) -> Result<Option<u64>, StoreError> {
        self.inner.size(name)
    }
}

impl Destination for Failing<'_> {
    fn put(&self, name: &RepoName, bytes: &[u8]) -> Result<(), StoreError> {
        self.write()?;
        self.inner.put(name, bytes)
    }
    fn put_file(
        &self,
        name: &RepoName,
        path: &Path,
        expected: &ContentHash,
    ) -> Result<(), StoreError> {
        self.write()?;
        self.inner.put_file(name, path, expected)
    }
    fn list(&self, prefix: &str) -> Result<Vec<(RepoName, u64)>, StoreError> {
        self.inner.list(prefix)
    }
    fn remove(&self, name: &RepoName) -> Result<(), StoreError> {
        self.write()?;
        self.inner.remove(name)
    }
}

#[test]
fn a_publish_killed_at_any_write_leaves_the_old_head_sound_and_the_next_one_succeeds() {
    let origin = TempDir::new().unwrap();
    let mut shelf = Shelf::new(80);
    publish_on(1, &shelf, &FolderDestination::new(origin.path())).unwrap();
    let old_head = head_in(origin.path()).unwrap();
    for n in 0..50 {
        shelf.revise(n, 1);
    }
    shelf.documents.remove(&id(70));
    shelf.data.push(("weights.json".into(), b"{}".to_vec()));

    let mut killed = 0;
    for writes in 0.. {
        let folder = TempDir::new().unwrap();
        for (name, bytes) in files_in(origin.path()) {
            let name: RepoName = name.parse().unwrap();
            FolderDestination::new(folder.path())
                .put(&name, &bytes)
                .unwrap();
        }
        let inner = FolderDestination::new(folder.path());
        let failing = Failing {
            inner: &inner,
            writes_left: AtomicUsize::new(writes),
        };
        let result = publish_on(2, &shelf, &failing);
        let standing = head_in(folder.path()).unwrap();
        verified(folder.path());
        match &result {
            Ok(report) => assert!(report.changed),
            Err(_) => {
                killed += 1;
                assert_eq!(
                    standing, old_head,
                    "the old head stands after {writes} writes"
                );
            }
        }
        let again = publish_on(3, &shelf, &inner).unwrap();
        assert_eq!(again.seq, 2);
        assert_eq!(again.changed, result.is_err());
        assert_eq!(verified(folder.path()).documents, 79);
        if failing.writes_left.load(Ordering::SeqCst) > 0 {
            break;
        }
    }
    assert!(killed > 8, "{killed} places to be killed at");
}
