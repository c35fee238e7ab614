//! A page for each exercise, `e/week-20/transit-gateway/`: it can be linked, framed, found, printed and read without script.

use std::fmt::Write as _;

use sandtable_architecture::task;
use sandtable_exercise::index::{ExerciseEntry, Index};
use sandtable_exercise::read;
use serde_json::json;

use super::question::{self, SEED, escape};
use super::{SCRIPT, SHEET, board, present};
use crate::failure::{Doing, Failure};
use crate::files::Files;
use crate::names::{hashed, unhashed};
use crate::policy::POLICY;

/// From such a page up to the site.
const UP: &str = "../../../";
/// How the compiler names what scrolls around a table.
const TABLE: &str = "aria-label=\"Table\"";
/// The whole exercise as a worksheet, without any script.
const PAPER: &str = "paper.html";
/// The sheet of what is asked and drawn: the part of the builder's own that comes before this line.
const DRAWING: &str = "drawing.css";
const ENDS: &str = "/* --- Here the drawing ends. --- */";

/// Adds the pages to a site that has all else. `url` is where it will stand, with a slash at its end: without it there is
/// no oEmbed, whose addresses have to be whole.
pub(crate) fn add(files: &mut Files, index: &Index, url: Option<&str>) -> Result<(), Failure> {
    let sheet = files
        .keys()
        .find(|path| unhashed(path).as_deref() == Some(SHEET))
        .cloned();
    // An app without embeds has no sheet for them, and no pages.
    let (Some(sheet), true) = (sheet, files.contains_key(SCRIPT)) else {
        return Ok(());
    };
    let drawing = drawing(files, index)?;
    let mut pages = Files::new();
    for entry in index.weeks.iter().flat_map(|week| &week.exercises) {
        let painted = match (entry.kind.as_str(), &drawing) {
            ("builder", Some(drawing)) => builder(files, entry, drawing)?,
            ("builder", None) => {
                return Err(Failure::new(format!(
                    "Trunk's output has no builder.js and builder.css, which {} needs: link the module in index.html.",
                    entry.id
                )));
            }
            _ => quiz(files, entry)?,
        };
        let page = Page {
            entry,
            painted: &painted,
            sheet: &sheet,
            url,
        };
        let folder = format!("e/{}/", entry.id);
        pages.insert(format!("{folder}index.html"), page.html().into_bytes());
        pages.insert(format!("{folder}{PAPER}"), page.paper().into_bytes());
        let key = format!(
            "<!doctype html><meta charset=\"utf-8\"><title>Key</title><main class=\"key\"><h2>Key</h2>{}</main>\n",
            painted.key
        );
        pages.insert(format!("{folder}key.html"), key.into_bytes());
        if let Some(presented) = &painted.presented {
            pages.insert(format!("{folder}present.html"), presented.clone().into_bytes());
            pages.insert(format!("{folder}present/index.html"), page.presented().into_bytes());
        }
        if let Some(url) = url {
            let answer = serde_json::to_vec_pretty(&page.oembed(url)).doing(|| "Cannot write oEmbed".to_owned())?;
            pages.insert(format!("{folder}oembed.json"), answer);
        }
    }
    files.extend(pages);
    files.extend(drawing.map(|drawing| (drawing.sheet, drawing.rules)));
    Ok(())
}

/// What a page of a builder loads: the sheet of its drawing, then module and sheet of the builder itself.
struct Drawing {
    sheet: String,
    rules: Vec<u8>,
    module: [String; 2],
    style: String,
}

/// `None` for an app without a builder.
fn drawing(files: &Files, index: &Index) -> Result<Option<Drawing>, Failure> {
    let style = index.modules.get("builder.css").cloned();
    let (Some(module), Some(style)) = (module(files, "builder.js", "builder_bg.wasm"), style) else {
        return Ok(None);
    };
    let text = String::from_utf8_lossy(files.get(&style).map(Vec::as_slice).unwrap_or_default());
    let Some((rules, _)) = text.split_once(ENDS) else {
        return Err(Failure::new(format!(
            "builder.css does not say where the drawing ends, so the pages of exercises cannot have its rules alone. Put {ENDS} there."
        )));
    };
    let rules = rules.as_bytes().to_vec();
    Ok(Some(Drawing {
        sheet: hashed(DRAWING, &rules),
        rules,
        module,
        style,
    }))
}

/// An exercise as it is before anything runs.
struct Painted {
    /// The first thing: the living one takes its place.
    first: String,
    /// What that needs to know, as attributes.
    data: String,
    /// What it begins with, where that is not its whole file.
    beginning: Option<String>,
    /// What is said where nothing runs.
    still: &'static str,
    /// What else there is on paper.
    rest: String,
    /// The answers, which the page fetches when its address ends in `?key`.
    key: String,
    /// What is shown to a class, one question after the other.
    presented: Option<String>,
    /// Its own sheet, where it has one.
    sheet: Option<String>,
    /// The module that it needs to live.
    wasm: String,
    /// Of a frame that shows it.
    size: (u32, u32),
    class: &'static str,
}

fn quiz(files: &Files, entry: &ExerciseEntry) -> Result<Painted, Failure> {
    let quiz = read::quiz(&text(files, entry)).doing(|| format!("Cannot read data/{}", entry.file))?;
    let Some([_, wasm]) = module(files, "quiz.js", "quiz_bg.wasm") else {
        return Err(Failure::new(format!(
            "Trunk's output has no quiz.js and quiz_bg.wasm, which {} needs: link the module in index.html.",
            entry.id
        )));
    };
    let of = quiz.items.len();
    let mut questions = quiz
        .items
        .iter()
        .zip(1..)
        .map(|(item, at)| question::question(item, at, of));
    let first = questions.next().unwrap_or_default();
    let pips: String = (1..=of)
        .map(|at| {
            let current = if at == 1 { " aria-current=\"step\"" } else { "" };
            format!("<li><span class=\"pip\"{current}>{at}</span></li>")
        })
        .collect();
    Ok(Painted {
        first: format!("<nav class=\"pips\" aria-label=\"Questions\"><ol>{pips}</ol></nav>{first}"),
        data: format!("data-file=\"{UP}data/{}\" data-seed=\"{SEED}\"", entry.file),
        beginning: Some(beginning(&text(files, entry)).doing(|| format!("Cannot read data/{}", entry.file))?),
        still: "To check your answer here, switch JavaScript on.",
        rest: questions.collect(),
        key: quiz
            .items
            .iter()
            .zip(1..)
            .map(|(item, at)| question::key(item, at))
            .collect(),
        presented: Some(present::page(&quiz)),
        sheet: None,
        wasm,
        size: (720, 640),
        class: "page",
    })
}

fn builder(files: &Files, entry: &ExerciseEntry, drawing: &Drawing) -> Result<Painted, Failure> {
    let [script, wasm] = &drawing.module;
    let builder = task::builder(&text(files, entry)).doing(|| format!("Cannot read data/{}", entry.file))?;
    Ok(Painted {
        first: board::given(&builder),
        data: format!(
            "data-file=\"{UP}data/{}\" data-script=\"{UP}{script}\" data-wasm=\"{UP}{wasm}\" data-style=\"{UP}{}\"",
            entry.file, drawing.style
        ),
        beginning: None,
        still: "To build it here, switch JavaScript on.",
        rest: board::on_paper(&builder),
        key: board::key(&builder),
        presented: None,
        sheet: Some(drawing.sheet.clone()),
        wasm: wasm.clone(),
        size: (960, 720),
        class: "page building",
    })
}

/// The file of a quiz with its first question only, and how many there are: so the page itself holds all that is needed
/// until the first answer is given, and the file comes after that.
fn beginning(file: &str) -> Result<String, serde_json::Error> {
    let mut quiz: serde_json::Value = serde_json::from_str(file)?;
    let first = quiz["items"][0].clone();
    let named = first["key"]["sources"].as_array().cloned().unwrap_or_default();
    let sources = quiz["sources"].as_array().cloned().unwrap_or_default();
    let sources = sources.into_iter().filter(|source| named.contains(&source["key"]));
    quiz["sources"] = sources.collect();
    quiz["of"] = quiz["items"].as_array().map_or(0, Vec::len).into();
    quiz["items"] = json!([first]);
    // Nothing else could end the element that it stands in.
    Ok(serde_json::to_string(&quiz)?.replace('<', "\\u003c"))
}

/// The file of an exercise.
fn text(files: &Files, entry: &ExerciseEntry) -> String {
    let text = files.get(&format!("data/{}", entry.file)).map(Vec::as_slice);
    String::from_utf8_lossy(text.unwrap_or_default()).into_owned()
}

/// The two files of a module, by the names that they had before those of their content.
fn module(files: &Files, script: &str, wasm: &str) -> Option<[String; 2]> {
    let find = |name: &str| {
        files
            .keys()
            .find(|path| unhashed(path).as_deref() == Some(name))
            .cloned()
    };
    Some([find(script)?, find(wasm)?])
}

struct Page<'a> {
    entry: &'a ExerciseEntry,
    painted: &'a Painted,
    sheet: &'a str,
    url: Option<&'a str>,
}

impl Page<'_> {
    /// What every such page begins with.
    fn start(title: &str) -> String {
        format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\"><title>{title} - Sandtable</title>"
        )
    }

    /// The page that shows it to a class. It asks for nothing ahead: what grades is not needed.
    fn presented(&self) -> String {
        let (id, title) = (&self.entry.id, escape(&self.entry.title));
        let mut html = Self::start(&format!("Present: {title}"));
        let _ = writeln!(
            html,
            "<link rel=\"icon\" href=\"../{UP}icon.svg\" type=\"image/svg+xml\"><link rel=\"stylesheet\" href=\"../{UP}{}\">\
             <script type=\"module\" src=\"../{UP}{SCRIPT}\"></script></head><body><main class=\"page\"><div class=\"sheet\"><h1>{title}</h1></div>\
             <sandtable-exercise exercise=\"{id}\" mode=\"present\"><div class=\"sheet\" {}>{}</div></sandtable-exercise></main></body></html>",
            self.sheet, self.painted.data, self.painted.first
        );
        html
    }

    /// Its page. It asks for its module ahead, beside what it is painted with: that is small, and else the module would
    /// wait for the script that names it, and the script for the picture.
    fn html(&self) -> String {
        let ExerciseEntry { id, title, purpose, .. } = self.entry;
        let (title, purpose) = (escape(title), escape(purpose));
        let mut html = Self::start(&title);
        let _ = write!(
            html,
            "<meta name=\"description\" content=\"{purpose}\"><meta property=\"og:type\" content=\"website\">\
             <meta property=\"og:title\" content=\"{title}\"><meta property=\"og:description\" content=\"{purpose}\">"
        );
        if let Some(url) = self.url {
            let page = escape(&format!("{url}e/{id}/"));
            let _ = write!(
                html,
                "<link rel=\"canonical\" href=\"{page}\"><meta property=\"og:url\" content=\"{page}\">\
                 <link rel=\"alternate\" type=\"application/json+oembed\" href=\"{page}oembed.json\" title=\"{title}\">"
            );
        }
        let Painted {
            first,
            data,
            beginning,
            still,
            wasm,
            class,
            ..
        } = self.painted;
        let begin = beginning.as_ref().map_or_else(String::new, |beginning| {
            format!("<script type=\"application/json\">{beginning}</script>")
        });
        let _ = writeln!(
            html,
            "{}<link rel=\"preload\" as=\"fetch\" crossorigin href=\"{UP}{wasm}\">\
             <script type=\"module\" src=\"{UP}{SCRIPT}\"></script></head>\
             <body><main class=\"{class}\"><div class=\"sheet\"><h1>{title}</h1></div>\
             <sandtable-exercise exercise=\"{id}\"><div class=\"sheet\" {data}>{first}{begin}\
             <noscript><p>{still}</p></noscript></div></sandtable-exercise>\
             <div class=\"sheet rest\"></div><div class=\"sheet key\"></div>\
             <div class=\"sheet open\"><p><a href=\"{UP}#/{id}\" target=\"_top\">Open it in the course</a></p>\
             <p><a href=\"{PAPER}\" target=\"_top\">Open it as a worksheet</a></p></div></main></body></html>",
            self.sheets()
        );
        html
    }

    /// The worksheet. The page takes from it what else is printed.
    fn paper(&self) -> String {
        let Painted { first, rest, class, .. } = self.painted;
        let title = escape(&self.entry.title);
        let mut html = format!("{}{}</head>", Self::start(&title), self.sheets());
        let body = format!(
            "<body><main class=\"{class} worksheet\"><div class=\"sheet\"><h1>{title}</h1></div>\
             <div class=\"sheet\">{first}</div><div class=\"sheet rest\">{rest}</div></main></body></html>\n"
        );
        // With all questions on one page each table has to have a name of its own.
        for (place, part) in body.split(TABLE).enumerate() {
            if place > 0 {
                let _ = write!(html, "aria-label=\"Table {place}\"");
            }
            html += part;
        }
        html
    }

    fn sheets(&self) -> String {
        let mut links = format!("<link rel=\"icon\" href=\"{UP}icon.svg\" type=\"image/svg+xml\">");
        for sheet in [self.sheet].into_iter().chain(self.painted.sheet.as_deref()) {
            let _ = write!(links, "<link rel=\"stylesheet\" href=\"{UP}{sheet}\">");
        }
        links
    }

    fn oembed(&self, url: &str) -> serde_json::Value {
        let ExerciseEntry { id, title, .. } = self.entry;
        let page = format!("{url}e/{id}/");
        let (width, height) = self.painted.size;
        json!({
            "version": "1.0",
            "type": "rich",
            "provider_name": "Sandtable",
            "provider_url": url,
            "title": title,
            "width": width,
            "height": height,
            "html": format!(
                "<iframe src=\"{}\" title=\"{}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" allow=\"fullscreen; clipboard-write\"></iframe>",
                escape(&page),
                escape(title)
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::html;

    /// The course as it ships, on an app that is there by name.
    fn site(sheet: &str) -> (Files, Index) {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../exercises");
        let mut course = crate::content::compile(&dir).unwrap();
        let mut files = Files::new();
        for (path, bytes) in course.files() {
            files.insert(format!("data/{path}"), bytes);
        }
        for (name, text) in [
            ("embed.css", ""),
            ("quiz.js", ""),
            ("quiz_bg.wasm", ""),
            ("builder.js", ""),
            ("builder_bg.wasm", ""),
            ("builder.css", sheet),
        ] {
            let hashed = hashed(name, text.as_bytes());
            if name.starts_with("builder.") {
                let module = name.strip_suffix(".js").unwrap_or(name);
                course.index.modules.insert(module.to_owned(), hashed.clone());
            }
            files.insert(hashed, text.into());
        }
        files.insert(SCRIPT.to_owned(), Vec::new());
        (files, course.index)
    }

    fn sheet() -> String {
        format!(".drawn {{}}\n{ENDS}\n.panel {{}}")
    }

    fn page<'a>(files: &'a Files, path: &str) -> &'a str {
        std::str::from_utf8(&files[path]).unwrap()
    }

    #[test]
    fn every_exercise_has_a_page_that_names_itself() {
        let (mut files, index) = site(&sheet());
        add(&mut files, &index, Some("https://a.example/x/")).unwrap();
        for entry in index.weeks.iter().flat_map(|week| &week.exercises) {
            let html = page(&files, &format!("e/{}/index.html", entry.id));
            assert!(html::forbidden(&html::tags(html)).is_empty(), "{}", entry.id);
            let own = format!("https://a.example/x/e/{}/", entry.id);
            assert!(
                html.contains(&format!("<link rel=\"canonical\" href=\"{own}\">")),
                "{html}"
            );
            assert!(html.contains(&format!("type=\"application/json+oembed\" href=\"{own}oembed.json\"")));
            let answer = page(&files, &format!("e/{}/oembed.json", entry.id));
            let answer: serde_json::Value = serde_json::from_str(answer).unwrap();
            assert_eq!(answer["width"], if entry.kind == "builder" { 960 } else { 720 });
            assert!(answer["html"].as_str().unwrap().contains(&format!("src=\"{own}\"")));
            assert!(files.contains_key(&format!("e/{}/key.html", entry.id)));
        }
    }

    #[test]
    fn the_page_of_a_quiz_begins_with_one_question_and_its_worksheet_has_all() {
        let (mut files, index) = site(&sheet());
        add(&mut files, &index, None).unwrap();
        let exercises = index.weeks.iter().flat_map(|week| &week.exercises);
        for entry in exercises.filter(|entry| entry.kind == "quiz") {
            let whole: serde_json::Value = serde_json::from_str(&text(&files, entry)).unwrap();
            let of = whole["items"].as_array().unwrap().len();
            let html = page(&files, &format!("e/{}/index.html", entry.id));
            let (_, begin) = html.split_once("<script type=\"application/json\">").unwrap();
            let (begin, _) = begin.split_once("</script>").unwrap();
            let begin: serde_json::Value = serde_json::from_str(begin).unwrap();
            assert_eq!(begin["of"], of);
            assert_eq!(
                begin["items"].as_array().unwrap(),
                &whole["items"].as_array().unwrap()[..1]
            );
            assert_eq!(html.matches("data-item=").count(), 1);
            let paper = page(&files, &format!("e/{}/{PAPER}", entry.id));
            assert!(html::forbidden(&html::tags(paper)).is_empty());
            assert_eq!(paper.matches("data-item=").count(), of);
            let key = page(&files, &format!("e/{}/key.html", entry.id));
            assert!(!key.contains(".: "), "a prompt that ends in a full stop: {key}");
        }
    }

    #[test]
    fn the_page_of_a_builder_has_the_rules_of_the_drawing_and_names_the_module() {
        let (mut files, index) = site(&sheet());
        add(&mut files, &index, None).unwrap();
        let html = page(&files, "e/week-20/segmented-hub/index.html");
        let drawing = hashed(DRAWING, b".drawn {}\n");
        assert_eq!(files[&drawing], b".drawn {}\n");
        assert!(
            html.contains(&format!("<link rel=\"stylesheet\" href=\"../../../{drawing}\">")),
            "{html}"
        );
        for (name, module) in [("script", "builder"), ("style", "builder.css")] {
            assert!(
                html.contains(&format!("data-{name}=\"../../../{}\"", index.modules[module])),
                "{html}"
            );
        }
        assert!(!html.contains("oembed") && !html.contains("quiz_bg"), "{html}");
    }

    #[test]
    fn a_page_asks_for_its_module_ahead_and_what_is_shown_or_printed_for_none() {
        let (mut files, index) = site(&sheet());
        add(&mut files, &index, None).unwrap();
        for entry in index.weeks.iter().flat_map(|week| &week.exercises) {
            let kind = if entry.kind == "builder" { "builder" } else { "quiz" };
            let [_, wasm] = module(&files, &format!("{kind}.js"), &format!("{kind}_bg.wasm")).unwrap();
            let ahead = format!("<link rel=\"preload\" as=\"fetch\" crossorigin href=\"../../../{wasm}\">");
            let html = page(&files, &format!("e/{}/index.html", entry.id));
            assert_eq!(html.matches("rel=\"preload\"").count(), 1, "{html}");
            let (at, sheet) = (html.find(&ahead).unwrap(), html.find("stylesheet").unwrap());
            assert!(
                sheet < at && at < html.find("<script").unwrap(),
                "the sheet first: {html}"
            );
            for other in [PAPER, "present/index.html"] {
                if let Some(other) = files.get(&format!("e/{}/{other}", entry.id)) {
                    assert!(!std::str::from_utf8(other).unwrap().contains("preload"));
                }
            }
        }
    }

    #[test]
    fn a_builder_without_its_module_or_its_drawing_is_refused() {
        let (mut files, mut index) = site(".panel {}");
        let message = add(&mut files, &index, None).unwrap_err().to_string();
        assert!(message.contains(ENDS), "{message}");
        index.modules.clear();
        let message = add(&mut files, &index, None).unwrap_err().to_string();
        assert!(
            message.contains("builder.js and builder.css, which week-20/segmented-hub needs"),
            "{message}"
        );
    }
}
