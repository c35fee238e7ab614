//! Bytes as text that takes little room in a page: LZMA, which beats what browsers can unpack by themselves by a fifth,
//! and digits to the base of 93, which beat base64 by a twelfth. `unpack.js` is the other side.

use std::io::Write;

use lzma_rust2::{EncodeMode, LzmaOptions, LzmaWriter, MfType};

use crate::failure::{Doing, Failure};

/// As many characters stand in a line: enough to cost nothing, few enough for an editor.
const LINE: usize = 4000;

/// Packs bytes.
pub(super) fn pack(bytes: &[u8]) -> Result<String, Failure> {
    Ok(text(&lzma(bytes)?))
}

/// LZMA without a header: three bits of literal context, no bits of position, whoever unpacks it knows the size.
fn lzma(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let cannot = || "Cannot compress".to_owned();
    // The whole of it is the dictionary. Where that is small the encoder wants some room all the same.
    let size = u32::try_from(bytes.len()).doing(cannot)?.max(1 << 16);
    let options = LzmaOptions::new(
        size,
        3,
        0,
        0,
        EncodeMode::Normal,
        LzmaOptions::NICE_LEN_MAX,
        MfType::Bt4,
        512,
    );
    let mut writer = LzmaWriter::new_no_header(Vec::new(), &options, false).doing(cannot)?;
    writer.write_all(bytes).doing(cannot)?;
    writer.finish().doing(cannot)
}

/// As in basE91, two digits stand for thirteen bits or fourteen, but there are 93 of them: printable ASCII without `<`, so
/// that nothing in them is taken for the end of their element.
fn text(bytes: &[u8]) -> String {
    let mut digits = Vec::with_capacity(bytes.len() * 5 / 4);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in bytes {
        bits |= u32::from(*byte) << count;
        count += 8;
        if count > 13 {
            // Of 93 * 93 pairs, 8192 are thirteen bits; the 457 that are left stand for a fourteenth.
            let taken = if bits & 8191 > 456 { 13 } else { 14 };
            digits.extend(pair(bits & ((1 << taken) - 1)));
            bits >>= taken;
            count -= taken;
        }
    }
    if count > 0 {
        let [low, high] = pair(bits);
        digits.push(low);
        if count > 7 || bits > 92 {
            digits.push(high);
        }
    }
    let lines = digits.chunks(LINE).map(String::from_utf8_lossy);
    lines.flat_map(|line| [line, "\n".into()]).collect()
}

fn pair(number: u32) -> [u8; 2] {
    [number % 93, number / 93].map(|digit| {
        let code = 33 + u8::try_from(digit).unwrap_or(0);
        code + u8::from(code >= b'<')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `fromText`, once more.
    fn bytes(text: &str) -> Vec<u8> {
        let digits = text.bytes().filter(|code| *code > 32);
        let digits = digits.map(|code| u32::from(code) - 33 - u32::from(code > b'<'));
        let digits: Vec<u32> = digits.collect();
        let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
        for two in digits.chunks(2) {
            let pair = two[0] + two.get(1).unwrap_or(&0) * 93;
            bits |= pair << count;
            if two.len() == 1 {
                bytes.push(u8::try_from(bits & 255).unwrap());
                break;
            }
            count += if pair & 8191 > 456 { 13 } else { 14 };
            while count > 7 {
                bytes.push(u8::try_from(bits & 255).unwrap());
                bits >>= 8;
                count -= 8;
            }
        }
        bytes
    }

    #[test]
    fn the_text_is_safe_in_a_page_and_takes_23_per_cent() {
        let random: Vec<u8> = (0..40_000_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 23) as u8)
            .collect();
        let text = text(&random);
        assert!(text.lines().all(|line| line.len() <= LINE));
        assert!(text.bytes().all(|code| (33..127).contains(&code) || code == b'\n'));
        assert!(!text.contains('<'));
        assert!(text.len() < random.len() * 124 / 100, "{}", text.len());
    }

    #[test]
    fn it_is_smaller_than_gzip_makes_it_and_twice_the_same() {
        let long: String = (0..3000)
            .map(|n| format!("A packet for 10.{}.0.0/16 is sent to {}. ", n * n % 251, n % 7))
            .collect();
        let packed = lzma(long.as_bytes()).unwrap();
        assert!(packed.len() < crate::compress::gzip(long.as_bytes()).unwrap().len());
        assert_eq!(lzma(long.as_bytes()).unwrap(), packed);
    }

    proptest! {
        #[test]
        fn text_gives_the_bytes_back(original: Vec<u8>) {
            prop_assert_eq!(bytes(&text(&original)), original);
        }

        #[test]
        fn what_was_packed_is_unpacked(original in proptest::collection::vec(0_u8..4, 0..2000)) {
            use std::io::Read;
            let packed = lzma(&original).unwrap();
            let size = u32::try_from(original.len()).unwrap();
            let mut reader =
                lzma_rust2::LzmaReader::new(packed.as_slice(), u64::from(size), 3, 0, 0, 1 << 16, None).unwrap();
            let mut read = Vec::new();
            reader.read_to_end(&mut read).unwrap();
            prop_assert_eq!(read, original);
        }
    }
}
