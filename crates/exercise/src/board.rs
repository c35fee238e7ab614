//! Where pieces lie, and what moving one gives: boards of the kinds whose pieces are placed. Pure lists in, an
//! [`Answer`] out; a gesture of any sort ends in one of these moves.

use std::collections::BTreeMap;

use crate::{Answer, Body, ItemView, Presentation};

/// The board of an order: a list, and a tray of what is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderBoard {
    /// Blocks in the learner's order.
    pub listed: Vec<String>,
    /// Blocks not used, in the order of the layout.
    pub tray: Vec<String>,
}

impl OrderBoard {
    /// Lays out the blocks. Without a tray, blocks that an answer leaves out stand at the end of the list.
    #[must_use]
    pub fn new(view: &ItemView, layout: &Presentation, answer: Option<&Answer>) -> Self {
        let given: &[String] = match answer {
            Some(Answer::Order(ids)) => ids,
            _ => &[],
        };
        let mut listed: Vec<String> = given.iter().filter(|id| layout.order.contains(id)).cloned().collect();
        let rest = layout.order.iter().filter(|id| !given.contains(id)).cloned();
        if matches!(view.body, Body::Order { tray: true, .. }) {
            return OrderBoard {
                listed,
                tray: rest.collect(),
            };
        }
        listed.extend(rest);
        OrderBoard {
            listed,
            tray: Vec::new(),
        }
    }

    /// The answer after a block is put before the place `at` of the list as it stands now. `at` beyond the end is the
    /// end.
    #[must_use]
    pub fn place(&self, block: &str, at: usize) -> Answer {
        let before = self.listed.iter().take(at).filter(|id| *id != block).count();
        let mut listed: Vec<String> = self.listed.iter().filter(|id| *id != block).cloned().collect();
        if self.knows(block) {
            listed.insert(before.min(listed.len()), block.to_owned());
        }
        Answer::Order(listed)
    }

    /// The answer after a block is moved up (negative) or down by so many places, no further than the ends.
    #[must_use]
    pub fn shift(&self, block: &str, by: isize) -> Answer {
        let Some(at) = self.listed.iter().position(|id| id == block) else {
            return Answer::Order(self.listed.clone());
        };
        // Places are gaps of the list as it stands: one down is the gap after the next block.
        let gap = if by > 0 {
            at + 1 + by.unsigned_abs()
        } else {
            at.saturating_sub(by.unsigned_abs())
        };
        self.place(block, gap)
    }

    /// The answer after a block goes back to the tray.
    #[must_use]
    pub fn remove(&self, block: &str) -> Answer {
        Answer::Order(self.listed.iter().filter(|id| *id != block).cloned().collect())
    }

    fn knows(&self, block: &str) -> bool {
        self.listed.iter().chain(&self.tray).any(|id| id == block)
    }
}

/// The board of a match: what lies on each prompt, and the tray.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchBoard {
    /// Prompt id to the token on it.
    pub placed: BTreeMap<String, String>,
    /// Tokens that can be placed, in the order of the layout.
    pub tray: Vec<String>,
    reuse: bool,
}

impl MatchBoard {
    /// Lays out the tokens. One that may serve several prompts stays in the tray.
    #[must_use]
    pub fn new(view: &ItemView, layout: &Presentation, answer: Option<&Answer>) -> Self {
        let placed = match answer {
            Some(Answer::Match(pairs)) => pairs.clone(),
            _ => BTreeMap::new(),
        };
        let reuse = matches!(view.body, Body::Match { reuse: true, .. });
        let is_free = |id: &&String| reuse || !placed.values().any(|token| token == *id);
        let tray = layout.order.iter().filter(is_free).cloned().collect();
        MatchBoard { placed, tray, reuse }
    }

    /// The answer after a token is put on a prompt. What lay there goes back to the tray; a token that may be used once
    /// leaves the prompt it came from.
    #[must_use]
    pub fn place(&self, token: &str, prompt: &str) -> Answer {
        let mut placed = self.without(&|on, other| on == prompt || (!self.reuse && other == token));
        placed.insert(prompt.to_owned(), token.to_owned());
        Answer::Match(placed)
    }

    /// The answer after a prompt is cleared.
    #[must_use]
    pub fn clear(&self, prompt: &str) -> Answer {
        Answer::Match(self.without(&|on, _| on == prompt))
    }

    /// Built anew rather than taken out of: what takes entries out of a map is a costly part of it in a page.
    fn without(&self, leaves: &dyn Fn(&str, &str) -> bool) -> BTreeMap<String, String> {
        let mut placed = BTreeMap::new();
        for (prompt, token) in &self.placed {
            if !leaves(prompt, token) {
                placed.insert(prompt.clone(), token.clone());
            }
        }
        placed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::tests::{matching, order_chain, ordered, placed};
    use proptest::prelude::*;

    fn board(listed: &[&str], tray: &[&str]) -> OrderBoard {
        let own = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        OrderBoard {
            listed: own(listed),
            tray: own(tray),
        }
    }

    #[track_caller]
    fn check(answer: &Answer, expected: &str) {
        let Answer::Order(ids) = answer else {
            panic!("not an order")
        };
        assert_eq!(ids.concat(), expected);
    }

    #[test]
    fn blocks_move_and_come_back() {
        let abc = board(&["a", "b", "c"], &["x"]);
        check(&abc.place("a", 3), "bca");
        check(&abc.place("c", 0), "cab");
        check(&abc.place("b", 1), "abc");
        check(&abc.place("b", 2), "abc");
        check(&abc.place("x", 1), "axbc");
        check(&abc.place("x", 99), "abcx");
        check(&abc.place("unknown", 1), "abc");
        check(&abc.shift("a", 1), "bac");
        check(&abc.shift("a", -1), "abc");
        check(&abc.shift("c", -1), "acb");
        check(&abc.shift("c", 9), "abc");
        check(&abc.shift("b", isize::MIN), "bac");
        check(&abc.remove("b"), "ac");
    }

    #[test]
    fn an_untouched_order_lists_all() {
        let (view, _) = order_chain(3).split();
        let layout = Presentation {
            order: vec!["3".into(), "1".into(), "2".into()],
        };
        assert_eq!(OrderBoard::new(&view, &layout, None), board(&["3", "1", "2"], &[]));
        assert_eq!(
            OrderBoard::new(&view, &layout, Some(&ordered(&["2"]))),
            board(&["2", "3", "1"], &[])
        );
    }

    #[test]
    fn a_token_lies_on_one_prompt() {
        let (view, _) = matching(3, 1).split();
        let layout = crate::present(&view, 1);
        let given = placed(&[("p1", "t1"), ("p2", "t2")]);
        let board = MatchBoard::new(&view, &layout, Some(&given));
        assert_eq!(board.tray.len(), 2);
        assert_eq!(board.place("t1", "p2"), placed(&[("p2", "t1")]));
        assert_eq!(
            board.place("t3", "p3"),
            placed(&[("p1", "t1"), ("p2", "t2"), ("p3", "t3")])
        );
        assert_eq!(board.clear("p1"), placed(&[("p2", "t2")]));
    }

    proptest! {
        #[test]
        fn any_moves_keep_every_block(moves in prop::collection::vec((0..5usize, 0..9usize, -7..7isize, 0..3u8), 0..40)) {
            let (view, _) = order_chain(5).split();
            let layout = crate::present(&view, 3);
            let mut answer = None;
            for (block, at, by, kind) in moves {
                let board = OrderBoard::new(&view, &layout, answer.as_ref());
                let block = layout.order[block].clone();
                answer = Some(match kind {
                    0 => board.place(&block, at),
                    1 => board.shift(&block, by),
                    _ => board.remove(&block),
                });
                let board = OrderBoard::new(&view, &layout, answer.as_ref());
                let mut all = board.listed.clone();
                all.sort();
                prop_assert_eq!(all.concat(), "12345");
            }
        }
    }
}
