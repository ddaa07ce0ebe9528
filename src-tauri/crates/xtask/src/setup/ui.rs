//! The pages: their packages, the build that the app embeds, and the packages of the specs that drive it.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::digest::{self, Stamp};
use crate::{process, project::Project, say};

/// Oldest Node.js that Vite takes.
const NODE: (u32, u32) = (20, 19);

/// Files and folders of ui/ that decide what the build gives.
const SOURCES: &[&str] = &[
    "index.html",
    "package.json",
    "package-lock.json",
    "svelte.config.js",
    "tsconfig.json",
    "vite.config.ts",
    "src",
    "messages",
    "project.inlang/settings.json",
    "scripts",
];

/// Installs the packages of the lock file in a folder, when they are not the ones installed last.
pub(super) fn install(project: &Project, folder: &str) -> Result<()> {
    need_node()?;
    let folder_path = project.path(folder);
    let wanted = digest::of_file(&folder_path.join("package-lock.json"))?;
    // The stamp stands inside node_modules, so that it goes when they go.
    let stamp = Stamp::new(folder_path.join("node_modules/.installed"));
    if stamp.says(&wanted) {
        say::detail(&format!("{folder}/: packages present"));
        return Ok(());
    }
    say::detail(&format!("{folder}/: npm ci"));
    process::run(npm(project, folder).args(["ci", "--no-audit", "--no-fund"]))?;
    stamp.write(&wanted)
}

/// Builds ui/dist, when its sources are not those of the last build.
pub(super) fn build(project: &Project) -> Result<()> {
    let sources: Vec<PathBuf> = SOURCES
        .iter()
        .map(|name| project.path("ui").join(name))
        .collect();
    let wanted = digest::of_tree(&sources)?;
    let stamp = Stamp::new(project.made("setup/pages-built"));
    // The placeholder of a plain cargo build is an index.html with no assets beside it.
    if stamp.says(&wanted) && project.path("ui/dist/assets").is_dir() {
        say::detail("pages: build is up to date");
        return Ok(());
    }
    say::detail("pages: npm run build");
    process::run(npm(project, "ui").args(["run", "--silent", "build"]))?;
    stamp.write(&wanted)
}

/// npm in a folder.
pub(crate) fn npm(project: &Project, folder: &str) -> std::process::Command {
    let mut npm = project.command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(project.path(folder));
    npm
}

fn need_node() -> Result<()> {
    let output = std::process::Command::new("node").arg("--version").output();
    let version = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let version = version.context("Node.js is not installed; install version 20.19 or later")?;
    if parse(&version).is_some_and(|found| found >= NODE) {
        return Ok(());
    }
    bail!(
        "Node.js {version} is too old; install version {}.{} or later",
        NODE.0,
        NODE.1
    )
}

fn parse(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_versions_compare_by_number() {
        assert_eq!(parse("v20.20.2"), Some((20, 20)));
        assert!(parse("v22.1.0").unwrap() > NODE);
        assert!(parse("v20.9.0").unwrap() < NODE);
        assert_eq!(parse("20"), None);
    }

    #[test]
    fn the_listed_sources_are_all_there() {
        let project = Project::find().unwrap();
        for name in SOURCES {
            let path = project.path("ui").join(name);
            assert!(path.exists(), "{}", path.display());
        }
    }
}
