use sandtable_exercise::{Answer, read};
use serde_json::Value;

use crate::fields::Fields;
use crate::json::{Object, json};

/// One graded try. Written once, never changed, never removed.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// `<session>-<n>`. In JSON it is the key under which the attempt stands, not a field of it.
    pub id: String,
    /// Full id of the item, `week-20/transit-gateway#blackhole`.
    pub item: String,
    /// Content version of the item at the time, 8 hex digits.
    pub version: String,
    /// Seed of the presentation, at most 2^53 so that any reader of JSON gets it whole. Tries with the same seed are one
    /// run.
    pub seed: u64,
    /// How the exercise was run.
    pub behaviour: Behaviour,
    /// When it was graded, in milliseconds since 1970.
    pub at: u64,
    /// What grading gave, 0 to 1 with 6 decimals, before any penalty.
    pub f: f64,
    /// What the learner gave.
    pub answer: Answer,
    /// How sure the learner was, 1 to 3, where it was asked.
    pub certainty: Option<u8>,
    /// Hints seen in this run before the try.
    pub hints: u32,
    /// Seconds since the item was shown.
    pub seconds: u32,
}

/// What the caller knows of a new attempt; the [`Keeper`](crate::Keeper) adds id and time.
#[derive(Clone, Debug, PartialEq)]
pub struct AttemptDraft {
    /// See [`Attempt::item`].
    pub item: String,
    /// See [`Attempt::version`].
    pub version: String,
    /// See [`Attempt::seed`].
    pub seed: u64,
    /// See [`Attempt::behaviour`].
    pub behaviour: Behaviour,
    /// See [`Attempt::f`]; it is rounded here.
    pub f: f64,
    /// See [`Attempt::answer`].
    pub answer: Answer,
    /// See [`Attempt::certainty`].
    pub certainty: Option<u8>,
    /// See [`Attempt::hints`].
    pub hints: u32,
    /// See [`Attempt::seconds`].
    pub seconds: u32,
}

/// How an exercise was run. One that this version does not know leaves the attempt unread but kept, so that an exam is
/// never scored by the rules of practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Several tries, feedback at once.
    Practice,
}

impl AttemptDraft {
    pub(crate) fn finish(self, id: String, at: u64) -> Attempt {
        let AttemptDraft {
            item,
            version,
            seed,
            behaviour,
            f,
            answer,
            certainty,
            hints,
            seconds,
        } = self;
        Attempt {
            id,
            item,
            version,
            seed,
            behaviour,
            at,
            f: six(f),
            answer,
            certainty,
            hints,
            seconds,
        }
    }
}

impl Attempt {
    /// Reads what stands under `id`; `None` when this version does not understand it.
    pub(crate) fn read(id: &str, json: &str) -> Option<Attempt> {
        let fields = Fields::read(json).ok()?;
        let small = |name: &str| u32::try_from(fields.number(name)?).ok();
        let f = fields.value("f")?.as_f64()?;
        if !(0.0..=1.0).contains(&f) {
            return None;
        }
        Some(Attempt {
            id: id.to_owned(),
            item: fields.string("item")?,
            version: fields.string("version")?,
            seed: fields.number("seed")?,
            behaviour: match fields.string("behaviour")?.as_str() {
                "practice" => Behaviour::Practice,
                _ => return None,
            },
            at: fields.number("at")?,
            // serde_json reads decimals to the last bit but one; rounding makes every reader see the same number.
            f: six(f),
            answer: read::answer(&fields.value("answer")?).ok()?,
            certainty: match fields.has("certainty") {
                true => certainty(&fields.value("certainty")?)?,
                false => None,
            },
            hints: small("hints")?,
            seconds: small("seconds")?,
        })
    }

    /// The text that stands under the id.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut object = Object::new("");
        object.string("item", &self.item);
        object.string("version", &self.version);
        object.number("seed", self.seed);
        object.string("behaviour", self.behaviour.as_str());
        object.number("at", self.at);
        object.field("f", &decimals(self.f));
        object.field("answer", &json(&self.answer));
        if let Some(certainty) = self.certainty {
            object.number("certainty", certainty.into());
        }
        object.number("hints", self.hints.into());
        object.number("seconds", self.seconds.into());
        object.end()
    }

    /// The order of attempts: by time, then by the number in the id, then by the id, so that it is total.
    pub(crate) fn order(&self) -> (u64, u64, &str) {
        let n = self
            .id
            .rsplit_once('-')
            .and_then(|(_, n)| n.parse().ok())
            .unwrap_or(u64::MAX);
        (self.at, n, &self.id)
    }
}

impl Behaviour {
    fn as_str(self) -> &'static str {
        match self {
            Behaviour::Practice => "practice",
        }
    }
}

/// `None` for what is no certainty.
fn certainty(value: &Value) -> Option<Option<u8>> {
    if value.is_null() {
        return Some(None);
    }
    u8::try_from(value.as_u64()?).ok().map(Some)
}

/// To 6 decimals and into 0 to 1. What is no number counts as 0: it could not be written as JSON.
fn six(f: f64) -> f64 {
    if f.is_nan() {
        0.0
    } else {
        (f.clamp(0.0, 1.0) * 1e6).round() / 1e6
    }
}

/// `1.0`, `0.5`, `0.666667`. By whole numbers: what formats floats is 10 KB that a page has no other use for.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 1 000 000
fn decimals(f: f64) -> String {
    let millionths = (six(f) * 1e6).round() as u32;
    let digits = format!("{:06}", millionths % 1_000_000);
    let digits = match digits.trim_end_matches('0') {
        "" => "0",
        digits => digits,
    };
    let whole = if millionths < 1_000_000 { "0." } else { "1." };
    [whole, digits].concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn rounds(f: f64, expect: f64) {
        assert_eq!(six(f).to_bits(), expect.to_bits(), "six({f})");
    }

    #[test]
    fn a_fraction_is_six_decimals_between_0_and_1() {
        rounds(2.0 / 3.0, 0.666667);
        rounds(1.0, 1.0);
        rounds(0.0, 0.0);
        rounds(-0.5, 0.0);
        rounds(7.0, 1.0);
        rounds(f64::NAN, 0.0);
        rounds(f64::INFINITY, 1.0);
    }

    const GOOD: &str = r#"{"item":"w/x#a","version":"0a1b2c3d","seed":7,"behaviour":"practice","at":9,"f":0.5,"answer":{"choice":["a"]},"hints":0,"seconds":3}"#;

    #[track_caller]
    fn reads(json: &str, expect: bool) {
        assert_eq!(Attempt::read("s-1", json).is_some(), expect, "{json}");
    }

    #[test]
    fn only_what_is_understood_is_read() {
        reads(GOOD, true);
        reads(&GOOD.replace(r#""hints""#, r#""later":{"a":1},"hints""#), true);
        reads(&GOOD.replace("choice", "hotspot"), false);
        reads(&GOOD.replace("practice", "exam"), false);
        reads(&GOOD.replace("0.5", "1.5"), false);
        reads(&GOOD.replace("0.5", "1e999"), false);
        reads(&GOOD.replace("0.5", "null"), false);
        reads("null", false);
        reads("", false);
    }

    #[test]
    fn a_design_is_kept_to_the_letter() {
        let design = r#"{"design":{"links":{},"parts":{"hub":{"at":[-3,4],"kind":"transit","locked":true}},"v":1}}"#;
        let text = GOOD.replace(r#"{"choice":["a"]}"#, design);
        let attempt = Attempt::read("s-1", &text);
        assert_eq!(attempt.as_ref().map(Attempt::to_json).as_deref(), Some(text.as_str()));
        assert!(attempt.is_some_and(|attempt| matches!(attempt.answer, Answer::Design(_))));
        reads(&GOOD.replace(r#"{"choice":["a"]}"#, r#"{"design":{"at":0.5}}"#), false);
    }

    #[test]
    fn certainty_is_written_only_where_it_was_asked() {
        let mut attempt = Attempt::read("s-1", GOOD);
        assert_eq!(attempt.as_ref().map(Attempt::to_json).as_deref(), Some(GOOD));
        if let Some(attempt) = &mut attempt {
            attempt.certainty = Some(2);
        }
        assert!(attempt.is_some_and(|attempt| attempt.to_json().contains(r#""certainty":2"#)));
    }

    #[test]
    fn a_fraction_is_written_short() {
        for (f, expected) in [
            (0.0, "0.0"),
            (1.0, "1.0"),
            (0.5, "0.5"),
            (2.0 / 3.0, "0.666667"),
            (1e-6, "0.000001"),
            (7.0, "1.0"),
        ] {
            assert_eq!(decimals(f), expected);
        }
    }

    #[test]
    fn every_field_counts() {
        let whole: serde_json::Map<String, Value> = serde_json::from_str(GOOD).unwrap();
        for name in whole.keys() {
            for wrong in [
                None,
                Some(Value::Null),
                Some(Value::from(-1)),
                Some(serde_json::json!([{}])),
            ] {
                let mut fields = whole.clone();
                fields.remove(name);
                fields.extend(wrong.map(|wrong| (name.clone(), wrong)));
                reads(&Value::from(fields).to_string(), false);
            }
            reads(&GOOD.replacen('{', &format!("{{{:?}:{},", name, whole[name]), 1), false);
        }
        for (certainty, expect) in [("null", true), ("3", true), ("300", false), ("\"3\"", false)] {
            reads(
                &GOOD.replace(r#""hints""#, &format!(r#""certainty":{certainty},"hints""#)),
                expect,
            );
        }
    }

    fn an_attempt() -> impl Strategy<Value = Attempt> {
        let answer = prop_oneof![
            prop::collection::vec(".{0,3}", 0..3).prop_map(Answer::Choice),
            prop::collection::btree_map(".{0,3}", ".{0,3}", 0..3).prop_map(Answer::Match),
            prop::collection::vec(".{0,3}", 0..3).prop_map(Answer::Order),
        ];
        let texts = (".{0,9}", ".{0,9}", ".{0,9}");
        let numbers = (
            any::<u64>(),
            any::<u64>(),
            any::<u32>(),
            any::<u32>(),
            any::<Option<u8>>(),
        );
        (texts, numbers, 0.0..=1.0, answer).prop_map(|((id, item, version), numbers, f, answer)| {
            let (seed, at, hints, seconds, certainty) = numbers;
            let behaviour = Behaviour::Practice;
            Attempt {
                id,
                item,
                version,
                seed,
                behaviour,
                at,
                f: six(f),
                answer,
                certainty,
                hints,
                seconds,
            }
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(attempt in an_attempt()) {
            prop_assert_eq!(Attempt::read(&attempt.id, &attempt.to_json()), Some(attempt));
        }
    }
}
