//! An image, of the many URLs that the attributes of its element may hold.
//!
//! Pages load images late: `src` holds a placeholder, or a small copy, and a script puts another URL there
//! that waits in an attribute of another name. Every lazy loader has its own names, so that these are told by
//! a list, by their form, and at last by what they hold.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::mem::replace;

use super::media::shown_text;
use super::picture_size::{Relation, compare_sizes, is_same_picture};
use super::placeholder::{ClassOfImage, Worth, is_nothing, is_pending, worth};
use super::srcset::{add_source, add_srcset, clear_if_known, drop_doubtful, largest};
use super::tight::shrink_to_tight;
use super::twins::Origin;
use super::urls::Urls;
use super::waiting::{self, Role};
use crate::html::event::{Attributes, NamePrefix, RawAttribute, RawValue, emoji, pixels};
use crate::post::{Image, MediaSource};
use crate::url::is_data;

/// The attributes of an `<img>` that matter, found in one pass: an image has many attributes, and most of
/// them matter.
#[derive(Default)]
pub(super) struct ImageAttrs<'a> {
    src: Option<Cow<'a, str>>,
    srcset: Option<RawValue<'a>>,
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
    value: RawValue<'a>,
}

impl Waiting<'_> {
    fn is_named(&self, name: &str) -> bool {
        self.name.is_some_and(|other| other.eq_ignore_ascii_case(name))
    }
}

impl<'a> ImageAttrs<'a> {
    /// Reads them into this, which is empty.
    #[inline]
    pub(super) fn read(&mut self, attrs: &Attributes<'a>) {
        const SRC: NamePrefix = NamePrefix::of(b"src");
        const SRCSET: NamePrefix = NamePrefix::of(b"srcset");
        const ALT: NamePrefix = NamePrefix::of(b"alt");
        const TITLE: NamePrefix = NamePrefix::of(b"title");
        const WIDTH: NamePrefix = NamePrefix::of(b"width");
        const HEIGHT: NamePrefix = NamePrefix::of(b"height");
        const CLASS: NamePrefix = NamePrefix::of(b"class");
        // All these names are shorter than a prefix, and so are told by it. Of two attributes with one name,
        // the first one counts.
        attrs.for_each(|attr| {
            let slot = match attr.prefix() {
                SRC => &mut self.src,
                SRCSET => {
                    if self.srcset.is_none() {
                        self.srcset = Some(attr.raw_value());
                    }
                    return;
                }
                ALT => &mut self.alt,
                TITLE => &mut self.title,
                WIDTH => &mut self.width,
                HEIGHT => &mut self.height,
                CLASS => &mut self.class,
                _ => {
                    if let Some(role) = waiting::role(attr) {
                        self.add_waiting(role, attr);
                    }
                    return;
                }
            };
            if slot.is_none() {
                *slot = Some(attr.value());
            }
        });
    }

    fn add_waiting(&mut self, role: Role, attr: RawAttribute<'_, 'a>) {
        // Of two attributes with one name, the first one counts.
        if !self.waiting.iter().any(|it| it.is_named(attr.name())) {
            self.waiting.push(Waiting { role, name: attr.source_name(), value: attr.raw_value() });
        }
    }

    /// Of all URLs, the one to show, and the others that are usable; `None` without one to show. `attrs` are
    /// all the attributes, `sources` those of the `<picture>` around the image.
    #[inline]
    pub(super) fn choose(
        &mut self,
        attrs: &Attributes<'a>,
        sources: Vec<MediaSource<'a>>,
        urls: &Urls<'_>,
    ) -> Option<Chosen<'a>> {
        let src = self.src.take().and_then(|src| urls.file(src));
        let class = self.class.as_deref().map_or_else(ClassOfImage::default, ClassOfImage::of);
        let is_alone = self.waiting.is_empty() && self.srcset.is_none() && sources.is_empty();
        let is_plain = |src: &Cow<'a, str>| !is_data(src) && !is_nothing(src);
        let mut chosen = match src {
            // Most images have one URL.
            Some(src) if is_alone && is_plain(&src) => Chosen { src, sources, origin: Origin::default() },
            src => self.choose_of_many(src, sources, attrs, class, urls)?,
        };
        let is_hidden = || attrs.get("aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"));
        // An image with the URL of the sharp one is no copy of another: its class says how that is shown.
        chosen.origin.is_blurred = class.is_blurred && is_alone || is_data(&chosen.src) && is_hidden();
        Some(chosen)
    }

    /// The image with this URL and these candidates. Takes what it says.
    #[expect(clippy::inline_always, reason = "has one caller, into whose place for a medium it is made")]
    #[inline(always)]
    pub(super) fn image(
        &mut self,
        src: Cow<'a, str>,
        sources: Vec<MediaSource<'a>>,
        link: Option<Cow<'a, str>>,
    ) -> Image<'a> {
        Image {
            src,
            alt: self.alt.take().and_then(shown_text),
            title: self.title.take().and_then(shown_text),
            width: self.width.as_deref().and_then(pixels),
            height: self.height.as_deref().and_then(pixels),
            sources,
            link,
        }
    }

    /// The `src` and the source of the `srcset`, if there are no other URLs.
    pub(super) fn src_and_list(&self) -> Option<(&str, &'a str)> {
        let list = self.srcset.as_ref()?.source()?;
        if self.waiting.is_empty() { Some((self.src.as_deref()?, list)) } else { None }
    }

    /// Leaves out the candidates of the `srcset`.
    pub(super) fn leave_out_list(&mut self) {
        self.srcset = None;
    }

    /// Leaves out the size of what stands in for a file that a script loads, if that is one pixel.
    fn leave_out_pixel(&mut self) {
        let is_one = |size: &Option<Cow<'_, str>>| matches!(size.as_deref().and_then(pixels), Some(0 | 1));
        if is_one(&self.width) && is_one(&self.height) {
            (self.width, self.height) = (None, None);
        }
    }

    /// The `alt`, as it is written.
    pub(super) fn alt(&self) -> Option<&str> {
        self.alt.as_deref()
    }

    /// The text that an emoji or a smiley stands for, if the image is one.
    pub(super) fn emoji(&self) -> Option<Cow<'a, str>> {
        emoji(self.alt.as_ref(), self.class.as_deref(), self.src.as_deref(), self.width.as_deref())
    }

    /// [`choose`](Self::choose), where there may be several URLs.
    #[inline(never)]
    fn choose_of_many(
        &mut self,
        src: Option<Cow<'a, str>>,
        mut sources: Vec<MediaSource<'a>>,
        attrs: &Attributes<'a>,
        class: ClassOfImage,
        urls: &Urls<'_>,
    ) -> Option<Chosen<'a>> {
        if !self.waiting.is_empty() {
            self.leave_out_pixel();
        }
        let mut only_list = None;
        let mut add_list = |list: RawValue<'a>, sources: &mut Vec<MediaSource<'a>>| {
            only_list = if sources.is_empty() { list.source() } else { None };
            add_srcset(list, urls, sources);
        };
        if let Some(list) = self.srcset.take() {
            add_list(list, &mut sources);
        }
        let mut best = Best::new(src, class.is_lazy);
        if self.waiting.len() > 1 {
            self.waiting.sort_by_key(|it| it.role);
        }
        for Waiting { role, value, .. } in self.waiting.drain(..) {
            if role == Role::Srcset {
                add_list(value, &mut sources);
            } else if !best.is_mended(&value) {
                best.add(role, value.decode(), urls);
            }
        }
        if best.is_open(&sources) {
            waiting::find_in_other_attributes(attrs, |value| best.add(Role::Other, value, urls));
        }
        best.finish(sources, only_list)
    }
}

/// What is chosen of the URLs of an image.
pub(super) struct Chosen<'a> {
    /// The URL to show.
    pub(super) src: Cow<'a, str>,
    /// The others that are usable.
    pub(super) sources: Vec<MediaSource<'a>>,
    pub(super) origin: Origin<'a>,
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
        let src = src.map(|src| {
            let worth = worth(&src);
            (src, worth)
        });
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

    /// Whether a value is plainly one that a script has mended, and put into `src`.
    fn is_mended(&self, value: &RawValue<'a>) -> bool {
        matches!(value, RawValue::Encoded(url) if self.worth_of_src() == Worth::File && is_pending(url))
    }

    /// Adds the value of an attribute with this role.
    fn add(&mut self, role: Role, value: Cow<'a, str>, urls: &Urls<'_>) {
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
        if role == Role::OtherSizeOrImage && !self.is_copy_of_src(&url) {
            return;
        }
        let waits_for_src = !matches!(role, Role::OtherSize(_) | Role::OtherSizeOrImage | Role::Other);
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

    /// Whether a URL is plainly that of the image in `src`, in another size.
    #[cold]
    fn is_copy_of_src(&self, url: &str) -> bool {
        self.src.as_ref().is_some_and(|(src, _)| is_same_picture(url, src, Relation::Copies))
    }

    /// The URL to show, and the others that are usable. `only_list` is the list that the candidates are of.
    fn finish(self, mut sources: Vec<MediaSource<'a>>, only_list: Option<&'a str>) -> Option<Chosen<'a>> {
        let waiting_first = self.waiting_is_better();
        let Self { src, waiting, others, .. } = self;
        let is_file = |url: &&(Cow<'a, str>, Worth)| url.1 == Worth::File;
        let file = src.as_ref().filter(is_file).or(waiting.as_ref().filter(is_file));
        drop_doubtful(&mut sources, file.map(|(url, _)| &**url));
        let (first, second) = if waiting_first { (waiting, src) } else { (src, waiting) };
        let mut origin = Origin { was_waiting: waiting_first, list: only_list, ..Origin::default() };
        let src = match (first, second) {
            (Some((first, Worth::File)), second) => {
                if let Some((url, Worth::File)) = second {
                    add_source(&mut sources, url);
                }
                first
            }
            (first, second) => {
                (origin.was_waiting, origin.list) = (true, None);
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
            if source.url != src {
                add_source(&mut sources, source.url);
            }
        }
        clear_if_known(&mut sources, &src);
        // There was room for each comma of a list, and for candidates that are left out.
        shrink_to_tight(&mut sources);
        Some(Chosen { src, sources, origin })
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
