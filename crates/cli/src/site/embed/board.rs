//! An architecture to build as plain HTML: what is asked, the rules, and the given board as a drawing. It can be read and
//! printed before anything runs.

use std::fmt::Write as _;

use sandtable_architecture::design::{Design, PartId};
use sandtable_architecture::editor::{Control, FieldId, Item, Limits, fields};
use sandtable_architecture::panel::palette;
use sandtable_architecture::task::Builder;

use super::drawing::svg;
use super::question::escape;

/// What comes before the builder, in its place.
pub(super) fn given(builder: &Builder) -> String {
    let rules: String = builder
        .task
        .rules
        .iter()
        .map(|rule| {
            let must = if rule.must {
                " The score is 0 until this holds."
            } else {
                ""
            };
            format!("<li>{}{must}</li>", escape(&rule.say))
        })
        .collect();
    format!(
        "<p>{}</p><div class=\"brief-text\">{}</div>{}<section class=\"given\"><h2>Rules</h2><ol>{rules}</ol></section>",
        builder.asked.blank,
        builder.brief,
        figure(
            &builder.task.given,
            &format!("{}: the board as it is given", builder.title)
        )
    )
}

/// A drawing in its frame. It may be wider than the page: then it scrolls, by the keyboard too.
fn figure(design: &Design, title: &str) -> String {
    format!(
        "<figure class=\"stage drawn\" tabindex=\"0\">{}</figure>",
        svg(design, title)
    )
}

/// What else there is on paper: the parts that one may use, and room to draw.
pub(super) fn on_paper(builder: &Builder) -> String {
    let groups: String = palette(&Limits::of(&builder.task), builder.task.flavour, "")
        .into_iter()
        .map(|group| {
            let names: Vec<&str> = group.kinds.iter().map(|(_, name)| *name).collect();
            format!("<li>{}: {}</li>", group.label, names.join(", "))
        })
        .collect();
    format!(
        "<section class=\"given\"><h2>Parts</h2><ul>{groups}</ul></section>\
         <section><h2>Your design</h2><div class=\"room\"></div></section>"
    )
}

/// A design that is right, drawn and in words, and what all right ones have in common.
pub(super) fn key(builder: &Builder) -> String {
    let design = &builder.worked;
    let mut parts = String::new();
    inside(&mut parts, builder, design, None);
    let links: String = design
        .links
        .iter()
        .map(|(id, link)| {
            let name = format!("{} to {}", design.name(&link.from), design.name(&link.to));
            let (settings, _) = settings(builder, design, &Item::Link(id.clone()));
            format!("<li>{}{settings}</li>", escape(&name))
        })
        .collect();
    format!(
        "<section><h3>A design that works</h3>{}<div class=\"in-words\"><h3>The same in words</h3>{parts}<h3>Links</h3><ul>{links}</ul></div></section>\
         <section><h3>Why</h3>{}</section>",
        figure(design, &format!("{}: a design that works", builder.title)),
        builder.explain
    )
}

/// What a part, or the ground, holds: a list in lists.
fn inside(into: &mut String, builder: &Builder, design: &Design, parent: Option<&PartId>) {
    let mut children = design.children(parent).peekable();
    if children.peek().is_none() {
        return;
    }
    into.push_str("<ul>");
    for (id, part) in children {
        let kind = part.kind.label(design.flavour);
        let (settings, role) = settings(builder, design, &Item::Part(id.clone()));
        let name = design.name(id);
        let kind = if name == kind {
            String::new()
        } else {
            format!(", {kind}")
        };
        let _ = write!(into, "<li>{}{kind}{role}{settings}", escape(&name));
        inside(into, builder, design, Some(id));
        into.push_str("</li>");
    }
    into.push_str("</ul>");
}

/// What a part or a link is set to, as the builder says it, and the role of a part.
fn settings(builder: &Builder, design: &Design, item: &Item) -> (String, String) {
    let (mut settings, mut role) = (String::new(), String::new());
    for field in fields(design, &Limits::of(&builder.task), item) {
        if field.control.is_empty() {
            continue;
        }
        match (field.id, &field.control) {
            (FieldId::Role, control) => role = format!(", {}", escape(&control.says())),
            (FieldId::Attr(_), Control::Toggle(_)) => {
                let _ = write!(settings, "; {}", in_a_sentence(field.label));
            }
            (FieldId::Attr(_), control) => {
                let _ = write!(
                    settings,
                    "; {}: {}",
                    in_a_sentence(field.label),
                    escape(&control.says())
                );
            }
            _ => {}
        }
    }
    (settings, role)
}

/// A label in the middle of a sentence.
fn in_a_sentence(label: &str) -> String {
    let mut letters = label.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use sandtable_architecture::task;

    use super::*;
    use crate::html;

    /// An exercise as it ships.
    fn builder() -> Builder {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../exercises");
        let course = crate::content::compile(&dir).unwrap();
        let builder = course.builders.first().expect("the course has a builder");
        task::builder(&builder.json.to_string()).unwrap()
    }

    #[test]
    fn the_page_shows_the_task_and_no_answer() {
        let builder = builder();
        let given = given(&builder);
        for rule in &builder.task.rules {
            assert!(given.contains(&escape(&rule.say)), "{}", rule.id);
        }
        assert!(given.contains(&builder.brief));
        let paper = on_paper(&builder);
        assert!(paper.contains("Between networks: Transit gateway"), "{paper}");
        for hint in builder.task.rules.iter().flat_map(|rule| &rule.hints) {
            assert!(!given.contains(hint) && !paper.contains(hint));
        }
        let is_given = |id: &PartId| builder.task.given.parts.contains_key(id);
        let (_, hub) = builder
            .worked
            .parts
            .iter()
            .find(|(id, part)| !is_given(id) && !part.name.is_empty())
            .unwrap();
        assert!(
            !given.contains(&format!(">{}<", escape(&hub.name))),
            "a part of the answer: {}",
            hub.name
        );
        assert!(html::forbidden(&html::tags(&given)).is_empty());
    }

    #[test]
    fn the_key_has_every_part_and_every_row_of_a_right_design() {
        let builder = builder();
        let key = key(&builder);
        let words = key.split("in-words").nth(1).unwrap();
        for id in builder.worked.parts.keys() {
            assert!(words.contains(&escape(&builder.worked.name(id))), "{}", id.as_str());
        }
        for part in builder.worked.parts.values() {
            for route in part.routes() {
                assert!(words.contains(&format!("{} to ", route.prefix)), "{}", route.prefix);
            }
        }
        assert!(
            words.contains("; prefix (CIDR): ") && words.contains("; propagate to: "),
            "{words}"
        );
        let tags = html::tags(&key);
        assert!(html::forbidden(&tags).is_empty());
        assert_eq!(key.matches("<ul>").count(), key.matches("</ul>").count());
    }
}
