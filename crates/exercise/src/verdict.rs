use serde::Serialize;

/// What grading says of an answer. Three different things, three arms.
///
/// As JSON: `{"outcome":"scored","fraction":0.5,"parts":[..],"feedback":[..]}`, `{"outcome":"invalid","feedback":[..]}`,
/// `{"outcome":"not_answered"}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing was given.
    NotAnswered,
    /// What was given cannot be graded; it costs nothing.
    Invalid {
        /// Why, in words for the learner.
        feedback: Vec<Feedback>,
    },
    /// Graded.
    Scored {
        /// 0 to 1.
        fraction: f64,
        /// Each option, prompt or block.
        parts: Vec<Part>,
        /// The sum in words first (no part), then a reason for each part that is right, wrong or missed.
        feedback: Vec<Feedback>,
    },
}

impl Verdict {
    /// An invalid verdict with one message.
    #[must_use]
    pub fn invalid(text: impl Into<String>) -> Self {
        Verdict::Invalid {
            feedback: vec![Feedback {
                part: None,
                text: text.into(),
            }],
        }
    }

    /// The fraction of a scored verdict.
    #[must_use]
    pub fn fraction(&self) -> Option<f64> {
        match self {
            Verdict::Scored { fraction, .. } => Some(*fraction),
            Verdict::NotAnswered | Verdict::Invalid { .. } => None,
        }
    }
}

/// The state of one option, prompt or block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Option, prompt or block id.
    pub id: String,
    /// What became of it.
    pub state: PartState,
}

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PartState {
    /// Given, and right.
    Right,
    /// Given, and wrong.
    Wrong,
    /// Not given, though it belongs to the answer.
    Missed,
    /// Not given, and rightly so.
    Left,
}

/// A reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Feedback {
    /// The part it is about; `None` for the whole.
    pub part: Option<String>,
    /// Sanitised HTML for a part, plain text for the whole.
    pub text: String,
}
