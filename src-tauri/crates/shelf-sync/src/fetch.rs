//! Fetching blobs: resumable by pieces, verified before they get their final name.

use crate::source::Stream;
use crate::{Source, SyncError};
use sha2::{Digest, Sha256};
use shelf_law::ContentHash;
use shelf_repo::Blob;
use shelf_repo::RepoName;
use shelf_repo::limits::PIECE;
use shelf_repo::object::ObjectFolder;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Attempts in a row that bring nothing new, before a blob is given up.
const FRUITLESS_ATTEMPTS: u32 = 6;
const FIRST_WAIT: Duration = Duration::from_millis(300);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// A flag that stops long work at the next step.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// The flag itself, for work that knows no more than that.
    pub fn flag(&self) -> &AtomicBool {
        &self.0
    }
}

/// Fetches blobs from a source into an object folder.
pub struct Fetcher<'a> {
    /// Where from.
    pub source: &'a Source,
    /// Where to.
    pub objects: &'a ObjectFolder,
    /// Folder for what is on its way, on the same disk as the objects.
    pub partial: PathBuf,
    /// Stops it.
    pub cancel: Cancel,
    /// Told of every verified piece: how many bytes came over the line for it.
    pub received: &'a (dyn Fn(u64) + Sync),
}

impl Fetcher<'_> {
    /// Brings a blob into the object folder. One that is there already costs nothing; one that was
    /// begun goes on after its last good piece.
    pub async fn fetch(&self, blob: &Blob) -> Result<(), SyncError> {
        if self.objects.has(&blob.sha256) {
            return Ok(());
        }
        match &blob.pieces {
            // [F-6] Nothing so large comes without its pieces, and nothing is held in memory whole
            // because a row says so.
            None if blob.size > PIECE => Err(self.damaged(&blob.sha256)),
            None => {
                let bytes = self.small(&blob.sha256, blob.size).await?;
                self.keep(&bytes)
            }
            Some(list) => {
                let count = blob.size.div_ceil(PIECE);
                let list_bytes = match self.objects.read(list, count * 32) {
                    Ok(Some(bytes)) => bytes,
                    // Missing here, or rotten: it is small enough to be asked for again.
                    _ => {
                        let bytes = self.small(list, count * 32).await?;
                        self.keep(&bytes)?;
                        bytes
                    }
                };
                if list_bytes.len() as u64 != count * 32 {
                    return Err(self.damaged(list));
                }
                let pieces: Vec<[u8; 32]> = list_bytes
                    .chunks_exact(32)
                    .map(|hash| hash.try_into().expect("chunks of 32"))
                    .collect();
                self.large(blob, &pieces).await
            }
        }
    }

    /// A part of a blob, held in memory. Nothing says here that its bytes are the right ones: whoever
    /// asked has the hash of what stands in them.
    pub async fn part(
        &self,
        hash: &ContentHash,
        from: u64,
        length: u64,
    ) -> Result<Vec<u8>, SyncError> {
        let mut attempts = Attempts::new(self.cancel.clone());
        loop {
            match self.part_once(hash, from, length).await {
                Ok(bytes) => {
                    (self.received)(bytes.len() as u64);
                    return Ok(bytes);
                }
                Err(error) => attempts.wait_after(error).await?,
            }
        }
    }

    async fn part_once(
        &self,
        hash: &ContentHash,
        from: u64,
        length: u64,
    ) -> Result<Vec<u8>, SyncError> {
        let name = RepoName::object(hash);
        let to = from.checked_add(length).ok_or_else(|| self.damaged(hash))?;
        let opened = self.source.open_range(name.as_str(), from, Some(to));
        let mut stream = opened.await?.ok_or_else(|| SyncError::Missing {
            place: self.place(hash),
        })?;
        let length = usize::try_from(length).map_err(|_| self.damaged(hash))?;
        let mut bytes = Vec::new();
        while bytes.len() < length {
            self.check_cancelled()?;
            match stream.chunk().await? {
                Some(chunk) => bytes.extend_from_slice(&chunk),
                None => break,
            }
        }
        bytes.truncate(length);
        if bytes.len() == length {
            return Ok(bytes);
        }
        // As with whole blobs: a line may end early, a file does not grow.
        match self.source {
            Source::Http { .. } => Err(SyncError::Unreachable {
                place: self.place(hash),
                reason: "the connection ended early".into(),
            }),
            Source::Folder(_) => Err(self.damaged(hash)),
        }
    }

    fn keep(&self, bytes: &[u8]) -> Result<(), SyncError> {
        self.objects.insert_bytes(bytes)?;
        Ok(())
    }

    fn place(&self, hash: &ContentHash) -> String {
        self.source.place(RepoName::object(hash).as_str())
    }

    fn damaged(&self, hash: &ContentHash) -> SyncError {
        SyncError::Damaged {
            place: self.place(hash),
            wanted: *hash,
        }
    }

    async fn open(&self, hash: &ContentHash, from: u64) -> Result<Stream, SyncError> {
        self.source
            .open(RepoName::object(hash).as_str(), from)
            .await?
            .ok_or_else(|| SyncError::Missing {
                place: self.place(hash),
            })
    }

    /// A blob that fits in memory, whole or not at all.
    async fn small(&self, hash: &ContentHash, size: u64) -> Result<Vec<u8>, SyncError> {
        let mut attempts = Attempts::new(self.cancel.clone());
        loop {
            match self.small_once(hash, size).await {
                Ok(bytes) => {
                    (self.received)(bytes.len() as u64);
                    return Ok(bytes);
                }
                Err(error) => attempts.wait_after(error).await?,
            }
        }
    }

    async fn small_once(&self, hash: &ContentHash, size: u64) -> Result<Vec<u8>, SyncError> {
        let mut stream = self.open(hash, 0).await?;
        let mut bytes = Vec::new();
        while let Some(chunk) = stream.chunk().await? {
            self.check_cancelled()?;
            bytes.extend_from_slice(&chunk);
            if bytes.len() as u64 > size {
                return Err(self.damaged(hash));
            }
        }
        if ContentHash::of(&bytes) == *hash {
            return Ok(bytes);
        }
        // A stream that ends early is the line's fault, not the source's.
        if (bytes.len() as u64) < size && matches!(self.source, Source::Http { .. }) {
            return Err(SyncError::Unreachable {
                place: self.place(hash),
                reason: "the connection ended early".into(),
            });
        }
        Err(self.damaged(hash))
    }

    async fn large(&self, blob: &Blob, pieces: &[[u8; 32]]) -> Result<(), SyncError> {
        std::fs::create_dir_all(&self.partial).map_err(SyncError::disk(&self.partial))?;
        let path = self.partial.join(format!("{}.part", blob.sha256));
        let mut partial = Partial::resume(&path, pieces, blob.size)?;
        let mut attempts = Attempts::new(self.cancel.clone());
        while partial.done < pieces.len() {
            let before = partial.done;
            let outcome = self.continue_large(blob, pieces, &mut partial).await;
            if partial.done > before {
                attempts.reset();
            }
            if let Err(error) = outcome {
                attempts.wait_after(error).await?;
            }
        }
        let whole = partial.finish()?;
        if whole != blob.sha256 {
            // Every piece was right and the whole is not: the list and the blob disagree.
            std::fs::remove_file(&path).map_err(SyncError::disk(&path))?;
            return Err(self.damaged(&blob.sha256));
        }
        Ok(self.objects.adopt(&path, &blob.sha256)?)
    }

    async fn continue_large(
        &self,
        blob: &Blob,
        pieces: &[[u8; 32]],
        partial: &mut Partial,
    ) -> Result<(), SyncError> {
        let mut stream = self.open(&blob.sha256, partial.done as u64 * PIECE).await?;
        let mut piece: Vec<u8> = Vec::new();
        loop {
            let wanted = partial.piece_length(blob.size);
            let Some(chunk) = stream.chunk().await? else {
                return Err(SyncError::Unreachable {
                    place: self.place(&blob.sha256),
                    reason: "the connection ended early".into(),
                });
            };
            self.check_cancelled()?;
            piece.extend_from_slice(&chunk);
            let mut wanted = wanted;
            while piece.len() >= wanted {
                let rest = piece.split_off(wanted);
                if <[u8; 32]>::from(Sha256::digest(&piece)) != pieces[partial.done] {
                    return Err(self.damaged(&blob.sha256));
                }
                partial.append(&piece)?;
                (self.received)(piece.len() as u64);
                piece = rest;
                if partial.done == pieces.len() {
                    return if piece.is_empty() {
                        Ok(())
                    } else {
                        Err(self.damaged(&blob.sha256))
                    };
                }
                wanted = partial.piece_length(blob.size);
            }
        }
    }

    fn check_cancelled(&self) -> Result<(), SyncError> {
        if self.cancel.is_cancelled() {
            Err(SyncError::Cancelled)
        } else {
            Ok(())
        }
    }
}

/// What is here of a blob: whole verified pieces, in order, and the hash of all of them so far. The
/// file itself is the record: after a crash its pieces are hashed again, so a file of the right
/// length full of zeros counts for nothing.
struct Partial {
    path: PathBuf,
    file: std::fs::File,
    hasher: Sha256,
    done: usize,
}

impl Partial {
    fn resume(path: &Path, pieces: &[[u8; 32]], size: u64) -> Result<Partial, SyncError> {
        let disk = |error| SyncError::disk(path)(error);
        let mut file = std::fs::OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(disk)?;
        let mut hasher = Sha256::new();
        let mut done = 0;
        let mut good = 0;
        let mut buffer = vec![0; PIECE as usize];
        while done < pieces.len() {
            let length = (size - good).min(PIECE) as usize;
            if file.read_exact(&mut buffer[..length]).is_err()
                || <[u8; 32]>::from(Sha256::digest(&buffer[..length])) != pieces[done]
            {
                break;
            }
            hasher.update(&buffer[..length]);
            good += length as u64;
            done += 1;
        }
        file.set_len(good).map_err(disk)?;
        std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(good)).map_err(disk)?;
        Ok(Partial {
            path: path.to_path_buf(),
            file,
            hasher,
            done,
        })
    }

    fn piece_length(&self, size: u64) -> usize {
        (size - self.done as u64 * PIECE).min(PIECE) as usize
    }

    fn append(&mut self, piece: &[u8]) -> Result<(), SyncError> {
        self.file
            .write_all(piece)
            .map_err(SyncError::disk(&self.path))?;
        self.hasher.update(piece);
        self.done += 1;
        Ok(())
    }

    fn finish(self) -> Result<ContentHash, SyncError> {
        // Closed before it is renamed: Windows renames no open file.
        self.file.sync_all().map_err(SyncError::disk(&self.path))?;
        Ok(ContentHash::from_bytes(self.hasher.finalize().into()))
    }
}

/// Full-jitter back-off, reset by everything that was gained.
struct Attempts {
    fruitless: u32,
    cancel: Cancel,
}

impl Attempts {
    fn new(cancel: Cancel) -> Attempts {
        Attempts {
            fruitless: 0,
            cancel,
        }
    }

    fn reset(&mut self) {
        self.fruitless = 0;
    }

    /// Waits before the next attempt, or gives the error back when there shall be none. Damaged
    /// bytes get one more chance over a network, where a proxy may have mangled them.
    async fn wait_after(&mut self, error: SyncError) -> Result<(), SyncError> {
        self.fruitless += 1;
        let again = match &error {
            SyncError::Damaged { place, .. } => place.starts_with("http") && self.fruitless <= 2,
            error => error.is_transient() && self.fruitless < FRUITLESS_ATTEMPTS,
        };
        if !again {
            return Err(error);
        }
        let ceiling = FIRST_WAIT
            .saturating_mul(1 << self.fruitless.min(10))
            .min(LONGEST_WAIT)
            .as_secs_f64();
        let until =
            tokio::time::Instant::now() + Duration::from_secs_f64(ceiling * fastrand::f64());
        while tokio::time::Instant::now() < until {
            if self.cancel.is_cancelled() {
                return Err(SyncError::Cancelled);
            }
            let left = until - tokio::time::Instant::now();
            tokio::time::sleep(left.min(Duration::from_millis(100))).await;
        }
        Ok(())
    }
}
