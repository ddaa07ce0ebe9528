//! Which crate may use which: ui → shell → engine → {search, sync, store, pdf, ingest} → repo → law.
//! Siblings do not import each other, and each heavy library is known to one crate.

use anyhow::{Context, Result};
use serde_json::Value;

use super::Findings;

/// Each package of the workspace and the packages of the workspace that it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("shelf-law", &[]),
    ("shelf-repo", &["shelf-law"]),
    ("shelf-ingest", &["shelf-law"]),
    ("shelf-search", &["shelf-law"]),
    ("shelf-pdf", &["shelf-law"]),
    ("shelf-store", &["shelf-law", "shelf-repo"]),
    ("shelf-sync", &["shelf-law", "shelf-repo"]),
    (
        "shelf-engine",
        &[
            "shelf-law",
            "shelf-repo",
            "shelf-ingest",
            "shelf-search",
            "shelf-pdf",
            "shelf-store",
            "shelf-sync",
        ],
    ),
    ("shelf-cli", &["shelf-engine"]),
    ("tusach", &["shelf-engine"]),
    ("tusach-bridge", &["tusach"]),
    ("xtask", &[]),
];

/// Libraries that one package alone may name; a `*` ends a prefix.
const KNOWN_TO_ONE: &[(&str, &str)] = &[
    ("rusqlite", "shelf-store"),
    ("tantivy*", "shelf-search"),
    ("reqwest", "shelf-sync"),
    ("pdfium-render", "shelf-pdf"),
    ("tauri*", "tusach*"),
];

pub(super) fn check(metadata: &Value, findings: &mut Findings) -> Result<()> {
    for package in list(metadata, "packages")? {
        let name = package["name"]
            .as_str()
            .context("a package without a name")?;
        let Some((_, allowed)) = MAY_USE.iter().find(|(known, _)| *known == name) else {
            findings.problem(format!(
                "{name}: say in tidy/edges.rs what this crate may use"
            ));
            continue;
        };
        for dependency in list(package, "dependencies")? {
            let used = dependency["name"]
                .as_str()
                .context("a dependency without a name")?;
            let ours = dependency["path"].is_string();
            if ours && !allowed.contains(&used) {
                findings.problem(format!("{name} may not use {used}"));
            }
            for (library, owner) in KNOWN_TO_ONE {
                if matches(library, used) && !matches(owner, name) {
                    findings.problem(format!("{name} may not use {used}: only {owner} knows it"));
                }
            }
        }
    }
    Ok(())
}

fn list<'v>(value: &'v Value, field: &str) -> Result<&'v Vec<Value>> {
    value[field]
        .as_array()
        .with_context(|| format!("cargo metadata has no list `{field}`"))
}

fn matches(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => name == pattern,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn problems(package: &str, dependency: Value) -> Vec<String> {
        let metadata = json!({"packages": [{"name": package, "dependencies": [dependency]}]});
        let mut findings = Findings::default();
        check(&metadata, &mut findings).unwrap();
        findings.problems
    }

    #[test]
    fn the_shell_reaches_the_engine_and_nothing_below_it() {
        assert!(problems("tusach", json!({"name": "shelf-engine", "path": "x"})).is_empty());
        assert_eq!(
            problems("tusach", json!({"name": "shelf-store", "path": "x"})),
            ["tusach may not use shelf-store"]
        );
    }

    #[test]
    fn siblings_do_not_import_each_other() {
        assert_eq!(
            problems("shelf-sync", json!({"name": "shelf-store", "path": "x"})).len(),
            1
        );
    }

    #[test]
    fn only_the_store_knows_sqlite() {
        assert!(problems("shelf-store", json!({"name": "rusqlite"})).is_empty());
        assert_eq!(
            problems("shelf-engine", json!({"name": "rusqlite"})).len(),
            1
        );
    }

    #[test]
    fn a_part_of_a_library_counts_as_the_library() {
        assert_eq!(
            problems("shelf-engine", json!({"name": "tauri-plugin-opener"})).len(),
            1
        );
    }

    #[test]
    fn a_new_crate_must_say_where_it_stands() {
        assert_eq!(problems("shelf-new", json!({"name": "serde"})).len(), 1);
    }
}
