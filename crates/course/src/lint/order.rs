//! Keys of orders: whether there is a right order, and what it may hold.

use super::key::{unknown, unlike};
use crate::author::Order;
use crate::problem::{Report, Span, says};
use crate::source::Node;

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
