use std::sync::Arc;

use leptos::prelude::*;
use sandtable_exercise::index::ExerciseEntry;
use sandtable_exercise::{Quiz, address as fragment_of};
use sandtable_progress::overview::{item_states, next_after, open_at};
use sandtable_progress::summary::ItemState;

use super::about::about;
use super::bar::Next;
use super::question::question;
use super::share::share;
use super::{builder, column, not_found, wide};
use crate::browser::{address, content, focus};
use crate::dom::{Node, all, derive, el, link, live, live_if, live_set, live_text, memo, set, t};
use crate::runner::Runner;
use crate::shell::{Load, Shell};
use crate::widgets::{Shape, mark};

/// An exercise: its title, its items as pips, and the one at hand. `id` may be a former one; `item` is the full id of the
/// item that the address names.
pub(crate) fn exercise(shell: &Shell, id: &str, item: Memo<Option<String>>) -> Node {
    let mut all = shell.index.weeks.iter().flat_map(|week| &week.exercises);
    let Some(entry) = all
        .find(|entry| entry.id == id || entry.aliases.iter().any(|alias| alias == id))
        .cloned()
    else {
        return not_found(id);
    };
    address::set_title(&format!(
        "{} - {} - Sandtable",
        entry.title,
        week_of(&entry).replace("week-", "Week ")
    ));
    let is_builder = entry.kind == "builder";
    let file = entry.file.clone();
    let module = builder::files(&shell.index);
    let load = Load::start(move || {
        let (file, module) = (file.clone(), module.clone());
        async move {
            if is_builder {
                return builder::open(module, file).await.map(Content::Builder);
            }
            let quiz = content::read(&file, sandtable_exercise::read::quiz).await?;
            Ok(Content::Quiz(Arc::new(quiz)))
        }
    });
    let title = entry.title.clone();
    let purpose = el("p", vec![set("class", "purpose")], vec![t(&entry.purpose)]);
    let shell = shell.clone();
    let view = load.view(&title, move |content| match &*content {
        Content::Quiz(quiz) => items(&shell, quiz, entry.clone(), item),
        Content::Builder(file) => builder::builder(&shell, entry.clone(), file, item),
    });
    let page = if is_builder { wide } else { column };
    page(&title, vec![purpose, view])
}

/// What an exercise's file holds: one type, so that loading is compiled once.
enum Content {
    Quiz(Arc<Quiz>),
    Builder(String),
}

pub(super) fn week_of(entry: &ExerciseEntry) -> String {
    entry.id.split('/').next().unwrap_or_default().to_owned()
}

/// The part of an id that its author wrote.
fn short(id: &str) -> &str {
    id.rsplit('#').next().unwrap_or_default()
}

fn items(shell: &Shell, quiz: &Arc<Quiz>, entry: ExerciseEntry, item: Memo<Option<String>>) -> Node {
    let records = shell.records;
    let up = format!("#/{}", week_of(&entry));
    let entry = StoredValue::new(entry);
    let states = memo(move || entry.with_value(|entry| records.read(entry, |known| item_states(entry, known))));
    // The address names the item; without one, the first that is new.
    let opened = open_at(&states.get_untracked());
    let place = memo(move || {
        entry.with_value(|entry| {
            let mut items = entry.items.iter();
            let item = match item.get() {
                None => items.nth(opened),
                Some(asked) => {
                    let is_asked = |id: &String| short(id) == short(&asked);
                    items.find(|item| is_asked(&item.id) || item.aliases.iter().any(is_asked))
                }
            };
            item.map(|item| item.id.clone())
        })
    });
    // Going from item to item keeps the exercise where it is: the focus goes to the question.
    Effect::new(move |before: Option<Option<String>>| {
        let now = place.get();
        if before.is_some_and(|before| before != now) {
            focus::later("#question");
        }
        now
    });
    let (shell, quiz) = (shell.clone(), quiz.clone());
    live(move || {
        let found = place
            .get()
            .and_then(|id| quiz.items.iter().position(|item| item.view.id == id));
        let Some((at, item)) = found.and_then(|at| Some((at, quiz.items.get(at).cloned()?))) else {
            let asked = item.get_untracked().unwrap_or_default();
            let says = vec![
                t("There is no item called "),
                el("code", vec![], vec![t(short(&asked))]),
                t(" in this exercise."),
            ];
            let way_out = entry.with_value(|entry| link("button primary", &fragment_of(&entry.id), &entry.title));
            return all(vec![el("p", vec![], says), el("p", vec![], vec![way_out])]);
        };
        let runner = Runner::open(&quiz.id, item, quiz.tries, records);
        let following = move || {
            let next = next_after(&states.get(), at)?;
            entry.with_value(|entry| entry.items.get(next).map(|item| fragment_of(&item.id)))
        };
        let up = up.clone();
        let next = Next {
            is_last: derive(move || following().is_none()),
            go: Callback::new(move |()| address::go(&untrack(following).unwrap_or_else(|| up.clone()))),
        };
        let mut children = Vec::new();
        if quiz.items.len() > 1 {
            children.push(pips(entry, states, at));
        }
        let of = quiz.items.len();
        let place = live_text(move || {
            let is_older = states.with(|states| states.get(at).is_some_and(|state| state.is_older()));
            let older = if is_older {
                ". Changed since you answered it."
            } else {
                ""
            };
            format!("Question {} of {of}{older}", at + 1)
        });
        let share = entry.with_value(|entry| share(entry, shell.announcer));
        let about = all(vec![about(&shell, runner), share]);
        children.push(question(shell.announcer, runner, place, &quiz, about, next));
        all(children)
    })
}

/// The items of an exercise as numbers with the shape of their state.
fn pips(entry: StoredValue<ExerciseEntry>, states: Memo<Vec<ItemState>>, at: usize) -> Node {
    let addresses = entry.with_value(|entry| entry.items.iter().map(|item| fragment_of(&item.id)).collect::<Vec<_>>());
    let pips = addresses.iter().enumerate().map(|(place, address)| {
        let state = move || states.with(|states| states.get(place).copied());
        let mut attributes = vec![
            set("class", "pip"),
            set("href", address),
            live_set("aria-label", move || {
                let state = state();
                let word = match state {
                    None | Some(ItemState::NotSeen) => "new",
                    Some(ItemState::Tried { .. }) => "tried",
                    Some(ItemState::Right { .. }) => "right",
                };
                let older = match state {
                    Some(state) if state.is_older() => ", older version",
                    _ => "",
                };
                Some(format!("Question {}, {word}{older}", place + 1))
            }),
        ];
        if place == at {
            attributes.push(set("aria-current", "step"));
        }
        let shape = live_if(move || {
            let shape = match state()? {
                ItemState::NotSeen => return None,
                ItemState::Tried { best, .. } if best > 0.0 => Shape::Partial,
                ItemState::Tried { .. } => Shape::Wrong,
                ItemState::Right { .. } => Shape::Right,
            };
            Some(mark(shape))
        });
        let number = el("span", vec![], vec![t(&(place + 1).to_string())]);
        el("li", vec![], vec![el("a", attributes, vec![number, shape])])
    });
    let list = el("ol", vec![], pips.collect());
    el(
        "nav",
        vec![set("class", "pips"), set("aria-label", "Questions")],
        vec![list],
    )
}
