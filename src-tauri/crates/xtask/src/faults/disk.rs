//! Full disks, on small file systems in memory.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};

use super::{
    Faults, answers,
    corpus::Corpus,
    files,
    kill_publish::{head_of, same_shelf},
    shelf::Outcome,
    tally::Tally,
};
use crate::process;

/// A small file system in memory, until dropped.
struct Small {
    folder: PathBuf,
}

impl Small {
    fn mount(folder: PathBuf) -> Result<Self> {
        files::empty_folder(&folder)?;
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=64m", "tmpfs"])
            .arg(&folder)
            .output()
            .context("there is no `mount`")?;
        if !mounted.status.success() {
            bail!(
                "mounting is not permitted: {}",
                String::from_utf8_lossy(&mounted.stderr).trim()
            );
        }
        Ok(Self { folder })
    }

    /// Empties it, puts a copy of `from` into it as `name`, and leaves this many bytes free.
    fn fill(&self, from: Option<&Path>, name: &str, free: u64) -> Result<PathBuf> {
        for entry in fs::read_dir(&self.folder)? {
            files::remove(&entry?.path())?;
        }
        self.resize("64m")?;
        let place = self.folder.join(name);
        if let Some(from) = from {
            files::copy(from, &place)?;
        }
        let mut ballast = fs::File::create(self.folder.join("ballast"))?;
        let mut length = 0;
        for step in [1 << 20, 4096] {
            let bytes = vec![1_u8; step];
            while ballast.write_all(&bytes).is_ok() {
                length += step as u64;
            }
        }
        ballast.set_len(length.saturating_sub(free))?;
        Ok(place)
    }

    fn enlarge(&self) -> Result<()> {
        self.resize("160m")
    }

    fn resize(&self, size: &str) -> Result<()> {
        process::run(
            Command::new("mount")
                .arg("-o")
                .arg(format!("remount,size={size}"))
                .arg(&self.folder),
        )
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        // What cannot be unmounted stays for a person to look at.
        let _ = Command::new("umount").arg(&self.folder).status();
    }
}

/// What goes onto the small disks.
struct Material {
    workspace: PathBuf,
    changed_workspace: PathBuf,
    import: PathBuf,
    old: PathBuf,
    new: PathBuf,
    reader: PathBuf,
}

pub(super) fn run(faults: &Faults<'_>) -> Result<Vec<Tally>> {
    if !cfg!(target_os = "linux") {
        return Ok(vec![Tally::skipped(
            "full disk",
            "small disks are made on Linux only",
        )]);
    }
    let small = match Small::mount(faults.path("small")) {
        Ok(small) => small,
        Err(why) => return Ok(vec![Tally::skipped("full disk", format!("{why:#}"))]),
    };
    let material = Material::make(faults)?;
    Ok(vec![
        homes(faults, &small, &material)?,
        workspaces(faults, &small, &material)?,
        repositories(faults, &small, &material)?,
    ])
}

/// Free bytes from too little for anything to nearly enough for everything that is `needed`.
fn amounts(faults: &Faults<'_>, needed: u64) -> Vec<u64> {
    let steps = if faults.is_long() { 14 } else { 4 };
    let mut amounts = vec![0, 8 << 10];
    amounts.extend((1..=steps).map(|step| needed * step / steps));
    amounts
}

impl Material {
    fn make(faults: &Faults<'_>) -> Result<Self> {
        let shelf = &faults.shelf;
        let material = Self {
            workspace: faults.path("ws"),
            changed_workspace: faults.path("changed-ws"),
            import: faults.path("gia-dinh.jsonl"),
            old: faults.path("old"),
            new: faults.path("new"),
            reader: faults.path("reader"),
        };
        let mut corpus = Corpus::new(faults.project, 100, 21)?;
        faults.keys(&material.workspace)?;
        corpus.write(&material.import)?;
        shelf.json(&mut shelf.ingest(&material.workspace, &material.import))?;
        shelf.json(&mut shelf.publish(&material.workspace, &material.old))?;
        shelf.json(&mut shelf.sync(&material.old, &material.reader, Some(&material.root())))?;

        corpus.change(&mut super::Random::new(2), 50, 100);
        corpus.write(&material.import)?;
        files::copy(&material.workspace, &material.changed_workspace)?;
        files::copy(&material.old, &material.new)?;
        let (samples, list) = faults.sample();
        let mut ingest = shelf.ingest(&material.changed_workspace, &material.import);
        shelf.json(ingest.args(samples).arg("--list").arg(list))?;
        shelf.json(&mut shelf.publish(&material.changed_workspace, &material.new))?;
        Ok(material)
    }

    fn root(&self) -> PathBuf {
        self.workspace.join("root.json")
    }
}

/// Whether it found the disk full, which it must say, or had room enough.
fn was_full(outcome: &Outcome) -> Result<bool> {
    if outcome.code == Some(0) {
        outcome.orderly()?;
        return Ok(false);
    }
    outcome.fails_with(&["disk_full"])?;
    Ok(true)
}

fn homes(faults: &Faults<'_>, small: &Small, material: &Material) -> Result<Tally> {
    let shelf = &faults.shelf;
    let mut tally = Tally::new("full disk: a reader's");
    let undisturbed = faults.path("undisturbed");
    files::copy(&material.reader, &undisturbed)?;
    shelf.json(&mut shelf.sync(&material.new, &undisturbed, None))?;
    let before = faults.answers(&material.reader)?;
    let after = faults.answers(&undisturbed)?;
    let needed = files::bytes(&undisturbed)?;
    for fresh in [false, true] {
        for free in amounts(faults, needed) {
            let outcome = (|| -> Result<bool> {
                let home = small.fill((!fresh).then_some(&material.reader), "home", free)?;
                let root = material.root();
                let mut sync = shelf.sync(&material.new, &home, Some(&root));
                let full = was_full(&shelf.run(&mut sync)?)?;
                if fresh {
                    let outcome = faults.ask(&home)?;
                    ensure!(
                        matches!(outcome.error_code(), None | Some("no_shelf" | "disk_full")),
                        "a search ends with {}",
                        outcome.last_line()
                    );
                } else {
                    let found = faults.answers(&home).context("searching on a full disk")?;
                    if answers::same(&found, &before).is_err() && full {
                        // The new shelf is in use, though not all of it may be searchable yet.
                        faults.nothing_unverified(&home, true)?;
                    }
                }
                small.enlarge()?;
                shelf.json(&mut sync).context("with room enough")?;
                faults.nothing_unverified(&home, false)?;
                answers::same(&faults.answers(&home)?, &after)?;
                Ok(full)
            })();
            let who = if fresh { "new reader" } else { "reader" };
            tally.note(&format!("{who}, {free} bytes free"), outcome);
        }
    }
    Ok(met_a_full_disk(tally))
}

fn workspaces(faults: &Faults<'_>, small: &Small, material: &Material) -> Result<Tally> {
    let shelf = &faults.shelf;
    let mut tally = Tally::new("full disk: the workspace");
    let entries = |workspace: &Path| -> Result<usize> {
        let mut review = shelf.command(["review", "--json", "--workspace"]);
        let listed = shelf.json(review.arg(workspace))?;
        Ok(listed.as_array().map_or(0, Vec::len))
    };
    let (before, after) = (
        entries(&material.workspace)?,
        entries(&material.changed_workspace)?,
    );
    let (samples, list) = faults.sample();
    let grown = files::bytes(&material.changed_workspace)?
        .saturating_sub(files::bytes(&material.workspace)?)
        .max(4 << 20);
    for free in amounts(faults, grown) {
        let outcome = (|| -> Result<bool> {
            let workspace = small.fill(Some(&material.workspace), "ws", free)?;
            let mut ingest = shelf.ingest(&workspace, &material.import);
            ingest.args(&samples).arg("--list").arg(&list);
            let full = was_full(&shelf.run(&mut ingest)?)?;
            // Even to look at what is there takes a little room, which a person can make.
            files::remove(&small.folder.join("ballast"))?;
            let found = entries(&workspace)?;
            ensure!(
                found >= before && found <= after,
                "{found} entries of {before} before, {after} in all"
            );
            small.enlarge()?;
            shelf.json(&mut ingest).context("with room enough")?;
            ensure!(entries(&workspace)? == after, "not everything was read");
            let repository = faults.path("from-small");
            files::copy(&material.old, &repository)?;
            shelf.json(&mut shelf.publish(&workspace, &repository))?;
            same_shelf(&head_of(&repository)?, &head_of(&material.new)?)?;
            Ok(full)
        })();
        tally.note(&format!("{free} bytes free"), outcome);
    }
    Ok(met_a_full_disk(tally))
}

fn repositories(faults: &Faults<'_>, small: &Small, material: &Material) -> Result<Tally> {
    let shelf = &faults.shelf;
    let mut tally = Tally::new("full disk: the repository");
    let (old, new) = (head_of(&material.old)?, head_of(&material.new)?);
    let grown = files::bytes(&material.new)?
        .saturating_sub(files::bytes(&material.old)?)
        .max(1 << 20);
    for free in amounts(faults, grown) {
        let outcome = (|| -> Result<bool> {
            let repository = small.fill(Some(&material.old), "repository", free)?;
            let workspace = faults.path("copied-ws");
            files::copy(&material.changed_workspace, &workspace)?;
            let mut publish = shelf.publish(&workspace, &repository);
            let full = was_full(&shelf.run(&mut publish)?)?;
            faults.nothing_unverified(&repository, false)?;
            let head = head_of(&repository)?;
            if full {
                same_shelf(&head, &old).or_else(|_| same_shelf(&head, &new))?;
            }
            let home = faults.path("home");
            files::remove(&home)?;
            shelf.json(&mut shelf.sync(&repository, &home, Some(&material.root())))?;
            small.enlarge()?;
            shelf.json(&mut publish).context("with room enough")?;
            faults.nothing_unverified(&repository, false)?;
            let head = head_of(&repository)?;
            for field in ["documents", "state_digest"] {
                ensure!(
                    head[field] == new[field],
                    "{field} is {} and not {}",
                    head[field],
                    new[field]
                );
            }
            Ok(full)
        })();
        tally.note(&format!("{free} bytes free"), outcome);
    }
    Ok(met_a_full_disk(tally))
}

/// A run in which no disk was ever full has shown nothing.
fn met_a_full_disk(mut tally: Tally) -> Tally {
    if tally.hits == 0 {
        tally.check(
            "all amounts",
            Err(anyhow::anyhow!("the disk was never full")),
        );
    }
    tally
}
