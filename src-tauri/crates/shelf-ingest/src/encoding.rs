//! The letters of a text file.

use crate::Reason;
use crate::words::nfc;

/// A text and what has to be said about its letters.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// "mã chữ cũ …", where the letters are those of a font from before Unicode.
    pub(crate) doubt: Option<String>,
}

/// Reads UTF-8 and UTF-16, with or without a byte order mark. Letters of TCVN3 and VNI fonts are not
/// converted: bytes that hold them are refused by name, Unicode text that holds them is doubtful.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, Reason> {
    let text = match utf16(bytes) {
        Some(text) => text?,
        None => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            match std::str::from_utf8(bytes) {
                Ok(text) => text.to_string(),
                Err(_) => return Err(refuse(bytes)),
            }
        }
    };
    if text.contains('\0') {
        return Err(Reason::Encoding("it holds zero bytes: no text".into()));
    }
    let doubt =
        old_letters(&text).map(|name| format!("mã chữ cũ ({name}), chưa chuyển sang Unicode"));
    Ok(Decoded {
        text: nfc(text),
        doubt,
    })
}

fn utf16(bytes: &[u8]) -> Option<Result<String, Reason>> {
    let unit: fn([u8; 2]) -> u16;
    let rest = match bytes {
        [0xff, 0xfe, rest @ ..] => {
            unit = u16::from_le_bytes;
            rest
        }
        [0xfe, 0xff, rest @ ..] => {
            unit = u16::from_be_bytes;
            rest
        }
        _ => {
            // Without a mark: spaces and digits leave a zero byte in every pair.
            let head = &bytes[..bytes.len().min(2000)];
            let zeros = |odd: usize| {
                let side = head.iter().skip(odd).step_by(2);
                side.filter(|b| **b == 0).count() * 10 > head.len()
            };
            unit = match (zeros(0), zeros(1)) {
                (false, true) => u16::from_le_bytes,
                (true, false) => u16::from_be_bytes,
                _ => return None,
            };
            bytes
        }
    };
    let (pairs, odd) = rest.as_chunks::<2>();
    if !odd.is_empty() {
        return Some(Err(Reason::Damaged(
            "UTF-16 that ends in half a letter".into(),
        )));
    }
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    Some(String::from_utf16(&units).map_err(|_| Reason::Encoding("broken UTF-16".into())))
}

/// Why bytes that are no Unicode are refused: the old fonts are known by their letters.
fn refuse(bytes: &[u8]) -> Reason {
    let latin: String = bytes.iter().map(|b| char::from(*b)).collect();
    match old_letters(&latin) {
        Some(name) => Reason::Encoding(format!(
            "mã chữ cũ {name}, which is not converted yet: convert it to Unicode with UniKey"
        )),
        None => Reason::Encoding("neither UTF-8 nor UTF-16".into()),
    }
}

const TCVN3: &str = "¨©®¸¹¶·µ»¼½¾¡¢£¤¥¦§«¬\u{ad}";
const UNICODE: &str = "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹơưđăƠƯĐĂ";
const VNI: [&str; 34] = [
    "aâ", "aê", "eâ", "oâ", "aù", "aø", "aû", "aõ", "aï", "aé", "aè", "aá", "aà", "aå", "aã", "aä",
    "eù", "eø", "eû", "eõ", "eï", "eá", "eà", "eå", "eã", "eä", "oá", "oà", "oå", "oã", "oä", "öô",
    "uù", "uø",
];
const VNI_ALONE: &str = "öñæ";

/// The encoding from before Unicode whose letters a text is full of. The shares are those measured on
/// corpus paragraphs encoded each way: Unicode letters above 3 % decide, then 2 % of the old ones.
pub(crate) fn old_letters(text: &str) -> Option<&'static str> {
    let sample: String = text.chars().take(20_000).collect();
    let letters = sample.chars().filter(|c| !c.is_whitespace()).count().max(1) as f64;
    let share = |set: &str| sample.chars().filter(|c| set.contains(*c)).count() as f64 / letters;
    let (tcvn3, unicode) = (share(TCVN3), share(UNICODE));
    let pairs: usize = VNI.iter().map(|pair| sample.matches(pair).count()).sum();
    let vni = pairs as f64 / letters + share(VNI_ALONE);
    if unicode > 0.03 && unicode >= tcvn3.max(vni) {
        None
    } else if tcvn3 > 0.02 && tcvn3 >= 0.8 * vni {
        Some("TCVN3 (ABC)")
    } else if vni > 0.02 {
        Some("VNI")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAW: &str = "Điều 1. Phạm vi điều chỉnh\nLuật này quy định về đất đai.";

    fn utf16le(text: &str, mark: bool) -> Vec<u8> {
        let mark = if mark { &[0xff, 0xfe][..] } else { &[] };
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        mark.iter().copied().chain(units).collect()
    }

    #[test]
    fn unicode_is_read_with_and_without_a_mark() {
        let marked = [b"\xef\xbb\xbf", LAW.as_bytes()].concat();
        for bytes in [
            LAW.as_bytes().to_vec(),
            marked,
            utf16le(LAW, true),
            utf16le(LAW, false),
        ] {
            let decoded = decode(&bytes).unwrap();
            assert_eq!(decoded.text, LAW);
            assert_eq!(decoded.doubt, None);
        }
    }

    #[test]
    fn letters_from_before_unicode_are_called_by_name() {
        // "Cộng hòa xã hội chủ nghĩa Việt Nam, độc lập" in TCVN3 and in VNI bytes.
        let tcvn3 = b"C\xe9ng h\xdfa x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam, \xae\xe9c l\xcbp, quy \xae\xb8nh, \xad\xac\xa9\xb8";
        let text = decode(tcvn3).unwrap_err().to_string();
        assert!(text.contains("mã chữ cũ TCVN3"), "{text}");
        let vni = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, ñoäc laäp töï do haïnh phuùc";
        let bytes: Vec<u8> = vni.chars().map(|c| c as u8).collect();
        let text = decode(&bytes).unwrap_err().to_string();
        assert!(text.contains("mã chữ cũ VNI"), "{text}");
        assert!(decode(vni.as_bytes()).unwrap().doubt.is_some());
    }

    #[test]
    fn other_bytes_are_refused() {
        assert!(matches!(
            decode(b"ab\xc3\x28 \xff"),
            Err(Reason::Encoding(_))
        ));
        assert!(matches!(decode(b"\xff\xfea\0b"), Err(Reason::Damaged(_))));
        assert!(matches!(
            decode(b"abc\0defghijklmnopqrs"),
            Err(Reason::Encoding(_))
        ));
    }
}
