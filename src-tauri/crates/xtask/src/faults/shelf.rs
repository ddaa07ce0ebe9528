//! `shelf` as a process: its answer, its last word, or its sudden end.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::files;
use crate::process::{self, Background};

/// Longer than anything here may take, short enough to notice that something hangs.
const LONGEST: Duration = Duration::from_secs(600);

/// The program, and a folder for what it says.
pub(super) struct Shelf {
    program: PathBuf,
    scratch: PathBuf,
    runs: AtomicU64,
}

/// How a process ended by itself.
pub(super) struct Outcome {
    command: String,
    /// The exit code; `None` after a signal.
    pub(super) code: Option<i32>,
    pub(super) stdout: String,
    pub(super) stderr: String,
    pub(super) took: Duration,
}

/// A process that runs.
pub(super) struct Started {
    command: String,
    running: Background,
    begun: Instant,
    out: PathBuf,
    err: PathBuf,
}

impl Shelf {
    pub(super) fn new(program: &Path, folder: &Path) -> Result<Self> {
        let scratch = folder.join("said");
        files::empty_folder(&scratch)?;
        Ok(Self {
            program: program.to_owned(),
            scratch,
            runs: AtomicU64::new(0),
        })
    }

    pub(super) fn command<const N: usize>(&self, words: [&str; N]) -> Command {
        let mut command = Command::new(&self.program);
        // Nothing here may go through a proxy, or wait for one.
        command
            .args(words)
            .env("NO_PROXY", "127.0.0.1")
            .env("SHELF_LANG", "en");
        command
    }

    pub(super) fn publish(&self, workspace: &Path, to: &Path) -> Command {
        let mut command = self.command(["publish", "--json", "--workspace"]);
        command.arg(workspace).arg("--to").arg(to);
        command
    }

    pub(super) fn ingest(&self, workspace: &Path, input: &Path) -> Command {
        let mut command = self.command(["ingest", "--json", "--approve", "--workspace"]);
        command.arg(workspace).arg(input);
        command
    }

    pub(super) fn sync(
        &self,
        source: impl AsRef<Path>,
        home: &Path,
        root: Option<&Path>,
    ) -> Command {
        let mut command = self.command(["sync", "--json", "--home"]);
        command.arg(home).arg(source.as_ref());
        if let Some(root) = root {
            command.arg("--root").arg(root);
        }
        command
    }

    pub(super) fn verify(&self, folder: &Path) -> Command {
        let mut command = self.command(["verify", "--json"]);
        command.arg(folder);
        command
    }

    /// Starts a command; what it says goes to files, so that it never waits for a reader.
    pub(super) fn start(&self, command: &mut Command) -> Result<Started> {
        let run = self.runs.fetch_add(1, Ordering::Relaxed) % 8;
        let out = self.scratch.join(format!("{run}.out"));
        let err = self.scratch.join(format!("{run}.err"));
        command
            .stdin(Stdio::null())
            .stdout(File::create(&out)?)
            .stderr(File::create(&err)?);
        let begun = Instant::now();
        let (running, _) = Background::start(command)?;
        Ok(Started {
            command: process::shown(command),
            running,
            begun,
            out,
            err,
        })
    }

    /// Runs a command to its end.
    pub(super) fn run(&self, command: &mut Command) -> Result<Outcome> {
        let started = self.start(command)?;
        loop {
            if let Some(outcome) = started.finished()? {
                return Ok(outcome);
            }
            if started.begun.elapsed() > LONGEST {
                bail!("`{}` does not end", started.command);
            }
            std::thread::sleep(Duration::from_millis(3));
        }
    }

    /// Runs a command that must succeed, and gives its one JSON value.
    pub(super) fn json(&self, command: &mut Command) -> Result<Value> {
        if !command.get_args().any(|word| word == "--json") {
            command.arg("--json");
        }
        self.run(command)?.json()
    }
}

impl Started {
    /// What it has said so far on stderr.
    pub(super) fn said(&self) -> String {
        std::fs::read_to_string(&self.err).unwrap_or_default()
    }

    /// The outcome, once there is one.
    pub(super) fn finished(&self) -> Result<Option<Outcome>> {
        let Some(status) = self.running.finished()? else {
            return Ok(None);
        };
        let text = |path: &Path| -> Result<String> {
            let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
            String::from_utf8(bytes)
                .with_context(|| format!("`{}` wrote something that is not UTF-8", self.command))
        };
        Ok(Some(Outcome {
            command: self.command.clone(),
            code: status.code(),
            stdout: text(&self.out)?,
            stderr: text(&self.err)?,
            took: self.begun.elapsed(),
        }))
    }
}

impl Outcome {
    /// No outcome of any fault may be a panic or a signal.
    pub(super) fn orderly(&self) -> Result<()> {
        ensure!(
            matches!(self.code, Some(0..=2)) && !self.stderr.contains("panicked"),
            "`{}` ended with {:?}: {}",
            self.command,
            self.code,
            self.stderr.trim()
        );
        Ok(())
    }

    /// The JSON value of a success.
    pub(super) fn json(&self) -> Result<Value> {
        ensure!(
            self.code == Some(0),
            "`{}` ended with {:?}: {}",
            self.command,
            self.code,
            self.last_line()
        );
        self.value()
    }

    /// The one JSON value, however it ended.
    pub(super) fn value(&self) -> Result<Value> {
        self.orderly()?;
        serde_json::from_str(&self.stdout).with_context(|| {
            format!(
                "`{}` wrote no single JSON value: {}",
                self.command, self.stdout
            )
        })
    }

    pub(super) fn last_line(&self) -> &str {
        self.stderr.lines().last().unwrap_or_default()
    }

    /// The code in the last line of stderr.
    pub(super) fn error_code(&self) -> Option<&str> {
        let rest = self.last_line().strip_prefix("error[")?;
        rest.split_once("]: ").map(|(code, _)| code)
    }

    /// A failure as the contract wants it: exit code 1 and one of these codes in the last line.
    pub(super) fn fails_with(&self, codes: &[&str]) -> Result<()> {
        self.orderly()?;
        ensure!(
            self.code == Some(1) && self.error_code().is_some_and(|code| codes.contains(&code)),
            "`{}` should end with error[{}], it ended with {:?}: {}",
            self.command,
            codes.join("|"),
            self.code,
            self.last_line()
        );
        Ok(())
    }
}
