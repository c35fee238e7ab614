use crate::Answer;

/// Steps that can be taken back.
pub const STEPS: usize = 100;

/// The answers before the one at hand, and those that were taken back. `None` is nothing given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    past: Vec<Option<Answer>>,
    undone: Vec<Option<Answer>>,
}

impl History {
    /// Keeps what an answer takes the place of. What was taken back before is gone: there is one line of answers.
    pub(super) fn gave(&mut self, before: Option<Answer>) {
        if self.past.len() >= STEPS {
            self.past.remove(0);
        }
        self.past.push(before);
        self.undone.clear();
    }

    /// Puts the answer before in the place of the one at hand, or with `again` the one that was taken back last. False
    /// when there is none.
    pub(super) fn go(&mut self, answer: &mut Option<Answer>, again: bool) -> bool {
        let (from, to) = match again {
            false => (&mut self.past, &mut self.undone),
            true => (&mut self.undone, &mut self.past),
        };
        let Some(other) = from.pop() else { return false };
        to.push(std::mem::replace(answer, other));
        true
    }

    /// Whether there is a step to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step to take again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}
