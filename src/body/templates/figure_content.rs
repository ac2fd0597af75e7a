//! What stands between `[caption]` and `[/caption]`.

/// The length of the image that the content begins with, and the link around it: `<a><img></a>` or Markdown's
/// `[![alt](src)](href)`.
pub(super) fn image_end(content: &str) -> Option<usize> {
    let length = content.len();
    let content = content.trim_ascii_start();
    let rest = html_image(content).or_else(|| markdown_image(content))?;
    Some(length - rest.len())
}

/// Whether the content has a Markdown image or link.
pub(super) fn is_markdown(content: &str) -> bool {
    content.contains("](")
}

/// What comes after `<a …><img …></a>`.
fn html_image(content: &str) -> Option<&str> {
    let is_link = starts_with_tag(content, "<a");
    let image = if is_link { after(content, ">")?.trim_ascii_start() } else { content };
    if !starts_with_tag(image, "<img") {
        return None;
    }
    let rest = after(image, ">")?;
    match rest.trim_ascii_start() {
        end if is_link && starts_with_tag(end, "</a") => after(end, ">"),
        _ => Some(rest),
    }
}

fn starts_with_tag(text: &str, tag: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
        && bytes.get(tag.len()).is_some_and(|next| !next.is_ascii_alphanumeric())
}

/// What comes after the image, and the link around it.
fn markdown_image(content: &str) -> Option<&str> {
    let (is_link, image) = match content.strip_prefix('[') {
        Some(image) => (true, image),
        None => (false, content),
    };
    let rest = after(after(image.strip_prefix("![")?, "](")?, ")")?;
    if is_link { after(rest.strip_prefix("](")?, ")") } else { Some(rest) }
}

fn after<'t>(text: &'t str, end: &str) -> Option<&'t str> {
    text.split_once(end).map(|(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_image_ends_before_its_caption() {
        for image in [
            "<img src=a>",
            " <a href=b><img src=a /></a>",
            "<a href=b>\n<IMG src=a>\n</A>",
            "![x](y)",
            "[![x](y \"z\")](w)",
        ] {
            let length = image_end(&format!("{image} text <i>of</i> it")).unwrap();
            assert_eq!(length, image.len());
        }
        for other in ["text <img>", "<a>text</a>", "<iframe>", "[x](y)", ""] {
            assert_eq!(image_end(other), None);
        }
    }
}
