use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::entry::{Entry, absorb, raw};
use crate::{Attempt, Hlc};

/// All that is known of one exercise: its attempts, which only grow, and a draft per item, where the last writer wins.
///
/// As JSON: `{"attempts":{"<session>-<n>":{..}},"drafts":{"<item>":{"at":[ms,n],"dev":"..","run":{..}}}}`. Anything
/// else that stands there, anywhere, is kept and written back to the letter: fields of another build of this version,
/// attempts of a kind or a behaviour not known here, drafts of another shape.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    attempts: BTreeMap<String, Entry<Attempt>>,
    drafts: BTreeMap<String, Entry<Draft>>,
    extra: BTreeMap<String, Entry<()>>,
}

/// Where a learner is in one item. What a run looks like is the business of `sandtable_exercise::behaviour`: here it
/// is opaque, so that a run that cannot be read never spoils a record.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Draft {
    at: Hlc,
    dev: String,
    /// `None` once cleared. The stone stays: without it, a copy in another tab would bring the draft back.
    run: Option<Box<RawValue>>,
}

/// The union of two records. Commutative, associative, idempotent: any order of exchange between any number of tabs,
/// copies and files ends in the same record.
#[must_use]
pub fn merge(a: &Record, b: &Record) -> Record {
    let mut union = a.clone();
    union.merge(b);
    union
}

impl Record {
    /// Adds what `other` has and this lacks. True when that changed anything.
    pub fn merge(&mut self, other: &Record) -> bool {
        // An id stands for one attempt; should two ever differ, one that can be read goes first, then the text decides.
        let attempts = absorb(&mut self.attempts, &other.attempts, |_| ());
        let drafts = absorb(&mut self.drafts, &other.drafts, |draft| (draft.at, draft.dev.clone()));
        let extra = absorb(&mut self.extra, &other.extra, |()| ());
        attempts || drafts || extra
    }

    /// The attempts that this version can read, oldest first.
    #[must_use]
    pub fn attempts(&self) -> Vec<&Attempt> {
        let mut attempts: Vec<&Attempt> = self.attempts.values().filter_map(Entry::value).collect();
        attempts.sort_by_cached_key(|attempt| attempt.order());
        attempts
    }

    /// How many attempts are kept that this version cannot read.
    #[must_use]
    pub fn unread(&self) -> usize {
        self.attempts.values().filter(|entry| entry.value().is_none()).count()
    }

    /// The run a learner was in, if there is one and `R` can read it.
    #[must_use]
    pub fn draft<R: DeserializeOwned>(&self, item: &str) -> Option<R> {
        let run = self.drafts.get(item)?.value()?.run.as_ref()?;
        serde_json::from_str(run.get()).ok()
    }

    /// True when nothing at all is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.attempts.is_empty() && self.drafts.is_empty() && self.extra.is_empty()
    }

    /// True when an attempt stands under this id, readable or not.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.attempts.contains_key(id)
    }

    /// Adds an attempt. One that is there under the same id stays: attempts are never replaced.
    pub fn add(&mut self, attempt: Attempt) {
        self.attempts
            .entry(attempt.id.clone())
            .or_insert_with(|| Entry::new(attempt));
    }

    /// Sets the draft of an item, or clears it. True when that changed anything: the same run once more does not, lest
    /// two tabs that save what they heard keep each other busy.
    ///
    /// `at` is moved on if need be, so that it comes after the draft it replaces: what a learner sees overwritten here
    /// must not come back by a merge.
    pub fn put_draft(&mut self, item: &str, at: Hlc, dev: &str, run: Option<&impl Serialize>) -> bool {
        let run = run.map(raw);
        let text = |run: &Option<Box<RawValue>>| run.as_ref().map(|run| run.get().to_owned());
        let place = self.drafts.get(item);
        let before = place.and_then(Entry::value);
        let same = match before {
            Some(before) => text(&before.run) == text(&run),
            None => place.is_none() && run.is_none(),
        };
        if same {
            return false;
        }
        let at = before.map_or(at, |before| at.max(before.at.next()));
        self.drafts.insert(
            item.to_owned(),
            Entry::new(Draft {
                at,
                dev: dev.to_owned(),
                run,
            }),
        );
        true
    }

    /// Reads the body of an envelope. An error when it is no record at all; see the type for what is lenient.
    pub fn from_json(json: &str) -> Result<Record, serde_json::Error> {
        let mut fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(json)?;
        let mut part = |name: &str| -> Result<BTreeMap<String, Box<RawValue>>, serde_json::Error> {
            fields
                .remove(name)
                .map_or(Ok(BTreeMap::new()), |raw| serde_json::from_str(raw.get()))
        };
        let (attempts, drafts) = (part("attempts")?, part("drafts")?);
        let attempt = |(id, raw): (String, Box<RawValue>)| {
            let value = Attempt::read(&id, raw.get());
            (id, Entry::read(raw, value))
        };
        let draft = |(item, raw): (String, Box<RawValue>)| {
            let value = serde_json::from_str(raw.get()).ok();
            (item, Entry::read(raw, value))
        };
        Ok(Record {
            attempts: attempts.into_iter().map(attempt).collect(),
            drafts: drafts.into_iter().map(draft).collect(),
            extra: fields
                .into_iter()
                .map(|(name, raw)| (name, Entry::read(raw, None)))
                .collect(),
        })
    }

    /// The body of an envelope. [`from_json`](Self::from_json) reads it back to an equal record.
    #[must_use]
    pub fn to_json(&self) -> String {
        let fields = [
            ("attempts", object(&self.attempts, "")),
            ("drafts", object(&self.drafts, "")),
        ];
        let fields = fields.iter().map(|(name, json)| (*name, json.as_str()));
        join(fields.chain(texts(&self.extra)), "")
    }

    /// The same, with a line for each attempt and draft.
    pub(crate) fn to_lines(&self, indent: &str) -> String {
        let inner = format!("{indent}  ");
        let fields = [
            ("attempts", object(&self.attempts, &inner)),
            ("drafts", object(&self.drafts, &inner)),
        ];
        let fields = fields.iter().map(|(name, json)| (*name, json.as_str()));
        join(fields.chain(texts(&self.extra)), indent)
    }
}

fn object<T>(entries: &BTreeMap<String, Entry<T>>, indent: &str) -> String {
    join(texts(entries), indent)
}

fn texts<T>(entries: &BTreeMap<String, Entry<T>>) -> impl Iterator<Item = (&str, &str)> {
    entries.iter().map(|(key, entry)| (key.as_str(), entry.text()))
}

/// A JSON object of texts that are JSON already: on one line, or with a line a field when an indent is given.
pub(crate) fn join<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>, indent: &str) -> String {
    let mut json = String::from("{");
    for (i, (name, text)) in fields.enumerate() {
        if i > 0 {
            json.push(',');
        }
        if !indent.is_empty() {
            json.push('\n');
            json.push_str(indent);
        }
        json.push_str(&quote(name));
        json.push(':');
        json.push_str(text);
    }
    if !indent.is_empty() && json.len() > 1 {
        json.push('\n');
        json.push_str(indent.get(2..).unwrap_or_default());
    }
    json.push('}');
    json
}

/// A JSON string. Written by `Display`, which unlike `to_string` cannot fail.
pub(crate) fn quote(text: &str) -> String {
    Value::from(text).to_string()
}
