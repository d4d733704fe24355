//! What is kept without anybody writing through Rolecall: whatever a look sees, and files that were just created. Nobody
//! is asked for that: where History can't be kept, the question comes up when something is to be written.

use std::sync::Arc;

use rolecall_core::{document::Document, profiles::File};

use super::{History, TURN};
use crate::{
    engine::{Engine, lock},
    look::{Seen, see},
    save,
};

impl Engine {
    /// Files that Rolecall created where nothing was: no text is lost by that, so nobody is asked if it can't be noted.
    pub(crate) fn remember_created(&self, files: &[File]) {
        let mut history = lock(&self.history);
        if history.unavailable() || self.open_history(&mut history).is_err() {
            return;
        }
        let _turn = save::turn(&self.world, TURN);
        history.store.refresh(&self.world);
        for file in files {
            let deed = self.deed(format!("Create {}", file.name()));
            if let Ok(Some(bytes)) = self.bytes_now(*file)
                && history.store.last(&self.history_path(*file)).is_none()
            {
                let _ = self.keep(&mut history, *file, Some(&bytes), Some((&deed, None)));
            }
        }
    }

    /// From now on whatever is seen is kept, as far as History can be kept without asking. Needs a tokio runtime.
    pub(crate) async fn remember_looks(self: Arc<Self>) {
        let mut published = self.published.subscribe();
        loop {
            let engine = self.clone();
            // The keyring may wait for a person.
            let kept = tokio::task::spawn_blocking(move || engine.remember_this_look()).await;
            if kept.is_err() || published.changed().await.is_err() {
                return;
            }
        }
    }

    /// Keeps what is on disk now, where it is what was looked at: what moves is looked at again.
    pub(super) fn remember_this_look(&self) {
        let mut history = lock(&self.history);
        self.follow_choice(&mut history);
        if !history.unavailable() && self.open_history(&mut history).is_ok() {
            let _turn = save::turn(&self.world, TURN);
            history.store.refresh(&self.world);
            let snapshot = self.snapshot();
            for file in File::BOTH {
                let Seen::Read { bytes, .. } = see(&self.world, &snapshot.around.places, file)
                else {
                    continue;
                };
                let looked_at = snapshot.home().document(file).map(Document::bytes);
                if looked_at == Some(bytes.as_slice()) {
                    // Nobody waits for this; before a write it is tried again, and told.
                    let _ = self.keep(&mut history, file, Some(&bytes), None);
                }
            }
            history.store.prune(&self.world);
        }
        history.store.refresh(&self.world);
        history.asked = true;
        let news = self.note_last_change(&history.store);
        drop(history);
        self.draft_typed.notify_one();
        if news {
            self.republish();
        }
    }
}

impl History {
    /// It was asked for once and could not be had: only a person who writes, or chooses, asks again.
    pub(super) fn unavailable(&self) -> bool {
        self.asked && self.keeping.is_none()
    }
}
