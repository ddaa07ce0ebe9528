//! `cargo xtask train`: makes assets/search/ranking.json, the second stage of search, from questions
//! with known answers. The features are written by the code that ranks; LightGBM fits the trees.

use crate::bench::{data_folder, synced};
use crate::{process, project::Project, say, setup};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// The corpus and the questions about it.
const CORPUS: &str = "dsc2026_docs";
const QUESTIONS: &str = "dsc_dev";

/// Acts, and units, of each question that training sees.
const ACTS: &str = "200";
const UNITS: &str = "100";

/// What fits and measures.
const FIT: &str = "src-tauri/crates/xtask/src/train/fit.py";
/// Its Python packages, by version and hash.
const PACKAGES: &str = "src-tauri/crates/xtask/src/train/requirements.txt";
/// What is made.
const RANKING: &str = "assets/search/ranking.json";

pub(crate) fn run(project: &Project, choose: bool) -> Result<()> {
    let data = data_folder(project)?;
    let python = setup::python_with(project, &project.path(PACKAGES))?;
    let shelf = crate::run::release_shelf(project)?;
    say::step("Writing features");
    let home = synced(project, &shelf, &data, CORPUS)?;
    let questions = data.join("queries").join(format!("{QUESTIONS}.jsonl"));
    let acts = features(project, &home, &questions, "text", ["acts", ACTS])?;
    let plain = features(project, &home, &questions, "text_khong_dau", ["acts", ACTS])?;
    let units = features(project, &home, &questions, "text", ["units", UNITS])?;
    say::step("Fitting");
    let mut fit = project.command(python);
    fit.arg(FIT).args([acts, plain, units]).arg(RANKING);
    if choose {
        fit.arg("--choose");
    }
    process::run(&mut fit)?;
    say::detail(&format!(
        "{RANKING} is written; `cargo xtask bench retrieval` measures it as people use it"
    ));
    Ok(())
}

/// Writes what the second stage sees and says where.
fn features(
    project: &Project,
    home: &Path,
    questions: &Path,
    field: &str,
    [sort, limit]: [&str; 2],
) -> Result<PathBuf> {
    let folder = project.made("train");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    let out = folder.join(format!("{sort}.{field}.features"));
    process::run(
        project
            .cargo()
            .args(["run", "--quiet", "--release", "--package", "shelf-engine"])
            .args(["--example", "features", "--"])
            .arg(home)
            .arg(questions)
            .args([field, limit, sort])
            .arg(&out),
    )?;
    Ok(out)
}
