use sandtable_architecture::editor::Action;
use sandtable_architecture::panel::{Stage, Tone, Verdict, first_open, verdict};
use sandtable_architecture::rules::{Outcome, RuleReport};
use sandtable_architecture::task::Rule;

use super::act::Act;
use super::desk::{Desk, Primary};
use super::embedded::full_size;
use super::shape::{Shape, mark};
use super::tree::{Tree, button, el, label, nothing, t, text, words};
use super::{panel, show};

/// The rules, with what became of each.
pub(super) fn rules(desk: &Desk) -> Tree {
    let mut list = el("ol", "rules");
    for (place, rule) in desk.task().rules.iter().enumerate() {
        let report = desk.report.as_ref().and_then(|report| report.rules.get(place));
        list = list.add(one(desk, place, rule, report));
    }
    panel("rules-panel", "Rules").add(list)
}

fn one(desk: &Desk, place: usize, rule: &Rule, report: Option<&RuleReport>) -> Tree {
    let mut row = el("li", "rule");
    let mut space = el("span", "mark-space");
    let mut says = el("span", "");
    if let Some(report) = report {
        let (shape, word, outcome) = match report.outcome {
            Outcome::Pass => (Shape::Right, "Holds. ", "pass"),
            Outcome::Fail => (Shape::Wrong, "Does not hold. ", "fail"),
            Outcome::NotReached => (Shape::NotReached, "Not reached. ", "not-reached"),
        };
        row = row.set("data-outcome", if desk.is_old { "old" } else { outcome });
        space = space.add(mark(shape));
        says = says.add(label("strong", "", word));
    }
    says = says.add(text(rule.say.clone()));
    let says = el("p", "rule-say").set("tabindex", "-1").add(space).add(says);
    row = row.add(says);
    if rule.must && report.is_none_or(|report| report.outcome != Outcome::Pass) {
        row = row.add(label("p", "hint-text", "The score is 0 until this holds."));
    }
    if let Some(report) = report.filter(|report| report.outcome != Outcome::Pass) {
        row = found(desk, row, report);
    }
    let taken = desk.hints.shown(desk.task(), place);
    if !taken.is_empty() {
        let mut steps = el("ol", "hint-list").set("aria-label", "Hints");
        for step in taken {
            steps = steps.add(el("li", "").set("tabindex", "-1").html(step.clone()));
        }
        row = row.add(steps);
    }
    if !rule.why.is_empty() {
        row = row.add(folded("why", "Why").add(el("div", "").html(rule.why.clone())));
    }
    row
}

fn folded(class: &'static str, title: &'static str) -> Tree {
    el("details", class)
        .key(title.to_owned())
        .add(label("summary", "", title))
}

/// Why a rule does not hold, with the parts it is about.
fn found(desk: &Desk, row: Tree, report: &RuleReport) -> Tree {
    /// More say no more.
    const MOST: usize = 2;
    let mut list = el("ul", "findings");
    for finding in report.findings.iter().take(MOST) {
        let mut says = el("div", "finding").add(words("span", "", finding.says.clone()));
        if let Some(seat) = finding.seat().filter(|seat| desk.is_there(&seat.at)) {
            says = says.add(show(desk, seat, finding.says.clone()));
        }
        let mut line = el("li", "").add(says);
        if let Some(walk) = &finding.walk {
            let mut hops = el("ol", "hops");
            for hop in &walk.hops {
                hops = hops.add(words("li", "", hop.says.clone()));
            }
            line = line.add(folded("why", "Hop by hop").add(hops));
        }
        list = list.add(line);
    }
    let row = row.add(list);
    match report.findings.len() {
        more if more > MOST => {
            let says = ["And ", &(more - MOST).to_string(), " more like these."].concat();
            row.add(words("p", "hint-text", says))
        }
        _ => row,
    }
}

/// The keys of canvas and outline: a list that opens over the page.
pub(super) fn keys() -> Tree {
    let mut table = el("table", "");
    for record in Action::ALL {
        table = table.add(key(record.name, record.keys));
    }
    for (name, keys) in [
        ("Go to the nearest part that way", "Arrows"),
        ("The first, the last beside it", "Home, End"),
        ("Into a container, out of it", "Enter, Backspace"),
        ("Follow a link, and back", "] [ \\"),
        ("Nudge", "Shift+arrows"),
        ("Choose one more", "Shift+Space"),
        ("From a setting back to the part", "Escape"),
        ("Say it again, read it all", "S, Shift+S"),
        ("End what was begun", "Escape"),
        ("The button at the bottom", "Ctrl+Enter"),
    ] {
        table = table.add(key(name, keys));
    }
    let scroll = el("div", "scroll")
        .set("tabindex", "0")
        .set("role", "region")
        .set("aria-label", "Keys")
        .add(table);
    let close = button("button small", Act::CloseKeys).add(t("Close"));
    el("dialog", "keys")
        .set("aria-label", "Keys on the canvas and in the outline")
        .add(
            el("div", "keys-title")
                .add(label("h2", "", "Keys on the canvas and in the outline"))
                .add(close),
        )
        .add(scroll)
}

fn key(name: &'static str, keys: &'static str) -> Tree {
    let keys = el("td", "").add(label("kbd", "", keys));
    el("tr", "").add(label("th", "", name).set("scope", "row")).add(keys)
}

/// The bar: the verdict where the hand already is.
pub(super) fn bar(desk: &Desk) -> Tree {
    let is_worked = desk.stage == Stage::Worked;
    let says = match is_worked {
        true => Verdict {
            rest: "A design that works. Look at it, then break it.".to_owned(),
            ..Verdict::default()
        },
        false => verdict(desk.task(), desk.report.as_ref(), desk.is_old),
    };
    let shape = match says.tone {
        Tone::Plain => nothing(),
        Tone::Right => mark(Shape::Right),
        Tone::Partial => mark(Shape::Partial),
        Tone::Wrong => mark(Shape::Wrong),
    };
    let status = el("p", "status")
        .set("data-tone", says.tone.as_str())
        .add(shape)
        .add(words("strong", "", says.lead))
        .add(t(" "))
        .add(text(says.rest));
    let note = match &desk.note {
        Some(note) => words("p", "bar-note", note.clone()),
        None => nothing(),
    };
    let does = match desk.primary() {
        Primary::Check => t("Check"),
        Primary::Stage(Stage::Half) => t("Next: half built"),
        Primary::Stage(_) => t("Next: empty board"),
        Primary::Leave => t("Finish"),
    };
    let mut buttons = el("div", "bar-buttons").add(full_size(desk));
    if !is_worked {
        buttons = buttons
            .add(button("button quiet", Act::Again).add(t("Start again")))
            .add(button("button hint", Act::Hint).add(t("Hint")));
    }
    let primary = button("button primary", Act::Primary).set("id", "primary").add(does);
    // A check says how much holds; what does not, and why, may be far from here.
    let is_open = !is_worked && desk.report.as_ref().is_some_and(|report| first_open(report).is_some());
    let findings = match is_open {
        true => button("button small findings-link", Act::Findings).add(t("See findings")),
        false => nothing(),
    };
    el("div", "bar")
        .set_if(!is_worked, "data-checks", "")
        .add(el("div", "bar-says").add(status).add(findings).add(note))
        .add(buttons.add(primary))
}

/// Why it is right, once it is.
pub(super) fn explain(desk: &Desk) -> Tree {
    let is_graded = desk.stage != Stage::Worked && !desk.exercise.explain.is_empty();
    match desk.is_done() && is_graded {
        true => el("div", "explain").html(desk.exercise.explain.clone()),
        false => nothing(),
    }
}
