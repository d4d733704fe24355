//! Only in builds for the window tests (`e2e`), never in what ships: a recording of all that crosses between the page
//! and the engine, and leaks that the canary test switches on to see that its search has eyes. `ROLECALL_TEST_LEAK`
//! names the ways out. What is let out stands in the file of `ROLECALL_TEST_CANARY`, because the page's process has
//! all variables in its memory.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a leak goes around the ports"
)]

use std::{path::PathBuf, process::Command};

use rolecall_engine::world::World;
use tauri::{Builder, Wry, ipc::InvokeResponseBody, webview::PageLoadEvent};

/// Commands and their answers. Tauri reads `fetch` anew for each, so this one sees every one.
const RECORD: &str = "
  window.__ipc = [];
  const ask = window.fetch;
  window.fetch = async (address, options) => {
    window.__ipc.push(`asked ${address} ${options?.body}`);
    const answer = await ask(address, options);
    window.__ipc.push(`answered ${address} ${await answer.clone().text()}`);
    return answer;
  };
";

/// Records what crosses, and leaks what the variables say.
pub(crate) fn watched(builder: Builder<Wry>, world: &World) -> Builder<Wry> {
    let variable = |name| world.env.var(name).and_then(|text| text.into_string().ok());
    let canary =
        variable("ROLECALL_TEST_CANARY").and_then(|file| std::fs::read_to_string(file).ok());
    let canary = canary.unwrap_or_default();
    let ways = variable("ROLECALL_TEST_LEAK").unwrap_or_default();
    let leaks = move |way| ways.split(',').any(|one| one == way);
    if leaks("log") {
        eprintln!("a leak: {canary}");
    }
    if leaks("process") {
        // The shell has something left to do, so it stays, with the canary as its name; the test ends it.
        let mut shell = Command::new("sh");
        shell.args(["-c", "sleep 20; :", &canary]);
        std::thread::spawn(move || shell.status());
    }
    if let Some(data) = world.env.var("XDG_DATA_HOME").filter(|_| leaks("data")) {
        let folder = PathBuf::from(data).join("rolecall");
        let made = std::fs::create_dir_all(&folder);
        let written = made.and_then(|()| std::fs::write(folder.join("leaked"), &canary));
        written.expect("the test's data folder takes a file");
    }
    builder
        .append_invoke_initialization_script(RECORD)
        // Messages that nobody asked for reach the page without `fetch` while they are short.
        .channel_interceptor(|page, _, _, message| {
            if let InvokeResponseBody::Json(json) = message {
                let _ = page.eval(format!(
                    "window.__ipc?.push('told ' + JSON.stringify({json}))"
                ));
            }
            false
        })
        .on_page_load(move |page, load| {
            if load.event() != PageLoadEvent::Finished {
                return;
            }
            if leaks("dom") {
                let _ = page.eval(format!("document.body.dataset.leak = {canary:?}"));
            }
            if leaks("ipc") {
                let _ = page.eval(format!(
                    "window.__TAURI_INTERNALS__.invoke('look_again', {{ leak: {canary:?} }})"
                ));
            }
        })
}
