//! The part of docs/measured.md that a command writes. What stands around it stays as it is.

use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;

const FROM: &str = "<!-- cargo xtask bench search: from here -->\n";
const TO: &str = "<!-- cargo xtask bench search: to here -->\n";

/// Puts `body` in place of what stands between the two marks of a file.
pub(super) fn write(file: &Path, body: &str) -> Result<()> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let text = replaced(&text, body).with_context(|| file.display().to_string())?;
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

fn replaced(text: &str, body: &str) -> Result<String> {
    let (before, rest) = text
        .split_once(FROM)
        .with_context(|| format!("put the line `{}` where the figures go", FROM.trim()))?;
    let (_, after) = rest
        .split_once(TO)
        .with_context(|| format!("the line `{}` must follow the other", TO.trim()))?;
    ensure!(
        !after.contains(FROM) && !before.contains(TO),
        "the marks of the figures stand there more than once"
    );
    let body = body.trim_end();
    Ok(format!("{before}{FROM}{body}\n{TO}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    #[test]
    fn all_but_the_section_stays_and_writing_twice_changes_nothing() {
        let text = format!("# A\n\n{FROM}old\n\n| x |\n{TO}\n## B\n");
        let once = replaced(&text, "new\n\n").unwrap();
        assert_eq!(once, format!("# A\n\n{FROM}new\n{TO}\n## B\n"));
        assert_eq!(replaced(&once, "new").unwrap(), once);
    }

    #[test]
    fn a_file_whose_marks_are_missing_crossed_or_doubled_is_left_alone() {
        for text in [
            "# A\n".to_string(),
            FROM.to_string(),
            format!("{TO}{FROM}"),
            format!("{FROM}{TO}{FROM}{TO}"),
        ] {
            assert!(replaced(&text, "new").is_err(), "{text}");
        }
    }

    #[test]
    fn the_figures_have_their_place() {
        let file = Project::find().unwrap().path(super::super::MEASURED);
        assert!(replaced(&fs::read_to_string(file).unwrap(), "new").is_ok());
    }
}
