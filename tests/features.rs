//! A post written in a format whose feature is missing is an error that names the feature, never another
//! result. What is checked depends on the features that the test is built with: see `.ci/run`.

use offprint::{BodyFormat, FrontMatter, FrontMatterFormat, Parser};

/// What `parser` makes of a post: its text, or the error.
fn outcome(parser: &Parser, source: &str) -> String {
    parser.parse(source).map_or_else(|error| error.to_string(), |post| post.to_text())
}

#[test]
fn markdown() {
    let source = "---\ntitle: Tea\n---\n* Boil water.\n";
    let expected = if cfg!(feature = "markdown") {
        "- Boil water.\n"
    } else {
        "the post needs the feature `markdown`, which this build of offprint lacks at line 4, column 1"
    };
    assert_eq!(outcome(&Parser::new(), source), expected);
    assert_eq!(outcome(&Parser::new().body_format(BodyFormat::Markdown), source), expected);
    // Nothing repairs a build, and nobody wants Markdown as HTML by surprise.
    assert_eq!(outcome(&Parser::new().recover(true), source), expected);
    assert_eq!(outcome(&Parser::new().body_format(BodyFormat::Html), source), "* Boil water.\n");
}

#[test]
fn html_needs_no_feature() {
    assert_eq!(outcome(&Parser::new(), "---\ntitle: Tea\n---\n<p>Boil water.</p>\n"), "Boil water.\n");
}

#[test]
fn toml_and_json() {
    for (source, format, has_feature) in [
        ("+++\ntitle = 'Tea'\n+++\n<p>Boil water.</p>", FrontMatterFormat::Toml, cfg!(feature = "toml")),
        ("{\"title\": \"Tea\"}\n<p>Boil water.</p>", FrontMatterFormat::Json, cfg!(feature = "json")),
        ("+++\ntitle = 'Tea\n+++\n<p>Boil water.</p>", FrontMatterFormat::Toml, cfg!(feature = "toml")),
        ("{\"title\": \"Tea,\n}\n<p>Boil water.</p>", FrontMatterFormat::Json, cfg!(feature = "json")),
    ] {
        // To cut a post takes no feature.
        let front_matter = FrontMatter::split(source).unwrap();
        assert_eq!((front_matter.format(), front_matter.body()), (Some(format), "<p>Boil water.</p>"));
        let expected = if has_feature {
            "Boil water.\n".to_owned()
        } else {
            let position = if format == FrontMatterFormat::Toml { 2 } else { 1 };
            format!(
                "the post needs the feature `{}`, which this build of offprint lacks at line {position}, column 1",
                format.as_str()
            )
        };
        // Nothing repairs a build.
        assert_eq!(outcome(&Parser::new().recover(true), source), expected);
        if !has_feature {
            assert_eq!(outcome(&Parser::new(), source), expected);
            assert_eq!(front_matter.meta().unwrap_err().to_string(), expected);
            let typed = front_matter.deserialize::<std::collections::BTreeMap<String, String>>();
            assert_eq!(typed.unwrap_err().to_string(), expected);
        }
    }
}
