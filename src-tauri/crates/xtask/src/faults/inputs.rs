//! Inputs that cannot be read stand in `failed` with the file and the reason; the rest is read.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Faults, corpus::Corpus, files, tally::Tally};

/// A folder of good and bad files.
struct Folder {
    path: PathBuf,
    good: usize,
    bad: Vec<String>,
}

impl Folder {
    fn new(path: PathBuf) -> Result<Self> {
        files::empty_folder(&path)?;
        Ok(Self {
            path,
            good: 0,
            bad: Vec::new(),
        })
    }

    fn good(&mut self, name: impl AsRef<Path>, bytes: &[u8]) -> Result<()> {
        let path = self.path.join(name);
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        self.good += 1;
        Ok(())
    }

    fn bad(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        fs::write(self.path.join(name), bytes)?;
        self.bad.push(name.to_owned());
        Ok(())
    }
}

pub(super) fn run(faults: &Faults<'_>) -> Result<Vec<Tally>> {
    let mut tally = Tally::new("inputs");
    let act = fs::read(
        faults
            .project
            .path("assets/sample-shelf/van-ban/9004-2016-QD-UBND-bao-cao-chung-thuc.txt"),
    )?;
    let other = fs::read(
        faults
            .project
            .path("assets/sample-shelf/van-ban/9009-2022-QD-UBND-phong-chay-rung.txt"),
    )?;
    let docx = fs::read(
        faults
            .project
            .path("assets/sample-shelf/tai-lieu/phieu-muon-sach.docx"),
    )?;
    let workspace = faults.path("ws");
    faults.keys(&workspace)?;

    let mut mixed = Folder::new(faults.path("lan-lon"))?;
    mixed.good("tot.txt", &act)?;
    mixed.bad("hong.docx", &docx[..docx.len() / 2])?;
    mixed.bad("khong-phai.docx", b"PK\x03\x04 this is no archive at all")?;
    mixed.bad("khoa.pdf", &encrypted_pdf())?;
    mixed.bad("hong.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<")?;
    mixed.bad("rong.txt", b"")?;
    mixed.bad("rong.docx", b"")?;
    mixed.bad("phim.mp4", b"")?;
    mixed.bad("la.xyz", &[0, 159, 146, 150, 255, 254, 1, 2, 3])?;
    mixed.bad(
        "khong.jsonl.zst",
        b"\x28\xb5\x2f\xfd and then nothing that fits",
    )?;
    mixed.good("tot-2.txt", &other)?;
    tally.check(
        "good and bad files",
        read_as_told(faults, &workspace, &mixed),
    );
    tally.check("bad files alone", all_bad(faults, &mixed));
    tally.check("rows of an import", rows(faults, &workspace));
    tally.check("a list without its column", list(faults, &act));
    let hostile = hostile(faults, &act)?;
    tally.check("hostile names", read_as_told(faults, &workspace, &hostile));
    let missing = Folder {
        path: faults.path("khong-co"),
        good: 0,
        bad: vec!["khong-co".into()],
    };
    tally.check(
        "an input that is not there",
        fails_whole(faults, &workspace, &missing),
    );
    tally.check(
        "published and read all the same",
        (|| {
            let (repository, home) = (faults.path("repo"), faults.path("home"));
            let shelf = &faults.shelf;
            let published = shelf.json(&mut shelf.publish(&workspace, &repository))?;
            let root = workspace.join("root.json");
            let synced = shelf.json(&mut shelf.sync(&repository, &home, Some(&root)))?;
            ensure!(
                synced["documents"] == published["documents"],
                "{synced} of {published}"
            );
            faults.nothing_unverified(&repository, false)?;
            faults.nothing_unverified(&home, false)
        })(),
    );
    Ok(vec![tally])
}

/// A file whose trailer says that it is encrypted.
fn encrypted_pdf() -> Vec<u8> {
    let mut pdf = b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut offsets = Vec::new();
    for object in [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        "<</Filter/Standard/V 2/R 3/Length 128/P -3904/O<0101010101010101010101010101010101010101010101010101010101010101>/U<0202020202020202020202020202020202020202020202020202020202020202>>>",
    ] {
        offsets.push(pdf.len());
        pdf.extend(format!("{} 0 obj\n{object}\nendobj\n", offsets.len()).bytes());
    }
    let table = pdf.len();
    pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).bytes());
    for offset in offsets {
        pdf.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    pdf.extend(
        format!("trailer\n<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<01><02>]>>\nstartxref\n{table}\n%%EOF\n")
            .bytes(),
    );
    pdf
}

/// Names that programs trip over. Those that the file system refuses are left out.
fn hostile(faults: &Faults<'_>, act: &[u8]) -> Result<Folder> {
    let mut folder = Folder::new(faults.path("ten-la"))?;
    let long = format!("{}.txt", "dài".repeat(60));
    let mut names: Vec<std::ffi::OsString> = [
        "-rf.txt",
        "--workspace.txt",
        "$(touch pwned).txt",
        "a b\tc.txt",
        "dòng một\ndòng hai.txt",
        "'\"`;|&<script>alert(1)<.txt",
        "%2e%2e%2f.txt",
        "a..txt.txt",
        "\u{202e}txt.exe.txt",
        "ten\u{301} to\u{302}\u{309} ho\u{31b}\u{323}p.txt",
        "CON.txt",
        "NUL.txt",
        "\u{1}\u{7f}.txt",
        &long,
    ]
    .map(Into::into)
    .to_vec();
    #[cfg(unix)]
    names.push(std::os::unix::ffi::OsStringExt::from_vec(
        b"khong-\xff\xfe-utf8.txt".to_vec(),
    ));
    for (n, name) in names.iter().enumerate() {
        // Each says something of its own, so that none is a copy of another.
        let mut text = act.to_vec();
        text.extend(format!("\nBản số {n}\n").bytes());
        if let Err(error) = folder.good(name, &text) {
            super::say::detail(&format!("left out: {error:#}"));
        }
    }
    Ok(folder)
}

fn ingest(faults: &Faults<'_>, workspace: &Path, input: &Path) -> Result<Value> {
    faults
        .shelf
        .json(&mut faults.shelf.ingest(workspace, input))
}

fn failed(report: &Value) -> Result<&Vec<Value>> {
    let failed = report["failed"]
        .as_array()
        .context("no list of what failed")?;
    for failure in failed {
        let reason = failure["reason"].as_str().unwrap_or_default();
        ensure!(
            !reason.trim().is_empty(),
            "{} failed without a reason",
            failure["file"]
        );
    }
    Ok(failed)
}

fn read_as_told(faults: &Faults<'_>, workspace: &Path, folder: &Folder) -> Result<()> {
    let report = ingest(faults, workspace, &folder.path)?;
    ensure!(
        report["documents"] == folder.good,
        "{} documents of {} good files: {report}",
        report["documents"],
        folder.good
    );
    all_listed(&report, folder)?;
    let again = ingest(faults, workspace, &folder.path)?;
    ensure!(
        again["added"] == 0 && again["updated"] == 0,
        "reading the same again changed {again}"
    );
    Ok(())
}

fn all_listed(report: &Value, folder: &Folder) -> Result<()> {
    let failed = failed(report)?;
    ensure!(
        failed.len() == folder.bad.len(),
        "{} bad files, but {report}",
        folder.bad.len()
    );
    for name in &folder.bad {
        let listed = failed.iter().any(|failure| {
            failure["file"]
                .as_str()
                .is_some_and(|file| file.ends_with(name) || file.contains(&format!("{name}:")))
        });
        ensure!(listed, "{name} is not listed: {}", report["failed"]);
    }
    Ok(())
}

fn all_bad(faults: &Faults<'_>, mixed: &Folder) -> Result<()> {
    let only = Folder {
        path: faults.path("toan-hong"),
        good: 0,
        bad: mixed.bad.clone(),
    };
    files::empty_folder(&only.path)?;
    for name in &only.bad {
        fs::copy(mixed.path.join(name), only.path.join(name))?;
    }
    let workspace = faults.path("ws-of-bad");
    faults.keys(&workspace)?;
    fails_whole(faults, &workspace, &only)
}

/// Where every input failed the exit code is 1, and the list is there all the same.
fn fails_whole(faults: &Faults<'_>, workspace: &Path, folder: &Folder) -> Result<()> {
    let outcome = faults
        .shelf
        .run(&mut faults.shelf.ingest(workspace, &folder.path))?;
    outcome.fails_with(&["bad_input"])?;
    all_listed(&outcome.value()?, folder)
}

fn rows(faults: &Faults<'_>, workspace: &Path) -> Result<()> {
    let whole = faults.path("dong.jsonl");
    Corpus::new(faults.project, 6, 31)?.write(&whole)?;
    let text = fs::read_to_string(&whole)?;
    let mut lines: Vec<Vec<u8>> = text.lines().map(|line| line.as_bytes().to_vec()).collect();
    lines.insert(1, b"{\"law_id\": \"broken\", \"title\": ".to_vec());
    lines.insert(3, b"[1, 2, 3]".to_vec());
    lines.insert(5, b"{\"law_id\": \"x\", \"articles\": 7}".to_vec());
    lines.insert(6, b"\xff\xfe\x00 not text".to_vec());
    lines.insert(7, b"".to_vec());
    fs::write(&whole, lines.join(&b'\n'))?;
    let report = ingest(faults, workspace, &whole)?;
    ensure!(
        report["documents"] == 6,
        "{} of 6 good rows",
        report["documents"]
    );
    let failed = failed(&report)?;
    let at: Vec<&str> = failed
        .iter()
        .filter_map(|failure| failure["file"].as_str()?.rsplit(':').next())
        .collect();
    ensure!(
        at == ["2", "4", "6", "7"],
        "rows 2, 4, 6 and 7 are bad, listed are {at:?}"
    );
    Ok(())
}

/// A list that does not say which file a line is about is named, and nothing is lost by it.
fn list(faults: &Faults<'_>, act: &[u8]) -> Result<()> {
    let workspace = faults.path("ws-of-list");
    faults.keys(&workspace)?;
    let mut folder = Folder::new(faults.path("co-danh-muc"))?;
    folder.good("mot.txt", act)?;
    let list = faults.path("thieu-cot.csv");
    fs::write(&list, "title,number\n\"Tên một\",\"1/2026/QĐ-UBND\"\n")?;
    let mut command = faults.shelf.ingest(&workspace, &folder.path);
    let outcome = faults.shelf.run(command.arg("--list").arg(&list))?;
    let named = match outcome.code {
        Some(0) => failed(&outcome.value()?)?.iter().any(|failure| {
            failure["file"]
                .as_str()
                .is_some_and(|file| file.contains("thieu-cot.csv"))
        }),
        _ => {
            outcome.fails_with(&["bad_input"])?;
            outcome.stderr.contains("thieu-cot.csv")
        }
    };
    ensure!(named, "the list is not named: {}", outcome.stderr.trim());
    // Without the list the file is read.
    let report = ingest(faults, &workspace, &folder.path)?;
    ensure!(
        report["documents"] == 1,
        "the good file was not read: {report}"
    );
    Ok(())
}
