//! Who may change the data folder, and when what is derived in it is brought up to date.

use crate::shell::Desk;
use shelf_engine::{Cancel, Error, ErrorCode, Job, Library};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

/// Between two looks whether it is one's turn.
const LOOK: Duration = Duration::from_millis(20);
/// After an attempt that came to nothing, the time until a search brings about another one.
const PAUSE: Duration = Duration::from_secs(60);

/// The right to change the data folder.
#[derive(Default)]
pub(crate) struct Folder {
    /// Held by what changes the data folder: one at a time, the others wait for their turn.
    turn: Mutex<()>,
    catching_up: Mutex<CatchingUp>,
}

/// How far the index and the relations are behind, and who wants them left alone.
#[derive(Default)]
struct CatchingUp {
    /// Stops the attempt that is running.
    running: Option<Cancel>,
    /// How many wait for their turn: catching up gives way to all of them.
    waiting: usize,
    /// Since when it is known that an attempt came to nothing.
    behind_since: Option<Instant>,
}

/// Somebody waits for their turn.
struct Waiting<'a>(&'a Folder);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.catching_up().waiting -= 1;
    }
}

impl Folder {
    /// The right to change the data folder: waits for what changes it now, and stops the catching
    /// up, which goes on later. Another process may be at work in it all the same.
    pub(crate) fn turn(&self, cancel: &Cancel) -> Result<MutexGuard<'_, ()>, Error> {
        let _waiting = self.wait();
        loop {
            match self.turn.try_lock() {
                Ok(turn) => return Ok(turn),
                Err(TryLockError::Poisoned(turn)) => return Ok(turn.into_inner()),
                Err(TryLockError::WouldBlock) => {}
            }
            if cancel.is_cancelled() {
                return Err(Error::new(ErrorCode::Cancelled, "stopped before it began"));
            }
            std::thread::sleep(LOOK);
        }
    }

    fn wait(&self) -> Waiting<'_> {
        let mut catching_up = self.catching_up();
        catching_up.waiting += 1;
        if let Some(running) = &catching_up.running {
            running.cancel();
        }
        Waiting(self)
    }

    /// Runs an attempt to catch up, which says whether nothing is behind any more.
    fn attempt(&self, attempt: impl FnOnce(&Job<'_>) -> Result<bool, Error>) {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let cancel = Cancel::default();
        {
            let mut catching_up = self.catching_up();
            if catching_up.waiting > 0 {
                cancel.cancel();
            }
            catching_up.running = Some(cancel.clone());
        }
        let caught_up = attempt(&Job::new(&|_| {}, cancel));
        if let Err(error) = &caught_up {
            tracing::warn!(%error, "the index stays behind");
        }
        let mut catching_up = self.catching_up();
        catching_up.running = None;
        catching_up.behind_since = match caught_up {
            Ok(true) => None,
            Ok(false) | Err(_) => Some(Instant::now()),
        };
    }

    /// Whether another attempt is due; whoever is told so makes it.
    pub(crate) fn is_due(&self, now: Instant) -> bool {
        let mut catching_up = self.catching_up();
        let due = |since: Instant| now.saturating_duration_since(since) >= PAUSE;
        let is_due = catching_up.behind_since.is_some_and(due);
        if is_due {
            catching_up.behind_since = None;
        }
        is_due
    }

    /// Notes that a page found something behind that no attempt is at.
    pub(crate) fn note_behind(&self) {
        let mut catching_up = self.catching_up();
        if catching_up.running.is_none() {
            catching_up.behind_since.get_or_insert_with(Instant::now);
        }
    }

    fn catching_up(&self) -> MutexGuard<'_, CatchingUp> {
        self.catching_up
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Desk {
    /// Brings the index and the relations up to date, which a machine switched off in the middle or a
    /// sync that failed had left behind. What was open stays usable meanwhile. Where that comes to
    /// nothing, because another process is at work in the folder or a sync wants its turn, it is done
    /// after the next sync, or a search brings it about ([`Folder::is_due`]).
    pub(crate) fn catch_up(&self) {
        self.folder.attempt(|job| self.catch_up_once(job));
    }

    fn catch_up_once(&self, job: &Job<'_>) -> Result<bool, Error> {
        // Without a shelf there is nothing to catch up with.
        let Ok(Some(is_current)) = self.shelf(|library| Ok(library.is_current())) else {
            return Ok(true);
        };
        let mut library = match is_current {
            true => Library::open_for_reading(&self.home, self.clock)?,
            false => Library::open(&self.home, self.clock, job)?,
        };
        let indexed = is_current || library.is_current();
        if indexed && !is_current {
            // What is open now may be newer than what was brought up to date.
            self.open();
        }
        library.ensure_relations(job)?;
        Ok(indexed && library.relations_are_current())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;
    use crate::shell::Shell;
    use shelf_engine::library::SyncOptions;
    use shelf_engine::press::{IngestOptions, PublishOptions};
    use shelf_engine::{Clock, Press};
    use std::fs::File;
    use std::path::{Path, PathBuf};

    /// A data folder that received a shelf of one act.
    fn received(folder: &Path) -> PathBuf {
        let (workspace, repository) = (folder.join("workspace"), folder.join("repository"));
        let act = folder.join("quyet-dinh.txt");
        std::fs::write(&act, "QUYẾT ĐỊNH\n\nĐiều 1. Chợ\nChợ mở cửa hằng ngày.\n").unwrap();
        let job = Job::silent();
        Press::init(&workspace, None, None, Clock::System).unwrap();
        let mut press = Press::open(&workspace, Clock::System).unwrap();
        let options = IngestOptions {
            list: None,
            collection: None,
            approve: true,
        };
        press.ingest(&[act], &options, &job).unwrap();
        let options = PublishOptions::default();
        press.publish(&repository, options, &job).unwrap();
        let home = folder.join("home");
        let options = SyncOptions {
            source: repository.display().to_string(),
            root: Some(std::fs::read(workspace.join("root.json")).unwrap()),
            collections: Vec::new(),
        };
        Library::sync(&home, &options, Clock::System, &job).unwrap();
        home
    }

    /// The same with an index and relations that another machine was stopped in the middle of.
    fn behind(folder: &Path) -> Shell {
        let home = received(folder);
        std::fs::remove_file(home.join("relations.db")).unwrap();
        std::fs::remove_dir_all(home.join("index")).unwrap();
        opened(home)
    }

    fn opened(home: PathBuf) -> Shell {
        let options = Options {
            home: Some(home),
            ..Options::default()
        };
        let shell = Shell::new(options).unwrap();
        shell.desk().open();
        shell
    }

    fn is_current(shell: &Shell) -> bool {
        let current = shell.desk().with_shelf(|library| Ok(library.is_current()));
        current.unwrap() && shell.desk().home.join("relations.db").is_file()
    }

    #[test]
    fn who_waits_for_a_turn_can_be_stopped() {
        let folder = Folder::default();
        let held = folder.turn(&Cancel::default()).unwrap();
        let cancel = Cancel::default();
        cancel.cancel();
        let stopped = folder.turn(&cancel).map(drop).unwrap_err();
        assert_eq!(stopped.code, ErrorCode::Cancelled);
        drop(held);
        assert!(folder.turn(&Cancel::default()).is_ok());
    }

    #[test]
    fn an_index_left_behind_is_caught_up_also_after_a_sync_took_its_turn() {
        let folder = tempfile::tempdir().unwrap();
        let shell = behind(folder.path());
        drop(shell.desk().folder.turn(&Cancel::default()).unwrap());
        assert!(!is_current(&shell));
        shell.desk().catch_up();
        assert!(is_current(&shell));
    }

    #[test]
    fn catching_up_gives_way_to_whoever_came_before_it_began() {
        let folder = Folder::default();
        let waiting = folder.wait();
        folder.attempt(|job| {
            assert!(job.cancel.is_cancelled());
            Err(Error::new(ErrorCode::Cancelled, "stopped"))
        });
        assert!(folder.is_due(Instant::now() + PAUSE), "it goes on later");
        drop(waiting);
        folder.attempt(|job| {
            assert!(!job.cancel.is_cancelled());
            let waiting = folder.wait();
            assert!(job.cancel.is_cancelled());
            drop(waiting);
            Ok(true)
        });
    }

    #[test]
    fn what_a_page_finds_behind_is_due_after_a_pause_unless_somebody_is_at_it() {
        let folder = Folder::default();
        folder.attempt(|_| {
            folder.note_behind();
            Ok(true)
        });
        let later = Instant::now() + PAUSE;
        assert!(!folder.is_due(later));
        folder.note_behind();
        assert!(folder.is_due(later + PAUSE));
    }

    #[test]
    fn what_another_process_kept_from_catching_up_is_due_again_after_a_pause() {
        let folder = tempfile::tempdir().unwrap();
        let home = received(folder.path());
        std::fs::remove_file(home.join("relations.db")).unwrap();
        let lock = File::options().write(true).open(home.join("lock")).unwrap();
        lock.try_lock().unwrap();
        let shell = opened(home);
        let desk = shell.desk();
        desk.catch_up();
        assert!(!is_current(&shell));
        assert!(!desk.folder.is_due(Instant::now()), "not at once");
        let later = Instant::now() + PAUSE;
        assert!(desk.folder.is_due(later));
        assert!(!desk.folder.is_due(later), "one search is enough");
        drop(lock);
        desk.catch_up();
        assert!(is_current(&shell));
        assert!(!desk.folder.is_due(Instant::now() + PAUSE));
    }
}
