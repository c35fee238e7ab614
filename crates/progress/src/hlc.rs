use serde_json::Value;

/// A hybrid logical clock: a time that always increases, even when the device's clock does not. As JSON `[ms, n]`.
///
/// It orders drafts, where the last writer wins. Attempts do not need it: they are only ever added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hlc {
    /// Milliseconds since 1970, of the device's clock or of the highest stamp seen.
    pub ms: u64,
    /// Counts stamps of the same millisecond.
    pub n: u32,
}

impl Hlc {
    /// How far ahead of the local clock a stamp may be and still pull it: a day, which covers a wrong time zone.
    pub const MAX_AHEAD_MS: u64 = 24 * 60 * 60 * 1000;

    /// The next stamp: `now` if the clock has moved on, otherwise one more of the same millisecond.
    pub fn tick(&mut self, now: u64) -> Hlc {
        *self = if now > self.ms {
            Hlc { ms: now, n: 0 }
        } else {
            self.next()
        };
        *self
    }

    /// Takes note of a stamp made elsewhere, so that the next one comes after it.
    ///
    /// A stamp more than [`MAX_AHEAD_MS`](Self::MAX_AHEAD_MS) ahead of `now` is ignored: one device whose clock says
    /// 2099 would otherwise drag every other there for good. A draft with such a stamp can still be overwritten, since
    /// a new draft is always stamped after the one it replaces ([`Hlc::next`]); the harm stays with that one item.
    pub fn observe(&mut self, other: Hlc, now: u64) {
        if other.ms <= now.saturating_add(Self::MAX_AHEAD_MS) && other > *self {
            *self = other;
        }
    }

    /// The smallest stamp after this one; the very last is its own next.
    #[must_use]
    pub fn next(self) -> Hlc {
        match (self.n.checked_add(1), self.ms.checked_add(1)) {
            (Some(n), _) => Hlc { ms: self.ms, n },
            (None, Some(ms)) => Hlc { ms, n: 0 },
            (None, None) => self,
        }
    }

    /// Reads `[ms, n]`.
    pub(crate) fn read(value: &Value) -> Option<Hlc> {
        match value.as_array()?.as_slice() {
            [ms, n] => Some(Hlc {
                ms: ms.as_u64()?,
                n: u32::try_from(n.as_u64()?).ok()?,
            }),
            _ => None,
        }
    }

    pub(crate) fn to_json(self) -> String {
        format!("[{},{}]", self.ms, self.n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_runs_backwards_still_gives_increasing_stamps() {
        let mut clock = Hlc::default();
        let mut last = Hlc::default();
        for now in [5, 5, 9, 3, 0, 9, 10, u64::MAX, 1] {
            let stamp = clock.tick(now);
            assert!(stamp > last, "{stamp:?} after {last:?}");
            last = stamp;
        }
    }

    #[test]
    fn the_next_stamp_comes_after_one_seen() {
        let mut clock = Hlc { ms: 100, n: 0 };
        clock.observe(Hlc { ms: 500, n: 7 }, 100);
        assert_eq!(clock.tick(101), Hlc { ms: 500, n: 8 });
        clock.observe(Hlc { ms: 2, n: 9 }, 101);
        assert_eq!(clock, Hlc { ms: 500, n: 8 }, "an older stamp changes nothing");
    }

    #[test]
    fn a_stamp_from_far_ahead_does_not_pull_the_clock() {
        let mut clock = Hlc::default();
        clock.observe(
            Hlc {
                ms: 1_000 + Hlc::MAX_AHEAD_MS + 1,
                n: 0,
            },
            1_000,
        );
        assert_eq!(clock.tick(1_000), Hlc { ms: 1_000, n: 0 });
        clock.observe(
            Hlc {
                ms: 1_000 + Hlc::MAX_AHEAD_MS,
                n: 0,
            },
            1_000,
        );
        assert_eq!(clock.tick(1_000).ms, 1_000 + Hlc::MAX_AHEAD_MS);
    }

    #[test]
    fn a_full_counter_moves_the_time_on() {
        assert_eq!(Hlc { ms: 4, n: u32::MAX }.next(), Hlc { ms: 5, n: 0 });
        let last = Hlc {
            ms: u64::MAX,
            n: u32::MAX,
        };
        assert_eq!(last.next(), last);
    }

    #[test]
    fn as_json_it_is_a_pair() {
        assert_eq!(Hlc { ms: 4, n: 2 }.to_json(), "[4,2]");
        let read = |json: &str| serde_json::from_str(json).ok().and_then(|value| Hlc::read(&value));
        assert_eq!(read("[4,2]"), Some(Hlc { ms: 4, n: 2 }));
        for json in [
            "[4]",
            "[4,2,1]",
            "[4,-2]",
            "[4,2.0]",
            "[4,4294967296]",
            "{}",
            "4",
            "null",
        ] {
            assert_eq!(read(json), None, "{json}");
        }
    }
}
