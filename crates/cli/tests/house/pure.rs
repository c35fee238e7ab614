//! Pure crates: no browser, no clock, no chance, no I/O.

use crate::rust::{names, tokens};

const CRATES: [&str; 5] = ["web_sys", "js_sys", "wasm_bindgen", "leptos", "rand"];
const TYPES: [&str; 2] = ["SystemTime", "Instant"];
const MODULES: [&str; 6] = [
    "std::time",
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
];
const MACROS: [&str; 5] = ["println!", "print!", "eprintln!", "eprint!", "dbg!"];

pub(crate) fn impure_names(text: &str) -> Vec<(usize, String)> {
    let impure = |name: &str| {
        name.starts_with("gloo")
            || [&CRATES[..], &TYPES, &MODULES, &MACROS]
                .iter()
                .any(|list| list.contains(&name))
    };
    let found = names(text).into_iter().filter(|(_, name)| impure(name));
    found
        .map(|(line, name)| {
            (
                line,
                format!("a pure crate names {name}: take what it gives as a parameter"),
            )
        })
        .collect()
}

/// `#![warn(missing_docs)]`, or stricter.
pub(crate) fn undocumented(text: &str) -> Vec<(usize, String)> {
    let tokens = tokens(text);
    let documented = tokens.windows(6).any(|six| {
        let [hash, bang, bracket, level, _, lint] = six else {
            return false;
        };
        hash.is('#')
            && bang.is('!')
            && bracket.is('[')
            && matches!(level.name(), Some("warn" | "deny" | "forbid"))
            && lint.name() == Some("missing_docs")
    });
    if documented {
        Vec::new()
    } else {
        vec![(1, "a pure crate says nothing of #![warn(missing_docs)]".to_owned())]
    }
}

#[test]
fn purity() {
    crate::fires(
        impure_names,
        &[
            "use web_sys::Window;",
            "use gloo_timers::future;",
            "use std::fs::read;",
            "use std::{collections::BTreeMap, env};",
            "fn f() { std::thread::spawn(g); }",
            "fn f(at: Instant) {}",
            "fn f() { println!(\"x\"); }",
            "fn f() { dbg!(x) }",
            "let x = rand::random();",
            "use std::net::TcpStream;",
            "use core::{env, net::IpAddr};",
        ],
        &[
            "// web_sys\nuse std::collections::BTreeMap;",
            "/// Not std::fs, not println!\nconst A: &str = \"std::env SystemTime\";",
            "use std::{fmt, path::Path}; fn operand(instant: u64) {}",
            "use core::net::{IpAddr, Ipv4Addr};",
        ],
    );
}

#[test]
fn documentation() {
    crate::fires(
        undocumented,
        &[
            "//! #![warn(missing_docs)]\n",
            "#![allow(missing_docs)]",
            "#[warn(missing_docs)] mod a;",
        ],
        &["//! A crate.\n#![warn(missing_docs)]\n", "#![deny(missing_docs)]"],
    );
}
