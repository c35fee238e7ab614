use leptos::prelude::*;

use crate::browser::files;
use crate::dom::{Node, el, keep, live_if, live_set, live_text, memo, on_click, set, t};
use crate::runner::Runner;
use crate::shell::Shell;

/// What is there once an answer was judged: what the item trains, and the way to report a fault.
pub(super) fn about(shell: &Shell, runner: Runner) -> Node {
    let is_answered = memo(move || runner.shown.with(|shown| shown.is_answered.then(String::new)));
    let shell = shell.clone();
    live_if(move || {
        is_answered.get()?;
        let says = objective(&shell, &runner.view().objective);
        let mut children = vec![el("p", vec![set("class", "says")], vec![t(&says)])];
        children.push(report_fault(&shell, runner));
        if let Some(url) = &shell.index.course.report_url {
            let url = keep(url);
            let attributes = vec![
                set("class", "button quiet"),
                set("rel", "noopener noreferrer"),
                live_set("href", move || {
                    Some(url.with_value(|url| files::filled(url, &report(runner))))
                }),
            ];
            children.push(el("a", attributes, vec![t("Open the form for reports")]));
        }
        Some(el("div", vec![set("class", "about")], children))
    })
}

/// "Trains Transit Gateway: Keep stateful inspection symmetric."
fn objective(shell: &Shell, id: &str) -> String {
    let topics = shell.index.weeks.iter().flat_map(|week| &week.topics);
    let found = topics
        .flat_map(|topic| topic.objectives.iter().map(move |objective| (topic, objective)))
        .find(|(_, objective)| objective.id == id);
    found.map_or_else(String::new, |(topic, objective)| {
        format!("Trains {}: {}", topic.title, objective.text)
    })
}

/// Copies a report of a fault. Nothing is sent.
fn report_fault(shell: &Shell, runner: Runner) -> Node {
    let label = RwSignal::new("Report a fault".to_owned());
    let announcer = shell.announcer;
    let copy = on_click(move || {
        let report = untrack(|| report(runner));
        files::copy(report, move |copied| {
            let said = if copied {
                "Report copied."
            } else {
                "Copying is not allowed here."
            };
            label.set(said.to_owned());
            announcer.say(said);
        });
    });
    let attributes = vec![set("type", "button"), set("class", "button"), copy];
    el("button", attributes, vec![live_text(move || label.get())])
}

/// A text that describes the state for a report of a fault.
fn report(runner: Runner) -> String {
    let run = runner.run.get();
    let answer = run.answer.and_then(|answer| serde_json::to_string(&answer).ok());
    format!(
        "Item: {}\nVersion: {}\nAnswer: {}",
        run.item,
        run.version,
        answer.as_deref().unwrap_or("none")
    )
}
