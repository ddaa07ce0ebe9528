//! A Python environment of the project's own, in target/venv; the system's Python stays as it is.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::system;
use crate::{process, project::Project, say};

/// The interpreter of the environment, which is made when it is not there.
pub(super) fn interpreter(project: &Project) -> Result<PathBuf> {
    let folder = project.made("venv");
    let python = folder.join("bin/python");
    if process::succeeds(&python, &["-m", "pip", "--version"]) {
        return Ok(python);
    }
    say::detail("Python: making an environment in target/venv");
    let mut make = project.command("python3");
    make.args(["-m", "venv", "--clear"]).arg(&folder);
    if process::run(&mut make).is_err() {
        // Debian keeps the venv module in a package of its own.
        system::install(&["python3-venv"])?;
        process::run(&mut make).context("python3 cannot make a virtual environment")?;
    }
    Ok(python)
}

/// The interpreter, with the packages that a list names by version and hash.
pub(crate) fn with_packages(project: &Project, list: &Path) -> Result<PathBuf> {
    let python = interpreter(project)?;
    say::detail("Python: installing what the list names, by hash");
    process::run(
        project
            .command(&python)
            .args(["-m", "pip", "install", "--quiet"])
            .args(["--disable-pip-version-check", "--no-deps"])
            .args(["--only-binary=:all:", "--require-hashes", "--requirement"])
            .arg(list),
    )
    .with_context(|| {
        format!(
            "pip cannot install what {} names; is there a network?",
            list.display()
        )
    })?;
    Ok(python)
}

/// The system's own Python, with Xapian: its bindings come with the system and are in no package for
/// an environment.
pub(crate) fn with_xapian() -> Result<PathBuf> {
    let python = PathBuf::from("/usr/bin/python3");
    let there = || process::succeeds(&python, &["-c", "import xapian"]);
    if !there() {
        system::install(system::XAPIAN)?;
    }
    ensure!(
        there(),
        "{} does not know the module xapian; Debian has it in {}",
        python.display(),
        system::XAPIAN.join(", ")
    );
    Ok(python)
}
