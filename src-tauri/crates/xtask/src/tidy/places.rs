//! The repository names no machine and no registry: it must work on any machine and with any mirror.

use super::{Findings, Tracked};

/// Pieces are joined by the compiler, so that this file does not name them itself.
const PLACES: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/fa", "rm/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!(r"C:\Us", "ers"),
    concat!("crates", ".io"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("npmjs", ".org"),
    concat!("npmjs", ".com"),
    concat!("deb.debian", ".org"),
];

/// cargo writes its registry into its lock file; there is no setting against that.
const EXEMPT: &str = "Cargo.lock";

pub(super) fn check(file: &Tracked, findings: &mut Findings) {
    if file.name == EXEMPT {
        return;
    }
    for (number, line) in file.lines() {
        for place in PLACES.iter().filter(|place| stands_alone(line, place)) {
            findings.problem(format!("{}:{number}: names the place {place}", file.name));
        }
    }
}

/// Whether the line names the place, and not a folder of the same name further down a path.
fn stands_alone(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !place.starts_with('/') || !before.is_some_and(|c| c.is_alphanumeric() || "._-".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::{super::findings_of, *};

    #[test]
    fn a_home_folder_or_a_registry_is_found_with_its_line() {
        let text = format!("one\nsee {}someone/x\n", PLACES[3]);
        let findings = findings_of(check, "docs/a.md", &text);
        assert!(
            findings.problems[0].starts_with("docs/a.md:2: "),
            "{:?}",
            findings.problems
        );
        assert!(findings_of(check, "Cargo.lock", &text).problems.is_empty());
        let below = format!("import './views{}HomeView'", PLACES[3]);
        assert!(findings_of(check, "a.ts", &below).problems.is_empty());
    }
}
