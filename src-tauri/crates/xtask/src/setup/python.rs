//! A Python environment of the project's own, in target/venv; the system's Python stays as it is.

use std::path::PathBuf;

use anyhow::{Context, Result};

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
