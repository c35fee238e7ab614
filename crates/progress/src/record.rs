use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::entry::{Draft, Entries, Entry, Known, absorb};
use crate::fields::Fields;
use crate::json::{Object, json};
use crate::{Attempt, Hlc};

/// All that is known of one exercise: its attempts, which only grow, and a draft per item, where the last writer wins.
///
/// As JSON: `{"attempts":{"<session>-<n>":{..}},"drafts":{"<item>":{"at":[ms,n],"dev":"..","run":{..}}}}`. Anything
/// else that stands there, anywhere, is kept and written back to the letter: fields of another build of this version,
/// attempts of a kind or a behaviour not known here, drafts of another shape.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    attempts: Entries,
    drafts: Entries,
    extra: Entries,
}

/// The union of two records. Commutative, associative, idempotent: any order of exchange between any number of tabs,
/// copies and files ends in the same record.
#[must_use]
pub fn merge(a: &Record, b: &Record) -> Record {
    let mut union = a.clone();
    union.merge(b);
    union
}

/// Attempts in the order they were made.
pub(crate) fn oldest_first<'a>(attempts: impl Iterator<Item = &'a Attempt>) -> Vec<&'a Attempt> {
    let mut sorted: Vec<&Attempt> = Vec::new();
    for attempt in attempts {
        // Put in its place rather than sorted at the end: a page has no other use for a sort.
        let at = sorted.partition_point(|before| before.order() < attempt.order());
        sorted.insert(at, attempt);
    }
    sorted
}

impl Record {
    /// Adds what `other` has and this lacks. True when that changed anything.
    pub fn merge(&mut self, other: &Record) -> bool {
        // An id stands for one attempt; should two ever differ, one that can be read goes first, then the text decides.
        let attempts = absorb(&mut self.attempts, &other.attempts);
        let drafts = absorb(&mut self.drafts, &other.drafts);
        let extra = absorb(&mut self.extra, &other.extra);
        attempts || drafts || extra
    }

    /// The attempts that this version can read, oldest first.
    #[must_use]
    pub fn attempts(&self) -> Vec<&Attempt> {
        oldest_first(self.known())
    }

    /// The attempts that this version can read, in the order of their ids.
    pub(crate) fn known(&self) -> impl Iterator<Item = &Attempt> {
        self.attempts.iter().filter_map(|(_, entry)| entry.attempt())
    }

    /// How many attempts are kept that this version cannot read.
    #[must_use]
    pub fn unread(&self) -> usize {
        self.attempts
            .iter()
            .filter(|(_, entry)| entry.attempt().is_none())
            .count()
    }

    /// The run a learner was in, if there is one and `R` can read it.
    #[must_use]
    pub fn draft<R: DeserializeOwned>(&self, item: &str) -> Option<R> {
        serde_json::from_str(self.draft_text(item)?).ok()
    }

    /// The text of the run that a learner is in.
    #[must_use]
    pub fn draft_text(&self, item: &str) -> Option<&str> {
        self.drafts.get(item)?.draft()?.run.as_deref()
    }

    /// True when nothing at all is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.attempts.is_empty() && self.drafts.is_empty() && self.extra.is_empty()
    }

    /// True when an attempt stands under this id, readable or not.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.attempts.has(id)
    }

    /// Adds an attempt. One that is there under the same id stays: attempts are never replaced.
    pub fn add(&mut self, attempt: Attempt) {
        if self.has(&attempt.id) {
            return;
        }
        let id = attempt.id.clone();
        let text = attempt.to_json();
        let known = Known::Attempt(attempt);
        self.attempts.put(&id, Entry { text, known });
    }

    /// Sets the draft of an item, or clears it. True when that changed anything: the same run once more does not, lest
    /// two tabs that save what they heard keep each other busy.
    ///
    /// `at` is moved on if need be, so that it comes after the draft it replaces: what a learner sees overwritten here
    /// must not come back by a merge.
    pub fn put_draft(&mut self, item: &str, at: Hlc, dev: &str, run: Option<&impl Serialize>) -> bool {
        self.put_draft_text(item, at, dev, run.map(json))
    }

    pub(crate) fn put_draft_text(&mut self, item: &str, at: Hlc, dev: &str, run: Option<String>) -> bool {
        let place = self.drafts.get(item);
        let before = place.and_then(Entry::draft);
        let same = match before {
            Some(before) => before.run == run,
            None => place.is_none() && run.is_none(),
        };
        if same {
            return false;
        }
        let draft = Draft {
            at: before.map_or(at, |before| at.max(before.at.next())),
            dev: dev.to_owned(),
            run,
        };
        let text = draft.to_json();
        let known = Known::Draft(draft);
        self.drafts.put(item, Entry { text, known });
        true
    }

    /// Reads the body of an envelope. An error, which says why, when it is no record at all; see the type for what is
    /// lenient.
    pub fn from_json(json: &str) -> Result<Record, String> {
        let mut record = Record::default();
        for (name, text) in Fields::read(json)?.into_vec() {
            match name.as_str() {
                "attempts" => record.attempts = entries(text, |id, text| Attempt::read(id, text).map(Known::Attempt))?,
                "drafts" => record.drafts = entries(text, |_, text| Draft::read(text).map(Known::Draft))?,
                _ => record.extra.put(&name, entry(text, None)),
            }
        }
        Ok(record)
    }

    /// The body of an envelope. [`from_json`](Self::from_json) reads it back to an equal record.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.write("", "")
    }

    /// The same, with a line for each attempt and draft.
    pub(crate) fn to_lines(&self, indent: &str) -> String {
        self.write(indent, &[indent, "  "].concat())
    }

    fn write(&self, indent: &str, inner: &str) -> String {
        let mut object = Object::new(indent);
        object.field("attempts", &texts(&self.attempts, inner));
        object.field("drafts", &texts(&self.drafts, inner));
        for (name, entry) in self.extra.iter() {
            object.field(name, &entry.text);
        }
        object.end()
    }
}

impl Draft {
    /// `None` when this version does not understand it.
    fn read(json: &str) -> Option<Draft> {
        let fields = Fields::read(json).ok()?;
        Some(Draft {
            at: Hlc::read(&fields.value("at")?)?,
            dev: fields.string("dev")?,
            run: match fields.has("run") {
                true => Some(fields.one("run")?).filter(|run| *run != "null").map(str::to_owned),
                false => None,
            },
        })
    }

    fn to_json(&self) -> String {
        let mut object = Object::new("");
        object.field("at", &self.at.to_json());
        object.string("dev", &self.dev);
        object.field("run", self.run.as_deref().unwrap_or("null"));
        object.end()
    }
}

fn entry(text: &str, known: Option<Known>) -> Entry {
    Entry {
        text: text.to_owned(),
        known: known.unwrap_or(Known::Nothing),
    }
}

fn entries(json: &str, read: fn(&str, &str) -> Option<Known>) -> Result<Entries, String> {
    let mut all = Entries::default();
    for (name, text) in Fields::read(json)?.into_vec() {
        all.put(&name, entry(text, read(&name, text)));
    }
    Ok(all)
}

fn texts(entries: &Entries, indent: &str) -> String {
    let mut object = Object::new(indent);
    for (name, entry) in entries.iter() {
        object.field(name, &entry.text);
    }
    object.end()
}
