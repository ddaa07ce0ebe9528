//! Tables, cell by cell.

/// Cells that one table may have; more are left out.
const MOST_CELLS: usize = 200_000;
/// Columns that one cell may span.
const MOST_SPAN: usize = 60;

/// A table that is being read.
#[derive(Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<String>>,
    cells: usize,
    cell: Option<Cell>,
}

struct Cell {
    lines: Vec<String>,
    span: usize,
    /// It goes on from the cell above: its words stand there.
    continues: bool,
}

impl Table {
    pub(super) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn open_cell(&mut self) {
        self.close_cell();
        self.cell = Some(Cell {
            lines: Vec::new(),
            span: 1,
            continues: false,
        });
    }

    pub(super) fn span(&mut self, columns: usize) {
        if let Some(cell) = &mut self.cell {
            cell.span = columns.clamp(1, MOST_SPAN);
        }
    }

    pub(super) fn continues(&mut self) {
        if let Some(cell) = &mut self.cell {
            cell.continues = true;
        }
    }

    /// Adds a line to the open cell; `false` where none is open.
    pub(super) fn line(&mut self, text: String) -> bool {
        match &mut self.cell {
            Some(cell) => {
                if !text.trim().is_empty() {
                    cell.lines.push(text);
                }
                true
            }
            None => false,
        }
    }

    pub(super) fn close_cell(&mut self) {
        let Some(cell) = self.cell.take() else {
            return;
        };
        let Some(row) = self.rows.last_mut() else {
            return;
        };
        if self.cells + cell.span > MOST_CELLS {
            return;
        }
        self.cells += cell.span;
        row.push(match cell.continues {
            true => String::new(),
            false => cell.lines.join("\n"),
        });
        row.extend(std::iter::repeat_n(String::new(), cell.span - 1));
    }
}
