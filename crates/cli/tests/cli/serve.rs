use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Stdio};

use crate::Place;

/// A server that ends with the test.
struct Server {
    child: Child,
    port: u16,
    line: String,
    _stdout: BufReader<ChildStdout>,
}

impl Server {
    fn start(place: &Place, args: &[&str]) -> Self {
        let mut command = place.command();
        let mut child = command
            .args(["serve", "site", "--port", "0"])
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let port = line
            .split("127.0.0.1:")
            .nth(1)
            .and_then(|rest| rest.split('/').next())
            .and_then(|port| port.parse().ok());
        Server {
            child,
            port: port.unwrap_or_else(|| panic!("{line}")),
            line,
            _stdout: stdout,
        }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"
        )
        .unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .unwrap_or(0);
        Answer {
            status,
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .filter(|(one, _)| one.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .next()
            .unwrap_or("")
    }
}

#[test]
fn files_have_their_types_and_are_kept_as_long_as_they_last() {
    let place = Place::built();
    let server = Server::start(&place, &[]);
    assert_eq!(
        server.line,
        format!("Sandtable is at http://127.0.0.1:{}/\n", server.port)
    );
    let (boot, wasm) = (place.site_file("boot.", ".js"), place.site_file("app_bg.", ".wasm"));
    let (sheet, quiz) = (
        place.site_file("sandtable.", ".css"),
        place.site_file("data/week-20/routes.", ".json"),
    );
    for (path, kind, kept) in [
        ("", "text/html; charset=utf-8", false),
        ("index.html", "text/html; charset=utf-8", false),
        (&boot, "text/javascript; charset=utf-8", true),
        (&wasm, "application/wasm", true),
        (&sheet, "text/css; charset=utf-8", true),
        ("data/course.json", "application/json", false),
        (&quiz, "application/json", true),
        ("icon.svg", "image/svg+xml", false),
    ] {
        let answer = server.get(&format!("/{path}"));
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{path}");
        let cache = if kept {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        assert_eq!(answer.header("cache-control"), cache, "{path}");
    }
    let page = server.get("/");
    assert_eq!(page.body, place.read("site/index.html"));
    // What has not changed is not sent again.
    let again = server.ask("GET", "/", &format!("If-None-Match: {}\r\n", page.header("etag")));
    assert_eq!((again.status, again.body.as_str()), (304, ""), "{}", again.head);
}

#[test]
fn what_is_compressed_is_sent_to_those_who_can_read_it() {
    let place = Place::built();
    let quiz = place.site_file("data/week-20/routes.", ".json");
    let server = Server::start(&place, &[]);
    let whole = place.read(&format!("site/{quiz}"));
    for (accept, encoding, length) in [
        ("", "", whole.len()),
        ("identity", "", whole.len()),
        ("gzip, deflate, br, zstd", "br", place.size(&format!("site/{quiz}.br"))),
        ("gzip, deflate", "gzip", place.size(&format!("site/{quiz}.gz"))),
        ("br;q=0, gzip", "gzip", place.size(&format!("site/{quiz}.gz"))),
    ] {
        let answer = server.ask("GET", &format!("/{quiz}"), &format!("Accept-Encoding: {accept}\r\n"));
        assert_eq!(
            (
                answer.status,
                answer.header("content-type"),
                answer.header("content-encoding")
            ),
            (200, "application/json", encoding),
            "{accept}"
        );
        assert_eq!(answer.header("content-length"), length.to_string(), "{accept}");
        assert_eq!(answer.header("vary"), "accept-encoding", "{accept}");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    }
    // A link beside a file may lead out of the site.
    #[cfg(unix)]
    {
        std::fs::remove_file(place.path(&format!("site/{quiz}.br"))).unwrap();
        std::os::unix::fs::symlink(place.path("exercises/ids.lock"), place.path(&format!("site/{quiz}.br"))).unwrap();
        let answer = server.ask("GET", &format!("/{quiz}"), "Accept-Encoding: br\r\n");
        assert_eq!((answer.header("content-encoding"), &answer.body), ("", &whole));
    }
}

#[test]
fn every_answer_carries_the_policy() {
    let place = Place::built();
    let server = Server::start(&place, &[]);
    for (path, status) in [("/", 200), ("/nothing", 404), ("/data", 307)] {
        let answer = server.get(path);
        assert_eq!(answer.status, status, "{path}");
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';")
                && !policy.contains("frame-ancestors"),
            "{policy}"
        );
        assert_eq!(
            (
                answer.header("x-content-type-options"),
                answer.header("referrer-policy")
            ),
            ("nosniff", "no-referrer")
        );
        // A sandboxed frame and a page of another host may load it.
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
}

#[test]
fn only_what_is_in_the_site_is_served() {
    let place = Place::built();
    place.write("secret.txt", "secret");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(place.path("secret.txt"), place.path("site/link.txt")).unwrap();
        std::os::unix::fs::symlink(place.path(""), place.path("site/up")).unwrap();
    }
    let server = Server::start(&place, &[]);
    for path in [
        "/../secret.txt",
        "/data/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/..%5csecret.txt",
        "/%252e%252e/secret.txt",
        "//secret.txt",
        "/link.txt",
        "/up/secret.txt",
        "/secret.txt%00.html",
        "/.sandtable-site",
        "/data/",
        "/data/week-20/",
    ] {
        let answer = server.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.head);
        assert!(!answer.body.contains("secret"), "{path}");
    }
}

#[test]
fn only_reading_is_possible() {
    let place = Place::built();
    let server = Server::start(&place, &[]);
    let head = server.ask("HEAD", "/", "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(
        head.header("content-length"),
        place.read("site/index.html").len().to_string()
    );
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = server.ask(method, "/", "");
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method}");
    }
}

#[test]
fn a_site_can_lie_under_a_path() {
    let place = Place::built();
    let server = Server::start(&place, &["--base", "/some/path"]);
    assert!(server.line.ends_with("/some/path/\n"), "{}", server.line);
    for path in ["/", "/some/path"] {
        let answer = server.get(path);
        assert_eq!(
            (answer.status, answer.header("location")),
            (307, "/some/path/"),
            "{path}"
        );
    }
    assert_eq!(server.get("/some/path/").status, 200);
    assert_eq!(server.get("/some/path/data/course.json").status, 200);
    assert_eq!(server.get("/data/course.json").status, 404);
    assert_eq!(server.get("/some/pathology").status, 404);
}

#[test]
fn what_hinders_it_is_said() {
    let place = Place::built();
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = place.run(&["serve", "site", "--port", &port]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(said.err.contains(&port) && said.err.contains("PORT="), "{}", said.err);
    for (args, says) in [
        (&["serve", "exercises"][..], "./dev build"),
        (&["serve", "nowhere"], "nowhere"),
        (&["serve", "site", "--base", "/../"], "/../"),
    ] {
        let said = place.run(args);
        assert_eq!(said.code, Some(1));
        assert!(said.err.contains(says), "{}", said.err);
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_well() {
    let place = Place::built();
    for signal in ["INT", "TERM"] {
        let mut server = Server::start(&place, &[]);
        // A browser that keeps its connection does not keep the server.
        let _open = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        let sent = std::process::Command::new("kill")
            .args([&format!("-{signal}"), &server.child.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
        assert_eq!(server.child.wait().unwrap().code(), Some(0), "{signal}");
    }
}
