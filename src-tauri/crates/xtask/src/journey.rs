//! The whole way of a shelf on the command line: keys, ingest, publish, serve, sync, and then, with the
//! server gone, search and read. `run` shows it to a person; `test` walks it as a check.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read},
    path::{Path, PathBuf},
    process::{ChildStdout, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::{
    process::{self, Background},
    project::Project,
    say, setup,
};

/// What goes onto the shelf, and what is asked of it.
pub(crate) struct Material {
    inputs: Vec<PathBuf>,
    list: Option<PathBuf>,
    /// The same words typed with and without accents.
    questions: [&'static str; 2],
    /// Whether every file must become a document; a corpus from outside may hold what cannot be read.
    all_readable: bool,
}

impl Material {
    /// The shelf that this repository brings along.
    pub(crate) fn sample(project: &Project) -> Self {
        Self {
            inputs: [
                "assets/sample-shelf/van-ban",
                "assets/sample-shelf/tai-lieu",
                "assets/seed",
            ]
            .map(|folder| project.path(folder))
            .to_vec(),
            list: Some(project.path("assets/sample-shelf/danh-muc.csv")),
            questions: [
                "kiểm tra hiệu lực trước khi in tờ gấp",
                "kiem tra hieu luc truoc khi in to gap",
            ],
            all_readable: setup::reads_pdf(),
        }
    }

    /// A corpus of acts; the questions are about words that stand in nearly every act.
    pub(crate) fn corpus(file: &Path) -> Result<Self> {
        let file = file.canonicalize().with_context(|| {
            format!(
                "{} cannot be read; give --corpus a .jsonl or .jsonl.zst file",
                file.display()
            )
        })?;
        Ok(Self {
            inputs: vec![file],
            list: None,
            questions: ["hiệu lực thi hành", "hieu luc thi hanh"],
            all_readable: false,
        })
    }

    /// The same with a corpus beside it.
    pub(crate) fn with(mut self, corpus: &Path) -> Result<Self> {
        self.inputs.extend(Self::corpus(corpus)?.inputs);
        Ok(self)
    }
}

/// One walk, in one folder: the publisher's workspace, the published repository, a reader's home.
pub(crate) struct Journey<'a> {
    project: &'a Project,
    shelf: PathBuf,
    folder: PathBuf,
}

impl<'a> Journey<'a> {
    pub(crate) fn new(project: &'a Project, shelf: PathBuf, folder: PathBuf) -> Result<Self> {
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Self {
            project,
            shelf,
            folder,
        })
    }

    /// Where the reader's shelf stands afterwards.
    pub(crate) fn home(&self) -> PathBuf {
        self.folder.join("home")
    }

    /// Where the app keeps its own shelf.
    pub(crate) fn app_home(&self) -> PathBuf {
        self.folder.join("app")
    }

    fn workspace(&self) -> PathBuf {
        self.folder.join("workspace")
    }

    /// The root that a reader's machine is given.
    pub(crate) fn root(&self) -> PathBuf {
        self.workspace().join("root.json")
    }

    /// The published files.
    pub(crate) fn repository(&self) -> PathBuf {
        self.folder.join("repository")
    }

    /// Publishes, syncs, searches and reads. Fails where the contract of the command line is not kept.
    pub(crate) fn walk(&self, material: &Material) -> Result<()> {
        self.prepare(material)?;
        say::step("The server is stopped: from here on everything comes from this machine");
        let best = self.ask(material.questions[0])?;
        self.ask(material.questions[1])?;
        self.read(&best)
    }

    /// Publishes and syncs: a reader's home, ready for the app.
    pub(crate) fn prepare(&self, material: &Material) -> Result<()> {
        let published = self.publish(material)?;
        self.sync(published)
    }

    /// Makes the keys where there are none, turns the files into documents and publishes them; the
    /// number of documents.
    pub(crate) fn publish(&self, material: &Material) -> Result<u64> {
        let workspace = self.workspace();
        if self.root().exists() {
            say::step("Publisher's keys: already in the workspace");
        } else {
            say::step("Making the publisher's keys");
            self.run(self.shelf(["keys", "init", "--workspace"]).arg(&workspace))?;
        }

        say::step("Turning files into documents");
        let mut ingest = self.shelf(["ingest"]);
        ingest
            .args(&material.inputs)
            .arg("--workspace")
            .arg(&workspace);
        if let Some(list) = &material.list {
            ingest.arg("--list").arg(list);
        }
        let ingested = self.json(ingest.arg("--approve"))?;
        let failed = ingested["failed"].as_array().map_or(&[][..], Vec::as_slice);
        say::detail(&format!(
            "{} documents, {} of them doubtful, {} files not read",
            number(&ingested, "documents")?,
            ingested["doubtful"].as_u64().unwrap_or(0),
            failed.len()
        ));
        ensure!(
            failed.is_empty() || !material.all_readable,
            "not every file of the sample shelf became a document: {}",
            ingested["failed"]
        );

        say::step("Publishing: signed static files");
        let published = self.json(
            self.shelf(["publish", "--workspace"])
                .arg(&workspace)
                .arg("--to")
                .arg(self.repository()),
        )?;
        let documents = number(&published, "documents")?;
        say::detail(&format!(
            "release {}: {documents} documents, {}",
            number(&published, "seq")?,
            megabytes(number(&published, "bytes")?)
        ));
        Ok(documents)
    }

    fn sync(&self, published: u64) -> Result<()> {
        say::step("Serving the published files on this machine, and syncing from there");
        let server = self.serve()?;
        let synced = self.json(
            self.shelf(["sync", &server.url, "--home"])
                .arg(self.home())
                .arg("--root")
                .arg(self.root()),
        )?;
        let documents = number(&synced, "documents")?;
        say::detail(&format!(
            "{documents} documents readable offline, {} received",
            megabytes(number(&synced, "bytes_received")?)
        ));
        ensure!(
            documents == published,
            "{published} documents were published but {documents} are readable after the sync"
        );
        Ok(())
    }

    /// Serves the published files on this machine until the value is dropped.
    pub(crate) fn serve(&self) -> Result<Server> {
        let server = Server::start(self.shelf(["serve"]).arg(self.repository()))?;
        say::detail(&format!("serving at {}", server.url));
        Ok(server)
    }

    /// Shows a search as a person sees it, and returns what `shelf show` needs to open the best hit.
    fn ask(&self, words: &str) -> Result<String> {
        say::step(&format!("Searching for: {words}"));
        let search = || {
            let mut command = self.shelf(["search", words, "--limit", "3", "--home"]);
            command.arg(self.home());
            command
        };
        self.run(&mut search())?;
        let answer: Value = serde_json::from_str(&process::stdout_of(search().arg("--json"))?)
            .context("`shelf search --json` wrote no JSON value")?;
        let best = &answer["hits"][0];
        let document = best["document"]["id"]
            .as_str()
            .with_context(|| format!("'{words}' finds nothing"))?;
        Ok(match best["provision"]["id"].as_str() {
            Some(provision) => format!("{document}#{provision}"),
            None => document.to_owned(),
        })
    }

    fn read(&self, what: &str) -> Result<()> {
        const LINES: usize = 30;
        say::step("Reading the best hit");
        let mut show = self.shelf(["show", what, "--home"]);
        show.arg(self.home());
        say::detail(&process::shown(&show));
        let shown = process::stdout_of(&mut show)?;
        ensure!(
            !shown.trim().is_empty(),
            "`shelf show {what}` shows nothing"
        );
        for line in shown.lines().take(LINES) {
            say::line(line);
        }
        let more = shown.lines().count().saturating_sub(LINES);
        if more > 0 {
            say::detail(&format!("… and {more} lines more"));
        }
        Ok(())
    }

    /// Asks all the questions of a file at once, each in the words of `field`, and returns the answers:
    /// one JSON value a line, in the order of the file.
    pub(crate) fn answers(&self, questions: &Path, field: &str) -> Result<String> {
        let mut search = self.shelf(["search", "--limit", "10", "--field", field, "--queries"]);
        search.arg(questions).arg("--home").arg(self.home());
        say::detail(&process::shown(&search));
        process::stdout_of(&mut search)
    }

    /// What the workspace holds, as `shelf review --json` tells it: one value a document.
    pub(crate) fn documents(&self) -> Result<Vec<Value>> {
        let documents = self.json(self.shelf(["review", "--workspace"]).arg(self.workspace()))?;
        match documents {
            Value::Array(documents) => Ok(documents),
            other => bail!("`shelf review --json` wrote no list: {other}"),
        }
    }

    fn shelf<const N: usize>(&self, words: [&str; N]) -> Command {
        let mut command = self.project.command(&self.shelf);
        command.args(words);
        command
    }

    fn run(&self, command: &mut Command) -> Result<()> {
        say::detail(&process::shown(command));
        process::run(command)
    }

    fn json(&self, command: &mut Command) -> Result<Value> {
        command.arg("--json");
        say::detail(&process::shown(command));
        let text = process::stdout_of(command)?;
        serde_json::from_str(&text)
            .with_context(|| format!("`{}` wrote no JSON value: {text}", process::shown(command)))
    }
}

/// `shelf serve`, until dropped.
pub(crate) struct Server {
    pub(crate) url: String,
    _running: Background,
}

impl Server {
    fn start(command: &mut Command) -> Result<Self> {
        say::detail(&process::shown(command));
        let (running, streams) = Background::start(command.stdout(Stdio::piped()))?;
        let stdout = streams.stdout.context("the server has no stdout")?;
        let url = first_line(stdout, Duration::from_secs(30))?;
        if !url.starts_with("http://127.0.0.1:") {
            bail!("the first line of `shelf serve` is not its address: {url:?}");
        }
        Ok(Self {
            url,
            _running: running,
        })
    }
}

/// The first line of a program that goes on running; the rest is read and dropped, so that it never
/// waits for a reader.
pub(crate) fn first_line(stdout: ChildStdout, at_most: Duration) -> Result<String> {
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut reader = BufReader::new(stdout);
        let mut line = String::new();
        let read = reader.read_line(&mut line).map(|_| line.trim().to_owned());
        // The receiver may have given up already.
        let _ = send.send(read);
        let _ = std::io::copy(&mut reader.by_ref(), &mut std::io::sink());
    });
    let line = receive
        .recv_timeout(at_most)
        .with_context(|| format!("the program said nothing in {} s", at_most.as_secs()))??;
    ensure!(
        !line.is_empty(),
        "the program ended before it said anything"
    );
    Ok(line)
}

fn number(value: &Value, field: &str) -> Result<u64> {
    value[field]
        .as_u64()
        .with_context(|| format!("the answer has no number `{field}`: {value}"))
}

fn megabytes(bytes: u64) -> String {
    // Tenths of a megabyte, rounded.
    let tenths = (bytes + 50_000) / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn megabytes_are_rounded_to_tenths() {
        assert_eq!(megabytes(0), "0.0 MB");
        assert_eq!(megabytes(1_249_999), "1.2 MB");
        assert_eq!(megabytes(1_250_000), "1.3 MB");
    }

    #[test]
    fn the_address_of_a_server_is_its_first_line() {
        let mut command = Command::new("sh");
        command
            .args(["-c", "echo http://127.0.0.1:41234; echo more"])
            .stdout(Stdio::piped());
        let server = Server::start(&mut command).unwrap();
        assert_eq!(server.url, "http://127.0.0.1:41234");
    }

    #[test]
    fn a_server_that_says_nothing_is_an_error() {
        let mut command = Command::new("true");
        let error = Server::start(command.stdout(Stdio::piped())).err().unwrap();
        assert!(
            error.to_string().contains("ended before it said anything"),
            "{error}"
        );
    }
}
