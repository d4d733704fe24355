//! Sign-ins and listings under way in this process: each can be given up, and the page of a sign-in be opened or copied once
//! more while a person is waited for.

use std::sync::{Arc, Mutex};

use rolecall_core::Secret;
use tokio::sync::Notify;

use super::{Reached, login::Told};
use crate::{
    engine::{Engine, lock},
    failure::Failure,
    view::LoginStep,
};

/// What is under way.
pub(crate) type UnderWay = Vec<Arc<Errand>>;

/// What one does at a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    SignIn,
    Listing,
}

/// One thing under way.
#[derive(Debug)]
pub(crate) struct Errand {
    what: What,
    /// The portal's token file: sections of one name and address share it.
    file: String,
    give_up: Notify,
    /// What the person was told last.
    step: Mutex<Option<LoginStep>>,
}

impl Errand {
    /// Until somebody gives it up.
    pub(super) async fn is_given_up(&self) {
        self.give_up.notified().await;
    }

    /// Remembers what the person is told.
    pub(super) fn noting(self: &Arc<Self>, told: &Told) -> Told {
        let (errand, told) = (self.clone(), told.clone());
        Arc::new(move |step: LoginStep| {
            *lock(&errand.step) = Some(step.clone());
            told(step);
        })
    }
}

impl Engine {
    pub(super) fn begin(&self, what: What, reached: &Reached) -> Arc<Errand> {
        let errand = Arc::new(Errand {
            what,
            file: reached.portal.token_file(),
            give_up: Notify::new(),
            step: Mutex::default(),
        });
        lock(&self.under_way).push(errand.clone());
        errand
    }

    pub(super) fn is_over(&self, errand: &Arc<Errand>) {
        lock(&self.under_way).retain(|known| !Arc::ptr_eq(known, errand));
    }

    /// Gives up signing in at a portal; who waits for it gets `Cancelled`.
    ///
    /// # Errors
    /// `notFound` when there is no such portal.
    pub fn cancel_login(&self, name: Option<&str>) -> Result<(), Failure> {
        self.give_up(What::SignIn, name)
    }

    /// Stops listing a portal; who waits for it gets what came by then.
    ///
    /// # Errors
    /// `notFound` when there is no such portal.
    pub fn cancel_listing(&self, name: Option<&str>) -> Result<(), Failure> {
        self.give_up(What::Listing, name)
    }

    fn give_up(&self, what: What, name: Option<&str>) -> Result<(), Failure> {
        let file = self.snapshot().portal_named(name)?.portal.token_file();
        for errand in lock(&self.under_way).iter() {
            if errand.what == what && errand.file == file {
                errand.give_up.notify_one();
            }
        }
        Ok(())
    }

    /// Puts the page of a sign-in on the clipboard, or the code that is typed there. The page is good for ten minutes and
    /// for the one who signs in; so it is no secret that would be taken away again.
    ///
    /// # Errors
    /// `notFound` when nobody signs in there, `unsupported` without a clipboard.
    pub fn copy_login(self: &Arc<Self>, name: Option<&str>, code: bool) -> Result<(), Failure> {
        let (page, typed) = self.waiting_page(&self.snapshot().portal_named(name)?)?;
        let text = if code { typed.unwrap_or(page) } else { page };
        self.put_on_clipboard(Secret::new(text), false)
    }

    /// Opens the page of a sign-in once more.
    ///
    /// # Errors
    /// `notFound` when nobody signs in there, `unsupported` when no browser came.
    pub async fn open_login(&self, name: Option<&str>) -> Result<(), Failure> {
        let reached = self.snapshot().portal_named(name)?;
        let (page, _) = self.waiting_page(&reached)?;
        if self.open(&page, &reached).await {
            Ok(())
        } else {
            Err(Failure::no_browser())
        }
    }

    /// The page that a person is waited for at, and the code that is typed there.
    fn waiting_page(&self, reached: &Reached) -> Result<(String, Option<String>), Failure> {
        let file = reached.portal.token_file();
        let under_way = lock(&self.under_way);
        let mut errands = under_way.iter().filter(|errand| errand.file == file);
        let step = errands.find_map(|errand| lock(&errand.step).clone());
        match step {
            Some(LoginStep::Browser { url, .. }) => Ok((url, None)),
            Some(LoginStep::Code {
                code, complete_url, ..
            }) => Ok((complete_url, Some(code))),
            Some(LoginStep::Waiting) | None => Err(Failure::gone("This sign-in")),
        }
    }
}
