//! The few things that are asked of XML here: elements by local name, attributes, text.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event as Raw};
use quick_xml::{Reader, XmlVersion};

/// What comes along in a part.
pub(super) enum Event<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// An element of this local name ends.
    Close(String),
    /// Words.
    Text(String),
}

/// The start of an element.
pub(super) struct Element<'a> {
    start: BytesStart<'a>,
    name: String,
}

impl Element<'_> {
    /// Its local name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The value of the attribute with this local name.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        self.start
            .attributes()
            .flatten()
            .find(|attribute| local(attribute.key.into_inner()) == name)
            .and_then(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).ok())
            .map(|value| value.into_owned())
    }

    /// `w:val`, the usual one.
    pub(super) fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// A switch such as `<w:vanish/>`: on, unless its value says otherwise.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.value().as_deref(), Some("0" | "false" | "off"))
    }
}

/// The events of a part; the first error is the last item.
pub(super) fn events(part: &str) -> impl Iterator<Item = Result<Event<'_>, String>> {
    let mut reader = Reader::from_str(part);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut pending: Option<String> = None;
    let mut ended = false;
    std::iter::from_fn(move || {
        if let Some(name) = pending.take() {
            return Some(Ok(Event::Close(name)));
        }
        while !ended {
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    ended = true;
                    return Some(Err(error.to_string()));
                }
            };
            match event {
                Raw::Start(start) => return Some(Ok(Event::Open(element(start)))),
                Raw::Empty(start) => {
                    let element = element(start);
                    pending = Some(element.name.clone());
                    return Some(Ok(Event::Open(element)));
                }
                Raw::End(end) => {
                    let name = local(end.name().into_inner()).to_string();
                    return Some(Ok(Event::Close(name)));
                }
                Raw::Text(text) => return Some(Ok(Event::Text(text.xml10_content().into_owned()))),
                Raw::CData(text) => {
                    return Some(Ok(Event::Text(text.xml10_content().into_owned())));
                }
                Raw::GeneralRef(reference) => {
                    let text = match reference.resolve_char_ref() {
                        Ok(Some(c)) => c.to_string(),
                        _ => resolve_predefined_entity(&reference.xml10_content())
                            .unwrap_or_default()
                            .to_string(),
                    };
                    return Some(Ok(Event::Text(text)));
                }
                Raw::Eof => ended = true,
                _ => {}
            }
        }
        None
    })
}

fn element(start: BytesStart<'_>) -> Element<'_> {
    let name = local(start.name().into_inner()).to_string();
    Element { start, name }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The text of a part: UTF-8, or UTF-16 with a mark.
pub(super) fn decode(bytes: Vec<u8>) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes[..] {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return String::from_utf8(bytes).ok(),
    };
    let units: Vec<u16> = bytes[2..]
        .as_chunks::<2>()
        .0
        .iter()
        .map(|pair| unit(*pair))
        .collect();
    String::from_utf16(&units).ok()
}
