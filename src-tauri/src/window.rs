//! The one window: its title, and what its page can't do. It shows our own page and nothing else, opens no other
//! window and downloads nothing. The engine is told whether it can be seen.

use std::sync::Arc;

use rolecall_engine::Engine;
use tauri::{App, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent, webview::NewWindowResponse};

pub(crate) fn open(app: &App, engine: Arc<Engine>, sample: bool) -> tauri::Result<()> {
    let title = if sample {
        "Rolecall, sample home"
    } else {
        "Rolecall"
    };
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title(title)
        .inner_size(1280.0, 800.0)
        .min_inner_size(880.0, 560.0)
        .disable_drag_drop_handler()
        .on_navigation(is_our_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()?;
    let seen = window.clone();
    window.on_window_event(move |event| {
        // There is no event for minimising: it comes as a move, a size or a focus that is lost.
        if let WindowEvent::Moved(_) | WindowEvent::Resized(_) | WindowEvent::Focused(_) = event {
            let is_minimized = seen.is_minimized().unwrap_or(false);
            engine.set_visible(!is_minimized && seen.is_visible().unwrap_or(true));
        }
    });
    Ok(())
}

fn is_our_page(url: &Url) -> bool {
    let is_dev_server = cfg!(dev) && url.host_str() == Some("127.0.0.1");
    url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost") || is_dev_server
}
