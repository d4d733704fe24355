//! Versions as masked text, and masked text with its secrets again: those that are known by their token, else today's
//! value of the same key. A secret that is gone is said, never guessed.

use std::{collections::BTreeSet, ops::Range};

use rolecall_core::{
    document::{DamagedToken, Document, Kind},
    profiles::File,
};

use super::{seal::Sealer, store::Store, version::Version};
use crate::{
    engine::{Engine, lock},
    failure::Failure,
    view::FailureCode,
};

impl Engine {
    /// A version's text, its secrets masked and, where they are known, remembered.
    pub(super) fn masked_text(&self, version: &Version) -> Result<Vec<u8>, Failure> {
        let Some(blob) = &version.blob else {
            return if version.size == 0 {
                Ok(Vec::new())
            } else {
                Err(Failure::text_gone())
            };
        };
        if version.key.is_none() {
            let plain = Sealer::plain(self.mask_key.bytes());
            let text = Store::bytes(&self.world, &plain, blob);
            return Ok(text.ok_or_else(Failure::text_gone)?.to_vec());
        }
        let mut history = lock(&self.history);
        let keeping = self.open_history(&mut history)?;
        let sealer = keeping.sealer().ok_or_else(Failure::history_off)?;
        let text = Store::bytes(&self.world, sealer, blob).ok_or_else(Failure::text_gone)?;
        Ok(self.masked_bytes(&text))
    }

    pub(super) fn masked_bytes(&self, bytes: &[u8]) -> Vec<u8> {
        lock(&self.masker).mask(&Document::parse(bytes.to_vec()))
    }

    /// Masked text with its secrets: those that are known by their token, else today's value of the same key.
    pub(super) fn with_secrets(
        &self,
        file: File,
        hidden: &[u8],
        now: &[u8],
    ) -> Result<Vec<u8>, Failure> {
        let today = Document::parse(self.masked_bytes(now));
        let masker = lock(&self.masker);
        // A token that nobody knows is told for its beginning and its end.
        let unknown = lines(&masker.damaged(hidden));
        let mut text = hidden.to_vec();
        let document = Document::parse(hidden.to_vec());
        for line in unknown.into_iter().rev() {
            if let Some((at, value)) = same_key(&document, line, &today) {
                text.splice(at, value.iter().copied());
            }
        }
        masker
            .unmask(&text)
            .map_err(|gone| Failure::secrets_gone(file.name(), &lines(&gone)))
    }
}

fn lines(damaged: &[DamagedToken]) -> BTreeSet<usize> {
    damaged.iter().map(|token| token.line).collect()
}

/// Where a line's value stands, and the value of the same key in the same section of another document.
fn same_key<'a>(
    document: &Document,
    line: usize,
    today: &'a Document,
) -> Option<(Range<usize>, &'a [u8])> {
    let own = document.lines().get(line)?;
    let Kind::Property { key, .. } = own.kind else {
        return None;
    };
    let section = section_of(document, line)?;
    let found = today.lines().iter().enumerate().find_map(|(at, other)| {
        let Kind::Property { key: other_key, .. } = other.kind else {
            return None;
        };
        let same =
            today.slice(other_key) == document.slice(key) && section_of(today, at) == Some(section);
        same.then(|| today.whole_value(other)).flatten()
    })?;
    Some((document.whole_value(own)?.range(), today.slice(found)))
}

fn section_of(document: &Document, line: usize) -> Option<&[u8]> {
    let mut above = document.lines()[..line].iter().rev();
    above.find_map(|line| match line.kind {
        Kind::Section { name, .. } => Some(document.slice(name)),
        _ => None,
    })
}

impl Failure {
    fn text_gone() -> Self {
        Self::new(
            FailureCode::Unreadable,
            "history.textGone",
            "The text of that version can't be read any more: it was damaged, or its key is gone."
                .into(),
            "The files of ~/.aws are not affected. Choose another version.",
        )
    }

    fn secrets_gone(file: &str, lines: &BTreeSet<usize>) -> Self {
        let lines: Vec<_> = lines.iter().map(|line| (line + 1).to_string()).collect();
        Self::new(
            FailureCode::Unreadable,
            "history.secretGone",
            format!(
                "That version of {file} was kept without secrets, and what line {} had is gone.",
                lines.join(", ")
            ),
            "Restore one profile whose keys are still there, or type the secret anew in the editor.",
        )
    }
}
