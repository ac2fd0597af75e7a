use super::markdown;

#[track_caller]
fn assert_markdown(body: &str, sign: &str) {
    let at = markdown(body).unwrap_or_else(|| panic!("is HTML: {body:?}"));
    assert!(body[at..].starts_with(sign), "{:?} in {body:?}", &body[at..]);
}

#[track_caller]
fn assert_html(body: &str) {
    assert_eq!(markdown(body).map(|at| &body[at..]), None, "{body:?}");
}

#[test]
fn each_sign_makes_markdown() {
    for sign in [
        "# Tea",
        "###### Tea",
        "Tea\n===",
        "* Tea",
        "- Tea",
        "+ Tea",
        "1. Tea",
        "2) Tea",
        "```\nTea\n```",
        "~~~ c\nTea\n~~~",
        "> Tea",
        "[tea]: https://example.org",
        "[^1]: Tea",
        "[tea](/tea)",
        "![tea](/tea.png \"Tea\")",
        "**Tea**",
        "__Tea__",
        "~~Tea~~",
        "`Tea`",
        "``T`ea``",
        "<https://example.org/>",
        "<mailto:a@b.de>",
        "<u@example.org>",
        "***\n\nTea",
        "* * *",
        "{: .tea}",
        "$$x$$",
        "\\*Tea",
        "\\\\",
        "*[HTML]: Hypertext",
    ] {
        for before in [
            "",
            "Tea.\n\n",
            "<p>Tea</p>\n",
            "<!-- * a -->\n\n",
            "<br>\n\n",
            "{{ x }}\n\n",
            "Tom &amp; Tea\n\n",
        ] {
            let body = format!("{before}{sign}");
            let at = markdown(&body).unwrap_or_else(|| panic!("is HTML: {body:?}"));
            assert!(at >= before.len(), "{at} in {body:?}");
        }
    }
}
