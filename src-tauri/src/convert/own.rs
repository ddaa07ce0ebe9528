//! The reader's own data: settings, places, marks, requests.

use crate::dto::{self, Failure};
use shelf_engine::{library, profile};

same_names!(profile::Theme => dto::Theme { System, Light, Dark });
same_names!(dto::Theme => profile::Theme { System, Light, Dark });
same_names!(profile::Language => dto::Language { Vi, En });
same_names!(dto::Language => profile::Language { Vi, En });

impl From<profile::Settings> for dto::Settings {
    fn from(settings: profile::Settings) -> dto::Settings {
        dto::Settings {
            theme: settings.theme.into(),
            text_size: settings.text_size,
            language: settings.language.into(),
            commune: settings.commune,
            former_province: settings.former_province,
            single_keys: settings.single_keys,
            show_expired: settings.show_expired,
        }
    }
}

impl From<dto::SettingsPatch> for profile::SettingsPatch {
    fn from(patch: dto::SettingsPatch) -> profile::SettingsPatch {
        // An empty name clears what was set.
        let named = |name: Option<String>| {
            name.map(|name| Some(name).filter(|name| !name.trim().is_empty()))
        };
        profile::SettingsPatch {
            theme: patch.theme.map(Into::into),
            text_size: patch.text_size,
            language: patch.language.map(Into::into),
            commune: named(patch.commune),
            former_province: named(patch.former_province),
            single_keys: patch.single_keys,
            show_expired: patch.show_expired,
        }
    }
}

impl From<profile::Place> for dto::Place {
    fn from(place: profile::Place) -> dto::Place {
        dto::Place {
            provision: place.provision.map(|id| id.to_string()),
            object: place.object.map(|hash| hash.to_string()),
            page: place.page,
            time_ms: place.time_ms,
        }
    }
}

impl dto::Place {
    pub(crate) fn parse(self) -> Result<profile::Place, Failure> {
        use crate::commands::parsed;
        Ok(profile::Place {
            provision: self.provision.as_deref().map(parsed).transpose()?,
            object: self.object.as_deref().map(parsed).transpose()?,
            page: self.page,
            time_ms: self.time_ms,
        })
    }
}

impl dto::Mark {
    pub(crate) fn of(
        mark: profile::Mark,
        state: library::MarkState,
        line: Option<dto::DocumentLine>,
    ) -> dto::Mark {
        dto::Mark {
            id: mark.id,
            document: mark.document.to_string(),
            line,
            place: mark.place.into(),
            quote: mark.quote,
            title: mark.title,
            label: mark.label,
            note: mark.note,
            colour: mark.colour,
            folder: mark.folder,
            created_at: mark.created_at.to_string(),
            changed_at: mark.changed_at.to_string(),
            needs_review: crate::commands::needs_review(&state),
            today: state.into(),
        }
    }
}

impl From<library::MarkState> for dto::MarkState {
    fn from(state: library::MarkState) -> dto::MarkState {
        dto::MarkState {
            document: state.document.map(Into::into),
            as_of: state.as_of.map(|day| day.to_string()),
            provision: state.provision.into(),
            changed: state.changed,
            orphan: state.orphan,
            withdrawn: state.withdrawn.map(Into::into),
            not_here: state.not_here,
        }
    }
}

impl From<profile::Folder> for dto::Folder {
    fn from(folder: profile::Folder) -> dto::Folder {
        dto::Folder {
            id: folder.id,
            name: folder.name,
            marks: folder.marks,
        }
    }
}

impl From<profile::Request> for dto::Request {
    fn from(request: profile::Request) -> dto::Request {
        dto::Request {
            id: request.id,
            question: request.question,
            field: request.field,
            searched: request.searched.map(|searched| dto::Searched {
                words: searched.words,
                filters: searched.filters,
            }),
            made_at: request.made_at.to_string(),
        }
    }
}

impl From<dto::RequestDraft> for profile::RequestDraft {
    fn from(draft: dto::RequestDraft) -> profile::RequestDraft {
        profile::RequestDraft {
            question: draft.question,
            field: draft.field,
            searched: draft.searched.map(|searched| profile::Searched {
                words: searched.words,
                filters: searched.filters,
            }),
        }
    }
}
