//! Which profiles the person's accounts use: those that an account names, and those whose keys these start from.

use super::{Home, ProfileId};

/// For each profile, the one through which an account uses it: itself, or one that it feeds; none where no account does.
pub fn used_by_accounts(home: &Home, named: &[String]) -> Vec<Option<ProfileId>> {
    let mut used = vec![None; home.profiles().len()];
    let named = || named.iter().filter_map(|name| home.named_profile(name));
    for profile in named() {
        used[profile.id.0 as usize] = Some(profile.id);
    }
    for profile in named() {
        for hop in profile.hops(usize::MAX) {
            used[hop.id.0 as usize].get_or_insert(profile.id);
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn an_account_uses_its_profile_and_all_that_its_keys_come_from() {
        let role = "role_arn = arn:aws:iam::111122223333:role/R\nsource_profile =";
        let text = format!(
            "[profile deploy]\n{role} mid\n[profile mid]\n{role} base\n[profile base]\naws_access_key_id = A\naws_secret_access_key = s\n[profile other]\n{role} base\n"
        );
        let home = Home::read(Some(Document::parse(text.into_bytes())), None);
        let used = used_by_accounts(&home, &["deploy".into(), "base".into(), "gone".into()]);
        let names = |used: Option<ProfileId>| used.map_or("", |id| home.profile(id).name());
        assert_eq!(
            used.into_iter().map(names).collect::<Vec<_>>(),
            ["deploy", "deploy", "base", ""]
        );
    }
}
