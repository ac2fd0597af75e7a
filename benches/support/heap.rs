//! What work takes from the heap.
//!
//! For programs with one thread that allocates: what another one takes meanwhile counts as well.

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

/// What work has taken from the heap.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heap {
    /// How often it asked for memory. To make an allocation larger or smaller is to ask.
    pub(crate) allocations: u64,
    /// The most bytes it held at one time, those of its result included.
    pub(crate) peak: usize,
}

/// Does some work, and says what it took.
pub(crate) fn measure<T>(work: impl FnOnce() -> T) -> (T, Heap) {
    let profiler = dhat::Profiler::builder().testing().build();
    let result = work();
    let stats = dhat::HeapStats::get();
    drop(profiler);
    (result, Heap { allocations: stats.total_blocks, peak: stats.max_bytes })
}
