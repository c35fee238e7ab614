//! `Cargo.toml`: what crates may depend on, and which lints bind them.

/// What a pure crate may depend on, besides our own.
const ALLOWED: [&str; 4] = ["serde", "serde_json", "petgraph", "ipnet"];

pub(crate) fn impure_dependencies(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for Entry { line, section, key, .. } in entries(text) {
        // `[dependencies]` holds names, `[dependencies.serde]` is one; development alone may use more.
        let path: Vec<&str> = section.split('.').chain(key.split('.')).collect();
        let Some(at) = path
            .iter()
            .position(|part| matches!(*part, "dependencies" | "build-dependencies"))
        else {
            continue;
        };
        let Some(name) = path.get(at + 1) else { continue };
        if !ALLOWED.contains(name) && !name.starts_with("sandtable-") {
            found.push((line, format!("a pure crate depends on {name}")));
        }
    }
    found
}

pub(crate) fn without_lints(text: &str) -> Vec<(usize, String)> {
    let bound = entries(text).iter().any(|entry| {
        (entry.section == "lints" && entry.key == "workspace"
            || entry.section.is_empty() && entry.key == "lints.workspace")
            && entry.value == "true"
    });
    if bound {
        Vec::new()
    } else {
        vec![(
            1,
            "the lints of the workspace do not bind it: [lints] workspace = true".to_owned(),
        )]
    }
}

pub(crate) fn unsafe_allowed(text: &str) -> Vec<(usize, String)> {
    let forbidden = entries(text).iter().any(|entry| {
        entry.section == "workspace.lints.rust" && entry.key == "unsafe_code" && entry.value.contains("\"forbid\"")
    });
    if forbidden {
        Vec::new()
    } else {
        vec![(1, "the workspace does not forbid unsafe_code".to_owned())]
    }
}

/// The command line tool and the crate have to be of one version.
pub(crate) fn other_wasm_bindgen(text: &str, dev: &str) -> Vec<(usize, String)> {
    let installed = dev
        .lines()
        .find_map(|line| line.trim().strip_prefix("WASM_BINDGEN_VERSION="));
    let installed = installed.map(|rest| rest.split_whitespace().next().unwrap_or(""));
    let Some(installed) = installed else {
        return vec![(1, "./dev names no WASM_BINDGEN_VERSION".to_owned())];
    };
    let pinned: Vec<Entry<'_>> = entries(text)
        .into_iter()
        .filter(|entry| entry.key == "wasm-bindgen")
        .collect();
    if pinned.is_empty() {
        return vec![(1, "wasm-bindgen is not pinned".to_owned())];
    }
    let other = pinned
        .into_iter()
        .filter(|entry| !entry.value.contains(&format!("\"={installed}\"")));
    other
        .map(|entry| {
            (
                entry.line,
                format!("wasm-bindgen is {}, but ./dev installs {installed}", entry.value),
            )
        })
        .collect()
}

/// A line `key = value` and the section it is in.
#[derive(Debug)]
struct Entry<'a> {
    line: usize,
    section: &'a str,
    key: &'a str,
    value: &'a str,
}

/// TOML as far as our manifests go: sections and one line a key. A line inside a list of several lines has no `=` that
/// follows a plain name, or harms nothing.
fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut section = "";
    let mut entries = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_start_matches('[').split(']').next().unwrap_or("").trim();
            // A section may name a dependency and hold nothing that does.
            if section.contains("dependencies.") {
                entries.push(Entry {
                    line: at + 1,
                    section,
                    key: "",
                    value: "",
                });
            }
        } else if let Some((key, value)) = line.split_once('=')
            && !line.starts_with('#')
            && !section.contains("dependencies.")
        {
            entries.push(Entry {
                line: at + 1,
                section,
                key: key.trim().trim_matches('"'),
                value: value.trim(),
            });
        }
    }
    entries
}

#[test]
fn pure_crates_depend_on_little() {
    crate::fires(
        impure_dependencies,
        &[
            "[dependencies]\nserde.workspace = true\nregex = \"1\"\n",
            "[dependencies.chrono]\nversion = \"0.4\"\ndefault-features = false\n",
            "[target.'cfg(unix)'.dependencies]\nlibc = \"0.2\"\n",
            "[build-dependencies]\ncc = \"1\"\n",
        ],
        &[
            "[package]\nname = \"x\"\n[dependencies]\n# regex = \"1\"\nserde = { version = \"1\" }\nsandtable-exercise.workspace = true\n[dev-dependencies]\nproptest = \"1\"\n",
            "[dependencies.serde]\nversion = \"1\"\n[dev-dependencies.regex]\nversion = \"1\"\n",
        ],
    );
}

#[test]
fn lints_bind() {
    crate::fires(
        without_lints,
        &["[package]\n", "[lints]\nworkspace = false\n"],
        &["[lints]\nworkspace = true\n", "lints.workspace = true\n"],
    );
    crate::fires(
        unsafe_allowed,
        &[
            "[workspace.lints.rust]\nunsafe_code = \"warn\"\n",
            "[workspace.lints.clippy]\nunsafe_code = \"forbid\"\n",
        ],
        &[
            "[workspace.lints.rust]\nunsafe_code = \"forbid\"\n",
            "[workspace.lints.rust]\nunsafe_code = { level = \"forbid\" }\n",
        ],
    );
}

#[test]
fn the_tool_and_the_crate_are_one_version() {
    let dev = "# x\nWASM_BINDGEN_VERSION=0.2.130 # pinned\n";
    crate::fires(
        |text| other_wasm_bindgen(text, dev),
        &[
            "[dependencies]\nwasm-bindgen = \"=0.2.131\"\n",
            "[dependencies]\nwasm-bindgen = \"0.2.130\"\n",
            "[dependencies]\n",
        ],
        &["[dependencies]\nwasm-bindgen = \"=0.2.130\"\n"],
    );
    assert_eq!(other_wasm_bindgen("wasm-bindgen = \"=1\"", "").len(), 1);
}
