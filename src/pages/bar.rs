use leptos::prelude::*;
use sandtable_exercise::behaviour::{Event, Primary, Tone};
use sandtable_exercise::whole_percent;

use crate::browser::{address, clock, focus};
use crate::live::{attr, live_if, memo, on, text};
use crate::runner::Runner;
use crate::shell::Shell;
use crate::widgets::{Mark, Shape};

/// A press follows the one before by at least so many milliseconds: the second click of a double click is not a wish to
/// try again.
const PRESS: u64 = 400;

/// The bar: the verdict where the hand already is, and the buttons. The primary one is renamed and keeps the focus.
#[component]
pub(crate) fn Bar(
    /// The item being answered.
    runner: Runner,
    /// Where *Next* leads; nowhere when all is answered.
    next: Signal<Option<String>>,
    /// The page above, where *Next* leads then.
    up: String,
) -> impl IntoView {
    let Shell { announcer, .. } = Shell::of_page();
    let shown = runner.shown;
    let status = memo(move || shown.with(|shown| shown.status.clone()));
    let primary = memo(move || shown.with(|shown| shown.primary));
    let say_status = move || {
        let status = status.get_untracked();
        announcer.say(format!("{} {}", status.lead, status.rest));
    };
    let pressed_at = StoredValue::new(0_u64);
    let press = StoredValue::new(move || {
        let now = clock::now();
        if now.saturating_sub(pressed_at.get_value()) < PRESS {
            return;
        }
        pressed_at.set_value(now);
        match primary.get_untracked() {
            Primary::Check => runner.send(Event::Check),
            Primary::TryAgain => runner.send(Event::TryAgain),
            Primary::Next => return address::go(&next.get_untracked().unwrap_or_else(|| up.clone())),
        }
        say_status();
    });
    let hint = move || {
        if shown.with_untracked(|shown| shown.next_hint.is_none()) {
            return;
        }
        runner.send(Event::Hint);
        announcer.say("Hint shown.");
        // When it was the last one, the button under the finger goes: its hint takes the focus.
        if shown.with_untracked(|shown| shown.next_hint.is_none()) {
            focus::later("#primary");
        }
    };
    let keys = focus::on_key(move |event| {
        let is_enter = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
        if is_enter && !event.repeat() {
            event.prevent_default();
            press.with_value(|press| press());
        }
    });
    let keys = StoredValue::new_local(keys);
    on_cleanup(move || keys.set_value(None));
    let offers_answer = memo(move || shown.with(|shown| shown.offers_answer));
    let next_hint = memo(move || shown.with(|shown| shown.next_hint));
    view! {
        <div class="bar">
            <p class="status" data-tone=attr(move || status.get().tone.as_str())>
                {live_if(move || shape(status.get().tone).map(|shape| view! { <Mark shape/> }.into_any()))}
                <strong>{text(move || status.get().lead)}</strong>
                " "
                {text(move || status.get().rest)}
            </p>
            <div class="bar-buttons">
                {live_if(move || offers_answer.get().then(|| {
                    let click = on(move |_| {
                        runner.send(Event::ShowAnswer);
                        say_status();
                        focus::later("#primary");
                    });
                    view! { <button type="button" class="button quiet" on:click=click>"Show answer"</button> }.into_any()
                }))}
                {live_if(move || next_hint.get().map(|price| {
                    let click = on(move |_| hint());
                    view! { <button type="button" class="button" on:click=click>{hint_label(price)}</button> }.into_any()
                }))}
                <button
                    type="button"
                    id="primary"
                    class="button primary"
                    on:keydown=on(move |event: leptos::ev::KeyboardEvent| {
                        // A key held down is one press.
                        if event.repeat() && matches!(event.key().as_str(), "Enter" | " ") {
                            event.prevent_default();
                        }
                    })
                    on:click=on(move |_| press.with_value(|press| press()))
                >
                    {text(move || match primary.get() {
                        Primary::Check => "Check",
                        Primary::TryAgain => "Try again",
                        Primary::Next if next.get().is_none() => "Finish",
                        Primary::Next => "Next",
                    }.to_owned())}
                </button>
            </div>
        </div>
    }
}

/// "Hint (costs 10 %)": the price stands before the click.
fn hint_label(price: f64) -> String {
    if price > 0.0 { format!("Hint (costs {}\u{a0}%)", whole_percent(price)) } else { "Hint".to_owned() }
}

fn shape(tone: Tone) -> Option<Shape> {
    match tone {
        Tone::Plain => None,
        Tone::Right => Some(Shape::Right),
        Tone::Partial => Some(Shape::Partial),
        Tone::Wrong => Some(Shape::Wrong),
        Tone::Invalid => Some(Shape::Invalid),
    }
}
