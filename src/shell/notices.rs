use leptos::prelude::*;

use super::Shell;
use crate::live::{live_if, on};

/// What went wrong with saving, under the header: in the flow of the page, without a time-out.
#[component]
pub(crate) fn Notices() -> impl IntoView {
    let Shell { records, announcer, .. } = Shell::of_page();
    let save = move || {
        let is_offered = records.save_file();
        announcer.say(if is_offered { "File saved." } else { "This browser does not let us save a file." });
    };
    live_if(move || {
        let notices = records.notices();
        (!notices.is_empty()).then(|| {
            let rows = notices.into_iter().map(|notice| {
                let button = notice.offers_file().then(|| {
                    let click = on(move |_| save());
                    view! { <button type="button" class="button" on:click=click>"Save a file"</button> }
                });
                view! {
                    <li class="notice">
                        <span class="notice-mark" aria-hidden="true">"!"</span>
                        <span>{notice.text()}</span>
                        {button}
                    </li>
                }
                .into_any()
            });
            view! { <ul class="notices" role="alert">{rows.collect_view()}</ul> }.into_any()
        })
    })
}
