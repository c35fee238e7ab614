use std::sync::Arc;

use leptos::prelude::*;
use sandtable_exercise::index::ExerciseEntry;
use sandtable_exercise::{Quiz, address as fragment_of};
use sandtable_progress::overview::{item_states, next_after, open_at};
use sandtable_progress::summary::ItemState;

use super::NotFound;
use super::question::Question;
use crate::browser::{address, content, focus};
use crate::live::{attr, live, live_if, memo};
use crate::runner::Runner;
use crate::shell::{Load, Shell};
use crate::widgets::{Mark, Shape};

/// An exercise: its title, its items as pips, and the one at hand.
#[component]
pub(crate) fn ExercisePage(
    /// `week-20/transit-gateway`, or a former id.
    id: String,
    /// The full id of the item that the address names.
    item: Memo<Option<String>>,
) -> impl IntoView {
    let Shell { index, .. } = Shell::of_page();
    let mut all = index.weeks.iter().flat_map(|week| &week.exercises);
    let Some(entry) = all.find(|entry| entry.id == id || entry.aliases.contains(&id)).cloned() else {
        return view! { <NotFound text=id/> }.into_any();
    };
    let week = entry.id.split('/').next().unwrap_or_default().replace("week-", "Week ");
    address::set_title(&format!("{} - {week} - Sandtable", entry.title));
    let file = entry.file.clone();
    let quiz = Load::start(move || {
        let file = file.clone();
        async move { content::read::<Quiz>(&file).await }
    });
    let (title, purpose) = (entry.title.clone(), entry.purpose.clone());
    let items = quiz.view(&title, move |quiz| view! { <Items quiz entry=entry.clone() item/> }.into_any());
    view! {
        <div class="column">
            <h1 tabindex="-1">{title}</h1>
            <p class="purpose">{purpose}</p>
            {items}
        </div>
    }
    .into_any()
}

#[component]
fn Items(quiz: Arc<Quiz>, entry: ExerciseEntry, item: Memo<Option<String>>) -> impl IntoView {
    let Shell { records, .. } = Shell::of_page();
    let entry = StoredValue::new(entry);
    let states = memo(move || {
        entry.with_value(|entry| records.read(&entry.id, |record| item_states(entry, record)))
    });
    let short = |id: &str| id.rsplit('#').next().unwrap_or_default().to_owned();
    // The address names the item; without one, the first that is new. An item that is not there is said to be so.
    let opened = open_at(&states.get_untracked());
    let ids: Vec<String> = quiz.items.iter().map(|item| item.view.id.clone()).collect();
    let place = memo(move || match item.get() {
        None => Ok(opened),
        Some(asked) => ids.iter().position(|id| short(id) == short(&asked)).ok_or(asked),
    });
    let count = quiz.items.len();
    // Going from item to item keeps the exercise where it is: the focus goes to the question.
    Effect::new(move |before: Option<Result<usize, String>>| {
        let now = place.get();
        if before.is_some_and(|before| before != now) {
            focus::later("#question");
        }
        now
    });
    live(move || match place.get() {
        Err(asked) => view! { <p>"There is no item called "<code>{short(&asked)}</code>" in this exercise."</p> }.into_any(),
        Ok(at) => {
            let Some(item) = quiz.items.get(at).cloned() else {
                return view! { <p>"This exercise has no items."</p> }.into_any();
            };
            let runner = Runner::open(&quiz.id, item, quiz.tries, records);
            let next = Signal::derive(move || {
                let address_of = |at: usize| {
                    entry.with_value(|entry| entry.items.get(at).map(|item| fragment_of(&item.id)))
                };
                next_after(&states.get(), at).and_then(address_of)
            });
            let week = entry.with_value(|entry| entry.id.split('/').next().unwrap_or_default().to_owned());
            view! {
                {(count > 1).then(|| view! { <Pips entry states at/> })}
                <Question runner place=at + 1 of=count quiz=quiz.clone() next up=format!("#/{week}")/>
            }
            .into_any()
        }
    })
}

/// The items of an exercise as numbers with the shape of their state.
#[component]
fn Pips(entry: StoredValue<ExerciseEntry>, states: Memo<Vec<ItemState>>, at: usize) -> impl IntoView {
    let addresses = entry.with_value(|entry| entry.items.iter().map(|item| fragment_of(&item.id)).collect::<Vec<_>>());
    let pips = addresses.into_iter().enumerate().map(|(place, address)| {
        let state = attr(move || states.get().get(place).copied().unwrap_or(ItemState::NotSeen));
        let name = attr(move || {
            let word = match state.get() {
                ItemState::NotSeen => "new",
                ItemState::Tried { .. } => "tried",
                ItemState::Right { .. } => "right",
            };
            format!("Item {}, {word}", place + 1)
        });
        let shape = move || match state.get() {
            ItemState::NotSeen => None,
            ItemState::Tried { best } if best > 0.0 => Some(Shape::Partial),
            ItemState::Tried { .. } => Some(Shape::Wrong),
            ItemState::Right { .. } => Some(Shape::Right),
        };
        view! {
            <li>
                <a class="pip" href=address aria-current=(place == at).then_some("step") aria-label=name>
                    <span>{place + 1}</span>
                    {live_if(move || shape().map(|shape| view! { <Mark shape/> }.into_any()))}
                </a>
            </li>
        }
    });
    view! { <nav class="pips" aria-label="Items"><ol>{pips.collect_view()}</ol></nav> }
}
