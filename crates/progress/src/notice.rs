use crate::ShelfError;

/// What a learner is to be told, in words that stand in the design (LOOK, "Notices").
///
/// One of a kind at a time: where several records share a fate, the notice counts them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Notice {
    /// Storage is absent or refuses.
    NotSaved,
    /// Storage is full.
    Full,
    /// So many records cannot be read and could not be copied aside: they are left untouched, and work on them stays in
    /// memory.
    LeftAlone(usize),
    /// At least one record was written by a newer version; it is left untouched.
    Newer,
    /// So many records could not be read, were put aside, and were restored from the copy before.
    Restored(usize),
    /// So many records could not be read and were put aside; there was no copy to restore.
    KeptAside(usize),
    /// So many records were gone and were restored from the copy before.
    Missing(usize),
    /// The settings (the device's id) could not be read and were put aside.
    Settings,
}

impl Notice {
    /// The words.
    #[must_use]
    pub fn text(&self) -> String {
        let (one, many, n) = match self {
            Notice::NotSaved => ("Your work is not saved here.", "", 1),
            Notice::Full => (
                "This browser is full. Answers are kept until you close the page.",
                "",
                1,
            ),
            Notice::Newer => ("Made by a newer Sandtable. You can look; changes are not saved.", "", 1),
            Notice::Settings => (
                "The settings could not be read. We kept them aside and started new ones.",
                "",
                1,
            ),
            Notice::LeftAlone(n) => (
                "One record could not be read, nor kept aside. It stays as it is, and answers are kept until you close the \
                 page.",
                "records could not be read, nor kept aside. They stay as they are, and answers are kept until you close \
                 the page.",
                *n,
            ),
            Notice::Restored(n) => (
                "One record could not be read. We kept it aside and restored the last good copy.",
                "records could not be read. We kept them aside and restored the last good copies.",
                *n,
            ),
            Notice::KeptAside(n) => (
                "One record could not be read. We kept it aside; there was no good copy of it.",
                "records could not be read. We kept them aside; there were no good copies of them.",
                *n,
            ),
            Notice::Missing(n) => (
                "One record was gone. We restored the last good copy.",
                "records were gone. We restored the last good copies.",
                *n,
            ),
        };
        if n > 1 { format!("{n} {many}") } else { one.to_owned() }
    }

    /// True where *Save a file* ([`Keeper::export`](crate::Keeper::export)) is a way out: something is in memory or
    /// aside that no other page will show.
    #[must_use]
    pub fn offers_file(&self) -> bool {
        match self {
            Notice::NotSaved | Notice::Full | Notice::Newer | Notice::LeftAlone(_) | Notice::KeptAside(_) => true,
            Notice::Restored(_) | Notice::Missing(_) | Notice::Settings => false,
        }
    }
}

/// Whether all that is known is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "tell the learner when work is not saved"]
pub enum Saving {
    /// Everything is on the shelf.
    Saved,
    /// Something is only in memory.
    NotSaved(Reason),
}

/// Why something is only in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The shelf refused.
    Shelf(ShelfError),
    /// What lies there cannot be read and could not be put aside, so it may not be overwritten.
    Unreadable,
    /// What lies there was written by this newer version, so it may not be overwritten.
    Newer(u64),
}

impl From<ShelfError> for Reason {
    fn from(error: ShelfError) -> Self {
        Reason::Shelf(error)
    }
}

impl Reason {
    /// The more a learner can do about it, or the more is at stake, the lower.
    pub(crate) fn rank(&self) -> u8 {
        match self {
            Reason::Shelf(ShelfError::Full) => 0,
            Reason::Shelf(_) => 1,
            Reason::Unreadable => 2,
            Reason::Newer(_) => 3,
        }
    }
}
