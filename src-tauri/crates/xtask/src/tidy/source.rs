//! Rules about what stands in source files.

use super::{Findings, Tracked};

/// Words that mark unfinished work or a look at a value. Joined by the compiler, as in `places`.
const UNFINISHED: &[&str] = &[
    concat!("to", "do!("),
    concat!("unimple", "mented!("),
    concat!("db", "g!("),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
];

/// The world outside, as code reaches for it. The domain takes it as a parameter.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::process",
    "std::env",
    "env::var",
    "SystemTime::now",
    "Timestamp::now",
    "Zoned::now",
];

/// Clocks and environment variables: a library takes them as parameters, so that a test can set them.
const AMBIENT: &[&str] = &[
    "env::var",
    "SystemTime::now",
    "Timestamp::now",
    "Zoned::now",
];

/// Where the ambient world is let in. Give a reason with each line.
const DOORS: &[(&str, &str)] = &[
    (
        "src-tauri/crates/shelf-engine/",
        "the one door wires the world to the libraries",
    ),
    (
        "src-tauri/crates/shelf-cli/",
        "a program reads its own environment",
    ),
    (
        "src-tauri/crates/shelf-pdf/src/library.rs",
        "whoever installs pdfium elsewhere says where",
    ),
    (
        "src-tauri/crates/xtask/",
        "a program reads its own environment",
    ),
    ("src-tauri/src/", "a program reads its own environment"),
    (
        "src-tauri/build.rs",
        "cargo speaks to build scripts through the environment",
    ),
];

const HOST: &str = "ui/src/lib/host/";

pub(super) fn check(file: &Tracked, findings: &mut Findings) {
    if file.has_extension(&["rs", "ts", "svelte"]) {
        refuse(file, UNFINISHED, "unfinished work", findings);
    }
    if file.has_extension(&["rs"]) && file.name.contains("/src/") {
        first_line_says_what_it_is(file, findings);
        let code = code_without_tests(file);
        if file.name.starts_with("src-tauri/crates/shelf-law/") {
            refuse(&code, OUTSIDE, "the domain has no I/O", findings);
        } else if !DOORS.iter().any(|(door, _)| file.name.starts_with(door)) {
            refuse(
                &code,
                AMBIENT,
                "take it as a parameter, or name the door in tidy",
                findings,
            );
        }
    }
    let page = file.name.starts_with("ui/src/") && !file.name.ends_with(".test.ts");
    if page || file.name == "ui/index.html" {
        refuse(
            file,
            &["https://"],
            "the page knows no other machine",
            findings,
        );
        if !file.name.starts_with(HOST) {
            refuse(
                file,
                &["@tauri-apps/"],
                "only ui/src/lib/host knows Tauri",
                findings,
            );
        }
    }
}

fn refuse(file: &Tracked, words: &[&str], why: &str, findings: &mut Findings) {
    for (number, line) in file.lines() {
        for word in words.iter().filter(|word| line.contains(**word)) {
            findings.problem(format!("{}:{number}: {word} ({why})", file.name));
        }
    }
}

fn first_line_says_what_it_is(file: &Tracked, findings: &mut Findings) {
    if !file.text.trim_start().starts_with("//!") {
        findings.problem(format!(
            "{}: start with a `//!` line that says what it is",
            file.name
        ));
    }
}

/// The text up to the file's own test module; nothing of a file that is itself tests.
fn code_without_tests(file: &Tracked) -> Tracked {
    let whole_file = file.name.contains("/tests/") || file.name.ends_with("tests.rs");
    let end = if whole_file {
        0
    } else {
        file.text
            .find("#[cfg(test)]\nmod ")
            .unwrap_or(file.text.len())
    };
    Tracked {
        name: file.name.clone(),
        bytes: file.bytes,
        text: file.text[..end].to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::findings_of, *};

    const LAW: &str = "src-tauri/crates/shelf-law/src/a.rs";
    const STORE: &str = "src-tauri/crates/shelf-store/src/a.rs";

    fn problems(name: &str, text: &str) -> usize {
        findings_of(check, name, text).problems.len()
    }

    #[test]
    fn a_source_file_says_what_it_is() {
        assert_eq!(problems(STORE, "//! Rows.\n"), 0);
        assert_eq!(problems(STORE, "use std::fmt;\n"), 1);
    }

    #[test]
    fn the_domain_has_no_io_outside_its_tests() {
        assert_eq!(problems(LAW, "//! Law.\nuse std::fs;\n"), 1);
        assert_eq!(
            problems(LAW, "//! Law.\n#[cfg(test)]\nmod tests { use std::fs; }\n"),
            0
        );
    }

    #[test]
    fn a_library_takes_its_clock_as_a_parameter() {
        let text = "//! Rows.\nlet now = Timestamp::now();\n";
        assert_eq!(problems(STORE, text), 1);
        assert_eq!(problems("src-tauri/crates/shelf-engine/src/a.rs", text), 0);
    }

    #[test]
    fn unfinished_work_is_refused_everywhere() {
        assert_eq!(problems("ui/src/App.svelte", UNFINISHED[3]), 1);
        assert_eq!(
            problems("src-tauri/crates/xtask/tests/a.rs", UNFINISHED[0]),
            1
        );
    }

    #[test]
    fn one_folder_of_the_page_knows_tauri() {
        let text = "import { invoke } from '@tauri-apps/api/core';";
        assert_eq!(problems("ui/src/views/Home.svelte", text), 1);
        assert_eq!(problems("ui/src/lib/host/index.ts", text), 0);
    }
}
