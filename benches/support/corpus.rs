//! Posts from files.

use std::path::Path;
use std::{env, fs, io};

use super::Family;

/// The posts of the folder that `OFFPRINT_CORPUS` names, if it is set.
pub(crate) fn from_env() -> Option<Family> {
    let folder = env::var_os("OFFPRINT_CORPUS")?;
    Some(in_folder("corpus", Path::new(&folder)))
}

/// The posts in a folder and below it. A folder that cannot be read, or holds none, stops the program.
pub(crate) fn in_folder(name: &'static str, folder: &Path) -> Family {
    let mut posts = Vec::new();
    if let Err(error) = read_posts(folder, &mut posts) {
        panic!("cannot read {}: {error}", folder.display());
    }
    // The file system's order is not the same everywhere.
    posts.sort();
    assert!(!posts.is_empty(), "no posts in {}", folder.display());
    Family { name, posts }
}

fn read_posts(folder: &Path, posts: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_posts(&path, posts)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            // As text whatever it holds: `Post::parse` takes a `&str`.
            posts.push(String::from_utf8_lossy(&fs::read(path)?).into_owned());
        }
    }
    Ok(())
}
