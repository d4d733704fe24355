//! What to ask AWS for a profile's keys, as data: where the keys come from, and the roles in the order in which they are
//! assumed. The parameters of a role are those of the profile that names it; region and address are those of the profile
//! that a person chose (botocore `credentials.py`, `AssumeRoleProvider`). What can't be asked says why, by kind; the
//! sentences are the engine's.
//! Not here yet: programs, token files and the machine as where keys come from.

use super::{
    BadPortal, End, PermissionSet, Profile, ProfileId, SignInAt, Source, Variables, arn,
    endpoint::is_region,
};

/// AWS ends a role that starts from a role after this, in seconds, whatever the role allows.
pub const CHAINED_SECONDS: u32 = 3600;
/// What STS takes for a role's length, in seconds.
pub const SECONDS: std::ops::RangeInclusive<u32> = 900..=43200;
/// More roles in a row than anybody means.
const MOST_HOPS: usize = 50;

/// Where the first keys come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// The sections of this profile.
    Profile(ProfileId),
    /// `AWS_ACCESS_KEY_ID` and its kin (`credential_source = Environment`).
    Environment,
    /// The portal that this profile signs in at, which gives the keys of its permission set.
    Portal(ProfileId),
    /// The console sign-in that this profile names.
    Console(ProfileId),
}

impl Base {
    /// What it gives has an end, and has to be asked for.
    fn gives_session(self) -> bool {
        matches!(self, Self::Portal(_) | Self::Console(_))
    }
}

/// A device that gives codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mfa {
    /// The profile whose `mfa_serial` asks.
    pub profile: String,
    /// The serial number, or the ARN of a virtual device.
    pub serial: String,
}

/// One role to assume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The profile that names it.
    pub profile: ProfileId,
    /// Which role.
    pub role_arn: String,
    /// What its trust policy may want to hear.
    pub external_id: Option<String>,
    /// For how long, in seconds; AWS gives an hour to who asks for nothing.
    pub duration_seconds: Option<u32>,
    /// Under which name; the caller has one for who chose none.
    pub session_name: Option<String>,
    /// It wants a code of the plan's device.
    pub mfa: bool,
}

/// All that is asked for a profile; without roles its own keys are all there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Where the first keys come from.
    pub base: Base,
    /// The roles, the first to assume first.
    pub roles: Vec<Ask>,
    /// The device that a role asks for.
    pub mfa: Option<Mfa>,
    /// The region that the profile or a variable names.
    pub region: Option<String>,
}

/// Why there is nothing to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The chain goes in a circle.
    Loop,
    /// This profile's source does not exist.
    NoSource {
        /// The last profile that exists.
        last: ProfileId,
    },
    /// This profile has no keys of its own, or half a pair.
    NoKeys(ProfileId),
    /// This profile has the keys of a session without its token.
    NoToken(ProfileId),
    /// The keys would come from something that is not asked from here.
    Elsewhere {
        /// The profile.
        base: ProfileId,
        /// What it would ask.
        source: Source,
    },
    /// What this profile says of its portal is not enough, or unfit.
    Portal {
        /// The profile.
        base: ProfileId,
        /// What it is.
        bad: BadPortal,
    },
    /// A value that AWS would refuse, or that must not become part of an address.
    Value {
        /// The profile that has it.
        profile: ProfileId,
        /// Its key.
        key: &'static str,
        /// What it has to be.
        rule: &'static str,
    },
    /// The region of a variable.
    RegionOfVariable,
    /// Two roles want codes of two devices, and one code is asked for.
    TwoDevices,
    /// There are more roles in a row than anybody means.
    TooLong,
}

impl Plan {
    /// A session comes of it: of a role, or of a permission set. Else the keys are in the files, or in the environment.
    pub fn makes_session(&self) -> bool {
        !self.roles.is_empty() || self.base.gives_session()
    }

    /// What to ask for this profile.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn of(profile: Profile<'_>, variables: &Variables) -> Result<Self, Obstacle> {
        let base = match profile.chain_end() {
            End::Complete { base } => profile.home.profile(base),
            End::Loop { .. } => return Err(Obstacle::Loop),
            End::Missing { last } => return Err(missing(profile.home.profile(last))),
        };
        let hops = profile.hops(MOST_HOPS + 2);
        if hops.len() > MOST_HOPS {
            return Err(Obstacle::TooLong);
        }
        let is_source = hops.len() > 1;
        let (start, roles) = if is_source && base.has_own_keys() {
            (own_keys(base)?, &hops[..hops.len() - 1])
        } else {
            (start(base, variables)?, &hops[..])
        };
        let mut plan = Self {
            base: start,
            roles: Vec::new(),
            mfa: None,
            region: region(profile, variables)?,
        };
        // The chain begins where the person stands; AWS is asked from the other end.
        for hop in roles.iter().rev().filter(|hop| hop.source().assumes_role()) {
            plan.add(*hop)?;
        }
        Ok(plan)
    }

    fn add(&mut self, hop: Profile<'_>) -> Result<(), Obstacle> {
        let value = |key| hop.get(key).map(|property| property.value.into_owned());
        let checked = |key: &'static str, rule: &'static str, fits: fn(&str) -> bool| {
            let bad = Obstacle::Value {
                profile: hop.id,
                key,
                rule,
            };
            value(key)
                .map(|value| if fits(&value) { Ok(value) } else { Err(bad) })
                .transpose()
        };
        let role_arn = checked(
            "role_arn",
            "It looks like arn:aws:iam::111122223333:role/Name.",
            is_role_arn,
        )?;
        let serial = checked(
            "mfa_serial",
            "It is a serial number or an ARN, of 9 to 256 letters, digits and =/:,.@+-_.",
            |text| fits(text, 9..=256, b"=/:,.@+-_"),
        )?;
        let duration = checked(
            "duration_seconds",
            "It is a number from 900 (15 minutes) to 43200 (12 hours).",
            |text| text.parse().is_ok_and(|seconds| SECONDS.contains(&seconds)),
        )?;
        let asked = duration.and_then(|text| text.parse::<u32>().ok());
        let is_first = self.roles.is_empty() && !self.base.gives_session();
        let duration_seconds = if is_first {
            asked
        } else {
            asked.map(|seconds| seconds.min(CHAINED_SECONDS))
        };
        let ask = Ask {
            profile: hop.id,
            role_arn: role_arn.ok_or(Obstacle::NoSource { last: hop.id })?,
            external_id: checked(
                "external_id",
                "It has 2 to 1224 letters, digits and =,.@:/+-_.",
                |text| fits(text, 2..=1224, b"=,.@:/+-_"),
            )?,
            duration_seconds,
            session_name: checked(
                "role_session_name",
                "It has 2 to 64 letters, digits and =,.@+-_.",
                |text| fits(text, 2..=64, b"=,.@+-_"),
            )?,
            mfa: serial.is_some(),
        };
        if let Some(serial) = serial {
            let known = self.mfa.get_or_insert_with(|| Mfa {
                profile: hop.name().to_owned(),
                serial: serial.clone(),
            });
            if known.serial != serial {
                return Err(Obstacle::TwoDevices);
            }
        }
        self.roles.push(ask);
        Ok(())
    }
}

/// Where a chain starts that ends at this profile, unless it is used for its own keys as a source.
fn start(base: Profile<'_>, variables: &Variables) -> Result<Base, Obstacle> {
    let elsewhere = || Obstacle::Elsewhere {
        base: base.id,
        source: base.source(),
    };
    match base.source() {
        Source::StaticKeys | Source::SessionKeys if base.has_own_keys() => own_keys(base),
        Source::StaticKeys | Source::SessionKeys | Source::None => Err(Obstacle::NoKeys(base.id)),
        Source::CredentialSource => match base.get("credential_source") {
            Some(from) if from.value.eq_ignore_ascii_case("Environment") => Ok(Base::Environment),
            _ => Err(elsewhere()),
        },
        Source::AssumeRole => Err(Obstacle::NoSource { last: base.id }),
        Source::Sso => {
            let whole = PermissionSet::of(base).and(SignInAt::of_profile(base, variables));
            match whole {
                Ok(_) => Ok(Base::Portal(base.id)),
                Err(bad) => Err(Obstacle::Portal { base: base.id, bad }),
            }
        }
        Source::Login => Ok(Base::Console(base.id)),
        Source::WebIdentity | Source::Process => Err(elsewhere()),
    }
}

/// The keys of a profile's own sections, if they are all that AWS wants.
fn own_keys(base: Profile<'_>) -> Result<Base, Obstacle> {
    if base.keys().is_some_and(|keys| keys.lack_token()) {
        Err(Obstacle::NoToken(base.id))
    } else {
        Ok(Base::Profile(base.id))
    }
}

fn missing(last: Profile<'_>) -> Obstacle {
    if last.source() == Source::AssumeRole {
        Obstacle::NoSource { last: last.id }
    } else {
        Obstacle::NoKeys(last.id)
    }
}

/// The profile's own region before that of a variable: the variable of a shell that used another profile before must
/// not move this one. The SDKs have it the other way round.
fn region(profile: Profile<'_>, variables: &Variables) -> Result<Option<String>, Obstacle> {
    if let Some(own) = profile.get("region") {
        let bad = Obstacle::Value {
            profile: profile.id,
            key: "region",
            rule: "It looks like eu-west-1.",
        };
        return if is_region(&own.value) {
            Ok(Some(own.value.into_owned()))
        } else {
            Err(bad)
        };
    }
    match variables.region.as_deref().filter(|text| !text.is_empty()) {
        Some(region) if is_region(region) => Ok(Some(region.to_owned())),
        Some(_) => Err(Obstacle::RegionOfVariable),
        None => Ok(None),
    }
}

/// `arn:partition:iam::111122223333:role/path/Name`, at most 2048 characters, as STS takes it.
fn is_role_arn(text: &str) -> bool {
    (20..=2048).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_graphic())
        && arn::account_id(text).is_some()
        && arn::role_name(text).is_some()
}

fn fits(text: &str, length: std::ops::RangeInclusive<usize>, besides: &[u8]) -> bool {
    length.contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || besides.contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{document::Document, profiles::Home};

    const KEYS: &str = "aws_access_key_id = A\naws_secret_access_key = s\n";

    fn role(name: &str, rest: &str) -> String {
        format!("[profile {name}]\nrole_arn = arn:aws:iam::111122223333:role/{name}-role\n{rest}\n")
    }

    fn plan(config: &str) -> Result<Plan, Obstacle> {
        plan_with(config, &Variables::default())
    }

    fn plan_with(config: &str, variables: &Variables) -> Result<Plan, Obstacle> {
        let home = Home::read(Some(Document::parse(config.as_bytes().to_vec())), None);
        Plan::of(home.named_profile("a").expect("profile a"), variables)
    }

    #[test]
    fn roles_are_asked_for_from_the_keys_outwards_each_with_its_own_parameters() {
        let text = role(
            "a",
            "source_profile = b\nregion = eu-west-1\nduration_seconds = 7200\nexternal_id = of-a",
        ) + &role(
            "b",
            "source_profile = c\nduration_seconds = 7200\nmfa_serial = arn:aws:iam::111122223333:mfa/jo\nrole_session_name = jo",
        ) + "[profile c]\nregion = us-east-1\nexternal_id = ignored\n"
            + KEYS;
        let plan = plan(&text).expect("a plan");
        assert_eq!(plan.base, Base::Profile(ProfileId(2)));
        assert_eq!(plan.region.as_deref(), Some("eu-west-1"));
        assert_eq!(plan.mfa.expect("a device").profile, "b");
        let asks: Vec<_> = plan
            .roles
            .iter()
            .map(|ask| {
                (
                    ask.profile.0,
                    ask.duration_seconds,
                    ask.external_id.as_deref(),
                    ask.mfa,
                )
            })
            .collect();
        assert_eq!(
            asks,
            [
                (1, Some(7200), None, true),
                (0, Some(3600), Some("of-a"), false)
            ],
            "a role from a role has an hour at most"
        );
        assert_eq!(plan.roles[0].session_name.as_deref(), Some("jo"));
    }

    #[test]
    fn keys_need_nothing_and_a_source_with_keys_is_used_for_them() {
        let alone = plan(&format!("[profile a]\n{KEYS}")).expect("a plan");
        assert_eq!(
            (alone.base, alone.roles.len()),
            (Base::Profile(ProfileId(0)), 0)
        );
        let own = plan(&(role("a", "source_profile = a") + KEYS)).expect("a plan");
        assert_eq!(
            (own.base, own.roles.len()),
            (Base::Profile(ProfileId(0)), 1)
        );
        let both = role("a", "source_profile = b") + &role("b", "source_profile = c") + KEYS;
        let both = plan(&both).expect("a plan");
        assert_eq!(
            (both.base, both.roles.len()),
            (Base::Profile(ProfileId(1)), 1)
        );
    }

    #[test]
    fn a_role_may_start_from_the_environment() {
        let plan = plan(&role("a", "credential_source = Environment")).expect("a plan");
        assert_eq!((plan.base, plan.roles.len()), (Base::Environment, 1));
    }

    #[test]
    fn a_permission_set_is_a_start_and_a_role_from_it_lasts_an_hour_at_most() {
        let portal = "[sso-session s]\nsso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\n";
        let base =
            "[profile b]\nsso_session = s\nsso_account_id = 111122223333\nsso_role_name = Admin\n";
        let text = role("a", "source_profile = b\nduration_seconds = 7200") + base + portal;
        let found = plan(&text).expect("a plan");
        assert_eq!(found.base, Base::Portal(ProfileId(1)));
        assert_eq!(found.roles[0].duration_seconds, Some(3600));
        assert!(found.makes_session());
        let bad = |text: &str| plan(text).expect_err("an obstacle");
        let without = role("a", "source_profile = b") + base;
        let no_section = BadPortal::NoSection("s".into());
        assert_eq!(
            bad(&without),
            Obstacle::Portal {
                base: ProfileId(1),
                bad: no_section
            }
        );
        let half = text.replace("sso_role_name = Admin\n", "");
        let lacks = BadPortal::Lacks("sso_role_name");
        assert_eq!(
            bad(&half),
            Obstacle::Portal {
                base: ProfileId(1),
                bad: lacks
            }
        );
    }

    #[test]
    fn what_can_not_be_asked_says_why() {
        let at = |profile, key| move |found: Obstacle| matches!(found, Obstacle::Value { profile: p, key: k, .. } if (p.0, k) == (profile, key));
        let found = |text: &str| plan(text).expect_err("an obstacle");
        assert_eq!(found(&role("a", "source_profile = a")), Obstacle::Loop);
        assert_eq!(
            found(&role("a", "source_profile = gone")),
            Obstacle::NoSource { last: ProfileId(0) }
        );
        assert_eq!(
            found("[profile a]\nregion = eu-west-1\n"),
            Obstacle::NoKeys(ProfileId(0))
        );
        assert_eq!(
            found("[profile a]\naws_access_key_id = A\n"),
            Obstacle::NoKeys(ProfileId(0))
        );
        let session = "aws_access_key_id = ASIA\naws_secret_access_key = s\n";
        assert_eq!(
            found(&format!("[profile a]\n{session}aws_session_token =\n")),
            Obstacle::NoToken(ProfileId(0))
        );
        assert_eq!(
            found(&(role("a", "source_profile = b") + "[profile b]\n" + session)),
            Obstacle::NoToken(ProfileId(1))
        );
        for (rest, source) in [
            (
                "credential_source = Ec2InstanceMetadata",
                Source::CredentialSource,
            ),
            ("web_identity_token_file = /x", Source::WebIdentity),
        ] {
            assert_eq!(
                found(&role("a", rest)),
                Obstacle::Elsewhere {
                    base: ProfileId(0),
                    source
                }
            );
        }
        let keys = format!("[profile b]\n{KEYS}");
        let bad = |rest: &str| found(&(role("a", &format!("source_profile = b\n{rest}")) + &keys));
        assert!(at(0, "region")(bad("region = evil.example/#")));
        assert!(at(0, "duration_seconds")(bad("duration_seconds = 60")));
        assert!(at(0, "duration_seconds")(bad("duration_seconds = 1h")));
        assert!(at(0, "external_id")(bad("external_id = a b")));
        assert!(at(0, "role_session_name")(bad("role_session_name = x")));
        assert!(at(0, "mfa_serial")(bad("mfa_serial = short")));
        let no_arn = format!("[profile a]\nrole_arn = Admin\nsource_profile = b\n{keys}");
        assert!(at(0, "role_arn")(found(&no_arn)));
    }

    #[test]
    fn two_devices_are_one_too_many() {
        let text = role("a", "source_profile = b\nmfa_serial = GAHT12345678")
            + &role("b", "source_profile = c\nmfa_serial = GAHT87654321")
            + &format!("[profile c]\n{KEYS}");
        assert_eq!(plan(&text), Err(Obstacle::TwoDevices));
    }

    #[test]
    fn a_region_of_a_variable_holds_where_the_profile_has_none() {
        let variables = Variables {
            region: Some("us-east-1".into()),
            ..Variables::default()
        };
        let region = |text: &str| plan_with(text, &variables).expect("a plan").region;
        assert_eq!(
            region(&format!("[profile a]\n{KEYS}")).as_deref(),
            Some("us-east-1")
        );
        let own = format!("[profile a]\nregion = eu-west-1\n{KEYS}");
        assert_eq!(region(&own).as_deref(), Some("eu-west-1"));
        let odd = Variables {
            region: Some("a/b".into()),
            ..Variables::default()
        };
        assert_eq!(
            plan_with(&format!("[profile a]\n{KEYS}"), &odd),
            Err(Obstacle::RegionOfVariable)
        );
    }
}
