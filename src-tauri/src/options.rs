//! The command line of the desktop app.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::ShellError;

/// How the app was asked to start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Leave as soon as the first page is drawn: shows that the app starts on this system.
    pub exit_when_ready: bool,
    /// The data folder; the account's own where none is named.
    pub home: Option<PathBuf>,
    /// Where the shelf comes from, until the person sets another source.
    pub source: Option<String>,
    /// The root to trust on a machine that trusts none yet.
    pub root: Option<PathBuf>,
    /// Every reader is a guest, as on a library's shared PC.
    pub guest: bool,
    /// Receive the shelf at once, without waiting for somebody to press the button.
    pub sync: bool,
    /// A clock that stands still, for pictures and tests that must come out the same each time.
    pub clock: Option<jiff::Timestamp>,
}

/// What `--help` prints.
pub(crate) const HELP: &str = "\
tusach – tủ sách pháp luật trên máy này (the legal bookshelf on this PC)

  --home THƯ-MỤC       thư mục dữ liệu / data folder
  --source ĐỊA-CHỈ     nguồn tủ sách: địa chỉ web hay thư mục / where the shelf comes from
  --root TỆP           khóa gốc để tin trên máy mới / the root to trust on a new machine
  --guest              mọi người đọc đều là khách / every reader is a guest
  --sync               mở ra là đồng bộ ngay / receive the shelf at once
  --exit-when-ready    mở, vẽ xong trang đầu thì thoát / leave once the first page is drawn
  --help, --version
";

/// What the arguments ask for.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// Open the window.
    Open(Options),
    /// Print this and leave.
    Print(String),
}

impl Options {
    /// Reads the arguments that follow the program's name.
    ///
    /// # Errors
    /// [`ShellError::Argument`] names the first argument that the app does not know, and one that
    /// lacks its value.
    pub fn from_args(args: impl IntoIterator<Item = OsString>) -> Result<Asked, ShellError> {
        let mut options = Self::default();
        let mut args = args.into_iter();
        while let Some(arg) = args.next() {
            let mut value = || {
                let missing = || ShellError::Value(arg.to_string_lossy().into_owned());
                args.next().ok_or_else(missing)
            };
            match arg.to_str() {
                Some("--exit-when-ready") => options.exit_when_ready = true,
                Some("--guest") => options.guest = true,
                Some("--sync") => options.sync = true,
                Some("--home") => options.home = Some(value()?.into()),
                Some("--root") => options.root = Some(value()?.into()),
                Some("--source") => options.source = Some(value()?.to_string_lossy().into_owned()),
                Some("--help" | "-h") => return Ok(Asked::Print(HELP.to_owned())),
                Some("--version") => {
                    return Ok(Asked::Print(format!(
                        "tusach {}\n",
                        env!("CARGO_PKG_VERSION")
                    )));
                }
                _ => return Err(ShellError::Argument(arg.to_string_lossy().into_owned())),
            }
        }
        Ok(Asked::Open(options))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> Result<Asked, ShellError> {
        Options::from_args(args.iter().map(OsString::from))
    }

    #[test]
    fn no_argument_opens_the_window_and_keeps_it() {
        assert_eq!(read(&[]).unwrap(), Asked::Open(Options::default()));
    }

    #[test]
    fn an_option_takes_the_argument_that_follows_it() {
        let Asked::Open(options) =
            read(&["--home", "/a b", "--source", "http://127.0.0.1:1"]).unwrap()
        else {
            panic!("it opens");
        };
        assert_eq!(options.home, Some(PathBuf::from("/a b")));
        assert_eq!(options.source.as_deref(), Some("http://127.0.0.1:1"));
        assert!(!options.sync, "nothing is received unasked");
    }

    #[test]
    fn an_unknown_argument_and_a_missing_value_are_named_in_the_error() {
        let error = read(&["--exit-when-ready", "--nhanh"]).unwrap_err();
        assert!(error.to_string().contains("--nhanh"), "{error}");
        let error = read(&["--home"]).unwrap_err();
        assert!(error.to_string().contains("--home"), "{error}");
    }
}
