//! This desktop's notices.

use std::thread;

use notify_rust::Notification;

use super::Notices;

/// This desktop's notices.
#[derive(Debug)]
pub struct RealNotices;

impl Notices for RealNotices {
    fn show(&self, title: &str, text: &str) {
        let mut notice = Notification::new();
        notice
            .appname("Rolecall")
            .summary(title)
            .body(&escaped(text));
        // A thread of its own: the system may take seconds to answer, or start its notice service first.
        let show = move || {
            let _ = notice.show();
        };
        let _ = thread::Builder::new().name("notice".into()).spawn(show);
    }
}

/// Linux desktops read a notice's text as markup (Desktop Notifications Specification 1.2, "Markup").
fn escaped(text: &str) -> String {
    if cfg!(any(windows, target_os = "macos")) {
        return text.to_owned();
    }
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
