//! The least that a command can do which reads the posts of a folder and writes as many bytes as `offprint
//! convert` does: `copy FOLDER BYTES FILE` reads all files below a folder, in order, on one thread, and
//! writes the first BYTES bytes that it reads to FILE.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// How much is written at a time.
const PIECE: usize = 256 << 10;

fn main() -> io::Result<()> {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [folder, bytes, target] = &arguments[..] else {
        return Err(io::Error::other("usage: copy FOLDER BYTES FILE"));
    };
    let wanted: usize = bytes.to_string_lossy().parse().map_err(io::Error::other)?;
    let mut files = Vec::new();
    find(Path::new(folder), &mut files)?;
    let mut target = File::create(target)?;
    let (mut room, mut length) = (vec![0; PIECE], 0);
    let (mut read, mut written) = (0, 0);
    for file in &files {
        let mut file = File::open(file)?;
        loop {
            let more = file.read(&mut room[length..])?;
            if more == 0 {
                break;
            }
            read += more;
            length += more;
            if length == PIECE {
                written += write(&mut target, &room, wanted - written)?;
                length = 0;
            }
        }
    }
    written += write(&mut target, &room[..length], wanted - written)?;
    // As the command does.
    target.sync_all()?;
    println!("{} files, {read} bytes read, {written} bytes written", files.len());
    Ok(())
}

/// Writes the first `most` bytes, or all if they are fewer, and returns their number.
fn write(target: &mut File, bytes: &[u8], most: usize) -> io::Result<usize> {
    let bytes = &bytes[..bytes.len().min(most)];
    target.write_all(bytes)?;
    Ok(bytes.len())
}

/// Finds the files below a folder, in the order of their names.
fn find(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            find(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
