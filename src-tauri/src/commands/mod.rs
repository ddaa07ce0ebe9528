//! The commands that a page may call. This list is the only one: it registers them and the tests read it.

mod about;

use tauri::{Builder, Runtime};

macro_rules! commands {
    ($($module:ident :: $name:ident),+ $(,)?) => {
        /// Every registered command, by the name that the page uses.
        #[cfg(test)]
        const NAMES: &[&str] = &[$(stringify!($name)),+];

        /// Registers the commands; the window and the tests use the same ones.
        pub(crate) fn mount<R: Runtime>(builder: Builder<R>) -> Builder<R> {
            builder.invoke_handler(tauri::generate_handler![$($module::$name),+])
        }
    };
}

commands! {
    about::about,
    about::page_ready,
}

#[cfg(test)]
mod tests {
    use super::NAMES;

    const PERMISSIONS: &str = include_str!("../../permissions/app.toml");

    fn quoted<'a>(line: &'a str, before: &str) -> Vec<&'a str> {
        let Some(rest) = line.strip_prefix(before) else {
            return Vec::new();
        };
        rest.split('"').skip(1).step_by(2).collect()
    }

    #[test]
    fn every_command_has_a_permission_and_every_permission_a_command() {
        let mut allowed: Vec<&str> = PERMISSIONS
            .lines()
            .flat_map(|line| quoted(line, "commands.allow = "))
            .collect();
        let mut names = NAMES.to_vec();
        allowed.sort_unstable();
        names.sort_unstable();
        assert_eq!(
            allowed, names,
            "src-tauri/permissions/app.toml against the command list"
        );
    }

    #[test]
    fn the_window_holds_every_permission() {
        let granted: Vec<&str> = PERMISSIONS
            .lines()
            .flat_map(|line| quoted(line, "permissions = "))
            .collect();
        let mut wanted: Vec<String> = NAMES
            .iter()
            .map(|name| format!("allow-{}", name.replace('_', "-")))
            .collect();
        wanted.sort_unstable();
        assert_eq!(granted, wanted, "the default set names all of them, sorted");
    }
}
