//! The page of a single file: Trunk's own, with everything that it would load put into it.

use std::fmt::Write as _;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sandtable_course::Compiled;
use sha2::{Digest, Sha256};

use super::{MADE_BY, entries, pack};
use crate::failure::Failure;
use crate::files::Files;
use crate::html::{self, Tag};
use crate::site::{Edit, apply, lean};

const UNPACK: &str = include_str!("unpack.js");
const LOADER: &str = include_str!("loader.js");

/// What boot.js says where a server gives it the app, and what it has to say here.
const SEAMS: [(&str, &str); 2] = [
    ("import(\"./app.js\")", "sandtable.script"),
    ("new URL(\"./app_bg.wasm\", import.meta.url)", "sandtable.module"),
];

/// The page of a course. `start` is the address that it opens at, if not at the map.
pub(super) fn html(dist: &Files, course: &Compiled, title: &str, start: &str) -> Result<String, Failure> {
    let builds = entries(course).any(|entry| entry.kind == "builder");
    let page = text(dist, "index.html")?;
    let tags = html::tags(page);
    let mut scripts = vec![to_loader(&giving(text(dist, "app.js")?)?)?];
    let sheet = sheet(dist, &tags, builds)?;

    let mut packed = Packed::default();
    packed.put("module", bytes(dist, "app_bg.wasm")?);
    packed.put("script", scripts[0].as_bytes());
    if builds {
        let script = giving(text(dist, "builder.js")?)?;
        packed.put("builder-module", bytes(dist, "builder_bg.wasm")?);
        packed.put("builder-script", script.as_bytes());
        scripts.push(script);
    }
    packed.put("sheet", sheet.as_bytes());
    for (path, content) in course.files() {
        packed.put(&format!("data/{path}"), &content);
    }
    packed.put("end", b"end");

    let loader = lean(&format!("{UNPACK}{LOADER}"))
        .replace("{{files}}", &serde_json::json!(packed.sizes).to_string())
        .replace("{{start}}", start);
    let boot = boot(text(dist, "boot.js")?)?;
    scripts.extend([loader.clone(), boot.clone()]);
    let policy = policy(&scripts, &sheet);

    let mut edits = vec![head(&tags, &policy)?];
    for tag in &tags {
        match tag.name.as_str() {
            "link" if tag.has_rel("icon") => edits.push((tag.range.clone(), icon(dist, tag)?)),
            "link" => edits.push((tag.range.clone(), String::new())),
            "script" => edits.push((
                tag.range.start..tag.range.end + tag.text.len() + "</script>".len(),
                String::new(),
            )),
            "title" => {
                let end = tag.range.end + tag.text.len();
                edits.push((tag.range.end..end, format!("{} - Sandtable", escaped(title))));
            }
            _ => {}
        }
    }
    let end = page.rfind("</body>").unwrap_or(page.len());
    let mut inside = String::new();
    for script in [&loader, &boot] {
        if script.contains("</script") || script.contains("<!--") {
            return Err(Failure::new(
                "A script of ours would end its own element: do without `</script` and `<!--`.",
            ));
        }
        let _ = write!(inside, "<script type=\"module\">{script}</script>");
    }
    // A type that is no script: nobody runs it.
    let _ = write!(
        inside,
        "<script type=\"text/plain\" id=\"packed\">\n{}</script>",
        pack::pack(&packed.bytes)?
    );
    edits.push((end..end, inside));
    Ok(apply(page, edits))
}

/// Files one after the other.
#[derive(Default)]
struct Packed {
    bytes: Vec<u8>,
    /// With their names.
    sizes: Vec<(String, usize)>,
}

impl Packed {
    fn put(&mut self, name: &str, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        self.sizes.push((name.to_owned(), bytes.len()));
    }
}

fn bytes<'a>(dist: &'a Files, name: &str) -> Result<&'a [u8], Failure> {
    dist.get(name).map(Vec::as_slice).ok_or_else(|| {
        Failure::new(format!(
            "Trunk's output has no {name}. Run `trunk build --release` first, as ./dev does."
        ))
    })
}

fn text<'a>(dist: &'a Files, name: &str) -> Result<&'a str, Failure> {
    std::str::from_utf8(bytes(dist, name)?).map_err(|_| Failure::new(format!("{name} is not UTF-8.")))
}

/// All style sheets that the page links, in their order, and that of the builder.
fn sheet(dist: &Files, tags: &[Tag<'_>], builds: bool) -> Result<String, Failure> {
    let linked = tags.iter().filter(|tag| tag.has_rel("stylesheet"));
    let linked = linked
        .filter_map(|tag| tag.get("href"))
        .map(|path| path.trim_start_matches("./"));
    let sheets = linked.chain(builds.then_some("builder.css"));
    let mut all = String::new();
    for path in sheets {
        all.push_str(text(dist, path)?.trim());
        all.push('\n');
    }
    Ok(all)
}

fn unknown(what: &str) -> Failure {
    Failure::new(format!(
        "The script that wasm-bindgen wrote {what}: single files have to learn how it is written now."
    ))
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$')
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c| !is_word(c)).next().unwrap_or("")
}

/// The script of a module: it gives what it exports to whoever runs it.
fn giving(script: &str) -> Result<String, Failure> {
    let first_word = |text: &'_ str| text.split(|c| !is_word(c)).next().unwrap_or("").to_owned();
    let start = script
        .rsplit_once(" as default")
        .map(|(before, _)| last_word(before).to_owned());
    let start = start.filter(|name| !name.is_empty());
    let start = start.ok_or_else(|| unknown("exports no default"))?;
    let functions = script.split("export function ").skip(1).map(first_word);
    let given: Vec<String> = std::iter::once(format!("default:{start}")).chain(functions).collect();
    Ok(format!("{script}\nsandtable.given({{{}}});\n", given.join(",")))
}

/// The app's script, which leaves to the loader how to go to another place in the course.
fn to_loader(script: &str) -> Result<String, Failure> {
    let sets = |at: &(usize, &str)| {
        let after = script.get(at.0 + at.1.len()..).unwrap_or("").trim_start();
        after.starts_with('=') && !after.starts_with("==")
    };
    let places: Vec<(usize, &str)> = script.match_indices(".hash").filter(sets).collect();
    let [(at, _)] = places.as_slice() else {
        return Err(unknown("does not set the hash of the address in one place"));
    };
    let (before, after) = script.split_at(*at);
    let before = before.strip_suffix(last_word(before)).unwrap_or(before);
    Ok(format!("{before}sandtable{after}"))
}

/// boot.js, with its scripts at hand.
fn boot(script: &str) -> Result<String, Failure> {
    let mut boot = lean(script);
    for (there, here) in SEAMS {
        if boot.matches(there).count() != 1 {
            return Err(Failure::new(format!(
                "boot.js has to say {there} once, where it loads the app: a single file puts its own there."
            )));
        }
        boot = boot.replace(there, here);
    }
    Ok(boot)
}

/// Nothing from anywhere, and inside only what is ours, by its hash.
fn policy(scripts: &[String], sheet: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
    let scripts: Vec<String> = scripts.iter().map(|script| hash(script)).collect();
    format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; img-src data: blob:; base-uri 'none'; \
         form-action 'none'",
        scripts.join(" "),
        hash(sheet)
    )
}

/// What comes right after the charset: the policy binds what comes after it.
fn head(tags: &[Tag<'_>], policy: &str) -> Result<Edit, Failure> {
    let charset = tags
        .iter()
        .find(|tag| tag.name == "meta" && tag.get("charset").is_some());
    let Some(charset) = charset else {
        return Err(Failure::new(
            "Trunk's index.html has no <meta charset=\"utf-8\">: put it first in the head.",
        ));
    };
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">{MADE_BY}");
    Ok((charset.range.end..charset.range.end, meta))
}

/// The icon as data.
fn icon(dist: &Files, tag: &Tag<'_>) -> Result<String, Failure> {
    let path = tag.get("href").unwrap_or("").trim_start_matches("./");
    let icon = BASE64_STANDARD.encode(bytes(dist, path)?);
    Ok(format!("<link rel=\"icon\" href=\"data:image/svg+xml;base64,{icon}\">"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
