//! From the engine's types to those of the page, and back.

use crate::dto;
use shelf_engine::law::understanding::{Part, PartKind};
use shelf_engine::law::{Product, ValidityState};
use shelf_engine::{Error, library};

/// Turns one closed list into another with the same names.
macro_rules! same_names {
    ($from:ty => $to:ty { $($name:ident),+ $(,)? }) => {
        impl From<$from> for $to {
            fn from(value: $from) -> $to {
                match value {
                    $(<$from>::$name => <$to>::$name),+
                }
            }
        }
    };
}

mod own;
mod page;
mod shelf;

same_names!(ValidityState => dto::ValidityState {
    NotYet, InForce, PartlyExpired, Expired, Suspended, PartlySuspended, NoLongerSuitable, Unknown,
});
same_names!(dto::ValidityState => ValidityState {
    NotYet, InForce, PartlyExpired, Expired, Suspended, PartlySuspended, NoLongerSuitable, Unknown,
});
same_names!(PartKind => dto::UnderstoodKind {
    Abbreviation, LayWord, Unit, Authority, Citation, Kind, Year, Exact,
});
same_names!(Product => dto::Product {
    Outline, Book, Handbook, Leaflet, LegalStory, Skit, Video, ELecture, News, Feature, Qa,
    Loudspeaker, Form, Audio,
});
same_names!(dto::Product => Product {
    Outline, Book, Handbook, Leaflet, LegalStory, Skit, Video, ELecture, News, Feature, Qa,
    Loudspeaker, Form, Audio,
});
same_names!(library::BasisState => dto::BasisState { Ok, Changed, Dead, Unknown });
same_names!(dto::SearchSort => library::FindSort { Relevance, Newest });
same_names!(dto::ListSort => library::ListSort { Newest, Title, Number });

impl From<Error> for dto::Failure {
    fn from(error: Error) -> dto::Failure {
        (&error).into()
    }
}

impl From<&Error> for dto::Failure {
    fn from(error: &Error) -> dto::Failure {
        dto::Failure {
            code: error.code.as_str().to_owned(),
            detail: error.words.clone(),
        }
    }
}

impl From<library::DocumentLine> for dto::DocumentLine {
    fn from(line: library::DocumentLine) -> dto::DocumentLine {
        dto::DocumentLine {
            id: line.id.to_string(),
            number: line.number,
            kind: line.kind,
            title: line.title,
            issuer: line.issuer,
            issued: line.issued.map(|day| day.to_string()),
            topic: line.topic,
            product: line.product.map(Into::into),
            validity: dto::Validity {
                state: line.validity.state.into(),
                recorded: line.validity.recorded.into(),
                as_of: line.validity.as_of.map(|day| day.to_string()),
                effective: line.validity.effective.map(|day| day.to_string()),
                expires: line.validity.expires.map(|day| day.to_string()),
            },
            applies_in: line.applies_in,
            withdrawn: line.withdrawn.map(Into::into),
            here: line.here,
            bytes: line.bytes,
            collection: line.collection.to_string(),
            sample: line.sample,
            basis: line.basis.map(Into::into),
        }
    }
}

impl From<library::Withdrawn> for dto::Withdrawn {
    fn from(withdrawn: library::Withdrawn) -> dto::Withdrawn {
        dto::Withdrawn {
            on: withdrawn.on.to_string(),
            reason: withdrawn.reason,
        }
    }
}

impl From<library::HitProvision> for dto::ProvisionLabel {
    fn from(provision: library::HitProvision) -> dto::ProvisionLabel {
        dto::ProvisionLabel {
            id: provision.id.to_string(),
            label: provision.label,
            path: provision.path,
        }
    }
}

impl From<library::Facets> for dto::Facets {
    fn from(facets: library::Facets) -> dto::Facets {
        let counts = |counts: Vec<library::Count>| {
            counts
                .into_iter()
                .map(|count| dto::Count {
                    value: count.value,
                    count: count.count as u64,
                })
                .collect()
        };
        dto::Facets {
            states: counts(facets.states),
            kinds: counts(facets.kinds),
            products: counts(facets.products),
            topics: counts(facets.topics),
            issuers: counts(facets.issuers),
            years: counts(facets.years),
        }
    }
}

impl dto::Filters {
    /// As the engine takes them, for a reader with these settings.
    pub(crate) fn for_reader(self, settings: &shelf_engine::profile::Settings) -> library::Filters {
        library::Filters {
            states: self.states.into_iter().map(Into::into).collect(),
            show_expired: settings.show_expired,
            kinds: self.kinds,
            products: self.products.into_iter().map(Into::into).collect(),
            topics: self.topics,
            issuers: self.issuers,
            year_from: self.year_from,
            year_to: self.year_to,
            here_only: self.here_only,
            territory: self.my_territory.then(|| library::Territory {
                commune: settings.commune.clone(),
                former_province: settings.former_province.clone(),
            }),
        }
    }
}

impl From<library::FindAnswer> for dto::SearchAnswer {
    fn from(answer: library::FindAnswer) -> dto::SearchAnswer {
        dto::SearchAnswer {
            took_us: answer.took_us,
            hits: answer.hits.into_iter().map(Into::into).collect(),
            documents: answer.documents as u64,
            more: answer.more,
            facets: answer.facets.into(),
            hidden_expired: answer.hidden_expired as u64,
            absent: answer.absent as u64,
            scans_not_searched: answer.scans_not_searched as u64,
            citation: answer.citation.map(|citation| dto::CitationAnswer {
                missing: citation.missing,
                document: citation.document.map(Into::into),
                provision: citation.provision.map(|id| id.to_string()),
                shared: citation.shared.into_iter().map(Into::into).collect(),
            }),
            understood: answer
                .understood
                .parts
                .into_iter()
                .map(Into::into)
                .collect(),
        }
    }
}

impl From<Part> for dto::Understood {
    fn from(part: Part) -> dto::Understood {
        dto::Understood {
            kind: part.kind.into(),
            from: part.range.0,
            to: part.range.1,
            says: part.says,
        }
    }
}

impl From<library::FindHit> for dto::Hit {
    fn from(hit: library::FindHit) -> dto::Hit {
        dto::Hit {
            document: hit.document.into(),
            provision: hit.provision.map(Into::into),
            heading: hit.heading,
            path: hit.path,
            page: hit.page,
            time_ms: hit.time_ms,
            snippet: hit.snippet,
            marks: hit.marks,
            absent: hit.absent.map(Into::into),
            cited: hit.cited,
            provision_state: dto::ProvisionState::Unknown,
        }
    }
}

impl From<library::Absent> for dto::Absent {
    fn from(absent: library::Absent) -> dto::Absent {
        dto::Absent {
            bytes: absent.bytes,
        }
    }
}

impl From<library::DocumentList> for dto::DocumentList {
    fn from(list: library::DocumentList) -> dto::DocumentList {
        dto::DocumentList {
            documents: list.documents.into_iter().map(Into::into).collect(),
            total: list.total as u64,
            facets: list.facets.into(),
        }
    }
}

impl From<library::BlockMark> for dto::BlockMark {
    fn from(mark: library::BlockMark) -> dto::BlockMark {
        dto::BlockMark {
            block: mark.block,
            from: mark.from,
            to: mark.to,
        }
    }
}

impl From<library::Suggestion> for dto::Suggestion {
    fn from(suggestion: library::Suggestion) -> dto::Suggestion {
        dto::Suggestion {
            kind: match suggestion.kind {
                library::SuggestionKind::Citation => dto::SuggestionKind::Citation,
                library::SuggestionKind::Provision => dto::SuggestionKind::Provision,
                library::SuggestionKind::Word => dto::SuggestionKind::Word,
                library::SuggestionKind::Document => dto::SuggestionKind::Document,
                library::SuggestionKind::Topic => dto::SuggestionKind::Topic,
            },
            text: suggestion.text,
            document: suggestion.document.map(Into::into),
            provision: suggestion.provision.map(Into::into),
        }
    }
}
