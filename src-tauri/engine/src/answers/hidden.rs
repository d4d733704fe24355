//! What of a reader's answer is not shown: secrets, wherever the reader puts them. They are known by their key, by the line
//! that they stand on, and by their text.

use std::collections::HashSet;

use rolecall_core::{
    dialect::{At, Section, Value},
    profiles::{
        File,
        keys::{Showing, known},
    },
};

use super::documents::{BULLETS, without};
use crate::{
    snapshot::Snapshot,
    view::{ReadBlock, ReadSections, ReadValue},
};

impl Snapshot {
    pub(super) fn hidden(&self, reveal: bool) -> Hidden {
        let mut hidden = Hidden {
            reveal,
            ..Hidden::default()
        };
        for file in File::BOTH {
            let Some(document) = self.home().document(file) else {
                continue;
            };
            for span in self.secrets(file) {
                hidden.texts.insert(document.text(*span).into_owned());
                let line = document
                    .lines()
                    .partition_point(|line| line.span.end < span.start);
                hidden
                    .lines
                    .insert((file, u32::try_from(line).unwrap_or(u32::MAX)));
            }
        }
        hidden
    }
}

/// What is not shown.
#[derive(Default)]
pub(super) struct Hidden {
    reveal: bool,
    texts: HashSet<String>,
    lines: HashSet<(File, u32)>,
}

impl Hidden {
    pub(super) fn shown(&self, key: &str, text: &str, at: At) -> String {
        if self.reveal {
            return text.to_owned();
        }
        let word = key.rsplit(['.', '\n']).next().unwrap_or(key).trim();
        // What stands behind a lone `=` may be the end of anything.
        let is_secret =
            word.is_empty() || known(word).is_some_and(|known| known.showing == Showing::Secret);
        if !text.is_empty() && (is_secret || self.lines.contains(&(at.file, at.line))) {
            return BULLETS.to_owned();
        }
        self.text(text)
    }

    pub(super) fn text(&self, text: &str) -> String {
        if self.reveal {
            text.to_owned()
        } else {
            without(text, |part| self.texts.contains(part))
        }
    }

    /// A sentence of a reader, which may quote any value.
    pub(super) fn sentence(&self, words: &str) -> String {
        let long = self.texts.iter().filter(|text| text.len() > 3);
        long.fold(words.to_owned(), |words, text| words.replace(text, BULLETS))
    }

    pub(super) fn sections<'r, N: AsRef<str> + 'r>(
        &self,
        sections: impl Iterator<Item = (&'r N, &'r Section<'r>)>,
    ) -> ReadSections {
        let value = |key: &str, value: &Value<'_>, at| match value {
            Value::Text(text) => ReadValue::Text(self.shown(key, text, at)),
            Value::Block(block) => ReadValue::Block(
                block
                    .iter()
                    .map(|(sub, (text, at))| (self.text(sub), self.shown(sub, text, *at)))
                    .collect::<ReadBlock>(),
            ),
        };
        sections
            .map(|(name, section)| {
                let properties = section.properties.iter();
                let properties = properties.map(|(key, property)| {
                    (self.text(key), value(key, &property.value, property.at))
                });
                (self.text(name.as_ref()), properties.collect())
            })
            .collect()
    }
}
