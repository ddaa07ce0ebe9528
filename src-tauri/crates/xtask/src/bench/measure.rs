//! One command as a whole process: wall time, peak memory, its answer.

use crate::process;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What one run took.
pub(crate) struct Measured {
    pub(crate) wall: Duration,
    /// The most memory the process held at once, in bytes; 0 where the system does not tell.
    pub(crate) peak: u64,
    /// Its one JSON value.
    pub(crate) answer: Value,
}

/// Runs a command that answers with one JSON value.
pub(crate) fn json(command: &mut Command) -> Result<Measured> {
    let begun = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start `{}`", process::shown(command)))?;
    let mut stdout = child.stdout.take().context("no stdout")?;
    let reading = std::thread::spawn(move || {
        let mut text = String::new();
        stdout.read_to_string(&mut text).map(|_| text)
    });
    let peak = watch(&mut child).with_context(|| process::shown(command))?;
    let wall = begun.elapsed();
    let text = reading
        .join()
        .map_err(|_| anyhow::anyhow!("reading its output failed"))??;
    let answer = serde_json::from_str(&text)
        .with_context(|| format!("`{}` wrote no JSON value", process::shown(command)))?;
    Ok(Measured { wall, peak, answer })
}

/// Waits for a process to succeed and says how much memory it held at most, in bytes.
pub(crate) fn watch(child: &mut Child) -> Result<u64> {
    let mut peak = 0;
    loop {
        peak = peak.max(high_water(child.id()));
        match child.try_wait()? {
            Some(status) if status.success() => return Ok(peak),
            Some(status) => bail!("it ended with {status}"),
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

/// The kernel's own high-water mark of a process.
fn high_water(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.trim().strip_suffix(" kB"))
        .and_then(|number| number.trim().parse::<u64>().ok())
        .unwrap_or(0)
        * 1024
}

/// Bytes of all files below a folder.
pub(crate) fn bytes_of(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => bytes_of(&entry.path()),
            Ok(metadata) => metadata.len(),
            Err(_) => 0,
        })
        .sum()
}

/// Megabytes with one decimal.
#[allow(clippy::cast_precision_loss)]
pub(crate) fn mb(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / 1e6)
}
