//! Wording: what tells the learner the answer, or hides the question.

use std::collections::BTreeMap;

use crate::author::{Choice, Common, Item, Pick};
use crate::markdown::{plain, prose, unemphasised};
use crate::problem::{Report, says};
use crate::source::Node;
use crate::text::words;

const MAX_STEM_WORDS: usize = 120;
/// Below so many characters a difference in length gives nothing away: `10.0.0.0/8` is longer than `Dropped`.
const LONG_OPTION: usize = 25;
const VAGUE: [&str; 4] = ["usually", "rarely", "often", "sometimes"];
const ABSOLUTE: [&str; 2] = ["always", "never"];
const OF_THE_ABOVE: [&str; 6] = [
    "all of the above",
    "none of the above",
    "all of these",
    "none of these",
    "any of the above",
    "all the above",
];
/// Words that stand in many sentences and tell nothing.
const COMMON: [&str; 58] = [
    "about",
    "above",
    "after",
    "again",
    "against",
    "among",
    "another",
    "because",
    "before",
    "being",
    "below",
    "between",
    "carry",
    "cannot",
    "could",
    "doesn",
    "during",
    "either",
    "every",
    "first",
    "following",
    "given",
    "having",
    "instead",
    "itself",
    "least",
    "makes",
    "might",
    "never",
    "number",
    "other",
    "others",
    "place",
    "right",
    "same",
    "should",
    "shown",
    "since",
    "still",
    "their",
    "there",
    "these",
    "thing",
    "those",
    "three",
    "through",
    "under",
    "until",
    "where",
    "whether",
    "which",
    "while",
    "whole",
    "whose",
    "within",
    "without",
    "would",
    "wrong",
];

/// Rules on the stem of any kind of item.
pub(super) fn stem(common: &Common<'_>, node: &Node, report: &mut Report<'_>) {
    let at = node.field("stem").span;
    let text = prose(common.stem);
    let count = text
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count();
    if count > MAX_STEM_WORDS {
        report.warning(
            "long-stem",
            at,
            says(
                format!("the stem has {count} words without tables and code"),
                format!("Above {MAX_STEM_WORDS} it tests reading."),
                "Take out what the answer does not need, or put facts into a table.",
            ),
        );
    }
    let question = question(&unemphasised(common.stem));
    if let Some(word) = words(&question).find(|word| matches!(word.as_str(), "not" | "except")) {
        report.error(
            "negative-stem",
            report.find(&word, at, 0),
            says(
                format!("the question hangs on `{word}`, and nothing makes it stand out"),
                "Who passes over the word answers another question.",
                format!("Ask for what holds, or write **{word}**."),
            ),
        );
    }
    vague(&text.to_lowercase().replace("how often", ""), at, "the stem", report);
}

fn vague(text: &str, at: crate::Span, place: &str, report: &mut Report<'_>) {
    if let Some(word) = words(text).find(|word| VAGUE.contains(&word.as_str())) {
        report.warning(
            "vague-word",
            report.find(&word, at, 0),
            says(
                format!("`{word}` in {place}"),
                "Two readers take it for two different shares, and both are right.",
                "Say when, or how much.",
            ),
        );
    }
}

/// The sentences that ask; where none does, the last one.
fn question(text: &str) -> String {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = matches!(c, '.' | '?' | '!') && chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        if ends {
            let end = at + c.len_utf8();
            sentences.push(text.get(start..end).unwrap_or(""));
            start = end;
        }
    }
    sentences.push(text.get(start..).unwrap_or(""));
    sentences.retain(|sentence| !sentence.trim().is_empty());
    let asks: Vec<&str> = sentences
        .iter()
        .copied()
        .filter(|sentence| sentence.ends_with('?'))
        .collect();
    if asks.is_empty() {
        sentences.last().copied().unwrap_or("").to_owned()
    } else {
        asks.join(" ")
    }
}

/// Rules on the options of a choice.
pub(super) fn options(item: &Choice, node: &Node, report: &mut Report<'_>) {
    let list = node.field("options");
    let labels: Vec<String> = item.options.iter().map(|option| plain(&option.text)).collect();
    for (at, label) in labels.iter().enumerate() {
        let place = list.index(at).field("text").span;
        let lower = label.to_lowercase();
        if let Some(phrase) = OF_THE_ABOVE.iter().find(|phrase| lower.contains(**phrase)) {
            report.error(
                "all-of-the-above",
                place,
                says(
                    format!("`{phrase}`"),
                    "Options are shuffled, and who knows two of them right need not read the rest.",
                    "Use `pick: any`, or write an option of its own.",
                ),
            );
        }
        if let Some(word) = words(&lower).find(|word| ABSOLUTE.contains(&word.as_str())) {
            report.warning(
                "absolute-word",
                report.find(&word, place, 0),
                says(
                    format!("`{word}` in an option"),
                    "Learners know that what is said without exception is most often wrong.",
                    "Say what happens, and under which condition.",
                ),
            );
        }
        vague(&lower, place, "an option", report);
    }
    let right = |at: usize| item.options.get(at).is_some_and(|option| option.right);
    let length = |wanted: bool| {
        let lengths = labels.iter().enumerate().filter(move |(at, _)| right(*at) == wanted);
        lengths.map(|(at, label)| (label.chars().count(), at)).max()
    };
    if let (Some((longest, at)), Some((other, _))) = (length(true), length(false))
        && longest * 10 > other * 13
        && longest >= LONG_OPTION
    {
        report.warning(
            "longest-option",
            list.index(at).field("text").span,
            says(
                format!("the right option has {longest} characters, the longest wrong one {other}"),
                "Who does not know picks the longest option, and would be right.",
                "Shorten it, or say as much in a wrong one.",
            ),
        );
    }
    form(&labels, list, report);
    numbers(item, &labels, list, report);
    clang(item, &labels, list, report);
    article(item, &labels, node, report);
}

fn form(labels: &[String], list: &Node, report: &mut Report<'_>) {
    let stops = labels.iter().filter(|label| label.ends_with('.')).count();
    let lengths = || labels.iter().map(|label| label.chars().count());
    let (shortest, longest) = (lengths().min().unwrap_or(0), lengths().max().unwrap_or(0));
    let what = if stops > 0 && stops < labels.len() {
        "some options end in a full stop and others do not".to_owned()
    } else if longest > shortest * 3 && longest >= LONG_OPTION {
        format!("the options have from {shortest} to {longest} characters")
    } else {
        return;
    };
    report.warning(
        "unlike-form",
        list.span,
        says(
            what,
            "What looks different draws the eye, whether it is right or not.",
            "Give all of them one form: sentences, or words, of about one length.",
        ),
    );
}

fn numbers(item: &Choice, labels: &[String], list: &Node, report: &mut Report<'_>) {
    let numbers: Option<Vec<(f64, String)>> = labels.iter().map(|label| number(label)).collect();
    let Some(numbers) = numbers.filter(|numbers| numbers.len() > 2) else {
        return;
    };
    let one_unit = numbers
        .windows(2)
        .all(|pair| matches!(pair, [(_, a), (_, b)] if a == b));
    let up = numbers
        .windows(2)
        .all(|pair| matches!(pair, [(a, _), (b, _)] if a <= b));
    let down = numbers
        .windows(2)
        .all(|pair| matches!(pair, [(a, _), (b, _)] if a >= b));
    let what = if !one_unit || ((up || down) && item.fixed) {
        return;
    } else if up || down {
        "the options are numbers, and will be shuffled"
    } else {
        "the options are numbers, and not in order"
    };
    report.warning(
        "unsorted-numbers",
        list.span,
        says(
            what,
            "Who has worked out a number has to search for it.",
            "Sort them, and set `fixed: true`.",
        ),
    );
}

/// A number with a unit of at most two words. `10.0.0.0/16` and `10 routes from VPC A` are none.
fn number(label: &str) -> Option<(f64, String)> {
    let text = label
        .trim()
        .trim_end_matches('.')
        .trim_start_matches(['<', '>', '~', '\u{2248}', '+'])
        .trim_start();
    let bare = text.trim_start_matches(['$', '\u{20ac}', '\u{a3}']);
    let end = bare
        .find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'))
        .unwrap_or(bare.len());
    let value: f64 = bare.get(..end)?.replace(',', "").parse().ok()?;
    let unit = bare.get(end..)?.trim();
    let plain =
        unit.split_whitespace().count() <= 2 && unit.chars().all(|c| c.is_alphabetic() || matches!(c, '%' | '/' | ' '));
    plain.then(|| (value, unit.to_lowercase().trim_end_matches('s').to_owned()))
}

fn clang(item: &Choice, labels: &[String], list: &Node, report: &mut Report<'_>) {
    // By its stem, so that `route` and `routes` are the same.
    let bag = |text: &str| -> BTreeMap<String, String> {
        words(text)
            .filter(|word| word.chars().count() >= 5 && word.chars().all(|c| c.is_alphabetic() || c == '-'))
            .filter(|word| !COMMON.contains(&word.as_str()))
            .map(|word| (word.trim_end_matches('s').to_owned(), word))
            .collect()
    };
    let bags: Vec<_> = labels.iter().map(|label| bag(label)).zip(&item.options).collect();
    let stem = bag(&prose(&item.stem));
    let only_right = |stem: &&String| bags.iter().all(|(bag, option)| bag.contains_key(*stem) == option.right);
    let Some(word) = stem.keys().find(only_right) else {
        return;
    };
    let Some(at) = item.options.iter().position(|option| option.right) else {
        return;
    };
    let said = bags.get(at).and_then(|(bag, _)| bag.get(word)).unwrap_or(word);
    let place = list.index(at).field("text").span;
    let place = report.find(said, place, 0);
    report.warning(
        "clang",
        place,
        says(
            format!("`{said}` stands in the stem and, of the options, only where it is right"),
            "Who does not know picks the option that sounds like the question.",
            "Use the word in a wrong option too, or another one here.",
        ),
    );
}

fn article(item: &Choice, labels: &[String], node: &Node, report: &mut Report<'_>) {
    let stem = prose(&item.stem);
    let last = stem
        .trim_end_matches(|c: char| !c.is_alphanumeric())
        .rsplit(|c: char| !c.is_alphanumeric())
        .next();
    let wants_vowel = match last {
        Some("an") => true,
        Some("a") => false,
        _ => return,
    };
    if labels.iter().any(|label| sounds_open(label) != wants_vowel) {
        report.error(
            "article",
            node.field("stem").span,
            says(
                "the stem ends with `a` or `an`, and not every option goes on from it",
                "Grammar tells which options cannot be right.",
                "Put the article into the options, or write `a(n)`.",
            ),
        );
    }
}

/// Whether a word is spoken with a vowel first: `instance`, `NLB`, `8`; not `user`, `VPC`, `10`.
fn sounds_open(label: &str) -> bool {
    let word = label.split_whitespace().next().unwrap_or("");
    let letters: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    let spelled = letters.chars().count() > 1 && letters.chars().all(|c| c.is_uppercase() || c.is_numeric());
    let lower = letters.to_lowercase();
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        return lower.starts_with('8') || lower == "11" || lower == "18";
    }
    if spelled {
        return lower.starts_with(['a', 'e', 'f', 'h', 'i', 'l', 'm', 'n', 'o', 'r', 's', 'x']);
    }
    let like_you = ["uni", "use", "usu", "uti", "eu", "one"]
        .iter()
        .any(|start| lower.starts_with(start));
    let silent_h = ["hour", "honest", "honour"]
        .iter()
        .any(|start| lower.starts_with(start));
    silent_h || (lower.starts_with(['a', 'e', 'i', 'o', 'u']) && !like_you)
}

/// The first item with options in a fixed order, and the place that is right in most such items of the file.
pub(super) fn skewed(items: &[Item]) -> Option<(usize, usize)> {
    /// With fewer items a run is chance.
    const LEAST: usize = 4;
    let mut places = Vec::new();
    let mut first = None;
    for (at, item) in items.iter().enumerate() {
        let Item::Choice(item) = item else { continue };
        if item.fixed && item.pick == Pick::Number(1) {
            first.get_or_insert(at);
            places.extend(item.options.iter().position(|option| option.right));
        }
    }
    let most = places
        .iter()
        .copied()
        .max_by_key(|place| places.iter().filter(|other| *other == place).count())?;
    let count = places.iter().filter(|other| **other == most).count();
    first
        .filter(|_| places.len() >= LEAST && count * 4 >= places.len() * 3)
        .map(|first| (first, most))
}
