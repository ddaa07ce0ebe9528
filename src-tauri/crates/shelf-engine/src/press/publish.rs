//! Releasing what is approved.

use super::signer::{Diverged, Heads, WorkspaceSigner};
use super::{DEFAULT_NAME, Press, SHELF_NAME};
use crate::{Error, ErrorCode, Job, Phase};
use serde::Serialize;
use shelf_law::{CollectionId, ContentHash, Date, DocumentId};
use shelf_repo::object::ObjectFolder;
use shelf_repo::publish::{
    OutsideError, Progress, PublishError, ShelfContents, Staged, StagedObject, Step,
};
use shelf_repo::tuf::{SignError, TufError};
use shelf_repo::{FolderDestination, Head, ObjectRow, Withdrawn};
use shelf_store::Workspace;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

pub(super) const LAST_SEQ: &str = "publish.last_seq";
/// The oldest app that shows everything of this format.
const MIN_APP: &str = "0.1.0";

/// How to publish.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PublishOptions {
    /// Writes everything anew: for a destination whose files are damaged.
    pub rebuild: bool,
    /// Publishes over what another copy of this workspace published there. What that one published
    /// since the two parted, and this one does not hold, leaves the shelf or reads as it does here.
    pub take_over: bool,
}

/// What a publish did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PublishOutcome {
    /// The sequence that stands now.
    pub seq: u64,
    /// Documents on the shelf.
    pub documents: u64,
    /// Bytes of the repository.
    pub bytes: u64,
    /// Whether there is a new sequence; else the standing one was confirmed.
    pub changed: bool,
    /// Documents that were not on the shelf before.
    pub added: u64,
    /// Documents that read differently now.
    pub updated: u64,
    /// Documents that left the shelf.
    pub withdrawn: u64,
    /// Documents that were read in and wait for approval: they were not published as they are now.
    pub waiting: u64,
}

impl Press {
    /// Publishes what is approved to a folder. What stood there stays in force until the last file
    /// of the new release is in place.
    pub fn publish(
        &mut self,
        to: &Path,
        options: PublishOptions,
        job: &Job<'_>,
    ) -> Result<PublishOutcome, Error> {
        // What cannot be used is told before anything is written.
        let data = super::data::files(&self.folder)?;
        let waiting = self.workspace.waiting()?;
        if self.workspace.approved_ids()?.is_empty() && self.workspace.withdrawn_ids()?.is_empty() {
            return Err(Error::new(
                ErrorCode::NothingApproved,
                format!(
                    "{}: nothing is approved yet, and {waiting} documents wait; read files in with shelf ingest --approve, or approve with shelf review",
                    self.folder.display()
                ),
            ));
        }
        let destination = FolderDestination::new(to);
        let last_seq = self.workspace.setting(LAST_SEQ)?;
        let last_seq = last_seq.and_then(|text| text.parse().ok()).unwrap_or(0);
        let signed_seq = self.workspace.greatest_seq()?;
        let publishing = shelf_repo::publish::PublishOptions {
            min_app: MIN_APP.to_string(),
            // A head that was signed and never came to stand has used its number up: it may stand
            // somewhere without our knowing.
            last_seq: signed_seq.unwrap_or(0).max(last_seq),
            rebuild: options.rebuild,
        };
        let contents = Contents {
            workspace: Mutex::new(&mut self.workspace),
            objects: &self.objects,
            data,
        };
        let heads = SharedHeads {
            contents: &contents,
            take_over: options.take_over,
            // Of the time before heads were remembered only the number is known.
            remembered_seq: signed_seq.is_none().then_some(last_seq),
        };
        let signer = WorkspaceSigner::open(&self.folder, &heads)?;
        let tell = |progress: Progress| {
            if progress.step == Step::Documents {
                job.tell(
                    Phase::Publishing,
                    progress.done as u64,
                    Some(progress.total as u64),
                );
            }
        };
        let report = shelf_repo::publish::publish(
            &contents,
            &destination,
            &signer,
            &publishing,
            self.clock.now(),
            &tell,
            job.cancel.flag(),
        )
        .map_err(|error| publish_error(error, to, last_seq))?;
        self.workspace
            .set_setting(LAST_SEQ, &report.seq.to_string())?;
        Ok(PublishOutcome {
            seq: report.seq,
            documents: report.documents,
            bytes: report.bytes,
            changed: report.changed,
            added: report.added,
            updated: report.updated,
            withdrawn: report.withdrawn,
            waiting,
        })
    }
}

/// What is approved in a workspace, as the publisher of a repository needs it.
struct Contents<'a> {
    workspace: Mutex<&'a mut Workspace>,
    objects: &'a ObjectFolder,
    data: Vec<(String, Vec<u8>)>,
}

impl<'a> Contents<'a> {
    fn workspace(&self) -> MutexGuard<'_, &'a mut Workspace> {
        self.workspace
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// The heads of the workspace whose contents are being published.
struct SharedHeads<'a, 'b> {
    contents: &'a Contents<'b>,
    take_over: bool,
    remembered_seq: Option<u64>,
}

impl Heads for SharedHeads<'_, '_> {
    fn check(&self, hash: &ContentHash, head: &Head) -> Result<(), OutsideError> {
        let mut workspace = self.contents.workspace();
        if workspace.knows_head(hash)? {
            return Ok(());
        }
        if self.take_over || self.remembered_seq.is_some_and(|seq| head.seq <= seq) {
            // Taken over at one destination, it is no stranger at the next.
            return Ok(workspace.remember_head(hash, head.seq)?);
        }
        Err(Box::new(Diverged {
            seq: head.seq,
            published_at: head.published_at,
        }))
    }

    fn remember(&self, hash: &ContentHash, head: &Head) -> Result<(), OutsideError> {
        Ok(self.contents.workspace().remember_head(hash, head.seq)?)
    }
}

impl ShelfContents for Contents<'_> {
    fn shelf_name(&self) -> String {
        let name = self.workspace().setting(SHELF_NAME);
        name.ok()
            .flatten()
            .unwrap_or_else(|| DEFAULT_NAME.to_string())
    }

    fn collections(&self) -> Vec<(CollectionId, String)> {
        [
            ("van-ban", "Văn bản"),
            ("media", "Video, bài nghe"),
            ("tai-lieu", "Tài liệu tuyên truyền"),
        ]
        .into_iter()
        .filter_map(|(id, name)| Some((id.parse().ok()?, name.to_string())))
        .collect()
    }

    fn ids(&self) -> Result<Vec<DocumentId>, OutsideError> {
        Ok(self.workspace().approved_ids()?)
    }

    fn load(&self, id: &DocumentId) -> Result<Staged, OutsideError> {
        let form = self.workspace().approved(id)?;
        let (file, objects) = form.ok_or("it is no longer approved")?.open()?;
        let objects = objects
            .into_iter()
            .map(|object| StagedObject {
                role: object.role,
                name: object.name,
                media_type: object.media_type,
                path: self.objects.path(&object.blob.sha256),
                sha256: Some(object.blob.sha256),
            })
            .collect();
        Ok(Staged { file, objects })
    }

    fn is_as_published(&self, id: &DocumentId, published: &ObjectRow) -> bool {
        let Ok(Some((sha256, objects))) = self.workspace().approved_hashes(id) else {
            return false;
        };
        let same_object = |(here, there): (&shelf_store::StagedObject, &shelf_repo::ObjectRef)| {
            here.role == there.role
                && here.name == there.name
                && here.media_type == there.media_type
                && here.blob.sha256 == there.blob.sha256
        };
        published.text.sha256.to_string() == sha256
            && objects.len() == published.objects.len()
            && objects.iter().zip(&published.objects).all(same_object)
    }

    fn withdrawn(&self, id: &DocumentId) -> Result<Option<Withdrawn>, OutsideError> {
        Ok(self.workspace().withdrawal(id)?)
    }

    fn data_files(&self) -> Result<Vec<(String, Vec<u8>)>, OutsideError> {
        Ok(self.data.clone())
    }
}

/// Whether a destination was refused because it belongs to another shelf.
fn is_other_root(error: &(dyn std::error::Error + 'static)) -> bool {
    matches!(error.downcast_ref(), Some(SignError::RootDiffers(_)))
        || matches!(error.downcast_ref(), Some(TufError::RootDiffers { .. }))
}

fn publish_error(error: PublishError, to: &Path, last_seq: u64) -> Error {
    if let PublishError::Sign(source) = &error
        && let Some(diverged) = source.downcast_ref::<Diverged>()
    {
        return diverged_error(diverged, to, last_seq);
    }
    let code = match &error {
        PublishError::Cancelled => ErrorCode::Cancelled,
        PublishError::Sign(source) if is_other_root(source.as_ref()) => ErrorCode::RootDiffers,
        PublishError::Previous(_) => ErrorCode::Damaged,
        PublishError::TooLarge { .. } | PublishError::SameKey(..) | PublishError::Name(_) => {
            ErrorCode::BadInput
        }
        _ => ErrorCode::Io,
    };
    let words = format!("{error}; what was published before stands as it was");
    Error::caused(code, &error, words)
}

/// One line that says which option to add and what it does.
fn diverged_error(diverged: &Diverged, to: &Path, last_seq: u64) -> Error {
    let ours = match last_seq {
        0 => "this one has published nothing yet".to_string(),
        seq => format!("this one's last is {seq}"),
    };
    Error::new(
        ErrorCode::Diverged,
        format!(
            "{}: sequence {} of {} stands there, published by another copy of this workspace, or by this one after \
             the backup it comes from ({ours}); \
             if no other copy is in use, add --take-over: what was published there since and is not in this \
             workspace will be replaced; otherwise publish from the other copy; \
             nothing was changed",
            to.display(),
            diverged.seq,
            Date::of_instant(diverged.published_at),
        ),
    )
}
