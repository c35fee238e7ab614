//! Files as a good host sends them: `.br` and `.gz` beside every file that gets smaller by it.
//!
//! The same bytes give the same bytes: no time and no name stands in them.

use std::io::Write;

use flate2::{Compression, GzBuilder};

use crate::failure::{Doing, Failure};
use crate::files::Files;

/// How a name ends whose content is worth compressing. Pictures are compressed already.
const TEXTS: [&str; 9] = ["html", "js", "mjs", "css", "json", "svg", "wasm", "txt", "xml"];

/// What stands beside a file for a host that sends it compressed.
pub(crate) const ENDINGS: [&str; 2] = ["br", "gz"];

/// The compressed files, by their names: `app.js.br`, `app.js.gz`.
pub(crate) fn beside(files: &Files) -> Result<Files, Failure> {
    let worth: Vec<(&String, &Vec<u8>)> = files.iter().filter(|(path, _)| is_text(path)).collect();
    // Brotli at its best takes its time: a thread a share, dealt out by turns since neighbours are alike.
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let results = std::thread::scope(|scope| {
        let share = |first: usize| {
            let share: Vec<_> = worth.iter().skip(first).step_by(threads).collect();
            scope.spawn(move || {
                share
                    .into_iter()
                    .map(|(path, bytes)| both(path, bytes))
                    .collect::<Vec<_>>()
            })
        };
        let running: Vec<_> = (0..threads).map(share).collect();
        running
            .into_iter()
            .map(std::thread::ScopedJoinHandle::join)
            .collect::<Vec<_>>()
    });
    let mut beside = Files::new();
    for result in results {
        let share = result.map_err(|_| Failure::new("Compressing stopped by a fault of ours."))?;
        for pair in share {
            beside.extend(pair?);
        }
    }
    Ok(beside)
}

fn is_text(path: &str) -> bool {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    !name.starts_with('.') && name.rsplit_once('.').is_some_and(|(_, ending)| TEXTS.contains(&ending))
}

/// A file in both forms. A form that is no smaller is left out: a host then sends the file itself.
fn both(path: &str, bytes: &[u8]) -> Result<Files, Failure> {
    let forms = ENDINGS.into_iter().zip([brotli(bytes)?, gzip(bytes)?]);
    let smaller = forms.filter(|(_, form)| form.len() < bytes.len());
    Ok(smaller
        .map(|(ending, form)| (format!("{path}.{ending}"), form))
        .collect())
}

/// Quality 11, window 22 bits.
pub(crate) fn brotli(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    writer.write_all(bytes).doing(|| "Cannot compress".to_owned())?;
    Ok(writer.into_inner())
}

/// Level 9, without a time.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut writer = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    writer
        .write_all(bytes)
        .and_then(|()| writer.finish())
        .doing(|| "Cannot compress".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn site() -> Files {
        let long = "Where is a packet sent? ".repeat(40).into_bytes();
        [
            "index.html",
            "data/week-20/a.0123456789.json",
            "app_bg.wasm",
            "photo.png",
            ".nojekyll",
            "LICENSE",
        ]
        .into_iter()
        .map(|path| (path.to_owned(), long.clone()))
        .chain([("tiny.css".to_owned(), b"a{}".to_vec())])
        .collect()
    }

    #[test]
    fn what_gets_smaller_has_both_forms_and_they_hold_the_file() {
        let (files, beside) = (site(), beside(&site()).unwrap());
        let names: Vec<&String> = beside.keys().collect();
        assert_eq!(
            names,
            [
                "app_bg.wasm.br",
                "app_bg.wasm.gz",
                "data/week-20/a.0123456789.json.br",
                "data/week-20/a.0123456789.json.gz",
                "index.html.br",
                "index.html.gz",
            ]
        );
        for (path, form) in &beside {
            let (name, ending) = path.rsplit_once('.').unwrap();
            let mut read = Vec::new();
            if ending == "br" {
                brotli::Decompressor::new(form.as_slice(), 4096)
                    .read_to_end(&mut read)
                    .unwrap();
            } else {
                flate2::read::GzDecoder::new(form.as_slice())
                    .read_to_end(&mut read)
                    .unwrap();
            }
            assert_eq!(read, files[name], "{path}");
        }
    }

    #[test]
    fn twice_the_same() {
        assert_eq!(beside(&site()).unwrap(), beside(&site()).unwrap());
        // Bytes 4 to 8 are the time.
        assert_eq!(gzip(b"x").unwrap().get(4..8), Some(&[0; 4][..]));
    }
}
