//! `~/.aws/sso/cache` as the AWS CLI and the SDKs share it. Read anew for each use, since others write there too; written
//! whole and at once, readable for the person alone; what a file holds that nobody here knows stays in it. Only files of
//! the portal in question are touched.

use std::{
    io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use rolecall_core::{
    Purpose, Secret,
    caches::{Registration, Renewal, SignIn},
};

use super::{Reached, failures::Asked};
use crate::{
    engine::Engine,
    failure::Failure,
    look::read_file,
    notes::is_left_over,
    world::{
        World,
        disk::{FileType, make_folders, write_all},
        portal::{Granted, Program},
    },
};

/// Far more than a token's file needs, in bytes.
const LIMIT: u64 = 1 << 20;
/// A registration with less than this left is not used any more, in seconds: as the AWS CLI has it.
const REGISTRATION_LEFT: i64 = 15 * 60;
/// Where browsers carry codes to; the port is told later (IAM Identity Center OIDC API Reference, `RegisterClient`).
pub(super) const CALLBACK: &str = "/oauth/callback";
const REDIRECT: &str = "http://127.0.0.1/oauth/callback";

impl Engine {
    fn cached(&self, file: &str) -> PathBuf {
        self.snapshot().around.places.sso_cache.join(file)
    }

    /// The token of a portal, whoever put it there; none where nobody is signed in, or the file is torn.
    pub(super) fn sign_in(&self, reached: &Reached) -> Option<SignIn> {
        let path = self.cached(&reached.portal.token_file());
        SignIn::read(&read(self.world(), &path)?)
    }

    /// How this program is known to the portal: as it was before, or as it registers now.
    pub(super) async fn registration(
        &self,
        reached: &Reached,
        grant: &str,
    ) -> Result<Registration, Failure> {
        let path = self.cached(&reached.portal.registration_file());
        let known = read(self.world(), &path).and_then(|bytes| Registration::read(&bytes));
        let now = self.world().clock.now();
        let lasts = |known: &Registration| {
            known.ends_at.as_second() - now.as_second() > REGISTRATION_LEFT && known.may(grant)
        };
        match known.filter(lasts) {
            Some(known) => Ok(known),
            None => self.register(reached).await,
        }
    }

    /// Registers, and keeps it where the AWS CLI looks for it: it may go all ways, so it serves the CLI too.
    pub(super) async fn register(&self, reached: &Reached) -> Result<Registration, Failure> {
        let scopes = reached.portal.asked_scopes();
        let program = Program {
            name: "Rolecall".to_owned(),
            scopes: scopes.clone(),
            start_url: reached.portal.start_url.clone(),
            redirect: REDIRECT,
        };
        let world = self.world();
        let registered = world.portal.register(&reached.oidc, program).await;
        let registered = registered.map_err(|error| {
            Failure::of_portal(&error, reached, Asked::Register, world.clock.now())
        })?;
        let path = self.cached(&reached.portal.registration_file());
        let before = read(world, &path);
        write(
            world,
            &path,
            &registered.written(before.as_deref(), &scopes),
        )
        .map_err(|error| self.unwritable(&path, &error))?;
        Ok(registered)
    }

    /// Keeps a token that was granted, in place of the one before it.
    pub(super) fn keep_token(
        &self,
        reached: &Reached,
        granted: Granted,
        registration: Registration,
        asked_at: Timestamp,
    ) -> Result<Timestamp, Failure> {
        let ends_at = asked_at + jiff::SignedDuration::from_secs(granted.seconds.into());
        let token = SignIn {
            access_token: granted.access_token,
            ends_at,
            start_url: Some(reached.portal.start_url.clone()),
            region: Some(reached.portal.region.clone()),
            renewal: granted.refresh_token.map(|refresh_token| Renewal {
                refresh_token,
                registration,
            }),
        };
        self.note_own_portal_token(&token.access_token);
        let path = self.cached(&reached.portal.token_file());
        let before = read(self.world(), &path);
        write(self.world(), &path, &token.written(before.as_deref()))
            .map_err(|error| self.unwritable(&path, &error))?;
        self.see_what_is_there();
        Ok(ends_at)
    }

    /// Takes a token's file away, if it still holds this token.
    pub(super) fn drop_token(&self, reached: &Reached, token: &Secret) -> Result<(), Failure> {
        let path = self.cached(&reached.portal.token_file());
        let Some(there) = read(self.world(), &path).and_then(|bytes| SignIn::read(&bytes)) else {
            return Ok(());
        };
        if !same(&there.access_token, token) {
            return Ok(());
        }
        let removed = self.world().disk.remove(&path);
        self.see_what_is_there();
        removed.map_err(|error| self.unwritable(&path, &error))
    }

    /// Takes the keys away that the AWS CLI got from this portal for its profiles; other portals' stay.
    pub(super) fn drop_cli_keys(&self, files: &[String]) {
        let places = self.snapshot().around.places.clone();
        let Some(aws) = places.sso_cache.parent().and_then(Path::parent) else {
            return;
        };
        for file in files {
            // What is not there need not go, and what can't go ends within the hour.
            let _ = self.world().disk.remove(&aws.join("cli/cache").join(file));
        }
    }

    pub(super) fn unwritable(&self, path: &Path, error: &io::Error) -> Failure {
        let places = &self.snapshot().around.places;
        Failure::cache_unwritable(&places.shown(path), error)
    }
}

/// Two tokens are one.
pub(super) fn same(one: &Secret, other: &Secret) -> bool {
    one.expose(Purpose::Compare, |one| {
        other.expose(Purpose::Compare, |other| one == other)
    })
}

pub(super) fn read(world: &World, path: &Path) -> Option<Vec<u8>> {
    let bytes = read_file(world, path, LIMIT).ok()?;
    (bytes.len() as u64 <= LIMIT).then_some(bytes)
}

/// A new file beside the old one takes its place. The name does not end as those that other tools read.
pub(super) fn write(world: &World, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    make_folders(&*world.disk, folder)?;
    clear_unfinished(world, folder);
    // A link stays one: what it points to is replaced.
    let target = match world.disk.stat_link(path) {
        Ok(stat) if stat.file_type == FileType::Link => folder.join(world.disk.read_link(path)?),
        _ => path.to_owned(),
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let new = target.with_file_name(format!(".{name}.{}.new", world.process.id()));
    // Left over from a write that failed.
    let _ = world.disk.remove(&new);
    let mut open = world.disk.create(&new, 0o600)?;
    let written = write_all(open.as_mut(), bytes).and_then(|()| open.sync());
    drop(open);
    if let Err(error) = written.and_then(|()| world.disk.rename(&new, &target)) {
        let _ = world.disk.remove(&new);
        return Err(error);
    }
    world.disk.sync_folder(folder)
}

/// Removes what writes that were cut short left over: a token may be in it.
pub(crate) fn clear_unfinished(world: &World, folder: &Path) {
    for entry in world.disk.list(folder).unwrap_or_default() {
        if is_left_over(world, &entry) {
            let _ = world.disk.remove(&folder.join(entry));
        }
    }
}
