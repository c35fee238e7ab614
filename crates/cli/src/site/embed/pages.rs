//! A page for each exercise, `e/week-20/transit-gateway/`: it can be linked, framed, found, printed and read without script.

use std::fmt::Write as _;

use sandtable_exercise::index::{ExerciseEntry, Index};
use sandtable_exercise::{Quiz, read};
use serde_json::json;

use super::question::{self, SEED, escape};
use super::{SCRIPT, SHEET};
use crate::failure::{Doing, Failure};
use crate::files::Files;
use crate::names::unhashed;
use crate::policy::POLICY;

/// From such a page up to the site.
const UP: &str = "../../../";

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
    let ahead = ahead(files);
    let mut pages = Files::new();
    for entry in index.weeks.iter().flat_map(|week| &week.exercises) {
        let page = Page {
            entry,
            sheet: &sheet,
            ahead: &ahead,
            url,
        };
        let folder = format!("e/{}/", entry.id);
        let quiz = if entry.kind == "quiz" {
            Some(quiz(files, entry)?)
        } else {
            None
        };
        pages.insert(format!("{folder}index.html"), page.html(quiz.as_ref()).into_bytes());
        if let Some(quiz) = &quiz {
            pages.insert(format!("{folder}key.html"), key(quiz).into_bytes());
        }
        if let Some(url) = url {
            let answer = serde_json::to_vec_pretty(&page.oembed(url)).doing(|| "Cannot write oEmbed".to_owned())?;
            pages.insert(format!("{folder}oembed.json"), answer);
        }
    }
    files.extend(pages);
    Ok(())
}

fn quiz(files: &Files, entry: &ExerciseEntry) -> Result<Quiz, Failure> {
    let text = files.get(&format!("data/{}", entry.file)).map(Vec::as_slice);
    read::quiz(&String::from_utf8_lossy(text.unwrap_or_default())).doing(|| format!("Cannot read data/{}", entry.file))
}

/// The answers, which the page fetches when its address ends in `?key`.
fn key(quiz: &Quiz) -> String {
    let mut html = String::from("<!doctype html><meta charset=\"utf-8\"><title>Key</title><main><h2>Key</h2>");
    for (at, item) in quiz.items.iter().enumerate() {
        html += &question::key(item, at + 1);
    }
    html + "</main>\n"
}

/// Links to the quiz module, which have the browser ask for it at once: as the scripts come to name them, its two files
/// would each wait for the one before. The sheet and the script, which the first question needs, go first.
fn ahead(files: &Files) -> String {
    let find = |name: &str| files.keys().find(|path| unhashed(path).as_deref() == Some(name));
    let (Some(glue), Some(wasm)) = (find("quiz.js"), find("quiz_bg.wasm")) else {
        return String::new();
    };
    format!(
        "<link rel=\"modulepreload\" href=\"{UP}{glue}\">\
         <link rel=\"preload\" as=\"fetch\" crossorigin fetchpriority=\"low\" href=\"{UP}{wasm}\">"
    )
}

struct Page<'a> {
    entry: &'a ExerciseEntry,
    sheet: &'a str,
    ahead: &'a str,
    url: Option<&'a str>,
}

impl Page<'_> {
    fn html(&self, quiz: Option<&Quiz>) -> String {
        let ExerciseEntry { id, title, purpose, .. } = self.entry;
        let (title, purpose) = (escape(title), escape(purpose));
        let mut html = format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\"><title>{title} - Sandtable</title>\
             <meta name=\"description\" content=\"{purpose}\"><meta property=\"og:type\" content=\"website\">\
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
        let _ = write!(
            html,
            "<link rel=\"icon\" href=\"{UP}icon.svg\" type=\"image/svg+xml\"><link rel=\"stylesheet\" href=\"{UP}{}\">",
            self.sheet
        );
        let course = format!("<p><a href=\"{UP}#/{id}\" target=\"_top\">Open it in the course</a></p>");
        let Some(quiz) = quiz else {
            html += &format!(
                "</head><body><main class=\"page\"><div class=\"sheet\"><h1>{title}</h1><p class=\"purpose\">{purpose}</p>{course}</div></main></body></html>\n"
            );
            return html;
        };
        let of = quiz.items.len();
        let mut questions = quiz
            .items
            .iter()
            .zip(1..)
            .map(|(item, at)| question::question(item, at, of));
        let (first, rest) = (questions.next().unwrap_or_default(), questions.collect::<String>());
        let pips: String = (1..=of)
            .map(|at| {
                let current = if at == 1 { " aria-current=\"step\"" } else { "" };
                format!("<li><span class=\"pip\"{current}>{at}</span></li>")
            })
            .collect();
        html += &format!(
            "<script type=\"module\" src=\"{UP}{SCRIPT}\"></script>{}\
             <link rel=\"preload\" as=\"fetch\" crossorigin href=\"{UP}data/{}\"></head><body><main class=\"page\"><div class=\"sheet\"><h1>{title}</h1></div>\
             <sandtable-exercise exercise=\"{id}\"><div class=\"sheet\" data-file=\"{UP}data/{}\" data-seed=\"{SEED}\">\
             <nav class=\"pips\" aria-label=\"Items\"><ol>{pips}</ol></nav>{first}\
             <noscript><p>To check your answer here, switch JavaScript on. Printed, this page is a worksheet.</p></noscript></div></sandtable-exercise>\
             <div class=\"sheet rest\">{rest}</div><div class=\"sheet key\"></div><div class=\"sheet open\">{course}</div></main></body></html>\n",
            self.ahead, self.entry.file, self.entry.file
        );
        html
    }

    fn oembed(&self, url: &str) -> serde_json::Value {
        let ExerciseEntry { id, title, .. } = self.entry;
        let page = format!("{url}e/{id}/");
        json!({
            "version": "1.0",
            "type": "rich",
            "provider_name": "Sandtable",
            "provider_url": url,
            "title": title,
            "width": 720,
            "height": 640,
            "html": format!(
                "<iframe src=\"{}\" title=\"{}\" width=\"720\" height=\"640\" loading=\"lazy\" allow=\"fullscreen; clipboard-write\"></iframe>",
                escape(&page),
                escape(title)
            ),
        })
    }
}
