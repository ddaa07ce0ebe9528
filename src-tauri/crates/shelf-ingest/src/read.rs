//! The way through a file or folder.

use crate::draft::Draft;
use crate::finish::{Parts, finish};
use crate::sniff::{self, FileType};
use crate::{
    Candidate, CandidateObject, Content, Failure, List, ObjectRole, PdfPages, Reason, Said,
};
use crate::{docx, html, jsonl, media, pdf, restricted, sidecar, text, words};
use shelf_law::grammar::{self, Piece, Reading};
use shelf_law::{CollectionId, DocumentText, Fields};
use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// How to read.
pub struct Options<'a> {
    /// The collection of documents for which nothing else is said.
    pub collection: CollectionId,
    /// The largest file that is read whole. Imports and media are not, and have no cap.
    pub max_file_bytes: u64,
    /// Whether a row of an import that is marked DỰ THẢO is refused. Where it is not, it comes with a
    /// note that every reader sees, and a doubt; single files that are drafts, and state secrets of
    /// any origin, are always refused.
    pub refuse_draft_rows: bool,
    /// What somebody says about the files.
    pub list: Option<&'a List>,
    /// What reads PDF pages; without it a PDF is kept without its words.
    pub pdf: Option<&'a dyn PdfPages>,
}

impl<'a> Options<'a> {
    /// The usual way: documents go to `collection`.
    pub fn new(collection: CollectionId) -> Options<'a> {
        Options {
            collection,
            max_file_bytes: 512 << 20,
            refuse_draft_rows: false,
            list: None,
            pdf: None,
        }
    }
}

/// How far it has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// The file at hand.
    pub file: &'a Path,
    /// Documents handed over so far.
    pub documents: u64,
    /// Files and rows that gave none so far.
    pub failed: u64,
}

/// What came of it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Summary {
    /// Documents handed over.
    pub documents: u64,
    /// Files and rows that gave none.
    pub failed: u64,
    /// The caller asked to stop.
    pub stopped: bool,
}

/// Reads a file, or a folder with all below it in the order of names, and hands over every document
/// and every failure. Nothing here is fatal: a path that does not exist is a failure too.
pub fn read_input(
    path: &Path,
    options: &Options<'_>,
    sink: &mut dyn FnMut(Result<Candidate, Failure>) -> ControlFlow<()>,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Summary {
    let mut reader = Reader {
        options,
        sink,
        progress,
        summary: Summary::default(),
        posters: HashSet::new(),
    };
    let flow = match std::fs::metadata(path) {
        Ok(meta) if meta.is_dir() => reader.folder(path, 0),
        Ok(_) => reader.file(path),
        Err(error) => {
            let reason = match error.kind() {
                std::io::ErrorKind::NotFound => Reason::Missing,
                _ => error.into(),
            };
            reader.fail(path, reason)
        }
    };
    reader.summary.stopped = flow.is_break();
    reader.summary
}

/// Folders deeper than this are not entered.
const DEEPEST: usize = 64;

struct Reader<'a> {
    options: &'a Options<'a>,
    sink: &'a mut dyn FnMut(Result<Candidate, Failure>) -> ControlFlow<()>,
    progress: &'a mut dyn FnMut(Progress<'_>),
    summary: Summary,
    /// Pictures that the sidecars of a folder name as posters of the files beside them.
    posters: HashSet<PathBuf>,
}

impl Reader<'_> {
    fn folder(&mut self, folder: &Path, depth: usize) -> ControlFlow<()> {
        let entries = std::fs::read_dir(folder).and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<Result<Vec<PathBuf>, _>>()
        });
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.fail(folder, error.into()),
        };
        entries.sort();
        let described = entries.iter().filter_map(|entry| sidecar::target(entry));
        let said = described.filter_map(|file| sidecar::read(&file).ok().flatten());
        self.posters.extend(said.filter_map(|said| said.poster));
        for entry in entries {
            if is_ignored(&entry) {
                continue;
            }
            if entry.is_symlink() {
                // It may lead back here, or to a file that its sender cannot even read.
                self.fail(&entry, Reason::Link)?;
            } else if entry.is_dir() {
                if depth >= DEEPEST {
                    self.fail(&entry, Reason::TooDeep)?;
                } else if !is_page_parts(&entry) {
                    self.folder(&entry, depth + 1)?;
                }
            } else {
                self.file(&entry)?;
            }
        }
        ControlFlow::Continue(())
    }

    fn file(&mut self, path: &Path) -> ControlFlow<()> {
        if sidecar::is_sidecar(path) {
            return match sidecar::target(path).is_some_and(|file| file.exists()) {
                true => ControlFlow::Continue(()),
                false => {
                    let what = "the file that it describes is not beside it".to_string();
                    self.fail(path, Reason::BadDescription(what))
                }
            };
        }
        if self.options.list.is_some_and(|list| list.is(path)) {
            return ControlFlow::Continue(());
        }
        let kind = match self.look(path) {
            Ok(kind) => kind,
            Err(reason) => return self.fail(path, reason),
        };
        if kind == FileType::Subtitles && media::belongs_to_media(path) {
            return ControlFlow::Continue(());
        }
        if let FileType::Png | FileType::Jpeg = kind
            && self.is_poster(path)
        {
            return ControlFlow::Continue(());
        }
        if let FileType::Jsonl | FileType::JsonlZst = kind {
            return self.import(path, kind == FileType::JsonlZst);
        }
        match self.document(path, kind) {
            Ok(candidate) => {
                self.summary.documents += 1;
                (self.sink)(Ok(candidate))?;
            }
            Err(reason) => self.fail(path, reason)?,
        }
        self.tell(path);
        ControlFlow::Continue(())
    }

    /// Whether the picture belongs to a video or sound piece and is no document of its own.
    fn is_poster(&self, path: &Path) -> bool {
        media::poster::is_beside(path)
            || self.posters.contains(path)
            || self.options.list.is_some_and(|list| list.is_poster(path))
    }

    fn look(&self, path: &Path) -> Result<FileType, Reason> {
        // A pipe or a device would be waited for without an end.
        if !std::fs::metadata(path)?.is_file() {
            return Err(Reason::UnknownType);
        }
        let mut head = Vec::new();
        File::open(path)?
            .take(sniff::HEAD as u64)
            .read_to_end(&mut head)?;
        sniff::file_type(path, &head)
    }

    fn import(&mut self, path: &Path, compressed: bool) -> ControlFlow<()> {
        let Reader {
            options,
            sink,
            progress,
            summary,
            ..
        } = self;
        let mut batch_end = |documents: u64, failed: u64| {
            progress(Progress {
                file: path,
                documents,
                failed,
            });
        };
        jsonl::read(path, options, compressed, &mut |row| {
            match row {
                Ok(_) => summary.documents += 1,
                Err(_) => summary.failed += 1,
            }
            if (summary.documents + summary.failed).is_multiple_of(100) {
                batch_end(summary.documents, summary.failed);
            }
            sink(row)
        })
    }

    fn document(&self, path: &Path, kind: FileType) -> Result<Candidate, Reason> {
        let said = sidecar::read(path)?;
        let listed = self.options.list.and_then(|list| list.of(path));
        let listed = listed.cloned().unwrap_or_default();
        let draft = self.draft(path, kind)?;
        let mark = restricted::mark(draft.pieces.iter().flat_map(piece_lines));
        if let Some(mark) = mark {
            return Err(Reason::Restricted(mark.to_string()));
        }
        let reading = match (draft.pieces.is_empty(), draft.blocks.is_empty()) {
            (false, _) => Some(grammar::read(&draft.pieces)),
            (true, false) => Some(Reading {
                text: DocumentText {
                    blocks: draft.blocks,
                },
                fields: Fields::default(),
                ..grammar::read(&[])
            }),
            (true, true) => None,
        };
        let name = words::one_line(&path.file_name().unwrap_or_default().to_string_lossy());
        let mut objects = vec![CandidateObject {
            role: draft.role.unwrap_or(ObjectRole::Original),
            name: name.clone(),
            media_type: kind.media_type(),
            content: Content::File(path.to_path_buf()),
        }];
        if kind == FileType::WebM && draft.role == Some(ObjectRole::Audio) {
            objects[0].media_type = "audio/webm";
        }
        objects.extend(draft.objects);
        let mut doubts = draft.doubts;
        let said = said.unwrap_or_default();
        let named = [&listed, &said, &draft.claims];
        let poster = named.iter().find_map(|claims| claims.poster.as_deref());
        let plays = matches!(draft.role, Some(ObjectRole::Video | ObjectRole::Audio));
        match poster.map(media::poster::object) {
            Some(Ok(poster)) if plays => objects.push(poster),
            Some(Ok(_)) => doubts.push("chỉ video và âm thanh mới có ảnh bìa".into()),
            Some(Err(doubt)) => doubts.push(doubt),
            None => {}
        }
        let parts = Parts {
            source: folder_name(path),
            source_key: None,
            fallback_key: name,
            reading,
            own: draft.claims,
            said: Some(Said {
                sidecar: said,
                list: listed,
            }),
            product: draft.product,
            fallback_title: draft.title.or_else(|| Some(title_of(path))),
            notes: draft.notes,
            doubts,
            objects,
        };
        Ok(finish(parts, &self.options.collection))
    }

    fn draft(&self, path: &Path, kind: FileType) -> Result<Draft, Reason> {
        match kind {
            FileType::Text => text::read(&self.bytes(path)?),
            FileType::Docx => docx::read(&self.bytes(path)?),
            FileType::Html => html::read(&self.bytes(path)?),
            FileType::Mp4 | FileType::WebM | FileType::M4a | FileType::Mp3 => {
                media::read(path, kind)
            }
            FileType::Png | FileType::Jpeg => media::read_image(path, kind),
            FileType::Subtitles => media::read_subtitles(&self.bytes(path)?),
            FileType::Pdf => pdf::read(path, self.options),
            // Imports hold many documents and are read row by row.
            FileType::Jsonl | FileType::JsonlZst => Err(Reason::UnknownType),
        }
    }

    /// The whole file, if it is not above the cap.
    fn bytes(&self, path: &Path) -> Result<Vec<u8>, Reason> {
        let limit = self.options.max_file_bytes;
        let mut bytes = Vec::new();
        File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
        match bytes.len() as u64 > limit {
            true => Err(Reason::TooLarge {
                size: std::fs::metadata(path)?.len(),
                limit,
            }),
            false => Ok(bytes),
        }
    }

    fn fail(&mut self, path: &Path, reason: Reason) -> ControlFlow<()> {
        self.summary.failed += 1;
        (self.sink)(Err(Failure {
            file: path.to_path_buf(),
            line: None,
            reason,
        }))
    }

    fn tell(&mut self, path: &Path) {
        (self.progress)(Progress {
            file: path,
            documents: self.summary.documents,
            failed: self.summary.failed,
        });
    }
}

/// What systems and programs leave beside files.
fn is_ignored(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.')
        || name.starts_with("~$")
        || ["thumbs.db", "desktop.ini"].contains(&name.to_lowercase().as_str())
}

/// The folder that a browser saves beside a page: `trang_files` beside `trang.html`.
fn is_page_parts(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let Some(stem) = name
        .strip_suffix("_files")
        .or_else(|| name.strip_suffix("_tệp"))
    else {
        return false;
    };
    ["html", "htm"].iter().any(|extension| {
        folder
            .with_file_name(format!("{stem}.{extension}"))
            .exists()
    })
}

/// The name of the folder that a file stands in: the source of single files.
fn folder_name(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let folder = absolute.parent().and_then(Path::file_name);
    words::one_line(&folder.unwrap_or_default().to_string_lossy())
}

/// A title made from a file name.
fn title_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    words::one_line(&stem.replace(['_', '-'], " "))
}

fn piece_lines(piece: &Piece) -> Vec<&str> {
    match piece {
        Piece::Line { text, .. } => text.lines().collect(),
        Piece::Table { rows, .. } => rows
            .iter()
            .flatten()
            .flat_map(|cell| cell.lines())
            .collect(),
    }
}
