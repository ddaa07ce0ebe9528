//! What every command can reach: the shelf, the person's own data, the running job, the server of
//! pages and media.

use crate::dto::Failure;
use crate::jobs::Jobs;
use crate::media::MediaServer;
use crate::policy::Policy;
use crate::{Options, ShellError};
use shelf_engine::{Clock, Error, ErrorCode, Job, Library, PdfPages, Profile};
use std::path::PathBuf;
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
    library: Mutex<Opening>,
    opened: Condvar,
    profile: Mutex<Profile>,
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
        let profile = match options.guest {
            true => Profile::guest(clock)?,
            false => Profile::open(&home, clock)?,
        };
        let pdf = PdfPages::find().map(Arc::new);
        Ok(Shell(Arc::new(Desk {
            policy: Policy::read(&options),
            started: Instant::now(),
            media: MediaServer::start(pdf.clone()).map_err(ShellError::Media)?,
            jobs: Jobs::default(),
            library: Mutex::new(Opening::Pending),
            opened: Condvar::new(),
            profile: Mutex::new(profile),
            options,
            home,
            clock,
            pdf,
        })))
    }

    /// Does something with the shelf and the person's data, away from the window's thread.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Desk) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Failure> {
        let desk = Arc::clone(&self.0);
        match tauri::async_runtime::spawn_blocking(move || work(&desk)).await {
            Ok(outcome) => outcome.map_err(Failure::from),
            Err(error) => Err(Failure {
                code: "unexpected".to_owned(),
                detail: format!("the work was given up: {error}"),
            }),
        }
    }

    pub(crate) fn desk(&self) -> &Arc<Desk> {
        &self.0
    }
}

impl Desk {
    /// Opens the shelf that the data folder holds now, in place of the one that was open.
    pub(crate) fn open(&self) {
        let opened = match Library::open_as_it_is(&self.home, self.clock) {
            Ok(library) => Opening::Open(Box::new(library)),
            Err(error) => Opening::Closed(error),
        };
        *self.lock() = opened;
        self.opened.notify_all();
    }

    /// Brings an index up to date that a machine switched off in the middle had left behind, and saves
    /// the day's copy of the person's data. What was open stays usable meanwhile.
    pub(crate) fn catch_up(&self) {
        if let Err(error) = self.profile().back_up_if_due() {
            tracing::warn!(%error, "no copy of the person's data was made today");
        }
        let behind = self.shelf(|library| Ok(!library.is_current()));
        if !matches!(behind, Ok(Some(true))) {
            return;
        }
        match Library::open(&self.home, self.clock, &Job::silent()) {
            Ok(library) => {
                *self.lock() = Opening::Open(Box::new(library));
                self.opened.notify_all();
            }
            Err(error) => tracing::warn!(%error, "the index stays behind"),
        }
    }

    /// Does something with the shelf; waits where it is just being opened.
    pub(crate) fn library<T>(
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
        match self.library(work) {
            Err(error) if error.code == ErrorCode::NoShelf => Ok(None),
            outcome => outcome.map(Some),
        }
    }

    /// The data of whoever sits at the machine.
    pub(crate) fn profile(&self) -> MutexGuard<'_, Profile> {
        self.profile.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins or ends a guest's visit: nothing of the one before is left in this process.
    pub(crate) fn change_reader(&self, guest: bool) -> Result<(), Error> {
        let next = match guest || self.options.guest {
            true => Profile::guest(self.clock)?,
            false => Profile::open(&self.home, self.clock)?,
        };
        *self.profile() = next;
        self.media.forget();
        if let Some(pdf) = &self.pdf {
            pdf.close_all();
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Opening> {
        self.library.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
