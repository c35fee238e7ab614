use leptos::prelude::*;

use super::Shell;

/// What went wrong with saving, under the header: in the flow of the page, without a time-out.
#[component]
pub(crate) fn Notices() -> impl IntoView {
    let Shell { records, announcer, .. } = Shell::of_page();
    let save = move |_| {
        let is_offered = records.save_file();
        announcer.say(if is_offered { "File saved." } else { "This browser does not let us save a file." });
    };
    move || {
        let notices = records.notices();
        (!notices.is_empty()).then(|| {
            let rows = notices.into_iter().map(|notice| {
                let offers_file = notice.offers_file();
                view! {
                    <li class="notice">
                        <span class="notice-mark" aria-hidden="true">"!"</span>
                        <span>{notice.text()}</span>
                        {offers_file.then(|| view! {
                            <button type="button" class="button" on:click=save>"Save a file"</button>
                        })}
                    </li>
                }
            });
            view! { <ul class="notices" role="alert">{rows.collect_view()}</ul> }
        })
    }
}
