//! A validator for the JSON Schema of the command's lines.
//!
//! It knows the keywords that this schema uses, as draft 2020-12 has them: `$ref` to `$defs`, `type`, `const`,
//! `enum`, `oneOf`, `not`, `properties`, `required`, `additionalProperties`, `minProperties`,
//! `dependentRequired`, `items`, `minItems`, `minimum`, `maximum` and `pattern`. An unknown one is a panic,
//! since a keyword that is passed over checks nothing.

use std::collections::HashMap;

use regex::Regex;
use serde_json::{Map, Value};

/// A schema that values can be checked against.
pub(crate) struct Schema {
    root: Value,
    patterns: HashMap<String, Regex>,
}

/// Why a value does not fit a schema, and where in the value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Misfit {
    /// As in `$.blocks[3].text`.
    pub(crate) path: String,
    pub(crate) reason: String,
    /// How many steps the path has: the deepest misfit of several alternatives is the one meant.
    depth: usize,
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

/// Where in a value one is: the steps that lead there.
struct Place<'p> {
    outer: Option<&'p Place<'p>>,
    step: Step<'p>,
}

enum Step<'p> {
    Root,
    Key(&'p str),
    Index(usize),
}

impl Place<'_> {
    fn path(&self) -> (String, usize) {
        let (mut path, depth) = self.outer.map_or((String::new(), 0), Place::path);
        match self.step {
            Step::Root => path.push('$'),
            Step::Key(key) => path.extend([".", key]),
            Step::Index(index) => path.extend(["[", &index.to_string(), "]"]),
        }
        (path, depth + 1)
    }

    fn misfit(&self, reason: impl Into<String>) -> Misfit {
        let (path, depth) = self.path();
        Misfit { path, reason: reason.into(), depth }
    }
}

impl Schema {
    pub(crate) fn parse(json: &str) -> Self {
        let root: Value = serde_json::from_str(json).expect("a schema is JSON");
        let mut patterns = HashMap::new();
        collect_patterns(&root, &mut patterns);
        Self { root, patterns }
    }

    /// The value of a schema at a path of keys.
    pub(crate) fn at(&self, keys: &[&str]) -> &Value {
        keys.iter().fold(&self.root, |value, key| &value[key])
    }

    /// Whether the value fits the schema, and if not, why.
    pub(crate) fn check(&self, value: &Value) -> Result<(), Misfit> {
        self.fits(&self.root, value, &Place { outer: None, step: Step::Root })
    }

    /// Whether the value fits one of the schema's definitions.
    pub(crate) fn check_as(&self, definition: &str, value: &Value) -> Result<(), Misfit> {
        self.fits(self.definition(definition), value, &Place { outer: None, step: Step::Root })
    }

    fn definition(&self, name: &str) -> &Value {
        self.root["$defs"].get(name).unwrap_or_else(|| panic!("no definition `{name}`"))
    }

    fn fits(&self, schema: &Value, value: &Value, place: &Place<'_>) -> Result<(), Misfit> {
        let keywords = schema.as_object().expect("a schema is an object");
        for (keyword, argument) in keywords {
            self.keyword(keyword, argument, keywords, value, place)?;
        }
        Ok(())
    }

    fn keyword(
        &self,
        keyword: &str,
        argument: &Value,
        beside: &Map<String, Value>,
        value: &Value,
        place: &Place<'_>,
    ) -> Result<(), Misfit> {
        let need = |fits: bool, reason: &dyn Fn() -> String| {
            if fits { Ok(()) } else { Err(place.misfit(reason())) }
        };
        match keyword {
            "$schema" | "$defs" | "title" | "description" => Ok(()),
            "$ref" => {
                let name = text(argument).strip_prefix("#/$defs/").expect("a reference to a definition");
                self.fits(self.definition(name), value, place)
            }
            "type" => need(is_type(value, text(argument)), &|| format!("{value} is no {argument}")),
            "const" => need(value == argument, &|| format!("{value} is not {argument}")),
            "enum" => need(list(argument).contains(value), &|| format!("{value} is none of {argument}")),
            "oneOf" => self.one_of(list(argument), value, place),
            "not" => need(self.fits(argument, value, place).is_err(), &|| format!("{value} fits {argument}")),
            "minimum" | "maximum" => number(keyword, argument, value, place),
            "pattern" => {
                let pattern = &self.patterns[text(argument)];
                need(value.as_str().is_none_or(|value| pattern.is_match(value)), &|| {
                    format!("{value} does not match")
                })
            }
            "items" | "minItems" => self.of_array(keyword, argument, value, place),
            "properties" | "required" | "additionalProperties" | "minProperties" | "dependentRequired" => {
                self.of_object(keyword, argument, beside, value, place)
            }
            unknown => panic!("the validator does not know `{unknown}`"),
        }
    }

    fn one_of(&self, schemas: &[Value], value: &Value, place: &Place<'_>) -> Result<(), Misfit> {
        let found: Vec<_> = schemas.iter().map(|schema| self.fits(schema, value, place)).collect();
        match found.iter().filter(|found| found.is_ok()).count() {
            1 => Ok(()),
            0 => {
                let meant = schemas.iter().position(|schema| self.is_meant(schema, value));
                let mut misfits = found.into_iter().filter_map(Result::err);
                Err(match meant {
                    Some(meant) => misfits.nth(meant),
                    None => misfits.max_by_key(|misfit| misfit.depth),
                }
                .expect("a misfit for each"))
            }
            more => Err(place.misfit(format!("{value} fits {more} schemas, not one"))),
        }
    }

    /// Whether an alternative is for values of this value's `"type"`.
    fn is_meant(&self, schema: &Value, value: &Value) -> bool {
        let name = schema.get("$ref").map(|name| text(name).trim_start_matches("#/$defs/"));
        let schema = name.map_or(schema, |name| self.definition(name));
        let of_type = schema.get("properties").and_then(|properties| properties.get("type"));
        let place = Place { outer: None, step: Step::Root };
        of_type.is_some_and(|of_type| self.fits(of_type, &value["type"], &place).is_ok())
    }

    fn of_array(
        &self,
        keyword: &str,
        argument: &Value,
        value: &Value,
        place: &Place<'_>,
    ) -> Result<(), Misfit> {
        let Some(values) = value.as_array() else { return Ok(()) };
        if keyword == "minItems" {
            let is_short = (values.len() as u64) < argument.as_u64().expect("a number");
            return if is_short { Err(place.misfit(format!("{value} is too short"))) } else { Ok(()) };
        }
        values.iter().enumerate().try_for_each(|(index, value)| {
            self.fits(argument, value, &Place { outer: Some(place), step: Step::Index(index) })
        })
    }

    fn of_object(
        &self,
        keyword: &str,
        argument: &Value,
        beside: &Map<String, Value>,
        value: &Value,
        place: &Place<'_>,
    ) -> Result<(), Misfit> {
        let Some(object) = value.as_object() else { return Ok(()) };
        let require = |keys: &Value| match list(keys).iter().find(|key| !object.contains_key(text(key))) {
            Some(missing) => Err(place.misfit(format!("{missing} is missing"))),
            None => Ok(()),
        };
        let known = |key: &String| beside.get("properties").is_some_and(|known| known.get(key).is_some());
        match keyword {
            "required" => require(argument),
            "dependentRequired" => argument
                .as_object()
                .expect("an object")
                .iter()
                .filter(|(key, _)| object.contains_key(*key))
                .try_for_each(|(_, keys)| require(keys)),
            "minProperties" if (object.len() as u64) < argument.as_u64().expect("a number") => {
                Err(place.misfit("is empty"))
            }
            "minProperties" => Ok(()),
            "additionalProperties" => {
                assert_eq!(argument, &Value::Bool(false), "the validator knows no other");
                let unknown = object.keys().find(|key| !known(key));
                unknown.map_or(Ok(()), |key| Err(place.misfit(format!("the key {key:?} is unknown"))))
            }
            _ => object.iter().try_for_each(|(key, value)| match argument.get(key) {
                Some(schema) => self.fits(schema, value, &Place { outer: Some(place), step: Step::Key(key) }),
                None => Ok(()),
            }),
        }
    }
}

/// `minimum` and `maximum`. What is no number has neither.
fn number(keyword: &str, limit: &Value, value: &Value, place: &Place<'_>) -> Result<(), Misfit> {
    let order = match (integer(value), integer(limit)) {
        (Some(value), Some(limit)) => Some(value.cmp(&limit)),
        _ => value.as_f64().zip(limit.as_f64()).and_then(|(value, limit)| value.partial_cmp(&limit)),
    };
    let outside = if keyword == "minimum" { std::cmp::Ordering::Less } else { std::cmp::Ordering::Greater };
    if order == Some(outside) {
        return Err(place.misfit(format!("{value} is beyond the {keyword} of {limit}")));
    }
    Ok(())
}

fn integer(value: &Value) -> Option<i128> {
    value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from))
}

fn is_type(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => integer(value).is_some(),
        unknown => panic!("the validator does not know the type `{unknown}`"),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn collect_patterns(schema: &Value, patterns: &mut HashMap<String, Regex>) {
    match schema {
        Value::Object(keywords) => {
            if let Some(Value::String(pattern)) = keywords.get("pattern") {
                patterns.insert(pattern.clone(), Regex::new(pattern).expect("a pattern"));
            }
            keywords.values().for_each(|schema| collect_patterns(schema, patterns));
        }
        Value::Array(schemas) => schemas.iter().for_each(|schema| collect_patterns(schema, patterns)),
        _ => {}
    }
}
