//! Packages of the operating system.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{process, say};

/// A C compiler, for SQLite, zstd and the like.
pub(super) const COMPILER: &[&str] = &["build-essential", "pkg-config"];

/// The window's libraries.
pub(super) const WEBVIEW: &[&str] = &["libwebkit2gtk-4.1-dev"];

/// What plays the MP4 files of a shelf.
pub(super) const PLAYER: &[&str] = &["gstreamer1.0-libav"];

/// A screen in memory, for the window where there is none; what drives the window and a browser; what
/// watches them; and a reader of compressed corpora.
pub(super) const CHECKS: &[&str] = &[
    "xvfb",
    "xauth",
    "webkit2gtk-driver",
    "chromium",
    "strace",
    "zstd",
];

/// A search engine to measure ours beside, for the system's own Python.
pub(super) const XAPIAN: &[&str] = &["python3-xapian"];

/// Installs those of the packages that are missing: with apt as root or by sudo without a password,
/// else by asking the person to.
pub(super) fn install(packages: &[&str]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        say::detail("system packages: only needed on Linux");
        return Ok(());
    }
    if !process::succeeds("dpkg-query", &["--version"]) {
        without_apt(packages);
        return Ok(());
    }
    let missing: Vec<&str> = packages
        .iter()
        .copied()
        .filter(|name| !installed(name))
        .collect();
    if missing.is_empty() {
        say::detail(&format!(
            "system packages: present ({})",
            packages.join(", ")
        ));
        return Ok(());
    }
    let wanted = missing.join(" ");
    let Some(prefix) = root_prefix() else {
        bail!(
            "system packages are missing and there is no right to install them; run this line, \
             then start again:\n\n    sudo apt-get update && \
             sudo apt-get install -y --no-install-recommends {wanted}\n"
        );
    };
    say::detail(&format!("system packages: installing {wanted}"));
    process::run(apt(prefix).args(["-q", "update"]))
        .context("the package lists cannot be brought up to date")?;
    process::run(
        apt(prefix)
            .args(["-q", "install", "-y", "--no-install-recommends"])
            .args(&missing),
    )
    .with_context(|| format!("apt-get could not install {wanted}"))
}

fn installed(package: &str) -> bool {
    Command::new("dpkg-query")
        .args(["-W", "-f=${db:Status-Abbrev}", package])
        .output()
        .is_ok_and(|output| output.status.success() && output.stdout.starts_with(b"ii"))
}

pub(super) fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

/// `Some(&[])` for root, `Some(["sudo", "-n"])` when sudo asks nothing, else `None`.
fn root_prefix() -> Option<&'static [&'static str]> {
    if is_root() {
        return Some(&[]);
    }
    process::succeeds("sudo", &["-n", "true"]).then_some(&["sudo", "-n"])
}

fn apt(prefix: &[&str]) -> Command {
    let mut words =
        prefix
            .iter()
            .copied()
            .chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    let mut command = Command::new(words.next().unwrap_or("env"));
    command.args(words);
    command
}

/// On other distributions the names differ: go on, and say what is needed for the case that it fails.
fn without_apt(packages: &[&str]) {
    let wanted = packages.join(", ");
    say::detail(&format!(
        "system packages: no apt here; needed is what Debian calls {wanted}"
    ));
}
