use leptos::prelude::*;

use super::notices::Notices;
use super::{Page, Shell};
use crate::browser::focus;
use crate::browser::theme::Theme;
use crate::live::{attr, live, on, text};

/// Header, notices, main, footer.
#[component]
pub(crate) fn Frame(page: Memo<Page>, children: Children) -> impl IntoView {
    let Shell { records, .. } = Shell::of_page();
    let skip = on(|event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus::later("#main");
    });
    view! {
        // The address stays: a fragment of its own would lose the place after a reload.
        <a class="skip" href="#main" on:click=skip>"Skip to the content"</a>
        <header class="header">
            <a class="brand" href="#/">"Sandtable"</a>
            <nav aria-label="Course">{live(move || back(&page.get()))}</nav>
            <span class="saved">{text(move || if records.is_saved() { "Saved" } else { "Not saved" }.to_owned())}</span>
        </header>
        <Notices/>
        <main id="main" tabindex="-1">{children()}</main>
        <footer class="footer">
            <ThemeChoice/>
            <p>"No account. Your work stays in this browser."</p>
        </footer>
    }
}

/// The way up from a page.
fn back(page: &Page) -> AnyView {
    match page {
        Page::Course => ().into_any(),
        Page::Week(_) | Page::Unknown(_) => view! { <a href="#/">"Course"</a> }.into_any(),
        Page::Exercise(id) => {
            let week = id.split('/').next().unwrap_or_default().to_owned();
            let name = week.replace("week-", "Week ");
            view! { <a href="#/" class="wide-only">"Course"</a> <a href=format!("#/{week}")>{name}</a> }.into_any()
        }
    }
}

#[component]
fn ThemeChoice() -> impl IntoView {
    let theme = RwSignal::new(Theme::stored());
    let choose = on(move |event| {
        let chosen = Theme::named(&event_target_value(&event));
        theme.set(chosen);
        chosen.apply();
        chosen.keep();
    });
    let options = Theme::ALL.map(|one| {
        let name = match one {
            Theme::System => "As the system",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
        };
        view! { <option value=one.as_str() selected=attr(move || theme.get() == one)>{name}</option> }
    });
    view! {
        <label class="theme">"Theme " <select on:change=choose>{options.collect_view()}</select></label>
    }
}
