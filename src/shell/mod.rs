//! What stands around every page: route, header, notices, the live regions, the theme.

use std::sync::Arc;

use leptos::prelude::*;
use sandtable_exercise::index::{ExerciseEntry, Index};
use sandtable_exercise::{Route, route};

use crate::browser::content::{self, ContentError};
use crate::browser::{address, focus};
use crate::dom::{Node, all, live, memo};
use crate::pages;
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

/// What is read first, at the start of a sentence. Without it nothing works.
const COURSE: &str = "The course";

/// Mounts the app into `#app`.
pub(crate) fn mount() {
    crate::browser::theme::Theme::stored().apply();
    crate::browser::single_keys::restore();
    match crate::browser::mount_point("app") {
        Some(root) => mount_to(root, App).forget(),
        None => mount_to_body(App),
    }
}

/// The whole page: reads the course, then shows what the address leads to.
#[component]
fn App() -> impl IntoView {
    let index = Load::start(|| content::read(content::INDEX, sandtable_exercise::read::index));
    *index.page(COURSE, course)
}

fn course(index: Arc<Index>) -> Node {
    let exercises = index.weeks.iter().flat_map(|week| &week.exercises);
    let homes: Vec<&str> = exercises.flat_map(ExerciseEntry::homes).collect();
    let records = Records::open(&index.course.id, &homes);
    let announcer = Announcer::new();
    let shell = Shell {
        index,
        records,
        announcer,
    };
    let place = RwSignal::new(route(&address::fragment()));
    address::on_change(move |fragment| match route(&fragment) {
        // An anchor inside the page is no new place: the page stays.
        Route::Anchor => {}
        changed => place.set(changed),
    });
    // The exercise stays mounted while its items change.
    let page = memo(move || place.with(Page::of));
    let item = memo(move || match place.get() {
        Route::Item { item, .. } => Some(item),
        _ => None,
    });
    Effect::new(move |is_first: Option<()>| {
        page.track();
        // A route change goes to the new page's heading; the first page leaves the focus where the browser has it.
        if is_first.is_some() {
            focus::scroll_to_top();
            focus::later("main h1");
        }
    });
    let content = {
        let shell = shell.clone();
        live(move || match page.get() {
            Page::Course => pages::course(&shell),
            Page::Week(week) => pages::week(&shell, week),
            Page::Exercise(id) => pages::exercise(&shell, &id, item),
            Page::Unknown(text) => pages::not_found(&text),
        })
    };
    let mut children = frame::frame(&shell, page, content);
    children.extend(announcer.view());
    all(children)
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

/// Offers all records as a file, and says whether that worked.
fn save_file(records: Records, announcer: Announcer) {
    announcer.say(if records.save_file() {
        "File saved."
    } else {
        "This browser does not let us save a file."
    });
}

/// The words for content that could not be read.
fn words(error: &ContentError, what: &str) -> String {
    match error {
        ContentError::NotLoaded => [what, " did not load. Your work is safe."].concat(),
        ContentError::NewVersion => "A new version is ready.".to_owned(),
        ContentError::Broken(_) if what == COURSE => [what, " could not be read. Your work is safe."].concat(),
        ContentError::Broken(_) => "This exercise could not be read. The rest works.".to_owned(),
    }
}
