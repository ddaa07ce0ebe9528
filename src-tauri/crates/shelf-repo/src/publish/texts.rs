//! From staged documents to rows: what changed is compressed and packed, what did not keeps its
//! place. Only compressed frames and rows are held, never many documents at once.

use super::contents::{ShelfContents, StagedObject};
use super::state::{Rows, State, line_of};
use super::writer::Writer;
use super::{Progress, PublishError, Step};
use crate::dictionary::{self, Dictionaries, FrameEncoder};
use crate::format::{Blob, BrowseRow, HeadingRow, ObjectRef, ObjectRow, TextRef};
use crate::pack::{Frame, PACK_BYTES, PackBuilder, read_json, to_json};
use crate::{RepoReader, limits};
use rayon::prelude::*;
use shelf_law::{CollectionId, ContentHash, DocumentId};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Documents that are in work between two writes.
const BATCH: usize = 256;
/// A pack with fewer frames is small.
const SMALL_PACK: usize = 16;
/// Small packs that a collection has before they are joined.
const MAX_SMALL_PACKS: usize = 32;

/// A document whose text may still be on its way into a pack.
struct Draft {
    collection: CollectionId,
    browse: Vec<u8>,
    headings: Option<Vec<u8>>,
    text: Option<TextRef>,
    objects: Vec<ObjectRef>,
}

struct Outcome {
    draft: Draft,
    frame: Option<Frame>,
    staged: Vec<StagedObject>,
}

pub(super) struct Texts<'a> {
    pub(super) contents: &'a dyn ShelfContents,
    pub(super) previous: &'a State,
    pub(super) encoder: &'a FrameEncoder,
    /// Dictionaries that rows may go on using.
    pub(super) dictionaries: &'a Dictionaries,
    pub(super) reader: RepoReader<'a>,
    pub(super) progress: &'a (dyn Fn(Progress) + Sync),
}

impl Texts<'_> {
    /// The rows of all documents on the shelf, their packs and objects stored.
    pub(super) fn build(
        &self,
        ids: &[DocumentId],
        writer: &mut Writer<'_>,
    ) -> Result<State, PublishError> {
        let done = AtomicUsize::new(0);
        let known = self.known_objects();
        let mut drafts: BTreeMap<DocumentId, Draft> = BTreeMap::new();
        let mut packs = Packs::default();
        for batch in ids.chunks(BATCH) {
            // Collected in order, whichever thread is first: the result is the same every time.
            let outcomes: Vec<Outcome> = batch
                .par_iter()
                .map(|id| {
                    writer.check_cancel()?;
                    let outcome = self.stage(id, writer)?;
                    (self.progress)(Progress {
                        step: Step::Documents,
                        done: done.fetch_add(1, Ordering::Relaxed) + 1,
                        total: ids.len(),
                    });
                    Ok(outcome)
                })
                .collect::<Result<_, PublishError>>()?;
            for (id, mut outcome) in batch.iter().zip(outcomes) {
                for staged in outcome.staged {
                    let object = store_object(staged, &known, writer)?;
                    outcome.draft.objects.push(object);
                }
                if let Some(frame) = outcome.frame {
                    packs.push(&outcome.draft.collection, frame, writer)?;
                }
                drafts.insert(id.clone(), outcome.draft);
            }
        }
        packs.finish(writer)?;
        packs.place(&mut drafts);
        self.repack(&mut drafts, writer)?;
        drafts.into_iter().map(finish).collect()
    }

    fn stage(&self, id: &DocumentId, writer: &Writer<'_>) -> Result<Outcome, PublishError> {
        let before = self.previous.get(id);
        let published = before.and_then(|rows| Some((rows, &rows.objects.as_ref()?.0)));
        let keeps = |text: &TextRef| {
            writer.has(&text.pack)
                && text
                    .dictionary
                    .is_none_or(|hash| self.dictionaries.has(&hash))
        };
        if let Some((rows, row)) = published {
            let stands = keeps(&row.text) && row.objects.iter().all(|o| writer.has(&o.blob));
            if stands && self.contents.is_as_published(id, row) {
                return Ok(Outcome {
                    draft: Draft {
                        collection: rows.collection.clone(),
                        browse: rows.browse.clone(),
                        headings: rows.headings.clone(),
                        text: Some(row.text.clone()),
                        objects: row.objects.clone(),
                    },
                    frame: None,
                    staged: Vec::new(),
                });
            }
        }
        let outside = |source| PublishError::Document {
            id: id.clone(),
            source,
        };
        let staged = self.contents.load(id).map_err(outside)?;
        if staged.file.document.id != *id {
            let other = format!("the document given for it is {}", staged.file.document.id);
            return Err(outside(other.into()));
        }
        let json = to_json(&staged.file).map_err(PublishError::Json)?;
        if json.len() as u64 > limits::MAX_TEXT {
            return Err(PublishError::TooLarge {
                id: id.clone(),
                what: "its text",
                bytes: json.len() as u64,
            });
        }
        let sha256 = ContentHash::of(&json);
        let text = published
            .map(|(_, row)| &row.text)
            .filter(|text| text.sha256 == sha256 && keeps(text))
            .cloned();
        let frame = match text {
            Some(_) => None,
            None => Some(Frame {
                id: id.clone(),
                bytes: self.encoder.encode(&json).map_err(PublishError::Compress)?,
                size: json.len() as u64,
                sha256,
                dictionary: self.encoder.dictionary(),
            }),
        };
        drop(json);
        let headings = HeadingRow::of(&staged.file);
        Ok(Outcome {
            draft: Draft {
                collection: staged.file.document.collection.clone(),
                browse: line_of(id, &BrowseRow::of(&staged.file.document))?,
                headings: headings.map(|row| line_of(id, &row)).transpose()?,
                text,
                objects: Vec::new(),
            },
            frame,
            staged: staged.objects,
        })
    }

    /// Objects that were published before, by hash.
    fn known_objects(&self) -> HashMap<ContentHash, Blob> {
        let rows = self.previous.values().filter_map(|r| r.objects.as_ref());
        rows.flat_map(|(row, _)| &row.objects)
            .map(|object| (object.blob.sha256, object.blob.clone()))
            .collect()
    }

    /// Moves the frames of worn packs into new ones.
    fn repack(
        &self,
        drafts: &mut BTreeMap<DocumentId, Draft>,
        writer: &mut Writer<'_>,
    ) -> Result<(), PublishError> {
        let worn = worn_packs(drafts);
        let mut packs = Packs::default();
        for (id, draft) in drafts.iter() {
            let Some(text) = draft
                .text
                .as_ref()
                .filter(|t| worn.contains(&t.pack.sha256))
            else {
                continue;
            };
            let row = ObjectRow {
                id: id.clone(),
                text: text.clone(),
                objects: Vec::new(),
            };
            let bytes = self.reader.frame(&row).map_err(PublishError::Previous)?;
            read_json(&bytes, text, self.dictionaries).map_err(PublishError::Previous)?;
            let frame = Frame {
                id: id.clone(),
                bytes,
                size: text.size,
                sha256: text.sha256,
                dictionary: text.dictionary,
            };
            packs.push(&draft.collection, frame, writer)?;
        }
        packs.finish(writer)?;
        packs.place(drafts);
        Ok(())
    }
}

/// Packs to be packed anew: those that are mostly dead, so that a client does not fetch, and nobody
/// keeps, what no row refers to; and the small ones of many small updates, once there are many.
fn worn_packs(drafts: &BTreeMap<DocumentId, Draft>) -> HashSet<ContentHash> {
    struct Live<'a> {
        collection: &'a CollectionId,
        size: u64,
        bytes: u64,
        frames: usize,
    }
    let mut live: HashMap<ContentHash, Live<'_>> = HashMap::new();
    for draft in drafts.values() {
        let Some(text) = &draft.text else { continue };
        let pack = live.entry(text.pack.sha256).or_insert(Live {
            collection: &draft.collection,
            size: text.pack.size,
            bytes: 0,
            frames: 0,
        });
        pack.bytes += text.length;
        pack.frames += 1;
    }
    let mut worn = HashSet::new();
    let mut small: HashMap<&CollectionId, Vec<ContentHash>> = HashMap::new();
    for (hash, pack) in &live {
        if pack.bytes.saturating_mul(2) < pack.size {
            worn.insert(*hash);
        } else if pack.frames < SMALL_PACK && pack.size < PACK_BYTES as u64 / 4 {
            small.entry(pack.collection).or_default().push(*hash);
        }
    }
    for hashes in small
        .into_values()
        .filter(|hashes| hashes.len() > MAX_SMALL_PACKS)
    {
        worn.extend(hashes);
    }
    worn
}

/// Packs being filled, one for each collection, so that a client takes only those of its own.
#[derive(Default)]
struct Packs {
    open: BTreeMap<CollectionId, PackBuilder>,
    placed: Vec<(DocumentId, TextRef)>,
}

impl Packs {
    fn push(
        &mut self,
        collection: &CollectionId,
        frame: Frame,
        writer: &mut Writer<'_>,
    ) -> Result<(), PublishError> {
        let pack = self.open.entry(collection.clone()).or_default();
        pack.push(frame);
        if pack.is_full() {
            self.placed.extend(pack.finish(|bytes| writer.put(bytes))?);
        }
        Ok(())
    }

    fn finish(&mut self, writer: &mut Writer<'_>) -> Result<(), PublishError> {
        for pack in self.open.values_mut().filter(|pack| !pack.is_empty()) {
            self.placed.extend(pack.finish(|bytes| writer.put(bytes))?);
        }
        Ok(())
    }

    fn place(self, drafts: &mut BTreeMap<DocumentId, Draft>) {
        for (id, text) in self.placed {
            if let Some(draft) = drafts.get_mut(&id) {
                draft.text = Some(text);
            }
        }
    }
}

fn store_object(
    staged: StagedObject,
    known: &HashMap<ContentHash, Blob>,
    writer: &mut Writer<'_>,
) -> Result<ObjectRef, PublishError> {
    let published = staged.sha256.and_then(|hash| known.get(&hash));
    let blob = match published.filter(|blob| writer.has(blob)) {
        Some(blob) => blob.clone(),
        None => writer.put_file(&staged.path)?,
    };
    Ok(ObjectRef {
        role: staged.role,
        name: staged.name,
        media_type: staged.media_type,
        blob,
    })
}

fn finish((id, draft): (DocumentId, Draft)) -> Result<(DocumentId, Rows), PublishError> {
    let row = ObjectRow {
        id: id.clone(),
        text: draft
            .text
            .expect("every draft was packed or kept its place"),
        objects: draft.objects,
    };
    let line = line_of(&id, &row)?;
    let rows = Rows {
        collection: draft.collection,
        withdrawn: false,
        browse: draft.browse,
        headings: draft.headings,
        objects: Some((row, line)),
    };
    Ok((id, rows))
}

/// Makes a dictionary from documents spread over the shelf; `None` where they are too few.
pub(super) fn train_dictionary(
    contents: &dyn ShelfContents,
    ids: &[DocumentId],
    writer: &Writer<'_>,
) -> Result<Option<Vec<u8>>, PublishError> {
    if ids.len() < dictionary::MIN_DOCUMENTS {
        return Ok(None);
    }
    let sampled: Vec<_> = dictionary::sample_indexes(ids.len()).collect();
    let samples: Vec<Vec<u8>> = sampled
        .par_iter()
        .map(|&index| {
            writer.check_cancel()?;
            let id = &ids[index];
            let staged = contents.load(id).map_err(|source| PublishError::Document {
                id: id.clone(),
                source,
            })?;
            let json = to_json(&staged.file).map_err(PublishError::Json)?;
            Ok(dictionary::sample_of(&json).to_vec())
        })
        .collect::<Result<_, PublishError>>()?;
    Ok(dictionary::train(samples.iter().map(Vec::as_slice)))
}
