//! Style sheets: colours come from tokens, and nothing comes from elsewhere.

use crate::page::is_elsewhere;

/// Colours by name that somebody might write. `transparent`, `currentColor` and the system's colours are no colours of
/// ours and stay allowed.
const NAMED: [&str; 28] = [
    "aqua", "beige", "black", "blue", "brown", "crimson", "cyan", "fuchsia", "gold", "gray", "green", "grey", "indigo",
    "lime", "magenta", "maroon", "navy", "olive", "orange", "pink", "purple", "red", "silver", "tan", "teal", "violet",
    "white", "yellow",
];
const FUNCTIONS: [&str; 11] = [
    "rgb",
    "rgba",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "oklab",
    "oklch",
    "color",
    "device-cmyk",
];

/// Components read tokens only: a literal colour would not follow the theme.
pub(crate) fn literal_colours(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let bare = without_comments_and_strings(text);
    for (start, value) in values(&bare) {
        for (at, word) in words(value) {
            let word = word.to_ascii_lowercase();
            let hex = word
                .strip_prefix('#')
                .is_some_and(|hex| hex.len() >= 3 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
            let function = value.get(at + word.len()..).is_some_and(|rest| rest.starts_with('('))
                && FUNCTIONS.contains(&word.as_str());
            if hex || function || NAMED.contains(&word.as_str()) {
                let line = 1 + bare.get(..start + at).unwrap_or("").matches('\n').count();
                found.push((line, format!("a literal colour ({word}): name a token of tokens.css")));
            }
        }
    }
    found
}

/// Other origins, and `@import`, which the build does not follow.
pub(crate) fn elsewhere(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let bare = without_comments(text);
    for (at, line) in bare.lines().enumerate() {
        if line.contains("@import") {
            found.push((at + 1, "@import: link the sheet in index.html".to_owned()));
        }
        let addresses = line
            .split("url(")
            .skip(1)
            .map(|rest| rest.trim_start().trim_start_matches(['"', '\'']));
        found.extend(
            addresses
                .filter(|address| is_elsewhere(address))
                .map(|_| (at + 1, "another origin in url()".to_owned())),
        );
    }
    found
}

/// The values of all declarations, with where they start. What ends in `{` is a selector or a condition.
fn values(text: &str) -> Vec<(usize, &str)> {
    let mut values = Vec::new();
    let mut start = 0;
    for (at, sign) in text.char_indices().filter(|(_, sign)| matches!(sign, '{' | '}' | ';')) {
        let piece = text.get(start..at).unwrap_or("");
        if sign != '{' && !piece.trim_start().starts_with('@') {
            values.extend(piece.find(':').map(|colon| (start + colon + 1, &piece[colon + 1..])));
        }
        start = at + 1;
    }
    values
}

/// The words of a value; `--ink-red` is one word.
fn words(value: &str) -> Vec<(usize, &str)> {
    let in_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '#');
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(start) = value[at..].find(in_word).map(|start| at + start) {
        let end = value[start..]
            .find(|c| !in_word(c))
            .map_or(value.len(), |end| start + end);
        words.push((start, &value[start..end]));
        at = end;
    }
    words
}

fn without_comments(text: &str) -> String {
    strip(text, false)
}

fn without_comments_and_strings(text: &str) -> String {
    strip(text, true)
}

/// Blanks out comments, and strings and addresses if asked to; lines and places stay.
fn strip(text: &str, strings: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = |from: usize, mark: &str| {
            rest.get(from..)
                .and_then(|tail| tail.find(mark))
                .map_or(rest.len(), |end| from + end + mark.len())
        };
        let length = if rest.starts_with("/*") {
            end(2, "*/")
        } else if strings && (first == '"' || first == '\'') {
            end(1, if first == '"' { "\"" } else { "'" })
        } else if strings && rest.starts_with("url(") {
            end(4, ")")
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        out.extend(
            rest[..length]
                .bytes()
                .map(|byte| if byte == b'\n' { '\n' } else { ' ' }),
        );
        rest = &rest[length..];
    }
    out
}

#[test]
fn colours_come_from_tokens() {
    crate::fires(
        literal_colours,
        &[
            "a { color: #fff; }",
            "a { & b { border: 1px solid #12345678 } }",
            "a { background: rgb(0 0 0 / 10%) }",
            "a { --shade: oklch(0.5 0.1 20); }",
            "a { color: RED; }",
            "a { box-shadow: 0 0 1px black, 0 0 2px var(--ink) }",
            "@media print { a { color: white } }",
        ],
        &[
            "#add { color: var(--red); }",
            "a:hover #fed { color: currentColor; background: transparent; outline-color: Highlight }",
            "/* #fff */ a::before { content: \"#fff red\"; }",
            "a { background: url(\"data:image/svg+xml,%23fff red\"); }",
            "a { color: color-mix(in oklch, var(--a), var(--b)); transition: color 1s; border-color: light-dark(var(--a), var(--b)) }",
            "@media (prefers-color-scheme: dark) { a.red { margin: 0 } }",
        ],
    );
    assert_eq!(literal_colours("a {\n  margin: 0;\n  color: red;\n}")[0].0, 3);
}

#[test]
fn sheets_load_nothing_from_elsewhere() {
    crate::fires(
        elsewhere,
        &[
            "@import \"x.css\";",
            "a { background: url(https://x.example/a.png) }",
            "a { src: url('//x.example/a.woff2') }",
        ],
        &[
            "/* @import https://x.example */ a { background: url(\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>\") }",
            "a { src: url(./a.woff2) }",
        ],
    );
}
