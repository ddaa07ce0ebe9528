//! Reading files in: giving each document its id, keeping its originals.

use super::Press;
use super::pdf::PdfReader;
use super::place::{Identity, Place};
use super::said::Remembered;
use crate::identity::{origin_id, with_id, work_id};
use crate::{Error, ErrorCode, Job, Phase};
use serde::Serialize;
use shelf_ingest::{Candidate, Content, Failure, List, Options, PdfPages};
use shelf_law::{CollectionId, Document, DocumentFile, DocumentId};
use shelf_repo::ObjectRole;
use shelf_store::{NewForm, PutOutcome, StagedObject};
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Documents that are kept in one transaction: a killed ingest loses at most these.
const BATCH: usize = 200;
/// Where documents go for which nothing else is said.
const DEFAULT_COLLECTION: &str = "van-ban";
/// Largest original that is taken: 4 GiB, what a FAT-formatted stick can carry.
const LARGEST_OBJECT: u64 = 4 << 30;

/// How to read files in.
#[derive(Clone, Debug, Default)]
pub struct IngestOptions {
    /// List with the fields of the files.
    pub list: Option<PathBuf>,
    /// Collection for what names none itself.
    pub collection: Option<String>,
    /// Approve at once.
    pub approve: bool,
}

/// What ingest did.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct IngestReport {
    /// Documents read.
    pub documents: u64,
    /// Of these, new ones.
    pub added: u64,
    /// Of these, changed ones.
    pub updated: u64,
    /// Inputs that gave no document.
    pub failed: Vec<FailedInput>,
    /// Documents that a person should look at.
    pub doubtful: u64,
    /// What is odd about inputs that were read.
    pub warnings: Vec<String>,
    /// Documents for which something holds that a list or a sidecar said at an earlier reading, and
    /// that nothing says this time.
    pub kept_from_list: u64,
    /// Groups of ids that are likely the same document.
    pub duplicates: Vec<Vec<DocumentId>>,
}

/// An input that gave no document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FailedInput {
    /// The file, and the line where one line is at fault.
    pub file: String,
    /// Why, and what to do.
    pub reason: String,
}

impl Press {
    /// Reads files, folders and imports. Reading the same again changes nothing.
    pub fn ingest(
        &mut self,
        inputs: &[PathBuf],
        options: &IngestOptions,
        job: &Job<'_>,
    ) -> Result<IngestReport, Error> {
        let collection = options.collection.as_deref().unwrap_or(DEFAULT_COLLECTION);
        let collection = collection
            .parse::<CollectionId>()
            .map_err(|error| Error::new(ErrorCode::BadInput, error.to_string()))?;
        let list = options
            .list
            .as_deref()
            .map(|path| List::load(path, inputs))
            .transpose();
        let list = list.map_err(|error| Error::new(ErrorCode::BadInput, error.to_string()))?;
        let pdf = PdfReader::find();
        let reading = Options {
            list: list.as_ref(),
            pdf: pdf.as_ref().map(|reader| reader as &dyn PdfPages),
            ..Options::new(collection)
        };
        let mut run = Run::new(options.approve);
        if let (Some(list), Some(path)) = (&list, &options.list) {
            let warnings = list.warnings.iter();
            run.report.warnings = warnings
                .map(|w| format!("{}: {w}", path.display()))
                .collect();
        }
        for input in distinct(inputs) {
            let mut stopped: Option<Error> = None;
            let mut batch: Vec<Candidate> = Vec::new();
            let sink = &mut |outcome: Result<Candidate, Failure>| {
                match outcome {
                    Ok(candidate) => batch.push(candidate),
                    Err(failure) => run.report.failed.push(failed_input(&failure)),
                }
                if batch.len() >= BATCH {
                    stopped = self.keep(&mut run, &mut batch).err();
                }
                job.tell(
                    Phase::Reading,
                    run.report.documents + batch.len() as u64,
                    None,
                );
                if job.cancel.is_cancelled() {
                    let words = "stopped; what was read is kept";
                    stopped = Some(Error::new(ErrorCode::Cancelled, words));
                }
                match stopped {
                    Some(_) => ControlFlow::Break(()),
                    None => ControlFlow::Continue(()),
                }
            };
            shelf_ingest::read_input(input, &reading, sink, &mut |_| {});
            if let Some(error) = stopped {
                return Err(error);
            }
            self.keep(&mut run, &mut batch)?;
        }
        Ok(run.report)
    }

    fn keep(&mut self, run: &mut Run, batch: &mut Vec<Candidate>) -> Result<(), Error> {
        let objects = &self.objects;
        let mut staged = Vec::with_capacity(batch.len());
        for candidate in batch.drain(..) {
            match stage(objects, &candidate) {
                Ok(files) => staged.push((candidate, files)),
                Err(error) if error.code == ErrorCode::DiskFull => return Err(error),
                // A file that vanished or is too large costs its document, not the others.
                Err(error) => run.report.failed.push(FailedInput {
                    file: format!("{}/{}", candidate.source, candidate.origin_key),
                    reason: error.words,
                }),
            }
        }
        self.workspace.batch(|workspace| {
            for (candidate, files) in staged {
                run.keep_one(workspace, candidate, &files)?;
            }
            Ok(())
        })
    }
}

/// The inputs without those that another one holds: `ingest folder folder/file` reads the file once.
fn distinct(inputs: &[PathBuf]) -> Vec<&PathBuf> {
    let real: Vec<PathBuf> = inputs
        .iter()
        .map(|input| input.canonicalize().unwrap_or_else(|_| input.clone()))
        .collect();
    let held = |at: usize| {
        real.iter().enumerate().any(|(other, folder)| {
            other != at && real[at].starts_with(folder) && (real[at] != *folder || other < at)
        })
    };
    (0..inputs.len())
        .filter(|at| !held(*at))
        .map(|at| &inputs[at])
        .collect()
}

fn failed_input(failure: &Failure) -> FailedInput {
    let file = failure.file.display();
    FailedInput {
        file: match failure.line {
            Some(line) => format!("{file}:{line}"),
            None => file.to_string(),
        },
        reason: failure.reason.to_string(),
    }
}

/// Copies the originals of a candidate into the workspace's object folder.
fn stage(
    objects: &shelf_repo::object::ObjectFolder,
    candidate: &Candidate,
) -> Result<Vec<StagedObject>, Error> {
    let mut staged = Vec::new();
    for object in &candidate.objects {
        let hashed = match &object.content {
            Content::File(path) => objects.insert_file(path, LARGEST_OBJECT),
            Content::Bytes(bytes) => objects.insert_reader(bytes.as_slice(), LARGEST_OBJECT, None),
        }
        .map_err(|error| {
            Error::caused(ErrorCode::Io, &error, format!("{}: {error}", object.name))
        })?;
        staged.push(StagedObject {
            role: role(object.role),
            name: object.name.clone(),
            media_type: object.media_type.to_string(),
            blob: hashed.blob,
        });
    }
    Ok(staged)
}

fn role(role: shelf_ingest::ObjectRole) -> ObjectRole {
    match role {
        shelf_ingest::ObjectRole::Original => ObjectRole::Original,
        shelf_ingest::ObjectRole::Image => ObjectRole::Image,
        shelf_ingest::ObjectRole::Video => ObjectRole::Video,
        shelf_ingest::ObjectRole::Audio => ObjectRole::Audio,
        shelf_ingest::ObjectRole::Subtitles => ObjectRole::Subtitles,
        shelf_ingest::ObjectRole::Poster => ObjectRole::Poster,
    }
}

/// One call of ingest.
struct Run {
    approve: bool,
    report: IngestReport,
    /// Ids given out in this call.
    given: HashSet<DocumentId>,
}

impl Run {
    fn new(approve: bool) -> Run {
        Run {
            approve,
            report: IngestReport::default(),
            given: HashSet::new(),
        }
    }

    fn keep_one(
        &mut self,
        workspace: &mut shelf_store::Workspace,
        mut candidate: Candidate,
        objects: &[StagedObject],
    ) -> Result<(), Error> {
        let (source, key) = (candidate.source.clone(), candidate.origin_key.clone());
        let place = Place::find(workspace, &self.given, &mut candidate, objects)?;
        let (ordinal, known) = (place.ordinal, place.known);
        self.report.kept_from_list += u64::from(place.kept);
        let said = Identity::of(&candidate);
        let identity = said.identity.clone();
        let id = match &known {
            Some(known) => known.id.clone(),
            None => self.new_id(workspace, &source, &key, ordinal, identity.as_deref())?,
        };
        self.note_duplicates(workspace, identity.as_deref(), &id)?;
        self.given.insert(id.clone());
        let remembered = Remembered::of(&candidate).map(|remembered| remembered.to_json());
        let doubts = candidate.doubts;
        let file = DocumentFile {
            document: with_id(
                Document {
                    id: id.clone(),
                    source: candidate.source,
                    source_key: candidate.source_key,
                    fields: candidate.fields,
                    validity: candidate.validity,
                    collection: candidate.collection,
                    product: candidate.product,
                    applies_in: candidate.applies_in,
                    relations: candidate.relations,
                    notes: candidate.notes,
                    extra: candidate.extra,
                },
                id.clone(),
            ),
            text: candidate.text,
        };
        // Without number or identity only the title tells whether it is the same document still: a
        // person looks at it before it takes the place of what readers have.
        let title = file.document.display_title();
        let renamed = known
            .as_ref()
            .filter(|known| known.title != title && said.number_key.is_none())
            .map(|known| (known.title.clone(), title.clone()))
            .or(place.renamed);
        let renamed = renamed.map(|(was, is)| format!("was “{was}” and is “{is}” now"));
        let waits_for = renamed.or_else(|| known.and_then(|known| known.waits_for));
        // What a person took off the shelf comes back only by a person's word.
        let withdrawn = workspace.withdrawal(&id)?.is_some();
        if withdrawn && self.approve {
            self.report.warnings.push(format!(
                "{source}/{key}: was withdrawn and stays so; shelf review --approve {id} brings it back"
            ));
        }
        let form = NewForm {
            origin: (&source, &key, ordinal),
            identity: identity.as_deref(),
            file: &file,
            objects,
            doubts: &doubts,
            said: remembered.as_deref(),
            waits_for: waits_for.as_deref(),
        };
        let outcome = workspace.put(&form, self.approve && !withdrawn)?;
        if let Some(reason) = &waits_for
            && workspace.waits(&id)?
        {
            self.report.warnings.push(format!(
                "{source}/{key}: {reason}; approve it with shelf review --approve {id} if it is the same document"
            ));
        }
        self.report.documents += 1;
        self.report.doubtful += u64::from(!doubts.is_empty());
        match outcome {
            PutOutcome::Added => self.report.added += 1,
            PutOutcome::Updated => self.report.updated += 1,
            PutOutcome::Unchanged => {}
        }
        Ok(())
    }

    /// The id of a document that is new here: that of the work it says it is, unless another
    /// document holds it. Nothing is merged; the two are reported for a person to join.
    fn new_id(
        &self,
        workspace: &shelf_store::Workspace,
        source: &str,
        key: &str,
        ordinal: u32,
        identity: Option<&str>,
    ) -> Result<DocumentId, Error> {
        if let Some(identity) = identity {
            let work = work_id(identity);
            if !workspace.contains(&work)? {
                return Ok(work);
            }
        }
        Ok(origin_id(source, key, ordinal))
    }

    fn note_duplicates(
        &mut self,
        workspace: &shelf_store::Workspace,
        identity: Option<&str>,
        id: &DocumentId,
    ) -> Result<(), Error> {
        let Some(identity) = identity else {
            return Ok(());
        };
        let mut same = workspace.by_identity(identity)?;
        if !same.contains(id) {
            same.push(id.clone());
        }
        if same.len() > 1 {
            self.report
                .duplicates
                .retain(|group| !group.iter().any(|known| same.contains(known)));
            self.report.duplicates.push(same);
        }
        Ok(())
    }
}
