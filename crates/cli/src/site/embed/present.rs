//! What is shown to a class, `present.html` beside the page of an exercise: of each question how it is asked, how it looks
//! once its answer is revealed, and why. `public/present.js` takes one after the other; it decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use sandtable_exercise::{Answer, Body, Item, Key, KeyBody, Piece, Quiz, fresh_seed, present, solution};

use super::question::{SEED, escape, in_order};

/// The mark of what is right, as the widgets draw it.
const RIGHT: &str = "<span class=\"mark\" data-shape=\"right\" aria-hidden=\"true\"><svg viewBox=\"0 0 20 20\">\
    <circle class=\"fill\" cx=\"10\" cy=\"10\" r=\"9\"/><path class=\"cut\" d=\"M6 10.5l2.8 2.8L14.2 7.4\"/></svg></span>";

/// All questions, one after the other.
pub(super) fn page(quiz: &Quiz) -> String {
    let questions = quiz
        .items
        .iter()
        .zip(1..)
        .map(|(item, at)| question(item, at, quiz.items.len()));
    let head = "<!doctype html><meta charset=\"utf-8\"><title>Present</title>";
    [head, &questions.collect::<String>(), "\n"].concat()
}

/// A question: `[data-item]` with the article that is shown at first, and two templates for what is not shown before it is
/// asked for.
fn question(item: &Item, at: usize, of: usize) -> String {
    let (view, key) = item.clone().split();
    let order = present(&view, fresh_seed(&view, &key, SEED)).order;
    let solution = solution(&view, &key);
    let Told {
        how,
        asked,
        answered,
        says,
    } = match (&view.body, &solution) {
        (Body::Choice { pick, options, .. }, Answer::Choice(right)) => {
            choice(&pick.instruction(), &in_order(options, &order), right)
        }
        (Body::Match { prompts, tokens, .. }, Answer::Match(pairs)) => {
            matching(prompts, &in_order(tokens, &order), pairs)
        }
        (Body::Order { blocks, .. }, Answer::Order(right)) => ordered(&in_order(blocks, &order), right, &key),
        // The compiler proves that a solution is of its item's kind.
        _ => Told::default(),
    };
    format!(
        "<section data-item=\"{}\"><article class=\"question\"><h2 class=\"place\" tabindex=\"-1\">Question {at} of {of}. {how}</h2>\
         <div class=\"stem\">{}</div><div class=\"asked\">{asked}</div></article>\
         <template data-says=\"{}\">{answered}</template><template><h3>Why</h3><div>{}</div>{}</template></section>",
        escape(&view.id),
        view.stem,
        escape(&says),
        key.explain,
        reasons(&view.body, &order, &key)
    )
}

/// One question in the forms that it goes through.
#[derive(Default)]
struct Told {
    /// What is to be done.
    how: String,
    asked: String,
    answered: String,
    /// The answer for a screen reader.
    says: String,
}

/// A piece with what it is called by: a letter or a number.
fn piece(sign: &str, html: &str) -> String {
    format!("<li class=\"option\"><span class=\"sign\">{sign}</span><span class=\"option-text\">{html}</span></li>")
}

/// The same where it is right, with what says so.
fn right_piece(sign: &str, html: &str, says: &str) -> String {
    format!(
        "<li class=\"option\" data-state=\"right\"><span class=\"sign\">{sign}</span><span class=\"option-text\">{html}</span>{says}</li>"
    )
}

/// What belongs to a place, under the letter by which the class has called it.
fn given(letter: &str, piece: &Piece) -> String {
    format!(
        "<span class=\"given\"><span class=\"sign\">{letter}</span><span>{}</span>{RIGHT}</span>",
        piece.html
    )
}

fn list(rows: &str) -> String {
    format!("<ol class=\"choice\">{rows}</ol>")
}

fn lettered_list(pieces: &[&Piece]) -> String {
    lettered(pieces)
        .map(|(letter, one)| piece(&letter, &one.html))
        .collect()
}

fn lettered<'a>(pieces: &'a [&Piece]) -> impl Iterator<Item = (String, &'a Piece)> {
    ('A'..='Z').map(String::from).zip(pieces.iter().copied())
}

fn choice(how: &str, options: &[&Piece], right: &[String]) -> Told {
    let word = format!("<span class=\"word\">{RIGHT} Right</span>");
    let answered = lettered(options).map(|(letter, option)| match right.contains(&option.id) {
        true => right_piece(&letter, &option.html, &word),
        false => piece(&letter, &option.html),
    });
    let names = lettered(options)
        .filter(|(_, option)| right.contains(&option.id))
        .map(|(letter, option)| format!("{letter}, {}", option.label));
    Told {
        how: how.to_owned(),
        asked: list(&lettered_list(options)),
        answered: list(&answered.collect::<String>()),
        says: names.collect::<Vec<_>>().join("; "),
    }
}

fn matching(prompts: &[Piece], tokens: &[&Piece], pairs: &BTreeMap<String, String>) -> Told {
    let token = |prompt: &Piece| lettered(tokens).find(|(_, token)| pairs.get(&prompt.id) == Some(&token.id));
    let numbered = || (1..).map(|at: usize| at.to_string()).zip(prompts);
    let asked: String = numbered().map(|(at, prompt)| piece(&at, &prompt.html)).collect();
    let answered: String = numbered()
        .filter_map(|(at, prompt)| {
            let (letter, token) = token(prompt)?;
            Some(right_piece(&at, &(prompt.html.clone() + &given(&letter, token)), ""))
        })
        .collect();
    let both = |prompts: &str| {
        format!(
            "<div class=\"pairs\">{}{}</div>",
            list(prompts),
            list(&lettered_list(tokens))
        )
    };
    let says = numbered().filter_map(|(at, prompt)| Some(format!("{at} {}", token(prompt)?.0)));
    Told {
        how: "Give each number a letter.".to_owned(),
        asked: both(&asked),
        answered: both(&answered),
        says: says.collect::<Vec<_>>().join("; "),
    }
}

fn ordered(blocks: &[&Piece], right: &[String], key: &Key) -> Told {
    let named = |id: &String| lettered(blocks).find(|(_, block)| block.id == *id);
    let in_order: Vec<(String, &Piece)> = right.iter().filter_map(named).collect();
    let rows: String = (1..)
        .zip(&in_order)
        .map(|(at, (letter, block))| right_piece(&format!("{at}."), &given(letter, block), ""))
        .collect();
    let left: String = lettered(blocks)
        .filter(|(_, block)| !right.contains(&block.id))
        .map(|(letter, block)| piece(&letter, &block.html))
        .collect();
    let (how, left) = if left.is_empty() {
        ("Put all in order, first to last.", left)
    } else {
        let left = format!("<p class=\"place\">Does not belong here</p>{}", list(&left));
        ("Put in order what belongs to it, first to last.", left)
    };
    let one_of_many = if has_one_order(key) {
        ""
    } else {
        "<p class=\"place\">One of the orders that are right</p>"
    };
    let says: Vec<&str> = in_order.iter().map(|(letter, _)| letter.as_str()).collect();
    Told {
        how: how.to_owned(),
        asked: list(&lettered_list(blocks)),
        answered: format!("{one_of_many}{}{left}", list(&rows)),
        says: says.join(", "),
    }
}

/// Whether each block has to come after all that stand before it.
fn has_one_order(key: &Key) -> bool {
    let KeyBody::Order { blocks, .. } = &key.body else {
        return true;
    };
    let mut before: Vec<usize> = Vec::new();
    // How many come before a block, by way of others too.
    let after = |id: &String| {
        blocks
            .iter()
            .find(|block| block.id == *id)
            .and_then(|block| block.after.as_ref())
    };
    for block in blocks.iter().filter(|block| block.after.is_some()) {
        let (mut met, mut next) = (BTreeSet::new(), vec![&block.id]);
        while let Some(id) = next.pop() {
            for earlier in after(id).into_iter().flatten() {
                if met.insert(earlier) {
                    next.push(earlier);
                }
            }
        }
        before.push(met.len());
    }
    before.sort_unstable();
    before.iter().copied().eq(0..before.len())
}

/// Why each option is right or wrong, by its letter.
fn reasons(body: &Body, order: &[String], key: &Key) -> String {
    let (Body::Choice { options, .. }, KeyBody::Choice { options: keys, .. }) = (body, &key.body) else {
        return String::new();
    };
    let rows: String = lettered(&in_order(options, order))
        .filter_map(|(letter, option)| {
            let why = &keys.iter().find(|key| key.id == option.id)?.why;
            Some(piece(&letter, why))
        })
        .collect();
    list(&rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(item: &Item) -> (String, String, String) {
        let html = question(item, 2, 5);
        let (asked, rest) = html.split_once("<template").unwrap();
        let (answered, why) = rest.split_once("<template").unwrap();
        (asked.to_owned(), answered.to_owned(), why.to_owned())
    }

    /// The course itself, which has items of every kind.
    fn items() -> Vec<Item> {
        let course = concat!(env!("CARGO_MANIFEST_DIR"), "/../../exercises");
        let course = crate::content::compile(course.as_ref()).unwrap();
        course.quizzes.into_iter().flat_map(|quiz| quiz.items).collect()
    }

    #[test]
    fn no_question_holds_its_answer_before_it_is_revealed() {
        for item in items() {
            let (asked, answered, why) = parts(&item);
            for secret in [
                "data-state",
                "class=\"word\"",
                "class=\"given\"",
                "One of the orders",
                "Does not belong",
                &item.key.explain,
            ] {
                assert!(!asked.contains(secret), "{secret} in {asked}");
            }
            assert!(
                answered.contains("data-state=\"right\"") && !answered.contains(&item.key.explain),
                "{answered}"
            );
            assert!(why.contains(&item.key.explain));
        }
    }

    #[test]
    fn what_is_revealed_is_what_the_key_calls_right() {
        let mut kinds = [0; 3];
        for item in items() {
            let (asked, answered, why) = parts(&item);
            let right = answered.matches("data-state=\"right\"").count();
            let (wanted, kind) = match solution(&item.view, &item.key) {
                Answer::Choice(ids) => {
                    let KeyBody::Choice { options, .. } = &item.key.body else {
                        unreachable!()
                    };
                    for option in options {
                        assert!(why.contains(&option.why) && !asked.contains(&option.why));
                    }
                    (ids.len(), 0)
                }
                Answer::Match(pairs) => (pairs.len(), 1),
                Answer::Order(ids) => (ids.len(), 2),
                Answer::Design(_) => unreachable!(),
            };
            kinds[kind] += 1;
            assert_eq!(right, wanted, "{answered}");
        }
        assert!(kinds.iter().all(|count| *count > 0), "{kinds:?}");
    }

    #[test]
    fn a_chain_has_one_order_and_anything_less_has_several() {
        let key = |after: &[(&str, Option<&[&str]>)]| Key {
            body: KeyBody::Order {
                rule: sandtable_exercise::OrderRule::Edits,
                blocks: after
                    .iter()
                    .map(|(id, after)| sandtable_exercise::BlockKey {
                        id: (*id).to_owned(),
                        after: after.map(|ids| ids.iter().map(|id| (*id).to_owned()).collect()),
                        why: String::new(),
                    })
                    .collect(),
            },
            hints: vec![],
            explain: String::new(),
            sources: vec![],
        };
        let chain = [
            ("a", Some(&[][..])),
            ("b", Some(&["a"][..])),
            ("decoy", None),
            ("c", Some(&["b"][..])),
        ];
        assert!(has_one_order(&key(&chain)));
        let fork = [("a", Some(&[][..])), ("b", Some(&["a"][..])), ("c", Some(&["a"][..]))];
        assert!(!has_one_order(&key(&fork)));
        let circle = [("a", Some(&["b"][..])), ("b", Some(&["a"][..]))];
        assert!(!has_one_order(&key(&circle)), "and it ends");
    }
}
