//! Problems for a person at a terminal.

use std::fmt;
use std::ops::Range;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents,
};

use crate::problem::between_chars;
use crate::text::is_hidden;
use crate::{Problem, Severity, Span};

/// More problems than this in one file are counted, not drawn: nobody reads on.
const DRAWN_PER_FILE: usize = 50;
/// Characters shown of a line, before and after what is marked.
const WIDTH: usize = 110;

/// Draws problems with the lines they are about; `files` as in [`crate::Checked::files`]. Without `colour` the text
/// holds no escape codes.
#[must_use]
pub fn render_human(problems: &[Problem], files: &[(String, Vec<u8>)], colour: bool) -> String {
    let theme = if colour {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(100)
        .with_links(false);
    let mut out = String::new();
    for group in problems.chunk_by(|a, b| a.file == b.file) {
        let Some(first) = group.first() else { continue };
        let bytes = files
            .iter()
            .find(|(name, _)| *name == first.file)
            .map_or(&[][..], |(_, bytes)| bytes);
        let text = String::from_utf8_lossy(bytes);
        for problem in group.iter().take(DRAWN_PER_FILE) {
            let drawn = Drawn {
                problem,
                excerpt: Excerpt::new(problem, &text),
            };
            if handler.render_report(&mut out, &drawn).is_err() {
                // It fails only where a mark leaves the excerpt; the place in words still helps.
                let Problem {
                    file,
                    line,
                    column,
                    message,
                    ..
                } = problem;
                out.push_str(&format!("{file}:{line}:{column}: {message}\n"));
            }
            out.push('\n');
        }
        if let Some(more) = group.len().checked_sub(DRAWN_PER_FILE).filter(|more| *more > 0) {
            out.push_str(&format!("{}: and {more} more\n\n", first.file));
        }
    }
    out
}

/// The line that a problem is in, and its neighbours. Long lines are cut, for a reader as for miette, which panics
/// at columns beyond 65535; and no problem costs a search through the whole file.
struct Excerpt<'a> {
    problem: &'a Problem,
    text: String,
    /// Line of the file at which the excerpt begins, from 0.
    first: usize,
    /// What is marked in it.
    mark: Range<usize>,
}

impl<'a> Excerpt<'a> {
    fn new(problem: &'a Problem, text: &str) -> Self {
        let Span { start, end } = between_chars(text, problem.span);
        let (before, rest) = text.split_at_checked(start).unwrap_or((text, ""));
        let begins = before.rfind('\n').map_or(0, |at| at + 1);
        let (earlier, left) = before.split_at_checked(begins).unwrap_or(("", before));
        let previous = earlier
            .strip_suffix('\n')
            .map(|earlier| earlier.rsplit('\n').next().unwrap_or(""));
        let mut lines = rest.split('\n');
        let here = lines.next().unwrap_or("");

        let mut out = String::new();
        if let Some(previous) = previous {
            out.extend(shown(previous).take(WIDTH));
            out.push('\n');
        }
        // Of a long line, what stands before the problem gives way.
        let left: Vec<char> = shown(left).collect();
        let skip = left.len().saturating_sub(WIDTH / 2);
        if skip > 0 {
            out.push_str("...");
        }
        out.extend(left.iter().skip(skip));
        let from = out.len();
        // The first line of what it is about: a whole block with an arrow beside it hides more than it shows.
        let (marked, _) = here.split_at_checked(end - start).unwrap_or((here, ""));
        let marked = marked.trim_end();
        out.extend(shown(marked).take(WIDTH));
        let mark = from..out.len();
        out.extend(shown(here.strip_prefix(marked).unwrap_or("")).take(WIDTH));
        if let Some(next) = lines.next() {
            out.push('\n');
            out.extend(shown(next).take(WIDTH));
        }
        let first = problem.line.saturating_sub(if previous.is_some() { 2 } else { 1 });
        Excerpt {
            problem,
            text: out,
            first,
            mark,
        }
    }
}

/// What a terminal may be given: no character that moves the cursor or turns the text around.
fn shown(text: &str) -> impl Iterator<Item = char> + '_ {
    text.trim_end_matches('\r')
        .trim_start_matches('\u{feff}')
        .chars()
        .map(|c| match c {
            '\t' => ' ',
            c if is_hidden(c) => '\u{fffd}',
            c => c,
        })
}

impl SourceCode for Excerpt<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let contents = self.text.read_span(span, before, after)?;
        // Asked for the mark alone, it is for the place in the heading.
        let alone = (before, after) == (0, 0);
        let column = if alone {
            self.problem.column.saturating_sub(1)
        } else {
            contents.column()
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.problem.file.clone(),
            contents.data(),
            *contents.span(),
            contents.line() + self.first,
            column,
            contents.line_count(),
        )))
    }
}

struct Drawn<'a> {
    problem: &'a Problem,
    excerpt: Excerpt<'a>,
}

impl fmt::Debug for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem.message)
    }
}

impl std::error::Error for Drawn<'_> {}

impl Diagnostic for Drawn<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.problem.rule))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.problem.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(format!("{}\n{}", self.problem.why, self.problem.help)))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let Range { start, end } = self.excerpt.mark;
        Some(Box::new(std::iter::once(LabeledSpan::new(
            None,
            start,
            end.saturating_sub(start),
        ))))
    }
}
