//! Rust as a row of tokens: enough to find a name without meeting it in a comment or a string.

/// A token and its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) line: usize,
    pub(crate) kind: Kind<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind<'a> {
    /// A name or a keyword, `r#` left off.
    Name(&'a str),
    /// A string of any sort, with what stands between its quotes.
    Text(&'a str),
    /// Anything else that is not white space, one character each. Numbers and character literals count as `0`.
    Sign(char),
}

impl<'a> Token<'a> {
    pub(crate) fn name(&self) -> Option<&'a str> {
        match self.kind {
            Kind::Name(name) => Some(name),
            Kind::Text(_) | Kind::Sign(_) => None,
        }
    }

    pub(crate) fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

/// Work that somebody meant to come back to. It goes into the tracker, where it is found, or is done.
pub(crate) fn left_undone(text: &str) -> Vec<(usize, String)> {
    let marks = ["TODO", "FIXME"];
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(at, line)| {
            Some((
                at + 1,
                format!("{} is left", marks.iter().find(|mark| line.contains(**mark))?),
            ))
        })
        .collect()
}

/// All names that a text uses, by line; `std::fs` and its like come as two names joined, however they are imported.
pub(crate) fn names(text: &str) -> Vec<(usize, String)> {
    let tokens = tokens(text);
    let mut names = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(name) = token.name() else { continue };
        let called =
            tokens.get(at + 1).is_some_and(|next| next.is('!')) && !tokens.get(at + 2).is_some_and(|next| next.is('='));
        names.push((token.line, if called { format!("{name}!") } else { name.to_owned() }));
        if matches!(name, "std" | "core") && tokens.get(at + 1).is_some_and(|next| next.is(':')) {
            let parts = parts(tokens.get(at + 3..).unwrap_or(&[]));
            // core::net is addresses alone: the sockets are in std::net.
            let parts = parts.into_iter().filter(|(_, part)| name == "std" || *part != "net");
            names.extend(parts.map(|(line, part)| (line, format!("std::{part}"))));
        }
    }
    names
}

/// What follows a `::`: one name, or the first names in a group.
fn parts<'a>(tokens: &[Token<'a>]) -> Vec<(usize, &'a str)> {
    let mut parts = Vec::new();
    let (mut depth, mut first) = (0, true);
    for token in tokens {
        match token.kind {
            Kind::Name(name) if depth == 0 => return vec![(token.line, name)],
            Kind::Name(name) => {
                if depth == 1 && first {
                    parts.push((token.line, name));
                }
                first = false;
            }
            Kind::Sign('{') => depth += 1,
            Kind::Sign('}') => depth -= 1,
            Kind::Sign(',') => first = true,
            Kind::Sign(_) | Kind::Text(_) => {}
        }
        if depth == 0 {
            break;
        }
    }
    parts
}

/// Splits a source into tokens.
pub(crate) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (source, 1);
    while let Some(first) = rest.chars().next() {
        let (length, kind) = next(rest, first);
        let (taken, left) = rest.split_at(length);
        if let Some(kind) = kind {
            tokens.push(Token { line, kind });
        }
        line += taken.matches('\n').count();
        rest = left;
    }
    tokens
}

/// Bytes and kind of what a text begins with; white space and comments have no kind.
fn next(text: &str, first: char) -> (usize, Option<Kind<'_>>) {
    if text.starts_with("//") {
        return (text.find('\n').unwrap_or(text.len()), None);
    }
    if text.starts_with("/*") {
        return (block_comment(text), None);
    }
    if let Some(string) = raw_string(text) {
        return string;
    }
    let quoted = text.trim_start_matches(['b', 'c']);
    if quoted.starts_with('"') && text.len() - quoted.len() <= 1 {
        let start = text.len() - quoted.len() + 1;
        let length = start + past(&text[start..], '"');
        return (
            length,
            Some(Kind::Text(text.get(start..length.saturating_sub(1)).unwrap_or(""))),
        );
    }
    if first == '\'' {
        return character(text);
    }
    if first.is_alphabetic() || first == '_' {
        let raw = if text.starts_with("r#") { 2 } else { 0 };
        let end = text[raw..]
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .map_or(text.len(), |end| end + raw);
        return (end, Some(Kind::Name(&text[raw..end])));
    }
    if first.is_ascii_digit() {
        let end = text
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(text.len());
        return (end, Some(Kind::Sign('0')));
    }
    (first.len_utf8(), (!first.is_whitespace()).then_some(Kind::Sign(first)))
}

/// Comments nest.
fn block_comment(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

fn raw_string(text: &str) -> Option<(usize, Option<Kind<'_>>)> {
    let body = text
        .strip_prefix("br")
        .or_else(|| text.strip_prefix("cr"))
        .or_else(|| text.strip_prefix('r'))?;
    let hashes = body.len() - body.trim_start_matches('#').len();
    let start = text.len() - body.len() + hashes + 1;
    text.get(..start)?.ends_with('"').then_some(())?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = text[start..].find(&end).unwrap_or(text.len() - start);
    Some((
        (start + length + end.len()).min(text.len()),
        Some(Kind::Text(&text[start..start + length])),
    ))
}

/// Bytes up to and with the closing quote.
fn past(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// `'a'` is a character, `'a` a lifetime.
fn character(text: &str) -> (usize, Option<Kind<'_>>) {
    let mut inside = text[1..].chars();
    match (inside.next(), inside.next()) {
        (Some('\\'), _) => (1 + past(&text[1..], '\''), Some(Kind::Sign('0'))),
        (Some(c), Some('\'')) => (2 + c.len_utf8(), Some(Kind::Sign('0'))),
        _ => (1, Some(Kind::Sign('\''))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<String> {
        names(text).into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn names_are_met_in_code_only() {
        let text = r###"// no
            /* no /* no */ no */ let a = "no"; let b = r#"no " no"#; let c = b"no\" no"; '"'; '\''; &'yes r#type 1_000u32 x != y"###;
        assert_eq!(
            found(text),
            ["let", "a", "let", "b", "let", "c", "yes", "type", "x", "y"]
        );
        assert_eq!(found("println!(\"x\")"), ["println!"]);
    }

    #[test]
    fn paths_are_joined() {
        assert!(found("use std::fs::File;").contains(&"std::fs".to_owned()));
        let group = found("use std::{collections::{BTreeMap, env}, io, time::Duration};");
        for (name, there) in [
            ("std::collections", true),
            ("std::io", true),
            ("std::time", true),
            ("std::env", false),
            ("std::Duration", false),
        ] {
            assert_eq!(group.iter().any(|one| one == name), there, "{name}");
        }
    }

    #[test]
    fn lines_are_counted_through_strings_and_comments() {
        assert_eq!(names("/*\n*/\n\"\n\"\nhere").last(), Some(&(5, "here".to_owned())));
    }

    #[test]
    fn what_is_left_is_found() {
        crate::fires(
            left_undone,
            &["fn f() {} // TODO: more", "/* FIXME */"],
            &["fn todo() {}"],
        );
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[a-cr\"'#/*\\\\ \né{}:!]{0,40}") {
            tokens(&text);
            names(&text);
        }
    }
}
