//! The names in `World::documentation`: AWS's documented example keys and account numbers, and nothing that could be real.

/// A user of 111122223333, with a key and a device.
pub const USER: &str = "arn:aws:iam::111122223333:user/jo";
/// The user's key ID.
pub const KEY_ID: &str = "AKIAIOSFODNN7EXAMPLE";
/// The user's secret.
pub const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
/// The user's device.
pub const DEVICE: &str = "arn:aws:iam::111122223333:mfa/jo";
/// What the device always shows.
pub const CODE: &str = "123456";
/// Trusts the user; two hours at most.
pub const ROLE: &str = "arn:aws:iam::111122223333:role/Deploy";
/// Trusts the role above; two hours at most, so that only chaining limits it to one.
pub const SECOND_ROLE: &str = "arn:aws:iam::444455556666:role/DeployEurope";
/// Trusts the user who showed a code.
pub const MFA_ROLE: &str = "arn:aws:iam::777788889999:role/Admin";
/// Trusts the user who says the external ID.
pub const PARTNER_ROLE: &str = "arn:aws:iam::123456789012:role/PartnerDrop";
/// What the partner's role wants to hear.
pub const EXTERNAL_ID: &str = "acme-7c4f-EXAMPLE";
/// Trusts nobody.
pub const LOCKED_ROLE: &str = "arn:aws:iam::777788889999:role/Locked";
/// Trusts everyone of jo's account, so also whoever came through the portal.
pub const PORTAL_ROLE: &str = "arn:aws:iam::444455556666:role/FromPortal";
/// The portal, whose token opens three accounts.
pub const START_URL: &str = "https://acme.awsapps.com/start";
