//! What a person chose: typed, with a default for everything.

use crate::{Error, ErrorCode};
use std::collections::BTreeMap;

/// Sizes of text on offer, in percent.
pub const TEXT_SIZES: [u16; 6] = [100, 112, 125, 150, 175, 200];
const LONGEST_NAME: usize = 200;

/// Light or dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// As the system is.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The language of the window, not of the documents.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

/// All settings of a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Light or dark.
    pub theme: Theme,
    /// Size of text in percent, one of [`TEXT_SIZES`].
    pub text_size: u16,
    /// Language of the window.
    pub language: Language,
    /// The person's commune or ward ("Xã của tôi"), as it was typed or chosen.
    pub commune: Option<String>,
    /// The former province that it belonged to ("Gia Lai (cũ)", "Bình Định (cũ)").
    pub former_province: Option<String>,
    /// Whether single letters are shortcuts.
    pub single_keys: bool,
    /// Whether lists show what is no longer in force.
    pub show_expired: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            theme: Theme::default(),
            text_size: 100,
            language: Language::default(),
            commune: None,
            former_province: None,
            single_keys: true,
            show_expired: false,
        }
    }
}

/// Settings to change; what is `None` stays as it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SettingsPatch {
    /// Light or dark.
    pub theme: Option<Theme>,
    /// Size of text in percent, one of [`TEXT_SIZES`].
    pub text_size: Option<u16>,
    /// Language of the window.
    pub language: Option<Language>,
    /// The commune; `Some(None)`, like an empty name, is none.
    pub commune: Option<Option<String>>,
    /// The former province; `Some(None)`, like an empty name, is none.
    pub former_province: Option<Option<String>>,
    /// Whether single letters are shortcuts.
    pub single_keys: Option<bool>,
    /// Whether lists show what is no longer in force.
    pub show_expired: Option<bool>,
}

const THEME: &str = "theme";
const TEXT_SIZE: &str = "text_size";
const LANGUAGE: &str = "language";
const COMMUNE: &str = "commune";
const FORMER_PROVINCE: &str = "former_province";
const SINGLE_KEYS: &str = "single_keys";
const SHOW_EXPIRED: &str = "show_expired";

const THEMES: [(&str, Theme); 3] = [
    ("system", Theme::System),
    ("light", Theme::Light),
    ("dark", Theme::Dark),
];
const LANGUAGES: [(&str, Language); 2] = [("vi", Language::Vi), ("en", Language::En)];
const SWITCH: [(&str, bool); 2] = [("true", true), ("false", false)];

impl Settings {
    /// Reads stored values; keys of a newer program are none of ours.
    pub(super) fn read(stored: &BTreeMap<String, String>) -> Settings {
        let default = Settings::default();
        let text = |key| stored.get(key).filter(|text| !text.is_empty()).cloned();
        let size = |text: &str| {
            let size = text.parse().ok()?;
            TEXT_SIZES.contains(&size).then_some(size)
        };
        Settings {
            theme: value(stored, THEME, default.theme, |text| find(&THEMES, text)),
            text_size: value(stored, TEXT_SIZE, default.text_size, size),
            language: value(stored, LANGUAGE, default.language, |text| {
                find(&LANGUAGES, text)
            }),
            commune: text(COMMUNE),
            former_province: text(FORMER_PROVINCE),
            single_keys: value(stored, SINGLE_KEYS, default.single_keys, |text| {
                find(&SWITCH, text)
            }),
            show_expired: value(stored, SHOW_EXPIRED, default.show_expired, |text| {
                find(&SWITCH, text)
            }),
        }
    }
}

impl SettingsPatch {
    /// The keys to set and to forget.
    pub(super) fn changes(&self) -> Result<Vec<(&'static str, Option<String>)>, Error> {
        let mut changes = Vec::new();
        let mut set = |key, value: Option<String>| changes.push((key, value));
        if let Some(theme) = self.theme {
            set(THEME, name(&THEMES, theme));
        }
        if let Some(size) = self.text_size {
            if !TEXT_SIZES.contains(&size) {
                return Err(Error::new(
                    ErrorCode::BadInput,
                    format!("{size}: no size of text; choose one of {TEXT_SIZES:?} percent"),
                ));
            }
            set(TEXT_SIZE, Some(size.to_string()));
        }
        if let Some(language) = self.language {
            set(LANGUAGE, name(&LANGUAGES, language));
        }
        if let Some(commune) = &self.commune {
            set(COMMUNE, one_line(commune.as_deref())?);
        }
        if let Some(province) = &self.former_province {
            set(FORMER_PROVINCE, one_line(province.as_deref())?);
        }
        if let Some(on) = self.single_keys {
            set(SINGLE_KEYS, name(&SWITCH, on));
        }
        if let Some(on) = self.show_expired {
            set(SHOW_EXPIRED, name(&SWITCH, on));
        }
        Ok(changes)
    }
}

/// The stored value, or the default where there is none or none that can be read.
fn value<T>(
    stored: &BTreeMap<String, String>,
    key: &str,
    default: T,
    read: impl FnOnce(&str) -> Option<T>,
) -> T {
    let Some(text) = stored.get(key) else {
        return default;
    };
    read(text).unwrap_or_else(|| {
        tracing::warn!(key, text, "not a value of this setting; the default counts");
        default
    })
}

fn find<T: Copy>(names: &[(&str, T)], text: &str) -> Option<T> {
    let found = names.iter().find(|(name, _)| *name == text);
    found.map(|(_, value)| *value)
}

fn name<T: PartialEq>(names: &[(&str, T)], wanted: T) -> Option<String> {
    let found = names.iter().find(|(_, value)| *value == wanted);
    found.map(|(name, _)| (*name).to_string())
}

fn one_line(text: Option<&str>) -> Result<Option<String>, Error> {
    let text = shelf_law::fold::normalise(text.unwrap_or_default());
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > LONGEST_NAME {
        return Err(Error::new(
            ErrorCode::BadInput,
            format!("a name of more than {LONGEST_NAME} characters is none of a place; shorten it"),
        ));
    }
    Ok((!text.is_empty()).then_some(text))
}
