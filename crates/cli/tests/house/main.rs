//! The rules of the house that no compiler knows, checked on the project's own files.
//!
//! Every rule is a function from a text to findings, and a test of its own shows it on a text that breaks the rule and
//! on one that keeps it: a rule that cannot fail says nothing.

mod manifest;
mod page;
mod pure;
mod rust;
mod styles;

use std::fmt;
use std::path::{Path, PathBuf};

/// Crates that run in every browser and in every test alike. Those that are not there yet are not looked at.
const PURE: [&str; 3] = ["exercise", "progress", "architecture"];

#[test]
fn the_house_is_in_order() {
    let root = root();
    let found = findings(&root);
    assert!(
        found.is_empty(),
        "\n{}\n",
        found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    );
}

fn findings(root: &Path) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut check = |path: &Path, rule: &dyn Fn(&str) -> Vec<(usize, String)>| {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let file = path.strip_prefix(root).unwrap_or(path).display().to_string();
        found.extend(rule(&text).into_iter().map(|(line, what)| Finding {
            file: file.clone(),
            line,
            what,
        }));
    };

    for krate in PURE
        .iter()
        .map(|name| root.join("crates").join(name))
        .filter(|krate| krate.is_dir())
    {
        for file in files(&krate.join("src"), &["rs"]) {
            check(&file, &pure::impure_names);
        }
        check(&krate.join("src/lib.rs"), &pure::undocumented);
        check(&krate.join("Cargo.toml"), &manifest::impure_dependencies);
    }
    // Each wasm module has its places that may name the browser.
    for (source, adapters) in [
        ("src", "browser"),
        ("crates/builder/src", "page"),
        ("crates/embed/src", "browser and dom"),
    ] {
        let source = root.join(source);
        for file in files(&source, &["rs"]) {
            let inside = file.strip_prefix(&source).unwrap_or(&file);
            let top = inside
                .components()
                .next()
                .map(|top| Path::new(top.as_os_str()).with_extension(""));
            let may = |name: &str| name == "bin" || adapters.split(" and ").any(|adapter| adapter == name);
            if !top.as_deref().and_then(Path::to_str).is_some_and(may) {
                let is_root = inside == Path::new("lib.rs");
                check(&file, &|text| page::browser_names(text, is_root, adapters));
            }
            check(&file, &page::markup_in_rust);
        }
    }
    check(&root.join("index.html"), &page::inline);
    check(&root.join("index.html"), &page::elsewhere);
    for file in files(&root.join("public"), &["html", "svg", "css", "js"]) {
        // Compiled content is text for a reader, and checked where it is compiled.
        if file.starts_with(root.join("public/data")) {
            continue;
        }
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("css") => check(&file, &styles::elsewhere),
            Some("js") => check(&file, &page::elsewhere_in_script),
            _ => check(&file, &page::elsewhere),
        }
    }
    for file in files(&root.join("styles"), &["css"]) {
        check(&file, &styles::elsewhere);
        if !file.ends_with("tokens.css") {
            check(&file, &styles::literal_colours);
        }
    }
    let members: Vec<PathBuf> = folders(&root.join("crates"))
        .into_iter()
        .filter(|krate| krate.join("Cargo.toml").is_file())
        .collect();
    for manifest in members
        .iter()
        .map(|member| member.join("Cargo.toml"))
        .chain([root.join("Cargo.toml")])
    {
        check(&manifest, &manifest::without_lints);
    }
    let dev = std::fs::read_to_string(root.join("dev")).expect("./dev is there");
    check(&root.join("Cargo.toml"), &manifest::unsafe_allowed);
    check(&root.join("Cargo.toml"), &|text| {
        manifest::other_wasm_bindgen(text, &dev)
    });
    for source in members
        .iter()
        .map(|member| member.join("src"))
        .chain([root.join("src")])
    {
        for file in files(&source, &["rs", "css", "html", "js"]) {
            check(&file, &rust::left_undone);
        }
    }
    found
}

/// Something that breaks a rule.
#[derive(Debug)]
struct Finding {
    file: String,
    line: usize,
    what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().expect("the workspace is two folders up")
}

/// All files below a folder with one of these extensions, in order. A folder that is not there has none.
fn files(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in entries(folder) {
        if path.is_dir() {
            found.extend(files(&path, extensions));
        } else if path
            .extension()
            .and_then(|extension| extension.to_str())
            .is_some_and(|one| extensions.contains(&one))
        {
            found.push(path);
        }
    }
    found
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    entries(folder).into_iter().filter(|path| path.is_dir()).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    paths
}

/// For the tests of the rules: how often a rule fires on a text.
#[track_caller]
fn fires(rule: impl Fn(&str) -> Vec<(usize, String)>, bad: &[&str], good: &[&str]) {
    for text in bad {
        assert_eq!(rule(text).len(), 1, "should be found once: {text}\n{:?}", rule(text));
    }
    for text in good {
        assert_eq!(rule(text), [], "should be fine: {text}");
    }
}

#[test]
fn a_finding_names_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("dev", "WASM_BINDGEN_VERSION=0.2.1\n");
    write("index.html", "<!doctype html>\n<script>run()</script>\n");
    write(
        "Cargo.toml",
        "[workspace.lints.rust]\nunsafe_code = \"forbid\"\n[lints]\nworkspace = true\n[dependencies]\nwasm-bindgen = \"=0.2.1\"\n",
    );
    write(
        "crates/exercise/Cargo.toml",
        "[lints]\nworkspace = true\n[dependencies]\nserde = \"1\"\n",
    );
    write("crates/exercise/src/lib.rs", "#![warn(missing_docs)]\n\nuse std::fs;\n");
    write("styles/shell.css", "a {\n  color: #fff;\n}\n");
    let found: Vec<String> = findings(folder.path()).iter().map(ToString::to_string).collect();
    let places: Vec<&str> = found.iter().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(
        places,
        ["crates/exercise/src/lib.rs:3", "index.html:2", "styles/shell.css:2"],
        "{found:#?}"
    );
}
