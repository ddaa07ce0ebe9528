//! Text packs: documents as JSON, each a frame of its own that can be fetched and read alone.

use crate::RepoName;
use crate::dictionary::Dictionaries;
use crate::error::RepoError;
use crate::format::{Blob, TextRef};
use crate::limits;
use shelf_law::{ContentHash, DocumentFile, DocumentId};

/// Frames of a full pack.
pub const PACK_FRAMES: usize = 64;
/// Bytes from which on a pack is full with fewer frames.
pub const PACK_BYTES: usize = 4 << 20;

/// The JSON of a document: the bytes whose hash is its revision.
pub fn to_json(file: &DocumentFile) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(file)
}

/// The frame that `text` names, out of the bytes of its pack.
pub fn frame_in<'a>(pack: &'a [u8], text: &TextRef) -> Result<&'a [u8], RepoError> {
    let start = usize::try_from(text.offset).ok();
    let length = usize::try_from(text.length).ok();
    start
        .zip(length)
        .and_then(|(start, length)| pack.get(start..start.checked_add(length)?))
        .ok_or_else(|| {
            RepoError::refused(
                RepoName::object(&text.pack.sha256),
                "F-20",
                format!("no frame at {} with {} bytes", text.offset, text.length),
            )
        })
}

/// Unfolds a frame and verifies it by the hash of the JSON, which is why a frame may be read
/// without the rest of its pack.
pub fn read_json(
    frame: &[u8],
    text: &TextRef,
    dictionaries: &Dictionaries,
) -> Result<Vec<u8>, RepoError> {
    let name = || format!("text {}", text.sha256);
    // [F-7] Capped before it is unfolded.
    let size = usize::try_from(text.size).unwrap_or(usize::MAX);
    if text.size > limits::MAX_TEXT {
        return Err(RepoError::refused(name(), "F-7", "it is too large"));
    }
    let json = dictionaries.decode(frame, text.dictionary.as_ref(), size)?;
    // [F-21] Exactly the size and hash that the object row names.
    if json.len() != size {
        return Err(RepoError::Size {
            name: name(),
            expected: text.size,
            found: json.len() as u64,
        });
    }
    match ContentHash::of(&json) {
        found if found == text.sha256 => Ok(json),
        found => Err(RepoError::Hash {
            name: name(),
            found,
        }),
    }
}

/// Reads the document `id` from its frame.
pub fn read_frame(
    frame: &[u8],
    id: &DocumentId,
    text: &TextRef,
    dictionaries: &Dictionaries,
) -> Result<DocumentFile, RepoError> {
    parse_json(&read_json(frame, text, dictionaries)?, id)
}

/// The document `id` from its JSON, whose hash the caller has verified.
pub fn parse_json(json: &[u8], id: &DocumentId) -> Result<DocumentFile, RepoError> {
    let refused = |reason: String| RepoError::refused(format!("text of {id}"), "F-21", reason);
    let file: DocumentFile = serde_json::from_slice(json)
        .map_err(|error| refused(format!("not a document: {error}")))?;
    // [F-21] The frame of another document is no frame of this one.
    match file.document.id == *id {
        true => Ok(file),
        false => Err(refused(format!("it is that of {}", file.document.id))),
    }
}

/// One compressed document on its way into a pack.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The document.
    pub id: DocumentId,
    /// The compressed bytes.
    pub bytes: Vec<u8>,
    /// Bytes of the JSON.
    pub size: u64,
    /// SHA-256 of the JSON.
    pub sha256: ContentHash,
    /// The dictionary it was compressed with.
    pub dictionary: Option<ContentHash>,
}

/// Gathers frames until a pack is full.
#[derive(Default)]
pub struct PackBuilder {
    bytes: Vec<u8>,
    frames: Vec<(DocumentId, TextRef)>,
}

impl PackBuilder {
    /// An empty pack.
    pub fn new() -> PackBuilder {
        PackBuilder::default()
    }

    /// Adds a frame.
    pub fn push(&mut self, frame: Frame) {
        let text = TextRef {
            pack: Blob {
                sha256: frame.sha256,
                size: 0,
                pieces: None,
            },
            offset: self.bytes.len() as u64,
            length: frame.bytes.len() as u64,
            size: frame.size,
            sha256: frame.sha256,
            dictionary: frame.dictionary,
        };
        self.bytes.extend(frame.bytes);
        self.frames.push((frame.id, text));
    }

    /// Whether it should be finished now.
    pub fn is_full(&self) -> bool {
        self.frames.len() >= PACK_FRAMES || self.bytes.len() >= PACK_BYTES
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    /// Hands out the pack, whose blob `store` returns once its bytes are kept, and where each
    /// document is in it. The builder is empty afterwards.
    pub fn finish<E>(
        &mut self,
        store: impl FnOnce(&[u8]) -> Result<Blob, E>,
    ) -> Result<Vec<(DocumentId, TextRef)>, E> {
        let pack = store(&std::mem::take(&mut self.bytes))?;
        let mut frames = std::mem::take(&mut self.frames);
        for (_, text) in &mut frames {
            text.pack = pack.clone();
        }
        Ok(frames)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blob::blob_of;
    use crate::dictionary::{FrameEncoder, sample_indexes, train};
    use crate::testing;

    fn packed(dictionary: Option<&[u8]>, count: u32) -> (Vec<u8>, Vec<(DocumentId, TextRef)>) {
        let encoder = FrameEncoder::new(dictionary);
        let mut builder = PackBuilder::new();
        for n in 0..count {
            let file = testing::document(n, 0);
            let json = to_json(&file).unwrap();
            builder.push(Frame {
                id: file.document.id.clone(),
                bytes: encoder.encode(&json).unwrap(),
                size: json.len() as u64,
                sha256: ContentHash::of(&json),
                dictionary: encoder.dictionary(),
            });
        }
        let mut bytes = Vec::new();
        let frames = builder
            .finish(|pack| {
                bytes = pack.to_vec();
                Ok::<_, ()>(blob_of(pack).blob)
            })
            .unwrap();
        (bytes, frames)
    }

    #[test]
    fn a_frame_is_read_alone_and_only_as_what_it_is() {
        let (pack, frames) = packed(None, 3);
        let none = Dictionaries::new();
        let (id, text) = &frames[1];
        let frame = frame_in(&pack, text).unwrap();
        let file = read_frame(frame, id, text, &none).unwrap();
        assert_eq!(file, testing::document(1, 0));

        let other = &frames[2].0;
        assert!(
            read_frame(frame, other, text, &none).is_err(),
            "not that document"
        );
        let mut damaged = frame.to_vec();
        for place in (0..damaged.len()).step_by(7) {
            damaged[place] ^= 1;
            assert!(
                read_frame(&damaged, id, text, &none).is_err(),
                "byte {place}"
            );
            damaged[place] ^= 1;
        }
        let mut beyond = text.clone();
        beyond.length = u64::MAX;
        assert!(frame_in(&pack, &beyond).is_err());
        beyond.size = u64::MAX;
        assert!(
            read_json(frame, &beyond, &none).is_err(),
            "never that many bytes"
        );
        beyond.size = text.size - 1;
        assert!(
            read_json(frame, &beyond, &none).is_err(),
            "more than was said"
        );
    }

    #[test]
    fn a_dictionary_makes_frames_smaller_and_is_the_same_every_time() {
        let samples: Vec<_> = (0..200)
            .map(|n| to_json(&testing::document(n, 0)).unwrap())
            .collect();
        let make = || train(samples.iter().map(Vec::as_slice)).unwrap();
        let dictionary = make();
        assert_eq!(dictionary, make());
        assert_eq!(train(samples[..49].iter().map(Vec::as_slice)), None);

        let (plain, _) = packed(None, 20);
        let (pack, frames) = packed(Some(&dictionary), 20);
        assert!(pack.len() < plain.len(), "{} < {}", pack.len(), plain.len());
        let mut dictionaries = Dictionaries::new();
        let (id, text) = &frames[7];
        let frame = frame_in(&pack, text).unwrap();
        assert!(
            read_frame(frame, id, text, &dictionaries).is_err(),
            "not without it"
        );
        dictionaries.add(&dictionary);
        assert!(read_frame(frame, id, text, &dictionaries).is_ok());
    }

    #[test]
    fn samples_are_spread_over_the_whole_shelf() {
        let indexes: Vec<_> = sample_indexes(10_000).collect();
        assert!(indexes.len() <= 768 && indexes.is_sorted_by(|a, b| a < b));
        assert!(*indexes.last().unwrap() > 9_900);
        assert_eq!(sample_indexes(3).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(sample_indexes(0).count(), 0);
    }
}
