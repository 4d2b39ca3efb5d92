//! 上传的表单 Multipart: the fields and files of a form that carries a file (RFC 7578), and nothing more of that format.

/// A file as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name as the browser says it, without folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The file of this field. None if the form is none, has no such field, or the field has no file name.
pub fn file(body: &[u8], content_type: &str, field: &str) -> Option<File> {
    let boundary = format!("--{}", boundary(content_type)?);
    let parts = split(body, boundary.as_bytes());
    parts.into_iter().find_map(|part| {
        let (disposition, content) = opened(part)?;
        let named = parameter(disposition, "name")?;
        let name = parameter(disposition, "filename").filter(|name| named == field && !name.is_empty())?;
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(80).collect();
        Some(File { name, bytes: content.to_vec() })
    })
}

/// The fields that are no files, in order, at most `most` of them; none if the form is none.
pub fn fields(body: &[u8], content_type: &str, most: usize) -> Vec<(String, String)> {
    let Some(boundary) = boundary(content_type) else { return Vec::new() };
    let parts = split(body, format!("--{boundary}").as_bytes());
    let field = |part| {
        let (disposition, content) = opened(part)?;
        let name = parameter(disposition, "name").filter(|_| parameter(disposition, "filename").is_none())?;
        Some((name, String::from_utf8_lossy(content).into_owned()))
    };
    parts.into_iter().filter_map(field).take(most).collect()
}

/// What a part says of itself, and its content.
fn opened(part: &[u8]) -> Option<(&str, &[u8])> {
    let end = find(part, b"\r\n\r\n")?;
    let head = std::str::from_utf8(&part[..end]).ok()?;
    let disposition = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("content-disposition").then_some(value)
    })?;
    Some((disposition, &part[end + 4..]))
}

/// The boundary that a content type names, 1 to 70 characters.
fn boundary(content_type: &str) -> Option<String> {
    let (kind, _) = content_type.split_once(';')?;
    let named = parameter(content_type, "boundary").filter(|boundary| (1..=70).contains(&boundary.len()))?;
    kind.trim().eq_ignore_ascii_case("multipart/form-data").then_some(named)
}

/// `; name="value"` with the escapes that browsers use.
fn parameter(text: &str, name: &str) -> Option<String> {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(';') {
        let (key, value) = after.split_once('=')?;
        let value = value.trim_start();
        let (inside, left) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => value.split_at(value.find(';').unwrap_or(value.len())),
        };
        if key.trim().eq_ignore_ascii_case(name) {
            return Some(inside.trim().replace("%22", "\"").replace("%0D", "").replace("%0A", ""));
        }
        rest = left;
    }
    None
}

/// The parts between boundaries, without the line breaks that belong to them.
fn split<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let Some(first) = find(body, boundary) else { return parts };
    let mut rest = &body[first + boundary.len()..];
    let between = [b"\r\n", boundary].concat();
    while let Some(inside) = rest.strip_prefix(b"\r\n") {
        let Some(end) = find(inside, &between) else { return parts };
        parts.push(&inside[..end]);
        rest = &inside[end + between.len()..];
    }
    parts
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.iter().position(|byte| *byte == first)?;
        if text[at..].starts_with(what) {
            return Some(at);
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=----x9";

    fn form(parts: &str) -> Vec<u8> {
        format!("{parts}------x9--\r\n").into_bytes()
    }

    #[test]
    fn the_file_is_found_among_the_fields() {
        let body = form(
            "------x9\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\ntoken\r\n\
             ------x9\r\ncontent-disposition: form-data; name=\"file\"; filename=\"C:\\居民 \\居民%22.csv\"\r\nContent-Type: text/csv\r\n\r\n\
             姓名,手机号\r\n--王,1\r\n\r\n",
        );
        let file = file(&body, TYPE, "file").unwrap();
        assert_eq!((file.name.as_str(), String::from_utf8(file.bytes).unwrap().as_str()), ("居民\".csv", "姓名,手机号\r\n--王,1\r\n"));
    }

    #[test]
    fn the_fields_around_a_file_are_read_and_the_file_is_no_field() {
        let body = form(
            "------x9\r\nContent-Disposition: form-data; name=\"day\"\r\n\r\n2026-12-01\r\n\
             ------x9\r\nContent-Disposition: form-data; name=\"take\"\r\n\r\na\r\n\
             ------x9\r\nContent-Disposition: form-data; name=\"papers\"; filename=\"x.pdf\"\r\n\r\nx\r\n\
             ------x9\r\nContent-Disposition: form-data; name=\"take\"\r\n\r\n路灯\r\n",
        );
        let named = |all: &[(&str, &str)]| all.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>();
        assert_eq!(fields(&body, TYPE, 9), named(&[("day", "2026-12-01"), ("take", "a"), ("take", "路灯")]));
        assert_eq!(fields(&body, TYPE, 1), named(&[("day", "2026-12-01")]));
        assert_eq!(fields(&body, "text/csv", 9), []);
    }

    #[test]
    fn what_is_no_such_form_holds_no_file() {
        let good = form("------x9\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx\r\n");
        assert!(file(&good, TYPE, "file").is_some());
        assert!(file(&good, "multipart/form-data; boundary=\"----x9\"", "file").is_some());
        assert_eq!(file(&good, TYPE, "other"), None);
        assert_eq!(file(&good, "multipart/form-data", "file"), None);
        assert_eq!(file(&good, "text/csv; boundary=----x9", "file"), None);
        assert_eq!(file(&good, "multipart/form-data; boundary=", "file"), None);
        assert_eq!(file(&good[..good.len() - 14], TYPE, "file"), None, "cut off");
        for nonsense in ["", "------x9", "------x9\r\n", "------x9\r\n\r\n------x9--", "------x9\r\nname=\"file\"\r\n\r\n\r\n------x9--"] {
            assert_eq!(file(nonsense.as_bytes(), TYPE, "file"), None, "{nonsense:?}");
        }
        let no_name = form("------x9\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n");
        assert_eq!(file(&no_name, TYPE, "file"), None, "no file was chosen");
    }
}
