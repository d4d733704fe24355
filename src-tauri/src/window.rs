//! The one window: its title, and what its page can't do. It shows our own page and nothing else, opens no other
//! window and downloads nothing.

use tauri::{App, Url, WebviewUrl, WebviewWindowBuilder, webview::NewWindowResponse};

pub(crate) fn open(app: &App, sample: bool) -> tauri::Result<()> {
    let title = if sample {
        "Rolecall, sample home"
    } else {
        "Rolecall"
    };
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title(title)
        .inner_size(1280.0, 800.0)
        .min_inner_size(880.0, 560.0)
        .disable_drag_drop_handler()
        .on_navigation(is_our_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()?;
    Ok(())
}

fn is_our_page(url: &Url) -> bool {
    let is_dev_server = cfg!(dev) && url.host_str() == Some("127.0.0.1");
    url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost") || is_dev_server
}
