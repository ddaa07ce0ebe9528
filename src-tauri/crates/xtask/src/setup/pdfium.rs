//! The PDF library, from the wheel that carries it: build 8149, which fits the bindings in shelf-pdf.

use std::fs;

use anyhow::{Context, Result};

use super::pinned::{PinnedFile, move_into_place};
use crate::{project::Project, say};

const VERSION: &str = "pypdfium2==5.15.2";
const LIBRARY: &str = "pypdfium2_raw/libpdfium.so";
const LICENCES: &str = "pypdfium2-5.15.2.dist-info/licenses";

/// The library for a processor of this machine's kind, on Linux.
fn pinned() -> Option<PinnedFile> {
    let (platform, sha256) = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => (
            "manylinux2014_x86_64",
            "c76dc0f7839644bfa7c3e3107a6068df714e339c861bb7d4519907b821d427f9",
        ),
        ("linux", "aarch64") => (
            "manylinux2014_aarch64",
            "4378615ad9710397c96c112611be9018629bbfe38805d91a2663a534b99c28ca",
        ),
        _ => return None,
    };
    Some(PinnedFile {
        requirement: VERSION,
        platform,
        inside: LIBRARY,
        sha256,
    })
}

/// Whether PDF files can be read here: elsewhere they are refused, with the reason.
pub(crate) fn is_pinned() -> bool {
    pinned().is_some()
}

/// Puts libpdfium.so and its licences into target/pdfium.
pub(super) fn install(project: &Project) -> Result<()> {
    let Some(pinned) = pinned() else {
        say::detail("pdfium: no pinned library for this system yet; PDF files will be refused");
        return Ok(());
    };
    let folder = project.made("pdfium");
    let library = folder.join("libpdfium.so");
    let licences = folder.join("licenses");
    if pinned.is_at(&library) && licences.is_dir() {
        say::detail("pdfium: present");
        return Ok(());
    }
    let unpacked = pinned.unpack(project)?;
    if licences.exists() {
        fs::remove_dir_all(&licences)
            .with_context(|| format!("cannot empty {}", licences.display()))?;
    }
    move_into_place(&unpacked.join(LICENCES), &licences)?;
    move_into_place(&unpacked.join(LIBRARY), &library)?;
    say::detail("pdfium: installed in target/pdfium");
    Ok(())
}
