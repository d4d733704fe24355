//! The one window: its title, and what its page can't do. It shows our own page and nothing else, opens no other
//! window and downloads nothing. The engine is told whether it can be seen. When the process that draws the page dies,
//! the page is loaded again; what was typed is with the engine.

use std::sync::Arc;

use rolecall_engine::Engine;
use tauri::{
    App, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
    webview::NewWindowResponse,
};

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
    survive_crashes(&window)
}

/// `WebKitGTK` leaves the window empty when the process that draws it dies, and Tauri does not say so; so its own signal
/// is heard.
#[cfg(target_os = "linux")]
fn survive_crashes(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{LoadEvent, WebViewExt};

    window.with_webview(|webview| {
        let page = webview.inner();
        // A page that dies before it is there would die again and again.
        let was_there = std::rc::Rc::new(std::cell::Cell::new(false));
        let is_there = was_there.clone();
        page.connect_load_changed(move |_, event| {
            if event == LoadEvent::Finished {
                is_there.set(true);
            }
        });
        page.connect_web_process_terminated(move |page, _| {
            if was_there.replace(false) {
                page.reload();
            }
        });
    })
}

/// The views of the other systems are left to what they do by themselves.
#[cfg(not(target_os = "linux"))]
fn survive_crashes(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

fn is_our_page(url: &Url) -> bool {
    let is_dev_server = cfg!(dev) && url.host_str() == Some("127.0.0.1");
    url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost") || is_dev_server
}
