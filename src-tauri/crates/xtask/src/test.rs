//! `cargo xtask test`: everything that CI checks. One profile and one set of features for all cargo calls
//! that compile, so that nothing is compiled twice.

use std::{
    env,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    bench, faults,
    journey::{Journey, Material},
    process,
    project::{Profile, Project},
    questions, say,
    screens::{self, Suite},
    setup, tidy, window,
};

type Check = fn(&Project) -> Result<()>;

/// In order: the cheap ones first, then what builds on what.
const CHECKS: &[(&str, Check)] = &[
    ("set-up", setup::all),
    ("format", format),
    ("tidy", tidy::run),
    ("licences", licences),
    ("sample", sample),
    ("ui", ui),
    ("clippy", clippy),
    ("build", build),
    ("tests", tests),
    ("journey", walk),
    ("pages", pages),
    ("window", opens),
    ("faults", faults::smoke),
];

/// Runs all checks, also after a failed one, and ends with a table of times.
pub(crate) fn run(project: &Project) -> Result<()> {
    let mut rows = Vec::new();
    for (name, check) in CHECKS {
        say::step(&format!("check: {name}"));
        let start = Instant::now();
        let result = check(project);
        if let Err(error) = &result {
            say::line(&format!("failed: {name}: {error:#}"));
        }
        rows.push(Row {
            name,
            time: start.elapsed(),
            passed: result.is_ok(),
        });
        // Without the set-up every other failure would only say so again.
        if rows.len() == 1 && result.is_err() {
            break;
        }
    }
    say::line(&table(&rows));
    let failed: Vec<&str> = rows
        .iter()
        .filter(|row| !row.passed)
        .map(|row| row.name)
        .collect();
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

struct Row {
    name: &'static str,
    time: Duration,
    passed: bool,
}

fn table(rows: &[Row]) -> String {
    let mut text = String::from("\ncheck          time  result\n");
    for row in rows {
        let result = if row.passed { "passed" } else { "FAILED" };
        text += &format!("{:<10} {:>8}  {result}\n", row.name, clock(row.time));
    }
    let total = rows.iter().map(|row| row.time).sum();
    text + &format!("{:<10} {:>8}", "total", clock(total))
}

fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02} min", seconds / 60, seconds % 60)
}

fn format(project: &Project) -> Result<()> {
    process::run(project.cargo().args(["fmt", "--all", "--check"]))
}

fn licences(project: &Project) -> Result<()> {
    let deny = setup::cargo_deny(project)
        .context("cargo-deny is not here; `cargo install cargo-deny --locked` brings it")?;
    process::run(
        project
            .command(deny)
            .args(["check", "bans", "licenses", "sources"]),
    )
}

/// The sample shelf against itself, and against the published texts of real acts where they are at hand.
fn sample(project: &Project) -> Result<()> {
    let mut check = project.command("python3");
    check.arg("assets/make/check_bases.py");
    let beside = project.path("../shared/data");
    if env::var_os("SHELF_DATA").is_none() && beside.is_dir() {
        check.env("SHELF_DATA", beside);
    }
    process::run(&mut check)
}

fn ui(project: &Project) -> Result<()> {
    // The build itself is part of the set-up.
    process::run(setup::npm(project, "ui").args(["run", "--silent", "check"]))?;
    screens::check_types(project)
}

fn clippy(project: &Project) -> Result<()> {
    process::run(project.cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--keep-going",
        "--locked",
        "--",
        "-D",
        "warnings",
    ]))
}

/// All targets at once: tests, the app and `shelf` then share their features, and the tests and the
/// journey below find everything compiled.
fn build(project: &Project) -> Result<()> {
    process::run(
        project
            .cargo()
            .args(["build", "--workspace", "--all-targets", "--locked"]),
    )
}

fn tests(project: &Project) -> Result<()> {
    if process::succeeds("cargo-nextest", &["nextest", "--version"]) {
        process::run(project.cargo().args([
            "nextest",
            "run",
            "--workspace",
            "--all-targets",
            "--locked",
            "--no-fail-fast",
        ]))
    } else {
        process::run(project.cargo().args([
            "test",
            "--workspace",
            "--all-targets",
            "--locked",
            "--no-fail-fast",
        ]))
    }
}

fn pages(project: &Project) -> Result<()> {
    screens::built(project, Suite::Pages, 1, &[])
}

/// The window opens, also on a machine that has nothing yet; then the specs of the real window.
fn opens(project: &Project) -> Result<()> {
    let home = project.made("smoke/new-home");
    window::opens(project, &project.binary("tusach", Profile::Dev)?, &home)?;
    screens::built(project, Suite::Window, 1, &[])
}

fn walk(project: &Project) -> Result<()> {
    let folder = project.made("smoke");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let journey = Journey::new(project, project.binary("shelf", Profile::Dev)?, folder)?;
    journey.walk(&Material::sample(project))?;
    say::step("Asking the questions of the sample shelf");
    questions::check(project, &journey)?;
    bench::local::answers_exist(project, &journey)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_shows_each_check_and_the_sum() {
        let rows = [
            Row {
                name: "format",
                time: Duration::from_secs(2),
                passed: true,
            },
            Row {
                name: "tests",
                time: Duration::from_secs(61),
                passed: false,
            },
        ];
        let text = table(&rows);
        assert!(text.contains("format     0:02 min  passed"), "{text}");
        assert!(text.contains("tests      1:01 min  FAILED"), "{text}");
        assert!(text.ends_with("total      1:03 min"), "{text}");
    }
}
