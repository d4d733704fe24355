// The one list of commands. The handler (`main.rs`) and Tauri's manifest (`build.rs`) follow from it; a test holds the
// capability file and the window's table of commands against it.
macro_rules! with_commands {
    ($then:ident) => {
        $then![
            subscribe, list, detail, chains, problems, problem, compatibility, read_by, why,
            reveal, conceal, copy, pin, create_files, look_again,
            open_draft, edit_draft, diagnose_draft, save_draft, discard_draft, resolve_draft, settle_place, compare_draft, show_secrets,
            undo, choose_history, replace_passphrase, skip_history,
            profile_choice, save_account, remove_account, use_account, use_region, answer_token_change,
            propose, carry_out, close_permissions, assume, cancel_assume, end_session, copy_exports, verify, verify_account,
            look_at_paste, forget_paste,
            portals, portal_roles, shadows, login, cancel_login, copy_login, open_login, logout, remind_later, list_portal, cancel_listing,
        ]
    };
}
