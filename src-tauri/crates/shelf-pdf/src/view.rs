//! Open documents of a reading window.

use crate::cache::Cache;
use crate::client::Process;
use crate::{MOST_PIXELS, PageImage, PageLayer, PageSize, PdfError, PdfWorker, Place};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

/// What a [`PdfView`] may take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ViewLimits {
    /// How long a reader waits for opening, or for one page, before it is given up.
    pub patience: Duration,
    /// Documents that stay open, each with a process of its own; at least one.
    pub documents: usize,
    /// Bytes of encoded pictures that are kept.
    pub picture_bytes: usize,
}

impl Default for ViewLimits {
    /// Ten seconds, two documents, 32 MiB.
    fn default() -> ViewLimits {
        ViewLimits {
            patience: Duration::from_secs(10),
            documents: 2,
            picture_bytes: 32 << 20,
        }
    }
}

/// The PDF documents of a reading window, by path. Documents are opened when they are first asked for
/// and closed when others push them out or [`PdfView::close`] does. A page that crashes its worker or
/// takes too long costs that page: it is remembered as failed until the document is closed, and the
/// next request starts another worker. Threads may share it: requests for one document wait for
/// each other, those for different documents do not, and pictures that are kept wait for nobody.
pub struct PdfView {
    executable: PathBuf,
    pdfium: PathBuf,
    limits: ViewLimits,
    shelf: Mutex<Shelf>,
}

struct Shelf {
    /// The one that was asked last is last.
    open: Vec<Arc<Document>>,
    /// Pushed out, but perhaps still at work for a thread.
    leaving: Vec<Weak<Document>>,
    failed: HashMap<PathBuf, HashSet<u32>>,
    pictures: Cache,
}

struct Document {
    file: PathBuf,
    worker: Mutex<Option<PdfWorker>>,
    /// The worker's process, to end it while a thread waits for its answer.
    process: Mutex<Option<Process>>,
    closed: AtomicBool,
}

impl PdfView {
    /// A view that starts `executable` as its worker (see [`PdfWorker::open`]) with the library at
    /// `library`.
    pub fn new(
        executable: impl Into<PathBuf>,
        library: impl Into<PathBuf>,
        limits: ViewLimits,
    ) -> PdfView {
        PdfView {
            executable: executable.into(),
            pdfium: library.into(),
            shelf: Mutex::new(Shelf {
                open: Vec::new(),
                leaving: Vec::new(),
                failed: HashMap::new(),
                pictures: Cache::new(limits.picture_bytes),
            }),
            limits,
        }
    }

    /// The size of each page of a document.
    ///
    /// # Errors
    /// Where the document is encrypted or damaged, the library does not fit, or it takes too long.
    pub fn open(&self, file: &Path) -> Result<Vec<PageSize>, PdfError> {
        self.ask(file, None, |_, worker| Ok(worker.page_sizes().to_vec()))
    }

    /// The numbers that a document gives its pages; empty where it gives none. It may have to read
    /// every page, so it is asked after the first pages are shown.
    ///
    /// # Errors
    /// As [`PdfView::open`].
    pub fn labels(&self, file: &Path) -> Result<Vec<String>, PdfError> {
        self.ask(file, None, |_, worker| worker.page_labels())
    }

    /// A picture of a page, from 0, so many pixels wide; less where a side would have more than
    /// [`MOST_PIXELS`].
    ///
    /// # Errors
    /// [`PdfError::PageFailed`] where the page failed before; else as [`PdfView::open`].
    pub fn picture(&self, file: &Path, page: u32, width: u32) -> Result<Arc<PageImage>, PdfError> {
        let width = width.clamp(1, MOST_PIXELS);
        let kept = || self.shelf().pictures.get(file, page, width);
        if let Some(image) = kept() {
            return Ok(image);
        }
        self.ask(file, Some(page), |document, worker| {
            // Another thread may have asked for the same while this one waited.
            if let Some(image) = kept() {
                return Ok(image);
            }
            let image = Arc::new(worker.render(page, width)?);
            self.keep(document, page, width, &image);
            Ok(image)
        })
    }

    /// Keeps a picture, unless the document was closed while it was drawn: nothing may be left then.
    fn keep(&self, document: &Document, page: u32, width: u32, image: &Arc<PageImage>) {
        let mut shelf = self.shelf();
        if !document.closed.load(Ordering::SeqCst) {
            let image = Arc::clone(image);
            shelf.pictures.insert(&document.file, page, width, image);
        }
    }

    /// The words of a page, from 0, with their places.
    ///
    /// # Errors
    /// As [`PdfView::picture`].
    pub fn layer(&self, file: &Path, page: u32) -> Result<PageLayer, PdfError> {
        self.ask(file, Some(page), |_, worker| worker.page_layer(page))
    }

    /// Where a phrase stands on a page, from 0; see [`PageLayer::find`].
    ///
    /// # Errors
    /// As [`PdfView::picture`].
    pub fn find(&self, file: &Path, page: u32, phrase: &str) -> Result<Vec<Vec<Place>>, PdfError> {
        Ok(self.layer(file, page)?.find(phrase))
    }

    /// Closes a document, also while another thread waits for a page of it, which then gets
    /// [`PdfError::Closed`], and forgets its pictures and failed pages. When this returns no worker
    /// has the file open any more; a later request opens it again.
    pub fn close(&self, file: &Path) {
        let mut shelf = self.shelf();
        shelf.pictures.forget(file);
        shelf.failed.remove(file);
        let leaving = shelf.leaving.iter().filter_map(Weak::upgrade);
        let documents: Vec<_> = leaving
            .chain(shelf.open.iter().cloned())
            .filter(|document| document.file == file)
            .collect();
        shelf.open.retain(|open| open.file != file);
        end(shelf, &documents);
    }

    /// Closes all documents, as [`PdfView::close`] closes one, and forgets the pictures and failed
    /// pages of those that were closed or pushed out before.
    pub fn close_all(&self) {
        let mut shelf = self.shelf();
        shelf.pictures.clear();
        shelf.failed.clear();
        let mut documents: Vec<_> = shelf.leaving.iter().filter_map(Weak::upgrade).collect();
        documents.append(&mut shelf.open);
        end(shelf, &documents);
    }

    /// Asks the document's worker, which is started where there is none. `page` is what the request
    /// is about, and what is remembered where it fails.
    fn ask<T>(
        &self,
        file: &Path,
        page: Option<u32>,
        mut request: impl FnMut(&Document, &mut PdfWorker) -> Result<T, PdfError>,
    ) -> Result<T, PdfError> {
        self.refuse_failed(file, page)?;
        let document = self.document(file);
        let mut held = lock(&document.worker);
        // Another thread may have failed at this page meanwhile.
        self.refuse_failed(file, page)?;
        let mut crashed_before = false;
        loop {
            if document.closed.load(Ordering::SeqCst) {
                return Err(PdfError::Closed);
            }
            let worker = match held.as_mut() {
                Some(worker) => worker,
                None => match self.start(&document) {
                    Ok(worker) => held.insert(worker),
                    Err(error) => {
                        self.put_away(&document);
                        return Err(error);
                    }
                },
            };
            let error = match request(&document, worker) {
                Err(error @ (PdfError::Crashed | PdfError::TimedOut(_))) => error,
                other => return other,
            };
            *held = None;
            if document.closed.load(Ordering::SeqCst) {
                return Err(PdfError::Closed);
            }
            // The system may have ended the worker for what it did before, so the page gets a second
            // one. Waiting twice would ask too much of the reader.
            if matches!(error, PdfError::Crashed) && !crashed_before {
                crashed_before = true;
                continue;
            }
            tracing::warn!(file = %document.file.display(), page, %error, "a PDF page failed");
            if let Some(page) = page {
                self.note_failed(&document, page);
            }
            return Err(error);
        }
    }

    /// Remembers a page that failed, unless the document was closed meanwhile.
    fn note_failed(&self, document: &Document, page: u32) {
        let mut shelf = self.shelf();
        if !document.closed.load(Ordering::SeqCst) {
            let failed = shelf.failed.entry(document.file.clone()).or_default();
            failed.insert(page);
        }
    }

    fn refuse_failed(&self, file: &Path, page: Option<u32>) -> Result<(), PdfError> {
        let Some(page) = page else { return Ok(()) };
        let failed = self
            .shelf()
            .failed
            .get(file)
            .is_some_and(|pages| pages.contains(&page));
        if failed {
            return Err(PdfError::PageFailed(page));
        }
        Ok(())
    }

    /// The document, as the one that was asked last. What is pushed out ends when the threads that
    /// are at it are done.
    fn document(&self, file: &Path) -> Arc<Document> {
        let mut shelf = self.shelf();
        let document = match shelf.open.iter().position(|open| open.file == file) {
            Some(at) => shelf.open.remove(at),
            None => Arc::new(Document {
                file: file.to_path_buf(),
                worker: Mutex::new(None),
                process: Mutex::new(None),
                closed: AtomicBool::new(false),
            }),
        };
        shelf.open.push(Arc::clone(&document));
        let more = shelf
            .open
            .len()
            .saturating_sub(self.limits.documents.max(1));
        let pushed_out: Vec<_> = shelf.open.drain(..more).collect();
        shelf.leaving.retain(|document| document.strong_count() > 0);
        shelf.leaving.extend(pushed_out.iter().map(Arc::downgrade));
        drop(shelf);
        drop(pushed_out);
        document
    }

    fn start(&self, document: &Document) -> Result<PdfWorker, PdfError> {
        let mut worker = PdfWorker::start(
            &self.executable,
            &self.pdfium,
            &document.file,
            self.limits.patience,
        )?;
        {
            let mut process = lock(&document.process);
            if document.closed.load(Ordering::SeqCst) {
                return Err(PdfError::Closed);
            }
            *process = Some(worker.process());
        }
        match worker.wait_for_opening() {
            Err(_) if document.closed.load(Ordering::SeqCst) => Err(PdfError::Closed),
            Err(error) => Err(error),
            Ok(()) => Ok(worker),
        }
    }

    /// Takes a document that cannot be opened off the list.
    fn put_away(&self, document: &Arc<Document>) {
        let mut shelf = self.shelf();
        shelf.open.retain(|open| !Arc::ptr_eq(open, document));
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        lock(&self.shelf)
    }
}

/// Ends the workers of documents that were taken off the shelf. They count as closed before anybody
/// else sees the shelf, so that nothing more is kept of them.
fn end(shelf: MutexGuard<'_, Shelf>, documents: &[Arc<Document>]) {
    for document in documents {
        document.closed.store(true, Ordering::SeqCst);
    }
    drop(shelf);
    for document in documents {
        if let Some(process) = lock(&document.process).take() {
            process.end();
        }
    }
}

/// What the mutexes hold is sound after every statement, so a panic elsewhere costs nothing here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ImageFormat;

    fn image() -> Arc<PageImage> {
        Arc::new(PageImage {
            format: ImageFormat::Png,
            width: 1,
            height: 1,
            bytes: vec![0],
        })
    }

    #[test]
    fn nothing_of_a_document_that_was_pushed_out_is_left_when_all_are_closed() {
        let view = PdfView::new("no program", "no library", ViewLimits::default());
        let file = Path::new("pushed-out.pdf");
        {
            let mut shelf = view.shelf();
            shelf.pictures.insert(file, 0, 893, image());
            shelf.failed.insert(file.to_path_buf(), HashSet::from([1]));
        }
        view.close_all();
        assert!(view.shelf().pictures.get(file, 0, 893).is_none());
        assert!(view.shelf().failed.is_empty());
    }

    #[test]
    fn a_picture_that_was_being_drawn_when_its_document_was_closed_is_not_kept() {
        let view = PdfView::new("no program", "no library", ViewLimits::default());
        let file = Path::new("being-drawn.pdf");
        for close in [PdfView::close_all, |view: &PdfView| {
            view.close(Path::new("being-drawn.pdf"));
        }] {
            let document = view.document(file);
            close(&view);
            view.keep(&document, 0, 893, &image());
            view.note_failed(&document, 1);
            assert!(view.shelf().pictures.get(file, 0, 893).is_none());
            assert!(view.shelf().failed.is_empty());
        }
        let opened_again = view.document(file);
        view.keep(&opened_again, 0, 893, &image());
        assert!(view.shelf().pictures.get(file, 0, 893).is_some());
    }
}
