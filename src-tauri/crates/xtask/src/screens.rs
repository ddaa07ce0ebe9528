//! The screens: specs in `tests/`, run with Playwright. `pages` drives the pages in a browser over the
//! bridge, `window` the real app through WebDriver, `shots` takes pictures, `bench` measures.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    display::Display,
    journey::{Journey, Material},
    process,
    project::{Profile, Project},
    say, setup,
};

/// A set of specs: a project of `tests/playwright.config.ts`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suite {
    Pages,
    Window,
    Shots,
    Bench,
}

impl Suite {
    const fn name(self) -> &'static str {
        match self {
            Self::Pages => "pages",
            Self::Window => "window",
            Self::Shots => "shots",
            Self::Bench => "bench",
        }
    }
}

/// The programs and the shelf that the specs work with.
pub(crate) struct Stage<'a> {
    project: &'a Project,
    suite: Suite,
    profile: Profile,
    /// Goes on to the specs: how many kills, how many measurements.
    rounds: u32,
    folder: PathBuf,
    app: PathBuf,
    codes: Option<PathBuf>,
}

/// Sets up, builds what is missing, prepares the sample shelf and runs the specs whose title matches.
pub(crate) fn run(project: &Project, suite: Suite, rounds: u32, only: &[String]) -> Result<()> {
    say::step("Set-up");
    setup::all(project)?;
    say::step("Building");
    // With the features of `cargo xtask test`, so that nothing is compiled twice.
    process::run(project.cargo().args(["build", "--workspace", "--locked"]))?;
    built(project, suite, rounds, only)
}

/// Measures the release build; `codes` is a home that holds a long code.
pub(crate) fn bench(project: &Project, rounds: u32, codes: &Path) -> Result<()> {
    say::step("Set-up");
    setup::all(project)?;
    crate::run::release_app(project)?;
    let mut stage = Stage::prepare(project, Suite::Bench, rounds, Profile::Release)?;
    stage.codes = Some(codes.to_owned());
    stage.play(&[])
}

/// The same where everything has been built.
pub(crate) fn built(project: &Project, suite: Suite, rounds: u32, only: &[String]) -> Result<()> {
    Stage::prepare(project, suite, rounds, Profile::Dev)?.play(only)
}

impl<'a> Stage<'a> {
    /// Publishes the sample shelf and syncs it, afresh: it takes seconds.
    pub(crate) fn prepare(
        project: &'a Project,
        suite: Suite,
        rounds: u32,
        profile: Profile,
    ) -> Result<Self> {
        let folder = project.made("screens").join(suite.name());
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        let shelf = project.binary("shelf", profile)?;
        let journey = Journey::new(project, shelf, folder.join("sample"))?;
        journey.prepare(&Material::sample(project))?;
        Ok(Self {
            project,
            suite,
            profile,
            rounds,
            folder,
            app: project.binary("tusach", profile)?,
            codes: None,
        })
    }

    /// Another program than the one built here.
    pub(crate) fn with_app(self, app: PathBuf) -> Self {
        Self { app, ..self }
    }

    /// A home on which the sample shelf is readable.
    pub(crate) fn home(&self) -> PathBuf {
        self.folder.join("sample/home")
    }

    /// Runs the specs whose file or title matches, all where none is named.
    pub(crate) fn play(&self, only: &[String]) -> Result<()> {
        say::step(&format!("Specs: {}", self.suite.name()));
        let screen = Display::start(self.project)?;
        let mut specs = self.specs(only)?;
        screen.show(&mut specs);
        process::run(&mut specs)
    }

    fn specs(&self, only: &[String]) -> Result<Command> {
        let tests = self.project.path("tests");
        let mut specs = self.project.command("node");
        specs
            .current_dir(&tests)
            .arg(tests.join("node_modules/@playwright/test/cli.js"))
            .arg("test")
            // Apart, the option would take the names that follow too.
            .arg(format!("--project={}", self.suite.name()))
            .args(only)
            .env("TUSACH_PAGES", self.project.path("ui/dist"))
            .env("TUSACH_SAMPLE", self.folder.join("sample"))
            .env("TUSACH_SCRAPS", self.folder.join("scraps"))
            .env("TUSACH_SHOTS", self.project.path("build/shots"))
            .env("TUSACH_PICTURES", self.project.path("docs/pictures"))
            .env("TUSACH_ROUNDS", self.rounds.to_string())
            .env("TUSACH_SHELF", self.project.binary("shelf", self.profile)?)
            .env("TUSACH_APP", &self.app)
            .env(
                "TUSACH_BRIDGE",
                self.project.binary("tusach-bridge", Profile::Dev)?,
            );
        if let Some(codes) = &self.codes {
            specs.env("TUSACH_CODE_HOME", codes);
        }
        Ok(specs)
    }
}

/// The types of the specs.
pub(crate) fn check_types(project: &Project) -> Result<()> {
    let compiler: &Path = &project.path("ui/node_modules/typescript/bin/tsc");
    let mut check = project.command("node");
    check.arg(compiler).arg("-p").arg(project.path("tests"));
    process::run(&mut check)
}
