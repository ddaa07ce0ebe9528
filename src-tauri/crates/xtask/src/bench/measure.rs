//! One command as a whole process: wall time, peak memory, its answer.

use crate::process;
use anyhow::{Context, Result, bail, ensure};
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
    json_from(command, Stdio::null(), Stdio::null())
}

/// Runs a command that reads what another writes and answers with one JSON value; the memory is that
/// of the reading one.
pub(super) fn json_of_both(writes: &mut Command, reads: &mut Command) -> Result<Measured> {
    let mut writer = writes
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start `{}`", process::shown(writes)))?;
    let text = writer.stdout.take().context("no stdout")?;
    let measured = json_from(reads, text.into(), Stdio::inherit());
    // A command keeps its end of the pipe, on which the writer would wait for ever.
    reads.stdin(Stdio::null());
    let status = writer.wait()?;
    let measured = measured?;
    ensure!(
        status.success(),
        "`{}` ended with {status}",
        process::shown(writes)
    );
    Ok(measured)
}

/// Runs a command that writes JSON Lines, which are kept in `out`; says them, and the most memory that
/// it held, in bytes.
pub(super) fn lines(command: &mut Command, out: &Path) -> Result<(Vec<Value>, u64)> {
    let file =
        std::fs::File::create(out).with_context(|| format!("cannot write {}", out.display()))?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::from(file))
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start `{}`", process::shown(command)))?;
    let peak = watch(&mut child).with_context(|| process::shown(command))?;
    let text =
        std::fs::read_to_string(out).with_context(|| format!("cannot read {}", out.display()))?;
    let rows = text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .with_context(|| format!("{} is not JSON Lines", out.display()))?;
    Ok((rows, peak))
}

fn json_from(command: &mut Command, input: Stdio, errors: Stdio) -> Result<Measured> {
    let begun = Instant::now();
    let mut child = command
        .stdin(input)
        .stdout(Stdio::piped())
        .stderr(errors)
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
