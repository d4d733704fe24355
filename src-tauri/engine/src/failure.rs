//! What the world said no to: a code that shells branch on, a finer cause, one sentence of what happened and one of
//! what to do. Each is made where it happened, and its sentence stands here.

use std::{ffi::OsString, io};

use rolecall_core::import::NotKeys;
use rustix::io::Errno;

use crate::{
    view::{FailureCode, FailureView},
    world::disk::FileType,
};

/// The world said no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// What shells branch on.
    pub code: FailureCode,
    /// The finer reason, dotted.
    pub cause: Option<&'static str>,
    /// What happened, to what.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Failure {
    pub(crate) fn new(
        code: FailureCode,
        cause: &'static str,
        message: String,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            code,
            cause: Some(cause),
            message,
            hint: hint.into(),
        }
    }

    /// There is no profile of this name; `closest` is one that is nearly it.
    pub fn no_such_profile(name: &str, closest: Option<&str>) -> Self {
        let hint = match closest {
            Some(closest) => format!("Did you mean {closest}?"),
            None => "rolecall list shows all profiles.".into(),
        };
        Self::new(
            FailureCode::NotFound,
            "profile.notFound",
            format!("There is no profile “{name}”."),
            hint,
        )
    }

    /// The window asked for something that a newer look no longer has.
    pub fn gone(what: &str) -> Self {
        let message = format!("{what} is no longer in the files.");
        Self::new(
            FailureCode::NotFound,
            "gone",
            message,
            "Choose another one.",
        )
    }

    /// The person's home folder is not known, and nothing else says where the file is.
    pub(crate) fn no_home(file: &str, variable: &str) -> Self {
        Self::new(
            FailureCode::Unreadable,
            "home.notFound",
            format!("No home folder found, so {file} was not looked for."),
            format!("Set HOME, or {variable} to the file."),
        )
    }

    /// Something that is no file stands where a file should be.
    pub fn not_a_file(file: &str, found: FileType, variable: &str) -> Self {
        let (cause, what) = match found {
            FileType::Folder => ("file.folder", "a folder"),
            FileType::Pipe => ("file.pipe", "a named pipe"),
            FileType::Socket => ("file.socket", "a socket"),
            FileType::Device => ("file.device", "a device"),
            FileType::File | FileType::Link => ("file.odd", "something else"),
        };
        let hint = format!("Move it away, or set {variable} to the file that you mean.");
        Self::new(
            FailureCode::Unreadable,
            cause,
            format!("{file} is {what}, not a file. It was not read."),
            hint,
        )
    }

    /// The file is larger than Rolecall opens.
    pub fn too_large(file: &str, size: u64, limit: u64, variable: &str) -> Self {
        Self::new(
            FailureCode::Unsupported,
            "file.tooLarge",
            format!(
                "{file} is {} MB, more than Rolecall opens ({} MB). It was not read.",
                size >> 20,
                limit >> 20
            ),
            format!("Look whether this is the right file, or set {variable} to another."),
        )
    }

    /// A link whose target is not there.
    pub fn dangling_link(file: &str, target: &str) -> Self {
        Self::new(
            FailureCode::Unreadable,
            "file.danglingLink",
            format!("{file} points to {target}, which does not exist."),
            "Put the file there, or change the link.",
        )
    }

    /// A file could not be opened or read.
    pub fn unreadable(file: &str, path: &str, error: &io::Error, ownership: Option<&str>) -> Self {
        let (cause, message, hint) = match errno(error) {
            Some(Errno::ACCESS | Errno::PERM) => {
                let owned = ownership.map_or(String::new(), |ownership| format!(" ({ownership})"));
                (
                    "file.permission",
                    format!("No permission to read {file}{owned}."),
                    format!("Make it readable for you: chmod 600 {path}"),
                )
            }
            Some(Errno::LOOP) => (
                "file.linkLoop",
                format!("{file} is a link that leads back to itself."),
                "Remove the link, or point it at the file.".into(),
            ),
            Some(Errno::NOTDIR) => (
                "file.notAFolder",
                format!(
                    "{file} can't be reached: a part of {path} is a file, where a folder should be."
                ),
                "Move that file away.".into(),
            ),
            Some(Errno::NAMETOOLONG) => (
                "file.nameTooLong",
                format!("The path of {file} is too long for this system."),
                "Use a shorter path.".into(),
            ),
            Some(Errno::MFILE | Errno::NFILE) => (
                "file.tooManyOpen",
                format!("{file} was not read: too many files are open."),
                "Close other programs, then look again.".into(),
            ),
            _ => (
                "file.io",
                format!("{file} can't be read: {}.", said(error)),
                "Look whether its disk is connected, then look again.".into(),
            ),
        };
        Self::new(FailureCode::Unreadable, cause, message, hint)
    }

    /// A file or folder could not be created or written. `kept` says what is as it was.
    pub fn unwritable(what: &str, error: &io::Error, kept: &str) -> Self {
        let (cause, why, hint) = refused(error);
        Self::new(
            FailureCode::Unwritable,
            cause,
            format!("{what} was not created: {why}. {kept}"),
            hint,
        )
    }

    /// A file could not be written. Whatever happened, it is as it was.
    pub(crate) fn not_saved(file: &str, error: &io::Error) -> Self {
        let (cause, why, hint) = refused(error);
        Self::not_saved_because(cause, file, &why, hint)
    }

    fn not_saved_because(
        cause: &'static str,
        file: &str,
        why: &str,
        hint: impl Into<String>,
    ) -> Self {
        let message = format!(
            "{file} was not saved: {why}. The file is as it was, and your edit is kept here."
        );
        Self::new(FailureCode::Unwritable, cause, message, hint)
    }

    /// The permission bits say that nobody should write to it.
    pub(crate) fn read_only(file: &str, path: &str) -> Self {
        let hint = format!("Make it writable for you: chmod u+w {path}");
        Self::not_saved_because("file.readOnly", file, "it is marked read-only", hint)
    }

    /// Another program emptied the file, or cut it short, and does not go on.
    pub(crate) fn looks_emptied(file: &str) -> Self {
        let why =
            "another program emptied it or cut it short, and what is missing may be lost there";
        let message = format!(
            "{file} was not saved: {why}. Nothing was written, and your edit is kept here."
        );
        let hint = "Compare it with your text. Keep mine puts yours in its place.";
        Self::new(FailureCode::Unwritable, "file.looksEmptied", message, hint)
    }

    /// Another window or command of ours does not come to an end.
    pub(crate) fn being_saved(file: &str) -> Self {
        let hint = "Wait until it is done, or close it, then save again.";
        Self::not_saved_because(
            "file.beingSaved",
            file,
            "another Rolecall is saving it",
            hint,
        )
    }

    /// It is a link, and the folder of what it means is missing.
    pub(crate) fn lost_folder(file: &str, folder: &str) -> Self {
        let why = format!("it is a link into {folder}, which does not exist");
        let hint = "Make that folder, or change the link.";
        Self::not_saved_because("file.danglingLink", file, &why, hint)
    }

    /// Its immutable attribute is set.
    pub(crate) fn frozen(file: &str) -> Self {
        let why = "it is marked immutable (chattr +i), so nothing can change it";
        let hint = "Take the mark away with chattr -i as root, then save again.";
        Self::not_saved_because("file.immutable", file, why, hint)
    }

    /// It can only be written in place, and what is needed to do that safely can't be kept.
    pub(crate) fn no_journal(file: &str, error: &io::Error) -> Self {
        let why = format!(
            "it can only be written in place, and Rolecall's own folder, which would keep both texts meanwhile, can't be written ({})",
            said(error)
        );
        let hint = "Look at the permissions of that folder, or set ROLECALL_DATA to another.";
        Self::not_saved_because("save.noJournal", file, &why, hint)
    }

    /// It was being written in place when the disk failed, and could not be put back.
    pub(crate) fn half_saved(file: &str, error: &io::Error) -> Self {
        Self::new(
            FailureCode::Unwritable,
            "save.half",
            format!(
                "{file} was saved only in part: {}. Both texts are kept, and the next start completes it.",
                said(error)
            ),
            "Look whether the disk works, then start Rolecall again.",
        )
    }

    /// Another program wrote in the moment of saving, and its text could not be put back.
    pub(crate) fn kept_beside(path: &str) -> Self {
        Self::new(
            FailureCode::Unwritable,
            "save.keptBeside",
            format!(
                "Your text was saved over one that another program wrote in the same moment. That one is kept: {path}."
            ),
            "Compare the two, and put what is missing into the file.",
        )
    }

    /// The permissions of a file could not be changed.
    pub(crate) fn not_closed(file: &str, path: &str, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound {
            return Self::gone(file);
        }
        let (cause, why, _) = refused(error);
        let message = format!("{file} is as open as it was: {why}.");
        let hint = format!("Close it as its owner: chmod 600 {path}");
        Self::new(FailureCode::Unwritable, cause, message, hint)
    }

    /// A change would touch lines that it is not about.
    pub(crate) fn strays(file: &str) -> Self {
        let message = format!(
            "{file} was not saved: the change would have touched lines that it is not about. The file is as it was, and your edit is kept here."
        );
        let hint = "This is a mistake in Rolecall. Please report what you did.";
        Self::new(FailureCode::Bug, "save.strays", message, hint)
    }

    /// There is no path for the file.
    pub(crate) fn no_place(file: &str) -> Self {
        let hint = "Set HOME, or AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE to the two files.";
        Self::not_saved_because("home.notFound", file, "no home folder was found", hint)
    }

    /// Hidden secrets were damaged by typing, on these lines from 1.
    pub(crate) fn damaged_secrets(file: &str, lines: &[u32]) -> Self {
        let on = match lines {
            [line] => format!("line {line} has a hidden secret that was"),
            [first, more @ ..] => format!(
                "line {first} and {} more have hidden secrets that were",
                more.len()
            ),
            [] => "it has a hidden secret that was".into(),
        };
        let why = format!("{on} damaged by typing");
        let hint = "Undo that, or type the whole value anew.";
        Self::not_saved_because("draft.damagedSecret", file, &why, hint)
    }

    /// Another program writes to the file all the time.
    pub(crate) fn never_quiet(file: &str) -> Self {
        let why = "another program writes to it all the time";
        Self::not_saved_because(
            "file.neverQuiet",
            file,
            why,
            "Stop that program, then try again.",
        )
    }

    /// The page has another text before it than the engine.
    pub(crate) fn out_of_step() -> Self {
        Self::new(
            FailureCode::NotFound,
            "draft.outOfStep",
            "The editor's text is not the one that was changed.".into(),
            "It is shown anew; nothing that was typed before is lost.",
        )
    }

    /// The file is larger than the editor takes.
    pub(crate) fn too_large_to_edit(file: &str, size: u64, limit: u64) -> Self {
        Self::new(
            FailureCode::Unsupported,
            "file.tooLargeToEdit",
            format!(
                "{file} is {} MB, more than the editor takes ({} MB).",
                size >> 20,
                limit >> 20
            ),
            "Its profiles are in the list. Take out what is no longer needed with another editor.",
        )
    }

    /// The file is no text in UTF-8.
    pub(crate) fn not_text(file: &str, encoding: &str) -> Self {
        Self::new(
            FailureCode::Unsupported,
            "file.notUtf8",
            format!("{file} is {encoding}, which AWS tools can't read either."),
            "Save it as UTF-8 with the program that made it.",
        )
    }

    /// The desktop gave us no clipboard.
    pub fn no_clipboard(said: &str) -> Self {
        Self::new(
            FailureCode::Unsupported,
            "clipboard.none",
            format!("Nothing was copied: the clipboard can't be used ({said})."),
            "Show the value and copy it by hand.",
        )
    }

    /// A value is not safe where it would go.
    pub(crate) fn not_exported(field: &str, what: &str) -> Self {
        Self::new(
            FailureCode::Unsupported,
            "export.refused",
            format!("{field} {what}, so nothing was handed over."),
            "Correct it in the file, or choose another form.",
        )
    }

    /// A program could not be run.
    pub(crate) fn not_run(program: Option<&OsString>, error: &io::Error) -> Self {
        let name = program.map(|program| program.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let (code, cause) = match error.kind() {
            io::ErrorKind::NotFound => (FailureCode::NotFound, "program.notFound"),
            _ => (FailureCode::Unreadable, "program.notRun"),
        };
        Self::new(
            code,
            cause,
            format!("{name} can't be run: {}.", said(error)),
            "Look at its spelling and at PATH.",
        )
    }

    /// What was pasted has no keys, or not enough of them.
    pub(crate) fn not_keys(not: &NotKeys) -> Self {
        Self::new(
            FailureCode::Unsupported,
            "paste.notKeys",
            not.said.clone(),
            not.expected.clone(),
        )
    }

    /// The engine no longer has what was pasted.
    pub(crate) fn paste_gone() -> Self {
        Self::new(
            FailureCode::NotFound,
            "paste.gone",
            "What was pasted is no longer kept.".into(),
            "Paste it again.",
        )
    }

    /// There are more names than profiles in what was pasted.
    pub(crate) fn too_many_names(names: usize, profiles: usize) -> Self {
        Self::new(
            FailureCode::Unsupported,
            "paste.names",
            format!("There are {names} names for {profiles} of what was pasted."),
            "Give one name for each profile in it, in their order.",
        )
    }

    /// More secrets were asked for than a person looks at.
    pub fn too_many_reveals() -> Self {
        Self::new(
            FailureCode::Unsupported,
            "reveal.tooMany",
            "Twenty secrets were shown within a minute, so no more are for now.".into(),
            "Wait a minute.",
        )
    }

    /// Rolecall's own notes could not be written; `not_kept` begins the sentence: `The pin was not kept`.
    pub fn notes_unwritable(not_kept: &str, path: &str, error: &io::Error) -> Self {
        Self::new(
            FailureCode::Unwritable,
            "notes.unwritable",
            format!("{not_kept}: {path} can't be written ({}).", said(error)),
            "Look at the permissions of that folder, or set ROLECALL_DATA to another.",
        )
    }

    /// As the shells get it.
    pub fn view(&self) -> FailureView {
        FailureView {
            code: self.code,
            cause: self.cause.map(str::to_owned),
            message: self.message.clone(),
            hint: self.hint.clone(),
        }
    }
}

/// Why the system did not let something be written: cause, reason, what to do.
pub(crate) fn refused(error: &io::Error) -> (&'static str, String, &'static str) {
    if error.kind() == io::ErrorKind::ResourceBusy {
        return (
            "file.held",
            "another program holds it open".into(),
            "Close it there, then try again.",
        );
    }
    match errno(error) {
        Some(Errno::ACCESS | Errno::PERM) => (
            "disk.permission",
            "you have no permission there".into(),
            "Change the permissions of the folder, then try again.",
        ),
        Some(Errno::ROFS) => (
            "disk.readOnly",
            "the disk is read-only".into(),
            "Make it writable, then try again.",
        ),
        Some(Errno::NOSPC) => (
            "disk.full",
            "the disk is full".into(),
            "Free some space, then try again.",
        ),
        Some(Errno::DQUOT) => (
            "disk.quota",
            "your quota is used up".into(),
            "Free some space, then try again.",
        ),
        Some(Errno::EXIST) => (
            "disk.exists",
            "something is there already".into(),
            "Look again; nothing is ever overwritten.",
        ),
        _ => (
            "disk.io",
            said(error),
            "Look whether the disk works, then try again.",
        ),
    }
}

fn errno(error: &io::Error) -> Option<Errno> {
    match (error.raw_os_error(), error.kind()) {
        (Some(number), _) => Some(Errno::from_raw_os_error(number)),
        (None, io::ErrorKind::PermissionDenied) => Some(Errno::ACCESS),
        (None, io::ErrorKind::NotADirectory) => Some(Errno::NOTDIR),
        (None, io::ErrorKind::AlreadyExists) => Some(Errno::EXIST),
        (None, _) => None,
    }
}

/// The system's words, without its number.
fn said(error: &io::Error) -> String {
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or(&text);
    words.to_lowercase()
}
