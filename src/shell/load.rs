use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::words;
use crate::browser::content::ContentError;
use crate::browser::{address, clock, files, focus};
use crate::dom::{Node, button, el, live, live_text, nothing, on_click, set, t};

/// Something that is read from the site, with its states.
pub(crate) struct Load<T: 'static> {
    reading: Reading,
    value: StoredValue<Option<Arc<T>>>,
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Load<T> {}

impl<T: Send + Sync + 'static> Load<T> {
    /// Starts to read, and again whenever the learner asks.
    pub(crate) fn start<F>(read: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<T, ContentError>> + 'static,
    {
        let value = StoredValue::new(None);
        let reading = Reading::start(Box::new(move || {
            let reading = read();
            Box::pin(async move {
                let read = reading.await?;
                value.try_set_value(Some(Arc::new(read)));
                Ok(())
            })
        }));
        Load { reading, value }
    }

    /// The same where nothing else is on the page yet: what is shown meanwhile is a page of its own.
    pub(crate) fn page(self, what: &str, ready: impl Fn(Arc<T>) -> Node + Send + 'static) -> Node {
        let reading = self.reading;
        let meanwhile = move |node| {
            let heading = el("h1", vec![set("tabindex", "-1")], vec![t("Sandtable")]);
            el(
                "main",
                vec![],
                vec![el("div", vec![set("class", "column")], vec![heading, node])],
            )
        };
        reading.view(
            what.to_owned(),
            Box::new(meanwhile),
            Box::new(move || self.value.get_value().map_or_else(nothing, &ready)),
        )
    }

    /// Shows what is being read, or how far it is. `what` is its name at the start of a sentence, "The course".
    pub(crate) fn view(self, what: &str, ready: impl Fn(Arc<T>) -> Node + Send + 'static) -> Node {
        self.reading.view(
            what.to_owned(),
            Box::new(|node| node),
            Box::new(move || self.value.get_value().map_or_else(nothing, &ready)),
        )
    }
}

type Read = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), ContentError>>>> + Send + Sync>;

/// The states of a load, whatever is loaded.
#[derive(Clone, Copy)]
struct Reading {
    state: RwSignal<State>,
    again: Callback<()>,
}

/// How far it is. While it is quick nothing is shown: most loads are quicker than a flash.
#[derive(Clone, PartialEq, Eq)]
enum State {
    Quick,
    Slow,
    Long,
    Ready,
    Failed(ContentError),
}

impl Reading {
    fn start(read: Read) -> Self {
        let state = RwSignal::new(State::Quick);
        let tries = StoredValue::new(0_u64);
        let again = Callback::new(move |()| {
            let mine = tries.get_value() + 1;
            tries.set_value(mine);
            state.set(State::Quick);
            // A page that was left behind, or an earlier try, changes nothing any more.
            let is_current = move || tries.try_get_value() == Some(mine);
            let go_on = move |from: &State, to: State| {
                if is_current() && state.with_untracked(|state| state == from) {
                    state.set(to);
                }
            };
            leptos::task::spawn_local(async move {
                clock::sleep(Duration::from_millis(300)).await;
                go_on(&State::Quick, State::Slow);
                clock::sleep(Duration::from_millis(7700)).await;
                go_on(&State::Slow, State::Long);
            });
            let reading = read();
            leptos::task::spawn_local(async move {
                let result = reading.await;
                if is_current() {
                    state.set(result.map_or_else(State::Failed, |()| State::Ready));
                    if mine > 1 {
                        focus::later("h1");
                    }
                }
            });
        });
        again.run(());
        Reading { state, again }
    }

    fn view(
        self,
        what: String,
        meanwhile: Box<dyn Fn(Node) -> Node + Send>,
        ready: Box<dyn Fn() -> Node + Send>,
    ) -> Node {
        let waits = |children: Vec<Node>| el("div", vec![set("class", "loading"), set("role", "status")], children);
        let says = |text: &str| el("p", vec![], vec![t(text)]);
        let again = move |class: &str| {
            button(class, "Try again", move || {
                self.again.run(());
                // The button goes: the focus goes to what stays.
                focus::later("h1");
            })
        };
        live(move || match self.state.get() {
            State::Ready => ready(),
            State::Quick => nothing(),
            State::Slow => meanwhile(waits(vec![says("Loading...")])),
            State::Long => meanwhile(waits(vec![says("Still loading."), again("button")])),
            State::Failed(error) => {
                let words = says(&words(&error, &what));
                let way_out = match error {
                    ContentError::Broken(details) => copy_details(details),
                    ContentError::NewVersion => button("button primary", "Reload", address::reload),
                    ContentError::NotLoaded => again("button primary"),
                };
                meanwhile(el(
                    "div",
                    vec![set("class", "failure"), set("role", "alert")],
                    vec![words, way_out],
                ))
            }
        })
    }
}

fn copy_details(details: String) -> Node {
    let label = RwSignal::new("Copy details".to_owned());
    let copy = on_click(move || {
        let details = details.clone();
        files::copy(details, move |copied| {
            let said = if copied {
                "Copied."
            } else {
                "Copying is not allowed here."
            };
            label.set(said.to_owned());
        });
    });
    let attributes = vec![set("type", "button"), set("class", "button"), copy];
    el("button", attributes, vec![live_text(move || label.get())])
}
