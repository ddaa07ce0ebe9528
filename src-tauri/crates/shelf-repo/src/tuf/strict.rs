//! Every byte and every signature of all metadata, for `shelf verify REPO`.
//!
//! A client stops at what it needs, and a threshold of 2 of 3 hides a broken third signature. Here
//! nothing is hidden: each file has one spelling (canonical JSON, lower-case hexadecimal digits),
//! every signature in it is valid and from a key of its role, and its name says what it is.

use std::collections::BTreeMap;
use std::io;

use serde_json::Value;
use shelf_law::ContentHash;
use sigstore_tuf::TrustedMetadataSet;
use sigstore_tuf::metadata::Timestamp as TimestampRole;
use sigstore_tuf::metadata::{MetaFile, Metadata, Role, RoleKeys, Root, Snapshot, Targets};

use super::spelling::canonical_file;
use super::versions::numbered;
use super::{CONFIRMED_AT, HEAD_TARGET, TIMESTAMP, head_path};

/// One fault of one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The file's name under `/tuf`.
    pub file: String,
    /// What is wrong with it.
    pub reason: String,
}

/// What the check found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StrictReport {
    /// Whether the chain of roots contains the pinned root. Without one nothing says whose shelf it
    /// is.
    pub anchored: bool,
    /// Everything that is wrong; empty for a sound repository.
    pub faults: Vec<Fault>,
    /// Files checked.
    pub files: usize,
    /// The current head, where the way of a client to it is sound, whatever else is not.
    pub head: Option<Vec<u8>>,
}

impl StrictReport {
    fn fault(&mut self, file: &str, reason: impl ToString) {
        self.faults.push(Fault {
            file: file.to_string(),
            reason: reason.to_string(),
        });
    }
}

/// Checks all metadata of a repository. `names` are all files under `/tuf` (relative to it, with
/// `/`), `read` gives their bytes. Files that a killed publish left behind are checked like others
/// and are no fault when they are sound; a file that has no business here is one.
pub fn check_metadata(
    read: impl Fn(&str) -> io::Result<Option<Vec<u8>>>,
    names: &[String],
    pinned_root: Option<&[u8]>,
) -> StrictReport {
    let mut check = Check {
        files: BTreeMap::new(),
        heads: BTreeMap::new(),
        report: StrictReport::default(),
        roots: Vec::new(),
        chain: None,
    };
    check.report.files = names.len();
    for name in names {
        match read(name) {
            Ok(Some(bytes)) => check.sort_in(name, bytes),
            Ok(None) => check.report.fault(name, "it is listed but cannot be found"),
            Err(error) => check
                .report
                .fault(name, format!("it cannot be read: {error}")),
        }
    }
    check.roles(pinned_root);
    match check.walk() {
        // Read again, for the heads of years do not stay in memory.
        Ok(path) => check.report.head = read(&path).ok().flatten(),
        Err(fault)
            if check
                .report
                .faults
                .iter()
                .any(|known| known.file == fault.file) => {}
        Err(fault) => check.report.faults.push(fault),
    }
    check.report
}

struct Check<'a> {
    /// Metadata by name.
    files: BTreeMap<&'a str, Vec<u8>>,
    /// Heads that are what their name says, with their length.
    heads: BTreeMap<&'a str, u64>,
    report: StrictReport,
    /// The sound roots, oldest first.
    roots: Vec<Root>,
    /// The chain of roots as a client follows it.
    chain: Option<TrustedMetadataSet>,
}

impl<'a> Check<'a> {
    fn roles(&mut self, pinned_root: Option<&[u8]>) {
        let by_version = |role: &str| -> BTreeMap<u64, String> {
            let version = |name: &&str| Some((numbered(name, role)?, name.to_string()));
            self.files.keys().filter_map(version).collect()
        };
        let (roots, snapshots, targets) = (
            by_version("root"),
            by_version("snapshot"),
            by_version("targets"),
        );
        self.check_roots(&roots, pinned_root);

        for (version, name) in &targets {
            if let Some(role) = self.check_role::<Targets>(name, Some(*version), "targets") {
                self.check_head(name, &role);
            }
        }
        for (version, name) in &snapshots {
            if let Some(role) = self.check_role::<Snapshot>(name, Some(*version), "snapshot") {
                self.check_pins(name, &role.meta, "targets");
            }
        }
        self.check_timestamp();
    }

    /// Names: nothing but metadata, and heads under their hash.
    fn sort_in(&mut self, name: &'a str, bytes: Vec<u8>) {
        let is = |role: &&str| numbered(name, role).is_some();
        if name == TIMESTAMP || ["root", "snapshot", "targets"].iter().any(is) {
            self.files.insert(name, bytes);
        } else if head_path(&ContentHash::of(&bytes)) == name {
            self.heads.insert(name, bytes.len() as u64);
        } else if name.starts_with("targets/") && name.ends_with(HEAD_TARGET) {
            self.report
                .fault(name, "its SHA-256 is not the one in its name");
        } else {
            self.report.fault(name, "no such file belongs here");
        }
    }

    /// The way that a client takes, under the newest root, to the current head.
    fn walk(&self) -> Result<String, Fault> {
        let now = jiff::Timestamp::MIN;
        let fault = |file: &str, reason: String| Fault {
            file: file.to_string(),
            reason,
        };
        let missing = |name: &str| fault(name, "it is missing or damaged, and signed for".into());
        let file = |name: &str| self.files.get(name).ok_or_else(|| missing(name));
        let nothing = || fault(TIMESTAMP, "it leads to no head".to_string());
        let refused = |name: &str| {
            let name = name.to_string();
            move |error: sigstore_tuf::Error| Fault {
                file: name,
                reason: error.to_string(),
            }
        };
        let mut trusted = self.chain.clone().ok_or_else(nothing)?;
        trusted
            .update_timestamp(file(TIMESTAMP)?, now)
            .map_err(refused(TIMESTAMP))?;

        let pin = trusted
            .timestamp()
            .and_then(TimestampRole::snapshot_meta)
            .ok_or_else(nothing)?;
        let name = format!("{}.snapshot.json", pin.version);
        trusted
            .update_snapshot(file(&name)?, now)
            .map_err(refused(&name))?;

        let pin = trusted
            .snapshot()
            .and_then(|snapshot| snapshot.meta.get("targets.json"));
        let name = format!("{}.targets.json", pin.ok_or_else(nothing)?.version);
        let targets = trusted
            .update_targets(file(&name)?, now)
            .map_err(refused(&name))?;
        let path = head_of(targets).ok_or_else(nothing)?;
        match self.heads.contains_key(path.as_str()) {
            true => Ok(path),
            false => Err(missing(&path)),
        }
    }

    fn check_roots(&mut self, roots: &BTreeMap<u64, String>, pinned: Option<&[u8]>) {
        let pinned = pinned.and_then(|bytes| match Metadata::<Root>::from_slice(bytes) {
            Ok(root) => Some(root),
            Err(error) => {
                self.report
                    .fault("root.json", format!("the root given is none: {error}"));
                None
            }
        });
        for (version, name) in roots {
            let Some(root) = self.parse::<Root>(name, Some(*version)) else {
                continue;
            };
            let bytes = &self.files[name.as_str()];
            let linked = match &mut self.chain {
                Some(chain) => chain.update_root(bytes),
                none => TrustedMetadataSet::from_root(bytes).map(|first| *none = Some(first)),
            };
            if let Err(error) = linked {
                self.report.fault(name, error);
            }
            // A root is signed by the keys of the root before it and by its own.
            let mut authorities: Vec<Root> = self.roots.last().cloned().into_iter().collect();
            authorities.push(root.signed().clone());
            self.check_signatures(name, &root, "root", &authorities);
            if let Some(pinned) = &pinned
                && pinned.signed_canonical() == root.signed_canonical()
            {
                self.report.anchored = true;
            }
            self.roots.push(root.into_signed());
        }
        if roots.is_empty() {
            self.report.fault("1.root.json", "no root is there");
        }
        if pinned.is_some() && !self.report.anchored {
            let reason = "the root given is not in the repository's chain of roots";
            self.report.fault("root.json", reason);
        }
    }

    fn check_timestamp(&mut self) {
        if !self.files.contains_key(TIMESTAMP) {
            return self
                .report
                .fault(TIMESTAMP, "it is missing: not a shelf, or never published");
        }
        let Some(role) = self.check_role::<TimestampRole>(TIMESTAMP, None, "timestamp") else {
            return;
        };
        let confirmed = role.extra.get(CONFIRMED_AT).and_then(Value::as_str);
        if confirmed.is_none_or(|text| text.parse::<jiff::Timestamp>().is_err()) {
            self.report
                .fault(TIMESTAMP, format!("{CONFIRMED_AT} is no time"));
        }
        self.check_pins(TIMESTAMP, &role.meta, "snapshot");
    }

    /// A file of an online role: canonical, and each signature valid under one of the roots (files
    /// from before a change of keys stay in the repository). The timestamp must be the newest's.
    fn check_role<T: Role>(&mut self, name: &str, version: Option<u64>, role: &str) -> Option<T> {
        let metadata = self.parse::<T>(name, version)?;
        let since = if role == "timestamp" {
            self.roots.len().saturating_sub(1)
        } else {
            0
        };
        let authorities = self.roots[since..].to_vec();
        self.check_signatures(name, &metadata, role, &authorities);
        Some(metadata.into_signed())
    }

    fn parse<T: Role>(&mut self, name: &str, version: Option<u64>) -> Option<Metadata<T>> {
        let bytes = self.files.get(name)?;
        match canonical_file(bytes)
            .and_then(|()| Metadata::<T>::from_slice(bytes).map_err(|error| error.to_string()))
        {
            Ok(metadata) => {
                let inside = metadata.signed().version();
                if version.is_some_and(|version| version != inside) {
                    self.report
                        .fault(name, format!("it carries version {inside}"));
                }
                Some(metadata)
            }
            Err(reason) => {
                self.report.fault(name, reason);
                None
            }
        }
    }

    /// Every signature is valid and from a key of the role in one of `authorities`, and for one of
    /// them the threshold is met.
    fn check_signatures<T: Role>(
        &mut self,
        name: &str,
        metadata: &Metadata<T>,
        role: &str,
        authorities: &[Root],
    ) {
        for signature in metadata.signatures() {
            let by_key = |root: &Root| {
                let known = root
                    .role(role)
                    .is_some_and(|r| r.keyids.contains(&signature.keyid));
                let only = one_key(&signature.keyid);
                known && metadata.verify_threshold(&root.keys, &only, role).is_ok()
            };
            if !authorities.iter().any(by_key) {
                let reason = format!(
                    "the signature by key {} is not valid for the role {role}",
                    signature.keyid
                );
                self.report.fault(name, reason);
            }
        }
        let enough = |root: &Root| {
            root.role(role)
                .is_some_and(|keys| metadata.verify_threshold(&root.keys, keys, role).is_ok())
        };
        if !authorities.iter().any(enough) {
            self.report.fault(
                name,
                format!("too few valid signatures for the role {role}"),
            );
        }
    }

    /// `meta` names exactly the role's file, and the file of that version, where it is there, is the
    /// one named.
    fn check_pins(&mut self, name: &str, meta: &BTreeMap<String, MetaFile>, role: &str) {
        let pin = match meta.get(&format!("{role}.json")) {
            Some(pin) if meta.len() == 1 => pin,
            _ => {
                return self
                    .report
                    .fault(name, format!("it must name {role}.json and no other"));
            }
        };
        let hash = pin.hashes.as_ref().and_then(|hashes| hashes.get("sha256"));
        let (Some(hash), Some(length)) = (hash, pin.length) else {
            return self
                .report
                .fault(name, format!("it names {role}.json without length or hash"));
        };
        let pinned = format!("{}.{role}.json", pin.version);
        let differs = self.files.get(pinned.as_str()).is_some_and(|bytes| {
            bytes.len() as u64 != length || ContentHash::of(bytes).to_string() != *hash
        });
        if differs {
            self.report
                .fault(&pinned, format!("it is not the file that {name} names"));
        }
    }

    /// A targets file names the head and nothing else, with the length that the head has.
    fn check_head(&mut self, name: &str, targets: &Targets) {
        let (Some(target), Some(path)) = (targets.target(HEAD_TARGET), head_of(targets)) else {
            return self
                .report
                .fault(name, "it names no head.json with a SHA-256");
        };
        if targets.targets.len() != 1 || targets.delegations.is_some() {
            self.report.fault(name, "it names more than head.json");
        }
        let head = self.heads.get(path.as_str());
        if head.is_some_and(|length| *length != target.length) {
            self.report
                .fault(&path, format!("its length is not the one in {name}"));
        }
    }
}

fn head_of(targets: &Targets) -> Option<String> {
    let hash = targets.target(HEAD_TARGET)?.hashes.get("sha256")?;
    Some(head_path(&hash.parse().ok()?))
}

fn one_key(id: &str) -> RoleKeys {
    serde_json::from_value(serde_json::json!({"keyids": [id], "threshold": 1}))
        .expect("a role of one key is well-formed")
}
