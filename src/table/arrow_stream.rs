//! The batches of an Arrow stream that nobody vouches for.

use std::io::{self, Read};

use arrow_array::RecordBatch;
use arrow_buffer::Buffer;
use arrow_ipc::reader::StreamDecoder;
use arrow_schema::{ArrowError, SchemaRef};

use super::error::{damaged, guarded, into_io, invalid};

/// How much is read at a time. What a message says of its length is not believed: memory is taken for what
/// comes.
const CHUNK_BYTES: usize = 256 << 10;

/// Reads a stream, batch by batch.
pub(super) struct ArrowStream<R> {
    input: R,
    decoder: StreamDecoder,
    /// What was read and is not decoded yet.
    chunk: Buffer,
    schema: SchemaRef,
    /// The batch that came with the schema.
    first: Option<RecordBatch>,
    /// Whether there was an error, or the end.
    is_over: bool,
}

impl<R: Read> ArrowStream<R> {
    /// Reads the schema.
    pub(super) fn new(mut input: R) -> io::Result<Self> {
        let mut decoder = StreamDecoder::new();
        let mut chunk = read_chunk(&mut input)?;
        check_start(&chunk)?;
        loop {
            let first = decode(&mut decoder, &mut chunk)?;
            if let Some(schema) = decoder.schema() {
                return Ok(Self { input, decoder, chunk, schema, first, is_over: false });
            }
            chunk = read_chunk(&mut input)?;
            if chunk.is_empty() {
                return Err(cut());
            }
        }
    }

    pub(super) fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn next_batch(&mut self) -> io::Result<Option<RecordBatch>> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        loop {
            if self.chunk.is_empty() {
                self.chunk = read_chunk(&mut self.input)?;
            }
            if self.chunk.is_empty() {
                return self.check_end().map(|()| None);
            }
            if let Some(batch) = decode(&mut self.decoder, &mut self.chunk)? {
                return Ok(Some(batch));
            }
        }
    }

    /// Fails if the input ends without an end mark: somebody has cut it.
    fn check_end(&mut self) -> io::Result<()> {
        // Between two messages there may be the end mark or not: what has met it takes nothing more.
        let is_between_messages = self.decoder.finish().is_ok();
        let mut more = Buffer::from_vec(vec![0_u8]);
        if is_between_messages && self.decoder.decode(&mut more).is_err() { Ok(()) } else { Err(cut()) }
    }
}

impl<R: Read> Iterator for ArrowStream<R> {
    type Item = io::Result<RecordBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let batch = self.next_batch().transpose();
        self.is_over = !matches!(batch, Some(Ok(_)));
        batch
    }
}

/// The next batch of a chunk; `None` once the chunk is used up.
fn decode(decoder: &mut StreamDecoder, chunk: &mut Buffer) -> io::Result<Option<RecordBatch>> {
    /// What the decoder says of bytes after the end mark.
    const AFTER_END: &str = "Unexpected EOS";

    match guarded(|| decoder.decode(chunk), || damaged("Arrow stream"))? {
        Err(ArrowError::IpcError(message)) if message == AFTER_END => {
            Err(invalid("the Arrow stream has bytes after its end mark"))
        }
        Err(ArrowError::IpcError(message)) if message.contains("decompression requires") => {
            Err(invalid("the batches of the Arrow stream are compressed, which is not read"))
        }
        batch => batch.map_err(into_io),
    }
}

/// Some bytes; none at the end.
fn read_chunk(input: &mut impl Read) -> io::Result<Buffer> {
    let mut bytes = Vec::with_capacity(CHUNK_BYTES);
    input.by_ref().take(CHUNK_BYTES as u64).read_to_end(&mut bytes)?;
    Ok(Buffer::from_vec(bytes))
}

/// Fails if what an input begins with is no stream: its first bytes would be taken for a length.
fn check_start(start: &[u8]) -> io::Result<()> {
    /// What each message of a stream begins with.
    const MESSAGE: &[u8] = &[0xff; 4];
    /// What a file begins with, which can be read by whoever can go back and forth in it.
    const FILE: &[u8] = b"ARROW1";

    if start.starts_with(FILE) {
        Err(invalid("it is an Arrow file, and a stream is expected"))
    } else if start.is_empty() {
        Err(invalid("it is empty, and an Arrow stream is expected"))
    } else if start.starts_with(MESSAGE) || MESSAGE.starts_with(start) {
        Ok(())
    } else {
        Err(invalid("it is no Arrow stream"))
    }
}

/// The error of a stream that ends without its end mark.
fn cut() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the Arrow stream is cut: it has no end mark")
}
