//! Where the bytes of a text that was made from another stand in that other.

/// Leads from byte offsets in a text that was made to byte offsets in the text that it was made from.
///
/// The text that was made consists of runs. A run is a *copy* of bytes of the other text, or was *written* in
/// the stead of something that begins at one offset there. Runs are added in the order of the text that was
/// made. A map that is off keeps none; nobody asks it.
///
/// ```text
/// made from   {% highlight c %}a<b{% endhighlight %}
///             ^0               ^17
/// made        <pre><code>a&lt;b</code></pre>
///             ^0         ^11
/// runs        (0, 0, written)  (11, 17, written)
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SourceMap {
    is_on: bool,
    runs: Vec<Run>,
}

/// A part of a text that was made, up to the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    /// Where the run begins in the text that was made.
    made: usize,
    /// Where what it was made from begins in the other text.
    origin: usize,
    is_copy: bool,
}

impl SourceMap {
    /// A map that keeps runs, or one that is off.
    pub(crate) fn new(is_on: bool) -> Self {
        Self { is_on, runs: Vec::new() }
    }

    /// Whether runs are kept.
    #[cfg(any(feature = "markdown", test))]
    pub(crate) fn is_on(&self) -> bool {
        self.is_on
    }

    /// From the offset `made` on, the text is a copy of what begins at `origin`.
    pub(crate) fn copy(&mut self, made: usize, origin: usize) {
        let goes_on = self
            .runs
            .last()
            .is_some_and(|run| run.is_copy && origin.checked_sub(run.origin) == Some(made - run.made));
        if !goes_on {
            self.push(Run { made, origin, is_copy: true });
        }
    }

    /// From the offset `made` on, the text was written for what begins at `origin`.
    pub(crate) fn written(&mut self, made: usize, origin: usize) {
        if self.runs.last().is_none_or(|run| run.is_copy || run.origin != origin) {
            self.push(Run { made, origin, is_copy: false });
        }
    }

    /// Adds the runs of another map, whose text was appended at the offset `made`.
    #[cfg(any(feature = "markdown", test))]
    pub(crate) fn append(&mut self, made: usize, other: &Self) {
        for run in &other.runs {
            self.push(Run { made: made + run.made, ..*run });
        }
    }

    fn push(&mut self, run: Run) {
        if !self.is_on {
            return;
        }
        debug_assert!(self.runs.last().is_none_or(|last| last.made <= run.made), "runs come in order");
        // A run without bytes says nothing.
        if self.runs.last().is_some_and(|last| last.made == run.made) {
            self.runs.pop();
        }
        self.runs.push(run);
    }

    /// The offset in the other text of what stands at the offset `made`. Without runs, the text is the other.
    pub(crate) fn origin(&self, made: usize) -> usize {
        let index = self.runs.partition_point(|run| run.made <= made);
        match index.checked_sub(1).map(|index| self.runs[index]) {
            Some(Run { made: start, origin, is_copy: true }) => origin + (made - start),
            Some(Run { origin, .. }) => origin,
            None => made,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_lead_back_through_copies_and_written_runs() {
        let mut map = SourceMap::new(true);
        // From `ab{% x %}cd` was made `ab<i></i>cd`.
        map.copy(0, 0);
        map.written(2, 2);
        map.written(5, 2);
        map.copy(9, 9);
        map.copy(10, 10);
        assert_eq!(map.runs.len(), 3);
        let origins: Vec<usize> = (0..=11).map(|made| map.origin(made)).collect();
        assert_eq!(origins, [0, 1, 2, 2, 2, 2, 2, 2, 2, 9, 10, 11]);
    }

    #[test]
    fn a_run_without_bytes_says_nothing() {
        let mut map = SourceMap::new(true);
        map.written(0, 4);
        map.copy(0, 9);
        assert_eq!((map.runs.len(), map.origin(3)), (1, 12));
    }

    #[test]
    fn a_map_without_runs_leads_to_the_same_offset() {
        let mut map = SourceMap::new(false);
        map.copy(3, 40);
        assert_eq!(map.origin(7), 7);
    }
}
