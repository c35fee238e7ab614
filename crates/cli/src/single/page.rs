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
    let sheet = sheet(dist, &tags, builds)?;
    let boot = boot(text(dist, "boot.js")?)?;
    let modules = std::iter::once("app").chain(builds.then_some("builder"));

    let mut packed = Packed::default();
    let mut scripts = vec![("boot.js".to_owned(), boot)];
    for module in modules {
        let (name, script) = (format!("{module}_bg.wasm"), format!("{module}.js"));
        packed.put(&name, bytes(dist, &name)?);
        let glue = giving(text(dist, &script)?)?;
        scripts.push((script, glue));
    }
    for (name, script) in &scripts {
        packed.put(name, script.as_bytes());
    }
    packed.put("sheet", sheet.as_bytes());
    for (path, content) in course.files() {
        packed.put(&format!("data/{path}"), &content);
    }
    packed.put("end", b"end");

    let loader = lean(&format!("{UNPACK}{LOADER}"))
        .replace("{{files}}", &serde_json::json!(packed.sizes).to_string())
        .replace("{{start}}", start);
    let inline = std::iter::once(loader.as_str()).chain(scripts.iter().map(|(_, script)| script.as_str()));
    let policy = policy(inline, &sheet);

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
    let mut inside = format!("<script type=\"module\">{loader}</script>");
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

/// The script of a module: it gives what it exports to whoever runs it, and leaves to the loader how to go to another place
/// in the course.
fn giving(script: &str) -> Result<String, Failure> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
    let first_word = |text: &str| text.split(|c| !is_word(c)).next().unwrap_or("").to_owned();
    let last_word = |text: &str| text.rsplit(|c| !is_word(c)).next().unwrap_or("").to_owned();
    let start = script.rsplit_once(" as default").map(|(before, _)| last_word(before));
    let start = start.filter(|name| !name.is_empty()).ok_or_else(|| {
        Failure::new(
            "A script that wasm-bindgen wrote exports no default: single files have to learn how it is written now.",
        )
    })?;
    let functions = script.split("export function ").skip(1).map(first_word);
    let given: Vec<String> = std::iter::once(format!("default:{start}")).chain(functions).collect();

    let (mut led, mut rest) = (String::new(), script);
    while let Some((before, after)) = rest.split_once(".hash") {
        let set = after.trim_start();
        let of = last_word(before);
        if set.starts_with('=') && !set.starts_with("==") {
            led.push_str(before.strip_suffix(&of).unwrap_or(before));
            led.push_str("sandtable");
        } else {
            led.push_str(before);
        }
        led.push_str(".hash");
        rest = after;
    }
    Ok(format!("{led}{rest}\nsandtable.given({{{}}});\n", given.join(",")))
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
fn policy<'a>(scripts: impl Iterator<Item = &'a str>, sheet: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
    let scripts: Vec<String> = scripts.map(hash).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_does_not_end_its_element_and_is_made_lean() {
        let loader = format!("{UNPACK}{LOADER}");
        assert!(!loader.contains("</script") && !loader.contains("<!--"));
        assert!(lean(&loader).len() < loader.len() * 9 / 10);
    }

    #[test]
    fn a_module_gives_what_it_exports_and_asks_the_loader_where_to_go() {
        let glue = "let wasm;export class Handle{}export function fault(e){return e.hash==''}export function mount(e){}\
                    function go(e,n){e.hash=n}function also(el){el.hash = 1}export{initSync,__wbg_init as default};";
        let given = giving(glue).unwrap();
        assert!(
            given.ends_with("\nsandtable.given({default:__wbg_init,fault,mount});\n"),
            "{given}"
        );
        assert!(
            given.contains("e.hash==''")
                && given.contains("{sandtable.hash=n}")
                && given.contains("{sandtable.hash = 1}")
        );
        let minified = giving("var a;export{b as initSync,c as default};").unwrap();
        assert!(minified.contains("{default:c}"), "{minified}");
    }
}
