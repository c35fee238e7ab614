//! Keys: whether an item has the right answers that its kind asks for, and no others.

use std::collections::HashMap;

use crate::author::{Choice, Match, Order, Pick, PickWord, Score};
use crate::markdown::plain;
use crate::problem::{Report, Span, says};
use crate::source::Node;
use crate::text::suggest;

/// Ids that are used twice, and texts that nobody can tell apart. Each entry is an id and a text.
fn unlike<'a>(parts: impl Iterator<Item = (&'a str, &'a str)>, list: &Node, what: &str, report: &mut Report<'_>) {
    let mut ids: HashMap<&str, usize> = HashMap::new();
    let mut texts: HashMap<String, &str> = HashMap::new();
    for (at, (id, text)) in parts.enumerate() {
        let node = list.index(at);
        if let Some(first) = ids.insert(id, at) {
            report.error(
                "duplicate-id",
                node.field("id").span,
                says(
                    format!("`{id}` is the id of {what} {} too", first + 1),
                    "An answer names it by its id.",
                    "Give one of the two another id.",
                ),
            );
        }
        let label = plain(text).to_lowercase().trim_end_matches('.').to_owned();
        if let Some(other) = texts.insert(label, id) {
            report.error(
                "duplicate-option",
                node.field("text").span,
                says(
                    format!("`{id}` reads the same as `{other}`"),
                    "A learner cannot tell the one from the other.",
                    "Word one of them differently, or take it out.",
                ),
            );
        }
    }
}

pub(super) fn choice(item: &Choice, node: &Node, report: &mut Report<'_>) {
    let list = node.field("options");
    unlike(
        item.options
            .iter()
            .map(|option| (option.id.as_str(), option.text.as_str())),
        list,
        "option",
        report,
    );
    let right = item.options.iter().filter(|option| option.right).count();
    let all = item.options.len();
    let at = node.field("pick").span;
    let told = match item.pick {
        Pick::Number(n) => usize::try_from(n).ok(),
        Pick::Word(PickWord::Any) => None,
    };
    if right == 0 {
        report.error(
            "pick-count",
            list.span,
            says(
                "no option is right",
                "Nobody could answer.",
                "Set `right: true` where it is.",
            ),
        );
    } else if told.is_some_and(|told| told != right) {
        report.error(
            "pick-count",
            at,
            says(
                format!(
                    "`pick` is {}, and the options with `right: true` are {right}",
                    told.unwrap_or(0)
                ),
                "The learner is told how many to choose.",
                format!("Write `pick: {right}`, or mend the options; `pick: any` tells no number."),
            ),
        );
    } else if right == all && told != Some(1) {
        report.error(
            "select-all",
            list.span,
            says(
                "every option is right",
                "There is nothing to decide.",
                "Add wrong options that name a misconception.",
            ),
        );
    } else if told.is_none() && right * 2 > all && item.score != Some(Score::AllOrNothing) {
        report.error(
            "select-all",
            list.span,
            says(
                format!("{right} of {all} options are right"),
                "Choosing all of them would score above 0: that takes at most half of them to be right.",
                format!("Add wrong options ({} in all), or take right ones out.", right * 2),
            ),
        );
    }
    if told == Some(1) && item.score.is_some() {
        report.error(
            "score",
            node.field("score").span,
            says(
                "`score` says how several right options count, and one is to be chosen",
                "It would change nothing.",
                "Take it out.",
            ),
        );
    }
    for (n, option) in item.options.iter().enumerate() {
        let Some(weight) = option.weight else { continue };
        let what = if told != Some(1) {
            "`weight` has a meaning only with `pick: 1`"
        } else if option.right {
            "a right option counts 1 and has no `weight`"
        } else if weight >= 1.0 {
            "an option that counts 1 is right"
        } else {
            continue;
        };
        report.error(
            "weight",
            list.index(n).field("weight").span,
            says(
                what,
                "It would change nothing, or give full credit to a wrong answer.",
                "Take it out, or give a wrong option a share below 1.",
            ),
        );
    }
}

pub(super) fn matching(item: &Match, node: &Node, report: &mut Report<'_>) {
    let prompts = || item.prompts.iter().map(|prompt| prompt.id.as_str());
    let tokens = || item.tokens.iter().map(|token| token.id.as_str());
    unlike(
        item.prompts.iter().map(|one| (one.id.as_str(), one.text.as_str())),
        node.field("prompts"),
        "prompt",
        report,
    );
    unlike(
        item.tokens.iter().map(|one| (one.id.as_str(), one.text.as_str())),
        node.field("tokens"),
        "token",
        report,
    );
    let list = node.field("pairs");
    let mut used: HashMap<&str, &str> = HashMap::new();
    for (prompt, token) in &item.pairs {
        if !prompts().any(|id| id == prompt) {
            unknown(prompt, prompts(), "prompts", list.key(prompt), report);
        }
        if !tokens().any(|id| id == token) {
            unknown(token, tokens(), "tokens", list.field(prompt).span, report);
        } else if let Some(other) = used.insert(token, prompt)
            && !item.reuse
        {
            report.error(
                "token-twice",
                list.field(prompt).span,
                says(
                    format!("`{token}` belongs to `{other}` and to `{prompt}`"),
                    "A token is placed once, so nobody could place all of them rightly.",
                    "Set `reuse: true`, or use another token.",
                ),
            );
        }
    }
    for prompt in prompts().filter(|prompt| !item.pairs.contains_key(*prompt)) {
        report.error(
            "pairs",
            list.span,
            says(
                format!("`pairs` has nothing for the prompt `{prompt}`"),
                "Every prompt has one right token.",
                format!("Add `{prompt}:` with its token."),
            ),
        );
    }
    for (at, wrong) in item.wrong.iter().enumerate() {
        let node = node.field("wrong").index(at);
        if !prompts().any(|id| id == wrong.prompt) {
            unknown(&wrong.prompt, prompts(), "prompts", node.field("prompt").span, report);
        }
        if !tokens().any(|id| id == wrong.token) {
            unknown(&wrong.token, tokens(), "tokens", node.field("token").span, report);
        }
        let again = item
            .wrong
            .iter()
            .take(at)
            .any(|one| one.prompt == wrong.prompt && one.token == wrong.token);
        let right = item.pairs.get(&wrong.prompt) == Some(&wrong.token);
        if again || right {
            report.error(
                "wrong-pair",
                node.span,
                says(
                    if right {
                        "this pair is right by `pairs`"
                    } else {
                        "this pair has a reason already"
                    },
                    "A learner is told one reason for one wrong pair.",
                    "Take it out, or mend the ids.",
                ),
            );
        }
    }
}

pub(super) fn order(item: &Order, node: &Node, report: &mut Report<'_>) {
    let list = node.field("blocks");
    unlike(
        item.blocks.iter().map(|one| (one.id.as_str(), one.text.as_str())),
        list,
        "block",
        report,
    );
    if !(4..=8).contains(&item.blocks.len()) {
        report.warning(
            "block-count",
            list.span,
            says(
                format!("{} blocks", item.blocks.len()),
                "Fewer than 4 can be guessed, more than 8 do not fit a head or a screen.",
                "Join or part steps: 4 to 8 blocks.",
            ),
        );
    }
    let decoys = item.blocks.iter().filter(|block| block.decoy).count();
    if item.blocks.len() - decoys < 2 {
        report.error(
            "order",
            list.span,
            says(
                "fewer than two blocks belong",
                "There is nothing to order.",
                "Add blocks, or take `decoy: true` out.",
            ),
        );
    }
    for (at, block) in item.blocks.iter().enumerate() {
        let node = list.index(at);
        if block.decoy && block.after.is_some() {
            report.error(
                "decoy",
                node.key("after"),
                says(
                    format!("`{}` is a decoy and says what it comes after", block.id),
                    "A decoy has no place in any right order.",
                    "Take out `after`, or `decoy`.",
                ),
            );
        }
        for (n, id) in block.after.iter().flatten().enumerate() {
            belongs(item, id, node.field("after").index(n).span, report);
            if *id == block.id {
                report.error(
                    "after-cycle",
                    node.field("after").index(n).span,
                    says(
                        format!("`{id}` comes after itself"),
                        "No order could be right.",
                        "Take it out.",
                    ),
                );
            }
        }
    }
    match &item.order {
        Some(order) => one_order(item, order, node, report),
        None => several_orders(item, node, report),
    }
    if item.score.is_some() && (item.order.is_none() || decoys > 0) {
        report.error(
            "score",
            node.field("score").span,
            says(
                "`score` chooses between ways to compare with the one right order of all blocks",
                "Where several orders are right, or blocks do not belong, it counts how many moves are missing.",
                "Take it out.",
            ),
        );
    }
}

fn one_order(item: &Order, order: &[String], node: &Node, report: &mut Report<'_>) {
    let list = node.field("order");
    for (at, id) in order.iter().enumerate() {
        belongs(item, id, list.index(at).span, report);
        if order.iter().take(at).any(|other| other == id) {
            report.error(
                "order",
                list.index(at).span,
                says(
                    format!("`{id}` stands in `order` twice"),
                    "Each block is placed once.",
                    "Take one out.",
                ),
            );
        }
    }
    for block in item
        .blocks
        .iter()
        .filter(|block| !block.decoy && !order.contains(&block.id))
    {
        report.error(
            "order",
            list.span,
            says(
                format!("`order` lacks the block `{}`", block.id),
                "It is the one right order of all blocks that are no decoys.",
                "Add it, or set `decoy: true` on the block.",
            ),
        );
    }
    if let Some(at) = item.blocks.iter().position(|block| block.after.is_some()) {
        report.error(
            "order",
            node.field("blocks").index(at).key("after"),
            says(
                "there is an `order`, and `after` too",
                "Two descriptions of the right order could differ.",
                "Keep `order` where one order is right, `after` where several are.",
            ),
        );
    }
}

fn several_orders(item: &Order, node: &Node, report: &mut Report<'_>) {
    let after = |block: &crate::author::Block| block.after.clone().unwrap_or_default();
    if item.blocks.iter().all(|block| after(block).is_empty()) {
        report.error(
            "order",
            node.field("blocks").span,
            says(
                "nothing says which order is right",
                "Without it, any order would be.",
                "Add `order:` with all ids, or `after:` to the blocks where several orders are right.",
            ),
        );
        return;
    }
    // Takes away what nothing holds back, until nothing is left, or a circle.
    let mut left: Vec<_> = item.blocks.iter().filter(|block| !block.decoy).collect();
    loop {
        let ids: Vec<&str> = left.iter().map(|block| block.id.as_str()).collect();
        let before = left.len();
        left.retain(|block| {
            after(block)
                .iter()
                .any(|id| ids.contains(&id.as_str()) && *id != block.id)
        });
        if left.is_empty() {
            return;
        }
        if left.len() == before {
            break;
        }
    }
    let ids: Vec<&str> = left.iter().map(|block| block.id.as_str()).collect();
    report.error(
        "after-cycle",
        node.field("blocks").span,
        says(
            format!(
                "{} wait for each other",
                crate::text::either(&ids).replace(" or ", " and ")
            ),
            "No order could be right.",
            "Take out one `after` of the circle.",
        ),
    );
}

/// A block that a list may name: one that there is, and no decoy.
fn belongs(item: &Order, id: &str, at: Span, report: &mut Report<'_>) {
    match item.blocks.iter().find(|block| block.id == id) {
        None => unknown(
            id,
            item.blocks.iter().map(|block| block.id.as_str()),
            "blocks",
            at,
            report,
        ),
        Some(block) if block.decoy => report.error(
            "decoy",
            at,
            says(
                format!("`{id}` is a decoy"),
                "A decoy has no place in any right order.",
                "Take it out here, or take `decoy: true` out of the block.",
            ),
        ),
        Some(_) => {}
    }
}

fn unknown<'a>(
    id: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
    what: &str,
    at: Span,
    report: &mut Report<'_>,
) {
    report.error(
        "unknown-id",
        at,
        says(
            format!("`{}` is none of the {what}", crate::text::shown(id)),
            "Nothing could be placed there.",
            suggest(id, known, what),
        ),
    );
}
