//! What can be typed. Other programs rely on these names: grow them, don't rename them.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Tủ sách pháp luật: the publisher's side and the reader's side without a window.
#[derive(Parser, Debug)]
#[command(name = "shelf", version, about, propagate_version = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Keys of a publisher
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Read files, folders and .jsonl[.zst] into a workspace; repeating changes nothing
    Ingest(IngestArgs),
    /// List what was read in; approve or withdraw
    Review(ReviewArgs),
    /// Release what is approved
    Publish(PublishArgs),
    /// Save a workspace to one file, or make one from it
    #[command(subcommand)]
    Workspace(WorkspaceCommand),
    /// Serve a repository folder on this machine
    Serve(ServeArgs),
    /// Bring a shelf from a web address or a folder
    Sync(SyncArgs),
    /// Find provisions, with no network
    Search(SearchArgs),
    /// Read a document or one of its provisions
    Show(ShowArgs),
    /// Check every signature and hash of a repository or of a data folder
    Verify(VerifyArgs),
}

#[derive(Subcommand, Debug)]
pub(crate) enum KeysCommand {
    /// Make the three root keys and the online key of a new shelf
    Init {
        /// Workspace folder; created, never overwritten
        #[arg(long)]
        workspace: PathBuf,
        /// File whose first line encrypts the root keys
        #[arg(long)]
        passphrase_file: Option<PathBuf>,
        /// Name of the shelf as readers see it
        #[arg(long)]
        shelf_name: Option<String>,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand, Debug)]
pub(crate) enum WorkspaceCommand {
    /// Save approvals, documents, originals and the online key; root keys are left out
    Backup {
        #[arg(long)]
        workspace: PathBuf,
        /// The file to write; never overwritten
        #[arg(long)]
        to: PathBuf,
        #[arg(long)]
        json: bool,
    },
    /// Make a workspace from a backup, in a new folder
    Restore {
        /// The backup
        #[arg(long)]
        from: PathBuf,
        #[arg(long)]
        workspace: PathBuf,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args, Debug)]
pub(crate) struct IngestArgs {
    /// Files, folders, .jsonl or .jsonl.zst
    #[arg(required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// Workspace folder
    #[arg(long)]
    pub(crate) workspace: PathBuf,
    /// List with the fields of the files (CSV or XLSX)
    #[arg(long)]
    pub(crate) list: Option<PathBuf>,
    /// Collection for what names none itself
    #[arg(long)]
    pub(crate) collection: Option<String>,
    /// Approve what was read at once
    #[arg(long)]
    pub(crate) approve: bool,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ReviewArgs {
    #[arg(long)]
    pub(crate) workspace: PathBuf,
    /// Ids or source keys to approve
    #[arg(long, num_args = 1.., conflicts_with = "withdraw")]
    pub(crate) approve: Vec<String>,
    /// Approve everything that waits
    #[arg(long, conflicts_with_all = ["approve", "withdraw"])]
    pub(crate) approve_all: bool,
    /// Id or source key to take off the shelf
    #[arg(long, requires = "reason")]
    pub(crate) withdraw: Option<String>,
    /// Why, as readers will see it
    #[arg(long)]
    pub(crate) reason: Option<String>,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct PublishArgs {
    #[arg(long)]
    pub(crate) workspace: PathBuf,
    /// Folder of the repository
    #[arg(long)]
    pub(crate) to: String,
    /// Write everything anew: for a repository whose files are damaged
    #[arg(long)]
    pub(crate) rebuild: bool,
    /// Publish over what another copy of this workspace published: for a restored workspace whose
    /// other copy is gone for good
    #[arg(long)]
    pub(crate) take_over: bool,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ServeArgs {
    pub(crate) folder: PathBuf,
    /// Port on the loopback address; a free one where not given
    #[arg(long, default_value_t = 0)]
    pub(crate) port: u16,
}

#[derive(Args, Debug)]
pub(crate) struct SyncArgs {
    /// Web address or folder
    pub(crate) source: String,
    #[arg(long)]
    pub(crate) home: Option<PathBuf>,
    /// Root to trust, for a data folder that trusts none yet
    #[arg(long)]
    pub(crate) root: Option<PathBuf>,
    /// Collections to keep on this machine; default: all
    #[arg(long)]
    pub(crate) collection: Vec<String>,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct SearchArgs {
    #[arg(required_unless_present = "queries", conflicts_with = "queries")]
    pub(crate) query: Option<String>,
    /// File of JSON lines with a query each
    #[arg(long)]
    pub(crate) queries: Option<PathBuf>,
    /// Field of those lines that holds the query
    #[arg(long, default_value = "text")]
    pub(crate) field: String,
    #[arg(long)]
    pub(crate) home: Option<PathBuf>,
    #[arg(long, default_value_t = 10)]
    pub(crate) limit: usize,
    /// Provisions rather than documents
    #[arg(long)]
    pub(crate) provisions: bool,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ShowArgs {
    /// Id, source key or number, and #provision where only that is wanted
    pub(crate) document: String,
    #[arg(long)]
    pub(crate) home: Option<PathBuf>,
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct VerifyArgs {
    /// Repository folder or data folder
    pub(crate) folder: PathBuf,
    /// Root to hold it against
    #[arg(long)]
    pub(crate) root: Option<PathBuf>,
    #[arg(long)]
    pub(crate) json: bool,
}
