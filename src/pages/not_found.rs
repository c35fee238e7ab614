use leptos::prelude::*;

use crate::browser::address;

/// An address that leads nowhere, or to an exercise that does not exist.
#[component]
pub(crate) fn NotFound(
    /// What was asked for.
    text: String,
) -> impl IntoView {
    address::set_title("Not found - Sandtable");
    view! {
        <div class="column">
            <h1 tabindex="-1">"Not found"</h1>
            <p>"There is no exercise called "<code>{text}</code>"."</p>
            <p><a class="button primary" href="#/">"Course map"</a></p>
        </div>
    }
}
