//! The commands that a page may call. This list is the only one: it registers them and the tests read it.

mod document;
mod find;
mod home;
mod marks;
mod media;
mod requests;
mod start;
mod sync;

pub(crate) use document::parsed;
pub(crate) use marks::needs_review;
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
    document::blocks,
    document::citation,
    document::document,
    document::find_in_document,
    document::jump,
    document::popover,
    document::position_put,
    document::related_more,
    find::forget_history,
    find::list,
    find::preview,
    find::recent_searches,
    find::search,
    find::suggest,
    home::home,
    marks::folder_put,
    marks::folder_remove,
    marks::folder_restore,
    marks::mark_put,
    marks::mark_remove,
    marks::mark_restore,
    marks::marks,
    media::media,
    media::object_save,
    media::pdf_close,
    media::pdf_open,
    media::pdf_page_text,
    media::print,
    requests::request_put,
    requests::request_remove,
    requests::request_restore,
    requests::requests,
    start::about,
    start::page_left,
    start::page_ready,
    start::settings_change,
    start::start,
    start::visit_end,
    start::visit_start,
    sync::collections_choose,
    sync::pick_folder,
    sync::pick_root_file,
    sync::root_read,
    sync::sync_cancel,
    sync::sync_check,
    sync::sync_pause,
    sync::sync_start,
    sync::sync_state,
    sync::unwant,
    sync::want,
    sync::wants,
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
}
