//! How a file was written, where that is worth a word: each rung of the ladder promises a little less.

/// How the new bytes came to where they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rung {
    /// Nothing was there.
    Created,
    /// A new file and the old one changed places, at once, and what was displaced was looked at.
    Exchanged,
    /// A new file took the old one's place; the file system can't exchange two.
    Renamed,
    /// In place, under a journal, because of this.
    InPlace(Why),
}

/// Why a file is written in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// It has more than one name.
    HardLinks,
    /// It belongs to somebody else.
    Owner,
    /// Nothing can be created or replaced in its folder.
    Folder,
    /// It is mounted as a single file.
    Mounted,
}

/// How it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Report {
    pub rung: Rung,
    /// Its access list or its group could not be given to the new file, so its group may no longer read it.
    pub lost_group: bool,
}

impl Report {
    /// What a person should know of it; nothing where all is as ever.
    pub(crate) fn note(self) -> Option<String> {
        let why = match self.rung {
            Rung::InPlace(Why::HardLinks) => "it has several names (hard links)",
            Rung::InPlace(Why::Owner) => "it belongs to another user",
            Rung::InPlace(Why::Folder) => "nothing can be created in its folder",
            Rung::InPlace(Why::Mounted) => "it is mounted as a single file",
            Rung::Renamed => {
                return Some(
                    "This disk can't exchange two files, so a change that another program made in the same moment could be lost."
                        .into(),
                );
            }
            Rung::Created | Rung::Exchanged => {
                return self.lost_group.then(|| {
                    "Its group or access list could not be kept, so only you can read it now."
                        .into()
                });
            }
        };
        Some(format!(
            "It was written in place, because {why}; a program that read it in that moment may have seen a part."
        ))
    }
}
