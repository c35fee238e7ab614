//! What a host may keep of a quiz, and hand back when it is shown again: of each item the run, and the best score in per
//! cent. JavaScript puts it together and writes it down (`public/keep.js`).
//!
//! It has no browser in it and is tested without one.

use sandtable_exercise::Answer;
use sandtable_exercise::behaviour::{Phase, Run};
use sandtable_exercise::read;
use serde_json::Value;

/// What was handed back.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Kept {
    pub(crate) runs: Vec<Run>,
    /// By item.
    pub(crate) best: Vec<(String, f64)>,
    /// Items whose run cannot be read: they begin anew, and whoever keeps them has to know.
    pub(crate) unread: Vec<String>,
}

/// Reads what is kept: `{"<item>": {"best": 67, "run": {..}}}`. What is no such thing holds nothing.
pub(crate) fn kept(value: &Value) -> Kept {
    let mut kept = Kept::default();
    for (item, of) in value.as_object().into_iter().flatten() {
        if let Some(best) = of
            .get("best")
            .and_then(Value::as_u64)
            .and_then(|best| u32::try_from(best).ok())
        {
            kept.best.push((item.clone(), f64::from(best.min(100)) / 100.0));
        }
        let Some(run) = of.get("run").filter(|run| !run.is_null()) else {
            continue;
        };
        match read::run(run) {
            Ok(run) if run.item == *item => kept.runs.push(run),
            _ => kept.unread.push(item.clone()),
        }
    }
    kept
}

/// A run as JSON, letter by letter as `Serialize` has it: that would bring code of its own for every type.
pub(crate) fn text(run: &Run) -> String {
    let mut out = String::new();
    for (name, value) in [("{\"item\":", &run.item), (",\"version\":", &run.version)] {
        out += name;
        quote(&mut out, value);
    }
    for (name, number) in [
        (",\"seed\":", run.seed),
        (",\"opened\":", run.opened),
        (",\"worked\":", run.worked),
        (",\"hints\":", run.hints.into()),
    ] {
        out += name;
        out += &number.to_string();
    }
    if let Some(given) = &run.answer {
        out += ",\"answer\":";
        answer(&mut out, given);
    }
    out += ",\"tries\":[";
    for (at, one) in run.tries.iter().enumerate() {
        out += if at == 0 { "{\"answer\":" } else { ",{\"answer\":" };
        answer(&mut out, &one.answer);
        out += ",\"hints\":";
        out += &one.hints.to_string();
        out.push('}');
    }
    out += match run.phase {
        Phase::Answering => "],\"phase\":\"answering\"",
        Phase::Checked => "],\"phase\":\"checked\"",
        Phase::Done => "],\"phase\":\"done\"",
    };
    if let Some(refused) = &run.refused {
        out += ",\"refused\":";
        quote(&mut out, refused);
    }
    out.push('}');
    out
}

fn answer(out: &mut String, answer: &Answer) {
    match answer {
        Answer::Choice(ids) => listed(out, "{\"choice\":[", ids),
        Answer::Order(ids) => listed(out, "{\"order\":[", ids),
        Answer::Match(pairs) => {
            *out += "{\"match\":{";
            for (at, (prompt, token)) in pairs.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                quote(out, prompt);
                out.push(':');
                quote(out, token);
            }
            *out += "}}";
        }
        // No quiz has one.
        Answer::Design(_) => *out += "null",
    }
}

fn listed(out: &mut String, begin: &str, ids: &[String]) {
    *out += begin;
    for (at, id) in ids.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        quote(out, id);
    }
    *out += "]}";
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            // Control characters may not stand in JSON as they are; two digits are enough for all of them.
            '\0'..='\x1f' => {
                *out += if letter < '\x10' { "\\u000" } else { "\\u001" };
                out.push(char::from(b"0123456789abcdef"[letter as usize & 15]));
                continue;
            }
            '"' | '\\' => out.push('\\'),
            _ => {}
        }
        out.push(letter);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use sandtable_exercise::behaviour::{History, Try};
    use serde_json::json;

    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    /// Runs in which every field, phase and kind of answer occurs, with every sort of letter.
    fn runs() -> Vec<Run> {
        let odd = "a \"b\" \\ \n\t\u{1}\u{1f} \u{7f} é \u{1f600}";
        let pairs = [("p", "t"), (odd, odd)].map(|(prompt, token)| (prompt.to_owned(), token.to_owned()));
        let answers = [
            None,
            Some(Answer::Choice(vec![])),
            Some(Answer::Choice(words(&["a", odd]))),
            Some(Answer::Order(words(&["b", "a", "c"]))),
            Some(Answer::Match(BTreeMap::new())),
            Some(Answer::Match(pairs.into())),
        ];
        let mut runs = Vec::new();
        for (answer, number) in answers.into_iter().zip(0_u32..) {
            for phase in [Phase::Answering, Phase::Checked, Phase::Done] {
                let tries = answer.iter().cycle().take(number as usize).map(|answer| Try {
                    answer: answer.clone(),
                    hints: number,
                });
                runs.push(Run {
                    item: format!("week-20/x#{odd}"),
                    version: "0123abcd".to_owned(),
                    seed: (1 << 53) - 1,
                    opened: 1_800_000_000_000,
                    worked: u64::from(number),
                    tries: tries.collect(),
                    answer: answer.clone(),
                    hints: number,
                    phase,
                    refused: (number > 2).then(|| odd.to_owned()),
                    history: History::default(),
                });
            }
        }
        runs
    }

    #[test]
    fn what_is_written_is_read() {
        for run in runs() {
            let value: Value = serde_json::from_str(&text(&run)).unwrap();
            assert_eq!(read::run(&value), Ok(run));
        }
    }

    #[test]
    fn it_is_written_as_records_have_it() {
        for run in runs() {
            let ours: Value = serde_json::from_str(&text(&run)).unwrap();
            let mut theirs = serde_json::to_value(&run).unwrap();
            // An empty list is left out there.
            if run.tries.is_empty() {
                theirs["tries"] = json!([]);
            }
            assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn what_was_kept_comes_back_by_item() {
        let run = runs().remove(0);
        let text = [
            "{\"",
            "other\":{\"best\":100},",
            &serde_json::to_string(&run.item).unwrap(),
            ":{\"best\":67,\"run\":",
            &text(&run),
            "}}",
        ]
        .concat();
        let kept = kept(&serde_json::from_str(&text).unwrap());
        assert_eq!(kept.best, [("other".to_owned(), 1.0), (run.item.clone(), 0.67)]);
        assert_eq!((kept.runs, kept.unread), (vec![run], vec![]));
    }

    #[test]
    fn a_run_that_cannot_be_read_is_told_and_the_rest_is_kept() {
        let run: Value = serde_json::from_str(&text(&runs()[0])).unwrap();
        for broken in [json!(7), json!("x"), json!([]), json!({}), run] {
            let kept = kept(&json!({"a": {"run": broken, "best": 50}, "b": {"best": 700}, "c": 7}));
            assert_eq!(kept.unread, ["a"], "also the run of another item");
            assert_eq!(kept.best, [("a".to_owned(), 0.5), ("b".to_owned(), 1.0)]);
        }
    }

    #[test]
    fn anything_else_holds_nothing() {
        for other in [
            json!(null),
            json!(7),
            json!([1]),
            json!("x"),
            json!({"a": null}),
            json!({"a": {"best": -1, "run": null}}),
        ] {
            assert_eq!(kept(&other), Kept::default(), "{other}");
        }
    }
}
