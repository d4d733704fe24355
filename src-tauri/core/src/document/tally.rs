//! What there is of lines of some kind, counted once while they are read, so that who looks for the rare ones need not walk
//! over all of them.

use std::ops::AddAssign;

use super::{Ending, Kind};

/// How many lines there are of some kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Headers.
    pub headers: usize,
    /// The bytes of their names.
    pub of_names: usize,
    /// Properties, those of blocks left out.
    pub properties: usize,
    /// Lines that end with CR alone.
    pub lone_crs: usize,
    /// Lines that no tool reads: no header, no property, a header without a name or its bracket, a property before the
    /// first header.
    pub unreadable: usize,
}

impl Tally {
    pub(super) fn note(&mut self, kind: Kind, ending: Ending) {
        self.lone_crs += usize::from(ending == Ending::Cr);
        match kind {
            Kind::Section { name, closed } => {
                self.headers += 1;
                self.of_names += name.range().len();
                self.unreadable += usize::from(!closed || name.is_empty());
            }
            Kind::Property { .. } => {
                self.properties += 1;
                self.unreadable += usize::from(self.headers == 0);
            }
            Kind::Junk => self.unreadable += 1,
            Kind::Blank | Kind::Comment | Kind::Nested { .. } | Kind::Continuation { .. } => {}
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.headers += other.headers;
        self.of_names += other.of_names;
        self.properties += other.properties;
        self.lone_crs += other.lone_crs;
        self.unreadable += other.unreadable;
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Document;

    #[test]
    fn rare_lines_are_counted_where_they_stand() {
        let text = "early = 1\n[a]\rregion = x\njunk\n[]\n[b\ns3 =\n  k = v\n";
        let tally = Document::parse(text.into()).tally();
        assert_eq!((tally.headers, tally.of_names, tally.properties), (3, 2, 3));
        assert_eq!((tally.lone_crs, tally.unreadable), (1, 4));
    }
}
