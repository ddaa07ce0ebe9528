//! Where things stand in this repository.

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process;

/// The repository and its build folder.
pub(crate) struct Project {
    root: PathBuf,
}

/// How cargo builds: `Dev` for checks, so that they share every compiled crate; `Release` for use.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Dev,
    Release,
}

impl Project {
    /// Finds the repository that this program was built from.
    pub(crate) fn find() -> Result<Self> {
        // src-tauri/crates/xtask is three folders down.
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(3)
            .context("xtask does not stand in src-tauri/crates")?;
        Ok(Self {
            root: root.to_owned(),
        })
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A path in target/, where everything stands that set-up and runs make. It does not follow
    /// `CARGO_TARGET_DIR`: tests look for pdfium here.
    pub(crate) fn made(&self, relative: &str) -> PathBuf {
        self.root.join("target").join(relative)
    }

    /// A command that runs at the top of the repository.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// A cargo command: the cargo that started this program.
    pub(crate) fn cargo(&self) -> Command {
        let mut cargo = self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // `cargo run` hands down what belongs to xtask alone.
        for (name, _) in env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
                cargo.env_remove(&*name);
            }
        }
        cargo
    }

    /// The answer of `cargo metadata` about the packages of this workspace alone.
    pub(crate) fn metadata(&self) -> Result<Value> {
        let mut cargo = self.cargo();
        cargo.args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ]);
        let text = process::stdout_of(&mut cargo)?;
        serde_json::from_str(&text).context("cargo metadata wrote something that is not JSON")
    }

    /// Where cargo puts a program of this workspace.
    pub(crate) fn binary(&self, name: &str, profile: Profile) -> Result<PathBuf> {
        let metadata = self.metadata()?;
        let target = metadata["target_directory"]
            .as_str()
            .context("cargo metadata names no target directory")?;
        let folder = match profile {
            Profile::Dev => "debug",
            Profile::Release => "release",
        };
        Ok(Path::new(target)
            .join(folder)
            .join(format!("{name}{}", env::consts::EXE_SUFFIX)))
    }

    /// The files that git knows, relative to the root.
    pub(crate) fn tracked_files(&self) -> Result<Vec<String>> {
        let mut git = self.command("git");
        git.args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]);
        let names = process::stdout_of(&mut git)?;
        Ok(names
            .split('\0')
            .filter(|name| !name.is_empty() && self.root.join(name).is_file())
            .map(str::to_owned)
            .collect())
    }
}
