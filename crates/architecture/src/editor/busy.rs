//! Keys while something is searched or carried. Every key is taken then; Escape leaves all as it was.

use super::keys::{Effect, Key, Press, Urgency, leave_trail};
use super::search::{Carry, Mode, Purpose, Search, Target, turn};
use super::walk::Way;
use super::{Command, Done, Editor, Item};
use crate::design::{Cell, PADDING, PartId, TITLE};
use crate::geometry::free_cell;

/// One key of a search or a carrying.
pub(super) fn busy(editor: &mut Editor, press: Press) -> Vec<Effect> {
    match std::mem::take(&mut editor.mode) {
        Mode::Idle => Vec::new(),
        _ if press.key == Key::Escape => {
            vec![
                Effect::Mode,
                editor.says("Cancelled. Nothing has changed.", Urgency::Polite),
            ]
        }
        Mode::Search(search) => searching(editor, search, press),
        Mode::Carry(carry) => carrying(editor, carry, press),
    }
}

fn searching(editor: &mut Editor, mut search: Search, press: Press) -> Vec<Effect> {
    let is_place = search.purpose == Purpose::Place;
    match press.key {
        Key::Enter => return take(editor, search),
        Key::Char(digit @ '1'..='9') if matches!(search.purpose, Purpose::Follow(_)) => {
            let at = digit as usize - '1' as usize;
            if at >= search.hits.len() {
                return stay(editor, search, &format!("There is no link number {digit}."));
            }
            search.at = at;
            return take(editor, search);
        }
        Key::Char(letter) if !press.ctrl => search.type_letter(editor, letter),
        Key::Backspace => search.take_letter(editor),
        Key::Tab if is_place => search.turn_home(!press.shift),
        Key::Left | Key::Right if is_place => search.turn_home(press.key == Key::Right),
        Key::Up | Key::Down => search.mark(editor, press.key == Key::Down),
        Key::Tab => search.mark(editor, !press.shift),
        Key::Home | Key::End => search.mark_end(editor, press.key == Key::End),
        _ => {
            editor.mode = Mode::Search(search);
            return vec![Effect::Mode];
        }
    }
    editor.search(search)
}

/// Takes the marked line. What is refused is said, and the search stays.
fn take(editor: &mut Editor, search: Search) -> Vec<Effect> {
    let Some(hit) = search.marked().cloned() else {
        return stay(editor, search, "Nothing fits. Take a letter away, or cancel.");
    };
    if let Some(reason) = hit.refused {
        return stay(editor, search, &reason);
    }
    let command = match (&search.purpose, hit.what) {
        (Purpose::Place, Target::Kind(kind)) => {
            let parent = search.aim().cloned().flatten();
            let at = beside_focus(editor, parent.as_ref());
            Command::Place { kind, parent, at }
        }
        (Purpose::Connect(from), Target::Item(Item::Part(to))) => Command::Connect { from: from.clone(), to },
        (Purpose::MoveInto(parts), what) => {
            let parent = match what {
                Target::Item(Item::Part(id)) => Some(id),
                _ => None,
            };
            let parts = parts.clone();
            let at = landing(editor, &parts, parent.as_ref());
            Command::Move { parts, parent, at }
        }
        (Purpose::Follow(from), Target::Item(item)) => {
            leave_trail(editor, Item::Part(from.clone()));
            editor.set_focus(Some(item.clone()));
            return vec![Effect::Mode, Effect::Focus(item)];
        }
        _ => return vec![Effect::Mode],
    };
    match editor.run(command) {
        Ok(done) => ended(editor, done),
        Err(reason) => stay(editor, search, &reason.0),
    }
}

/// A search or a carrying has done what it was for.
fn ended(editor: &mut Editor, done: Done) -> Vec<Effect> {
    let mut effects = vec![Effect::Mode];
    editor.report(Some(done), &mut effects);
    effects
}

fn stay(editor: &mut Editor, search: Search, why: &str) -> Vec<Effect> {
    editor.mode = Mode::Search(search);
    vec![Effect::Mode, editor.says(why, Urgency::Assertive)]
}

/// Where something new would best be: to the right of the focus, when that is in the same container.
fn beside_focus(editor: &Editor, parent: Option<&PartId>) -> Cell {
    let focus = editor.focused_part().and_then(|id| editor.design().parts.get(id));
    match focus.filter(|part| part.parent.as_ref() == parent) {
        Some(part) => Cell::new(part.at.x + part.extent().w + PADDING, part.at.y),
        None => Cell::new(PADDING, TITLE),
    }
}

/// Where parts land in another container.
fn landing(editor: &Editor, parts: &[PartId], parent: Option<&PartId>) -> Cell {
    let design = editor.design();
    let first = parts.first().and_then(|id| design.parts.get(id));
    match first {
        Some(part) if part.parent.as_ref() == parent => part.at,
        Some(part) => free_cell(design, parent, Cell::new(PADDING, TITLE), part.extent(), parts),
        None => Cell::default(),
    }
}

fn carrying(editor: &mut Editor, mut carry: Carry, press: Press) -> Vec<Effect> {
    let mut effects = vec![Effect::Mode];
    if let Some(way) = Way::of(press.key) {
        let (x, y) = way.step(if press.shift { 8 } else { 1 });
        carry.at = Cell::new(carry.at.x + x, carry.at.y + y);
        if carry.parent.is_some() {
            carry.at = Cell::new(carry.at.x.max(PADDING), carry.at.y.max(TITLE));
        }
    } else if press.key == Key::Tab {
        let here = carry.homes.iter().position(|home| *home == carry.parent).unwrap_or(0);
        let next = turn(here, carry.homes.len(), !press.shift);
        if let Some(home) = carry.homes.get(next).filter(|home| **home != carry.parent) {
            carry.at = landing(editor, &carry.parts, home.as_ref());
            carry.parent.clone_from(home);
        }
        effects.push(editor.says(&carry.says(editor.design()), Urgency::Polite));
    } else if matches!(press.key, Key::Enter | Key::Char(' ')) {
        let command = Command::Move {
            parts: carry.parts.clone(),
            parent: carry.parent.clone(),
            at: carry.at,
        };
        match editor.run(command) {
            Ok(done) => return ended(editor, done),
            Err(reason) => effects = editor.refuses(&reason.0),
        }
    }
    editor.mode = Mode::Carry(carry);
    effects
}
