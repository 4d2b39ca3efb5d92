//! 表格 Sheet: the bytes of a file as rows of cells; UTF-8, UTF-16 or GBK, found out by looking.

use super::columns::Column;
use super::{BadFile, MOST_BYTES, MOST_ROWS};
use encoding_rs::{Encoding, GB18030};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How a file of the office programs begins that is no text at all.
const ZIPPED: &[u8] = b"PK\x03\x04";
const OLD_BINARY: &[u8] = b"\xd0\xcf\x11\xe0";

/// A title and remarks may stand above the headings, in so many rows.
const ABOVE: usize = 10;

/// One row as it stands in the file.
#[derive(Clone, Debug)]
pub(super) struct Raw {
    /// Its line, counted from 1.
    pub line: usize,
    /// Its cells, without surrounding space.
    cells: BTreeMap<Column, String>,
    /// Cells that a spreadsheet would have taken for a formula.
    pub formulas: Vec<Column>,
}

impl Raw {
    /// A cell; empty if the table has no such column.
    pub fn cell(&self, column: Column) -> &str {
        self.cells.get(&column).map_or("", String::as_str)
    }

    /// A cell that is not empty.
    pub fn maybe(&self, column: Column) -> Option<&str> {
        Some(self.cell(column)).filter(|cell| !cell.is_empty())
    }
}

/// The rows of a file, and headings that nothing here uses.
#[derive(Debug)]
pub(super) struct Table {
    pub rows: Vec<Raw>,
    /// The columns it has.
    columns: Vec<Column>,
    pub unused: Vec<String>,
}

/// Reads a table of people: a name is needed, and a number by which the same person is known again.
pub(super) fn read(bytes: &[u8]) -> Result<Table, BadFile> {
    let table = table(bytes, &[Column::Name])?;
    match table.columns.contains(&Column::IdNumber) || table.columns.contains(&Column::Phone) {
        true => Ok(table),
        false => Err(BadFile::NoColumn(Column::IdNumber)),
    }
}

/// Reads the rows of a file that has these columns; the first of them gives the row of headings away.
pub(super) fn table(bytes: &[u8], needed: &[Column]) -> Result<Table, BadFile> {
    if bytes.len() > MOST_BYTES {
        return Err(BadFile::TooLarge);
    }
    let text = decode(bytes)?;
    if text.trim().is_empty() {
        return Err(BadFile::Empty);
    }
    let top = |c: &u8| text.lines().take(ABOVE).flat_map(str::bytes).filter(|b| b == c).count();
    let delimiter = [b';', b'\t', b','].into_iter().max_by_key(top);
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(delimiter.unwrap_or(b','));
    let mut reader = reader.from_reader(text.as_bytes());
    let mut records = reader.records();
    let is_heading = |record: &csv::StringRecord| record.iter().any(|cell| Column::of(cell).as_ref() == needed.first());
    let heading = records.by_ref().take(ABOVE).find(|record| record.as_ref().map_or(true, is_heading));
    let heading = heading.ok_or(BadFile::NoColumn(needed[0]))?.map_err(|_| BadFile::Unreadable)?;
    let (columns, unused) = columns(&heading)?;
    if let Some(missing) = needed.iter().find(|column| !columns.contains(&Some(**column))) {
        return Err(BadFile::NoColumn(*missing));
    }
    let (mut rows, mut lines) = (Vec::new(), Lines { text: &text, at: 0, line: 1 });
    for record in records {
        let record = record.map_err(|_| BadFile::Unreadable)?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() == MOST_ROWS {
            return Err(BadFile::TooManyRows);
        }
        rows.push(raw(&record, lines.of(&record), &columns));
    }
    let columns = columns.into_iter().flatten().collect();
    if rows.is_empty() { Err(BadFile::Empty) } else { Ok(Table { rows, columns, unused }) }
}

/// Counts lines as the office programs show them: empty ones too, which the reader leaves out.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, record: &csv::StringRecord) -> usize {
        let begins = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
        let blank = self.text.as_bytes()[begins..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let passed = &self.text.as_bytes()[self.at..begins + blank];
        self.line += passed.iter().filter(|b| **b == b'\n').count();
        self.at = begins + blank;
        self.line
    }
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, BadFile> {
    if bytes.starts_with(ZIPPED) || bytes.starts_with(OLD_BINARY) {
        return Err(BadFile::Workbook);
    }
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => encoding.decode_without_bom_handling_and_without_replacement(&bytes[length..]),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => Some(Cow::Borrowed(text)),
            Err(_) => GB18030.decode_without_bom_handling_and_without_replacement(bytes),
        },
    };
    text.filter(|text| !text.contains('\0')).ok_or(BadFile::Unreadable)
}

/// Where each column stands, and headings that mean nothing here.
fn columns(heading: &csv::StringRecord) -> Result<(Vec<Option<Column>>, Vec<String>), BadFile> {
    let columns: Vec<Option<Column>> = heading.iter().map(Column::of).collect();
    for column in Column::ALL {
        if columns.iter().filter(|known| **known == Some(column)).count() > 1 {
            return Err(BadFile::ColumnTwice(column));
        }
    }
    let unused = heading.iter().zip(&columns).filter(|(name, column)| column.is_none() && !name.trim().is_empty());
    let unused = unused.map(|(name, _)| name.trim().chars().take(20).collect()).collect();
    Ok((columns, unused))
}

fn raw(record: &csv::StringRecord, line: usize, columns: &[Option<Column>]) -> Raw {
    let (mut cells, mut formulas) = (BTreeMap::new(), Vec::new());
    for (cell, column) in record.iter().zip(columns) {
        let Some(column) = column else { continue };
        let cell = cell.trim();
        if is_formula(cell, *column) {
            formulas.push(*column);
        }
        cells.insert(*column, as_text(cell).to_owned());
    }
    Raw { line, cells, formulas }
}

/// What a spreadsheet takes for a formula. Telephones begin with +86, and a lone dash stands for nothing.
fn is_formula(cell: &str, column: Column) -> bool {
    let begins = cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let telephone = column == Column::Phone && law::code::plain_mobile(cell).is_some();
    begins && !telephone && !is_dash(cell)
}

fn is_dash(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | '－' | '—' | '/'))
}

/// `="138…"` and `'138…` are how spreadsheets keep digits as text; a dash stands for nothing.
fn as_text(cell: &str) -> &str {
    let inside = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(cell);
    let text = inside.strip_prefix('\'').unwrap_or(inside).trim();
    if is_dash(text) { "" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> Vec<Raw> {
        read(bytes).unwrap().rows
    }

    #[test]
    fn the_same_table_in_every_encoding() {
        let text = "姓名,手机号,小组\n王志强,13800138000,东坊组\n";
        let (gbk, _, _) = encoding_rs::GBK.encode(text);
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in [text.as_bytes(), format!("\u{feff}{text}").as_bytes(), &gbk, &utf16] {
            let rows = rows(bytes);
            assert_eq!((rows[0].cell(Column::Name), rows[0].cell(Column::Group), rows[0].line), ("王志强", "东坊组", 2));
        }
        assert_eq!(rows("姓名;手机号\n王志强;1".as_bytes())[0].cell(Column::Phone), "1");
        assert_eq!(rows("居民名册,,\n\n姓名,手机号,\n王志强,1,".as_bytes())[0].line, 4);
        assert_eq!(rows("姓名\t手机号\n王志强\t1".as_bytes())[0].cell(Column::Phone), "1");
    }

    #[test]
    fn what_is_no_table_is_said_to_be_none() {
        let cases: [(&[u8], BadFile); 8] = [
            (b"", BadFile::Empty),
            (b"\n\n", BadFile::Empty),
            ("姓名,手机号\n".as_bytes(), BadFile::Empty),
            (b"PK\x03\x04xlsx", BadFile::Workbook),
            (b"\x00\x01\x02", BadFile::Unreadable),
            (b"name,phone\n\xff\xff\xff", BadFile::Unreadable),
            ("手机号\n1".as_bytes(), BadFile::NoColumn(Column::Name)),
            ("姓名,小组\n王,一".as_bytes(), BadFile::NoColumn(Column::IdNumber)),
        ];
        for (bytes, wrong) in cases {
            assert_eq!(read(bytes).unwrap_err(), wrong, "{}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(read("姓名,手机,电话\n王,1,2".as_bytes()).unwrap_err(), BadFile::ColumnTwice(Column::Phone));
        let many = format!("姓名,手机号\n{}", "王,1\n".repeat(MOST_ROWS + 1));
        assert_eq!(read(many.as_bytes()).unwrap_err(), BadFile::TooManyRows);
        assert_eq!(read(&vec![b'a'; MOST_BYTES + 1]).unwrap_err(), BadFile::TooLarge);
    }

    #[test]
    fn formulas_stay_texts() {
        let table =
            read("姓名,身份证号,手机号,性别\n\"=HYPERLINK(\"\"x\"\")\",\"=\"\"44\"\"\",+8613800138000,男\n\n@a,-,—,女".as_bytes()).unwrap();
        let [first, second] = &table.rows[..] else { panic!("two rows") };
        assert_eq!((first.cell(Column::Name), first.cell(Column::IdNumber)), ("=HYPERLINK(\"x\")", "44"));
        assert_eq!(first.formulas, [Column::Name, Column::IdNumber]);
        assert_eq!((second.line, second.cell(Column::IdNumber), second.maybe(Column::Phone)), (4, "", None));
        assert_eq!(table.unused, ["性别"]);
    }
}
