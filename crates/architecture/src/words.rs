//! Letters: what counts as one, which are alike.

/// A text as it is compared in a search: in small letters. Latin, Greek and Cyrillic letters have them; what `std` knows
/// of all others would take more room than the search.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars().map(small).collect()
}

/// A sentence: its first letter is a capital, where it is one of a to z.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// "1 part", "2 parts".
#[must_use]
pub fn count(number: usize, what: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    [&number.to_string(), " ", what, ending].concat()
}

/// True when a text has another in it.
///
/// The search of `std`, which is quick in long texts, would be the longest function of all that is about words.
#[must_use]
pub fn has(text: &str, part: &str) -> bool {
    let mut rest = text.as_bytes();
    loop {
        if rest.starts_with(part.as_bytes()) {
            return true;
        }
        match rest {
            [_, after @ ..] => rest = after,
            [] => return false,
        }
    }
}

fn small(letter: char) -> char {
    let code = letter as u32;
    let small = match code {
        // Alphabets that stand one after the other.
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE | 0x391..=0x3A1 | 0x3A3..=0x3AB | 0x410..=0x42F => code + 32,
        0x400..=0x40F => code + 80,
        0x388..=0x38A => code + 37,
        0x386 => code + 38,
        0x38C => code + 64,
        0x38E | 0x38F => code + 63,
        // Pairs, the small one behind: it has an odd code, or an even one.
        0x100..=0x12F | 0x132..=0x137 | 0x14A..=0x177 => code | 1,
        0x460..=0x481 | 0x48A..=0x4BF | 0x4D0..=0x52F | 0x1E00..=0x1E95 | 0x1EA0..=0x1EFF => code | 1,
        0x139..=0x148 | 0x179..=0x17E => code + (code & 1),
        _ => code,
    };
    char::from_u32(small).unwrap_or(letter)
}

/// The beginning of a text that has at most so many letters, as people count them: what is joined to a letter stays with
/// it, or goes with it.
#[must_use]
pub fn cut(text: &str, most: usize) -> &str {
    let (mut letters, mut end) = (0, text.len());
    let mut before = '\0';
    let mut is_half_flag = false;
    for (place, (at, letter)) in text.char_indices().enumerate() {
        let is_flag = matches!(letter, '\u{1F1E6}'..='\u{1F1FF}');
        let goes_on = before == JOINER || is_mark(letter) || is_flag && is_half_flag;
        is_half_flag = is_flag && !is_half_flag;
        before = letter;
        // Nobody writes a letter of a hundred marks; who wants to fill a board with them is stopped.
        if goes_on && place < most.saturating_mul(MARKS) {
            continue;
        }
        letters += 1;
        if letters > most {
            end = at;
            break;
        }
    }
    text.get(..end).unwrap_or(text)
}

/// A text without its last letter.
#[must_use]
pub fn shorter(text: &str) -> &str {
    let mut end = 0;
    let mut letters = 0;
    loop {
        letters += 1;
        let next = cut(text, letters).len();
        if next >= text.len() {
            return text.get(..end).unwrap_or_default();
        }
        end = next;
    }
}

/// True when there is no letter in a text: what shows nothing is none.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|letter| letter.is_whitespace() || letter.is_control() || is_mark(letter) || is_hidden(letter))
}

/// Signs that only say where a line may break and which way it is read.
#[must_use]
pub fn is_hidden(letter: char) -> bool {
    matches!(letter as u32, 0xAD | 0x61C | 0x200B | 0x200E | 0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF)
}

/// What joins two signs to one.
const JOINER: char = '\u{200D}';
/// How many marks a letter may have, on average.
const MARKS: usize = 16;

/// Signs that belong to the one before: accents, vowel signs, the forms and colours of pictures.
fn is_mark(letter: char) -> bool {
    matches!(letter as u32,
        0x300..=0x36F | 0x483..=0x489 | 0x591..=0x5BD | 0x5BF..=0x5C7 | 0x610..=0x61A | 0x64B..=0x65F | 0x670
        | 0x6D6..=0x6ED | 0x900..=0x903 | 0x93A..=0x94F | 0x981..=0x983 | 0x9BC..=0x9CD | 0xBBE..=0xBCD
        | 0xE31 | 0xE34..=0xE3A | 0xE47..=0xE4E | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200C | 0x200D | 0x20D0..=0x20FF
        | 0x3099 | 0x309A | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F | 0x1F3FB..=0x1F3FF | 0xE0020..=0xE007F
        | 0xE0100..=0xE01EF)
}

#[cfg(test)]
mod tests {
    use super::{capital, cut, fold, has, is_blank, shorter, small};

    #[test]
    fn capitals_of_the_usual_alphabets_become_small() {
        assert_eq!(fold("Zone ÄÖÜ É Ž Ł ĄĘ ΑΩΆ ЖЁ Ђ 1"), "zone äöü é ž ł ąę αωά жё ђ 1");
        for letter in ('\0'..='\u{2000}').filter(|letter| small(*letter) != *letter) {
            assert_eq!(small(letter).to_string(), letter.to_lowercase().to_string(), "{letter}");
        }
    }

    #[test]
    fn what_is_joined_stays_whole() {
        let family = "👨\u{200D}👩\u{200D}👧";
        for whole in [family, "🇫🇷", "👍🏽", "❤\u{FE0F}", "e\u{301}", "नि", "ß"] {
            let three = [whole, whole, whole].concat();
            assert_eq!(cut(&three, 2), [whole, whole].concat());
            assert_eq!(cut(&three, 3), three);
            assert_eq!(shorter(&three), [whole, whole].concat());
            assert_eq!(shorter(whole), "");
        }
        assert_eq!(shorter(""), "");
        assert_eq!(cut("abc", 0), "");
    }

    #[test]
    fn sentences_begin_with_capitals() {
        for (text, is) in [
            ("", ""),
            ("a zone", "A zone"),
            ("VPC", "VPC"),
            ("élan", "élan"),
            ("1 flow", "1 flow"),
        ] {
            assert_eq!(capital(text), is);
        }
    }

    #[test]
    fn a_text_is_found_in_another() {
        for (text, part) in [("", ""), ("abc", ""), ("abc", "abc"), ("aab", "ab"), ("é", "é")] {
            assert!(has(text, part), "{part} in {text}");
        }
        for (text, part) in [("", "a"), ("abc", "ac"), ("ab", "abc"), ("è", "é")] {
            assert!(!has(text, part), "{part} in {text}");
        }
    }

    #[test]
    fn what_shows_nothing_is_blank() {
        for text in ["", " \t", "\u{a0}", "\u{200B}", "\u{200D}\u{FE0F}", "\u{202E} \u{FEFF}"] {
            assert!(is_blank(text), "{text:?}");
        }
        assert!(!is_blank(" a\u{301}"));
    }

    #[test]
    fn a_letter_of_endless_marks_is_cut_all_the_same() {
        let endless = ["a", &"\u{301}".repeat(5000)].concat();
        assert!(cut(&endless, 80).chars().count() < 2000);
    }
}
