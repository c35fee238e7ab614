use std::sync::Arc;

use sandtable_exercise::{Answer, ItemView, Piece, Presentation};

use super::{Pieces, dom_id};
use crate::Stage;
use crate::browser::focus;
use crate::dom::keep;
use crate::reactive::*;

/// What the widgets whose pieces are placed have in common: the board they lie on, their names, and a way to answer.
#[derive(Clone, Copy)]
pub(super) struct Bench {
    view: StoredValue<Arc<ItemView>>,
    layout: Memo<Presentation>,
    answer: Signal<Option<Answer>>,
    item: StoredValue<String>,
    pub(super) pieces: Pieces,
    pub(super) give: Callback<Answer>,
    pub(super) say: Callback<String>,
    pub(super) is_over: Signal<bool>,
}

impl Bench {
    pub(super) fn new(stage: &Stage, pieces: Vec<Piece>) -> Self {
        Bench {
            view: StoredValue::new(stage.view.clone()),
            layout: stage.layout,
            answer: stage.answer,
            item: keep(&stage.view.id),
            pieces: Pieces::new(pieces),
            give: stage.give,
            say: stage.say,
            is_over: stage.is_over(),
        }
    }

    /// The board as it stands: `lay` makes it of the item, its layout and what is given.
    #[inline(never)]
    pub(super) fn board<T>(self, lay: fn(&ItemView, &Presentation, Option<&Answer>) -> T) -> T {
        let lay = |view: &Arc<ItemView>| {
            self.layout
                .with(|layout| self.answer.with(|given| lay(view, layout, given.as_ref())))
        };
        self.view.with_value(lay)
    }

    /// The id of an element in the page.
    pub(super) fn id(self, what: &str, of: &str) -> String {
        self.item.with_value(|item| dom_id(&[what, item, of]))
    }

    /// Gives the focus to it, once it is drawn.
    pub(super) fn focus(self, what: &str, of: &str) {
        focus::later(["#", &self.id(what, of)].concat());
    }
}
