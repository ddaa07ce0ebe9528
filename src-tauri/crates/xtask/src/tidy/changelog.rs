//! The change log has something to tell a user about the version being worked on.

use super::{Findings, Tracked};

const FILE: &str = "CHANGELOG.md";

pub(super) fn check(files: &[Tracked], findings: &mut Findings) {
    let Some(file) = files.iter().find(|file| file.name == FILE) else {
        findings.problem(format!("{FILE} is missing"));
        return;
    };
    let heading = format!("## {}", env!("CARGO_PKG_VERSION"));
    let mut lines = file
        .text
        .lines()
        .skip_while(|line| !line.starts_with(&heading))
        .skip(1);
    if !lines
        .by_ref()
        .take_while(|line| !line.starts_with("## "))
        .any(|line| line.starts_with("- "))
    {
        findings.problem(format!("{FILE}: no entry under `{heading}`"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> usize {
        let file = Tracked {
            name: FILE.to_owned(),
            bytes: 0,
            text: text.to_owned(),
        };
        let mut findings = Findings::default();
        check(&[file], &mut findings);
        findings.problems.len()
    }

    #[test]
    fn an_entry_of_an_older_version_is_not_enough() {
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(problems(&format!("# Log\n\n## {version}\n\n- New.\n")), 0);
        assert_eq!(
            problems(&format!("# Log\n\n## {version}\n\n## 0.0.1\n\n- Old.\n")),
            1
        );
        assert_eq!(problems("# Log\n"), 1);
    }
}
