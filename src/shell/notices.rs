use leptos::prelude::*;

use super::{Shell, save_file};
use crate::dom::{Node, button, el, live_if, memo, set, t};

/// What went wrong with saving, under the header: in the flow of the page, without a time-out.
pub(super) fn notices(shell: &Shell) -> Node {
    let (records, announcer) = (shell.records, shell.announcer);
    let notices = memo(move || records.notices());
    let save = move || save_file(records, announcer);
    Effect::new(move |_| {
        for notice in notices.get() {
            announcer.warn(notice.text());
        }
    });
    live_if(move || {
        let rows = notices.get().into_iter().map(|notice| {
            let mut row = vec![
                el(
                    "span",
                    vec![set("class", "notice-mark"), set("aria-hidden", "true")],
                    vec![t("!")],
                ),
                el("span", vec![], vec![t(&notice.text())]),
            ];
            if notice.offers_file() {
                row.push(button("button", "Save a file", save));
            }
            el("li", vec![set("class", "notice")], row)
        });
        let rows: Vec<Node> = rows.collect();
        (!rows.is_empty()).then(|| {
            let list = el("ul", vec![set("class", "notices")], rows);
            el("section", vec![set("aria-label", "Notices")], vec![list])
        })
    })
}
