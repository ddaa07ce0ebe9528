//! What every command can reach: the shelf, the person's own data, the running job, the server of
//! pages and media.

use crate::dto::Failure;
use crate::folder::Folder;
use crate::jobs::Jobs;
use crate::media::{MediaServer, Served};
use crate::policy::Policy;
use crate::{Options, ShellError};
use shelf_engine::law::DocumentId;
use shelf_engine::{Clock, Error, ErrorCode, Library, PdfPages, Profile};
use std::collections::HashSet;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// The app's state, shared by commands and by work in the background.
#[derive(Clone)]
pub(crate) struct Shell(Arc<Desk>);

/// The things themselves.
pub(crate) struct Desk {
    pub(crate) options: Options,
    pub(crate) policy: Policy,
    pub(crate) started: Instant,
    pub(crate) home: PathBuf,
    pub(crate) clock: Clock,
    pub(crate) jobs: Jobs,
    pub(crate) media: MediaServer,
    pub(crate) pdf: Option<Arc<PdfPages>>,
    shelf: Mutex<Opening>,
    opened: Condvar,
    /// Held while the shelf is opened and put in place, so that an older one never replaces a newer.
    opening: Mutex<()>,
    pub(crate) folder: Folder,
    reader: Mutex<Arc<Reader>>,
}

/// Whoever sits at the machine.
pub(crate) struct Reader {
    profile: Mutex<Profile>,
    /// Why the person's own data cannot be opened: then they read as a guest does, and are told.
    unkept: Option<Error>,
    /// Documents that this reader opened. A page that is being left tells its place when the next
    /// reader may sit here already: that place is not theirs.
    opened: Mutex<HashSet<DocumentId>>,
    /// The visit in which the server of pages and media shows what this reader asks for.
    visit: u64,
}

/// The desk and the reader who asked: what one of them asked for is never done to another's data.
pub(crate) struct Sitting {
    desk: Arc<Desk>,
    reader: Arc<Reader>,
}

impl Deref for Sitting {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.desk
    }
}

impl Sitting {
    /// The data of the reader who asked.
    pub(crate) fn profile(&self) -> MutexGuard<'_, Profile> {
        self.reader.profile()
    }

    /// Why nothing of a person's own is kept, where it should be.
    pub(crate) fn unkept(&self) -> Option<&Error> {
        self.reader.unkept.as_ref()
    }

    /// Notes that this reader has a document open.
    pub(crate) fn note_opened(&self, document: &DocumentId) {
        self.reader.opened().insert(document.clone());
    }

    /// Whether this reader opened a document.
    pub(crate) fn has_opened(&self, document: &DocumentId) -> bool {
        self.reader.opened().contains(document)
    }

    /// Lets this reader's page load a file; its address.
    pub(crate) fn show(&self, sha256: &str, served: Served) -> String {
        self.desk.media.show(self.reader.visit, sha256, served)
    }

    /// The same for the pages of a PDF; the address without the page.
    pub(crate) fn show_pages(&self, sha256: &str, served: Served) -> String {
        let media = &self.desk.media;
        media.show_pages(self.reader.visit, sha256, served)
    }

    /// Tries again, in the background, to bring the shelf up to date where that came to nothing some
    /// time ago.
    pub(crate) fn catch_up_if_due(&self) {
        if self.desk.folder.is_due(Instant::now()) {
            let desk = Arc::clone(&self.desk);
            std::thread::spawn(move || desk.catch_up());
        }
    }

    /// Begins or ends a guest's visit: nothing of the one before is left in this process. The reader
    /// who sits here then.
    pub(crate) fn change_reader(&self, guest: bool) -> Result<Sitting, Error> {
        self.desk.change_reader(guest)?;
        Ok(Desk::sit(&self.desk))
    }
}

impl Reader {
    fn new(profile: Profile, unkept: Option<Error>, visit: u64) -> Arc<Reader> {
        Arc::new(Reader {
            profile: Mutex::new(profile),
            unkept,
            opened: Mutex::default(),
            visit,
        })
    }

    fn guest(clock: Clock, visit: u64) -> Result<Arc<Reader>, Error> {
        Ok(Reader::new(Profile::guest(clock)?, None, visit))
    }

    /// The person whose data this folder holds. The shelf can be read without them.
    fn person(home: &Path, clock: Clock, visit: u64) -> Result<Arc<Reader>, Error> {
        match Profile::open(home, clock) {
            Ok(profile) => Ok(Reader::new(profile, None, visit)),
            Err(error) => {
                tracing::warn!(%error, "the person's own data cannot be opened");
                Ok(Reader::new(Profile::guest(clock)?, Some(error), visit))
            }
        }
    }

    fn profile(&self) -> MutexGuard<'_, Profile> {
        self.profile.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn opened(&self) -> MutexGuard<'_, HashSet<DocumentId>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The shelf, which is opened in the background while the window comes up.
enum Opening {
    Pending,
    Open(Box<Library>),
    /// There is none, or it cannot be read: why.
    Closed(Error),
}

impl Shell {
    pub(crate) fn new(options: Options) -> Result<Shell, ShellError> {
        let home = match &options.home {
            Some(home) => home.clone(),
            None => shelf_engine::default_home()?,
        };
        let clock = options.clock.map_or(Clock::System, Clock::Fixed);
        let policy = Policy::read(&options);
        let reader = match policy.guest {
            true => Reader::guest(clock, 0)?,
            false => Reader::person(&home, clock, 0)?,
        };
        let pdf = PdfPages::find().map(Arc::new);
        Ok(Shell(Arc::new(Desk {
            policy,
            started: Instant::now(),
            media: MediaServer::start(pdf.clone()).map_err(ShellError::Media)?,
            jobs: Jobs::default(),
            shelf: Mutex::new(Opening::Pending),
            opened: Condvar::new(),
            opening: Mutex::new(()),
            folder: Folder::default(),
            reader: Mutex::new(reader),
            options,
            home,
            clock,
            pdf,
        })))
    }

    /// Does something with the shelf and the person's data, away from the window's thread.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Sitting) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Failure> {
        // Who asks is who sits here now, not who sits here once a thread is free.
        let sitting = Desk::sit(&self.0);
        match tauri::async_runtime::spawn_blocking(move || work(&sitting)).await {
            Ok(outcome) => outcome.map_err(Failure::from),
            Err(error) => Err(Failure {
                code: "unexpected".to_owned(),
                detail: format!("the work was given up: {error}"),
            }),
        }
    }

    /// Asks the shelf something, away from the window's thread.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut Library) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Failure> {
        self.run(|desk| desk.with_shelf(question)).await
    }

    pub(crate) fn desk(&self) -> &Arc<Desk> {
        &self.0
    }
}

impl Desk {
    fn sit(desk: &Arc<Desk>) -> Sitting {
        Sitting {
            reader: desk.reader(),
            desk: Arc::clone(desk),
        }
    }

    /// Opens the shelf that the data folder holds now, in place of the one that was open.
    pub(crate) fn open(&self) {
        let _opening = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        // Whatever happens, nobody may wait for ever for a shelf that is being opened.
        let opened = catch_unwind(AssertUnwindSafe(|| {
            Library::open_as_it_is(&self.home, self.clock)
        }));
        let opened = match opened {
            Ok(Ok(library)) => Opening::Open(Box::new(library)),
            Ok(Err(error)) => Opening::Closed(error),
            Err(_) => Opening::Closed(Error::new(
                ErrorCode::Damaged,
                format!("{}: the shelf cannot be opened", self.home.display()),
            )),
        };
        *self.lock() = opened;
        self.opened.notify_all();
    }

    /// Does something with the shelf; waits where it is just being opened.
    pub(crate) fn with_shelf<T>(
        &self,
        work: impl FnOnce(&mut Library) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut held = self.lock();
        while matches!(*held, Opening::Pending) {
            held = self
                .opened
                .wait(held)
                .unwrap_or_else(PoisonError::into_inner);
        }
        match &mut *held {
            Opening::Open(library) => work(library),
            Opening::Closed(error) => Err(Error::new(error.code, error.words.clone())),
            Opening::Pending => Err(Error::new(ErrorCode::Busy, "the shelf is being opened")),
        }
    }

    /// The same, `None` where there is no shelf yet.
    pub(crate) fn shelf<T>(
        &self,
        work: impl FnOnce(&mut Library) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        match self.with_shelf(work) {
            Err(error) if error.code == ErrorCode::NoShelf => Ok(None),
            outcome => outcome.map(Some),
        }
    }

    /// Saves the day's copy of the person's data.
    pub(crate) fn back_up_if_due(&self) {
        if let Err(error) = self.reader().profile().back_up_if_due() {
            tracing::warn!(%error, "no copy of the person's data was made today");
        }
    }

    fn reader(&self) -> Arc<Reader> {
        Arc::clone(&self.reader.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn seat(&self, reader: Arc<Reader>) {
        *self.reader.lock().unwrap_or_else(PoisonError::into_inner) = reader;
    }

    fn change_reader(&self, guest: bool) -> Result<(), Error> {
        // Whoever leaves has left, also where the next one's data cannot be opened.
        let visit = self.media.begin_visit();
        self.seat(Reader::guest(self.clock, visit)?);
        if let Some(pdf) = &self.pdf {
            pdf.close_all();
        }
        if !guest && !self.policy.guest {
            self.seat(Reader::person(&self.home, self.clock, visit)?);
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Opening> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shelf_engine::profile::SettingsPatch;

    fn shell(home: &std::path::Path) -> Shell {
        let options = Options {
            home: Some(home.to_path_buf()),
            ..Options::default()
        };
        Shell::new(options).unwrap()
    }

    fn commune(sitting: &Sitting) -> Option<String> {
        sitting.profile().settings().unwrap().commune
    }

    fn live_in(name: &str) -> SettingsPatch {
        SettingsPatch {
            commune: Some(Some(name.to_string())),
            ..SettingsPatch::default()
        }
    }

    #[test]
    fn what_one_reader_asked_for_is_not_done_to_the_data_of_the_next() {
        let home = tempfile::tempdir().unwrap();
        let shell = shell(home.path());
        let document = DocumentId::from_identity(&["a"]);
        let person = Desk::sit(shell.desk());
        let guest = person.change_reader(true).unwrap();
        person.profile().change(&live_in("Ia Grai")).unwrap();
        guest.profile().change(&live_in("Quy Nhơn")).unwrap();
        guest.note_opened(&document);
        let person = guest.change_reader(false).unwrap();
        guest.profile().change(&live_in("An Khê")).unwrap();
        assert_eq!(commune(&person).as_deref(), Some("Ia Grai"));
        assert!(
            !person.has_opened(&document),
            "a place in it that comes late is the guest's"
        );
    }

    #[test]
    fn a_guest_has_left_also_where_the_person_s_data_cannot_be_opened() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        let shell = shell(&home);
        let person = Desk::sit(shell.desk());
        let guest = person.change_reader(true).unwrap();
        guest.profile().change(&live_in("Quy Nhơn")).unwrap();
        drop(person);
        std::fs::rename(&home, folder.path().join("elsewhere")).unwrap();
        std::fs::write(&home, b"no folder").unwrap();
        let nobody = guest.change_reader(false).unwrap();
        assert!(nobody.profile().is_guest());
        assert!(
            nobody.unkept().is_some(),
            "and is told that nothing is kept"
        );
        assert_eq!(commune(&nobody), None);
    }

    #[test]
    fn the_shelf_opens_where_the_person_s_data_cannot_be_opened() {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join("user.db")).unwrap();
        let sitting = Desk::sit(shell(home.path()).desk());
        assert!(sitting.unkept().is_some());
        assert!(sitting.profile().is_guest());
        assert!(
            home.path().join("user.db").is_dir(),
            "what stood there still does"
        );
    }
}
