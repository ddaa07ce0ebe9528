//! Checking a repository, or what a reader's machine holds of one.

use crate::library::objects_of;
use crate::library::{Home, object_error, rows_are_signed};
use crate::{Error, ErrorCode, Job, Phase};
use serde::Serialize;
use shelf_law::ContentHash;
use shelf_repo::object::ObjectFolder;
use shelf_repo::tuf::{MAX_HEAD, TrustState, TrustStore, check_metadata};
use shelf_repo::verify::verify_objects;
use shelf_repo::{FolderDestination, Head, RepoName, RepoRead, RepoReader, is_temporary, pack};
use shelf_search::{Error as IndexError, Index, Options};
use shelf_store::{Catalog, State};
use std::collections::BTreeSet;
use std::path::Path;

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct VerifyReport {
    /// Whether everything is as signed.
    pub ok: bool,
    /// What was checked.
    pub kind: Verified,
    /// Whether it was held against a root that the caller trusts.
    pub anchored: bool,
    /// Files that were hashed.
    pub files: u64,
    /// Documents whose texts were read.
    pub documents: u64,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// What a folder holds that was checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verified {
    /// A repository: where it is damaged, it is copied again from its origin or published anew.
    Repository,
    /// A reader's data folder: a sync mends it.
    Home,
}

/// Something wrong.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// What is wrong with it.
    pub reason: String,
}

/// Checks every signature and hash of a repository folder, or of a data folder.
pub fn verify(folder: &Path, root: Option<&[u8]>, job: &Job<'_>) -> Result<VerifyReport, Error> {
    job.tell(Phase::Verifying, 0, None);
    if Home::new(folder).state().is_file() {
        return verify_home(folder, root, job);
    }
    if folder.join("tuf").is_dir() {
        return verify_repository(folder, root);
    }
    Err(Error::new(
        ErrorCode::NotAShelf,
        format!(
            "{}: neither a shelf repository nor a data folder; name the folder that holds tuf or state.db",
            folder.display()
        ),
    ))
}

fn verify_repository(folder: &Path, root: Option<&[u8]>) -> Result<VerifyReport, Error> {
    use shelf_repo::Destination;
    let repository = FolderDestination::new(folder);
    let listed = repository
        .list("tuf/")
        .map_err(|error| Error::new(ErrorCode::Io, error.to_string()))?;
    let names: Vec<String> = listed
        .iter()
        .filter_map(|(name, _)| name.as_str().strip_prefix("tuf/"))
        // What a killed publisher left behind belongs to nothing; the next publish removes it.
        .filter(|name| !name.rsplit('/').next().is_some_and(is_temporary))
        .map(str::to_string)
        .collect();
    let read = |name: &str| {
        let name: RepoName = format!("tuf/{name}")
            .parse()
            .map_err(std::io::Error::other)?;
        repository
            .get(&name, MAX_HEAD)
            .map_err(std::io::Error::other)
    };
    let metadata = check_metadata(read, &names, root);
    let mut report = VerifyReport {
        ok: false,
        kind: Verified::Repository,
        anchored: metadata.anchored,
        files: metadata.files as u64,
        documents: 0,
        faults: metadata
            .faults
            .into_iter()
            .map(|fault| Fault {
                file: format!("tuf/{}", fault.file),
                reason: fault.reason,
            })
            .collect(),
    };
    if let Some(head) = &metadata.head {
        let objects = verify_objects(folder, head)
            .map_err(|error| Error::new(ErrorCode::Io, error.to_string()))?;
        // These are all files, those under tuf among them.
        report.files = objects.files;
        report.documents = objects.documents;
        report
            .faults
            .extend(objects.faults.into_iter().map(|fault| Fault {
                file: fault.file,
                reason: fault.reason,
            }));
    }
    report.ok = report.faults.is_empty() && metadata.head.is_some();
    Ok(report)
}

/// Everything that the active catalogue needs: trust, rows, texts, originals.
fn verify_home(folder: &Path, root: Option<&[u8]>, job: &Job<'_>) -> Result<VerifyReport, Error> {
    let home = Home::new(folder);
    let state = State::open_for_reading(&home.state())?;
    let trust = state
        .load()
        .map_err(|error| Error::new(ErrorCode::Damaged, error.to_string()))?;
    let first = trust.as_ref().and_then(|trust| trust.roots.first());
    if let (Some(given), Some(trust)) = (root, &trust)
        && !trust.roots.iter().any(|known| known == given)
    {
        return Err(Error::new(
            ErrorCode::RootDiffers,
            format!(
                "{}: trusts another root than the one given",
                folder.display()
            ),
        ));
    }
    let active = state.active()?.ok_or_else(|| {
        Error::new(
            ErrorCode::NoShelf,
            format!("{}: holds no shelf yet", folder.display()),
        )
    })?;
    let mut report = VerifyReport {
        ok: false,
        kind: Verified::Home,
        anchored: root.is_some() && first.is_some(),
        files: 1,
        documents: 0,
        faults: Vec::new(),
    };
    if let Err(error) = check_home(&home, &active.file, trust.as_ref(), &mut report, job) {
        // A catalogue that cannot even be read is a fault like any other.
        if error.code != ErrorCode::Damaged {
            return Err(error);
        }
        report.faults.push(Fault {
            file: active.file.clone(),
            reason: error.words,
        });
    }
    report.ok = report.faults.is_empty();
    if !report.ok {
        // The next sync looks at everything again and mends it. Where this cannot be written, the
        // faults are told all the same.
        let _ = std::fs::write(home.recheck(), b"");
    }
    Ok(report)
}

fn check_home(
    home: &Home,
    file: &str,
    trust: Option<&TrustState>,
    report: &mut VerifyReport,
    job: &Job<'_>,
) -> Result<(), Error> {
    if let Err(IndexError::Damaged { why, .. }) =
        Index::open(&home.index(), Options::default()).and_then(|index| index.verify())
    {
        report.faults.push(Fault {
            file: "index".to_string(),
            reason: format!("{why}; sync again"),
        });
    }
    let catalog = Catalog::open(&home.catalog(file))?;
    if !check_rows(&catalog, trust)? {
        report.faults.push(Fault {
            file: file.to_string(),
            reason: "its rows are not the signed ones; sync again".to_string(),
        });
    }
    let objects = ObjectFolder::new(home.folder());
    // What is needed, and whatever else stands here under a hash: shards, older texts.
    let listed = objects.list().map_err(object_error)?;
    let mut hashes: BTreeSet<ContentHash> = listed.into_iter().map(|(hash, _)| hash).collect();
    let head: &Head = catalog.head();
    let data = head.data.iter().map(|file| &file.blob);
    hashes.extend(head.dictionaries.iter().chain(data).map(|blob| blob.sha256));
    catalog.for_each(|row| {
        if let Some(objects) = &row.objects {
            hashes.insert(match row.single {
                true => objects.text.sha256,
                false => objects.text.pack.sha256,
            });
            let others = objects_of(objects, row.single);
            hashes.extend(others.map(|object| object.blob.sha256));
        }
        Ok::<_, Error>(())
    })?;
    let total = hashes.len() as u64;
    for (done, hash) in hashes.iter().enumerate() {
        job.tell(Phase::Verifying, done as u64, Some(total));
        let reason = match objects.is_sound(hash) {
            Ok(Some(true)) => None,
            Ok(Some(false)) => Some("its bytes are not those of its hash; sync again".to_string()),
            Ok(None) => Some("is missing; sync again".to_string()),
            Err(error) => Some(error.to_string()),
        };
        report.files += 1;
        if let Some(reason) = reason {
            report.faults.push(Fault {
                file: RepoName::object(hash).to_string(),
                reason,
            });
        }
    }
    check_texts(&catalog, &objects, report)
}

/// Whether the catalogue is the one that was signed: its head, its rows, its objects.
fn check_rows(catalog: &Catalog, trust: Option<&TrustState>) -> Result<bool, Error> {
    let signed: Option<Head> = trust.and_then(|trust| serde_json::from_slice(&trust.head).ok());
    let head = catalog.head();
    // Trust may be ahead of the catalogue, where a sync was cut off between the two.
    let forged = signed.is_some_and(|signed| signed.seq == head.seq && signed != *head);
    Ok(!forged && rows_are_signed(catalog, head)?)
}

fn check_texts(
    catalog: &Catalog,
    objects: &ObjectFolder,
    report: &mut VerifyReport,
) -> Result<(), Error> {
    let reader = RepoReader::new(objects);
    let Ok(dictionaries) = reader.dictionaries(catalog.head()) else {
        return Ok(());
    };
    catalog.for_each(|row| {
        if let Some(objects) = &row.objects {
            let (read, stands_in) = match row.single {
                true => (reader.single(objects), &objects.text.sha256),
                false => (
                    reader.json(objects, &dictionaries),
                    &objects.text.pack.sha256,
                ),
            };
            match read.and_then(|json| pack::parse_json(&json, &objects.id)) {
                Ok(_) => report.documents += 1,
                Err(error) => report.faults.push(Fault {
                    file: RepoName::object(stands_in).to_string(),
                    reason: format!("{error}; sync again"),
                }),
            }
        }
        Ok(())
    })
}
