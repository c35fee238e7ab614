//! Short names between a module and its script. `wasm-bindgen` names what a module takes from its script
//! `__wbg_getRootNode_6de097189559981d`: sixteen digits that no compression makes smaller, once in each of the two. Nobody
//! else reads these names, so both get shorter ones. It takes 2 KB off an embedded quiz, and nearly 4 off the app. What a
//! module says of how it was made is read by nobody either, and left out.

use std::ops::Range;

use crate::files::Files;

/// The section of a module that says what it takes.
const IMPORTS: u8 = 2;
/// A section that means nothing to who runs it.
const CUSTOM: u8 = 0;

/// Shortens the names of every module that has its script beside it.
pub(super) fn shorten(files: &mut Files) {
    let stems: Vec<String> = files
        .keys()
        .filter_map(|path| Some(path.strip_suffix("_bg.wasm")?.to_owned()))
        .collect();
    for stem in stems {
        let (script, module) = (format!("{stem}.js"), format!("{stem}_bg.wasm"));
        let text = files.get(&script).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let (Some(text), Some(bytes)) = (text, files.get(&module)) else {
            continue;
        };
        if let Some((text, bytes)) = shortened(text, bytes) {
            files.insert(script, text.into_bytes());
            files.insert(module, bytes);
        }
    }
}

/// A script and its module with shorter names; nothing where the module takes nothing, or is none.
fn shortened(script: &str, module: &[u8]) -> Option<(String, Vec<u8>)> {
    let sections = sections(module)?;
    let imports = imports(module, sections.iter().find(|section| section.id == IMPORTS)?)?;
    let mut script = script.to_owned();
    let mut body = number(imports.len());
    for (import, place) in imports.iter().zip(0..) {
        // A name that does not stand in the script once is left to both as it is.
        let mut new = import.name.to_owned();
        if import.name.starts_with("__w")
            && let Some(at) = only(&script, import.name)
        {
            new = short(place);
            script.replace_range(at, &new);
        }
        for text in [import.from, &new] {
            body.extend(number(text.len()));
            body.extend(text.as_bytes());
        }
        body.extend(import.kind);
    }
    let mut out = MODULE.to_vec();
    for Section { id, body: old } in sections.into_iter().filter(|section| section.id != CUSTOM) {
        let body = if id == IMPORTS { &body } else { module.get(old)? };
        out.push(id);
        out.extend(number(body.len()));
        out.extend(body);
    }
    Some((script, out))
}

/// `a`, `b` ... `z`, `ba`: as no name of `wasm-bindgen` is.
fn short(place: usize) -> String {
    let letter = ('a'..='z').nth(place % 26).unwrap_or('a');
    let before = if place < 26 { String::new() } else { short(place / 26) };
    before + &letter.to_string()
}

/// Where a name stands by itself, if that is one place alone.
fn only(script: &str, name: &str) -> Option<Range<usize>> {
    let is_part =
        |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$'));
    let mut places = script
        .match_indices(name)
        .map(|(at, _)| at..at + name.len())
        .filter(|at| {
            let before = at.start.checked_sub(1).map(|before| script.as_bytes()[before]);
            !is_part(before) && !is_part(script.as_bytes().get(at.end).copied())
        });
    match (places.next(), places.next()) {
        (Some(place), None) => Some(place),
        _ => None,
    }
}

/// One thing that a module takes.
struct Import<'a> {
    from: &'a str,
    name: &'a str,
    /// What it is, as it is written.
    kind: &'a [u8],
}

/// What every module begins with.
const MODULE: &[u8] = b"\0asm\x01\0\0\0";

/// A part of a module.
struct Section {
    id: u8,
    body: Range<usize>,
}

/// All of them; nothing where it is no module.
fn sections(module: &[u8]) -> Option<Vec<Section>> {
    if !module.starts_with(MODULE) {
        return None;
    }
    let mut at = Reader {
        bytes: module,
        place: MODULE.len(),
    };
    let mut all = Vec::new();
    while at.place < module.len() {
        let id = at.byte()?;
        let size = at.number()?;
        let end = at.place.checked_add(size).filter(|end| *end <= module.len())?;
        let body = at.place..end;
        all.push(Section { id, body });
        at.place = end;
    }
    Some(all)
}

/// What a module takes.
fn imports<'a>(module: &'a [u8], section: &Section) -> Option<Vec<Import<'a>>> {
    let mut at = Reader {
        bytes: module,
        place: section.body.start,
    };
    let mut all = Vec::new();
    for _ in 0..at.number()? {
        all.push(at.import()?);
    }
    (at.place == section.body.end).then_some(all)
}

struct Reader<'a> {
    bytes: &'a [u8],
    place: usize,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.place).copied();
        self.place += 1;
        byte
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a str> {
        let size = self.number()?;
        let bytes = self.bytes.get(self.place..self.place.checked_add(size)?)?;
        self.place += size;
        std::str::from_utf8(bytes).ok()
    }

    fn import(&mut self) -> Option<Import<'a>> {
        let (from, name, start) = (self.text()?, self.text()?, self.place);
        match self.byte()? {
            // A function, by the place of its type.
            0 => drop(self.number()?),
            // A table of something, or a memory: with its limits.
            kind @ (1 | 2) => {
                if kind == 1 {
                    self.byte()?;
                }
                let has_most = self.byte()? & 1 == 1;
                self.number()?;
                if has_most {
                    self.number()?;
                }
            }
            // A global: its type, and whether it changes.
            3 => drop((self.byte()?, self.byte()?)),
            _ => return None,
        }
        let kind = self.bytes.get(start..self.place)?;
        Some(Import { from, name, kind })
    }
}

/// A number as modules write them.
fn number(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        #[expect(clippy::cast_possible_truncation)] // seven bits
        let byte = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            bytes.push(byte);
            return bytes;
        }
        bytes.push(byte | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(imports: &[(&str, &[u8])]) -> Vec<u8> {
        let mut body = number(imports.len());
        for (name, kind) in imports {
            for text in ["./x_bg.js", name] {
                body.extend(number(text.len()));
                body.extend(text.as_bytes());
            }
            body.extend(*kind);
        }
        // Types before, code after: both stay as they are.
        let mut out = b"\0asm\x01\0\0\0\x01\x01\0\x02".to_vec();
        out.extend(number(body.len()));
        out.extend(body);
        out.extend(b"\x0a\x01\0");
        out
    }

    fn names(module: &[u8]) -> Vec<&str> {
        let sections = sections(module).unwrap();
        let section = sections.iter().find(|section| section.id == IMPORTS).unwrap();
        imports(module, section)
            .unwrap()
            .iter()
            .map(|import| import.name)
            .collect()
    }

    #[test]
    fn both_sides_get_the_same_short_names() {
        let taken = [
            ("__wbg_get_0c55869fe53c7d14", &b"\0\x05"[..]),
            ("__wbg_get_0c55869fe53c7d14_more", &b"\0\x80\x01"[..]),
            ("__wbindgen_cast_0000000000000001", &b"\x01\x6f\x01\x02\x80\x01"[..]),
            ("__wbg_memory_1", &b"\x02\0\x01"[..]),
            ("__wbg_global_1", &b"\x03\x7f\0"[..]),
        ];
        let script = "return{__wbg_get_0c55869fe53c7d14:function(){},__wbg_get_0c55869fe53c7d14_more:f,\
            \"__wbindgen_cast_0000000000000001\": g,__wbg_memory_1:m,__wbg_global_1:n}";
        let (script, short) = shortened(script, &module(&taken)).unwrap();
        assert_eq!(script, "return{a:function(){},b:f,\"c\": g,d:m,e:n}");
        assert_eq!(names(&short), ["a", "b", "c", "d", "e"]);
        let kinds = taken
            .iter()
            .zip(["a", "b", "c", "d", "e"])
            .map(|((_, kind), name)| (name, *kind));
        assert_eq!(short, module(&kinds.collect::<Vec<_>>()), "and nothing else is another");
    }

    #[test]
    fn what_it_says_of_how_it_was_made_is_left_out() {
        let plain = module(&[("a", b"\0\0")]);
        let told = [&plain[..8], b"\0\x04\x03who", &plain[8..], b"\0\x05\x04what"].concat();
        assert_eq!(shortened("", &told), Some((String::new(), plain)));
    }

    #[test]
    fn a_name_that_does_not_stand_there_once_is_left() {
        let taken = [
            ("__wbg_a_1", &b"\0\0"[..]),
            ("__wbg_b_1", &b"\0\0"[..]),
            ("plain", &b"\0\0"[..]),
        ];
        let script = "{__wbg_a_1:f,__wbg_a_1:g,plain:h,x__wbg_b_1:i}";
        let (new, short) = shortened(script, &module(&taken)).unwrap();
        assert_eq!(
            (new.as_str(), names(&short)),
            (script, vec!["__wbg_a_1", "__wbg_b_1", "plain"])
        );
    }

    #[test]
    fn names_are_all_different() {
        let all: std::collections::BTreeSet<String> = (0..2000).map(short).collect();
        assert_eq!(all.len(), 2000);
        assert_eq!(
            [0, 25, 26, 27, 675, 676].map(short),
            ["a", "z", "ba", "bb", "zz", "baa"].map(str::to_owned)
        );
    }

    #[test]
    fn what_is_no_module_is_left_and_cut_ones_do_no_harm() {
        let whole = module(&[("__wbg_a_1", b"\x01\x6f\x01\x02\x80\x01"), ("__wbg_b_1", b"\0\0")]);
        for end in 0..whole.len() {
            let _ = shortened("{__wbg_a_1:f,__wbg_b_1:g}", &whole[..end]);
            for byte in [0, 0x7f, 0x80, 0xff] {
                let mut broken = whole.clone();
                broken[end] = byte;
                let _ = shortened("{__wbg_a_1:f,__wbg_b_1:g}", &broken);
            }
        }
        assert!(shortened("x", b"\0asm").is_none() && shortened("x", b"").is_none());
    }
}
