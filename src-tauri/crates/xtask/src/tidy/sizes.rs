//! Long files are asked about, then refused: a reader should hold one in mind.

use super::{Findings, Tracked};

/// Extension, lines that call for a look, lines that are too many.
const LIMITS: &[(&str, usize, usize)] = &[
    ("rs", 400, 600),
    ("ts", 400, 600),
    ("css", 400, 600),
    ("svelte", 200, 350),
];

/// No file of the repository is larger: material of that size is fetched or made, not committed.
const MOST_BYTES: u64 = 3_000_000;

pub(super) fn check(file: &Tracked, findings: &mut Findings) {
    if file.bytes > MOST_BYTES {
        findings.problem(format!(
            "{}: {} bytes are too many to commit",
            file.name, file.bytes
        ));
    }
    let Some((_, look, most)) = LIMITS.iter().find(|(ext, ..)| file.has_extension(&[ext])) else {
        return;
    };
    let lines = file.text.lines().count();
    if lines > *most {
        findings.problem(format!(
            "{}: {lines} lines, split it (at most {most})",
            file.name
        ));
    } else if lines > *look {
        findings.warning(format!("{}: {lines} lines, could it be two?", file.name));
    }
}

#[cfg(test)]
mod tests {
    use super::{super::findings_of, *};

    #[test]
    fn a_long_file_is_asked_about_and_a_very_long_one_refused() {
        let lines = |count| "//! Text.\n".repeat(count);
        assert!(findings_of(check, "a.rs", &lines(400)).warnings.is_empty());
        assert_eq!(findings_of(check, "a.rs", &lines(401)).warnings.len(), 1);
        assert!(findings_of(check, "a.rs", &lines(600)).problems.is_empty());
        assert_eq!(findings_of(check, "a.rs", &lines(601)).problems.len(), 1);
        assert!(findings_of(check, "a.txt", &lines(601)).problems.is_empty());
    }
}
