//! Sources that are not what they should be: each is told apart by its code, and the shelf in use stays.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{
    Faults, answers,
    corpus::Corpus,
    files,
    server::{Manner, Served, SmallServer, closed_port},
    tally::Tally,
};

/// A reader with a shelf, and what is needed to give it something else.
struct Reader {
    home: PathBuf,
    root: PathBuf,
    older: PathBuf,
    newer: PathBuf,
    answers: Vec<Value>,
    newer_answers: Vec<Value>,
}

pub(super) fn run(faults: &Faults<'_>) -> Result<Vec<Tally>> {
    let reader = Reader::make(faults)?;
    Ok(vec![
        refused(faults, &reader)?,
        roots(faults, &reader)?,
        slow(faults, &reader)?,
    ])
}

impl Reader {
    fn make(faults: &Faults<'_>) -> Result<Self> {
        let shelf = &faults.shelf;
        let (workspace, older, newer) = (
            faults.path("ws"),
            faults.path("older"),
            faults.path("newer"),
        );
        faults.keys(&workspace)?;
        let mut corpus = Corpus::new(faults.project, 60, 11)?;
        let import = faults.path("gia-dinh.jsonl");
        corpus.write(&import)?;
        shelf.json(&mut shelf.ingest(&workspace, &import))?;
        shelf.json(&mut shelf.publish(&workspace, &older))?;
        files::copy(&older, &newer)?;
        corpus.change(&mut super::Random::new(1), 10, 5);
        corpus.write(&import)?;
        let large = faults.path("phu-luc-lon.txt");
        std::fs::copy(&import, &large)?;
        shelf.json(shelf.ingest(&workspace, &import).arg(&large))?;
        shelf.json(&mut shelf.publish(&workspace, &newer))?;
        let (root, home) = (workspace.join("root.json"), faults.path("reader"));
        shelf.json(&mut shelf.sync(&older, &home, Some(&root)))?;
        let ahead = faults.path("ahead");
        shelf.json(&mut shelf.sync(&newer, &ahead, Some(&root)))?;
        Ok(Self {
            answers: faults.answers(&home)?,
            newer_answers: faults.answers(&ahead)?,
            root,
            home,
            older,
            newer,
        })
    }

    /// A sync that must end with one of these codes, and leave what was there as it was.
    fn refuses(&self, faults: &Faults<'_>, source: &str, codes: &[&str]) -> Result<()> {
        let home = faults.path("home");
        for fresh in [false, true] {
            match fresh {
                true => files::remove(&home)?,
                false => files::copy(&self.home, &home)?,
            }
            let mut sync = faults.shelf.sync(source, &home, Some(&self.root));
            faults.shelf.run(&mut sync)?.fails_with(codes)?;
            match fresh {
                true => {
                    let found = faults.answers_or_no_shelf(&home)?;
                    ensure!(found.is_none(), "a refused source was taken over");
                }
                false => self.is_as_it_was(faults, &home)?,
            }
        }
        Ok(())
    }

    fn is_as_it_was(&self, faults: &Faults<'_>, home: &Path) -> Result<()> {
        answers::same(&faults.answers(home)?, &self.answers)
            .context("the shelf in use is not what it was")?;
        faults.nothing_unverified(home, false)
    }
}

fn refused(faults: &Faults<'_>, reader: &Reader) -> Result<Tally> {
    let mut tally = Tally::new("sources that are refused");
    let empty = faults.path("an-empty-folder");
    files::empty_folder(&empty)?;
    let other = faults.path("a-folder-of-files");
    files::copy(&faults.project.path("assets/seed"), &other)?;
    let of = |path: &Path| path.display().to_string();
    tally.check(
        "an empty folder",
        reader.refuses(faults, &of(&empty), &["not_a_shelf"]),
    );
    tally.check(
        "a folder of other files",
        reader.refuses(faults, &of(&other), &["not_a_shelf"]),
    );
    let nowhere = of(&faults.path("nowhere"));
    tally.check(
        "a folder that is not there",
        reader.refuses(faults, &nowhere, &["source_unreachable"]),
    );
    tally.check(
        "no server",
        reader.refuses(faults, &closed_port()?, &["source_unreachable"]),
    );
    let strange = "http://khong-co-may-chu.invalid/tu-sach";
    tally.check(
        "no such name",
        reader.refuses(faults, strange, &["source_unreachable"]),
    );
    for (what, manner, codes) in [
        (
            "a page",
            Manner::Page("text/html; charset=utf-8"),
            &["web_page"][..],
        ),
        (
            "a page as data",
            Manner::Page("application/octet-stream"),
            &["web_page", "damaged"],
        ),
        ("sent on to a page", Manner::Redirect, &["web_page"]),
        ("404 to everything", Manner::Status(404), &["not_a_shelf"]),
        (
            "500 to everything",
            Manner::Status(500),
            &["source_unreachable"],
        ),
        (
            "403 to everything",
            Manner::Status(403),
            &["source_unreachable"],
        ),
    ] {
        let server = SmallServer::start(manner)?;
        tally.check(what, reader.refuses(faults, &server.url, codes));
    }
    // Half of a shelf: metadata without the objects that it names.
    let hollow = faults.path("hollow");
    files::copy(&reader.newer, &hollow)?;
    files::remove(&hollow.join("o"))?;
    tally.check(
        "a shelf without objects",
        reader.refuses(faults, &of(&hollow), &["damaged"]),
    );
    for name in ["timestamp.json", "2.snapshot.json", "2.targets.json"] {
        let torn = faults.path("torn");
        files::copy(&reader.newer, &torn)?;
        let path = torn.join("tuf").join(name);
        let bytes = std::fs::read(&path)?;
        std::fs::write(&path, &bytes[..bytes.len() / 2])?;
        tally.check(
            &format!("half of {name}"),
            reader.refuses(faults, &of(&torn), &["damaged"]),
        );
    }
    Ok(tally)
}

fn roots(faults: &Faults<'_>, reader: &Reader) -> Result<Tally> {
    let shelf = &faults.shelf;
    let mut tally = Tally::new("roots and versions");
    let of = |path: &Path| path.display().to_string();
    let (stranger, strange) = (faults.path("stranger-ws"), faults.path("strange"));
    faults.keys(&stranger)?;
    let import = faults.path("gia-dinh.jsonl");
    shelf.json(&mut shelf.ingest(&stranger, &import))?;
    shelf.json(&mut shelf.publish(&stranger, &strange))?;
    let strange_root = stranger.join("root.json");
    let foreign = ["root_differs", "damaged"];

    let home = faults.path("home");
    let fresh = |root: Option<&Path>, codes: &[&str]| -> Result<()> {
        files::remove(&home)?;
        shelf
            .run(&mut shelf.sync(&reader.newer, &home, root))?
            .fails_with(codes)?;
        ensure!(
            faults.answers_or_no_shelf(&home)?.is_none(),
            "it was taken over all the same"
        );
        Ok(())
    };
    tally.check("no root", fresh(None, &["root_missing"]));
    tally.check(
        "another publisher's root",
        fresh(Some(&strange_root), &foreign),
    );
    let page = faults.path("page.html");
    std::fs::write(&page, "<html></html>")?;
    tally.check("a root that is none", fresh(Some(&page), &["bad_input"]));
    tally.check(
        "a root that is not there",
        fresh(Some(&faults.path("nowhere")), &["bad_input"]),
    );

    let used = |source: &Path, root: Option<&Path>, codes: &[&str]| -> Result<()> {
        files::copy(&reader.home, &home)?;
        shelf
            .run(&mut shelf.sync(source, &home, root))?
            .fails_with(codes)?;
        reader.is_as_it_was(faults, &home)
    };
    tally.check(
        "another root for a trusting home",
        used(&reader.newer, Some(&strange_root), &["root_differs"]),
    );
    tally.check("another publisher's shelf", used(&strange, None, &foreign));
    tally.check(
        "both from another publisher",
        used(&strange, Some(&strange_root), &["root_differs"]),
    );
    // The head is signed by a key that the root does not know.
    let forged = faults.path("forged");
    files::copy(&strange, &forged)?;
    std::fs::copy(
        reader.newer.join("tuf/1.root.json"),
        forged.join("tuf/1.root.json"),
    )?;
    tally.check("right root, wrong key", used(&forged, None, &["damaged"]));
    tally.check(
        "right root, wrong key, new reader",
        reader.refuses(faults, &of(&forged), &["damaged"]),
    );

    let rollback = || -> Result<()> {
        files::copy(&reader.home, &home)?;
        shelf.json(&mut shelf.sync(&reader.newer, &home, None))?;
        shelf
            .run(&mut shelf.sync(&reader.older, &home, None))?
            .fails_with(&["rollback"])?;
        answers::same(&faults.answers(&home)?, &reader.newer_answers)
    };
    tally.check("an older shelf", rollback());
    tally.check("the same root again", {
        files::copy(&reader.home, &home)?;
        shelf
            .json(&mut shelf.sync(&reader.older, &home, Some(&reader.root)))
            .map(|_| ())
    });
    let publish = shelf.run(&mut shelf.publish(&stranger, &reader.older))?;
    tally.check(
        "publishing onto another publisher's shelf",
        publish.fails_with(&["root_differs"]),
    );
    Ok(tally)
}

/// Bad lines, over which a sync must come to its end all the same.
fn slow(faults: &Faults<'_>, reader: &Reader) -> Result<Tally> {
    let mut tally = Tally::new("bad lines");
    let files_of = |cut_after, stalls, ranges| Manner::Files {
        folder: reader.newer.clone(),
        cut_after,
        stalls,
        ranges,
    };
    let arrives = |source: &str| -> Result<()> {
        let home = faults.path("home");
        for fresh in [false, true] {
            match fresh {
                true => files::remove(&home)?,
                false => files::copy(&reader.home, &home)?,
            }
            let mut sync = faults.shelf.sync(source, &home, Some(&reader.root));
            faults.shelf.json(&mut sync)?;
            answers::same(&faults.answers(&home)?, &reader.newer_answers)?;
            faults.nothing_unverified(&home, false)?;
        }
        Ok(())
    };
    let served = Served::folder(&faults.shelf, &reader.newer)?;
    tally.check("`shelf serve`", arrives(&served.url));
    for (what, manner) in [
        ("a plain server", files_of(None, 0, true)),
        ("no ranges", files_of(None, 0, false)),
        ("cut connections", files_of(Some(60_000), 0, true)),
        (
            "cut connections and no ranges",
            files_of(Some(60_000), 0, false),
        ),
    ] {
        let server = SmallServer::start(manner)?;
        tally.check(what, arrives(&server.url));
    }
    // A line that stands still is given up after a minute.
    if faults.is_long() {
        let server = SmallServer::start(files_of(None, 1, true))?;
        tally.check(
            "a line that stands still in the head",
            reader.stalls(faults, &server.url),
        );
    }
    Ok(tally)
}

impl Reader {
    fn stalls(&self, faults: &Faults<'_>, source: &str) -> Result<()> {
        let home = faults.path("home");
        files::copy(&self.home, &home)?;
        let outcome = faults
            .shelf
            .run(&mut faults.shelf.sync(source, &home, None))?;
        if outcome.code == Some(0) {
            return answers::same(&faults.answers(&home)?, &self.newer_answers);
        }
        outcome.fails_with(&["source_unreachable"])?;
        self.is_as_it_was(faults, &home)?;
        faults
            .shelf
            .json(&mut faults.shelf.sync(source, &home, None))?;
        answers::same(&faults.answers(&home)?, &self.newer_answers)
    }
}
