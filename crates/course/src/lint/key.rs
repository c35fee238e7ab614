//! Keys of choices and matches: whether an item has the right answers that its kind asks for, and no others.

use std::collections::HashMap;

use crate::author::{Choice, Match, Pick, PickWord, Score};
use crate::markdown::plain;
use crate::problem::{Report, Span, says};
use crate::source::Node;
use crate::text::suggest;

/// Ids that are used twice, and texts that nobody can tell apart. Each entry is an id and a text.
pub(super) fn unlike<'a>(
    parts: impl Iterator<Item = (&'a str, &'a str)>,
    list: &Node,
    what: &str,
    report: &mut Report<'_>,
) {
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

/// An id that names nothing in this item.
pub(super) fn unknown<'a>(
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
