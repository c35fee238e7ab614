/// The names of everything one course keeps on a shelf. Other courses and other pages of the same origin have other
/// names, and those are never touched.
///
/// | key | holds |
/// |---|---|
/// | `st1:<course>:<exercise>` | the record of one exercise |
/// | `st1:<course>:<exercise>:bak` | the good value that was there before it |
/// | `st1:<course>:meta` | the device's id |
/// | `st1:bad:<course>:<exercise or meta>:<n>` | what could not be read, to the letter |
pub(crate) struct Keys {
    own: String,
    bad: String,
}

const META: &str = "meta";

impl Keys {
    pub(crate) fn of(course: &str) -> Self {
        let course = escape(course, "bad");
        Keys {
            own: format!("st1:{course}:"),
            bad: format!("st1:bad:{course}:"),
        }
    }

    pub(crate) fn record(&self, exercise: &str) -> String {
        format!("{}{}", self.own, escape(exercise, META))
    }

    pub(crate) fn backup(&self, exercise: &str) -> String {
        format!("{}{}:bak", self.own, escape(exercise, META))
    }

    pub(crate) fn meta(&self) -> String {
        format!("{}{META}", self.own)
    }

    /// Where the n-th unreadable value of a record (or of the settings, `None`) is put aside.
    pub(crate) fn aside(&self, exercise: Option<&str>, n: u32) -> String {
        let name = exercise.map_or(META.to_owned(), |exercise| escape(exercise, META));
        format!("{}{name}:{n}", self.bad)
    }

    pub(crate) fn is_aside(&self, key: &str) -> bool {
        key.starts_with(&self.bad)
    }

    /// The exercise whose record stands under a key; `None` for any other key.
    pub(crate) fn exercise(&self, key: &str) -> Option<String> {
        let name = key.strip_prefix(&self.own)?;
        let exercise = unescape(name)?;
        // Only what `record` itself would write, so that no two keys mean one exercise.
        (escape(&exercise, META) == name).then_some(exercise)
    }
}

/// Ids hold no colon (the course tool refuses them); a host page may still write anything into an attribute. Then two
/// ids must not share a key.
fn escape(id: &str, reserved: &str) -> String {
    let plain = id.replace('%', "%25").replace(':', "%3A");
    let mut rest = plain.chars();
    match rest.next() {
        Some(first) if plain == reserved => format!("%{:02X}{}", u32::from(first), rest.as_str()),
        _ => plain,
    }
}

fn unescape(name: &str) -> Option<String> {
    let mut pieces = name.split('%');
    let mut id = pieces.next()?.to_owned();
    for piece in pieces {
        let byte = u8::from_str_radix(piece.get(..2)?, 16).ok()?;
        id.push(char::from(byte));
        id.push_str(piece.get(2..)?);
    }
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_as_designed() {
        let keys = Keys::of("level-4");
        assert_eq!(
            keys.record("week-20/transit-gateway"),
            "st1:level-4:week-20/transit-gateway"
        );
        assert_eq!(
            keys.backup("week-20/transit-gateway"),
            "st1:level-4:week-20/transit-gateway:bak"
        );
        assert_eq!(keys.meta(), "st1:level-4:meta");
        assert_eq!(keys.aside(Some("week-20/x"), 2), "st1:bad:level-4:week-20/x:2");
        assert_eq!(keys.aside(None, 1), "st1:bad:level-4:meta:1");
    }

    #[track_caller]
    fn means(key: &str, expect: Option<&str>) {
        assert_eq!(Keys::of("level-4").exercise(key).as_deref(), expect, "{key}");
    }

    #[test]
    fn only_the_key_of_a_record_means_an_exercise() {
        means("st1:level-4:week-20/x", Some("week-20/x"));
        means("st1:level-4:week-20/x:bak", None);
        means("st1:level-4:meta", None);
        means("st1:level-5:week-20/x", None);
        means("st1:bad:level-4:week-20/x:1", None);
        means("theme", None);
        means("", None);
        means("st1:level-4:%", None);
        means("st1:level-4:%4", None);
        means("st1:level-4:%é", None);
        means("st1:level-4:%41", None);
        means("st1:level-4:%3a", None);
    }

    #[test]
    fn no_two_ids_share_a_key() {
        for id in ["meta", "x:bak", "a%3Ab", "a:b", "%", "%25", "é:ü", "", "week-20/x"] {
            let keys = Keys::of("level-4");
            assert_eq!(keys.exercise(&keys.record(id)).as_deref(), Some(id));
            assert_ne!(keys.record(id), keys.meta());
        }
        assert!(!Keys::of("bad").record("x:1").starts_with("st1:bad:"));
    }
}
