//! The only types that cross to the shells: what the window draws and what the command prints.
//! Plain data in the person's words, no secrets, no paths but those shown.
//! The TypeScript twins are written by `npm run types`; every time is whole seconds since 1970, UTC.

mod chain;
mod change;
mod command;
mod compat;
mod connections;
mod detail;
mod draft;
mod from_core;
mod history;
mod import;
mod listing;
mod overview;
mod portal;
mod problem;
mod why;
mod wrong;

pub use chain::{ChainEnd, ChainView, Edge, EdgeState, Graph, Node, NodeKind, Step};
pub use change::{
    ChangeDocument, ChangeHunk, ChangeLine, ChangeOutcome, ChangeRequest, FileChange, GivenValue,
    LineMark, NewProperty, NewSection, Proposal, SectionName,
};
pub use command::{
    AccountsDocument, ChainDocument, CheckDocument, CheckedFix, CheckedProblem, FailureDocument,
    Hop, ListDocument, ListedAccount, ListedProfile, OutcomeDocument, ShowDocument, ShownValue,
    UsedAccount,
};
pub use compat::{
    CompatDocument, CompatProfile, Compatibility, Difference, EngineReads, NotRead,
    ProfileReadings, ReadBy, Reader, Reading, ReadingKind,
};
pub use connections::{
    Account, AccountForm, AssumeOutcome, AssumedSession, ChangedToken, Connections, Endpoint,
    Identity, InUse, Label, ProfileChoice, RoleChoice, Shell, TokenChange, TokenOf,
};
pub use detail::{
    Advice, Assumable, Detail, Link, Revealed, Session, SessionOrigin, SessionState, Shown, Value,
};
pub use draft::{
    ComparedPlace, Comparison, Diagnosis, Draft, DraftFix, Marker, Moved, Outline, OutlineEntry,
    PlaceSide, Resolution, SaveOutcome, SectionKind, TextChange,
};
pub use history::{HistoryChoice, HistoryDocument, KeptVersion, Undo, VersionDocument};
pub use import::{PasteForm, PasteOffer, Pasted};
pub use listing::{
    Group, GroupKind, Grouping, Listing, Query, Row, RowChanges, Segment, SessionColumn, Sort,
    Source, Status, View,
};
pub use overview::{
    Counts, FileKind, FileState, FileView, LastChange, Message, Overview, Update, Variable,
    Watching,
};
pub use portal::{
    GenerateRequest, ListedAccountRoles, ListingDocument, ListingProgress, LoginDocument,
    LoginOutcome, LoginStep, LogoutDocument, LogoutOutcome, OfferedRole, PortalLine, PortalListing,
    PortalRoles, PortalState, PortalView, PortalsDocument, RoleOfAccount, RolesOfAccount,
};
pub use problem::{
    Closing, Excerpt, ExcerptLine, ExcerptMark, FixView, Place, ProblemDetail, ProblemGroup,
    ProblemGroupKind, ProblemRow, ProblemView, ProfileRef, Safety, Severity,
};
pub use why::{BaseOfWhy, LooksAt, RoleOfWhy, WhyDocument, WhySdk, WhyStep};
pub use wrong::{FailureCode, FailureView};
