//! Each widget alone in a real browser: what it draws, what a gesture gives, and that it says nothing before its time.
//!
//! Run by `./dev test`, in headless Chromium.
#![cfg(target_arch = "wasm32")]

use std::sync::Arc;

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use sandtable_app::{Stage, Widget};
use sandtable_exercise::behaviour::{Event, Run, TRIES, show, step};
use sandtable_exercise::{
    Answer, BlockKey, Body, ChoiceRule, Hint, Item, ItemView, Key, KeyBody, OptionKey, OrderRule, Pick, Piece, present,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent, KeyboardEventInit};

wasm_bindgen_test_configure!(run_in_browser);

/// A widget on the page with a run behind it, as the app wires it.
struct Bench {
    root: HtmlElement,
    run: RwSignal<Run>,
    item: Item,
    said: RwSignal<String>,
    _mount: Box<dyn std::any::Any>,
}

impl Bench {
    fn of(item: Item) -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let root: HtmlElement = document.create_element("div").unwrap().unchecked_into();
        document.body().unwrap().append_child(&root).unwrap();
        let owner = Owner::new();
        let (run, said) = owner.with(|| (RwSignal::new(Run::new(&item.view, 7, 0)), RwSignal::new(String::new())));
        let kept = item.clone();
        let handle = mount_to(root.clone(), move || {
            let (view, key) = item.clone().split();
            let view = Arc::new(view);
            let key = StoredValue::new(key);
            let (one, two, three) = (view.clone(), view.clone(), view.clone());
            let stage = Stage {
                layout: Memo::new(move |_| run.with(|run| present(&one, run.seed))),
                answer: Signal::derive(move || run.with(|run| run.answer.clone())),
                shown: Memo::new(move |_| run.with(|run| key.with_value(|key| show(run, &two, key, TRIES)))),
                give: Callback::new(move |answer| {
                    let event = Event::Give(answer);
                    let next =
                        run.with_untracked(|run| key.with_value(|key| step(run, &three, key, TRIES, event, 0).0));
                    run.set(next);
                }),
                say: Callback::new(move |text| said.set(text)),
                view,
            };
            view! { <Widget stage/> }
        });
        Bench {
            root,
            run,
            item: kept,
            said,
            _mount: Box::new((handle, owner)),
        }
    }

    async fn send(&self, event: Event) {
        let run = self.run.get_untracked();
        self.run
            .set(step(&run, &self.item.view, &self.item.key, TRIES, event, 0).0);
        tick().await;
    }

    fn answer(&self) -> Option<Answer> {
        self.run.get_untracked().answer
    }

    #[track_caller]
    fn one(&self, selector: &str) -> HtmlElement {
        let found = self.root.query_selector(selector).unwrap();
        found
            .unwrap_or_else(|| panic!("no {selector} in {}", self.root.inner_html()))
            .unchecked_into()
    }

    fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length())
            .map(|at| found.get(at).unwrap().unchecked_into())
            .collect()
    }

    async fn click(&self, selector: &str) {
        self.one(selector).click();
        tick().await;
    }

    async fn select(&self, selector: &str, value: &str) {
        let select: HtmlSelectElement = self.one(selector).unchecked_into();
        select.set_value(value);
        select.dispatch_event(&bubbling("change")).unwrap();
        tick().await;
    }

    async fn key(&self, selector: &str, key: &str, alt: bool) {
        let init = KeyboardEventInit::new();
        init.set_bubbles(true);
        init.set_key(key);
        init.set_alt_key(alt);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        self.one(selector).dispatch_event(&event).unwrap();
        tick().await;
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.root.remove();
    }
}

fn bubbling(name: &str) -> web_sys::Event {
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    web_sys::Event::new_with_event_init_dict(name, &init).unwrap()
}

fn item(body: Body, key: KeyBody) -> Item {
    let view = ItemView {
        id: "week-20/test#item".into(),
        version: "00000000".into(),
        objective: "w20-t1-o1".into(),
        stem: "<p>Which?</p>".into(),
        hint_prices: vec![0.0],
        body,
    };
    let hints = vec![Hint {
        html: "secret hint".into(),
    }];
    Item {
        view,
        key: Key {
            body: key,
            hints,
            explain: "secret explanation".into(),
            sources: vec![],
        },
    }
}

fn piece(id: &str) -> Piece {
    Piece {
        id: id.into(),
        html: format!("<code>{id}</code>"),
        label: id.into(),
    }
}

fn choice(pick: Pick) -> Item {
    let key = |id: &str| OptionKey {
        id: id.into(),
        right: id == "a" || (id == "b" && pick != Pick::One),
        weight: 0.0,
        why: format!("secret of {id}"),
    };
    let ids = ["a", "b", "c", "d"];
    item(
        Body::Choice {
            pick,
            options: ids.map(piece).into(),
            fixed: true,
        },
        KeyBody::Choice {
            rule: ChoiceRule::NetCorrect,
            options: ids.map(key).into(),
        },
    )
}

fn matching() -> Item {
    let pairs = [("p1", "t1"), ("p2", "t2")].map(|(prompt, token)| (prompt.to_owned(), token.to_owned()));
    let why = ["t1", "t2", "t3"].map(|token| (token.to_owned(), format!("secret of {token}")));
    item(
        Body::Match {
            prompts: ["p1", "p2"].map(piece).into(),
            tokens: ["t1", "t2", "t3"].map(piece).into(),
            reuse: false,
        },
        KeyBody::Match {
            pairs: pairs.into(),
            why: why.into(),
            wrong: vec![],
        },
    )
}

fn order(tray: bool) -> Item {
    let ids = ["one", "two", "three"];
    let key = |(at, id): (usize, &str)| BlockKey {
        id: id.into(),
        after: if tray && at == 2 {
            None
        } else {
            Some(ids[..at].iter().map(|id| (*id).into()).collect())
        },
        why: format!("secret of {id}"),
    };
    let rule = if tray { OrderRule::Edits } else { OrderRule::Inversions };
    item(
        Body::Order {
            blocks: ids.map(piece).into(),
            tray,
        },
        KeyBody::Order {
            rule,
            blocks: ids.into_iter().enumerate().map(key).collect(),
        },
    )
}

fn ordered(ids: &[&str]) -> Option<Answer> {
    Some(Answer::Order(ids.iter().map(|id| (*id).to_owned()).collect()))
}

#[wasm_bindgen_test]
async fn no_widget_holds_anything_of_the_key() {
    for item in [
        choice(Pick::One),
        choice(Pick::Any),
        matching(),
        order(false),
        order(true),
    ] {
        let bench = Bench::of(item);
        tick().await;
        assert!(
            !bench.root.inner_html().contains("secret"),
            "{}",
            bench.root.inner_html()
        );
    }
}

#[wasm_bindgen_test]
async fn radio_buttons_give_one_choice() {
    let bench = Bench::of(choice(Pick::One));
    assert_eq!(bench.one("legend").text_content().unwrap(), "Choose one.");
    bench.click("input[value=b]").await;
    bench.click("input[value=c]").await;
    assert_eq!(bench.answer(), Some(Answer::Choice(vec!["c".into()])));
    assert_eq!(bench.all("[data-chosen]").len(), 1);
}

#[wasm_bindgen_test]
async fn checkboxes_give_several_and_show_what_became_of_them() {
    let bench = Bench::of(choice(Pick::Exactly(2)));
    assert_eq!(bench.one("legend").text_content().unwrap(), "Choose two.");
    for id in ["a", "c", "d"] {
        bench.click(&format!("input[value={id}]")).await;
    }
    bench.click("input[value=d]").await;
    assert_eq!(bench.answer(), Some(Answer::Choice(vec!["a".into(), "c".into()])));
    bench.send(Event::Check).await;
    assert_eq!(bench.all("[data-state=right]").len(), 1);
    assert_eq!(bench.all("[data-state=wrong]").len(), 1);
    // What was missed is counted in the bar, not named here.
    assert_eq!(bench.all("[data-state=missed]").len(), 0);
    assert!(!bench.root.inner_html().contains("secret of b"));
    bench.send(Event::ShowAnswer).await;
    assert_eq!(bench.all("[data-state=missed]").len(), 1);
    assert!(bench.root.inner_html().contains("secret of b"));
}

#[wasm_bindgen_test]
async fn an_ended_choice_refuses_but_keeps_its_inputs() {
    let bench = Bench::of(choice(Pick::Any));
    bench.click("input[value=a]").await;
    bench.send(Event::ShowAnswer).await;
    bench.click("input[value=b]").await;
    let input: HtmlInputElement = bench.one("input[value=b]").unchecked_into();
    assert!(!input.checked() && !input.disabled());
    assert_eq!(bench.answer(), Some(Answer::Choice(vec!["a".into()])));
}

#[wasm_bindgen_test]
async fn a_token_is_placed_by_select_and_by_pick_and_place() {
    let bench = Bench::of(matching());
    bench.select("select[aria-label='Token for p1']", "t1").await;
    assert_eq!(bench.said.get_untracked(), "t1 matched to p1");
    bench.click("#token-week-20-test-item-t3").await;
    assert_eq!(
        bench
            .one("#token-week-20-test-item-t3")
            .get_attribute("aria-pressed")
            .as_deref(),
        Some("true")
    );
    bench.click("[data-place='slot:p2'] .place-here").await;
    let expected = [("p1", "t1"), ("p2", "t3")].map(|(prompt, token)| (prompt.to_owned(), token.to_owned()));
    assert_eq!(bench.answer(), Some(Answer::Match(expected.into())));
    assert_eq!(bench.all(".tray .token").len(), 1);
    bench.select("select[aria-label='Token for p1']", "").await;
    assert_eq!(bench.all(".tray .token").len(), 2);
}

#[wasm_bindgen_test]
async fn escape_puts_back_and_delete_clears() {
    let bench = Bench::of(matching());
    bench.click("#token-week-20-test-item-t1").await;
    bench.key("#token-week-20-test-item-t1", "Escape", false).await;
    assert_eq!(bench.all(".place-here").len(), 0);
    bench.select("select[aria-label='Token for p1']", "t1").await;
    bench.key("[data-place='slot:p1'] .token", "Delete", false).await;
    assert_eq!(bench.answer(), Some(Answer::Match([].into())));
}

#[wasm_bindgen_test]
async fn a_block_moves_by_button_by_menu_and_by_key() {
    let bench = Bench::of(order(false));
    bench
        .send(Event::Give(ordered(&["one", "two", "three"]).unwrap()))
        .await;
    bench.click("[aria-label='Move down: one']").await;
    assert_eq!(bench.answer(), ordered(&["two", "one", "three"]));
    assert_eq!(bench.said.get_untracked(), "one, 2 of 3, after two");
    bench.select("[aria-label='Place of three']", "0").await;
    assert_eq!(bench.answer(), ordered(&["three", "two", "one"]));
    bench.key("#block-week-20-test-item-one", "ArrowUp", true).await;
    assert_eq!(bench.answer(), ordered(&["three", "one", "two"]));
    bench.click("#block-week-20-test-item-two").await;
    bench.click("[aria-label='Place here: 1, where three is']").await;
    assert_eq!(bench.answer(), ordered(&["two", "three", "one"]));
}

#[wasm_bindgen_test]
async fn at_the_end_menus_refuse_and_keep_the_focus() {
    let ended = [
        (matching(), "select[aria-label='Token for p1']", "t1", "t2"),
        (order(false), "[aria-label='Place of two']", "1", "0"),
    ];
    for (item, selector, given, other) in ended {
        let bench = Bench::of(item);
        bench.select(selector, given).await;
        bench.one(selector).focus().unwrap();
        bench.send(Event::ShowAnswer).await;
        let before = bench.answer();
        let menu: HtmlSelectElement = bench.one(selector).unchecked_into();
        assert!(!menu.disabled() && menu.get_attribute("aria-disabled").as_deref() == Some("true"));
        let document = web_sys::window().unwrap().document().unwrap();
        assert!(document.active_element().unwrap().is_same_node(Some(&menu)));
        bench.select(selector, other).await;
        assert_eq!((menu.value().as_str(), bench.answer()), (given, before));
    }
}

#[wasm_bindgen_test]
async fn a_tray_gives_and_takes() {
    let bench = Bench::of(order(true));
    assert_eq!(bench.all(".tray .block").len(), 3);
    bench.click("[aria-label='Add to the list: two']").await;
    bench.click("[aria-label='Add to the list: one']").await;
    assert_eq!(bench.answer(), ordered(&["two", "one"]));
    bench.key("#block-week-20-test-item-two", "Delete", false).await;
    assert_eq!(bench.answer(), ordered(&["one"]));
    bench.send(Event::ShowAnswer).await;
    let solution = bench.one(".solution-order ol").text_content().unwrap();
    assert_eq!(solution, "onetwo");
}
