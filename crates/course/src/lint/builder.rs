//! Faults of builders that a schema cannot see: texts, references between rules, selectors that select nothing.

use std::collections::HashMap;

use sandtable_architecture::design::Kind;

use super::{World, markdown_of, objective, one_line, sources_of, topic};
use crate::author::builder::{Breakable, Builder, Rule, Selector, Term, kind_words};
use crate::problem::{Report, says};
use crate::source::Node;
use crate::text::{either, suggest};

/// More models or witnesses than these prove nothing new.
const MOST_DESIGNS: usize = 40;

/// Checks a builder that has the right shape, apart from its designs.
pub(crate) fn builder(builder: &Builder, node: &Node, week: u32, world: &World<'_>, report: &mut Report<'_>) {
    let topic = topic(&builder.topic, node, week, world, report);
    objective(&builder.objective, node, topic, report);
    sources_of(&builder.sources, node.field("sources"), world, report);
    one_line(node.field("title"), &builder.title, "title", report);
    one_line(node.field("purpose"), &builder.purpose, "purpose", report);
    for (name, text) in [("brief", &builder.brief), ("explain", &builder.explain)] {
        markdown_of(node.field(name), text, report);
    }
    let asked = &builder.asked;
    for (name, text) in [
        ("worked", &asked.worked),
        ("half", &asked.half),
        ("blank", &asked.blank),
    ] {
        markdown_of(node.field("asked").field(name), text, report);
    }
    for (id, role) in &builder.roles {
        one_line(
            node.field("roles").field(id).field("label"),
            &role.label,
            "label",
            report,
        );
    }
    for (at, note) in builder.notes.iter().enumerate() {
        markdown_of(node.field("notes").index(at).field("text"), &note.text, report);
    }
    let mut seen = HashMap::new();
    for (at, rule) in builder.rules.iter().enumerate() {
        let node = node.field("rules").index(at);
        if let Some(first) = seen.insert(rule.id.as_str(), at) {
            report.error(
                "duplicate-id",
                node.field("id").span,
                says(
                    format!("`{}` is the id of rule {} too", rule.id, first + 1),
                    "A verdict and a witness name a rule by its id.",
                    "Give one of the two another id.",
                ),
            );
        }
        one_line(node.field("say"), &rule.say, "say", report);
        markdown_of(node.field("why"), &rule.why, report);
        for (place, hint) in rule.hints.iter().enumerate() {
            markdown_of(node.field("hints").index(place), hint, report);
        }
        after(builder, at, rule, node, report);
        predicate(builder, rule, node, report);
    }
    if !builder.rules.iter().any(|rule| rule.must) {
        report.error(
            "no-must",
            node.key("rules"),
            says(
                "no rule says `must: true`",
                "A design that misses the point of the task could score by the rest.",
                "Mark the two or three rules without which nothing counts.",
            ),
        );
    }
    duplicate_words(&builder.palette, node.field("palette"), report);
    verdicts(builder, node, report);
}

/// `after` names rules that are judged before.
fn after(builder: &Builder, at: usize, rule: &Rule, node: &Node, report: &mut Report<'_>) {
    for (place, id) in rule.after.iter().enumerate() {
        let span = node.field("after").index(place).span;
        let before: Vec<&str> = builder.rules.iter().take(at).map(|rule| rule.id.as_str()).collect();
        if !before.contains(&id.as_str()) {
            report.error(
                "unknown-id",
                span,
                says(
                    format!("no rule above this one has the id `{id}`"),
                    "Rules are judged from top to bottom.",
                    suggest(id, before, "rules above"),
                ),
            );
        }
    }
}

/// Exactly one predicate, whose selectors mean something.
fn predicate(builder: &Builder, rule: &Rule, node: &Node, report: &mut Report<'_>) {
    let given = [
        ("route", rule.route.is_some()),
        ("separate", rule.separate.is_some()),
        ("count", rule.count.is_some()),
        ("spread", rule.spread.is_some()),
    ];
    let names: Vec<&str> = given
        .iter()
        .filter(|(_, is_given)| *is_given)
        .map(|(name, _)| *name)
        .collect();
    if names.len() != 1 {
        report.error(
            "predicate",
            node.field("id").span,
            says(
                if names.is_empty() {
                    format!("the rule `{}` judges nothing", rule.id)
                } else {
                    format!("the rule `{}` has {}", rule.id, either(&names).replace(" or ", " and "))
                },
                "A rule has exactly one of `route`, `separate`, `count` and `spread`.",
                if names.is_empty() {
                    "Add one."
                } else {
                    "Make a rule of each."
                },
            ),
        );
    }
    if let Some(route) = &rule.route {
        let node = node.field("route");
        selector(builder, &route.from, node.field("from"), report);
        if !route.to.is_internet() {
            selector(builder, &route.to, node.field("to"), report);
        }
        if let Some(through) = &route.through {
            selector(builder, through, node.field("through"), report);
        }
        if let Some(under) = route.under {
            offered(builder, under, node.field("under"), report);
        }
    }
    if let Some(separate) = &rule.separate {
        selector(builder, &separate.a, node.field("separate").field("a"), report);
        selector(builder, &separate.b, node.field("separate").field("b"), report);
        if let Some(inside) = &separate.inside {
            range(inside, node.field("separate").field("inside"), report);
        }
    }
    if let Some(count) = &rule.count {
        let node = node.field("count");
        selector(builder, &count.of, node.field("of"), report);
        if count.max.is_some_and(|max| max < count.min) {
            report.error(
                "out-of-range",
                node.field("max").span,
                says(
                    format!("`max` is less than `min`, {}", count.min),
                    "Nothing could pass.",
                    "Raise `max`, or lower `min`.",
                ),
            );
        }
    }
    if let Some(spread) = &rule.spread {
        selector(builder, &spread.of, node.field("spread").field("of"), report);
    }
}

/// A range is written in the one way in which it is read.
fn range(text: &str, node: &Node, report: &mut Report<'_>) {
    let read = sandtable_architecture::task::range(text).map(|net| net.to_string());
    if read.as_deref() != Some(text) {
        report.error(
            "prefix",
            node.span,
            says(
                format!("`{}` is not a range of addresses", crate::text::shown(text)),
                "Prefixes are looked for inside it.",
                match read {
                    Some(read) => format!("Write `{read}`, or another length."),
                    None => "Write it like `10.0.0.0/8`.".to_owned(),
                },
            ),
        );
    }
}

/// What a rule breaks is something that a learner can break as well, to see it.
fn offered(builder: &Builder, under: Breakable, node: &Node, report: &mut Report<'_>) {
    if !builder.faults.contains(&under) {
        report.error(
            "fault",
            node.span,
            says(
                format!("`{}` is not in `faults`", under.as_str()),
                "A learner has to be able to break what a rule breaks, to see why it fails.",
                "Add it to `faults`.",
            ),
        );
    }
}

fn selector(builder: &Builder, selector: &Selector, node: &Node, report: &mut Report<'_>) {
    for (at, term) in selector.terms().iter().enumerate() {
        let node = node.index(at);
        match term {
            Term::Word(word) => match (word.strip_prefix('#'), word.strip_prefix('@')) {
                (Some(id), _) => given_id(builder, id, node, report),
                (_, Some(role)) => role_id(builder, role, node, report),
                _ if Kind::read(word).is_none() => report.error(
                    "selector",
                    node.span,
                    says(
                        format!("`{}` selects nothing", crate::text::shown(word)),
                        "A selector is a kind, `'#id'` of a given part, or `'@role'`.",
                        suggest(word, kind_words(), "kinds"),
                    ),
                ),
                _ => {}
            },
            Term::Which(which) => {
                if which.kind.is_none() && which.role.is_none() && which.within.is_none() {
                    report.error(
                        "selector",
                        node.span,
                        says(
                            "the selector says nothing",
                            "It would mean every part.",
                            "Write `kind`, `role` or `in`, or several of them.",
                        ),
                    );
                }
                if let Some(role) = &which.role {
                    role_id(builder, role, node.field("role"), report);
                }
                if let Some(id) = &which.within {
                    given_id(builder, id, node.field("in"), report);
                }
            }
        }
    }
}

fn given_id(builder: &Builder, id: &str, node: &Node, report: &mut Report<'_>) {
    if !builder.given.parts.contains_key(id) {
        report.error(
            "unknown-id",
            node.span,
            says(
                format!("no given part has the id `{id}`"),
                "A learner's own parts have other ids in each design, so that a rule can name given ones only.",
                suggest(id, builder.given.parts.keys().map(String::as_str), "given parts"),
            ),
        );
    }
}

fn role_id(builder: &Builder, role: &str, node: &Node, report: &mut Report<'_>) {
    if !builder.roles.contains_key(role) {
        report.error(
            "unknown-id",
            node.span,
            says(
                format!("there is no role `{role}`"),
                "The rule would find no part.",
                suggest(role, builder.roles.keys().map(String::as_str), "roles"),
            ),
        );
    }
}

fn duplicate_words(words: &[String], node: &Node, report: &mut Report<'_>) {
    for (at, word) in words.iter().enumerate() {
        if words.iter().take(at).any(|other| other == word) {
            report.error(
                "duplicate-kind",
                node.index(at).span,
                says(
                    format!("`{word}` stands here twice"),
                    "The page would offer it twice.",
                    "Take one out.",
                ),
            );
        }
    }
}

/// What witnesses list are rules, each in one list.
fn verdicts(builder: &Builder, node: &Node, report: &mut Report<'_>) {
    let rules: Vec<&str> = builder.rules.iter().map(|rule| rule.id.as_str()).collect();
    for (id, witness) in &builder.witnesses {
        let node = node.field("witnesses").field(id);
        for (name, list) in [("fails", &witness.fails), ("not_reached", &witness.not_reached)] {
            for (at, rule) in list.iter().enumerate() {
                if !rules.contains(&rule.as_str()) {
                    report.error(
                        "unknown-id",
                        node.field(name).index(at).span,
                        says(
                            format!("there is no rule `{rule}`"),
                            "A witness says what becomes of the rules.",
                            suggest(rule, rules.iter().copied(), "rules"),
                        ),
                    );
                }
            }
        }
        if witness.fails.is_empty() {
            report.error(
                "witness",
                node.key("fails"),
                says(
                    format!("the witness `{id}` fails nothing"),
                    "A witness is a wrong design, and some rule has to say so.",
                    "List what it fails, or make a model of it.",
                ),
            );
        }
    }
    for (name, count) in [("models", builder.models.len()), ("witnesses", builder.witnesses.len())] {
        if count > MOST_DESIGNS {
            report.error(
                "count",
                node.key(name),
                says(
                    format!("there are {count} {name}"),
                    "Each of them is proved whenever the course is checked.",
                    format!("Keep the {MOST_DESIGNS} that show most."),
                ),
            );
        }
    }
    if builder.witnesses.len() < 2 {
        report.error(
            "count",
            node.key("witnesses"),
            says(
                "there are fewer than two witnesses",
                "Each shows that the rules see one particular fault.",
                "Add the wrong designs that learners are likely to build.",
            ),
        );
    }
}
