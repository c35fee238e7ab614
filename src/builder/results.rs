use leptos::prelude::*;
use sandtable_architecture::editor::{Action, Item};
use sandtable_architecture::panel::{Stage, Tone, verdict};
use sandtable_architecture::rules::{Finding, Outcome, RuleReport};

use super::desk::{Desk, It};
use super::shape::{Shape, mark};
use super::{panel, show};
use crate::browser::{clock, focus};
use crate::dom::{
    Node, all, button, el, html, keep, live, live_if, live_set, live_text, nothing, on_click, on_key, set, t,
};

/// The rules, with what became of each.
pub(super) fn rules(desk: Desk) -> Node {
    let task = desk.peek(|it| it.exercise.task.rules.clone());
    let rows = task.into_iter().enumerate().map(|(place, rule)| {
        let judged = desk.memo(move |it: &It| {
            let report = it.report.as_ref().and_then(|report| report.rules.get(place).cloned());
            report.map(|report| (report, it.is_old))
        });
        let say = keep(&rule.say);
        let heading = live(move || {
            let outcome = judged.with(|judged| judged.as_ref().map(|(report, is_old)| (report.outcome, *is_old)));
            let (shape, word) = match outcome {
                None => (None, ""),
                Some((Outcome::Pass, _)) => (Some(Shape::Right), "Holds. "),
                Some((Outcome::Fail, _)) => (Some(Shape::Wrong), "Does not hold. "),
                Some((Outcome::NotReached, _)) => (Some(Shape::NotReached), "Not reached. "),
            };
            let mut children = vec![el(
                "span",
                vec![set("class", "mark-space")],
                vec![shape.map_or_else(nothing, mark)],
            )];
            let mut words = vec![t(&say.get_value())];
            if !word.is_empty() {
                words.insert(0, el("strong", vec![], vec![t(word)]));
            }
            children.push(el("span", vec![], words));
            el("p", vec![set("class", "rule-say")], children)
        });
        let findings = live(move || match judged.get() {
            Some((report, false)) => all(found(desk, &report)),
            _ => nothing(),
        });
        let must = match rule.must {
            true => el(
                "p",
                vec![set("class", "hint-text")],
                vec![t("The score is 0 until this holds.")],
            ),
            false => nothing(),
        };
        let why = match rule.why.is_empty() {
            true => nothing(),
            false => el(
                "details",
                vec![set("class", "why")],
                vec![
                    el("summary", vec![], vec![t("Why")]),
                    el("div", vec![html(&rule.why)], vec![]),
                ],
            ),
        };
        let taken = desk.memo(move |it: &It| it.hints.shown(it.task(), place).to_vec());
        let hints = live_if(move || {
            let steps = taken.get();
            let list = || {
                steps
                    .iter()
                    .map(|step| el("li", vec![set("tabindex", "-1"), html(step)], vec![]))
                    .collect()
            };
            (!steps.is_empty()).then(|| {
                el(
                    "ol",
                    vec![set("class", "hint-list"), set("aria-label", "Hints")],
                    list(),
                )
            })
        });
        let state = live_set("data-outcome", move || {
            judged.with(|judged| {
                let (report, is_old) = judged.as_ref()?;
                let word = match (is_old, report.outcome) {
                    (true, _) => "old",
                    (_, Outcome::Pass) => "pass",
                    (_, Outcome::Fail) => "fail",
                    (_, Outcome::NotReached) => "not-reached",
                };
                Some(word.to_owned())
            })
        });
        el(
            "li",
            vec![set("class", "rule"), state],
            vec![heading, must, findings, hints, why],
        )
    });
    let list = el("ol", vec![set("class", "rules")], rows.collect());
    panel("rules-panel", "Rules", vec![list, keys()])
}

/// Why a rule does not hold, with the parts it is about.
fn found(desk: Desk, report: &RuleReport) -> Vec<Node> {
    /// More say no more.
    const MOST: usize = 2;
    if report.outcome == Outcome::Pass {
        return Vec::new();
    }
    let rows = report.findings.iter().take(MOST).map(|finding| {
        let mut children = vec![el("span", vec![], vec![t(&finding.says)])];
        if let Some(item) = about(finding).filter(|item| desk.peek(|it| is_there(it, item))) {
            let name = desk.name(&item);
            children.push(show(desk, item, &name));
        }
        let mut row = vec![el("div", vec![set("class", "finding")], children)];
        if let Some(walk) = &finding.walk {
            let hops = walk
                .hops
                .iter()
                .map(|hop| el("li", vec![], vec![t(&hop.says)]))
                .collect();
            row.push(el(
                "details",
                vec![set("class", "why")],
                vec![
                    el("summary", vec![], vec![t("Hop by hop")]),
                    el("ol", vec![set("class", "hops")], hops),
                ],
            ));
        }
        el("li", vec![], row)
    });
    let mut nodes = vec![el("ul", vec![set("class", "findings")], rows.collect())];
    if let Some(more) = report.findings.len().checked_sub(MOST).filter(|more| *more > 0) {
        nodes.push(el(
            "p",
            vec![set("class", "hint-text")],
            vec![t(&format!("And {more} more like these."))],
        ));
    }
    nodes
}

fn about(finding: &Finding) -> Option<Item> {
    let part = finding.parts.first().cloned().map(Item::Part);
    part.or_else(|| finding.links.first().cloned().map(Item::Link))
}

fn is_there(it: &It, item: &Item) -> bool {
    match item {
        Item::Part(id) => it.design().parts.contains_key(id),
        Item::Link(id) => it.design().links.contains_key(id),
    }
}

/// The keys of canvas and outline.
fn keys() -> Node {
    let rows = Action::ALL.into_iter().map(|record| {
        let keys = el("kbd", vec![], vec![t(record.keys)]);
        el(
            "tr",
            vec![],
            vec![
                el("th", vec![set("scope", "row")], vec![t(record.name)]),
                el("td", vec![], vec![keys]),
            ],
        )
    });
    let more = [
        ("Go through the parts", "Arrows, Home, End"),
        ("Into a container, out of it", "Enter, Backspace"),
        ("Follow a link, and back", "] [ \\"),
        ("Nudge", "Shift+arrows"),
        ("Say it again, read it all", "S, Shift+S"),
    ];
    let more = more.map(|(name, keys)| {
        let keys = el("kbd", vec![], vec![t(keys)]);
        el(
            "tr",
            vec![],
            vec![
                el("th", vec![set("scope", "row")], vec![t(name)]),
                el("td", vec![], vec![keys]),
            ],
        )
    });
    let table = el("table", vec![], rows.chain(more).collect());
    el(
        "details",
        vec![set("class", "keys why")],
        vec![
            el("summary", vec![], vec![t("Keys on the canvas and in the outline")]),
            el(
                "div",
                vec![
                    set("class", "scroll"),
                    set("tabindex", "0"),
                    set("role", "region"),
                    set("aria-label", "Keys"),
                ],
                vec![table],
            ),
        ],
    )
}

/// A press follows the one before by at least so many milliseconds.
const PRESS: u64 = 400;

/// What the primary button does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Primary {
    #[default]
    Check,
    Stage(Stage),
    Leave(String),
}

fn primary(it: &It) -> Primary {
    let is_done = it.report().is_some_and(|report| report.fraction >= 1.0);
    match (it.stage, it.stage.next()) {
        (Stage::Worked, Some(next)) => Primary::Stage(next),
        (_, Some(next)) if is_done => Primary::Stage(next),
        (_, None) if is_done && !it.state.up.is_empty() => Primary::Leave(it.state.up.clone()),
        _ => Primary::Check,
    }
}

/// The bar: the verdict where the hand already is.
pub(super) fn bar(desk: Desk) -> Node {
    let says = desk.memo(|it| match it.stage {
        Stage::Worked => sandtable_architecture::panel::Verdict {
            rest: "A design that works. Look at it, then break it.".to_owned(),
            ..Default::default()
        },
        _ => verdict(it.task(), it.report.as_ref(), it.is_old),
    });
    let what = desk.memo(primary);
    let pressed_at = StoredValue::new(0_u64);
    let press = move || {
        let now = clock::now();
        if now.saturating_sub(pressed_at.get_value()) < PRESS {
            return;
        }
        pressed_at.set_value(now);
        match what.get_untracked() {
            Primary::Check => desk.check(),
            Primary::Stage(next) => desk.go(next),
            Primary::Leave(up) => crate::browser::address::go(&up),
        }
    };
    let keys = focus::on_key(move |event| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.repeat() {
            event.prevent_default();
            press();
        }
    });
    let keys = StoredValue::new_local(keys);
    on_cleanup(move || keys.set_value(None));
    let shape = live_if(move || {
        says.with(|says| match says.tone {
            Tone::Plain => None,
            Tone::Right => Some(Shape::Right),
            Tone::Partial => Some(Shape::Partial),
            Tone::Wrong => Some(Shape::Wrong),
        })
        .map(mark)
    });
    let lead = el(
        "strong",
        vec![],
        vec![live_text(move || says.with(|says| says.lead.clone()))],
    );
    let status = vec![
        shape,
        lead,
        t(" "),
        live_text(move || says.with(|says| says.rest.clone())),
    ];
    let tone = live_set("data-tone", move || {
        Some(says.with(|says| says.tone).as_str().to_owned())
    });
    let label = live_text(move || match what.get() {
        Primary::Check => "Check".to_owned(),
        Primary::Stage(stage) => format!("Next: {}", stage.label().to_lowercase()),
        Primary::Leave(_) => "Finish".to_owned(),
    });
    let main = vec![
        set("type", "button"),
        set("id", "primary"),
        set("class", "button primary"),
        on_key(|event| {
            if event.repeat() && matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
            }
        }),
        on_click(press),
    ];
    let help = live_if(move || {
        (desk.stage() != Stage::Worked).then(|| {
            all(vec![
                button("button quiet", "Start again", move || desk.start_again()),
                button("button hint", "Hint", move || desk.hint()),
            ])
        })
    });
    let explain = live_if(move || {
        let text = desk.read(|it| {
            let is_done = it.report().is_some_and(|report| report.fraction >= 1.0);
            (is_done && it.stage != Stage::Worked).then(|| it.exercise.explain.clone())
        })?;
        (!text.is_empty()).then(|| el("div", vec![set("class", "explain"), html(&text)], vec![]))
    });
    let buttons = vec![help, el("button", main, vec![label])];
    let children = vec![
        el("p", vec![set("class", "status"), tone], status),
        el("div", vec![set("class", "bar-buttons")], buttons),
    ];
    all(vec![explain, el("div", vec![set("class", "bar")], children)])
}
