//! The lines and tables of an element, in reading order.

use super::{is_block, is_hidden, is_silent, tag};
use crate::tables;
use crate::words::nfc;
use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::Node;
use shelf_law::grammar::Piece;

/// Cells that one table may have; a wider or longer one is cut there.
const MOST_CELLS: usize = 200_000;
const MOST_SPAN: usize = 60;

/// The pieces of the document in `root`.
pub(super) fn pieces(root: NodeRef<'_, Node>) -> Vec<Piece> {
    let mut flow = Flow::default();
    let outer = root.ancestors().find_map(language);
    flow.langs.extend(outer.map(|lang| (root.id(), lang)));
    // What the root itself hides was found on purpose.
    let mut skip: Option<NodeId> = None;
    for edge in root.traverse() {
        match edge {
            Edge::Open(node) => {
                if skip.is_some() {
                    continue;
                }
                if node.id() != root.id() && (is_silent(tag(node)) || is_hidden(node)) {
                    skip = Some(node.id());
                    continue;
                }
                flow.open(node);
            }
            Edge::Close(node) => match skip {
                Some(id) if id == node.id() => skip = None,
                Some(_) => {}
                None => flow.close(node),
            },
        }
    }
    flow.end_line();
    while let Some(table) = flow.tables.pop() {
        flow.finish_table(table);
    }
    flow.pieces
}

#[derive(Default)]
struct Flow {
    pieces: Vec<Piece>,
    line: String,
    hint: Option<String>,
    /// The languages of the elements that are open and say one; `None` is Vietnamese.
    langs: Vec<(NodeId, Option<&'static str>)>,
    /// The languages of the line's words: one, while they are all of one.
    spoken: Spoken,
    tables: Vec<Table>,
    lists: Vec<List>,
    preformatted: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Spoken {
    #[default]
    Nothing,
    One(Option<&'static str>),
    Several,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<String>>,
    cells: usize,
    /// The cell at hand: its lines and how far it reaches.
    cell: Option<(Vec<String>, usize, usize)>,
    /// For each column, how many more rows a cell above reaches into.
    reach: Vec<usize>,
}

struct List {
    next: u32,
    style: u8,
}

impl Flow {
    fn open(&mut self, node: NodeRef<'_, Node>) {
        let element = match node.value() {
            Node::Text(text) => return self.words(text),
            Node::Element(element) => element,
            _ => return,
        };
        let name = element.name();
        if let Some(anchor) = element.attr("name").or(element.attr("id"))
            && is_provision(anchor)
        {
            self.hint.get_or_insert_with(|| anchor.to_lowercase());
        }
        if is_block(name) {
            self.end_line();
        }
        self.langs
            .extend(language(node).map(|lang| (node.id(), lang)));
        match name {
            "pre" => self.preformatted += 1,
            "ol" => self.lists.push(List {
                next: element
                    .attr("start")
                    .and_then(|n| n.parse().ok())
                    .unwrap_or(1),
                style: element
                    .attr("type")
                    .map_or(b'1', |t| t.bytes().next().unwrap_or(b'1')),
            }),
            "ul" => self.lists.push(List {
                next: 0,
                style: b'-',
            }),
            "li" => self.number(),
            "table" => self.tables.push(Table::default()),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            "td" | "th" => {
                let span = |name| {
                    element
                        .attr(name)
                        .and_then(|n| n.trim().parse::<usize>().ok())
                };
                if let Some(table) = self.tables.last_mut() {
                    let across = span("colspan").unwrap_or(1).clamp(1, MOST_SPAN);
                    let down = span("rowspan").unwrap_or(1).clamp(1, 1000);
                    table.cell = Some((Vec::new(), across, down));
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, node: NodeRef<'_, Node>) {
        let name = tag(node);
        if is_block(name) {
            self.end_line();
        }
        if self.langs.last().is_some_and(|(id, _)| *id == node.id()) {
            self.langs.pop();
        }
        match name {
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "ol" | "ul" => {
                self.lists.pop();
            }
            "p" | "div" | "table" | "li" | "h1" | "h2" | "h3" | "h4" => {
                if name == "table"
                    && let Some(table) = self.tables.pop()
                {
                    self.finish_table(table);
                }
                self.apart();
            }
            "td" | "th" => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell();
                }
            }
            _ => {}
        }
    }

    /// Words: white space is one space, as on the page.
    fn words(&mut self, text: &str) {
        if text.chars().any(char::is_alphanumeric) {
            let lang = self.langs.last().and_then(|(_, lang)| *lang);
            self.spoken = match self.spoken {
                Spoken::Nothing => Spoken::One(lang),
                Spoken::One(one) if one == lang => Spoken::One(one),
                _ => Spoken::Several,
            };
        }
        for c in text.chars() {
            if c == '\n' && self.preformatted > 0 {
                self.end_line();
            } else if c.is_whitespace() {
                if !self.line.is_empty() && !self.line.ends_with(' ') {
                    self.line.push(' ');
                }
            } else if c != '\u{ad}' && c != '\u{feff}' {
                self.line.push(c);
            }
        }
    }

    /// The marker of a list item that the page leaves to the browser.
    fn number(&mut self) {
        let Some(list) = self.lists.last_mut() else {
            return;
        };
        let number = list.next;
        list.next = list.next.saturating_add(1);
        let letter = |first: u8| {
            let place = (number.saturating_sub(1) % 26) as u8;
            char::from(first + place)
        };
        self.line = match list.style {
            b'-' => "- ".to_string(),
            b'a' => format!("{}) ", letter(b'a')),
            b'A' => format!("{}. ", letter(b'A')),
            _ => format!("{number}. "),
        };
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let lang = match std::mem::take(&mut self.spoken) {
            Spoken::One(lang) => lang.map(String::from),
            Spoken::Nothing | Spoken::Several => None,
        };
        let line = line.trim();
        if line.is_empty() || line == "-" {
            return;
        }
        let line = nfc(line.to_string());
        match self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            Some((lines, ..)) => lines.push(line),
            None => self.pieces.push(Piece::Line {
                text: line,
                page: None,
                hint: self.hint.take(),
                lang,
            }),
        }
    }

    /// A paragraph ends here.
    fn apart(&mut self) {
        if self.tables.is_empty()
            && let Some(Piece::Line { text, .. }) = self.pieces.last()
            && !text.is_empty()
        {
            self.pieces.push(Piece::Line {
                text: String::new(),
                page: None,
                hint: None,
                lang: None,
            });
        }
    }

    fn finish_table(&mut self, mut table: Table) {
        table.end_cell();
        // A table in a cell of another is part of that cell's words.
        if let Some(outer) = self.tables.last_mut().and_then(|outer| outer.cell.as_mut()) {
            for row in table.rows {
                outer
                    .0
                    .extend(row.into_iter().filter(|cell| !cell.is_empty()));
            }
            return;
        }
        self.pieces.extend(tables::pieces(table.rows, None));
    }
}

impl Table {
    fn end_cell(&mut self) {
        let Some((lines, across, down)) = self.cell.take() else {
            return;
        };
        let Some(row) = self.rows.last_mut() else {
            return;
        };
        if self.cells + across > MOST_CELLS {
            return;
        }
        self.cells += across;
        // Columns that a cell above reaches into stay empty.
        while self.reach.get(row.len()).is_some_and(|rows| *rows > 0) {
            self.reach[row.len()] -= 1;
            row.push(String::new());
        }
        let column = row.len();
        row.push(lines.join("\n"));
        row.extend(std::iter::repeat_n(String::new(), across - 1));
        if self.reach.len() < row.len() {
            self.reach.resize(row.len(), 0);
        }
        for reach in &mut self.reach[column..column + across] {
            *reach = down - 1;
        }
    }
}

/// The language that an element says its words are in: `Some(None)` for Vietnamese. Tags of other
/// languages say nothing here: pages carry wrong ones (`bo`, Tibetan, for Ba Na).
fn language(node: NodeRef<'_, Node>) -> Option<Option<&'static str>> {
    let element = node.value().as_element()?;
    let tag = element.attr("lang").or(element.attr("xml:lang"))?;
    let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    match primary.as_str() {
        "vi" | "vie" => Some(None),
        "bdq" => Some(Some("bdq")),
        "jra" => Some(Some("jra")),
        _ => None,
    }
}

/// Names that pages give to the place where a provision begins: `dieu_12`, `Chuong_I`, `khoan_2_3`.
fn is_provision(anchor: &str) -> bool {
    let lower = anchor.to_ascii_lowercase();
    ["dieu_", "chuong_", "muc_", "khoan_", "diem_", "phan_"]
        .iter()
        .any(|start| lower.starts_with(start))
        && lower.len() < 40
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> Vec<Piece> {
        pieces(scraper::Html::parse_document(html).tree.root())
    }

    fn lines(html: &str) -> Vec<String> {
        let lines = of(html).into_iter().filter_map(|piece| match piece {
            Piece::Line { text, .. } if !text.is_empty() => Some(text),
            _ => None,
        });
        lines.collect()
    }

    #[test]
    fn paragraphs_and_breaks_are_lines_and_white_space_is_one_space() {
        let html = "<p>Điều 1.  Phạm\n  vi</p><p>1. Một<br>2. <b>Hai</b></p><script>x()</script>";
        assert_eq!(lines(html), ["Điều 1. Phạm vi", "1. Một", "2. Hai"]);
    }

    #[test]
    fn numbers_that_the_browser_draws_are_written_out() {
        let html = "<ol type='a'><li>Một<li>Hai</ol><ol start=3><li>Ba</ol>";
        assert_eq!(lines(html), ["a) Một", "b) Hai", "3. Ba"]);
    }

    #[test]
    fn a_line_has_the_language_that_all_its_words_are_in() {
        let html = "<body lang=vi><div lang='bdq-VN'><p>Kon pơlei<p lang=vi>Dân làng<p><span>Băt</span> \
            <b lang=bo>hơdai</b></div><p>Câu <i lang=jra>plơi</i> này<p><i lang=jra>Plơi pla</i><p lang=bo>Làng<p lang=xx>Xã";
        let langs: Vec<Option<String>> = of(html)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Line { text, lang, .. } if !text.is_empty() => Some(lang),
                _ => None,
            })
            .collect();
        let langs: Vec<&str> = langs.iter().map(|l| l.as_deref().unwrap_or("")).collect();
        assert_eq!(langs, ["bdq", "", "bdq", "", "jra", "", ""]);
    }

    #[test]
    fn merged_cells_stand_once_and_the_columns_stay_in_line() {
        let html = "<table><tr><td rowspan=2>A</td><td colspan=2>B</td></tr><tr><td>C</td><td>D</td></tr></table>";
        let [Piece::Table { rows, .. }] = &of(html)[..] else {
            panic!("one table");
        };
        assert_eq!(rows[0], ["A", "B", ""]);
        assert_eq!(rows[1], ["", "C", "D"]);
    }

    #[test]
    fn a_name_before_a_provision_is_a_hint() {
        let pieces = of("<p><a name='dieu_12'></a>Điều 12.</p>");
        let Piece::Line { hint, .. } = &pieces[0] else {
            panic!("a line");
        };
        assert_eq!(hint.as_deref(), Some("dieu_12"));
    }

    #[test]
    fn nesting_without_end_and_absurd_spans_do_no_harm() {
        let deep = "<div>".repeat(5_000) + "Điều 1.";
        assert_eq!(lines(&deep), ["Điều 1."]);
        let wide = "<table><tr>".to_string()
            + &"<td colspan=99999 rowspan=99999>x</td>".repeat(500)
            + "</table>";
        assert!(!of(&wide).is_empty());
    }
}
