//! What stands around every page: route, header, notices, the live regions, the theme.

use std::sync::Arc;

use leptos::prelude::*;
use sandtable_exercise::index::Index;
use sandtable_exercise::{Route, route};

use crate::browser::content::{self, ContentError};
use crate::browser::{address, focus};
use crate::live::{live, memo};
use crate::pages::{CoursePage, ExercisePage, NotFound, WeekPage};
use crate::records::Records;

mod announce;
mod frame;
mod load;
mod notices;

pub(crate) use announce::Announcer;
pub(crate) use load::Load;

/// What pages need of the shell.
#[derive(Clone)]
pub(crate) struct Shell {
    /// The course.
    pub(crate) index: Arc<Index>,
    /// The learner's records.
    pub(crate) records: Records,
    /// The live region.
    pub(crate) announcer: Announcer,
}

impl Shell {
    /// The shell around the page that asks. Every page is mounted inside it.
    pub(crate) fn of_page() -> Self {
        expect_context()
    }
}

/// Mounts the app into `#app`.
pub(crate) fn mount() {
    crate::browser::theme::Theme::stored().apply();
    match crate::browser::mount_point("app") {
        Some(root) => mount_to(root, App).forget(),
        None => mount_to_body(App),
    }
}

/// The whole page: reads the course, then shows what the address leads to.
#[component]
fn App() -> impl IntoView {
    let index = Load::start(|| content::read::<Index>("course.json"));
    index.view("The course", |index| view! { <Course index/> }.into_any())
}

#[component]
fn Course(index: Arc<Index>) -> impl IntoView {
    let exercises = index.weeks.iter().flat_map(|week| &week.exercises).map(|exercise| exercise.id.as_str());
    let records = Records::open(&index.course.id, exercises);
    let announcer = Announcer::new();
    provide_context(Shell { index, records, announcer });
    let fragment = RwSignal::new(address::fragment());
    address::on_change(move |changed| fragment.set(changed));
    // An anchor inside the page is no new place: the page stays.
    let place = Memo::new(move |before: Option<&Route>| match (route(&fragment.get()), before) {
        (Route::Anchor, Some(before)) => before.clone(),
        (Route::Anchor, None) => Route::Course,
        (place, _) => place,
    });
    // The exercise stays mounted while its items change.
    let page = memo(move || Page::of(&place.get()));
    let item = memo(move || match place.get() {
        Route::Item { item, .. } => Some(item),
        _ => None,
    });
    let is_first = StoredValue::new(true);
    Effect::new(move |_| {
        page.track();
        // A route change goes to the new page's heading; the first page leaves the focus where the browser has it.
        if !is_first.get_value() {
            focus::scroll_to_top();
            focus::later("main h1");
        }
        is_first.set_value(false);
    });
    view! {
        <frame::Frame page>
            {live(move || match page.get() {
                Page::Course => view! { <CoursePage/> }.into_any(),
                Page::Week(week) => view! { <WeekPage week/> }.into_any(),
                Page::Exercise(id) => view! { <ExercisePage id item/> }.into_any(),
                Page::Unknown(text) => view! { <NotFound text/> }.into_any(),
            })}
        </frame::Frame>
        <announce::LiveRegions announcer/>
    }
}

/// A page, without the place inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    Course,
    Week(u32),
    Exercise(String),
    Unknown(String),
}

impl Page {
    fn of(place: &Route) -> Self {
        match place {
            Route::Course | Route::Anchor => Page::Course,
            Route::Week(week) => Page::Week(*week),
            Route::Exercise { id } | Route::Item { exercise: id, .. } => Page::Exercise(id.clone()),
            Route::Unknown(text) => Page::Unknown(text.clone()),
        }
    }
}

/// The words for content that could not be read.
fn words(error: &ContentError, what: &str) -> String {
    match error {
        ContentError::NotLoaded => format!("{what} did not load. Your work is safe."),
        ContentError::NewVersion => "A new version is ready.".to_owned(),
        ContentError::Broken(_) => format!("{what} could not be read. The rest works."),
    }
}
