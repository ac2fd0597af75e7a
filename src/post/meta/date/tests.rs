//! Each form that is read, what is shown of it, and what is not a date.

use jiff::civil;

use super::model::{Date, usual_iso};
use super::parser::general;
use super::usual::usual;

#[track_caller]
fn reads(text: &str, expected: &str) {
    let json = serde_json::to_string(text).unwrap();
    assert_eq!(serde_json::from_str::<Date>(&json).ok(), text.parse().ok(), "{text}");
    assert_eq!(text.parse::<Date>().map(|date| date.to_string()).as_deref(), Ok(expected), "{text}");
    let date: Date = text.parse().unwrap();
    assert_eq!(serde_json::to_string(&date).unwrap(), format!("\"{expected}\""));
    let is_usual = !expected.starts_with('-');
    assert_eq!(usual_iso(date).is_some_and(|iso| iso.as_str() == expected), is_usual, "{text}");
}

/// Digits of a fraction that the source does not have, and more than there are.
#[test]
fn a_fraction_is_cut_off_or_filled_up() {
    let datetime = civil::date(2019, 1, 2).at(3, 4, 5, 120_034_009);
    for fraction_digits in 0..20 {
        let date = Date::Local { datetime, fraction_digits };
        assert_eq!(usual_iso(date).map(|iso| iso.as_str().to_owned()), Some(date.to_string()));
    }
}

#[track_caller]
fn is_not_a_date(text: &str) {
    let error = text.parse::<Date>().expect_err(text);
    assert_eq!(error.to_string(), format!("not a date: `{text}`"));
    let json = serde_json::to_string(text).unwrap();
    assert!(serde_json::from_str::<Date>(&json).is_err(), "{text}");
}

#[test]
fn with_an_offset() {
    reads("2023-06-20T01:53:36.223Z", "2023-06-20T01:53:36.223Z");
    reads("2021-11-11T05:39:24+00:00", "2021-11-11T05:39:24+00:00");
    reads("2007-05-22T21:24:00.001+08:00", "2007-05-22T21:24:00.001+08:00");
    reads("2019-01-02 03:04:05 +0800", "2019-01-02T03:04:05+08:00");
    reads("2019-01-02 03:04:05 +08:00", "2019-01-02T03:04:05+08:00");
    reads("2019-01-02 03:04:05+08", "2019-01-02T03:04:05+08:00");
    reads("2019-01-02 03:04:05 -3:30", "2019-01-02T03:04:05-03:30");
    reads("2019-01-02t03:04:05z", "2019-01-02T03:04:05Z");
    reads("2019-01-02 03:04:05 Z", "2019-01-02T03:04:05Z");
    reads("2019-01-02 03:04:05 UTC", "2019-01-02T03:04:05Z");
    reads("2001-12-14 21:59:43.10 -5", "2001-12-14T21:59:43.10-05:00");
    reads("2018-11-20 16:33 +0100", "2018-11-20T16:33:00+01:00");
    reads("2018-11-20T16:33-00:00", "2018-11-20T16:33:00+00:00");
    reads("2019-01-02 03:04:05 -23:59", "2019-01-02T03:04:05-23:59");
}

/// Whether a text has one of the usual forms; if so, the general parser must read the same.
#[track_caller]
fn is_usual(text: &str) -> bool {
    let usual = usual(text.as_bytes());
    assert!(usual.is_none_or(|date| Some(date) == general(text)), "{text}");
    if let Ok(bytes) = text.as_bytes().try_into() {
        let expected = usual.filter(|_| text.contains('T') && text.ends_with('Z'));
        assert_eq!(Date::in_milliseconds(bytes), expected, "{text}");
    }
    usual.is_some()
}

/// Wherever a form is read by the indices of its digits, the general parser must read the same: with any one
/// or two characters replaced, with one more or one less, and cut off anywhere.
#[test]
fn the_usual_forms_mean_what_they_mean_in_general() {
    const FEW: &[u8] = b"0129 .:+-/ZTtz,";
    let forms = [
        "2023-06-20T01:53:36.223Z",
        "2020-02-29T23:59:59Z",
        "2015-03-19T08:48:45.001-03:30",
        "2007-05-22T21:24:00+08:00",
        "2007-05-22 21:24:00 +0800",
        "2007-05-22 21:24:00.250 -0930",
        "2007-05-22 21:24:00",
        "2007-05-22T21:24:00.999",
        "0000-12-31",
    ];
    for form in forms {
        assert!(is_usual(form), "{form}");
        for at in 0..form.len() {
            is_usual(&form[..at]);
            is_usual(&format!("{}{}", &form[..at], &form[at + 1..]));
            let others = (0..=127).chain(0xa0..0x180).filter_map(char::from_u32);
            for char in others.chain(['\u{ff10}', '\u{661}', '\u{1f375}']) {
                is_usual(&format!("{}{char}{}", &form[..at], &form[at + 1..]));
                is_usual(&format!("{}{char}{}", &form[..at], &form[at..]));
            }
            for (second, first, byte) in (at + 1..form.len())
                .flat_map(|second| FEW.iter().map(move |first| (second, *first)))
                .flat_map(|(second, first)| FEW.iter().map(move |byte| (second, first, *byte)))
            {
                let mut bytes = form.as_bytes().to_vec();
                (bytes[at], bytes[second]) = (first, byte);
                is_usual(std::str::from_utf8(&bytes).unwrap());
            }
        }
    }
}

/// Each number of two digits at each index of a usual form.
#[test]
fn usual_numbers_mean_what_they_mean_in_general() {
    let mut read = 0;
    for number in 0..10_000 {
        let (high, low) = (number / 100, number % 100);
        read += [
            format!("{high:02}{low:02}-02-29"),
            format!("2024-{high:02}-{low:02}T03:04:05Z"),
            format!("2024-01-02T{high:02}:{low:02}:05.678Z"),
            format!("2024-01-02T03:{high:02}:{low:02}Z"),
            format!("2024-01-02T03:04:{high:02}.{low:02}0Z"),
            format!("2024-01-02T03:04:05.9{low:02}+{high:02}:00"),
            format!("2024-01-02 03:04:05 -{high:02}{low:02}"),
        ]
        .iter()
        .filter(|text| is_usual(text))
        .count();
    }
    assert!(read > 17_000, "{read}");
}

#[test]
fn zones_by_name() {
    for name in ["Z", "z", "UTC", "UtC", "utc", "GMT", "gmt", "UT"] {
        reads(&format!("2013-04-29 12:04 {name}"), "2013-04-29T12:04:00Z");
        reads(&format!("2013-04-29T12:04:05.5{name}"), "2013-04-29T12:04:05.5Z");
    }
    for (name, offset) in [
        ("EDT", "-04:00"),
        ("EST", "-05:00"),
        ("CDT", "-05:00"),
        ("CST", "-06:00"),
        ("MDT", "-06:00"),
        ("MST", "-07:00"),
        ("PDT", "-07:00"),
        ("pst", "-08:00"),
    ] {
        reads(&format!("2013-04-29 12:04 {name}"), &format!("2013-04-29T12:04:00{offset}"));
    }
}

#[test]
fn days_with_slashes() {
    reads("2019/01/02", "2019-01-02");
    reads("2017/6/8", "2017-06-08");
    reads("2019/01/02 03:04:05 +0800", "2019-01-02T03:04:05+08:00");
}

#[test]
fn as_in_mails() {
    reads("Tue, 29 Sep 2020 10:00:00 GMT", "2020-09-29T10:00:00Z");
    reads("29 Sep 2020 10:00:00 +0200", "2020-09-29T10:00:00+02:00");
    reads("tue 29 SEP 2020 9:00 pdt", "2020-09-29T09:00:00-07:00");
    reads("Thursday, 1  January 2015 10:00", "2015-01-01T10:00:00");
    reads("1 May 2015", "2015-05-01");
    reads("Tue, 29 Sep 2020 10:00:00 -0700 (PDT)", "2020-09-29T10:00:00-07:00");
    for (number, month) in (1..).zip("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(' ')) {
        reads(&format!("9 {month} 2020"), &format!("2020-{number:02}-09"));
    }
    for (number, weekday) in (1..).zip("Mon Tue Wed Thu Fri Sat Sun".split(' ')) {
        reads(&format!("{weekday}, {number} Jun 2020"), &format!("2020-06-{number:02}"));
    }
}

#[test]
fn without_an_offset_none_is_invented() {
    reads("2019-01-02T03:04:05", "2019-01-02T03:04:05");
    reads("2019-1-2 3:04:05", "2019-01-02T03:04:05");
    reads("2019-1-2 3:04", "2019-01-02T03:04:00");
    reads("2020-07-17", "2020-07-17");
    reads("2020-7-1", "2020-07-01");
    reads("  2020-07-17\t", "2020-07-17");
}

#[test]
fn the_digits_of_the_fraction_are_kept_up_to_nine() {
    reads("2021-04-06T06:12:53.000Z", "2021-04-06T06:12:53.000Z");
    reads("2021-04-06T06:12:53.5", "2021-04-06T06:12:53.5");
    reads("2021-04-06T06:12:53.123456789Z", "2021-04-06T06:12:53.123456789Z");
    reads("2021-04-06T06:12:53.1234567899Z", "2021-04-06T06:12:53.123456789Z");
    reads(&format!("2021-04-06T06:12:53.{}Z", "9".repeat(1000)), "2021-04-06T06:12:53.999999999Z");
}

#[test]
fn a_leap_second_is_the_second_before_it() {
    reads("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z");
    reads("2016-12-31T23:59:60.25Z", "2016-12-31T23:59:59.25Z");
    is_not_a_date("2016-12-31T23:59:61Z");
}

#[test]
fn the_year_0_is_a_year() {
    reads("0000-01-01", "0000-01-01");
    reads("0000-02-29T00:00:00Z", "0000-02-29T00:00:00Z");
    is_not_a_date("0000-00-00 00:00:00");
    reads("-000044-03-15", "-000044-03-15");
    reads("-009999-01-02T03:04:05Z", "-009999-01-02T03:04:05Z");
    is_not_a_date("-000000-01-01");
    is_not_a_date("-44-03-15");
    is_not_a_date("-010000-01-01");
}

#[test]
fn what_is_not_a_date() {
    is_not_a_date("");
    is_not_a_date("tuesday");
    is_not_a_date("2023-01-010");
    is_not_a_date("2023-02-29");
    is_not_a_date("2023-13-01");
    is_not_a_date("23-01-01");
    is_not_a_date("01/02/2023");
    is_not_a_date("2-1-2023");
    is_not_a_date("2023/01-01");
    is_not_a_date("2023-01/01");
    is_not_a_date("20230101");
    is_not_a_date("2023-01-01T");
    is_not_a_date("2023-01-01T24:00:00");
    is_not_a_date("2023-01-01 24:00");
    is_not_a_date("2023-01-01T03:60:00");
    is_not_a_date("2023-01-01T03");
    is_not_a_date("2023-01-01T03:04:05.");
    is_not_a_date("2023-01-01T03:04:05.Z");
    is_not_a_date("2023-01-01T03:04:05 +24:00");
    is_not_a_date("2023-01-01T03:04:05 +08:60");
    is_not_a_date("2023-01-01T03:04:05 +800");
    is_not_a_date("2023-01-01T03:04:05 CEST");
    is_not_a_date("2023-01-01T03:04:05 A");
    is_not_a_date("2023-01-01T03:04:05 UTC+8");
    is_not_a_date("2023-01-01 GMT");
    is_not_a_date("2023-01-01T03:04:05Z and more");
    is_not_a_date("2023-01-01 +08:00");
    is_not_a_date("２０２３-01-01");
    is_not_a_date("١٣-٣-٢٠٢٣");
    is_not_a_date("۱۴۰۲-۰۱-۱۳");
    is_not_a_date("Wed, 29 Sep 2020 10:00:00 GMT");
    is_not_a_date("Tue,29 Sep 2020");
    is_not_a_date("Tu, 29 Sep 2020");
    is_not_a_date("29 Sept 2020");
    is_not_a_date("29 Sep 20");
    is_not_a_date("31 Sep 2020");
    is_not_a_date("Sep 29 2020");
    is_not_a_date("29 Sep 2020 GMT");
    is_not_a_date("29 Sep 2020T10:00");
    is_not_a_date("29 Sep 2020 10:00 (PDT");
    is_not_a_date("29 Sep 2020 10:00 ((PDT))");
}

/// An hour has one or two digits, a minute two or none, both are in range, and no sign is inside.
#[test]
fn malformed_offsets() {
    for offset in [
        "+2147483647:00",
        "+00:2147483647",
        "+99999999999999999999",
        "+-8:00",
        "++8",
        "-+8:00",
        "+8:+1",
        "+08:-1",
        "+1:2",
        "+01:2",
        "+:00",
        "+1:",
        "+",
        "+001:00",
        "+01:000",
        "+12345",
        "+24",
        "+2400",
        "+99:00",
        "+23:60",
        "+0860",
        "+8 :00",
        "+ 8:00",
        "+08:00Z",
        "Z+08:00",
        "+08:00:00",
        "+0\u{ff10}:00",
        "+\u{661}:00",
        "\u{2212}08:00",
        "+é:00",
        "é",
        "ZZ",
        "--8:00",
        "+08:00+08:00",
        ".5+08:00Z",
        ".+08:00",
        ".-5",
        ",5Z",
        "[Asia/Tokyo]",
        ".5[u-ca=iso8601]",
        "Z[UTC]",
    ] {
        for gap in ["", " ", "  "] {
            is_not_a_date(&format!("2019-01-02T03:04:05{gap}{offset}"));
            is_not_a_date(&format!("2019-01-02 03:04{gap}{offset}"));
        }
    }
}

/// Random texts of the parts of dates: none makes a panic, and a date is shown as a text that means the same.
#[test]
fn random_texts_of_a_dates_characters() {
    const PARTS: [&str; 33] = [
        "Tue, ",
        "29 Sep 2020",
        "/",
        " gmt",
        "(PDT)",
        "2019-01-02",
        "T03:04:05",
        "0",
        "1",
        "2",
        "9",
        "00",
        "59",
        "60",
        "2147483647",
        "9999",
        "-",
        "+",
        ":",
        ".",
        "Z",
        "T",
        " ",
        ":00",
        "+08:00",
        "+0800",
        "-23:59",
        "UTC",
        ".123",
        "-1-1",
        "-009999-01-01",
        "-000000-01-01",
        "9999-12-31T23:59:59",
    ];
    let mut state: u64 = 5;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut read = 0;
    for number in 0..300_000 {
        let start = ["2019-01-02T03:04:05", "2019/01/02 ", "2019-01-02T", "2019-01-02", "", "1 Sep 2020 "]
            [number % 6];
        let rest: String = (0..random(6)).map(|_| PARTS[random(PARTS.len())]).collect();
        let text = start.to_owned() + &rest;
        let Ok(date) = text.parse::<Date>() else { continue };
        let shown = date.to_string();
        assert_eq!(shown.parse().as_ref(), Ok(&date), "{text} is shown as {shown}");
        let _ = (date.timestamp(), date.day(), date.datetime(), date.offset());
        read += 1;
    }
    assert!(read > 1000, "{read}");
}

#[test]
fn what_is_shown_is_read_again() {
    for text in [
        "2023-06-20T01:53:36.223Z",
        "2021-04-06T06:12:53.000Z",
        "2020-01-16T10:06:16+00:00",
        "2015-03-19T08:48:45-03:30",
        "2019-01-02T03:04:05",
        "2019-01-02T03:04:05.123456789",
        "2019-01-02",
    ] {
        assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
    }
}

/// The fields are public, so that any value may be in them.
#[test]
fn more_digits_than_there_are_show_no_panic() {
    let datetime = civil::date(2019, 1, 2).at(3, 4, 5, 678_000_000);
    let date = Date::Local { datetime, fraction_digits: u8::MAX };
    assert_eq!(date.to_string(), "2019-01-02T03:04:05.678000000");
}
