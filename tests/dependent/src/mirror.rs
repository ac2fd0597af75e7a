//! URLs rewritten.

use offprint::{Post, UrlRole};

/// Points the images of a post to copies in `folder`, named as the originals.
pub fn mirror_images(post: &mut Post<'_>, folder: &str) {
    post.for_each_url_mut(|role, url| {
        if role == UrlRole::Image {
            let name = url.rsplit('/').next().unwrap_or_default();
            *url = format!("{folder}/{name}").into();
        }
    });
}
