//! Where the next end of each kind stands.

use memchr::memmem;

use super::tag::{Form, Lexer, Tag};

/// Finds ends, and remembers what it has found, so that all searches for one kind take linear time as long as
/// they begin at ascending offsets.
#[derive(Debug)]
pub(super) struct Ends<'a> {
    body: &'a str,
    /// Kept, for what it remembers.
    lexer: Lexer<'a>,
    found: Vec<(Kind<'a>, Option<(usize, usize)>)>,
}

/// What ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// `{% endhighlight %}` for the name `highlight`.
    Liquid(&'a str),
    /// `{% endraw %}`, as met in the search for the end of this name: that search is ahead of the others.
    RawBefore(&'a str),
    /// `{{< /highlight >}}` or `{{% /highlight %}}`.
    Hugo(&'a str),
    /// `[/caption]`
    WordPress(&'a str),
    /// `</script`, in any case; up to the end of the name.
    Element(&'a str),
    /// Any text.
    Text(&'a str),
}

impl<'a> Ends<'a> {
    pub(super) fn new(body: &'a str) -> Self {
        Self { body, lexer: Lexer::new(body), found: Vec::new() }
    }

    /// The range of the first end of this kind that does not begin before `from`.
    pub(super) fn next(&mut self, kind: Kind<'a>, from: usize) -> Option<(usize, usize)> {
        let index = self.found.iter().position(|(known, _)| *known == kind);
        if let Some(index) = index {
            match self.found[index].1 {
                Some((start, _)) if start < from => {}
                other => return other,
            }
        }
        let end = self.search(kind, from);
        match index {
            Some(index) => self.found[index].1 = end,
            None => self.found.push((kind, end)),
        }
        end
    }

    fn search(&mut self, kind: Kind<'a>, from: usize) -> Option<(usize, usize)> {
        let bytes = self.body.as_bytes();
        match kind {
            Kind::Liquid(name) => self.search_tag(from, "{%", name, |tag| {
                tag.form == Form::Block && tag.name.strip_prefix("end") == Some(name)
            }),
            Kind::RawBefore(_) => {
                self.search_tag(from, "{%", "raw", |tag| tag.form == Form::Block && tag.name == "endraw")
            }
            Kind::Hugo(name) => self.search_tag(from, "{{", name, |tag| {
                matches!(tag.form, Form::AngleEnd | Form::PercentEnd) && tag.name == name
            }),
            Kind::WordPress(name) => memmem::find_iter(&bytes[from..], "[/").find_map(|at| {
                let (start, end) = (from + at, from + at + 2 + name.len());
                let is_end = bytes[start + 2..].starts_with(name.as_bytes()) && bytes.get(end) == Some(&b']');
                is_end.then_some((start, end + 1))
            }),
            Kind::Element(name) => memmem::find_iter(&bytes[from..], "</").find_map(|at| {
                let (start, end) = (from + at, from + at + 2 + name.len());
                let is_end = bytes
                    .get(start + 2..end)
                    .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
                    && bytes.get(end).is_none_or(|next| !next.is_ascii_alphanumeric() && *next != b'-');
                is_end.then_some((start, end))
            }),
            Kind::Text(text) => {
                memmem::find(&bytes[from..], text.as_bytes()).map(|at| (from + at, from + at + text.len()))
            }
        }
    }

    /// Looks at the tags that begin with `open`, but not inside `{% raw %}`.
    fn search_tag(
        &mut self,
        from: usize,
        open: &str,
        name: &'a str,
        is_it: impl Fn(&Tag<'a>) -> bool,
    ) -> Option<(usize, usize)> {
        let body = self.body;
        let mut from = from;
        loop {
            let start = from + memmem::find(&body.as_bytes()[from..], open.as_bytes())?;
            from = start + 1;
            let Some(tag) = self.lexer.tag(start) else { continue };
            if is_it(&tag) {
                return Some((tag.start, tag.end));
            }
            from = tag.end;
            // In `{% comment %}` and `{% raw %}`, what looks like a raw span is text.
            if tag.form == Form::Block && tag.name == "raw" && !matches!(name, "raw" | "comment") {
                from = self.next(Kind::RawBefore(name), from).map_or(from, |(_, end)| end);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_that_are_ahead_do_not_disturb_others() {
        let body =
            "{% highlight c %}{% raw %}{% endhighlight %}{% endraw %}{% raw %}{% endraw %}{% endhighlight %}";
        let mut ends = Ends::new(body);
        let (start, end) = ends.next(Kind::Liquid("highlight"), 0).unwrap();
        assert_eq!((&body[start..end], end), ("{% endhighlight %}", body.len()));
        assert_eq!(ends.next(Kind::Liquid("raw"), 17), body.find("{% endraw %}").map(|at| (at, at + 12)));
        assert_eq!(ends.next(Kind::Liquid("highlight"), start + 1), None);
        assert_eq!(ends.next(Kind::Liquid("comment"), 0), None);
    }

    #[test]
    fn names_are_whole() {
        let mut ends =
            Ends::new("</precious></PRE ></prefix>[/codes][/code]{{< /highlights >}}{{</highlight>}}");
        assert_eq!(ends.next(Kind::Element("pre"), 0), Some((11, 16)));
        assert_eq!(ends.next(Kind::WordPress("code"), 0), Some((35, 42)));
        assert_eq!(ends.next(Kind::Hugo("highlight"), 0), Some((61, 77)));
    }
}
