use wasm_bindgen::JsCast;

use crate::act::{Act, On};
use crate::tree::{KEPT, Node, Tree};
use sandtable_browser::document;

/// A tree on the page: what was drawn last, with the document's node of each part.
pub(super) struct Live {
    dom: web_sys::Node,
    /// Its children are in `children`.
    node: Tree,
    children: Vec<Live>,
}

impl Live {
    /// Builds a tree at the end of an element.
    pub(super) fn build(tree: Tree, parent: &web_sys::Node) -> Option<Self> {
        let live = Live::make(tree)?;
        let _ = parent.append_child(&live.dom);
        Some(live)
    }

    /// Makes it look like a tree: touches only what differs, so that whatever has the focus keeps it.
    pub(super) fn update(&mut self, new: Tree) {
        if new.tag == KEPT {
            return;
        }
        if new.tag != self.node.tag || new.key != self.node.key {
            let Some(live) = Live::make(new) else { return };
            if let Some(parent) = self.dom.parent_node() {
                let _ = parent.replace_child(&live.dom, &self.dom);
            }
            *self = live;
            return;
        }
        let mut new = new;
        if new.tag.is_empty() {
            if new.text != self.node.text {
                self.dom.set_text_content(Some(&new.text));
            }
        } else {
            let children = std::mem::take(&mut new.children);
            self.dress(&new);
            self.fill(children);
            self.set_field(&new);
        }
        self.node = new;
    }

    /// What the innermost element does that listens, from a node outwards; and that element.
    pub(super) fn find(&self, target: &web_sys::Node, on: On) -> Option<(Act, web_sys::Element)> {
        if !self.dom.contains(Some(target)) {
            return None;
        }
        let inner = self.children.iter().find_map(|child| child.find(target, on));
        inner.or_else(|| {
            let (_, act) = self.node.acts.iter().find(|(of, _)| *of == on)?;
            Some((act.clone(), self.element().clone()))
        })
    }

    fn make(mut tree: Tree) -> Option<Self> {
        let document = document()?;
        if tree.tag.is_empty() || tree.tag == KEPT {
            let dom = document.create_text_node(&tree.text).into();
            return Some(Live {
                dom,
                node: tree,
                children: Vec::new(),
            });
        }
        let children = std::mem::take(&mut tree.children);
        let mut live = Live {
            dom: document.create_element(tree.tag).ok()?.into(),
            node: Box::new(Node {
                tag: tree.tag,
                ..Node::default()
            }),
            children: Vec::with_capacity(children.len()),
        };
        live.dress(&tree);
        live.fill(children);
        live.set_field(&tree);
        live.node = tree;
        Some(live)
    }

    fn element(&self) -> &web_sys::Element {
        self.dom.unchecked_ref()
    }

    /// Attributes and sanitised content.
    fn dress(&self, new: &Node) {
        let element = self.element();
        for (name, value) in &new.attributes {
            let before = self.node.attributes.iter().find(|(other, _)| other == name);
            if before.is_none_or(|(_, before)| before != value) {
                let _ = element.set_attribute(name, value);
            }
        }
        for (name, _) in &self.node.attributes {
            if !new.attributes.iter().any(|(other, _)| other == name) {
                let _ = element.remove_attribute(name);
            }
        }
        if new.html != self.node.html {
            element.set_inner_html(&new.html);
        }
    }

    fn fill(&mut self, new: Vec<Tree>) {
        for gone in self.children.drain(new.len().min(self.children.len())..) {
            let _ = self.dom.remove_child(&gone.dom);
        }
        for (place, child) in new.into_iter().enumerate() {
            match self.children.get_mut(place) {
                Some(live) => live.update(child),
                None => self.children.extend(Live::build(child, &self.dom)),
            }
        }
    }

    /// What a field holds. A text that a person is typing is changed only when what it should hold has changed; a list or
    /// a box goes back to what holds.
    fn set_field(&self, new: &Node) {
        let field: &web_sys::HtmlInputElement = self.dom.unchecked_ref();
        if let Some(value) = &new.value
            && (new.tag == "select" || self.node.value.as_ref() != Some(value))
            && field.value() != *value
        {
            field.set_value(value);
        }
        if let Some(is_on) = new.is_on
            && field.checked() != is_on
        {
            field.set_checked(is_on);
        }
    }
}
