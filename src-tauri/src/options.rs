//! The command line of the desktop app.

use std::ffi::OsString;

use crate::ShellError;

/// How the app was asked to start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Leave as soon as the first page is drawn: shows that the app starts on this system.
    pub exit_when_ready: bool,
}

impl Options {
    /// Reads the arguments that follow the program's name.
    ///
    /// # Errors
    /// [`ShellError::Argument`] names the first argument that the app does not know.
    pub fn from_args(args: impl IntoIterator<Item = OsString>) -> Result<Self, ShellError> {
        let mut options = Self::default();
        for arg in args {
            match arg.to_str() {
                Some("--exit-when-ready") => options.exit_when_ready = true,
                _ => return Err(ShellError::Argument(arg.to_string_lossy().into_owned())),
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_argument_opens_the_window_and_keeps_it() {
        let options = Options::from_args([]).unwrap();
        assert!(!options.exit_when_ready);
    }

    #[test]
    fn an_unknown_argument_is_named_in_the_error() {
        let error = Options::from_args(["--exit-when-ready".into(), "--nhanh".into()]).unwrap_err();
        assert!(error.to_string().contains("--nhanh"), "{error}");
    }
}
