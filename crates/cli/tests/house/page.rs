//! What a page may hold, and where the browser may be named.

use sandtable_cli::html;

use crate::rust::{Kind, Token, names, tokens};

/// Outside the module that adapts the browser nobody names it. The crate's root may say `wasm_bindgen(start)`.
pub(crate) fn browser_names(text: &str, is_root: bool, adapters: &str) -> Vec<(usize, String)> {
    let starts: Vec<usize> = if is_root { starts(&tokens(text)) } else { Vec::new() };
    let browser = |name: &str| {
        matches!(name, "web_sys" | "js_sys" | "wasm_bindgen" | "wasm_bindgen_futures") || name.starts_with("gloo")
    };
    let found = names(text)
        .into_iter()
        .filter(|(line, name)| browser(name) && !starts.contains(line));
    found
        .map(|(line, name)| (line, format!("{name} outside {adapters}: give it a function there")))
        .collect()
}

/// The lines of `wasm_bindgen(start)`.
fn starts(tokens: &[Token<'_>]) -> Vec<usize> {
    let is_start = |three: &&[Token<'_>]| {
        three[0].name() == Some("wasm_bindgen") && three[1].is('(') && three[2].name() == Some("start")
    };
    tokens.windows(3).filter(is_start).map(|three| three[0].line).collect()
}

/// `style=` and scripts in markup, whether in a `view!` or in a string. `style:width=...` goes through the object
/// model, which the policy allows, and is not meant.
pub(crate) fn markup_in_rust(text: &str) -> Vec<(usize, String)> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut before: Option<&Token<'_>> = None;
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        match token.kind {
            Kind::Name("style") if next.is_some_and(|next| next.is('=')) => {
                // `let style = ..`, `self.style = ..`, `style == ..`, `style => ..` are no attributes.
                let code = before.is_none_or(|before| {
                    matches!(before.name(), Some("let" | "mut"))
                        || [';', '.', '{', ',', '('].iter().any(|sign| before.is(*sign))
                });
                let compared = tokens.get(at + 2).is_some_and(|third| third.is('=') || third.is('>'));
                if !code && !compared {
                    found.push((token.line, "a style attribute: use a class".to_owned()));
                }
            }
            Kind::Name("script") if before.is_some_and(|before| before.is('<')) => {
                found.push((token.line, "a script in markup".to_owned()));
            }
            Kind::Text(text) if text.contains('<') => {
                let tags = html::tags(text);
                found.extend(
                    html::forbidden(&tags)
                        .into_iter()
                        .map(|(at, what)| (token.line + html::line(text, at) - 1, what)),
                );
            }
            _ => {}
        }
        before = Some(token);
    }
    found
}

/// What the strict policy would stop.
pub(crate) fn inline(text: &str) -> Vec<(usize, String)> {
    let found = html::forbidden(&html::tags(text)).into_iter();
    found.map(|(at, what)| (html::line(text, at), what)).collect()
}

/// Addresses of other origins that a page loads or links. Name spaces (`xmlns`) are names and are not loaded.
pub(crate) fn elsewhere(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for tag in html::tags(text) {
        for attribute in &tag.attributes {
            let loads = matches!(
                attribute.name.as_str(),
                "src"
                    | "srcset"
                    | "href"
                    | "xlink:href"
                    | "action"
                    | "formaction"
                    | "data"
                    | "poster"
                    | "ping"
                    | "content"
            );
            if loads && is_elsewhere(attribute.value) {
                found.push((
                    html::line(text, attribute.range.end),
                    format!("another origin: {}", attribute.value),
                ));
            }
        }
    }
    found
}

/// Strings of a script that are addresses of other origins.
pub(crate) fn elsewhere_in_script(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for quote in ['"', '\'', '`'] {
            let strings = line.split(quote).skip(1).step_by(2);
            found.extend(
                strings
                    .filter(|string| is_elsewhere(string))
                    .map(|string| (at + 1, format!("another origin: {string}"))),
            );
        }
    }
    found
}

pub(crate) fn is_elsewhere(address: &str) -> bool {
    let address = address.trim_start().to_ascii_lowercase();
    ["http://", "https://", "//", "ws://", "wss://"]
        .iter()
        .any(|start| address.starts_with(start))
}

#[test]
fn the_browser_has_one_place() {
    crate::fires(
        |text| browser_names(text, false, "browser"),
        &[
            "use web_sys::window;",
            "use leptos::web_sys::Element;",
            "gloo_timers::sleep();",
            "#[wasm_bindgen(start)] fn main() {}",
        ],
        &[
            "// web_sys\nuse crate::browser::storage;",
            "const A: &str = \"js_sys\";",
        ],
    );
    crate::fires(
        |text| browser_names(text, true, "browser"),
        &["use wasm_bindgen::JsCast;"],
        &["#[wasm_bindgen(start)] fn main() {}"],
    );
}

#[test]
fn markup_has_no_styles_and_no_scripts() {
    crate::fires(
        markup_in_rust,
        &[
            "view! { <p style=\"color:red\"/> }",
            "view! { <p class=\"a\" style={x}/> }",
            "view! { <p style=move || x()/> }",
            "view! { <script src=\"x\"/> }",
            "let html = \"<p style='color:red'>\";",
            "let html = r#\"<p onclick=\"x()\">\"#;",
        ],
        &[
            "let style = \"x\"; self.style = 1; if style == x {} match x { style => 1 }",
            "view! { <p style:width=move || x()/> }",
            "// <p style=\"\">\nlet text = \"a style=\";",
            "let html = \"<p class=a>\";",
        ],
    );
}

#[test]
fn pages_hold_nothing_inline_and_nothing_from_elsewhere() {
    crate::fires(
        inline,
        &["<p style=a>", "<script>x</script>", "<a onclick=x>"],
        &["<!-- <p style=a> --><script src=./a.js></script>"],
    );
    crate::fires(
        elsewhere,
        &[
            "<script src=https://x.example/a.js>",
            "<link href='//x.example'>",
            "<a href=\"HTTP://x.example\">",
            "<image xlink:href=\"https://x.example/i.png\"/>",
        ],
        &[
            "<svg xmlns=\"http://www.w3.org/2000/svg\">",
            "<a href=#/x>",
            "<p>https://x.example</p>",
            "<link href=./a.css>",
        ],
    );
    crate::fires(
        elsewhere_in_script,
        &["fetch(\"https://x.example\")", "import('//x.example/a.js')"],
        &["// see https://x.example\nimport(\"./app.js\")"],
    );
}
