//! `cargo xtask tidy`: the rules of this repository that no other tool checks. It is also a test, so that
//! nobody has to remember it.

mod changelog;
mod edges;
mod places;
mod sizes;
mod source;

use std::fs;

use anyhow::{Context, Result, bail};

use crate::{project::Project, say};

/// What the rules found.
#[derive(Default)]
struct Findings {
    problems: Vec<String>,
    warnings: Vec<String>,
}

impl Findings {
    fn problem(&mut self, what: String) {
        self.problems.push(what);
    }

    fn warning(&mut self, what: String) {
        self.warnings.push(what);
    }
}

/// A file that git knows. `text` is empty for pictures and the like.
struct Tracked {
    /// Relative to the root, with forward slashes.
    name: String,
    bytes: u64,
    text: String,
}

impl Tracked {
    fn has_extension(&self, extensions: &[&str]) -> bool {
        self.name
            .rsplit_once('.')
            .is_some_and(|(_, found)| extensions.contains(&found))
    }

    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line))
    }
}

/// Checks everything and shows what it found.
pub(crate) fn run(project: &Project) -> Result<()> {
    let findings = check(project)?;
    for warning in &findings.warnings {
        say::detail(&format!("look at this: {warning}"));
    }
    for problem in &findings.problems {
        say::detail(&format!("problem: {problem}"));
    }
    match findings.problems.len() {
        0 => {
            say::detail("tidy");
            Ok(())
        }
        1 => bail!("tidy found a problem"),
        count => bail!("tidy found {count} problems"),
    }
}

fn check(project: &Project) -> Result<Findings> {
    let mut findings = Findings::default();
    edges::check(&project.metadata()?, &mut findings)?;
    let files = read_tracked(project)?;
    for file in &files {
        sizes::check(file, &mut findings);
        places::check(file, &mut findings);
        source::check(file, &mut findings);
    }
    changelog::check(&files, &mut findings);
    Ok(findings)
}

fn read_tracked(project: &Project) -> Result<Vec<Tracked>> {
    let mut files = Vec::new();
    for name in project.tracked_files()? {
        let path = project.path(&name);
        let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let bytes = content.len() as u64;
        let text = String::from_utf8(content).unwrap_or_default();
        files.push(Tracked { name, bytes, text });
    }
    Ok(files)
}

#[cfg(test)]
fn findings_of(rule: fn(&Tracked, &mut Findings), name: &str, text: &str) -> Findings {
    let file = Tracked {
        name: name.to_owned(),
        bytes: text.len() as u64,
        text: text.to_owned(),
    };
    let mut findings = Findings::default();
    rule(&file, &mut findings);
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_repository_is_tidy() {
        let project = Project::find().unwrap();
        let findings = check(&project).unwrap();
        assert!(
            findings.problems.is_empty(),
            "{}",
            findings.problems.join("\n")
        );
    }
}
