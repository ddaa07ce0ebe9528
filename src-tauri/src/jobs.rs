//! Long work: one sync at a time, which tells how far it is and can be stopped.

use crate::dto::{Failure, JobState, JobStatus, Phase, SyncOutcome};
use shelf_engine::Cancel;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The sync that runs, and the last one that ended.
#[derive(Default)]
pub(crate) struct Jobs {
    current: Mutex<Option<Running>>,
}

struct Running {
    state: JobState,
    cancel: Cancel,
    pausing: bool,
}

impl Jobs {
    /// Begins a job; the state of the one that is already running where there is one.
    pub(crate) fn begin(&self) -> Result<(JobState, Cancel), Box<JobState>> {
        let mut current = self.lock();
        let last = match &*current {
            Some(running) if running.state.state == JobStatus::Running => {
                return Err(Box::new(running.state.clone()));
            }
            Some(ended) => ended.state.id,
            None => 0,
        };
        let state = JobState {
            id: last + 1,
            phase: Phase::Checking,
            done: 0,
            total: None,
            bytes: 0,
            state: JobStatus::Running,
            failure: None,
            report: None,
            readable: false,
        };
        let cancel = Cancel::default();
        *current = Some(Running {
            state: state.clone(),
            cancel: cancel.clone(),
            pausing: false,
        });
        Ok((state, cancel))
    }

    /// Changes the state of the running job and gives it back to be told.
    pub(crate) fn note(&self, change: impl FnOnce(&mut JobState)) -> Option<JobState> {
        let mut current = self.lock();
        let running = current.as_mut()?;
        change(&mut running.state);
        Some(running.state.clone())
    }

    /// Ends the running job.
    pub(crate) fn end(&self, outcome: Result<SyncOutcome, Failure>) -> Option<JobState> {
        let mut current = self.lock();
        let running = current.as_mut()?;
        match outcome {
            Ok(report) => {
                running.state.state = JobStatus::Done;
                running.state.report = Some(report);
            }
            // An interruption is not an error.
            Err(failure) if failure.code == "cancelled" => {
                running.state.state = match running.pausing {
                    true => JobStatus::Paused,
                    false => JobStatus::Cancelled,
                };
            }
            Err(failure) => {
                running.state.state = JobStatus::Failed;
                running.state.failure = Some(failure);
            }
        }
        Some(running.state.clone())
    }

    /// Stops the running job at its next step. What came is kept either way; `pausing` says which
    /// word the person used.
    pub(crate) fn stop(&self, pausing: bool) {
        if let Some(running) = &mut *self.lock() {
            running.pausing = pausing;
            running.cancel.cancel();
        }
    }

    /// The last state that was told.
    pub(crate) fn state(&self) -> Option<JobState> {
        self.lock().as_ref().map(|running| running.state.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Option<Running>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(code: &str) -> Failure {
        Failure {
            code: code.to_owned(),
            detail: String::new(),
        }
    }

    #[test]
    fn one_job_runs_at_a_time_and_the_next_has_another_id() {
        let jobs = Jobs::default();
        let (first, _) = jobs.begin().unwrap();
        assert_eq!(
            jobs.begin().unwrap_err().id,
            first.id,
            "it is the one that runs"
        );
        jobs.end(Err(failure("source_unreachable")));
        let (second, _) = jobs.begin().unwrap();
        assert_ne!(first.id, second.id);
    }

    #[test]
    fn a_pause_and_a_stop_are_not_failures() {
        for (pausing, expected) in [(true, JobStatus::Paused), (false, JobStatus::Cancelled)] {
            let jobs = Jobs::default();
            let (_, cancel) = jobs.begin().unwrap();
            jobs.stop(pausing);
            assert!(cancel.is_cancelled());
            let ended = jobs.end(Err(failure("cancelled"))).unwrap();
            assert_eq!(ended.state, expected);
            assert_eq!(ended.failure, None);
        }
    }
}
