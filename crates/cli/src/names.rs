//! File names that carry the hash of what they hold: such a file never changes and may be kept for good.

use sandtable_course::hex;

/// As many hex digits of the SHA-256 stand in a name.
const DIGITS: usize = 10;

/// `app.js` becomes `app.0123456789.js`.
pub(crate) fn hashed(name: &str, bytes: &[u8]) -> String {
    let hex = hex(bytes, DIGITS);
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hex}.{extension}"),
        None => format!("{name}.{hex}"),
    }
}

/// Whether a name carries a hash, [`hashed`]'s or a longer one of the course compiler.
pub(crate) fn is_hashed(name: &str) -> bool {
    unhashed(name).is_some()
}

/// `app.0123456789.js` becomes `app.js`; `None` for a name without a hash.
pub(crate) fn unhashed(name: &str) -> Option<String> {
    let (rest, extension) = name.rsplit_once('.')?;
    let (stem, hash) = rest.rsplit_once('.')?;
    let is_hash = hash.len() >= DIGITS && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (is_hash && !stem.is_empty()).then(|| format!("{stem}.{extension}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_carries_its_hash() {
        // SHA-256 of nothing begins e3b0c44298.
        assert_eq!(hashed("app_bg.wasm", b""), "app_bg.e3b0c44298.wasm");
        assert_eq!(hashed("LICENSE", b""), "LICENSE.e3b0c44298");
        assert_eq!(unhashed(&hashed("app.js", b"x")).as_deref(), Some("app.js"));
    }

    #[test]
    fn other_names_are_told_apart() {
        for name in [
            "app.js",
            "course.json",
            "a.min.js",
            "notes.20261125.txt",
            ".e3b0c44298.js",
            "x.E3B0C44298.js",
            "",
        ] {
            assert!(!is_hashed(name), "{name}");
        }
        assert!(is_hashed("transit-gateway.e3b0c44298fc.json"));
    }
}
