//! What the page may ask. Each takes arguments, asks the engine, answers; no command takes a path or a command line.
//! The page is not trusted: arguments are checked by their types, and what names something is a number that the engine
//! gave out.

use std::sync::{Arc, Mutex, PoisonError};

use rolecall_engine::{
    Engine, Failure, LoginWish, Secret, Wish,
    view::{
        AccountForm, AssumeOutcome, ChainView, ChangeOutcome, ChangeRequest, Comparison,
        Compatibility, Detail, Diagnosis, Draft, FailureView, FileKind, GivenValue, HistoryChoice,
        Identity, Listing, ListingProgress, LoginOutcome, LoginStep, LogoutOutcome, Message,
        Pasted, PlaceSide, PortalListing, PortalRoles, PortalView, ProblemDetail, ProblemGroup,
        ProfileChoice, Proposal, Query, ReadBy, Resolution, Revealed, SaveOutcome, Shell,
        TextChange, WhyDocument,
    },
};
use tauri::{State, async_runtime::JoinHandle, ipc::Channel};

type Held<'a> = State<'a, Arc<Engine>>;
type Answer<T> = Result<T, FailureView>;

fn answer<T>(result: Result<T, Failure>) -> Answer<T> {
    result.map_err(|failure| failure.view())
}

/// For what may take its time, on a thread of its own: the system's keyring asks a person, each SDK reads both files.
async fn waiting<T: Send + 'static>(
    engine: Held<'_>,
    ask: impl FnOnce(&Engine) -> Result<T, Failure> + Send + 'static,
) -> Answer<T> {
    let engine = engine.inner().clone();
    let asked = tauri::async_runtime::spawn_blocking(move || ask(&engine)).await;
    answer(asked.expect("a panic has ended the program already"))
}

/// Who hears the engine: the page that asked last. One that was loaded again takes the place of the one before.
#[derive(Default)]
pub(crate) struct Listener(Mutex<Option<JoinHandle<()>>>);

#[tauri::command]
pub(crate) async fn subscribe(
    engine: Held<'_>,
    listener: State<'_, Listener>,
    channel: Channel<Message>,
) -> Answer<()> {
    let mut messages = engine.messages();
    let listening = tauri::async_runtime::spawn(async move {
        while let Some(message) = messages.next().await {
            if channel.send(message).is_err() {
                return;
            }
        }
    });
    let mut last = listener.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(before) = last.replace(listening) {
        before.abort();
    }
    Ok(())
}

#[tauri::command]
pub(crate) async fn list(engine: Held<'_>, query: Query) -> Answer<Listing> {
    Ok(engine.listing(&query))
}

#[tauri::command]
pub(crate) async fn detail(engine: Held<'_>, id: u32) -> Answer<Detail> {
    engine.opened(id);
    answer(engine.snapshot().detail(id))
}

#[tauri::command]
pub(crate) async fn chains(engine: Held<'_>, id: u32) -> Answer<ChainView> {
    answer(engine.snapshot().chains(id))
}

#[tauri::command]
pub(crate) async fn problems(engine: Held<'_>) -> Answer<Vec<ProblemGroup>> {
    Ok(engine.snapshot().problem_groups())
}

#[tauri::command]
pub(crate) async fn problem(engine: Held<'_>, key: String) -> Answer<ProblemDetail> {
    answer(engine.snapshot().problem(&key))
}

#[tauri::command]
pub(crate) async fn compatibility(engine: Held<'_>) -> Answer<Compatibility> {
    waiting(engine, |engine| Ok(engine.snapshot().compatibility())).await
}

#[tauri::command]
pub(crate) async fn read_by(engine: Held<'_>, id: u32) -> Answer<ReadBy> {
    waiting(engine, move |engine| engine.snapshot().read_by(id)).await
}

#[tauri::command]
pub(crate) async fn why(engine: Held<'_>, id: u32) -> Answer<WhyDocument> {
    waiting(engine, move |engine| engine.why(id)).await
}

#[tauri::command]
pub(crate) async fn reveal(engine: Held<'_>, id: u32, key: String) -> Answer<Revealed> {
    answer(engine.reveal(id, &key))
}

#[tauri::command]
pub(crate) async fn conceal(engine: Held<'_>, ticket: u32) -> Answer<()> {
    engine.conceal(ticket);
    Ok(())
}

#[tauri::command]
pub(crate) async fn copy(engine: Held<'_>, id: u32, key: String) -> Answer<()> {
    answer(engine.copy(id, &key))
}

#[tauri::command]
pub(crate) async fn pin(engine: Held<'_>, id: u32, pinned: bool) -> Answer<()> {
    answer(engine.pin(id, pinned))
}

#[tauri::command]
pub(crate) async fn create_files(engine: Held<'_>, files: Vec<FileKind>) -> Answer<()> {
    answer(engine.create_files(&files))
}

#[tauri::command]
pub(crate) async fn look_again(engine: Held<'_>) -> Answer<()> {
    engine.look_again();
    Ok(())
}

#[tauri::command]
pub(crate) async fn open_draft(engine: Held<'_>, file: FileKind) -> Answer<Draft> {
    answer(engine.open_draft(file))
}

#[tauri::command]
pub(crate) async fn edit_draft(
    engine: Held<'_>,
    file: FileKind,
    version: u32,
    changes: Vec<TextChange>,
) -> Answer<u32> {
    answer(engine.edit_draft(file, version, &changes))
}

#[tauri::command]
pub(crate) async fn diagnose_draft(
    engine: Held<'_>,
    file: FileKind,
    known: Option<&str>,
) -> Answer<Diagnosis> {
    answer(engine.diagnose_draft(file, known))
}

#[tauri::command]
pub(crate) async fn propose(engine: Held<'_>, request: ChangeRequest) -> Answer<Proposal> {
    answer(engine.propose(&request))
}

#[tauri::command]
pub(crate) async fn carry_out(
    engine: Held<'_>,
    request: ChangeRequest,
    id: String,
) -> Answer<ChangeOutcome> {
    answer(engine.carry_out(&request, &id))
}

#[tauri::command]
pub(crate) async fn close_permissions(engine: Held<'_>, file: FileKind) -> Answer<()> {
    answer(engine.close_permissions(file))
}

#[tauri::command]
pub(crate) async fn save_draft(engine: Held<'_>, file: FileKind) -> Answer<SaveOutcome> {
    waiting(engine, move |engine| engine.save_draft(file)).await
}

#[tauri::command]
pub(crate) async fn undo(engine: Held<'_>) -> Answer<String> {
    waiting(engine, Engine::undo).await
}

#[tauri::command]
pub(crate) async fn choose_history(
    engine: Held<'_>,
    choice: HistoryChoice,
    passphrase: Option<String>,
) -> Answer<()> {
    let passphrase = passphrase.map(Secret::new);
    waiting(engine, move |engine| {
        engine.choose_history(choice, passphrase.as_ref())
    })
    .await
}

#[tauri::command]
pub(crate) async fn replace_passphrase(engine: Held<'_>, passphrase: String) -> Answer<()> {
    let passphrase = Secret::new(passphrase);
    waiting(engine, move |engine| engine.replace_passphrase(&passphrase)).await
}

#[tauri::command]
pub(crate) async fn skip_history(engine: Held<'_>) -> Answer<()> {
    waiting(engine, |engine| {
        engine.skip_history_once();
        Ok(())
    })
    .await
}

#[tauri::command]
pub(crate) async fn discard_draft(engine: Held<'_>, file: FileKind) -> Answer<Draft> {
    answer(engine.discard_draft(file))
}

#[tauri::command]
pub(crate) async fn resolve_draft(
    engine: Held<'_>,
    file: FileKind,
    resolution: Resolution,
) -> Answer<Draft> {
    answer(engine.resolve_draft(file, resolution))
}

#[tauri::command]
pub(crate) async fn settle_place(
    engine: Held<'_>,
    file: FileKind,
    version: u32,
    place: u32,
    side: PlaceSide,
) -> Answer<Draft> {
    answer(engine.settle_place(file, version, place, side))
}

#[tauri::command]
pub(crate) async fn compare_draft(engine: Held<'_>, file: FileKind) -> Answer<Comparison> {
    answer(engine.compare_draft(file))
}

#[tauri::command]
pub(crate) async fn show_secrets(engine: Held<'_>, file: FileKind, shown: bool) -> Answer<Draft> {
    answer(engine.show_secrets(file, shown))
}

#[tauri::command]
pub(crate) async fn profile_choice(engine: Held<'_>, id: u32) -> Answer<ProfileChoice> {
    answer(engine.profile_choice(id))
}

#[tauri::command]
pub(crate) async fn save_account(
    engine: Held<'_>,
    form: AccountForm,
    id: Option<u32>,
) -> Answer<u32> {
    answer(engine.save_account(&form, id))
}

#[tauri::command]
pub(crate) async fn remove_account(engine: Held<'_>, id: u32) -> Answer<()> {
    answer(engine.remove_account(id))
}

#[tauri::command]
pub(crate) async fn use_account(
    engine: Held<'_>,
    id: Option<u32>,
    role: Option<u32>,
) -> Answer<()> {
    answer(engine.use_account(id, role))
}

#[tauri::command]
pub(crate) async fn use_region(engine: Held<'_>, region: Option<String>) -> Answer<()> {
    answer(engine.use_region(region.as_deref()))
}

#[tauri::command]
pub(crate) async fn answer_token_change(
    engine: Held<'_>,
    ticket: u32,
    use_new: bool,
) -> Answer<()> {
    answer(engine.answer_token_change(ticket, use_new))
}

#[tauri::command]
pub(crate) async fn assume(
    engine: Held<'_>,
    id: u32,
    account: Option<u32>,
    code: Option<String>,
) -> Answer<AssumeOutcome> {
    let wish = Wish {
        account,
        code: code.map(Secret::new),
        ..Wish::default()
    };
    answer(engine.assume(id, wish).await)
}

#[tauri::command]
pub(crate) async fn cancel_assume(engine: Held<'_>, id: u32) -> Answer<()> {
    answer(engine.cancel_assume(id))
}

#[tauri::command]
pub(crate) async fn end_session(engine: Held<'_>, id: u32, account: Option<u32>) -> Answer<()> {
    answer(engine.end_session(id, account))
}

#[tauri::command]
pub(crate) async fn copy_exports(
    engine: Held<'_>,
    id: u32,
    shell: Shell,
    account: Option<u32>,
) -> Answer<()> {
    answer(engine.copy_exports(id, shell, account))
}

#[tauri::command]
pub(crate) async fn verify(engine: Held<'_>, id: u32) -> Answer<Identity> {
    answer(engine.verify(id).await)
}

#[tauri::command]
pub(crate) async fn verify_account(engine: Held<'_>, id: u32) -> Answer<Identity> {
    answer(engine.verify_account(id).await)
}

#[tauri::command]
pub(crate) async fn look_at_paste(engine: Held<'_>, text: GivenValue) -> Answer<Pasted> {
    answer(engine.look_at_paste(&text))
}

#[tauri::command]
pub(crate) async fn forget_paste(engine: Held<'_>) -> Answer<()> {
    engine.forget_paste();
    Ok(())
}

#[tauri::command]
pub(crate) async fn portals(engine: Held<'_>) -> Answer<Vec<PortalView>> {
    Ok(engine.portals())
}

#[tauri::command]
pub(crate) async fn portal_roles(
    engine: Held<'_>,
    portal: String,
    template: String,
) -> Answer<Option<PortalRoles>> {
    answer(engine.portal_roles(Some(&portal), &template))
}

#[tauri::command]
pub(crate) async fn shadows(engine: Held<'_>, portal: String) -> Answer<Vec<String>> {
    answer(engine.shadows(Some(&portal)))
}

#[tauri::command]
pub(crate) async fn login(
    engine: Held<'_>,
    portal: String,
    by_code: bool,
    fresh: bool,
    steps: Channel<LoginStep>,
) -> Answer<LoginOutcome> {
    let wish = LoginWish {
        by_code,
        fresh,
        ..LoginWish::default()
    };
    let told = Arc::new(move |step| {
        // A page that is gone hears nothing; the sign-in goes on.
        let _ = steps.send(step);
    });
    answer(engine.login(Some(&portal), wish, told).await)
}

#[tauri::command]
pub(crate) async fn cancel_login(engine: Held<'_>, portal: String) -> Answer<()> {
    answer(engine.cancel_login(Some(&portal)))
}

#[tauri::command]
pub(crate) async fn copy_login(engine: Held<'_>, portal: String, code: bool) -> Answer<()> {
    answer(engine.copy_login(Some(&portal), code))
}

#[tauri::command]
pub(crate) async fn open_login(engine: Held<'_>, portal: String) -> Answer<()> {
    answer(engine.open_login(Some(&portal)).await)
}

#[tauri::command]
pub(crate) async fn logout(engine: Held<'_>, portal: String) -> Answer<LogoutOutcome> {
    answer(engine.logout(Some(&portal)).await)
}

#[tauri::command]
pub(crate) async fn remind_later(engine: Held<'_>, portal: String, minutes: u32) -> Answer<()> {
    answer(engine.remind_later(Some(&portal), minutes))
}

#[tauri::command]
pub(crate) async fn list_portal(
    engine: Held<'_>,
    portal: String,
    anew: bool,
    progress: Channel<ListingProgress>,
) -> Answer<PortalListing> {
    let told = move |news| {
        // As above.
        let _ = progress.send(news);
    };
    answer(engine.list_portal(Some(&portal), anew, told).await)
}

#[tauri::command]
pub(crate) async fn cancel_listing(engine: Held<'_>, portal: String) -> Answer<()> {
    answer(engine.cancel_listing(Some(&portal)))
}
