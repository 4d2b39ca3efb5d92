//! 源文件 Source: one Rust file taken apart: code without comments and texts, the texts by themselves, the parts only tests see.

use std::ops::Range;

/// A Rust file, taken apart. Offsets are byte offsets into the file and into `code` alike.
pub struct Source {
    /// The file with comments and the contents of literals blanked and everything else outside ASCII replaced:
    /// as long as the file, line for line, and safe to slice anywhere.
    pub code: String,
    /// String literals, in order.
    pub literals: Vec<Literal>,
    /// Names in `#[cfg(test)] mod name;`: their files are tests too.
    pub test_modules: Vec<String>,
    tests: Vec<Range<usize>>,
}

/// A string literal with its escapes resolved; line breaks in it are blanks.
pub struct Literal {
    pub at: usize,
    pub text: String,
}

impl Source {
    /// Takes a file apart.
    pub fn read(text: &str) -> Self {
        let mut scan = Scan { text: text.as_bytes(), at: 0, code: Vec::with_capacity(text.len()), literals: Vec::new() };
        scan.run();
        let code = String::from_utf8(scan.code).expect("a scan leaves ASCII only");
        let mut source = Self { code, literals: scan.literals, test_modules: Vec::new(), tests: Vec::new() };
        source.find_tests();
        source
    }

    /// The line, from 1, on which an offset lies.
    pub fn line(&self, at: usize) -> usize {
        1 + self.code.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count()
    }

    /// Whether an offset lies in something that is compiled for tests only.
    pub fn is_test(&self, at: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&at))
    }

    /// Makes the whole file a test.
    pub fn mark_as_test(&mut self) {
        self.tests.push(0..self.code.len() + 1);
    }

    /// Identifiers, keywords and numbers of the code, in order.
    pub fn words(&self) -> impl Iterator<Item = Word<'_>> {
        let bytes = self.code.as_bytes();
        let mut at = 0;
        std::iter::from_fn(move || {
            at += bytes[at..].iter().position(|byte| is_word(*byte))?;
            let start = at;
            at += bytes[at..].iter().position(|byte| !is_word(*byte)).unwrap_or(bytes.len() - at);
            Some(Word { source: self, at: start, text: &self.code[start..at] })
        })
    }

    /// Words outside tests.
    pub fn live_words(&self) -> impl Iterator<Item = Word<'_>> {
        self.words().filter(|word| !self.is_test(word.at))
    }

    /// String literals outside tests.
    pub fn live_literals(&self) -> impl Iterator<Item = &Literal> {
        self.literals.iter().filter(|literal| !self.is_test(literal.at))
    }

    /// The offset of the bracket that closes the one at `open`; the end of the file when none does.
    pub fn close(&self, open: usize) -> usize {
        let mut depth = 0_usize;
        for (at, byte) in self.code.bytes().enumerate().skip(open) {
            match byte {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' if depth <= 1 => return at,
                b')' | b']' | b'}' => depth -= 1,
                _ => {}
            }
        }
        self.code.len()
    }

    /// Where the item that begins at `at` gets its body `{` or ends with `;`, whichever comes first.
    pub fn body_or_end(&self, mut at: usize) -> Option<usize> {
        let bytes = self.code.as_bytes();
        while at < bytes.len() {
            match bytes[at] {
                b'{' | b';' => return Some(at),
                b'(' | b'[' => at = self.close(at),
                _ => {}
            }
            at += 1;
        }
        None
    }

    fn find_tests(&mut self) {
        let starts: Vec<usize> = self.code.match_indices('#').map(|(at, _)| at).collect();
        for at in starts {
            let inner = self.code[at..].starts_with("#![");
            if !inner && !self.code[at..].starts_with("#[") {
                continue;
            }
            let open = at + usize::from(inner) + 1;
            let end = self.close(open);
            if !means_test(&self.code[open + 1..end]) {
                continue;
            }
            if inner {
                self.mark_as_test();
                continue;
            }
            let Some(stop) = self.body_or_end(self.after_attributes(end + 1)) else {
                continue;
            };
            if self.code.as_bytes()[stop] == b'{' {
                self.tests.push(at..self.close(stop) + 1);
            } else {
                let words: Vec<&str> = self.code[end + 1..stop].split_whitespace().collect();
                if let [.., "mod", name] = words[..] {
                    self.test_modules.push(name.to_owned());
                }
                self.tests.push(at..stop + 1);
            }
        }
    }

    fn after_attributes(&self, mut at: usize) -> usize {
        loop {
            let rest = &self.code[at..];
            at += rest.len() - rest.trim_start().len();
            if !self.code[at..].starts_with("#[") {
                return at;
            }
            at = self.close(at + 1) + 1;
        }
    }
}

/// A word of the code, with a look at what stands around it.
pub struct Word<'a> {
    source: &'a Source,
    pub at: usize,
    pub text: &'a str,
}

impl<'a> Word<'a> {
    /// What follows, without leading blanks.
    pub fn after(&self) -> &'a str {
        self.source.code[self.end()..].trim_start()
    }

    /// What stands before, without trailing blanks.
    pub fn before(&self) -> &'a str {
        self.source.code[..self.at].trim_end()
    }

    /// The offset just behind it.
    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// The arguments of the call that this word begins: the text of each, or none when it begins no call.
    pub fn arguments(&self) -> Option<Vec<&'a str>> {
        self.after().starts_with('(').then_some(())?;
        let open = self.source.code.len() - self.after().len();
        let inside = &self.source.code[open + 1..self.source.close(open)];
        Some(split_at_commas(inside))
    }
}

/// Splits at the commas that stand in no bracket.
pub fn split_at_commas(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_i32, 0);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            b',' if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// `test`, `tokio::test`, `cfg(test)`, `cfg(all(test, …))`, but not `cfg(not(test))`.
fn means_test(attribute: &str) -> bool {
    let words: Vec<&str> = attribute.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    match words.first() {
        Some(&"cfg") => words.contains(&"test") && !words.contains(&"not"),
        _ => attribute.trim() == "test" || attribute.trim().ends_with("::test"),
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

struct Scan<'a> {
    text: &'a [u8],
    at: usize,
    code: Vec<u8>,
    literals: Vec<Literal>,
}

impl Scan<'_> {
    fn run(&mut self) {
        while let Some(&byte) = self.text.get(self.at) {
            match byte {
                b'/' if self.peek(1) == b'/' => self.blank_to(self.find(self.at, b"\n")),
                b'/' if self.peek(1) == b'*' => self.blank_to(self.end_of_block_comment()),
                b'"' => self.string(),
                b'r' => self.raw_string_or_word(),
                b'\'' => self.character_or_lifetime(),
                _ => self.keep(1),
            }
        }
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.text.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn find(&self, from: usize, what: &[u8]) -> usize {
        let rest = self.text.get(from..).unwrap_or_default();
        rest.windows(what.len()).position(|window| window == what).map_or(self.text.len(), |at| from + at)
    }

    fn keep(&mut self, count: usize) {
        let kept = &self.text[self.at..self.at + count];
        self.code.extend(kept.iter().map(|byte| if byte.is_ascii() { *byte } else { b'?' }));
        self.at += count;
    }

    fn blank_to(&mut self, end: usize) {
        let blanked = &self.text[self.at..end];
        self.code.extend(blanked.iter().map(|byte| if *byte == b'\n' { b'\n' } else { b' ' }));
        self.at = end;
    }

    fn end_of_block_comment(&self) -> usize {
        let (mut depth, mut at) = (0_usize, self.at);
        while at < self.text.len() {
            match &self.text[at..self.text.len().min(at + 2)] {
                b"/*" => (depth, at) = (depth + 1, at + 2),
                b"*/" if depth == 1 => return at + 2,
                b"*/" => (depth, at) = (depth - 1, at + 2),
                _ => at += 1,
            }
        }
        at
    }

    fn string(&mut self) {
        let start = self.at + 1;
        let mut end = start;
        while end < self.text.len() && self.text[end] != b'"' {
            end += if self.text[end] == b'\\' { 2 } else { 1 };
        }
        let end = end.min(self.text.len());
        let text = unescape(&String::from_utf8_lossy(&self.text[start..end]));
        self.literal(text, 1, end, 1);
    }

    /// `r"…"`, `r#"…"#`, `br"…"`; anything else that has an `r` in it is left as it is.
    fn raw_string_or_word(&mut self) {
        let before = |back: usize| self.at.checked_sub(back).map_or(b' ', |at| self.text[at]);
        let begins = !is_word(before(1)) || (matches!(before(1), b'b' | b'c') && !is_word(before(2)));
        let hashes = self.text[self.at + 1..].iter().take_while(|byte| **byte == b'#').count();
        if !begins || self.peek(1 + hashes) != b'"' {
            return self.keep(1);
        }
        let start = self.at + hashes + 2;
        let end = self.find(start, &[&b"\""[..], &b"#".repeat(hashes)].concat());
        let text = String::from_utf8_lossy(&self.text[start..end]).replace('\n', " ");
        self.literal(text, hashes + 2, end, hashes + 1);
    }

    fn literal(&mut self, text: String, opening: usize, end: usize, closing: usize) {
        self.literals.push(Literal { at: self.at, text });
        self.keep(opening);
        self.blank_to(end);
        self.keep(closing.min(self.text.len() - end));
    }

    fn character_or_lifetime(&mut self) {
        let end = match self.peek(1) {
            b'\\' => self.find(self.at + 3, b"'"),
            lead => self.at + 1 + [1, 1, 2, 3, 4][(lead.leading_ones() as usize).min(4)],
        };
        if self.text.get(end) == Some(&b'\'') {
            self.keep(1);
            self.blank_to(end);
        }
        self.keep(1);
    }
}

fn unescape(text: &str) -> String {
    let (mut out, mut chars) = (String::new(), text.chars());
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(if c == '\n' { ' ' } else { c });
            continue;
        }
        match chars.next() {
            Some('n' | 'r' | 't' | '\n') => out.push(' '),
            Some('u') => {
                let digits: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                out.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}
