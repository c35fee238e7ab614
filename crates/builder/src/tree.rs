//! The builder's page as data: what it should look like now. `page` makes the document so.

use std::borrow::Cow;

use super::act::{Act, On};

/// A part of the page, boxed: moving one is moving a pointer.
pub(crate) type Tree = Box<Node>;

/// An element; without a tag, a text.
#[derive(Debug, Default)]
pub(crate) struct Node {
    /// Nothing for a text, [`KEPT`] for what stays as it is.
    pub(crate) tag: &'static str,
    /// An element with another key is another one, even where it is of the same sort: no field takes over what was
    /// typed into its neighbour.
    pub(crate) key: String,
    /// The words of a text.
    pub(crate) text: Cow<'static, str>,
    /// Attributes, each name once.
    pub(crate) attributes: Vec<(&'static str, Cow<'static, str>)>,
    /// Content that was sanitised when the course was compiled, in place of children.
    pub(crate) html: String,
    /// What a field holds.
    pub(crate) value: Option<String>,
    /// Whether a box is ticked.
    pub(crate) is_on: Option<bool>,
    /// What happens when something happens there.
    pub(crate) acts: Vec<(On, Act)>,
    /// What is in it.
    pub(crate) children: Vec<Tree>,
}

/// The tag of what stays as it is.
pub(crate) const KEPT: &str = "kept";

/// An element of a class; of none where that is empty.
#[inline(never)]
pub(super) fn el(tag: &'static str, class: &'static str) -> Tree {
    let node = Box::new(Node { tag, ..Node::default() });
    match class {
        "" => node,
        class => node.set("class", class),
    }
}

/// A text that is always the same.
#[inline(never)]
pub(super) fn t(text: &'static str) -> Tree {
    Box::new(Node {
        text: Cow::Borrowed(text),
        ..Node::default()
    })
}

/// A text.
#[inline(never)]
pub(super) fn text(text: String) -> Tree {
    Box::new(Node {
        text: Cow::Owned(text),
        ..Node::default()
    })
}

/// Nothing, in the place of something that may come: what stands after it keeps its place.
pub(super) fn nothing() -> Tree {
    t("")
}

/// What was drawn there before stays.
pub(super) fn kept() -> Tree {
    el(KEPT, "")
}

/// An element with words in it.
#[inline(never)]
pub(super) fn words(tag: &'static str, class: &'static str, says: String) -> Tree {
    el(tag, class).add(text(says))
}

/// The same with words that are always the same.
#[inline(never)]
pub(super) fn label(tag: &'static str, class: &'static str, says: &'static str) -> Tree {
    el(tag, class).add(t(says))
}

/// A button of a class.
#[inline(never)]
pub(super) fn button(class: &'static str, act: Act) -> Tree {
    el("button", class).set("type", "button").on(On::Click, act)
}

impl Node {
    /// Sets an attribute.
    #[inline(never)]
    pub(super) fn set(mut self: Box<Self>, name: &'static str, value: &'static str) -> Tree {
        self.attributes.push((name, Cow::Borrowed(value)));
        self
    }

    /// Sets an attribute to something that changes.
    #[inline(never)]
    pub(super) fn put(mut self: Box<Self>, name: &'static str, value: String) -> Tree {
        self.attributes.push((name, Cow::Owned(value)));
        self
    }

    /// Sets an attribute where something is so.
    pub(super) fn set_if(self: Box<Self>, is_so: bool, name: &'static str, value: &'static str) -> Tree {
        match is_so {
            true => self.set(name, value),
            false => self,
        }
    }

    /// Sets an attribute to `true` or `false`.
    pub(super) fn put_bool(self: Box<Self>, name: &'static str, is_so: bool) -> Tree {
        self.set(name, if is_so { "true" } else { "false" })
    }

    /// Fills a field.
    pub(super) fn value(mut self: Box<Self>, value: String) -> Tree {
        self.value = Some(value);
        self
    }

    /// Ticks a box, or not.
    pub(super) fn tick(mut self: Box<Self>, is_on: bool) -> Tree {
        self.is_on = Some(is_on);
        self
    }

    /// Is another element when this is another.
    pub(super) fn key(mut self: Box<Self>, key: String) -> Tree {
        self.key = key;
        self
    }

    /// Has sanitised content.
    pub(super) fn html(mut self: Box<Self>, html: String) -> Tree {
        self.html = html;
        self
    }

    /// Says what happens.
    #[inline(never)]
    pub(super) fn on(mut self: Box<Self>, on: On, act: Act) -> Tree {
        self.acts.push((on, act));
        self
    }

    /// Puts something into it.
    #[inline(never)]
    pub(super) fn add(mut self: Box<Self>, child: Tree) -> Tree {
        self.children.push(child);
        self
    }

    /// Puts several things into it.
    #[inline(never)]
    pub(super) fn all(mut self: Box<Self>, mut children: Vec<Tree>) -> Tree {
        self.children.append(&mut children);
        self
    }
}
