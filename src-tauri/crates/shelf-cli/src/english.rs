//! The English help.

/// What a command is for, by its name below `shelf`.
pub(crate) fn about(command: &str) -> Option<&'static str> {
    Some(match command {
        "shelf" => "A bookshelf of law: publish, sync, and find and read with no network",
        "keys" => "Keys of a publisher",
        "init" => "Make the three root keys and the signing key of a new shelf",
        "ingest" => {
            "Read files, folders and .jsonl[.zst] into a workspace; repeating changes nothing"
        }
        "review" => "List what was read in; approve or withdraw",
        "publish" => "Release what is approved",
        "workspace" => "Save a workspace to one file, or make one from it",
        "backup" => {
            "Save documents, approvals, originals and the signing key; root keys are left out"
        }
        "restore" => "Make a workspace from a backup, in a new folder",
        "serve" => "Serve a published repository on this machine; stop with Ctrl+C",
        "sync" => "Bring a shelf from a web address or a folder (USB)",
        "search" => "Find provisions, with no network",
        "show" => "Read a document or one of its provisions",
        "want" => "Ask for a document that is not on this machine; the next sync receives it",
        "verify" => "Check every signature and hash of a repository or of a data folder",
        _ => return None,
    })
}

/// What an argument of a command is for.
pub(crate) fn argument(command: &str, argument: &str) -> Option<&'static str> {
    Some(match (command, argument) {
        ("init", "workspace") => "Workspace folder; created, never overwritten",
        ("restore", "workspace") => "Workspace folder to make",
        ("backup", "to") => "The file to write; never overwritten",
        ("publish", "to") => "Folder of the repository",
        ("review", "approve") => "What to approve: id, number, source key or file name",
        ("sync", "root") => "root.json of the publisher; needed the first time only",
        ("sync", "collection") => "Collections to keep on this machine; all where not given",
        ("serve", "folder") => "Folder of the repository",
        (_, "lang") => "Language: vi (default) or en; or set SHELF_LANG",
        (_, "help") => "Show this help",
        (_, "version") => "Show the version",
        (_, "json") => "Write one JSON value and nothing else",
        (_, "workspace") => "Workspace folder",
        (_, "home") => "Data folder; the account's own where not given",
        (_, "passphrase_file") => "File whose first line encrypts the root keys",
        (_, "shelf_name") => "Name of the shelf as readers see it",
        (_, "from") => "The backup",
        (_, "inputs") => "Files, folders, .jsonl or .jsonl.zst",
        (_, "list") => "List (CSV or XLSX): each row describes one file",
        (_, "collection") => "Collection for what names none itself",
        (_, "approve") => "Approve at once what was read",
        (_, "approve_all") => "Approve everything that waits",
        (_, "withdraw") => "What to take off the shelf: id, number, source key or file name",
        (_, "reason") => "Why, as readers will see it; only with --withdraw",
        (_, "take_over") => {
            "Publish over what another copy of this workspace published; only where that copy is gone for good"
        }
        (_, "rebuild") => "Write everything anew: for a repository whose files are damaged",
        (_, "port") => "Port on this machine; a free one where not given",
        (_, "source") => "Web address or folder",
        (_, "query") => "What to find: words with or without accents, a number, a citation",
        (_, "queries") => "File of JSON lines with a query each",
        (_, "field") => "Field of those lines that holds the query; default: text",
        (_, "limit") => "Hits at most, from 1; default: 10",
        (_, "provisions") => "Provisions rather than documents",
        (_, "exactly") => "Search the words as typed: read nothing into them, not even a citation",
        ("want", "document") => "Id, source key or number; where not given, what is waited for",
        (_, "remove") => "Ask for it no longer",
        (_, "document") => {
            "Id, source key, number or file name; with #dieu_5.khoan_1 or '#khoản 1 Điều 5' for that place only"
        }
        (_, "outline") => "List the provisions with their ids only",
        (_, "folder") => "Repository folder or data folder",
        (_, "root") => "root.json to hold it against",
        _ => return None,
    })
}
