use std::fmt;

use sandtable_exercise::Answer;
use serde::{Deserialize, Serialize};

/// One graded try. Written once, never changed, never removed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// `<session>-<n>`. In JSON it is the key under which the attempt stands, not a field of it.
    #[serde(skip)]
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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
        let mut attempt: Attempt = serde_json::from_str(json).ok()?;
        if !(0.0..=1.0).contains(&attempt.f) {
            return None;
        }
        // serde_json reads decimals to the last bit but one; rounding makes every reader see the same number.
        attempt.f = six(attempt.f);
        attempt.id = id.to_owned();
        Some(attempt)
    }

    /// The order of attempts: by time, then by the number in the id, then by the id, so that it is total.
    pub(crate) fn order(&self) -> impl Ord + fmt::Debug {
        let n = self
            .id
            .rsplit_once('-')
            .and_then(|(_, n)| n.parse().ok())
            .unwrap_or(u64::MAX);
        (self.at, n, self.id.clone())
    }
}

/// To 6 decimals and into 0 to 1. What is no number counts as 0: it could not be written as JSON.
fn six(f: f64) -> f64 {
    if f.is_nan() {
        0.0
    } else {
        (f.clamp(0.0, 1.0) * 1e6).round() / 1e6
    }
}

#[cfg(test)]
mod tests {
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
    fn certainty_is_written_only_where_it_was_asked() {
        let mut attempt = Attempt::read("s-1", GOOD);
        assert_eq!(serde_json::to_string(&attempt).ok().as_deref(), Some(GOOD));
        if let Some(attempt) = &mut attempt {
            attempt.certainty = Some(2);
        }
        assert!(serde_json::to_string(&attempt).is_ok_and(|json| json.contains(r#""certainty":2"#)));
    }
}
