//! An image, of the many URLs that the attributes of its element may hold.
//!
//! Pages load images late: `src` holds a placeholder, or a small copy, and a script puts another URL there
//! that waits in an attribute of another name. Every lazy loader has its own names, so that these are told by
//! a list, by their form, and at last by what they hold.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::mem::replace;

use super::media::{pixels, shown_text};
use super::picture_size::{Relation, compare_sizes, is_same_picture};
use super::placeholder::{Worth, is_blurred_class, is_lazy_class, is_nothing, is_pending, worth};
use super::srcset::{add_source, add_srcset, clear_if_known, drop_doubtful, largest};
use super::twins::Origin;
use super::urls::{Urls, is_data};
use super::waiting::{self, Role};
use crate::html::event::{Attributes, NamePrefix, emoji};
use crate::post::{Image, MediaSource};

/// The attributes of an `<img>` that matter, found in one pass: an image has many attributes, and most of
/// them matter.
#[derive(Default)]
pub(super) struct ImageAttrs<'a> {
    src: Option<Cow<'a, str>>,
    srcset: Option<Cow<'a, str>>,
    alt: Option<Cow<'a, str>>,
    title: Option<Cow<'a, str>>,
    width: Option<Cow<'a, str>>,
    height: Option<Cow<'a, str>>,
    class: Option<Cow<'a, str>>,
    /// The attributes in which a URL may wait, in the order of the source.
    waiting: Vec<Waiting<'a>>,
}

/// An attribute in which a URL may wait.
struct Waiting<'a> {
    role: Role,
    /// In the letters of the source, if it may stand there once more.
    name: Option<&'a str>,
    value: Cow<'a, str>,
}

impl Waiting<'_> {
    fn is_named(&self, name: &str) -> bool {
        self.name.is_some_and(|other| other.eq_ignore_ascii_case(name))
    }
}

impl<'a> ImageAttrs<'a> {
    pub(super) fn of(attrs: &Attributes<'a>) -> Self {
        const SRC: NamePrefix = NamePrefix::of(b"src");
        const SRCSET: NamePrefix = NamePrefix::of(b"srcset");
        const ALT: NamePrefix = NamePrefix::of(b"alt");
        const TITLE: NamePrefix = NamePrefix::of(b"title");
        const WIDTH: NamePrefix = NamePrefix::of(b"width");
        const HEIGHT: NamePrefix = NamePrefix::of(b"height");
        const CLASS: NamePrefix = NamePrefix::of(b"class");
        let mut found = Self::default();
        // All these names are shorter than a prefix, and so are told by it. Of two attributes with one name,
        // the first one counts.
        attrs.for_each(|attr| {
            let slot = match attr.prefix() {
                SRC => &mut found.src,
                SRCSET => &mut found.srcset,
                ALT => &mut found.alt,
                TITLE => &mut found.title,
                WIDTH => &mut found.width,
                HEIGHT => &mut found.height,
                CLASS => &mut found.class,
                _ => {
                    let name = attr.name();
                    let role = waiting::role(name);
                    if let Some(role) = role.filter(|_| !found.waiting.iter().any(|it| it.is_named(name))) {
                        found.waiting.push(Waiting { role, name: attr.source_name(), value: attr.value() });
                    }
                    return;
                }
            };
            if slot.is_none() {
                *slot = Some(attr.value());
            }
        });
        found
    }

    /// The image, and where its URL comes from; `None` if it has none, and its `src` is empty. `attrs` are
    /// all its attributes, `sources` those of the `<picture>` around it.
    pub(super) fn image(
        mut self,
        attrs: &Attributes<'a>,
        sources: Vec<MediaSource<'a>>,
        link: Option<Cow<'a, str>>,
        urls: &Urls<'_>,
    ) -> (Image<'a>, Option<Origin>) {
        let src = self.src.take().and_then(|src| urls.file(src));
        let class = self.class.take().unwrap_or_default();
        let is_alone = self.waiting.is_empty() && self.srcset.is_none() && sources.is_empty();
        let is_plain = |src: &Cow<'a, str>| !is_data(src) && !is_nothing(src);
        let chosen = match src {
            // Most images have one URL.
            Some(src) if is_alone && is_plain(&src) => Some((src, sources, false)),
            src => self.choose(src, sources, attrs, &class, urls),
        };
        let image = |src, sources| Image {
            src,
            alt: self.alt.and_then(shown_text),
            title: self.title.and_then(shown_text),
            width: self.width.as_deref().and_then(pixels),
            height: self.height.as_deref().and_then(pixels),
            sources,
            link,
        };
        let Some((src, sources, was_waiting)) = chosen else { return (image("".into(), Vec::new()), None) };
        let is_hidden = || attrs.get("aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let is_blurred = !class.is_empty() && is_blurred_class(&class) || is_data(&src) && is_hidden();
        (image(src, sources), Some(Origin { was_waiting, is_blurred, ..Origin::default() }))
    }

    /// The `alt`, as it is written.
    pub(super) fn alt(&self) -> Option<&str> {
        self.alt.as_deref()
    }

    /// The text that an emoji or a smiley stands for, if the image is one.
    pub(super) fn emoji(&self) -> Option<Cow<'a, str>> {
        emoji(self.alt.as_ref(), self.class.as_deref(), self.src.as_deref())
    }

    /// Of all URLs, the one to show, the others that are usable, and whether the one waited in an attribute.
    #[inline(never)]
    fn choose(
        &mut self,
        src: Option<Cow<'a, str>>,
        mut sources: Vec<MediaSource<'a>>,
        attrs: &Attributes<'a>,
        class: &str,
        urls: &Urls<'_>,
    ) -> Option<(Cow<'a, str>, Vec<MediaSource<'a>>, bool)> {
        if let Some(list) = self.srcset.take() {
            add_srcset(&list, urls, &mut sources);
        }
        let is_lazy = is_lazy_class(class);
        let mut best = Best::new(src, is_lazy);
        self.waiting.sort_by_key(|it| it.role);
        for Waiting { role, value, .. } in self.waiting.drain(..) {
            best.add(role, value, &mut sources, urls);
        }
        if best.is_open(&sources) {
            waiting::find_in_other_attributes(attrs, |value| {
                best.add(Role::Other, value, &mut sources, urls);
            });
        }
        best.finish(sources)
    }
}

/// The best of several URLs of one image.
struct Best<'a> {
    /// The URL in `src`, and what it is worth.
    src: Option<(Cow<'a, str>, Worth)>,
    /// The URL that waited, and what it is worth.
    waiting: Option<(Cow<'a, str>, Worth)>,
    /// Whether a script would put the URL that waited into `src`, and would not show it elsewhere.
    waits_for_src: bool,
    /// Other URLs of files.
    others: Vec<MediaSource<'a>>,
    /// Whether the class says that a script will replace `src`.
    is_lazy: bool,
}

impl<'a> Best<'a> {
    fn new(src: Option<Cow<'a, str>>, is_lazy: bool) -> Self {
        let worth = |url: &Cow<'a, str>| match worth(url) {
            // A script shows something else.
            Worth::Data if is_lazy => Worth::Nothing,
            worth => worth,
        };
        let src = src.map(|src| (worth(&src), src)).map(|(worth, src)| (src, worth));
        Self { src, waiting: None, waits_for_src: false, others: Vec::new(), is_lazy }
    }

    fn worth_of_src(&self) -> Worth {
        self.src.as_ref().map_or(Worth::Nothing, |(_, worth)| *worth)
    }

    /// Whether no URL of a file has been found.
    fn is_open(&self, sources: &[MediaSource<'a>]) -> bool {
        let worth_of_waiting = self.waiting.as_ref().map_or(Worth::Nothing, |(_, worth)| *worth);
        self.worth_of_src().max(worth_of_waiting) < Worth::File && sources.is_empty()
    }

    /// Adds the value of an attribute with this role.
    fn add(&mut self, role: Role, value: Cow<'a, str>, sources: &mut Vec<MediaSource<'a>>, urls: &Urls<'_>) {
        if role == Role::Srcset {
            add_srcset(&value, urls, sources);
            return;
        }
        // Most often the script has done its work.
        if self.src.as_ref().is_some_and(|(src, _)| *src == value) {
            return;
        }
        let has_file = self.worth_of_src() == Worth::File;
        let is_pending = is_pending(&value);
        if has_file && is_pending {
            return;
        }
        let Some(value) = waiting::url_in(role, value, has_file) else { return };
        let Some(url) = urls.file(value) else { return };
        let worth = if is_pending { worth(&url).min(Worth::Doubtful) } else { worth(&url) };
        if worth == Worth::Nothing || self.src.as_ref().is_some_and(|(src, _)| *src == url) {
            return;
        }
        let waits_for_src = !matches!(role, Role::OtherSize(_) | Role::Other);
        match &mut self.waiting {
            Some((waiting, _)) if *waiting == url => {}
            // Of two, the larger one, or the one in the attribute that is surer.
            Some((waiting, Worth::File)) if worth == Worth::File => {
                let is_larger = compare_sizes(&url, waiting).is_gt();
                let is_better = is_larger && is_same_picture(&url, waiting, Relation::Copies);
                let other = if is_better { replace(waiting, url) } else { url };
                add_source(&mut self.others, other);
            }
            Some((_, known)) if *known >= worth => {}
            _ => (self.waiting, self.waits_for_src) = (Some((url, worth)), waits_for_src),
        }
    }

    /// The URL to show, the other usable ones, and whether the one to show waited in an attribute.
    fn finish(self, mut sources: Vec<MediaSource<'a>>) -> Option<(Cow<'a, str>, Vec<MediaSource<'a>>, bool)> {
        let waiting_first = self.waiting_is_better();
        let Self { src, waiting, others, .. } = self;
        let is_file = |url: &Option<(Cow<'a, str>, Worth)>| matches!(url, Some((_, Worth::File)));
        drop_doubtful(&mut sources, is_file(&src) || is_file(&waiting));
        let (first, second) = if waiting_first { (waiting, src) } else { (src, waiting) };
        let mut was_waiting = waiting_first;
        let chosen = match (first, second) {
            (Some((first, Worth::File)), second) => {
                if let Some((url, Worth::File)) = second {
                    add_source(&mut sources, url);
                }
                first
            }
            (first, second) => {
                was_waiting = true;
                if let Some(source) = largest(&sources) {
                    source.url.clone()
                } else {
                    // A picture in the page itself, or what is left.
                    let best =
                        [first, second].into_iter().flatten().filter(|(_, worth)| *worth > Worth::Nothing);
                    best.max_by(|one, other| one.1.cmp(&other.1).then(Ordering::Greater))?.0
                }
            }
        };
        for source in others {
            if source.url != chosen {
                add_source(&mut sources, source.url);
            }
        }
        clear_if_known(&mut sources, &chosen);
        Some((chosen, sources, was_waiting))
    }

    /// Whether the URL that waited is to be shown, and not that in `src`.
    fn waiting_is_better(&self) -> bool {
        let (Some((src, Worth::File)), Some((waiting, worth))) = (&self.src, &self.waiting) else {
            return matches!(self.waiting, Some((_, Worth::File)));
        };
        if *worth != Worth::File {
            return false;
        }
        match compare_sizes(waiting, src) {
            Ordering::Less => false,
            _ if self.is_lazy && self.waits_for_src => true,
            Ordering::Greater => is_same_picture(waiting, src, Relation::Copies),
            Ordering::Equal => false,
        }
    }
}
