//! The form in which a record lies on a shelf: `{"v":1,"crc":"8 hex","dev":"..","hlc":[ms,n],"body":{..}}`.
//!
//! These five fields are the envelope of every version to come; `v` is the version of the body. `crc` covers the texts
//! of the four others, each followed by a line feed, so any flipped byte is noticed, one in the version number too.
//! What is to be added later goes into the body, where it is covered and where older builds keep it.

use std::fmt;

use crate::fields::{Fields, value};
use crate::json::quote;
use crate::{Hlc, Record};

/// The version of the body that this build writes.
pub const VERSION: u64 = 1;

/// No value longer than this is read or written: all of localStorage holds no more.
pub const MAX_BYTES: usize = 5 * 1024 * 1024;

/// What a stored value turned out to be.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub enum Restored {
    /// There is no value.
    Empty,
    /// A good record.
    Read {
        /// The record, brought to the present version.
        record: Record,
        /// The device that wrote it.
        dev: String,
        /// When, by that device's clock.
        hlc: Hlc,
    },
    /// Written by a newer version: to be left as it is.
    Newer {
        /// The version.
        v: u64,
    },
    /// To be kept aside to the letter.
    Damaged {
        /// What is wrong.
        why: Damage,
    },
}

/// What is wrong with a stored value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Longer than [`MAX_BYTES`].
    TooLong,
    /// No envelope: cut off, not JSON, or a field missing or of the wrong form.
    Form(String),
    /// The text is not what was written.
    Checksum,
    /// The checksum holds, but the body is no record.
    Body(String),
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Damage::TooLong => write!(f, "longer than {MAX_BYTES} bytes"),
            Damage::Form(why) => write!(f, "not a stored record: {why}"),
            Damage::Checksum => f.write_str("the checksum does not match"),
            Damage::Body(why) => write!(f, "the checksum matches, but this is no record: {why}"),
        }
    }
}

/// Reads a stored value: the one gate through which every record comes. Any text is safe; nesting is not followed
/// further than serde_json's own limit, and what is opaque is skipped without recursion.
pub fn restore(stored: Option<&str>) -> Restored {
    let Some(text) = stored else { return Restored::Empty };
    match open(text) {
        Ok(restored) => restored,
        Err(why) => Restored::Damaged { why },
    }
}

/// Writes a record down, with the device and the time of writing.
#[must_use]
pub fn seal(record: &Record, dev: &str, hlc: Hlc) -> String {
    let v = VERSION.to_string();
    let (dev, hlc, body) = (quote(dev), hlc.to_json(), record.to_json());
    let crc = checksum([&v, &dev, &hlc, &body]);
    format!(r#"{{"v":{v},"crc":"{crc}","dev":{dev},"hlc":{hlc},"body":{body}}}"#)
}

/// True when a value says it is of a version after ours and nothing shows that to be a damaged number.
pub(crate) fn is_newer(text: &str) -> bool {
    // The number first: this is asked at every write, and decoding a whole record to answer it would be waste.
    let says_so = Fields::read(text).is_ok_and(|fields| fields.number("v").is_some_and(|v| v > VERSION));
    says_so && matches!(restore(Some(text)), Restored::Newer { .. })
}

/// The texts of the envelope. It holds these fields and no other, because a field outside the checksum could be damaged
/// or lost without notice.
struct Envelope<'a> {
    crc: String,
    dev: &'a str,
    hlc: &'a str,
    body: &'a str,
}

fn open(text: &str) -> Result<Restored, Damage> {
    if text.len() > MAX_BYTES {
        return Err(Damage::TooLong);
    }
    let form = |why: &str| Damage::Form(why.to_owned());
    let fields = Fields::read(text).map_err(Damage::Form)?;
    let v = fields.number("v").ok_or_else(|| form("it has no version"))?;
    let envelope = Envelope::of(&fields);
    if v > VERSION {
        // The number itself may be what was damaged: then the checksum fits a version we know.
        let fits = |known: u64| envelope.as_ref().is_some_and(|envelope| envelope.fits(known));
        return if (1..=VERSION).any(fits) {
            Err(Damage::Checksum)
        } else {
            Ok(Restored::Newer { v })
        };
    }
    let envelope = envelope.ok_or_else(|| form("its fields are not v, crc, dev, hlc and body"))?;
    if !envelope.fits(v) {
        return Err(Damage::Checksum);
    }
    let dev = fields.string("dev").ok_or_else(|| form("dev is no text"))?;
    let hlc = value(envelope.hlc).as_ref().and_then(Hlc::read);
    let hlc = hlc.ok_or_else(|| form("hlc is no time"))?;
    let record = migrate(v, envelope.body)?;
    Ok(Restored::Read { record, dev, hlc })
}

impl<'a> Envelope<'a> {
    fn of(fields: &Fields<'a>) -> Option<Self> {
        let envelope = Envelope {
            crc: fields.string("crc")?,
            dev: fields.one("dev")?,
            hlc: fields.one("hlc")?,
            body: fields.one("body")?,
        };
        (fields.len() == 5).then_some(envelope)
    }

    fn fits(&self, v: u64) -> bool {
        self.crc == checksum([&v.to_string(), self.dev, self.hlc, self.body])
    }
}

/// Brings a body to the present version, one arm a version, each a step to the next: `1 => from_v2(to_v2(body))` and
/// so on. `tests/frozen/` holds a value of each version as it was written, and every build has to read them all.
fn migrate(v: u64, body: &str) -> Result<Record, Damage> {
    match v {
        1 => Record::from_json(body).map_err(Damage::Body),
        _ => Err(Damage::Form(format!("there is no version {v}"))),
    }
}

fn checksum(texts: [&str; 4]) -> String {
    let [v, dev, hlc, body] = texts;
    let covered = [v, dev, hlc, body, ""].join("\n");
    format!("{:08x}", crc32(covered.as_bytes()))
}

/// CRC-32 as zip, PNG and Ethernet have it (reflected, polynomial edb88320).
#[must_use]
pub fn crc32(bytes: &[u8]) -> u32 {
    // A byte always finds its place among 256.
    let step = |crc: u32, byte: &u8| (crc >> 8) ^ CRC_OF_BYTE[usize::from(crc.to_le_bytes()[0] ^ byte)];
    !bytes.iter().fold(u32::MAX, step)
}

const CRC_OF_BYTE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0xedb8_8320
            } else {
                crc >> 1
            };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crc32_has_its_golden_value() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn an_empty_record_is_sealed_like_this() {
        assert_eq!(
            seal(&Record::default(), "d", Hlc { ms: 5, n: 1 }),
            r#"{"v":1,"crc":"dc8897c9","dev":"d","hlc":[5,1],"body":{"attempts":{},"drafts":{}}}"#
        );
    }
}
