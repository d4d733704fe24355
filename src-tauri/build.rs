//! Tells Tauri which commands there are, so that each needs its own line in the capability.

include!("src/command_list.rs");

macro_rules! names {
    ($($command:ident),* $(,)?) => { &[$(stringify!($command)),*] };
}

fn main() {
    let commands = tauri_build::AppManifest::new().commands(with_commands!(names));
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands))
        .expect("the manifest is whole");
}
