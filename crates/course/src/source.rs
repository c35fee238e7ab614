//! YAML text to a tree of nodes with their places.

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, Span as YamlSpan};

use crate::problem::{Report, Span, says};
use crate::text::shown;

/// A file of more bytes is not read: a week's largest exercise has 30 kB.
pub(crate) const MAX_BYTES: usize = 1 << 20;
const MAX_DEPTH: usize = 32;
const MAX_NODES: usize = 50_000;

/// A node of the tree.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) value: Value,
}

/// What a node holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Map(Vec<(Key, Node)>),
    Seq(Vec<Node>),
    Scalar {
        text: String,
        /// Written without quotes and not as a block: only then can it be a number, a truth value or nothing.
        plain: bool,
    },
}

/// The name of a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) span: Span,
}

impl Node {
    /// The value of a field; the node itself where there is none, so that a problem always has a place.
    pub(crate) fn field(&self, name: &str) -> &Node {
        self.get(name).unwrap_or(self)
    }

    /// The value of a field.
    pub(crate) fn get(&self, name: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(fields) => fields.iter().find(|(key, _)| key.name == name).map(|(_, node)| node),
            Value::Seq(_) | Value::Scalar { .. } => None,
        }
    }

    /// The place of a field's name; the node's own where there is none.
    pub(crate) fn key(&self, name: &str) -> Span {
        match &self.value {
            Value::Map(fields) => fields
                .iter()
                .find(|(key, _)| key.name == name)
                .map_or(self.span, |(key, _)| key.span),
            Value::Seq(_) | Value::Scalar { .. } => self.span,
        }
    }

    /// An element of a list; the node itself where there is none.
    pub(crate) fn index(&self, at: usize) -> &Node {
        match &self.value {
            Value::Seq(nodes) => nodes.get(at).unwrap_or(self),
            Value::Map(_) | Value::Scalar { .. } => self,
        }
    }
}

/// The text of a file, or where its first byte stands that is none.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, usize> {
    std::str::from_utf8(bytes).map_err(|error| error.valid_up_to())
}

/// Reads one document. `None` when the file cannot be read on; duplicate keys and the like are reported and passed over.
pub(crate) fn parse(text: &str, report: &mut Report<'_>) -> Option<Node> {
    // To the parser a NUL is the end: what follows would be passed over in silence.
    if let Some(at) = text.find('\0') {
        report.error(
            "control-character",
            Span::new(at, at + 1),
            says(
                "the file holds a NUL character",
                "It shows nothing, and readers of YAML stop at it.",
                "Take it out; if there are many, have your editor save the file as UTF-8.",
            ),
        );
        return None;
    }
    // The parser counts bytes from behind a byte order mark when it is not given one, so that spans need the shift.
    let (shift, yaml) = text
        .strip_prefix('\u{feff}')
        .map_or((0, text), |rest| (text.len() - rest.len(), rest));
    let mut tree = Tree {
        shift,
        open: Vec::new(),
        root: None,
        nodes: 0,
        refused: false,
    };
    let options = granit_parser::options! { emit_unresolved_aliases: true,
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut documents = 0;
    for next in Parser::new_from_str_with_options(yaml, options) {
        match next {
            Err(error) => {
                let at = shift + error.marker().byte_offset().unwrap_or(0);
                refuse(error.kind(), &error.info(), Span::new(at, at + 1), report);
                return None;
            }
            Ok((Event::DocumentStart(..), span)) => {
                documents += 1;
                if documents > 1 {
                    report.error(
                        "several-documents",
                        tree.span(&span),
                        says(
                            "a second document begins here",
                            "One file holds one exercise.",
                            "Take out the line `---`, or move what follows into a file of its own.",
                        ),
                    );
                    return None;
                }
            }
            Ok((event, span)) => tree.take(event, &span, report)?,
        }
    }
    let nothing = |node: &Node| matches!(&node.value, Value::Scalar { text, plain: true } if text.is_empty());
    let root = tree.root.filter(|root| !tree.refused && !nothing(root));
    if root.is_none() && !tree.refused {
        report.error(
            "empty-file",
            Span::new(0, text.len()),
            says(
                "the file is empty",
                "It holds no value at all, or nothing but comments.",
                "Write it, or take it away.",
            ),
        );
    }
    root
}

/// What the parser cannot read.
fn refuse(kind: &ErrorKind, info: &str, at: Span, report: &mut Report<'_>) {
    if matches!(kind, ErrorKind::RecursionLimitExceeded) {
        too_deep(at, report);
        return;
    }
    report.error(
        "syntax",
        at,
        says(
            format!("this is not YAML: {info}"),
            "Nothing after this place can be read.",
            "Look at the indentation, and for a missing quote or a colon without a space after it. Text with `: ` or ` #` \
             in it, or that begins with one of `` ` * & ! % @ [ { ``, has to stand in quotes or in a `|` block.",
        ),
    );
}

fn too_deep(at: Span, report: &mut Report<'_>) {
    report.error(
        "too-deep",
        at,
        says(
            format!("more than {MAX_DEPTH} levels, one in another"),
            "No field of an exercise lies so deep.",
            "Look at the indentation and the brackets.",
        ),
    );
}

struct Tree {
    shift: usize,
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
    /// Something was refused that makes the tree worthless, and has been said.
    refused: bool,
}

enum Open {
    Map {
        start: Span,
        fields: Vec<(Key, Node)>,
        seen: HashMap<String, Span>,
        key: Option<Key>,
    },
    Seq {
        start: Span,
        nodes: Vec<Node>,
    },
}

impl Tree {
    fn span(&self, span: &YamlSpan) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        Span::new(range.start + self.shift, range.end + self.shift)
    }

    /// `None` ends the reading.
    fn take(&mut self, event: Event<'_>, span: &YamlSpan, report: &mut Report<'_>) -> Option<()> {
        let at = self.span(span);
        if event.anchor_id().is_some_and(|id| id != 0) || matches!(event, Event::Alias(_) | Event::UnresolvedAlias(_)) {
            report.error("anchor", at, says(
                "anchors (`&name`) and aliases (`*name`) are not read",
                "What an item says should stand where it is read, and a few aliases can stand for millions of nodes.",
                "Write it out. A text that begins with `*` or `&` has to be quoted.",
            ));
            self.refused = true;
        }
        if event.tag().is_some() {
            report.error(
                "tag",
                at,
                says(
                    "tags (`!name`) are not read",
                    "Each field has one type already.",
                    "Take it out. A text that begins with `!` has to be quoted.",
                ),
            );
            self.refused = true;
        }
        match event {
            Event::Scalar(text, style, ..) => {
                let plain = style == ScalarStyle::Plain;
                // The parser writes `~` for what is left out.
                let text = if plain && at.start == at.end {
                    Default::default()
                } else {
                    text
                };
                self.add(
                    Node {
                        span: at,
                        value: Value::Scalar {
                            text: text.into_owned(),
                            plain,
                        },
                    },
                    report,
                )
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.add(
                Node {
                    span: at,
                    value: Value::Scalar {
                        text: String::new(),
                        plain: false,
                    },
                },
                report,
            ),
            Event::SequenceStart(..) => self.enter(
                Open::Seq {
                    start: at,
                    nodes: Vec::new(),
                },
                at,
                report,
            ),
            Event::MappingStart(..) => self.enter(
                Open::Map {
                    start: at,
                    fields: Vec::new(),
                    seen: HashMap::new(),
                    key: None,
                },
                at,
                report,
            ),
            Event::SequenceEnd | Event::MappingEnd => {
                let node = match self.open.pop()? {
                    Open::Map { start, fields, .. } => {
                        let end = fields.last().map_or(at.end, |(_, node)| node.span.end).max(start.start);
                        Node {
                            span: Span::new(start.start, end),
                            value: Value::Map(fields),
                        }
                    }
                    Open::Seq { start, nodes } => {
                        let end = nodes.last().map_or(at.end, |node| node.span.end).max(start.start);
                        Node {
                            span: Span::new(start.start, end),
                            value: Value::Seq(nodes),
                        }
                    }
                };
                self.add(node, report)
            }
            _ => Some(()),
        }
    }

    fn enter(&mut self, open: Open, at: Span, report: &mut Report<'_>) -> Option<()> {
        self.open.push(open);
        if self.open.len() <= MAX_DEPTH {
            return Some(());
        }
        too_deep(at, report);
        None
    }

    fn add(&mut self, node: Node, report: &mut Report<'_>) -> Option<()> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            report.error(
                "too-many-nodes",
                node.span,
                says(
                    format!("more than {MAX_NODES} values in one file"),
                    "No exercise has so many.",
                    "Part the file.",
                ),
            );
            return None;
        }
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Seq { nodes, .. }) => nodes.push(node),
            Some(Open::Map { fields, seen, key, .. }) => {
                match key.take() {
                    None => match node.value {
                        Value::Scalar { text: name, .. } => *key = Some(Key { name, span: node.span }),
                        Value::Map(_) | Value::Seq(_) => {
                            report.error("field-name", node.span, says(
                            "a list or mapping stands where the name of a field should",
                            "The name of a field is text.",
                            "Look for a stray `?`, `{` or `[`; text that begins with a bracket has to be quoted.",
                        ));
                            self.refused = true;
                            *key = Some(Key {
                                name: String::new(),
                                span: node.span,
                            });
                        }
                    },
                    Some(name) => keep(fields, seen, name, node, report),
                }
            }
        }
        Some(())
    }
}

/// Keeps a field of a mapping, unless it has no place there.
fn keep(
    fields: &mut Vec<(Key, Node)>,
    seen: &mut HashMap<String, Span>,
    key: Key,
    node: Node,
    report: &mut Report<'_>,
) {
    if key.name == "<<" {
        report.error(
            "merge-key",
            key.span,
            says(
                "merge keys (`<<`) are not read",
                "What an item says should stand where it is read.",
                "Write the fields out.",
            ),
        );
    } else if seen.contains_key(&key.name) {
        report.error(
            "duplicate-key",
            key.span,
            says(
                format!("`{}` stands here twice", shown(&key.name)),
                "Only one of the two could count.",
                "Take one out, or give it its right name.",
            ),
        );
    } else {
        seen.insert(key.name.clone(), key.span);
        fields.push((key, node));
    }
}
