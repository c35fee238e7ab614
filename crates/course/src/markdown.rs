//! Markdown to sanitised HTML, and to plain text.

use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{Alignment, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::problem::{Says, says};
use crate::text::shown;

/// Deeper lists are not read: no question has them, and a browser would have to nest that deep.
const MAX_DEPTH: usize = 8;

/// Renders a text field: HTML without styles, scripts, images or anything that could be loaded.
pub(crate) fn render(markdown: &str) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events(markdown));
    finish(&html)
}

/// Renders a short field: what is one paragraph comes without `<p>`, so that it can stand in a label.
pub(crate) fn render_short(markdown: &str) -> String {
    let all: Vec<Event<'_>> = events(markdown).collect();
    let inner = match all.as_slice() {
        [Event::Start(Tag::Paragraph), inner @ .., Event::End(TagEnd::Paragraph)]
            if !inner.iter().any(|event| matches!(event, Event::Start(Tag::Paragraph))) =>
        {
            inner
        }
        _ => return render(markdown),
    };
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, inner.iter().cloned());
    finish(&html)
}

/// The same in plain text, on one line.
pub(crate) fn plain(markdown: &str) -> String {
    text_of(
        markdown,
        Parts {
            code: true,
            emphasis: true,
            tables: true,
        },
    )
}

/// The words that count as prose: without code blocks and tables.
pub(crate) fn prose(markdown: &str) -> String {
    text_of(
        markdown,
        Parts {
            code: false,
            emphasis: true,
            tables: false,
        },
    )
}

/// As [`prose`], and without what is emphasised or code: what is left is what a reader may pass over.
pub(crate) fn unemphasised(markdown: &str) -> String {
    text_of(
        markdown,
        Parts {
            code: false,
            emphasis: false,
            tables: false,
        },
    )
}

/// Something in a text field that it may not hold.
pub(crate) struct Fault<'a> {
    pub(crate) rule: &'static str,
    /// The Markdown that it is about.
    pub(crate) source: &'a str,
    pub(crate) says: Says,
}

/// What a text field holds and may not hold, from its start to its end.
pub(crate) fn faults(markdown: &str) -> Vec<Fault<'_>> {
    let mut faults = Vec::new();
    let mut depth = 0usize;
    for (event, range) in Parser::new_ext(markdown, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::List(_)) => depth += 1,
            Event::End(TagEnd::List(_)) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if let Some((rule, says)) = fault(&event, depth) {
            faults.push(Fault {
                rule,
                source: markdown.get(range).unwrap_or(""),
                says,
            });
        }
    }
    faults
}

fn fault(event: &Event<'_>, depth: usize) -> Option<(&'static str, Says)> {
    Some(match event {
        Event::Html(html) | Event::InlineHtml(html) => {
            let what = format!("raw HTML: `{}`", shown(html.trim()));
            let why =
                "What an author writes is shown on a page that holds a learner's record: HTML is not let through.";
            (
                "raw-html",
                says(
                    what,
                    why,
                    "Write Markdown. A name in angle brackets, `<vpc-id>`, goes between backticks.",
                ),
            )
        }
        Event::Start(Tag::Image { .. }) => {
            let why = "Exercises load nothing, and a picture says nothing to who cannot see it.";
            (
                "image",
                says("an image", why, "Say it in words, in a table or in a code block."),
            )
        }
        Event::Start(Tag::Link {
            dest_url, link_type, ..
        }) if *link_type == LinkType::Email || !dest_url.starts_with("https://") => {
            let what = format!("a link that is no https address: `{}`", shown(dest_url));
            let why = "A learner follows it, and what it says has to arrive unchanged.";
            (
                "not-https",
                says(what, why, "Write the whole address, beginning with https://."),
            )
        }
        Event::Start(Tag::Heading { .. } | Tag::BlockQuote(_)) | Event::Rule => {
            let why = "The page has headings of its own, and a text field is a part of one question.";
            let help = "Use paragraphs, lists, tables, code and **bold**. A line that begins with `#` or `>`, or has \
                        `---` below it, needs a backslash before that, or stands in code.";
            ("markdown", says("a heading, a quotation or a rule", why, help))
        }
        Event::Start(Tag::List(_)) if depth == MAX_DEPTH => (
            "markdown",
            says(
                "lists in lists, too deep",
                "Nobody can follow them.",
                "Use two levels at most.",
            ),
        ),
        _ => return None,
    })
}

const OPTIONS: Options = Options::ENABLE_TABLES;

/// The events that are rendered. What [`faults`] refuses is left out here too: each alone has to be enough.
fn events(markdown: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(markdown, OPTIONS).filter_map(|event| match event {
        Event::Html(_) | Event::InlineHtml(_) => None,
        // Alignment would come out as style attributes, which the page's policy forbids.
        Event::Start(Tag::Table(columns)) => Some(Event::Start(Tag::Table(vec![Alignment::None; columns.len()]))),
        other => Some(other),
    })
}

struct Parts {
    code: bool,
    emphasis: bool,
    tables: bool,
}

fn text_of(markdown: &str, parts: Parts) -> String {
    let mut text = String::new();
    // How many things are open of which nothing is wanted.
    let mut skip = 0usize;
    for event in events(markdown) {
        match event {
            Event::Start(tag) => {
                let unwanted = match tag {
                    Tag::CodeBlock(_) => !parts.code,
                    Tag::Strong | Tag::Emphasis => !parts.emphasis,
                    Tag::Table(_) => !parts.tables,
                    _ => false,
                };
                if unwanted || skip > 0 {
                    skip += 1;
                }
                if !matches!(tag, Tag::Strong | Tag::Emphasis | Tag::Link { .. }) {
                    text.push(' ');
                }
            }
            Event::End(tag) => {
                skip = skip.saturating_sub(1);
                if !matches!(tag, TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link) {
                    text.push(' ');
                }
            }
            Event::Code(code) if skip == 0 && (parts.code || parts.emphasis) => text.push_str(&code),
            Event::Text(words) if skip == 0 => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// Lets through what a question needs and nothing else.
static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "p", "br", "ul", "ol", "li", "code", "pre", "strong", "em", "a", "table", "thead", "tbody", "tr", "th", "td",
    ];
    let mut builder = Builder::empty();
    builder
        .tags(tags.into())
        .tag_attributes([("a", ["href"].into()), ("ol", ["start"].into())].into())
        .url_schemes(["https"].into())
        .url_relative(ammonia::UrlRelative::Deny)
        .clean_content_tags(["script", "style"].into())
        .link_rel(Some("noopener noreferrer"));
    builder
});

fn finish(html: &str) -> String {
    // After sanitising, `<` in text is `&lt;`: these are tags and nothing else.
    let clean = SANITISER.clean(html).to_string();
    let (mut named, mut tables) = (String::new(), 0);
    for (at, part) in clean.trim().split("<table>").enumerate() {
        if at > 0 {
            tables += 1;
            // Regions of one name cannot be told apart.
            let name = if tables == 1 {
                "Table".to_owned()
            } else {
                format!("Table {tables}")
            };
            named += &format!("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{name}\"><table>");
        }
        named += part;
    }
    named
        .replace("</table>", "</table></div>")
        .replace("<th>", "<th scope=\"col\">")
        .replace("<pre>", "<pre tabindex=\"0\">")
}

#[cfg(test)]
mod tests {
    use super::{faults, plain, prose, render, render_short, unemphasised};

    #[track_caller]
    fn short(markdown: &str, html: &str) {
        assert_eq!(render_short(markdown), html);
    }

    #[test]
    fn short_fields_have_no_paragraph() {
        short(
            "Add a **return** route to `rt-hub`.\n",
            "Add a <strong>return</strong> route to <code>rt-hub</code>.",
        );
        short("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>");
        short("a < b & c", "a &lt; b &amp; c");
        short("", "");
        short(
            "[a](https://a.example/x?y=1&z=2)",
            "<a href=\"https://a.example/x?y=1&amp;z=2\" rel=\"noopener noreferrer\">a</a>",
        );
        short("10. ten", "<ol start=\"10\">\n<li>ten</li>\n</ol>");
    }

    #[test]
    fn nothing_dangerous_comes_out() {
        for markdown in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![x](https://a.example/x.png)",
            "[x](javascript:alert(1))",
            "[x](data:text/html,x)",
            "<div style=\"x\">y</div>",
            "[x](/relative)",
            "<javascript:alert(1)>",
        ] {
            let html = render(markdown);
            for bad in [
                "<script",
                "<img",
                "javascript:",
                "data:",
                "style=",
                "/relative\"",
                "onerror",
            ] {
                assert!(
                    !html.contains(&format!("\"{bad}")) && !html.contains(&format!("<{bad}")),
                    "{markdown}: {html}"
                );
            }
            assert!(
                !html.contains("<script") && !html.contains("<img") && !html.contains("href"),
                "{markdown}: {html}"
            );
            assert!(!faults(markdown).is_empty(), "{markdown}");
        }
    }

    #[test]
    fn tables_and_code_can_be_scrolled() {
        let html = render("| a | b |\n|--:|---|\n| 1 | 2 |\n\n```hcl\nx = \"<y>\"\n```\n");
        assert!(
            html.starts_with("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>"),
            "{html}"
        );
        let two = render("| a |\n|---|\n| 1 |\n\nand\n\n| b |\n|---|\n| 2 |\n");
        assert!(
            two.contains("aria-label=\"Table\"") && two.contains("aria-label=\"Table 2\""),
            "{two}"
        );
        assert!(
            html.contains("<th scope=\"col\">a</th>") && html.contains("</table></div>"),
            "{html}"
        );
        assert!(
            html.contains("<pre tabindex=\"0\"><code>x = \"&lt;y&gt;\"\n</code></pre>"),
            "{html}"
        );
        assert!(!html.contains("style"), "{html}");
    }

    #[test]
    fn text_without_marks() {
        let markdown = "Two **firm** `rules`:\n\n- one\n- two\n\n| a |\n|---|\n| 1 |\n\n```\ncode\n```\n";
        assert_eq!(plain(markdown), "Two firm rules: one two a 1 code");
        assert_eq!(prose(markdown), "Two firm rules: one two");
        assert_eq!(unemphasised(markdown), "Two : one two");
    }

    #[test]
    fn faults_are_named() {
        for (markdown, rule) in [
            ("a <vpc-id> b", Some("raw-html")),
            ("a `<vpc-id>` b", None),
            ("![x](https://a.example/x.png)", Some("image")),
            ("[x](http://a.example)", Some("not-https")),
            ("<a@a.example>", Some("not-https")),
            ("<https://a.example>", None),
            ("# title", Some("markdown")),
            ("> said", Some("markdown")),
            ("x\n\n---\n", Some("markdown")),
            ("a > b and a # b", None),
            ("- a\n  - b", None),
        ] {
            assert_eq!(faults(markdown).first().map(|fault| fault.rule), rule, "{markdown}");
        }
    }
}
