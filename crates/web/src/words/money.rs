//! 金额 Money: ¥1,234.50 and 壹仟贰佰叁拾肆元伍角整; whole fen, two decimals always (STYLE.md §5).

/// ¥1,234.50 from fen.
#[must_use]
pub fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    format!("{sign}¥{}.{:02}", super::count(i64::try_from(fen / 100).unwrap_or(i64::MAX)), fen % 100)
}

/// 壹仟贰佰叁拾肆元伍角整 from fen; used once, where the money is decided or paid.
#[must_use]
pub fn capitals(fen: i64) -> String {
    let sign = if fen < 0 { "负" } else { "" };
    let fen = fen.unsigned_abs();
    let (whole, jiao, last) = (fen / 100, fen / 10 % 10, fen % 10);
    let mut out = String::from(sign);
    if whole > 0 || fen == 0 {
        out += &whole_capitals(whole);
        out.push('元');
    }
    match (jiao, last) {
        (0, 0) => out.push('整'),
        (0, f) => {
            if whole > 0 {
                out.push('零');
            }
            out.push(DIGITS[usize_of(f)]);
            out.push('分');
        }
        (j, 0) => {
            out.push(DIGITS[usize_of(j)]);
            out.push_str("角整");
        }
        (j, f) => {
            out.push(DIGITS[usize_of(j)]);
            out.push('角');
            out.push(DIGITS[usize_of(f)]);
            out.push('分');
        }
    }
    out
}

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

fn usize_of(digit: u64) -> usize {
    usize::try_from(digit % 10).unwrap_or(0)
}

/// Groups of four digits, each with its unit, joined by 零 where a place is empty.
fn whole_capitals(n: u64) -> String {
    if n == 0 {
        return "零".into();
    }
    let mut out = String::new();
    let mut gap = false;
    for (power, unit) in [(3_u32, "万亿"), (2, "亿"), (1, "万"), (0, "")] {
        let size = 10_000_u64.pow(power);
        let group = n / size % 10_000;
        if group == 0 {
            gap = !out.is_empty();
            continue;
        }
        if !out.is_empty() && (gap || group < 1000) {
            out.push('零');
        }
        out += &group_capitals(group);
        out += unit;
        gap = false;
    }
    out
}

fn group_capitals(group: u64) -> String {
    let mut out = String::new();
    let mut gap = false;
    for (size, unit) in [(1000, "仟"), (100, "佰"), (10, "拾"), (1, "")] {
        let digit = group / size % 10;
        if digit == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
        }
        out.push(DIGITS[usize_of(digit)]);
        out += unit;
        gap = false;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_said_in_figures_and_in_capitals() {
        let cases = [
            (123_450, "¥1,234.50", "壹仟贰佰叁拾肆元伍角整"),
            (3_402_000, "¥34,020.00", "叁万肆仟零贰拾元整"),
            (4_860_000, "¥48,600.00", "肆万捌仟陆佰元整"),
            (0, "¥0.00", "零元整"),
            (5, "¥0.05", "伍分"),
            (10_005, "¥100.05", "壹佰元零伍分"),
            (10_010_000_000, "¥100,100,000.00", "壹亿零壹拾万元整"),
            (100_000_100, "¥1,000,001.00", "壹佰万零壹元整"),
            (-1200, "-¥12.00", "负壹拾贰元整"),
        ];
        for (fen, figures, said) in cases {
            assert_eq!((yuan(fen).as_str(), capitals(fen).as_str()), (figures, said));
        }
    }
}
