use sandtable_exercise::behaviour::{Event, Primary, Tone};
use sandtable_exercise::keys::{Command, Place, command};
use sandtable_exercise::whole_percent;

use crate::browser::{clock, focus, single_keys};
use crate::dom::{Node, button, el, live_if, live_set, live_text, on_click, on_key, set, t};
use crate::reactive::*;
use crate::runner::Runner;
use crate::shell::Announcer;
use crate::widgets::{Shape, mark};

/// A press follows the one before by at least so many milliseconds: the second click of a double click is not a wish to
/// try again.
const PRESS: u64 = 400;

/// What *Next* does.
#[derive(Clone, Copy)]
pub(crate) struct Next {
    /// Whether all is answered, so that it is called *Finish*.
    pub(crate) is_last: Signal<bool>,
    /// Goes on.
    pub(crate) go: Callback<()>,
}

/// The bar: the verdict where the hand already is, and the buttons. The primary one is renamed and keeps the focus.
pub(super) fn bar(announcer: Announcer, runner: Runner, next: Next) -> Node {
    let shown = runner.shown;
    let say_status = move || {
        announcer.say(shown.with_untracked(|shown| format!("{} {}", shown.status.lead, shown.status.rest)));
    };
    let pressed_at = StoredValue::new(0_u64);
    let press = move || {
        let now = clock::now();
        if now.saturating_sub(pressed_at.get_value()) < PRESS {
            return;
        }
        pressed_at.set_value(now);
        match shown.with_untracked(|shown| shown.primary) {
            Primary::Check => runner.send(Event::Check),
            Primary::TryAgain => runner.send(Event::TryAgain),
            Primary::Next => return next.go.run(()),
        }
        // By a key, the focus may be on a button that goes.
        focus::keep("#primary");
        say_status();
    };
    let keys = focus::on_key(move |event| {
        let place = match focus::place(&event) {
            Place::Inside if !single_keys::are_on() => Place::Outside,
            place => place,
        };
        let Some(command) = command(&event.key(), focus::held(&event), place, runner.options()) else {
            return;
        };
        event.prevent_default();
        // A key held down is one press, but steps may be taken back one after the other.
        if event.repeat() && !matches!(command, Command::Undo | Command::Redo) {
            return;
        }
        // Each key presses what stands there to be pressed: whatever a button does and says, its key does and says.
        match command {
            Command::Primary => press(),
            Command::Undo => focus::press(".steps button", 0),
            Command::Redo => focus::press(".steps button", 1),
            Command::Choose(at) => focus::press(".choice input", at),
            Command::Hint => focus::press(".hint", 0),
            Command::Next if shown.with_untracked(|shown| shown.primary) == Primary::Next => press(),
            Command::Next => focus::press(".pips li:has([aria-current]) + li > *", 0),
            Command::Back => focus::press(".pips li:has(+ li [aria-current]) > *", 0),
        }
    });
    let keys = StoredValue::new_local(keys);
    on_cleanup(move || keys.set_value(None));
    let says = vec![
        live_if(move || shape(shown.with(|shown| shown.status.tone)).map(mark)),
        el(
            "strong",
            vec![],
            vec![live_text(move || shown.with(|shown| shown.status.lead.clone()))],
        ),
        t(" "),
        live_text(move || shown.with(|shown| shown.status.rest.clone())),
    ];
    let tone = live_set("data-tone", move || {
        Some(shown.with(|shown| shown.status.tone).as_str().to_owned())
    });
    let primary_attributes = vec![
        set("type", "button"),
        set("id", "primary"),
        set("class", "button primary"),
        set("aria-keyshortcuts", "Control+Enter"),
        on_key(|event| {
            // A key held down is one press.
            if event.repeat() && matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
            }
        }),
        on_click(press),
    ];
    let label = live_text(move || {
        let label = match shown.with(|shown| shown.primary) {
            Primary::Check => "Check",
            Primary::TryAgain => "Try again",
            Primary::Next if next.is_last.get() => "Finish",
            Primary::Next => "Next",
        };
        label.to_owned()
    });
    let buttons = vec![
        show_answer(runner, say_status),
        hint(runner, move || announcer.say("Hint shown.")),
        el("button", primary_attributes, vec![label]),
    ];
    let children = vec![
        el("p", vec![set("class", "status"), tone], says),
        el("div", vec![set("class", "bar-buttons")], buttons),
    ];
    el("div", vec![set("class", "bar")], children)
}

fn show_answer(runner: Runner, say: impl Fn() + Copy + Send + 'static) -> Node {
    live_if(move || {
        let show = move || {
            runner.send(Event::ShowAnswer);
            say();
            // This button goes: the focus goes on to the one that stays.
            focus::keep("#primary");
        };
        runner
            .shown
            .with(|shown| shown.offers_answer)
            .then(|| button("button quiet", "Show answer", show))
    })
}

fn hint(runner: Runner, say: impl Fn() + Copy + Send + 'static) -> Node {
    let shown = runner.shown;
    live_if(move || {
        let take = move || {
            runner.send(Event::Hint);
            say();
            // This button is drawn anew, or goes.
            focus::keep(".bar-buttons .hint, #primary");
        };
        shown
            .with(|shown| shown.next_hint)
            .map(|price| button("button hint", &hint_label(price), take))
    })
}

/// "Hint (costs 10 %)": the price stands before the click.
fn hint_label(price: f64) -> String {
    if price > 0.0 {
        format!("Hint (costs {}\u{a0}%)", whole_percent(price))
    } else {
        "Hint".to_owned()
    }
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
