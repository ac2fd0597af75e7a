//! What stands in an element for browsers that do not know it: the address of what it would show, where its
//! own attributes name none; and e-mail addresses that a script is to decode.

use super::builder::BlockBuilder;
use super::effect::Effect;
use crate::bytes::hex_byte;
use crate::html::event::{Attributes, Element, Tag, first_link};
use crate::post::{Embed, MarkKind, Media};

impl<'a> BlockBuilder<'a, '_> {
    /// Opens an `<iframe>` without an address: the first link in its fallback is one.
    pub(super) fn open_fallback(&mut self, embed: Embed<'a>) -> Effect {
        self.fallback = Some((embed, String::new()));
        self.hide();
        Effect::Fallback
    }

    /// Closes the `<iframe>` that [was opened](Self::open_fallback).
    pub(super) fn close_fallback(&mut self) {
        let Some((embed, html)) = self.fallback.take() else { return };
        if let Some(src) = first_link(&html).and_then(|href| self.urls.link(href.into_owned().into())) {
            self.show(Media::Embed(Embed { src, ..embed }));
        }
    }

    /// Does what a start tag asks for inside an `<object>`, a film or a sound that has no address so far.
    pub(super) fn enter_fallback(&mut self, element: &Element<'a>) {
        let attrs = &element.attrs;
        let url = match element.tag {
            Tag::A => attrs.get("href"),
            Tag::Param => {
                let is_address = attrs.get("name").is_some_and(|name| {
                    ["movie", "src", "url", "filename"].iter().any(|known| name.eq_ignore_ascii_case(known))
                });
                is_address.then(|| attrs.get("value")).flatten()
            }
            _ => None,
        };
        let Some(url) = url.and_then(|url| self.urls.link(url)) else { return };
        if self.media.takes_embed() {
            let embed = self.fallback.take().map_or_else(|| Embed::new(""), |(embed, _)| embed);
            self.show(Media::Embed(Embed { src: url, ..embed }));
        } else if element.tag == Tag::A {
            self.media.add_fallback(url);
        }
    }

    /// Adds the name of a journal, which stands in an attribute: its server makes a link of the element.
    pub(super) fn add_name_of_journal(&mut self, attrs: &Attributes<'a>) {
        if let Some(name) = ["user", "comm", "name"].iter().find_map(|name| attrs.get_trimmed(name)) {
            self.add_emoji(&name);
        }
    }

    /// Opens an element whose text is an e-mail address that only a script is to read, if it is one: the
    /// address stands in its stead.
    pub(super) fn open_address(&mut self, element: &Element<'a>) -> Option<Effect> {
        let address = decoded(&element.attrs.get("data-cfemail")?)?;
        let has_host = address.split_once('@').is_some_and(|(_, host)| host.contains('.'));
        let is_link = element.tag == Tag::A && has_host;
        let has_mark = is_link && {
            let link = MarkKind::Link { href: ["mailto:", &address].concat().into(), title: None };
            matches!(self.open_mark(link), Effect::Mark)
        };
        self.add_emoji(&address);
        self.hide();
        Some(Effect::Address { has_mark })
    }
}

/// Whether a link ends with the code of a hidden address: eight hexadecimal digits at least.
#[inline]
pub(super) fn may_hide_address(href: &str) -> bool {
    href.as_bytes().last_chunk::<8>().is_some_and(|end| end.iter().all(u8::is_ascii_hexdigit))
}

/// The address of a link to a page that says that the address is hidden.
pub(super) fn hidden_address(href: &str) -> Option<String> {
    let (page, code) = if may_hide_address(href) { href.rsplit_once('#')? } else { return None };
    page.ends_with("/cdn-cgi/l/email-protection").then(|| decoded(code)).flatten()
}

/// An e-mail address that Cloudflare has hidden: bytes in hexadecimal digits, each but the first XOR the
/// first.
fn decoded(code: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> =
        code.as_bytes().chunks(2).map(|pair| hex_byte(pair.try_into().ok()?)).collect();
    let (key, bytes) = bytes.as_deref()?.split_first()?;
    let address = String::from_utf8(bytes.iter().map(|byte| byte ^ key).collect()).ok()?;
    let is_address =
        address.contains('@') && !address.contains(|c: char| c.is_control() || c.is_whitespace());
    is_address.then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_decoded() {
        let code = "422e2723240227232f322e276c2d3025";
        assert_eq!(decoded(code).as_deref(), Some("leaf@eample.org"));
        assert_eq!(decoded(&code.to_uppercase()).as_deref(), Some("leaf@eample.org"));
        for broken in ["", "4", "42", "422", "422e", "4242", "zz00", "422e27€", "422a2a"] {
            assert_eq!(decoded(broken), None, "{broken}");
        }
        let page = "https://tea.example/cdn-cgi/l/email-protection";
        assert_eq!(hidden_address(&format!("{page}#{code}")).as_deref(), Some("leaf@eample.org"));
        assert_eq!(hidden_address(page), None);
        assert_eq!(hidden_address(&format!("https://tea.example/#{code}")), None);
    }
}
