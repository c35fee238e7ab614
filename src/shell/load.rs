use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::words;
use crate::browser::content::ContentError;
use crate::browser::{address, clock, files};

/// Something that is read from the site, with its states.
pub(crate) struct Load<T: 'static> {
    state: RwSignal<State<T>>,
    again: Callback<()>,
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Load<T> {}

enum State<T> {
    Waiting(Wait),
    Ready(Arc<T>),
    Failed(ContentError),
}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        match self {
            State::Waiting(wait) => State::Waiting(*wait),
            State::Ready(value) => State::Ready(value.clone()),
            State::Failed(error) => State::Failed(error.clone()),
        }
    }
}

/// How long it has been: nothing is shown at first, since most loads are quicker than a flash.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wait {
    Quick,
    Slow,
    Long,
}

impl<T: Send + Sync + 'static> Load<T> {
    /// Starts to read, and again whenever the learner asks.
    pub(crate) fn start<F>(read: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<T, ContentError>> + 'static,
    {
        let state = RwSignal::new(State::Waiting(Wait::Quick));
        let tries = StoredValue::new(0_u32);
        let again = Callback::new(move |()| {
            let mine = tries.get_value() + 1;
            tries.set_value(mine);
            state.set(State::Waiting(Wait::Quick));
            // A page that was left behind, or an earlier try, changes nothing any more.
            let is_current = move || tries.try_get_value() == Some(mine);
            let waits = move || is_current() && state.with_untracked(|state| matches!(state, State::Waiting(_)));
            leptos::task::spawn_local(async move {
                clock::sleep(Duration::from_millis(300)).await;
                if waits() {
                    state.set(State::Waiting(Wait::Slow));
                }
                clock::sleep(Duration::from_millis(7700)).await;
                if waits() {
                    state.set(State::Waiting(Wait::Long));
                }
            });
            let reading = read();
            leptos::task::spawn_local(async move {
                let result = reading.await;
                if is_current() {
                    state.set(result.map_or_else(State::Failed, |value| State::Ready(Arc::new(value))));
                }
            });
        });
        again.run(());
        Load { state, again }
    }
}

/// Shows what is being read, or how far it is.
#[component]
pub(crate) fn Loading<T: Send + Sync + 'static>(
    /// What is read.
    load: Load<T>,
    /// Its name at the start of a sentence, "The course".
    #[prop(into)]
    what: String,
    /// Shows it.
    ready: impl Fn(Arc<T>) -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let try_again = move |_| load.again.run(());
    move || match load.state.get() {
        State::Ready(value) => ready(value),
        State::Waiting(Wait::Quick) => ().into_any(),
        State::Waiting(Wait::Slow) => view! { <p class="loading" role="status">"Loading..."</p> }.into_any(),
        State::Waiting(Wait::Long) => view! {
            <div class="loading" role="status">
                <p>"Still loading."</p>
                <button type="button" class="button" on:click=try_again>"Try again"</button>
            </div>
        }
        .into_any(),
        State::Failed(error) => {
            let (text, is_new) = words(&error, &what);
            let button = match error {
                ContentError::Broken(details) => view! { <CopyDetails details/> }.into_any(),
                _ if is_new => view! {
                    <button type="button" class="button primary" on:click=move |_| address::reload()>"Reload"</button>
                }
                .into_any(),
                _ => view! { <button type="button" class="button primary" on:click=try_again>"Try again"</button> }.into_any(),
            };
            view! { <div class="failure" role="alert"><p>{text}</p>{button}</div> }.into_any()
        }
    }
}

#[component]
fn CopyDetails(details: String) -> impl IntoView {
    let label = RwSignal::new("Copy details");
    let copy = move |_| {
        let details = details.clone();
        leptos::task::spawn_local(async move {
            label.set(if files::copy(&details).await { "Copied." } else { "Copying is not allowed here." });
        });
    };
    view! { <button type="button" class="button" on:click=copy>{move || label.get()}</button> }
}
