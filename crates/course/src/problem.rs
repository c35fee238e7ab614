//! What is wrong, where, why, and what to do.

use std::ops::Range;

use serde::Serialize;

/// Something wrong in a file of the course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Whether it stops the build.
    pub severity: Severity,
    /// The name of the rule, `unknown-field`.
    pub rule: &'static str,
    /// Path of the file inside the course's folder.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Bytes of the file it is about.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// Why that is a fault.
    pub why: String,
    /// What to do.
    pub help: String,
}

impl Problem {
    /// True when it stops the build.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is built while it stands.
    Error,
    /// A likely fault of the item; an author may answer it with `allow`.
    Warning,
}

/// A range of bytes, with its own type because `Range` is not `Copy`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

impl Span {
    pub(crate) const fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span {
            start: range.start,
            end: range.end,
        }
    }
}

/// Collects the problems of one file and knows where its lines begin.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    file: &'a str,
    text: &'a str,
    lines: Vec<usize>,
    problems: Vec<Problem>,
}

/// What a problem says, apart from where.
#[derive(Debug)]
pub(crate) struct Says {
    pub(crate) message: String,
    pub(crate) why: String,
    pub(crate) help: String,
}

/// Message, reason, and what to do.
pub(crate) fn says(message: impl Into<String>, why: impl Into<String>, help: impl Into<String>) -> Says {
    Says {
        message: message.into(),
        why: why.into(),
        help: help.into(),
    }
}

impl<'a> Report<'a> {
    pub(crate) fn new(file: &'a str, text: &'a str) -> Self {
        let lines = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Report {
            file,
            text,
            lines,
            problems: Vec::new(),
        }
    }

    pub(crate) fn error(&mut self, rule: &'static str, span: Span, says: Says) {
        self.push(Severity::Error, rule, span, says);
    }

    pub(crate) fn warning(&mut self, rule: &'static str, span: Span, says: Says) {
        self.push(Severity::Warning, rule, span, says);
    }

    fn push(&mut self, severity: Severity, rule: &'static str, span: Span, Says { message, why, help }: Says) {
        // Whatever a parser said.
        let span = between_chars(self.text, span);
        let (line, column) = self.place(span.start);
        let file = self.file.to_owned();
        self.problems.push(Problem {
            severity,
            rule,
            file,
            line,
            column,
            span,
            message,
            why,
            help,
        });
    }

    /// Where `words` stand in a span of the file, from the byte `from` on: a text field is many lines long, and a
    /// problem is with one of them. The span itself, where escapes or line breaks keep them from being found.
    pub(crate) fn find(&self, words: &str, span: Span, from: usize) -> Span {
        let words = words.trim().lines().next().unwrap_or("");
        let Some(text) = self
            .text
            .get(from.max(span.start)..span.end)
            .filter(|_| !words.is_empty())
        else {
            return span;
        };
        let whole = |at: usize| {
            let beside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let after = text.get(at + words.len()..).and_then(|after| after.chars().next());
            let joined_before = words.starts_with(char::is_alphanumeric) && beside(before);
            let joined_after = words.ends_with(char::is_alphanumeric) && beside(after);
            !joined_before && !joined_after
        };
        let same = |at: &usize| {
            text.get(*at..*at + words.len())
                .is_some_and(|here| here.eq_ignore_ascii_case(words))
                && whole(*at)
        };
        match (0..text.len()).find(same) {
            Some(at) => {
                let start = from.max(span.start) + at;
                Span::new(start, start + words.len())
            }
            None => span,
        }
    }

    pub(crate) fn error_count(&self) -> usize {
        self.problems.iter().filter(|problem| problem.is_error()).count()
    }

    pub(crate) fn len(&self) -> usize {
        self.problems.len()
    }

    /// Takes back the problems after the first `len`, for rules that are judged once more.
    pub(crate) fn split_off(&mut self, len: usize) -> Vec<Problem> {
        self.problems.split_off(len.min(self.problems.len()))
    }

    pub(crate) fn extend(&mut self, problems: Vec<Problem>) {
        self.problems.extend(problems);
    }

    pub(crate) fn finish(self) -> Vec<Problem> {
        self.problems
    }

    /// Line and column of a byte, both from 1.
    fn place(&self, at: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|&start| start <= at).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(start..at).unwrap_or("");
        // A byte order mark is no column that an editor shows.
        (line, before.trim_start_matches('\u{feff}').chars().count() + 1)
    }
}

/// The span within the text, widened to whole characters.
pub(crate) fn between_chars(text: &str, span: Span) -> Span {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span { start, end }
}

/// Puts problems into the order in which a reader works through them: by file, by place, errors first.
pub(crate) fn sort(problems: &mut Vec<Problem>) {
    problems.sort_by(|a, b| {
        let place = |p: &Problem| (p.span.start, p.severity, p.rule);
        a.file
            .cmp(&b.file)
            .then_with(|| place(a).cmp(&place(b)))
            .then_with(|| a.message.cmp(&b.message))
    });
    problems.dedup();
}
