//! `cargo xtask bundle`: the Debian package of the app, and the proof that what it installs works.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    process,
    project::{Profile, Project},
    run, say,
    screens::{Stage, Suite},
    setup, window,
};

/// Name of the package: `productName` of tauri.conf.json.
const PACKAGE: &str = "tu-sach-phap-luat";

/// What must stand in the package, besides the program.
const INSIDE: &[&str] = &[
    "usr/bin/tusach",
    "usr/lib/tu-sach-phap-luat/lib/libpdfium.so",
    "usr/share/doc/tu-sach-phap-luat/copyright",
    "usr/share/doc/tu-sach-phap-luat/pdfium/",
    "usr/share/doc/tu-sach-phap-luat/pages/",
    "usr/share/applications/",
];

pub(crate) fn run(project: &Project, check: bool) -> Result<()> {
    say::step("Set-up");
    setup::all(project)?;
    let app = run::release_app(project)?;
    say::step("Making the package");
    let made = make(project, &app)?;
    let bytes = fs::metadata(&made)?.len();
    say::detail(&format!("{} ({} kB)", made.display(), bytes / 1000));
    let listed = process::stdout_of(project.command("dpkg-deb").arg("-c").arg(&made))?;
    for file in INSIDE {
        ensure!(listed.contains(file), "the package does not hold {file}");
    }
    process::run(project.command("dpkg-deb").arg("-f").arg(&made))?;
    if check {
        try_it(project, &made)
    } else {
        Ok(())
    }
}

/// Wraps the release build; what Tauri downloads for other kinds of bundle is not needed for this one.
fn make(project: &Project, app: &Path) -> Result<PathBuf> {
    let folder = app
        .parent()
        .context("the program stands in no folder")?
        .join("bundle/deb");
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let mut tauri = project.command("node");
    tauri
        .arg(project.path("ui/node_modules/@tauri-apps/cli/tauri.js"))
        .args(["bundle", "--bundles", "deb"]);
    process::run(&mut tauri)?;
    let entries =
        fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut packages = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "deb"));
    match (packages.next(), packages.next()) {
        (Some(package), None) => Ok(package),
        _ => bail!("{} does not hold one package", folder.display()),
    }
}

/// Where the files of the package stand; they are removed when this is dropped.
enum Installed<'a> {
    /// By dpkg, in the system.
    System(&'a Project),
    /// Unpacked into a folder.
    Folder(PathBuf),
}

impl Installed<'_> {
    fn program(&self) -> PathBuf {
        match self {
            Self::System(_) => "/usr/bin/tusach".into(),
            Self::Folder(top) => top.join("usr/bin/tusach"),
        }
    }
}

impl Drop for Installed<'_> {
    fn drop(&mut self) {
        // What stays behind is said by dpkg, and replaced by the next check.
        let _ = match self {
            Self::System(project) => {
                process::run(project.command("dpkg").args(["--purge", PACKAGE]))
            }
            Self::Folder(top) => fs::remove_dir_all(top).map_err(Into::into),
        };
    }
}

fn try_it(project: &Project, package: &Path) -> Result<()> {
    say::step("Installing the package");
    let installed = if setup::may_install() && !process::succeeds("dpkg", &["-s", PACKAGE]) {
        process::run(project.command("dpkg").arg("-i").arg(package))?;
        Installed::System(project)
    } else {
        let top = project.made("bundle/unpacked");
        if top.exists() {
            fs::remove_dir_all(&top).with_context(|| format!("cannot empty {}", top.display()))?;
        }
        process::run(project.command("dpkg-deb").arg("-x").arg(package).arg(&top))?;
        Installed::Folder(top)
    };
    run::release_shelf(project)?;
    let stage = Stage::prepare(project, Suite::Window, 1, Profile::Release)?;
    let stage = stage.with_app(installed.program());
    say::step("Starting the installed app");
    // The second start is the warm one.
    for _ in 0..2 {
        window::opens(project, &installed.program(), &stage.home())?;
    }
    stage.play(&["journey".to_owned()])
}
