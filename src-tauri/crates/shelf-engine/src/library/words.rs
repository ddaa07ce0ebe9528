//! How a reader says where something stands, from ids alone.

use shelf_law::ProvisionId;

/// The words for a provision that need no text: `dieu_6.khoan_2` is `khoản 2 Điều 6`; what is attached
/// is named by `attachment`.
pub(crate) fn words_of(id: &ProvisionId, attachment: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for segment in id.as_str().rsplit('.') {
        let (level, number) = segment.split_once('_').unwrap_or((segment, ""));
        let number = letters(&number.replace('_', "."));
        words.push(match level {
            "dieu" => format!("Điều {number}"),
            "khoan" => format!("khoản {number}"),
            "diem" => format!("điểm {number}"),
            "muc" => format!("mục {number}"),
            "phan" => format!("phần {}", roman(&number)),
            "phuluc" => format!("Phụ lục {}", roman(&number)),
            "mau" => format!("Mẫu số {number}"),
            "kemtheo" => attachment.to_string(),
            _ => segment.to_string(),
        });
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// đ stands as `dd` in ids.
fn letters(number: &str) -> String {
    number.replace("dd", "đ")
}

fn roman(number: &str) -> String {
    let Ok(mut left) = number.parse::<u16>() else {
        return number.to_uppercase();
    };
    if !(1..=39).contains(&left) {
        return number.to_string();
    }
    let mut out = String::new();
    for (value, letters) in [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
        while left >= value {
            out.push_str(letters);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_from_the_inside_out() {
        let words = |id: &str| words_of(&id.parse().unwrap(), "Quy chế");
        assert_eq!(
            words("dieu_12dd.khoan_2a.diem_dd"),
            "điểm đ khoản 2a Điều 12đ"
        );
        assert_eq!(words("kemtheo_1.dieu_5"), "Điều 5 Quy chế");
        assert_eq!(words("phan_3.muc_2_4"), "mục 2.4 phần III");
        assert_eq!(words("phuluc_14"), "Phụ lục XIV");
    }
}
