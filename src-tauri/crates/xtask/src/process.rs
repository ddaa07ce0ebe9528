//! Other programs: started with a name to put in the error, and never left behind.

use std::{
    ffi::OsStr,
    io::Read as _,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::{Context, Result, bail};

/// How long a program may take to say its first word: slow machines under load need several seconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// Process ids of everything that runs now, so that an interrupt can end it.
static RUNNING: Mutex<Vec<Running>> = Mutex::new(Vec::new());

struct Running {
    id: u32,
    child: Child,
}

fn running() -> MutexGuard<'static, Vec<Running>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ctrl-C, a closed terminal or a polite kill end the children first.
pub(crate) fn end_children_on_interrupt() -> Result<()> {
    ctrlc::set_handler(|| {
        for running in running().iter_mut() {
            let _ = running.child.kill();
            let _ = running.child.wait();
        }
        std::process::exit(130);
    })
    .context("cannot listen for Ctrl-C")
}

/// A program that runs beside this one; it ends when this value is dropped.
pub(crate) struct Background {
    id: u32,
}

impl Background {
    /// Starts the program.
    pub(crate) fn start(command: &mut Command) -> Result<(Self, Streams)> {
        let mut child = command.spawn().with_context(|| cannot_start(command))?;
        let streams = Streams {
            stdout: child.stdout.take(),
        };
        let id = child.id();
        running().push(Running { id, child });
        Ok((Self { id }, streams))
    }

    /// The exit status, once there is one.
    pub(crate) fn finished(&self) -> Result<Option<ExitStatus>> {
        match running().iter_mut().find(|running| running.id == self.id) {
            Some(running) => Ok(running.child.try_wait()?),
            None => Ok(None),
        }
    }

    /// Waits for the program to end by itself. Looks every 20 ms: holding the list of children while
    /// waiting would keep an interrupt from ending them.
    pub(crate) fn wait(&self) -> Result<ExitStatus> {
        loop {
            if let Some(status) = self.finished()? {
                return Ok(status);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        let mut all = running();
        if let Some(at) = all.iter().position(|running| running.id == self.id) {
            let mut ended = all.swap_remove(at);
            // Already gone is as good as killed.
            let _ = ended.child.kill();
            let _ = ended.child.wait();
        }
    }
}

/// The piped ends of a started program.
pub(crate) struct Streams {
    pub(crate) stdout: Option<std::process::ChildStdout>,
}

/// Runs a program in the foreground; its output goes to the terminal. Fails when it fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let (child, _) = Background::start(command)?;
    let status = child.wait()?;
    if !status.success() {
        bail!("`{}` ended with {status}", shown(command));
    }
    Ok(())
}

/// Runs a program and returns what it wrote to stdout; stderr goes to the terminal.
pub(crate) fn stdout_of(command: &mut Command) -> Result<String> {
    let (child, streams) = Background::start(command.stdin(Stdio::null()).stdout(Stdio::piped()))?;
    let mut text = String::new();
    if let Some(mut stdout) = streams.stdout {
        stdout
            .read_to_string(&mut text)
            .with_context(|| format!("`{}` did not write UTF-8", shown(command)))?;
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("`{}` ended with {status}", shown(command));
    }
    Ok(text)
}

/// Whether a program is there and agrees; nothing is shown.
pub(crate) fn succeeds(program: impl AsRef<OsStr>, args: &[&str]) -> bool {
    Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn cannot_start(command: &Command) -> String {
    format!("cannot start `{}`", shown(command))
}

/// The command line as a person would type it.
pub(crate) fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    std::iter::once(program)
        .chain(command.get_args())
        .map(|word| {
            let word = word.to_string_lossy();
            if word.contains(' ') {
                format!("'{word}'")
            } else {
                word.into_owned()
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_is_named_in_the_error() {
        let error = run(Command::new("false").arg("--now")).unwrap_err();
        assert!(
            error.to_string().starts_with("`false --now` ended with"),
            "{error}"
        );
    }

    #[test]
    fn a_program_that_is_not_there_is_named_in_the_error() {
        let error = run(&mut Command::new("no-such-program-here")).unwrap_err();
        assert_eq!(error.to_string(), "cannot start `no-such-program-here`");
    }

    #[test]
    fn a_background_program_ends_with_its_handle() {
        let (child, _) = Background::start(Command::new("sleep").arg("60")).unwrap();
        let id = child.id;
        assert!(child.finished().unwrap().is_none());
        drop(child);
        assert!(
            !succeeds("kill", &["-0", &id.to_string()]),
            "process {id} still runs"
        );
    }
}
