//! Reads what the course compiler and the records write, field by field from a [`Value`].
//!
//! By hand, and not by derived `Deserialize`: every derived type brings two visitors and a third for its field names,
//! and all of them together were a third of what a learner downloads. Wrong types are errors that name the field;
//! fields that are not known here are passed over. The tests hold it to what `Serialize` writes.
//!
//! [`Reader`] notes the first fault and reads on with blanks, so that no field needs a way out of its own; nothing is
//! handed out before [`Reader::done`] has seen that there was none.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::behaviour::{History, Phase, Run, Try};
use crate::index::Index;
use crate::{Answer, FORMAT, Quiz};

use crate::whole::is_whole;

mod index;
mod quiz;
#[cfg(test)]
mod tests;

/// Why something could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// It is of this format, which is not [`FORMAT`]: another build wrote it.
    NewFormat(u32),
    /// It is not JSON, or the field named here is missing or of the wrong type.
    Broken(String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::NewFormat(format) => write!(f, "format {format} is not {FORMAT}"),
            ReadError::Broken(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for ReadError {}

/// Reads a compiled quiz.
pub fn quiz(text: &str) -> Result<Quiz, ReadError> {
    quiz_of(&document(text)?)
}

/// The same of what is a value already, for whoever has another reader of JSON at hand.
pub fn quiz_of(value: &Value) -> Result<Quiz, ReadError> {
    of_our_format(value)?;
    let r = &mut Reader::default();
    let quiz = Quiz {
        format: FORMAT,
        id: r.string(value, "id"),
        title: r.string(value, "title"),
        purpose: r.string(value, "purpose"),
        topic: r.string(value, "topic"),
        tries: r.number(value, "tries"),
        sources: r.list(value, "sources", quiz::source),
        items: r.list(value, "items", quiz::item),
    };
    r.done(quiz)
}

/// Reads the index of a course, `course.json`.
pub fn index(text: &str) -> Result<Index, ReadError> {
    let (r, value) = (&mut Reader::default(), &document(text)?);
    let index = Index {
        format: FORMAT,
        course: r.part(value, "course", index::course),
        build: r.string(value, "build"),
        modules: r.strings_by_name(value, "modules"),
        weeks: r.list(value, "weeks", index::week),
    };
    r.done(index)
}

/// Reads a run.
pub fn run(value: &Value) -> Result<Run, ReadError> {
    let r = &mut Reader::default();
    let run = Run {
        item: r.string(value, "item"),
        version: r.string(value, "version"),
        seed: r.long(value, "seed"),
        opened: r.long(value, "opened"),
        answer: given(value, "answer").map(|_| r.part(value, "answer", one_answer)),
        tries: r.list_or_empty(value, "tries", one_try),
        worked: match value.get("worked") {
            Some(_) => r.long(value, "worked"),
            None => 0,
        },
        hints: match value.get("hints") {
            Some(_) => r.number(value, "hints"),
            None => 0,
        },
        history: History::default(),
        phase: match r.text(value, "phase") {
            "answering" => Phase::Answering,
            "checked" => Phase::Checked,
            "done" => Phase::Done,
            _ => r.unknown("phase", Phase::Done),
        },
        refused: r.string_or_none(value, "refused"),
    };
    r.done(run)
}

/// Reads an answer.
pub fn answer(value: &Value) -> Result<Answer, ReadError> {
    let r = &mut Reader::default();
    let answer = one_answer(r, value);
    r.done(answer)
}

/// A whole file, once its format is known to be ours.
fn document(text: &str) -> Result<Value, ReadError> {
    let value: Value = serde_json::from_str(text).map_err(|error| ReadError::Broken(error.to_string()))?;
    of_our_format(&value)?;
    Ok(value)
}

fn of_our_format(value: &Value) -> Result<(), ReadError> {
    let mut r = Reader::default();
    let format = r.number(value, "format");
    match r.done(format)? {
        FORMAT => Ok(()),
        other => Err(ReadError::NewFormat(other)),
    }
}

/// A field that is there and not null.
fn given<'a>(of: &'a Value, name: &str) -> Option<&'a Value> {
    of.get(name).filter(|value| !value.is_null())
}

/// The one field of an object that says by its name which kind it is of.
fn kind(value: &Value) -> &str {
    match value {
        Value::Object(fields) if fields.len() == 1 => fields.keys().next().map_or("", String::as_str),
        _ => "",
    }
}

/// Reads fields, and blanks in place of what is not as it should be.
#[derive(Default)]
struct Reader {
    /// The first thing that is wrong: the path of a field and the rest of the sentence.
    fault: Option<String>,
}

impl Reader {
    /// What was read, if all of it was as it should be.
    fn done<T>(&mut self, read: T) -> Result<T, ReadError> {
        match self.fault.take() {
            Some(fault) => Err(ReadError::Broken(fault)),
            None => Ok(read),
        }
    }

    #[cold]
    #[inline(never)]
    fn note(&mut self, name: &str, rest: &str) {
        if self.fault.is_none() {
            self.fault = Some([name, rest].concat());
        }
    }

    /// What stands under a name, which is put before the path of a fault found there.
    fn within<T>(&mut self, name: &str, read: impl FnOnce(&mut Reader) -> T) -> T {
        let had = self.fault.is_some();
        let it = read(self);
        if !had {
            self.prefix(name);
        }
        it
    }

    #[inline(never)]
    fn prefix(&mut self, name: &str) {
        if let Some(fault) = &mut self.fault {
            *fault = [name, ".", fault].concat();
        }
    }

    fn unknown<T>(&mut self, name: &str, blank: T) -> T {
        self.note(name, " is of a kind not known here");
        blank
    }

    fn field<'a>(&mut self, of: &'a Value, name: &str) -> &'a Value {
        of.get(name).unwrap_or_else(|| {
            self.note(name, " is missing");
            &Value::Null
        })
    }

    fn expect<T>(&mut self, it: Option<T>, name: &str, rest: &str, blank: T) -> T {
        it.unwrap_or_else(|| {
            self.note(name, rest);
            blank
        })
    }

    fn text<'a>(&mut self, of: &'a Value, name: &str) -> &'a str {
        let text = self.field(of, name).as_str();
        self.expect(text, name, " is no text", "")
    }

    #[inline(never)]
    fn string(&mut self, of: &Value, name: &str) -> String {
        self.text(of, name).to_owned()
    }

    fn string_or_none(&mut self, of: &Value, name: &str) -> Option<String> {
        given(of, name).map(|_| self.string(of, name))
    }

    fn long(&mut self, of: &Value, name: &str) -> u64 {
        let number = self.field(of, name).as_u64();
        self.expect(number, name, " is no whole number", 0)
    }

    #[inline(never)]
    fn number(&mut self, of: &Value, name: &str) -> u32 {
        let number = self
            .field(of, name)
            .as_u64()
            .and_then(|number| u32::try_from(number).ok());
        self.expect(number, name, " is no whole number of 32 bits", 0)
    }

    /// False where it is missing.
    #[inline(never)]
    fn flag(&mut self, of: &Value, name: &str) -> bool {
        match of.get(name) {
            None => false,
            Some(value) => self.expect(value.as_bool(), name, " is neither true nor false", false),
        }
    }

    #[inline(never)]
    fn array<'a>(&mut self, of: &'a Value, name: &str) -> &'a [Value] {
        let values = self.field(of, name).as_array().map(Vec::as_slice);
        self.expect(values, name, " is no list", &[])
    }

    fn list<T>(&mut self, of: &Value, name: &str, read_one: fn(&mut Reader, &Value) -> T) -> Vec<T> {
        let values = self.array(of, name);
        let mut all = Vec::with_capacity(values.len());
        for value in values {
            all.push(self.within(name, |r| read_one(r, value)));
        }
        all
    }

    fn list_or_empty<T>(&mut self, of: &Value, name: &str, read_one: fn(&mut Reader, &Value) -> T) -> Vec<T> {
        match of.get(name) {
            Some(_) => self.list(of, name, read_one),
            None => Vec::new(),
        }
    }

    #[inline(never)]
    fn strings(&mut self, of: &Value, name: &str) -> Vec<String> {
        let mut all = Vec::new();
        for value in self.array(of, name) {
            all.push(
                self.expect(value.as_str(), name, " holds what is no text", "")
                    .to_owned(),
            );
        }
        all
    }

    #[inline(never)]
    fn strings_or_none(&mut self, of: &Value, name: &str) -> Vec<String> {
        match of.get(name) {
            Some(_) => self.strings(of, name),
            None => Vec::new(),
        }
    }

    #[inline(never)]
    fn prices(&mut self, of: &Value, name: &str) -> Vec<f64> {
        let mut all = Vec::new();
        if of.get(name).is_some() {
            for value in self.array(of, name) {
                all.push(self.expect(value.as_f64(), name, " holds what is no number", 0.0));
            }
        }
        all
    }

    #[inline(never)]
    fn strings_by_name(&mut self, of: &Value, name: &str) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        match self.field(of, name) {
            Value::Object(fields) => {
                for (key, value) in fields {
                    let text = self.expect(value.as_str(), name, " holds what is no text", "");
                    all.insert(key.clone(), text.to_owned());
                }
            }
            _ => self.note(name, " is no object"),
        }
        all
    }

    fn part<T>(&mut self, of: &Value, name: &str, read: fn(&mut Reader, &Value) -> T) -> T {
        let value = self.field(of, name);
        self.within(name, |r| read(r, value))
    }
}

fn one_answer(r: &mut Reader, value: &Value) -> Answer {
    match kind(value) {
        "choice" => Answer::Choice(r.strings(value, "choice")),
        "match" => Answer::Match(r.strings_by_name(value, "match")),
        "order" => Answer::Order(r.strings(value, "order")),
        "design" if value["design"].is_object() && is_whole(value) => Answer::Design(value["design"].clone()),
        _ => r.unknown("answer", Answer::Choice(Vec::new())),
    }
}

fn one_try(r: &mut Reader, value: &Value) -> Try {
    Try {
        answer: r.part(value, "answer", one_answer),
        hints: r.number(value, "hints"),
    }
}
