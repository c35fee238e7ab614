//! `index.html`: one style sheet, the strict policy, and references to files that carry their hash.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::failure::Failure;
use crate::files::Files;
use crate::html::{self, Tag};
use crate::names::hashed;
use crate::policy::POLICY;
use crate::site::offline::MANIFEST;

/// The page, and the name of the style sheet it links.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) html: String,
    pub(super) sheet: Option<String>,
}

/// Rewrites the page. The style sheets it links are taken out of `files`, and one in their place is put in.
pub(super) fn rewrite(html: &str, names: &BTreeMap<String, String>, files: &mut Files) -> Result<Page, Failure> {
    let tags = html::tags(html);
    if let Some((at, what)) = html::forbidden(&tags).into_iter().next() {
        return Err(wrong(html, at, &format!("holds {what}")));
    }
    let mut edits = vec![policy(html, &tags)?];
    let (mut css, mut sheets) = (String::new(), Vec::new());
    for tag in &tags {
        if tag.name == "link" && tag.has_rel("stylesheet") {
            css.push_str(&sheet(html, tag, files)?);
            sheets.push(tag);
        } else {
            references(html, tag, names, files, &mut edits)?;
        }
    }
    let mut name = None;
    for (index, tag) in sheets.iter().enumerate() {
        // All rules stand where the first did: their order among themselves is kept, and there is no other sheet.
        let new = if index == 0 {
            let new = hashed("sandtable.css", css.as_bytes());
            files.insert(new.clone(), css.clone().into_bytes());
            let link = format!("<link rel=\"stylesheet\" href=\"./{new}\">");
            name = Some(new);
            link
        } else {
            String::new()
        };
        edits.push((tag.range.clone(), new));
    }
    Ok(Page {
        html: apply(html, edits),
        sheet: name,
    })
}

/// A place of a text, and what comes there.
pub(crate) type Edit = (Range<usize>, String);

/// The policy goes first, after the charset alone: it binds only what comes after it. The manifest comes with it: by that
/// link a page knows that it stands in a built site.
fn policy(html: &str, tags: &[Tag<'_>]) -> Result<Edit, Failure> {
    for tag in tags.iter().filter(|tag| tag.name == "meta") {
        if tag
            .get("http-equiv")
            .is_some_and(|name| name.eq_ignore_ascii_case("content-security-policy"))
        {
            return Err(wrong(
                html,
                tag.range.start,
                "names a policy of its own: `sandtable build` writes it",
            ));
        }
    }
    let charset = tags
        .iter()
        .position(|tag| tag.name == "meta" && tag.get("charset").is_some());
    let Some(tag) = charset.and_then(|index| tags.get(index)) else {
        return Err(wrong(
            html,
            0,
            "has no <meta charset=\"utf-8\">: put it first in the head",
        ));
    };
    let early = tags.iter().take_while(|other| other.range.start < tag.range.start);
    if let Some(other) = early
        .into_iter()
        .find(|other| !matches!(other.name.as_str(), "html" | "head"))
    {
        return Err(wrong(
            html,
            other.range.start,
            "has something before its <meta charset>: put the charset first in the head",
        ));
    }
    let meta = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"><link rel=\"manifest\" href=\"./{MANIFEST}\">"
    );
    Ok((tag.range.end..tag.range.end, meta))
}

/// The text of a linked style sheet, which is taken out of the files.
fn sheet(html: &str, tag: &Tag<'_>, files: &mut Files) -> Result<String, Failure> {
    let at = tag.range.start;
    let path = local(html, at, tag.get("href").unwrap_or(""))?;
    let Some(bytes) = files.remove(path) else {
        return Err(wrong(
            html,
            at,
            &format!("links {path}, which is not in Trunk's output (or it links it twice)"),
        ));
    };
    let text = String::from_utf8(bytes).map_err(|_| Failure::new(format!("{path} is not UTF-8.")))?;
    if text.contains("@import") {
        return Err(Failure::new(format!(
            "{path} has an @import. Link that sheet in index.html: all are joined into one."
        )));
    }
    if path.contains('/')
        && text
            .replace(['"', '\''], "")
            .split("url(")
            .skip(1)
            .any(|url| !url.starts_with(['#', '/']) && !url.starts_with("data:"))
    {
        return Err(Failure::new(format!(
            "{path} is in a folder and has a relative url(), which breaks when sheets are joined."
        )));
    }
    // In the middle of a sheet a charset would be an unknown rule.
    let text = text.trim_start_matches('\u{feff}').trim();
    let text = text.strip_prefix("@charset \"utf-8\";").unwrap_or(text).trim_start();
    Ok(match tag.get("media").map(str::trim) {
        None | Some("" | "all") => format!("{text}\n"),
        Some(media) => format!("@media {media} {{\n{text}\n}}\n"),
    })
}

/// Redirects what a tag loads, and takes integrity hashes away: they are of files as they were before.
fn references(
    html: &str,
    tag: &Tag<'_>,
    names: &BTreeMap<String, String>,
    files: &Files,
    edits: &mut Vec<Edit>,
) -> Result<(), Failure> {
    for attribute in &tag.attributes {
        let at = attribute.range.start;
        match attribute.name.as_str() {
            "integrity" => edits.push((attribute.range.clone(), String::new())),
            "src" | "href" if tag.name != "a" => {
                if attribute.value.starts_with("data:") || attribute.value.starts_with('#') {
                    continue;
                }
                let path = local(html, at, attribute.value)?;
                if let Some(new) = names.get(path) {
                    edits.push((attribute.range.clone(), format!(" {}=\"./{new}\"", attribute.name)));
                } else if !files.contains_key(path) {
                    return Err(wrong(
                        html,
                        at,
                        &format!("loads {path}, which is not in Trunk's output"),
                    ));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The path of a file of ours that an address names.
fn local<'a>(html: &str, at: usize, address: &'a str) -> Result<&'a str, Failure> {
    let scheme = address
        .split(['/', '?', '#'])
        .next()
        .is_some_and(|first| first.contains(':'));
    if scheme || address.starts_with('/') {
        return Err(wrong(
            html,
            at,
            &format!(
                "loads {address}: only relative addresses (./app.js) work under any path. Trunk needs public_url = \"./\""
            ),
        ));
    }
    let path = address.split(['?', '#']).next().unwrap_or("");
    Ok(path.strip_prefix("./").unwrap_or(path))
}

fn wrong(html: &str, at: usize, what: &str) -> Failure {
    Failure::new(format!("Trunk's index.html, line {}, {what}.", html::line(html, at)))
}

/// Edits that do not overlap, in any order.
pub(crate) fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (range, new) in edits {
        out.push_str(text.get(at..range.start).unwrap_or(""));
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}
