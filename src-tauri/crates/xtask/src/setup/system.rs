//! Packages of the operating system.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{process, say};

/// The window's libraries, and a C compiler for SQLite, zstd and the like.
pub(super) const FOR_BUILDING: &[&str] =
    &["libwebkit2gtk-4.1-dev", "pkg-config", "build-essential"];

/// A screen for the window where there is none.
pub(super) const FOR_TESTS: &[&str] = &["xvfb", "xauth"];

/// Installs those of the packages that are missing: with apt as root or by sudo without a password,
/// else by asking the person to.
pub(super) fn install(packages: &[&str]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        say::detail("system packages: only needed on Linux");
        return Ok(());
    }
    if !process::succeeds("dpkg-query", &["--version"]) {
        return without_apt(packages);
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

/// `Some(&[])` for root, `Some(["sudo", "-n"])` when sudo asks nothing, else `None`.
fn root_prefix() -> Option<&'static [&'static str]> {
    let id = Command::new("id").arg("-u").output().ok()?;
    if id.stdout.trim_ascii() == b"0" {
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

/// On other distributions the names differ: say what is needed, and go on when it is there.
fn without_apt(packages: &[&str]) -> Result<()> {
    let wanted = packages.join(", ");
    if process::succeeds("pkg-config", &["--exists", "webkit2gtk-4.1"]) {
        say::detail("system packages: no apt here; WebKitGTK 4.1 is present");
        return Ok(());
    }
    bail!(
        "this system has no apt; install what Debian calls {wanted} \
         (Fedora: webkit2gtk4.1-devel gcc-c++ make pkgconf), then start again"
    )
}
