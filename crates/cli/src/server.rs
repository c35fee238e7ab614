//! A web server for a built site: what a good host does, on the machine of the author.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeFile;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::failure::{Doing, Failure};
use crate::names::is_hashed;
use crate::policy::POLICY;

/// A folder, and the path that it is served under.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// Without symbolic links, so that what lies in it can be told.
    root: PathBuf,
    /// Begins and ends with a slash.
    base: String,
}

impl Site {
    /// Takes a folder that holds a page.
    pub(crate) fn open(folder: &Path, base: &str) -> Result<Self, Failure> {
        let root = folder
            .canonicalize()
            .doing(|| format!("Cannot find the site in {}", folder.display()))?;
        if !root.join("index.html").is_file() {
            return Err(Failure::new(format!(
                "{} holds no index.html. Build the site first: ./dev build.",
                folder.display()
            )));
        }
        let inner = base.trim_matches('/');
        let plain = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~".contains(&b))
        };
        if !inner.is_empty() && !inner.split('/').all(plain) {
            return Err(Failure::new(format!(
                "{base} is no path to serve under: letters, digits, and - _ . ~ between slashes, as in /course/level-4/."
            )));
        }
        let base = if inner.is_empty() {
            "/".to_owned()
        } else {
            format!("/{inner}/")
        };
        Ok(Site { root, base })
    }

    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// What is at a path, as it stands in a request.
    fn find(&self, path: &str) -> Found {
        let Some(inside) = path.strip_prefix(&self.base) else {
            let near = path == "/" || format!("{path}/") == self.base;
            return if near {
                Found::Elsewhere(self.base.clone())
            } else {
                Found::Nothing
            };
        };
        let mut target = self.root.clone();
        let (folders, last) = inside
            .rsplit_once('/')
            .map_or((None, inside), |(folders, last)| (Some(folders), last));
        for part in folders
            .into_iter()
            .flat_map(|folders| folders.split('/'))
            .chain((!last.is_empty()).then_some(last))
        {
            match decode(part).filter(|part| is_name(part)) {
                Some(part) => target.push(part),
                None => return Found::Nothing,
            }
        }
        if target.is_dir() {
            if !last.is_empty() {
                return Found::Elsewhere(format!("{path}/"));
            }
            target.push("index.html");
        } else if last.is_empty() {
            return Found::Nothing;
        }
        // The parts are harmless, but a symbolic link may still lead out.
        match target.canonicalize() {
            Ok(file) if file.starts_with(&self.root) && file.is_file() => Found::File(file),
            _ => Found::Nothing,
        }
    }
}

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    File(PathBuf),
    Elsewhere(String),
    Nothing,
}

/// Answers requests until the program ends.
pub(crate) async fn run(listener: TcpListener, site: Site) -> Result<(), Failure> {
    let cannot = || "Cannot serve".to_owned();
    listener.set_nonblocking(true).doing(cannot)?;
    let listener = tokio::net::TcpListener::from_std(listener).doing(cannot)?;
    axum::serve(listener, router(site)).await.doing(cannot)
}

/// From now on a Ctrl-C or a polite kill is taken note of; the future waits for one.
#[cfg(unix)]
pub(crate) fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    })
}

/// From now on a Ctrl-C is taken note of; the future waits for one.
#[cfg(windows)]
pub(crate) fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move { drop(interrupt.recv().await) })
}

fn router(site: Site) -> Router {
    let set = SetResponseHeaderLayer::overriding;
    Router::new()
        .fallback(answer)
        .layer(set(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .layer(set(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")))
        // A frame without an origin of its own may load its files, and so may a page of another host.
        .layer(set(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")))
        .with_state(Arc::new(site))
}

async fn answer(State(site): State<Arc<Site>>, request: Request) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return (
            StatusCode::METHOD_NOT_ALLOWED,
            [(header::ALLOW, "GET, HEAD")],
            "Only GET and HEAD.\n",
        )
            .into_response();
    }
    match site.find(request.uri().path()) {
        Found::File(path) => file(&path, request).await,
        Found::Elsewhere(to) => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response(),
        Found::Nothing => not_found(),
    }
}

async fn file(path: &Path, request: Request) -> Response {
    // It knows types, ranges, conditional requests and which encodings are accepted.
    let mut service = ServeFile::new(path);
    if has_beside(path, "br") {
        service = service.precompressed_br();
    }
    if has_beside(path, "gz") {
        service = service.precompressed_gzip();
    }
    let Ok(response) = service.try_call(request).await else {
        return not_found();
    };
    let mut response = response.map(Body::new);
    let kept = path.file_name().and_then(|name| name.to_str()).is_some_and(is_hashed);
    let cache = if kept {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or("");
    if kind.starts_with("text/")
        && !kind.contains("charset")
        && let Ok(kind) = HeaderValue::from_str(&format!("{kind}; charset=utf-8"))
    {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    response
}

/// Whether the same file lies there compressed. A symbolic link does not count: it may lead out.
fn has_beside(path: &Path, ending: &str) -> bool {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    std::fs::symlink_metadata(name).is_ok_and(|file| file.is_file())
}

fn not_found() -> Response {
    (
        StatusCode::NOT_FOUND,
        [(header::CACHE_CONTROL, "no-cache")],
        "There is nothing here.\n",
    )
        .into_response()
}

/// Undoes percent-encoding. `None` where it is broken or hides what is not UTF-8.
fn decode(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            let value = digit()? * 16 + digit()?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Whether it names something in a folder and nothing else. Hidden files are none of a visitor's business.
fn is_name(part: &str) -> bool {
    !part.is_empty() && !part.starts_with('.') && !part.chars().any(|c| c.is_control() || matches!(c, '/' | '\\' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn site(base: &str) -> (tempfile::TempDir, Site) {
        let folder = tempfile::tempdir().unwrap();
        for file in [
            "site/index.html",
            "site/a b.txt",
            "site/e/x/index.html",
            "site/.sandtable-site",
            "secret",
        ] {
            crate::files::write(&folder.path().join(file), b"x").unwrap();
        }
        let site = Site::open(&folder.path().join("site"), base).unwrap();
        (folder, site)
    }

    #[test]
    fn what_is_found_under_a_path() {
        let (_folder, site) = site("/some/path");
        let elsewhere = |to: &str| Found::Elsewhere(to.to_owned());
        for (path, found) in [
            ("/", elsewhere("/some/path/")),
            ("/some/path", elsewhere("/some/path/")),
            ("/some/path/", Found::File(site.root.join("index.html"))),
            ("/some/path/a%20b.txt", Found::File(site.root.join("a b.txt"))),
            ("/some/path/e/x", elsewhere("/some/path/e/x/")),
            ("/some/path/e/x/", Found::File(site.root.join("e/x/index.html"))),
            ("/some/path/e/", Found::Nothing),
            ("/some/path/index.html/", Found::Nothing),
            ("/some/path//index.html", Found::Nothing),
            ("/some/path/.sandtable-site", Found::Nothing),
            ("/some/path/%2esandtable-site", Found::Nothing),
            ("/some/path/e%2fx/", Found::Nothing),
            ("/some/path/%zz", Found::Nothing),
            ("/some/path/%ff", Found::Nothing),
            ("/index.html", Found::Nothing),
        ] {
            assert_eq!(site.find(path), found, "{path}");
        }
    }

    #[test]
    fn a_base_is_a_plain_path() {
        let (folder, _) = site("/");
        for bad in ["/a//b/", "/../", "/a b/", "/a?b/", "/é/"] {
            assert!(Site::open(&folder.path().join("site"), bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_path_leads_out(path in r"(/|\.|\.\.|%2e|%2E|%2f|%5c|\\|secret|e|x|site|%00){0,12}") {
            let (_folder, site) = site("/");
            if let Found::File(file) = site.find(&format!("/{path}")) {
                prop_assert!(file.starts_with(&site.root));
                prop_assert!(!file.ends_with("secret"));
            }
        }
    }
}
