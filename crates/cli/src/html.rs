//! The start tags of an HTML page, with places: enough to rewrite references and to find what the policy forbids.
//!
//! No tree and no repair. What it reads is our own page, possibly minified: unquoted values and a missing head are
//! fine. What a browser would read otherwise than we do (a `<` in an attribute, say) is not in it.

use std::ops::Range;

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// In lower case.
    pub name: String,
    /// From `<` to after `>`.
    pub range: Range<usize>,
    /// In their order.
    pub attributes: Vec<Attribute<'a>>,
    /// What stands in a script or a style element.
    pub text: &'a str,
}

/// An attribute of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// In lower case.
    pub name: String,
    /// Without quotes, as it stands; empty where there is none.
    pub value: &'a str,
    /// With the white space before it, so that it can be cut out.
    pub range: Range<usize>,
}

impl<'a> Tag<'a> {
    /// The value of an attribute.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name == name)
            .map(|attribute| attribute.value)
    }

    /// Whether one of the words of `rel` is this one.
    #[must_use]
    pub fn has_rel(&self, word: &str) -> bool {
        self.get("rel")
            .is_some_and(|rel| rel.split_ascii_whitespace().any(|one| one.eq_ignore_ascii_case(word)))
    }
}

/// All start tags of a page in order, comments left out.
#[must_use]
pub fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = find(html, at, "<") {
        let rest = html.get(open..).unwrap_or("");
        if rest.starts_with("<!--") {
            at = find(html, open + 4, "-->").map_or(html.len(), |end| end + 3);
        } else if rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
            let mut tag = tag(html, open);
            at = tag.range.end;
            if matches!(tag.name.as_str(), "script" | "style" | "title" | "textarea") {
                let end = closing(html, at, &tag.name);
                tag.text = html.get(at..end).unwrap_or("");
                at = end;
            }
            tags.push(tag);
        } else {
            // A closing tag, the doctype, or a `<` in the text.
            at = open + 1;
        }
    }
    tags
}

/// What a page holds that the strict policy would not run or show, each with its place.
#[must_use]
pub fn forbidden(tags: &[Tag<'_>]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for tag in tags {
        let at = tag.range.start;
        match tag.name.as_str() {
            // Data for a script, which nobody runs.
            "script" if tag.get("type") == Some("application/json") => {}
            "script" if tag.get("src").is_none_or(str::is_empty) || !tag.text.trim().is_empty() => {
                found.push((at, "an inline script: put it into a file".to_owned()));
            }
            "style" => found.push((at, "a <style> element: put it into a style sheet".to_owned())),
            "base" => found.push((at, "a <base> element: the policy forbids it".to_owned())),
            _ => {}
        }
        for Attribute { name, range, .. } in &tag.attributes {
            if name == "style" {
                found.push((range.start, "a style attribute: use a class".to_owned()));
            } else if name.starts_with("on") {
                found.push((
                    range.start,
                    format!("an inline script ({name}): listen for the event in a script file"),
                ));
            }
        }
    }
    found
}

/// The line of a byte, from 1.
#[must_use]
pub fn line(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

fn find(text: &str, from: usize, needle: &str) -> Option<usize> {
    text.get(from..)?.find(needle).map(|at| from + at)
}

/// Where the text of a script, style, title or textarea ends.
fn closing(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(open) = find(html, at, "</") {
        let word = html.get(open + 2..open + 2 + name.len());
        if word.is_some_and(|word| word.eq_ignore_ascii_case(name)) {
            return open;
        }
        at = open + 2;
    }
    html.len()
}

/// Reads the tag that begins at `open`.
fn tag(html: &str, open: usize) -> Tag<'_> {
    let bytes = html.as_bytes();
    let skip = |mut at: usize, wanted: fn(u8) -> bool| {
        while bytes.get(at).is_some_and(|byte| wanted(*byte)) {
            at += 1;
        }
        at
    };
    let slice = |from: usize, to: usize| html.get(from..to).unwrap_or("");
    let mut at = skip(open + 1, |byte| {
        !byte.is_ascii_whitespace() && byte != b'>' && byte != b'/'
    });
    let name = slice(open + 1, at).to_ascii_lowercase();
    let mut attributes = Vec::new();
    loop {
        let before = at;
        let start = skip(at, |byte| byte.is_ascii_whitespace() || byte == b'/');
        match bytes.get(start) {
            None => {
                return Tag {
                    name,
                    range: open..html.len(),
                    attributes,
                    text: "",
                };
            }
            Some(b'>') => {
                return Tag {
                    name,
                    range: open..start + 1,
                    attributes,
                    text: "",
                };
            }
            Some(_) => {}
        }
        // An attribute may begin with `=` (it is then part of the name), so at least one byte is taken.
        let name_end = skip(start + 1, |byte| {
            !byte.is_ascii_whitespace() && !matches!(byte, b'>' | b'/' | b'=')
        });
        let attribute = slice(start, name_end).to_ascii_lowercase();
        let equals = skip(name_end, |byte| byte.is_ascii_whitespace());
        let mut value = "";
        at = name_end;
        if bytes.get(equals) == Some(&b'=') {
            let from = skip(equals + 1, |byte| byte.is_ascii_whitespace());
            match bytes.get(from) {
                Some(quote @ (b'"' | b'\'')) => {
                    let mark = if *quote == b'"' { "\"" } else { "'" };
                    let end = find(html, from + 1, mark).unwrap_or(html.len());
                    value = slice(from + 1, end);
                    at = (end + 1).min(html.len());
                }
                _ => {
                    at = skip(from, |byte| !byte.is_ascii_whitespace() && byte != b'>');
                    value = slice(from, at);
                }
            }
        }
        attributes.push(Attribute {
            name: attribute,
            value,
            range: before..at,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_a_minifier_leaves() {
        let html = "<!doctype html><meta charset=utf-8><link href=./a.css rel=stylesheet><script src='./boot.js' \
                    type=module></script><body class=\"a b\"/><br/>";
        let tags = tags(html);
        let names: Vec<&str> = tags.iter().map(|tag| tag.name.as_str()).collect();
        assert_eq!(names, ["meta", "link", "script", "body", "br"]);
        assert_eq!(tags[1].get("href"), Some("./a.css"));
        assert!(tags[1].has_rel("stylesheet"));
        assert_eq!(tags[2].get("src"), Some("./boot.js"));
        assert_eq!(tags[3].get("class"), Some("a b"));
        assert_eq!(&html[tags[2].attributes[1].range.clone()], " type=module");
    }

    #[test]
    fn comments_and_script_text_hold_no_tags() {
        let tags = tags("<!-- <script> --><SCRIPT src=a>let a = '<b>';</script><title>a <i></title><p>1 < 2</p>");
        let names: Vec<&str> = tags.iter().map(|tag| tag.name.as_str()).collect();
        assert_eq!(names, ["script", "title", "p"]);
        assert_eq!(tags[0].text, "let a = '<b>';");
    }

    #[test]
    fn the_policy_is_kept() {
        let check = |html: &str| forbidden(&tags(html)).len();
        for bad in [
            "<script>run()</script>",
            "<script src=''></script>",
            "<script src=./a.js>run()</script>",
            "<p style=\"color:red\">",
            "<p style=color:red>",
            "<style>p{}</style>",
            "<button onclick=run()>",
            "<base href=/>",
        ] {
            assert_eq!(check(bad), 1, "{bad}");
        }
        assert_eq!(
            check("<!--<p style=x>--><script src=./a.js>\n</script><p class=style>style=\"\"</p><title>style=</title>"),
            0
        );
    }

    #[test]
    fn lines_count_from_one() {
        assert_eq!((line("a\nb", 0), line("a\nb", 2), line("", 9)), (1, 2, 1));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(html in "[<>/=\"'! a-c\\-é\n]{0,60}") {
            for tag in tags(&html) {
                prop_assert!(tag.range.end <= html.len());
                prop_assert!(html.get(tag.range.clone()).is_some());
                for attribute in &tag.attributes {
                    prop_assert!(html.get(attribute.range.clone()).is_some());
                }
            }
        }
    }
}
