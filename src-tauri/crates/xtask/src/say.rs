//! Lines that tell the person at the terminal what is being done.

use std::io::{Write as _, stdout};

/// A part of the work begins.
pub(crate) fn step(what: &str) {
    line(&format!("\n==> {what}"));
}

/// One thing inside a part.
pub(crate) fn detail(what: &str) {
    line(&format!("    {what}"));
}

/// Plain text. A closed pipe ends nothing: the work goes on unseen.
pub(crate) fn line(text: &str) {
    let mut out = stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}
