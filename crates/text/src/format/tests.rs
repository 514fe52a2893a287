use super::*;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

/// Wednesday, 28 April 2021, 12:05:09 UTC: 14:05 in Stockholm.
fn spring() -> Timestamp {
    "2021-04-28T12:05:09Z".parse().unwrap()
}

/// The same in all five languages, in the order of `Lang::ALL`: en, sv, de, hu, zh-CN.
fn check(write: impl Fn(Words) -> String, expected: [&str; 5]) {
    let written: Vec<String> = Lang::ALL.iter().map(|&lang| write(Words::new(lang))).collect();
    assert_eq!(written, expected);
}

#[test]
fn days_and_times() {
    let stockholm = zone("Europe/Stockholm");
    check(
        |w| date(w, spring(), &stockholm),
        ["28 Apr 2021", "28 apr. 2021", "28.04.2021", "2021. ápr. 28.", "2021年4月28日"],
    );
    assert_eq!(time(spring(), &stockholm), "14:05");
    check(
        |w| date_time(w, spring(), &stockholm),
        [
            "28 Apr 2021, 14:05",
            "2021-04-28 14:05",
            "28.04.2021, 14:05",
            "2021. ápr. 28. 14:05",
            "2021年4月28日 14:05",
        ],
    );
    check(
        |w| weekday_time(w, spring(), &stockholm),
        ["Wed 14:05", "ons 14:05", "Mi 14:05", "Sze 14:05", "周三 14:05"],
    );
}

#[test]
fn days_near_by() {
    check(
        |w| weekday_date(w, spring(), &TimeZone::UTC),
        ["Wed 28 Apr", "ons 28 apr.", "Mi 28.04.", "ápr. 28., Sze", "4月28日周三"],
    );
}

#[test]
fn every_month_has_its_name() {
    for (names, first, last) in [(&EN, "Jan", "Dec"), (&SV, "jan.", "dec."), (&HU, "jan.", "dec.")] {
        assert_eq!((month(names, 1), month(names, 12)), (first, last));
    }
}

#[test]
fn the_day_is_the_readers() {
    let late = "2021-12-31T23:30:00Z".parse().unwrap();
    check(
        |w| date(w, late, &zone("Asia/Shanghai")),
        ["1 Jan 2022", "1 jan. 2022", "01.01.2022", "2022. jan. 1.", "2022年1月1日"],
    );
    check(
        |w| weekday_time(w, late, &TimeZone::UTC),
        ["Fri 23:30", "fre 23:30", "Fr 23:30", "P 23:30", "周五 23:30"],
    );
}

#[test]
fn a_day_of_this_year_has_no_year() {
    check(
        |w| day_time(w, spring(), &zone("Europe/Stockholm")),
        ["28 Apr, 14:05", "28 apr. 14:05", "28.04., 14:05", "ápr. 28. 14:05", "4月28日 14:05"],
    );
}

#[test]
fn the_zone_is_clear() {
    let name = |zone: &str, at: &str| {
        let (zone, at) = (self::zone(zone), at.parse().unwrap());
        let text = date_time_zone(Words::new(Lang::En), at, &zone);
        text.rsplit_once(' ').unwrap().1.to_owned()
    };
    for (zone, at, expected) in [
        ("Europe/Stockholm", "2021-04-28T12:05:09Z", "CEST"),
        ("Europe/Stockholm", "2021-12-28T12:05:09Z", "CET"),
        ("Europe/London", "2021-12-28T12:05:09Z", "GMT"),
        ("Europe/London", "2021-04-28T12:05:09Z", "UTC+1"),
        ("Asia/Shanghai", "2021-04-28T12:05:09Z", "UTC+8"),
        ("America/Chicago", "2021-04-28T12:05:09Z", "UTC−5"),
        ("Asia/Kolkata", "2021-04-28T12:05:09Z", "UTC+5:30"),
        ("America/St_Johns", "2021-12-28T12:05:09Z", "UTC−3:30"),
        ("UTC", "2021-04-28T12:05:09Z", "UTC"),
    ] {
        assert_eq!(name(zone, at), expected, "{zone} {at}");
    }
    check(
        |w| date_time_zone(w, spring(), &zone("Europe/Budapest")),
        [
            "28 Apr 2021, 14:05 CEST",
            "2021-04-28 14:05 CEST",
            "28.04.2021, 14:05 CEST",
            "2021. ápr. 28. 14:05 CEST",
            "2021年4月28日 14:05 CEST",
        ],
    );
}

#[test]
fn the_ends_of_time_are_written_too() {
    for at in [Timestamp::MIN, Timestamp::MAX] {
        for &lang in Lang::ALL {
            assert!(!date_time_zone(Words::new(lang), at, &zone("Asia/Tokyo")).contains('⟨'));
        }
    }
    check(
        |w| relative(w, Timestamp::MIN, Timestamp::MAX),
        ["in 19,998 years", "om 19\u{a0}998 år", "in 19.998 Jahren", "19\u{a0}998 év múlva", "19,998年后"],
    );
}

#[test]
fn distances_ahead() {
    let ahead =
        |seconds: i64| move |w| relative(w, spring(), spring() + jiff::SignedDuration::from_secs(seconds));
    check(ahead(59), ["now", "nu", "jetzt", "most", "现在"]);
    check(ahead(60), ["in 1 min", "om 1 min", "in 1 Min.", "1 perc múlva", "1分钟后"]);
    check(ahead(2 * 3600), ["in 2 h", "om 2 tim", "in 2 Std.", "2 óra múlva", "2小时后"]);
    check(ahead(2 * 3600 - 1), ["in 1 h", "om 1 tim", "in 1 Std.", "1 óra múlva", "1小时后"]);
    check(ahead(24 * 3600), ["in 1 day", "om 1 dag", "in 1 Tag", "1 nap múlva", "1天后"]);
    check(ahead(3 * 86400), ["in 3 days", "om 3 dagar", "in 3 Tagen", "3 nap múlva", "3天后"]);
    check(ahead(61 * 86400), ["in 2 months", "om 2 månader", "in 2 Monaten", "2 hónap múlva", "2个月后"]);
    check(ahead(731 * 86400), ["in 2 years", "om 2 år", "in 2 Jahren", "2 év múlva", "2年后"]);
}

#[test]
fn distances_back() {
    let back =
        |seconds: i64| move |w| relative(w, spring(), spring() - jiff::SignedDuration::from_secs(seconds));
    check(back(30), ["just now", "just nu", "gerade eben", "az imént", "刚刚"]);
    check(back(3 * 60), ["3 min ago", "för 3 min sedan", "vor 3 Min.", "3 perce", "3分钟前"]);
    check(back(5 * 3600), ["5 h ago", "för 5 tim sedan", "vor 5 Std.", "5 órája", "5小时前"]);
    check(back(86400), ["1 day ago", "för 1 dag sedan", "vor 1 Tag", "1 napja", "1天前"]);
    check(back(60 * 86400), ["60 days ago", "för 60 dagar sedan", "vor 60 Tagen", "60 napja", "60天前"]);
    check(
        back(730 * 86400),
        ["23 months ago", "för 23 månader sedan", "vor 23 Monaten", "23 hónapja", "23个月前"],
    );
    check(back(1100 * 86400), ["3 years ago", "för 3 år sedan", "vor 3 Jahren", "3 éve", "3年前"]);
}

#[test]
fn working_time() {
    let duration = |seconds: i64| move |w| duration_working(w, seconds);
    check(duration(0), ["0 min", "0 min", "0 Min.", "0 perc", "0分钟"]);
    check(duration(59), ["< 1 min", "< 1 min", "< 1 Min.", "< 1 perc", "不到1分钟"]);
    check(duration(6_000), ["1 h 40 min", "1 tim 40 min", "1 Std. 40 Min.", "1 óra 40 perc", "1小时40分钟"]);
    check(duration(8 * 3600), ["8 h", "8 tim", "8 Std.", "8 óra", "8小时"]);
    check(
        duration(-90 * 60 - 59),
        ["−1 h 30 min", "−1 tim 30 min", "−1 Std. 30 Min.", "−1 óra 30 perc", "−1小时30分钟"],
    );
}

#[test]
fn numbers() {
    check(|w| number(w, 999), ["999"; 5]);
    check(
        |w| number(w, -1_234_567),
        ["-1,234,567", "−1\u{a0}234\u{a0}567", "-1.234.567", "-1\u{a0}234\u{a0}567", "-1,234,567"],
    );
    assert_eq!(number(Words::new(Lang::En), i64::MIN), "-9,223,372,036,854,775,808");
}

#[test]
fn sizes() {
    check(|w| bytes(w, 1_234_567), ["1.2 MB", "1,2 MB", "1,2 MB", "1,2 MB", "1.2 MB"]);
    let en = |size| bytes(Words::new(Lang::En), size);
    for (size, expected) in [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1 kB"),
        (1_049, "1 kB"),
        (1_050, "1.1 kB"),
        (9_949, "9.9 kB"),
        (9_950, "10 kB"),
        (48_400, "48 kB"),
        (999_499, "999 kB"),
        (999_500, "1 MB"),
        (25_000_000, "25 MB"),
        (u64::MAX, "18 EB"),
    ] {
        assert_eq!(en(size), expected, "{size}");
    }
}

#[test]
fn tenths_have_the_point_of_the_language() {
    let said = |lang, n| tenths(Words::new(lang), n);
    assert_eq!([said(Lang::En, 12_345), said(Lang::De, 12_345)], ["1,234.5", "1.234,5"]);
    assert_eq!([said(Lang::Sv, 15), said(Lang::Hu, 4), said(Lang::ZhCn, 20)], ["1,5", "0,4", "2"]);
}
