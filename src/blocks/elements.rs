//! What each element asks for: a block, a mark, a medium, or nothing.

use super::beside::{Side, side_of};
use super::builder::BlockBuilder;
use super::effect::Effect;
use super::frame::FrameKind;
use super::image::{Chosen, ImageAttrs};
use super::list::OpenList;
use super::media::{self, audio, embed, embed_without_address, video, waiting_embed};
use super::open_media::Player;
use super::placeholder::{Worth, worth};
use super::table::OpenTable;
use super::{drop_cap, list};
use crate::html::event::{Attributes, Element, Names, Tag};
use crate::post::{Block, Embed, HeadingLevel, Image, Item, List, ListKind, MarkKind, Media, ThematicBreak};

impl<'a> BlockBuilder<'a, '_> {
    /// [`enter`](Self::enter), where it takes more.
    #[inline(never)]
    pub(super) fn enter_other(&mut self, element: &Element<'a>) -> Effect {
        match element.tag {
            Tag::Unknown => self.open_unknown(element),
            Tag::Code => self.open_code(element),
            Tag::Noscript => {
                self.media.open_noscript();
                Effect::Noscript
            }
            Tag::Img | Tag::Iframe | Tag::Embed | Tag::Object | Tag::Video | Tag::Audio | Tag::Picture => {
                self.open_media(element)
            }
            Tag::Base => {
                if let Some(href) = element.attrs.get("href") {
                    self.urls.take_base_element(href);
                }
                Effect::Nothing
            }
            Tag::Source => {
                self.media.add_source(&element.attrs, &self.urls);
                Effect::Nothing
            }
            Tag::Input => {
                self.note_checkbox(&element.attrs);
                self.part_at_field(&element.attrs);
                Effect::Nothing
            }
            Tag::Ruby => {
                self.inline.open_ruby();
                Effect::Ruby
            }
            Tag::Rb => {
                self.inline.open_ruby_base();
                Effect::RubyBase
            }
            Tag::Rt | Tag::Rtc => self.open_reading(),
            Tag::Math => self.open_formula(&element.attrs),
            Tag::Script => {
                self.show_scripted_page(element);
                self.hide()
            }
            tag if tag.hides_text() => self.hide(),
            tag if tag.is_block() => self.open_block(element),
            tag => match mark(tag) {
                Some(mark) => self.open_marked(element, mark),
                None => self.open_plain_inline(element),
            },
        }
    }

    /// Whether an element that opens here is to be [looked at](Self::open_unlike_most) for more than its tag.
    #[inline]
    pub(super) fn is_unlike_most(&self) -> bool {
        self.is_hidden() | self.captions.is_near | self.anchors.is_second_reading()
    }

    /// Opens an element of which not only the tag counts: its text is not shown, it may be a caption, or
    /// links may lead to it.
    #[cold]
    pub(super) fn open_unlike_most(&mut self, element: &Element<'a>) {
        let keeps_id = self.anchors.is_second_reading() && !self.is_hidden();
        if keeps_id {
            self.note_medium_id(element);
        }
        if self.captions.is_near && self.open_near_figure(element, keeps_id) {
            return;
        }
        let effect = if self.is_hidden() { self.enter_hidden(element) } else { self.enter(element) };
        if keeps_id {
            self.note_id(element, effect);
        }
        self.push_effect(effect);
    }

    /// Does what the start tag of an element asks for whose text is not shown: only the files that it plays
    /// matter.
    #[cold]
    pub(super) fn enter_hidden(&mut self, element: &Element<'a>) -> Effect {
        if self.is_in_reading() {
            return self.enter_in_reading(element);
        }
        match element.tag {
            Tag::Source => self.media.add_source(&element.attrs, &self.urls),
            Tag::Embed if self.media.takes_embed() => return self.open_media(element),
            Tag::A | Tag::Param => self.enter_fallback(element),
            _ => {}
        }
        Effect::Nothing
    }

    /// Does what the start tag of an element in a reading asks for. A reading is a short text: at a link or a
    /// block it ends, and what follows is text after the base.
    fn enter_in_reading(&mut self, element: &Element<'a>) -> Effect {
        match element.tag {
            Tag::Ruby | Tag::Rb => Effect::Nothing,
            Tag::Rt | Tag::Rtc => {
                self.inline.split_reading();
                Effect::OneReading
            }
            Tag::Br => {
                self.inline.push_reading(" ");
                Effect::Nothing
            }
            tag => {
                if tag.is_block() {
                    self.leave_reading();
                }
                self.enter(element)
            }
        }
    }

    /// Opens an element that HTML does not know. Some of AMP and of SVG show images, or play.
    fn open_unknown(&mut self, element: &Element<'a>) -> Effect {
        match &*element.name {
            "amp-img" | "amp-anim" if element.attrs.get("placeholder").is_none() => {
                self.show_image(&element.attrs);
                self.media.note_amp();
            }
            "amp-video" => return self.open_player(Player::Video(video(&element.attrs, &self.urls))),
            "amp-audio" => return self.open_player(Player::Audio(audio(&element.attrs, &self.urls))),
            // Outside a drawing, HTML makes an `<img>` of it.
            "image" => self.show_drawn_image(&element.attrs),
            // The sign of a note of the margin is a button, and touches the word before it.
            "label" if element.attrs.has_class("margin-toggle") => self.inline.leave_gap(),
            // The labels of two fields are two, as those of tabs are.
            // So are a title and its time.
            "label" | "time" => self.inline.part_elements(),
            // LiveJournal, in what it exports, and Dreamwidth: the name of a journal.
            "lj" | "user" => self.add_name_of_journal(&element.attrs),
            "text" | "tspan" if stands_at_place(&element.attrs) => self.begin_line(),
            _ => self.show_scripted_page(element),
        }
        if self.is_set_apart(element) {
            return self.open_set_apart(element);
        }
        self.open_plain_inline(element)
    }

    #[expect(clippy::inline_always, reason = "has one caller")]
    #[inline(always)]
    fn open_block(&mut self, element: &Element<'a>) -> Effect {
        let attrs = &element.attrs;
        if self.is_in_one_text() {
            if self.inline.preserves() {
                return self.open_in_pre(element);
            }
            self.inline.boundary();
            return Effect::Boundary;
        }
        match (element.tag, self.frame_kind()) {
            (Tag::H1, _) => self.open_heading(HeadingLevel::H1, attrs),
            (Tag::H2, _) => self.open_heading(HeadingLevel::H2, attrs),
            (Tag::H3, _) => self.open_heading(HeadingLevel::H3, attrs),
            (Tag::H4, _) => self.open_heading(HeadingLevel::H4, attrs),
            (Tag::H5, _) => self.open_heading(HeadingLevel::H5, attrs),
            (Tag::H6, _) => self.open_heading(HeadingLevel::H6, attrs),
            (Tag::Hr, _) => {
                self.end_text();
                self.frame().push(Block::ThematicBreak(ThematicBreak::new()));
                Effect::Nothing
            }
            (Tag::Blockquote, _) => self.open_frame(FrameKind::Quote),
            (Tag::Ul | Tag::Menu | Tag::Dir, _) => {
                self.open_frame(FrameKind::List(OpenList::unordered(attrs)))
            }
            (Tag::Ol, _) => self.open_frame(FrameKind::List(OpenList::ordered(attrs))),
            (Tag::Dl, _) if is_gallery_item(attrs) => self.open_rare_group(element),
            (Tag::Dl, _) => self.open_frame(FrameKind::List(OpenList::new(ListKind::Description))),
            (Tag::Li, _) => self.open_lone_item(),
            (Tag::Dt, FrameKind::List(open)) if open.list.kind == ListKind::Description => {
                self.open_frame(FrameKind::Term)
            }
            (Tag::Dd, FrameKind::List(open)) if open.list.kind == ListKind::Description => {
                self.open_frame(FrameKind::Description)
            }
            (Tag::Table, _) if self.is_laid_out() => self.open_laid_out(),
            (Tag::Table, _) if is_captioned_image(attrs) => self.open_frame(FrameKind::Figure),
            (Tag::Table, _) => self.open_frame(FrameKind::Table(Box::<OpenTable<'_>>::default())),
            (tag @ (Tag::Thead | Tag::Tbody | Tag::Tfoot), FrameKind::Table(_)) => self.open_row_group(tag),
            (Tag::Caption, FrameKind::Table(_)) => self.open_frame(FrameKind::TableCaption),
            (Tag::Tr, FrameKind::Table(_)) => self.open_frame(FrameKind::Row(Vec::new(), Vec::new())),
            (Tag::Td | Tag::Th, FrameKind::Row(..)) => self.open_cell(element),
            (Tag::Td, FrameKind::List(open)) if open.list.kind == ListKind::Description => {
                self.open_cell_of_terms(attrs)
            }
            (Tag::Tr, FrameKind::List(open)) if open.list.kind == ListKind::Ordered => {
                self.open_frame(FrameKind::Item(Item::default()))
            }
            (Tag::Td, FrameKind::Item(_)) => self.open_cell_of_item(element),
            (Tag::Figure, _) => {
                let names_language = self.note_code_language(attrs);
                let effect = self.open_frame(FrameKind::Figure);
                let effect = if attrs.is_empty() { effect } else { self.open_scripted_figure(attrs, effect) };
                if names_language { Self::around_code(effect) } else { effect }
            }
            (Tag::Figcaption, FrameKind::Figure) => self.open_figcaption(attrs),
            (Tag::Figcaption, _) => self.open_frame(FrameKind::CaptionAbove),
            (Tag::Pre | Tag::Listing | Tag::Xmp | Tag::Plaintext, _) => self.open_pre(attrs, false),
            _ => self.open_rare_group(element),
        }
    }

    /// Opens an `<li>` that stands in no list: browsers show it as an item all the same. Those that follow
    /// each other are one list.
    fn open_lone_item(&mut self) -> Effect {
        self.end_text();
        // In a list that was dissolved, it is dissolved too.
        if self.is_full() {
            return Effect::Boundary;
        }
        let lone_list = self.frame().take_lone_list();
        let list = lone_list.unwrap_or_else(|| List::new(ListKind::Unordered, Vec::new()));
        match self.open_frame(FrameKind::List(OpenList::of(list))) {
            Effect::Frame => {
                self.open_frame(FrameKind::Item(Item::default()));
                Effect::LoneItem
            }
            effect => effect,
        }
    }

    fn open_row_group(&mut self, tag: Tag) -> Effect {
        self.end_text();
        if let FrameKind::Table(table) = &mut self.frame().kind {
            table.begin_group(tag);
        }
        Effect::Boundary
    }

    /// Notes the checkbox of an item, which stands before all that the item says.
    fn note_checkbox(&mut self, attrs: &Attributes<'a>) {
        if let Some(item) = self.item_without_checkbox() {
            item.checked = list::checkbox(attrs);
        }
    }

    /// The same for an inline element that a style or a script draws as a checkbox.
    #[cold]
    pub(super) fn note_drawn_checkbox(&mut self, element: &Element<'a>) {
        if let Some(item) = self.item_without_checkbox() {
            item.checked = list::drawn_checkbox(&element.attrs);
        }
    }

    /// The item that begins here, if it has no checkbox.
    fn item_without_checkbox(&mut self) -> Option<&mut Item<'a>> {
        let is_first = self.inline.is_empty() && self.frame().blocks.is_empty();
        match &mut self.frame().kind {
            FrameKind::Item(item @ Item { checked: None, .. }) if is_first => Some(item),
            _ => None,
        }
    }

    /// Parts the words around a field of a form, which browsers show as a box in the line. The note of a
    /// margin after its number is such a word.
    fn part_at_field(&mut self, attrs: &Attributes<'a>) {
        if attrs.get("type").is_none_or(|kind| !kind.eq_ignore_ascii_case("hidden")) {
            self.inline.leave_gap();
        }
    }

    fn open_formula(&mut self, attrs: &Attributes<'a>) -> Effect {
        let display = attrs.get("display").is_some_and(|display| display == "block");
        self.open_mark(MarkKind::Math { display })
    }

    fn open_media(&mut self, element: &Element<'a>) -> Effect {
        let (attrs, urls) = (&element.attrs, &self.urls);
        match element.tag {
            Tag::Img => self.show_image(attrs),
            Tag::Picture if self.media.open_picture() => return Effect::Picture,
            Tag::Video => return self.open_player(Player::Video(video(attrs, urls))),
            Tag::Audio => return self.open_player(Player::Audio(audio(attrs, urls))),
            Tag::Iframe => {
                let Some(embed) = embed(attrs, IFRAME, urls).or_else(|| waiting_embed(attrs, urls)) else {
                    return self.open_fallback(embed_without_address(attrs));
                };
                let page = if embed.src.contains('#') { media::page_of_card(attrs, urls) } else { None };
                self.show(Media::Embed(match page {
                    Some(src) => Embed { src, ..embed },
                    None => embed,
                }));
                return self.hide();
            }
            Tag::Object => {
                let embed = embed(attrs, &["data"], urls);
                self.media.open_object(embed.as_ref());
                if embed.is_none() {
                    self.fallback = Some((embed_without_address(attrs), String::new()));
                }
                self.show_embed(embed);
                return self.hide();
            }
            Tag::Embed => self.show_embed(embed(attrs, IFRAME, urls)),
            _ => {}
        }
        Effect::Nothing
    }

    /// Opens a player, whose text is for readers that cannot play.
    fn open_player(&mut self, player: Player<'a>) -> Effect {
        self.media.open_player(player);
        self.hidden += 1;
        Effect::Player
    }

    fn show_scripted_page(&mut self, element: &Element<'a>) {
        if let Some(src) = element.scripted_page().and_then(|page| self.urls.link(page)) {
            let title = element.title_of_page().and_then(media::shown_text);
            self.show(Media::Embed(Embed { src, title, ..embed_without_address(&element.attrs) }));
        }
    }

    pub(super) fn show_embed(&mut self, embed: Option<Embed<'a>>) {
        if let Some(embed) = embed {
            self.show(Media::Embed(embed));
        }
    }

    fn show_image(&mut self, attrs: &Attributes<'a>) {
        let sources = self.media.take_picture_sources();
        let mut image = ImageAttrs::default();
        image.read(attrs);
        if let Some(text) = image.emoji() {
            self.add_emoji(&text);
            return;
        }
        if let Some(letter) = image.alt().filter(|_| self.inline.is_empty()) {
            if let Some(letter) = drop_cap::letter_of_image(letter, attrs) {
                self.add_emoji(letter);
                self.inline.end_drop_cap();
                return;
            }
        }
        if let Some((src, list)) = image.src_and_list().filter(|_| sources.is_empty()) {
            if self.is_known_image(src, list) {
                image.leave_out_list();
            }
        }
        let link = self.inline.copy_link(&self.urls).filter(|link| !self.page.is_top(link));
        let (src, sources, origin) = match image.choose(attrs, sources, &self.urls) {
            Some(Chosen { src, sources, origin }) => (src, sources, Some(origin)),
            None => ("".into(), Vec::new(), None),
        };
        let image = image.image(src, sources, link);
        let Some(origin) = origin else { return self.note_unseen(image) };
        let side = if self.inline.is_empty() { Side::After } else { side_of(attrs) };
        self.show_from(Media::Image(image), origin, side);
    }

    /// Shows the `<image>` of a drawing: a picture from a file, which the drawing only frames.
    fn show_drawn_image(&mut self, attrs: &Attributes<'a>) {
        let href = attrs.get("href").or_else(|| attrs.get("xlink:href"));
        let file = href.and_then(|href| self.urls.file(href)).filter(|url| worth(url) == Worth::File);
        if let Some(src) = file {
            let (width, height) = (media::pixels_of(attrs, "width"), media::pixels_of(attrs, "height"));
            let link = self.inline.copy_link(&self.urls);
            self.show(Media::Image(Image { width, height, link, ..Image::new(src) }));
        }
    }
}

/// The attributes of an `<iframe>` or an `<embed>` that name the page, or keep its URL for a script.
const IFRAME: &[&str] =
    &["src", "data-src", "data-lazy-src", "data-original", "data-iframe-src", "data-embed-src", "data-url"];

/// Whether a `<dl>` is an image and its caption in a gallery of WordPress.
fn is_gallery_item(attrs: &Attributes<'_>) -> bool {
    attrs.has_class("gallery-item")
}

/// Whether a `<table>` is an image and its caption, as Blogger makes them.
fn is_captioned_image(attrs: &Attributes<'_>) -> bool {
    attrs.has_class("tr-caption-container")
}

/// Whether a text of a drawing has a place of its own, and is not the next word of a line.
fn stands_at_place(attrs: &Attributes<'_>) -> bool {
    const NAMES: Names<'_, 3> = Names::new(["y", "dy", "transform"]);
    attrs.get_all_raw(&NAMES).iter().any(Option::is_some)
}

/// The mark that an inline element makes.
fn mark<'a>(tag: Tag) -> Option<MarkKind<'a>> {
    Some(match tag {
        Tag::Strong | Tag::B => MarkKind::Strong,
        Tag::Em | Tag::I | Tag::Cite | Tag::Dfn | Tag::Var => MarkKind::Emphasis,
        Tag::Kbd | Tag::Samp | Tag::Tt => MarkKind::Code,
        Tag::U | Tag::Ins => MarkKind::Underline,
        Tag::S | Tag::Del | Tag::Strike => MarkKind::Strikethrough,
        Tag::Sub => MarkKind::Subscript,
        Tag::Sup => MarkKind::Superscript,
        Tag::Mark => MarkKind::Highlight,
        Tag::Q => MarkKind::Quotation,
        Tag::Small => MarkKind::Small,
        _ => return None,
    })
}
