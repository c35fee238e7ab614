//! The program as people and scripts meet it: arguments, exit codes, both streams, and files.

mod build;
mod content;
mod measure;
mod serve;
mod single;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder with a small course and what Trunk would have written, as tests want to bend it.
pub(crate) struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    /// A sound course in `exercises`, an app in `dist`.
    pub(crate) fn new() -> Self {
        let place = Place {
            folder: tempfile::tempdir().unwrap(),
        };
        for (path, text) in COURSE {
            place.write(&format!("exercises/{path}"), text);
        }
        for (path, text) in DIST {
            place.write(&format!("dist/{path}"), text);
        }
        place
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn size(&self, path: &str) -> usize {
        std::fs::read(self.path(path))
            .unwrap_or_else(|error| panic!("{path}: {error}"))
            .len()
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sandtable"));
        command.current_dir(self.folder.path()).env("NO_COLOR", "1");
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Said {
        self.run_with(args, "")
    }

    pub(crate) fn run_with(&self, args: &[&str], input: &str) -> Said {
        let mut command = self.command();
        command
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// A built site in `site`.
    pub(crate) fn built() -> Self {
        let place = Place::new();
        let said = place.run(&["build", "--app", "dist", "--out", "site"]);
        assert_eq!(said.code, Some(0), "{}", said.err);
        place
    }

    /// All files below a folder, with what they hold.
    pub(crate) fn files(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let root = self.path(folder);
        let mut found = Vec::new();
        collect(&root, &root, &mut found);
        found.sort();
        found
    }

    /// The name of the one file in `site` that begins and ends so.
    pub(crate) fn site_file(&self, start: &str, end: &str) -> String {
        let files = self.files("site");
        let mut named = files
            .iter()
            .map(|(path, _)| path)
            .filter(|path| path.starts_with(start) && path.ends_with(end));
        let first = named
            .next()
            .unwrap_or_else(|| panic!("no {start}..{end} in {files:?}"))
            .clone();
        assert_eq!(named.next(), None);
        first
    }
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let inside = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            found.push((inside, std::fs::read(path).unwrap()));
        }
    }
}

/// What the program said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) const QUIZ: &str = "exercises/week-20-networking/routes.yaml";
pub(crate) const ITEM: &str = "week-20/routes#longest";

const COURSE: [(&str, &str); 4] = [
    (
        "course.yaml",
        "id: level-4
title: Level 4
weeks:
  - number: 20
    title: Networking
    topics:
      - id: w20-t1-routes
        title: Routes
        objectives:
          - {id: w20-t1-o1, text: Predict the next hop of a packet.}
",
    ),
    (
        "sources.yaml",
        "rfc-1812:
  title: Requirements for IP Version 4 Routers
  url: https://www.rfc-editor.org/rfc/rfc1812
  checked: 2026-11-25
  via: live
  says: A router forwards by the longest matching prefix.
",
    ),
    ("ids.lock", "week-20/routes\nweek-20/routes#longest\n"),
    (
        "week-20-networking/routes.yaml",
        "kind: quiz
title: Routes
purpose: Predict next hops.
topic: w20-t1-routes
minutes: 5
items:
  - id: longest
    kind: choice
    objective: w20-t1-o1
    level: apply
    stem: Harbour Foods routes `10.0.0.0/8` to a firewall and `10.1.0.0/16` to a peer. Where is a packet for `10.1.2.3` sent?
    options:
      - id: peer
        text: It is sent to the peer
        right: true
        why: Its prefix is the longer one of the two that match.
      - id: firewall
        text: It is sent to the firewall
        why: That prefix matches too, but it is the shorter one.
      - id: both
        text: It is sent to both of them
        why: A packet takes one route; equal cost would need equal prefixes.
    explain: The longest matching prefix decides, whatever the order in the table.
    sources: [rfc-1812]
",
    ),
];

const DIST: [(&str, &str); 7] = [
    (
        "index.html",
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Sandtable</title><link rel=icon href=./icon.svg>\
         <link rel=stylesheet href=./tokens.css><link rel=stylesheet href=./base.css>\
         <script type=module src=./boot.js></script></head><body><div id=app></div></body></html>",
    ),
    (
        "boot.js",
        "const app = await import(\"./app.js\");\n\
         await app.default({ module_or_path: new URL(\"./app_bg.wasm\", import.meta.url) });\n",
    ),
    (
        "app.js",
        "export default async (o) => fetch(o ?? new URL('app_bg.wasm', import.meta.url));\n",
    ),
    ("app_bg.wasm", "\0asm\u{1}\0\0\0"),
    ("tokens.css", ":root { --ink: #123; }\n"),
    ("base.css", "body { color: var(--ink); }\n"),
    ("icon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
];
