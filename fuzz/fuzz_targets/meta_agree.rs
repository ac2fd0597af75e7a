//! Whatever stands in the front matter, the fast reader and the YAML parser give the same, or fail alike; and
//! in any format, what can be read without repairs is read alike with them.

#![no_main]

#[path = "../support/engines.rs"]
mod engines;

use libfuzzer_sys::fuzz_target;
use offprint::{FrontMatter, FrontMatterFormat, Parser, Value};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for source in [format!("---\n{text}\n---\n"), format!("+++\n{text}\n+++\n"), text.to_owned()] {
        let [strict, recovered] = [false, true].map(|recover| {
            let parser = Parser::new().recover(recover);
            engines::agree(&parser, |parser| parser.parse_with_report(&source))
        });
        let Ok(front_matter) = FrontMatter::split(&source) else { continue };
        if let (Ok((strict, _)), Ok((recovered, _))) = (&strict, &recovered) {
            assert_eq!(strict.meta, recovered.meta);
        }
        // What is valid for one reader of TOML or JSON is valid for the other, which fits any type.
        let is_other =
            matches!(front_matter.format(), Some(FrontMatterFormat::Toml | FrontMatterFormat::Json));
        if is_other {
            let typed = front_matter.deserialize::<serde::de::IgnoredAny>();
            assert_eq!(typed.map(drop).err(), front_matter.meta().map(drop).err());
            let _ = front_matter.deserialize::<Value<'_>>();
        }
    }
});
