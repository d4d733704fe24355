//! The portal of Identity Center (`portal.sso`): which accounts and roles a token opens, and keys for one of them. The
//! wire names are snake case and singular, whatever the API's own names are.

use serde_json::{Value, json};

use crate::{
    call::Call,
    identity::Token,
    refusal::{Answer, Refusal, refuse},
    state::{State, Who, id_of},
};

/// Answers a call that carries this token.
pub(crate) fn answer(state: &mut State, call: &Call, bearer: Option<&str>) -> Answer<Value> {
    if !state.within_rate() {
        return Err(Refusal::too_many_requests());
    }
    let now = state.clock.now();
    let token = bearer.and_then(|bearer| {
        let mut tokens = state.identity.tokens.iter();
        tokens.find(|token| token.access == bearer && token.ends > now)
    });
    let Some(Token { start_url, .. }) = token else {
        return Err(Refusal::unauthorized());
    };
    let start_url = start_url.clone();
    match call.action.as_str() {
        "ListAccounts" => list_accounts(state, &start_url, call),
        "ListAccountRoles" => list_roles(state, &start_url, call),
        "GetRoleCredentials" => role_credentials(state, &start_url, call),
        _ => {
            // The session at the portal ends, and with it every token of it.
            let bearer = bearer.unwrap_or_default();
            state.identity.tokens.retain(|token| token.access != bearer);
            Ok(Value::Null)
        }
    }
}

fn list_accounts(state: &State, start_url: &str, call: &Call) -> Answer<Value> {
    let portal = state.portal(start_url).ok_or_else(Refusal::unauthorized)?;
    let accounts: Vec<Value> = portal
        .accounts
        .iter()
        .filter(|account| !account.roles.is_empty())
        .map(|account| {
            let mut value = json!({ "accountId": account.id, "emailAddress": account.email });
            if let Some(name) = &account.name {
                value["accountName"] = json!(name);
            }
            value
        })
        .collect();
    page("accountList", &accounts, call)
}

fn list_roles(state: &State, start_url: &str, call: &Call) -> Answer<Value> {
    let portal = state.portal(start_url).ok_or_else(Refusal::unauthorized)?;
    let id = call
        .get("account_id")
        .ok_or_else(|| missing("account_id"))?;
    let account = portal.accounts.iter().find(|account| account.id == id);
    let account = account
        .filter(|account| !account.roles.is_empty())
        .ok_or_else(no_access)?;
    let roles: Vec<Value> = account
        .roles
        .iter()
        .map(|role| json!({ "roleName": role, "accountId": id }))
        .collect();
    page("roleList", &roles, call)
}

fn role_credentials(state: &mut State, start_url: &str, call: &Call) -> Answer<Value> {
    let portal = state.portal(start_url).ok_or_else(Refusal::unauthorized)?;
    let id = call
        .get("account_id")
        .ok_or_else(|| missing("account_id"))?;
    let role = call.get("role_name").ok_or_else(|| missing("role_name"))?;
    let account = portal.accounts.iter().find(|account| account.id == id);
    let has = account.is_some_and(|account| account.roles.iter().any(|name| name == role));
    if !has {
        return Err(no_access());
    }
    let (user, seconds) = (portal.user.clone(), portal.role_seconds);
    let hash = id_of("", &format!("{id}/{role}")).to_lowercase();
    let arn = format!(
        "arn:aws:sts::{id}:assumed-role/AWSReservedSSO_{role}_{}/{user}",
        &hash[..16]
    );
    let issued = state.issue(Who::of(&arn), seconds);
    let end = issued.ends.expect("a session ends").as_millisecond();
    Ok(json!({ "roleCredentials": {
        "accessKeyId": issued.key_id,
        "secretAccessKey": issued.secret,
        "sessionToken": issued.token,
        "expiration": end,
    }}))
}

/// A page of a list; the token for the next one is where it begins.
fn page(name: &str, all: &[Value], call: &Call) -> Answer<Value> {
    let most = match call.get("max_result").map(str::parse) {
        None => 20,
        Some(Ok(most @ 1..=100)) => most,
        Some(_) => {
            return Err(refuse(
                400,
                "InvalidRequestException",
                "The max_result is not from 1 to 100",
            ));
        }
    };
    let from: usize = match call
        .get("next_token")
        .map(|token| token.strip_prefix("from-"))
    {
        None => 0,
        Some(from) => from.and_then(|from| from.parse().ok()).ok_or_else(|| {
            refuse(
                400,
                "InvalidRequestException",
                "The next_token is not valid",
            )
        })?,
    };
    let to = all.len().min(from + most);
    let next = (to < all.len()).then(|| format!("from-{to}"));
    Ok(json!({ name: all.get(from..to).unwrap_or_default(), "nextToken": next }))
}

fn missing(name: &str) -> Refusal {
    refuse(
        400,
        "InvalidRequestException",
        format!("The {name} is missing"),
    )
}

/// The service says so, and its model does not know it.
fn no_access() -> Refusal {
    refuse(403, "ForbiddenException", "No access")
}
