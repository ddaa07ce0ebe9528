//! Dictionaries that text frames are compressed with.

use crate::error::RepoError;
use shelf_law::ContentHash;
use std::collections::BTreeMap;
use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// Documents from which on a dictionary is worth its bytes.
pub const MIN_DOCUMENTS: usize = 50;
/// Documents that a dictionary is made from, at most.
const SAMPLES: usize = 768;
/// Bytes taken of each of them.
const SAMPLE_BYTES: usize = 32 << 10;
/// Bytes of a dictionary.
const DICTIONARY_BYTES: usize = 112 << 10;
/// Compression of text frames: done once, undone by thousands.
const LEVEL: i32 = 19;

/// Which of `count` documents to make a dictionary from: spread evenly, the same every time.
pub fn sample_indexes(count: usize) -> impl Iterator<Item = usize> {
    let taken = count.min(SAMPLES);
    (0..taken).map(move |i| i * count / taken)
}

/// Makes a dictionary from documents as JSON; `None` where they are too few or too small.
/// The result depends on the samples alone.
pub fn train<'a>(samples: impl IntoIterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    let mut sizes = Vec::new();
    for sample in samples {
        let part = &sample[..sample.len().min(SAMPLE_BYTES)];
        all.extend(part);
        sizes.push(part.len());
    }
    // Below eight times its size the trainer copies its samples, which then cost more than they save.
    let size = DICTIONARY_BYTES.min(all.len() / 8);
    if sizes.len() < MIN_DOCUMENTS || size < 1024 {
        return None;
    }
    zstd::dict::from_continuous(&all, &sizes, size).ok()
}

/// Sample of one document, so that a caller need not keep more of it.
pub fn sample_of(json: &[u8]) -> &[u8] {
    &json[..json.len().min(SAMPLE_BYTES)]
}

/// Compresses documents, each by itself.
pub struct FrameEncoder {
    dictionary: Option<(ContentHash, EncoderDictionary<'static>)>,
}

impl FrameEncoder {
    /// An encoder with this dictionary.
    pub fn new(dictionary: Option<&[u8]>) -> FrameEncoder {
        FrameEncoder {
            dictionary: dictionary.map(|bytes| {
                (
                    ContentHash::of(bytes),
                    EncoderDictionary::copy(bytes, LEVEL),
                )
            }),
        }
    }

    /// The hash of the dictionary.
    pub fn dictionary(&self) -> Option<ContentHash> {
        self.dictionary.as_ref().map(|(hash, _)| *hash)
    }

    /// The frame of a document's JSON. A fresh context each time: the bytes depend on nothing else.
    pub fn encode(&self, json: &[u8]) -> std::io::Result<Vec<u8>> {
        match &self.dictionary {
            Some((_, prepared)) => {
                zstd::bulk::Compressor::with_prepared_dictionary(prepared)?.compress(json)
            }
            None => zstd::bulk::compress(json, LEVEL),
        }
    }
}

/// The dictionaries of a head, ready for reading frames.
#[derive(Default)]
pub struct Dictionaries {
    prepared: BTreeMap<ContentHash, DecoderDictionary<'static>>,
}

impl Dictionaries {
    /// No dictionaries yet.
    pub fn new() -> Dictionaries {
        Dictionaries::default()
    }

    /// Adds a dictionary by its bytes, and returns its hash.
    pub fn add(&mut self, bytes: &[u8]) -> ContentHash {
        let hash = ContentHash::of(bytes);
        self.prepared.insert(hash, DecoderDictionary::copy(bytes));
        hash
    }

    /// Whether this dictionary is here.
    pub fn has(&self, hash: &ContentHash) -> bool {
        self.prepared.contains_key(hash)
    }

    /// Unfolds a frame into at most `size` bytes. The result is not verified yet.
    pub(crate) fn decode(
        &self,
        frame: &[u8],
        dictionary: Option<&ContentHash>,
        size: usize,
    ) -> Result<Vec<u8>, RepoError> {
        let refused = |reason: String| RepoError::refused("a text frame", "F-21", reason);
        let mut decoder = match dictionary {
            None => zstd::bulk::Decompressor::new(),
            Some(hash) => match self.prepared.get(hash) {
                Some(prepared) => zstd::bulk::Decompressor::with_prepared_dictionary(prepared),
                None => return Err(refused(format!("its dictionary {hash} is not there"))),
            },
        }
        .map_err(|error| refused(error.to_string()))?;
        decoder
            .decompress(frame, size)
            .map_err(|error| refused(error.to_string()))
    }
}
