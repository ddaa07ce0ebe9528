//! A screen in memory, for windows where nobody looks.

use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::{
    journey,
    process::{Background, PATIENCE},
    project::Project,
};

/// Xvfb, until dropped.
pub(crate) struct Display {
    name: String,
    _running: Background,
}

impl Display {
    /// Starts a screen of 1366×768, the smallest that the screens are drawn for.
    pub(crate) fn start(project: &Project) -> Result<Self> {
        let mut xvfb = project.command("Xvfb");
        // Xvfb looks for a free display itself and writes its number.
        xvfb.args(["-displayfd", "1", "-screen", "0", "1366x768x24"])
            .args(["-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let (running, streams) = Background::start(&mut xvfb)?;
        let number = journey::first_line(streams.stdout.context("Xvfb has no stdout")?, PATIENCE)?;
        Ok(Self {
            name: format!(":{number}"),
            _running: running,
        })
    }

    /// Lets a program open its windows here.
    pub(crate) fn show(&self, command: &mut Command) {
        command
            .env("DISPLAY", &self.name)
            .env_remove("WAYLAND_DISPLAY")
            .env("NO_AT_BRIDGE", "1");
    }
}
