use sandtable_architecture::design::Attr;
use sandtable_architecture::editor::{Effect, FieldId, Input, Item, Urgency, input};

use super::{Desk, Do};

/// A route that was typed at a table and not added yet. It waits there until it is, or until its field is emptied.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Typed {
    pub(super) at: Option<Item>,
    pub(crate) prefix: String,
    pub(crate) target: String,
}

impl Desk {
    /// What was typed at the table that is chosen.
    pub(crate) fn typed(&self) -> Typed {
        let at = self.editor.focus();
        let found = self.typed.iter().find(|typed| typed.at.as_ref() == at);
        found.cloned().unwrap_or_default()
    }

    /// Takes what was typed there.
    pub(super) fn type_route(&mut self, typed: Typed) {
        let at = self.editor.focus().cloned();
        self.typed.retain(|other| other.at != at);
        if !(typed.prefix.is_empty() && typed.target.is_empty()) {
            self.typed.push(Typed { at, ..typed });
        }
        self.dirty.add(super::Panels::SETTINGS);
    }

    /// Adds the route that was typed at the table that is chosen. What it lacks has the focus then.
    pub(super) fn add_route(&mut self, field: FieldId) {
        let Typed { prefix, target, .. } = self.typed();
        self.put_into(field, Input::AddRoute(prefix.clone(), target.clone()));
        if self.refused.is_none() {
            self.type_route(Typed::default());
        }
        let is_no_target = self.refused.is_some() && target.is_empty() && !prefix.trim().is_empty();
        self.focus_on(match is_no_target {
            true => ".inspector .add-route select",
            false => ".inspector .add-route input",
        });
    }

    /// What was typed counts when it is checked: routes that are whole are added. Says what could not be, and why; it stays
    /// where it was typed.
    pub(super) fn add_typed(&mut self) -> Option<String> {
        let field = FieldId::Attr(Attr::Entries);
        let mut left = None;
        for typed in std::mem::take(&mut self.typed) {
            let Some(at) = typed.at.clone().filter(|at| self.is_there(at)) else {
                continue;
            };
            let prefix = typed.prefix.trim().to_owned();
            let why = match prefix.is_empty() {
                true => None,
                false => self.give(&at, field, Input::AddRoute(prefix.clone(), typed.target.clone())),
            };
            if let Some(why) = &why {
                let name = self.name(&at);
                let says = [
                    "The route ",
                    &prefix,
                    " that was typed at ",
                    &name,
                    " is not added. ",
                    why,
                ];
                left = left.or(Some(says.concat()));
            }
            if why.is_some() || prefix.is_empty() {
                self.typed.push(typed);
            }
        }
        left
    }

    /// Puts something into a field of a part or a link; why not, where it is refused, which is said too.
    pub(super) fn give(&mut self, item: &Item, field: FieldId, given: Input) -> Option<String> {
        self.changed();
        match input(self.design(), item, field, given) {
            Ok(command) => {
                let effects = self.editor.attempt(command);
                let refusal = effects.iter().find_map(|effect| match effect {
                    Effect::Said(text, Urgency::Assertive) => Some(text.clone()),
                    _ => None,
                });
                self.effects(effects);
                refusal
            }
            Err(reason) => {
                self.out.push(Do::Tell("warn", String::new(), reason.0.clone()));
                Some(reason.0)
            }
        }
    }
}
