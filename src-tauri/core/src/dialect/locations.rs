//! Where each reader looks for the two files and which profile it takes when nobody names one, from environment
//! variables alone. Sources: botocore `configprovider.py` and Python's `expanduser`; @smithy/core `getHomeDir`;
//! aws-runtime `env_config/source.rs` and its `file-location-tests`; aws-sdk-go-v2 `config/shared_config.go` and
//! `env_config.go`; aws-sdk-java-v2 `ProfileFileLocation` and `ProfileFileSystemSetting`.
//! Not here: where Rolecall itself looks (`engine/src/locate.rs`), and the programs that read with rust-ini, each of which
//! looks where it likes.

use super::Engine;
use crate::profiles::File;

/// The two kinds of system whose readers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Linux, macOS and their like.
    Posix,
    /// Windows.
    Windows,
}

/// What a reader knows before it opens a file.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The kind of system.
    pub system: System,
    /// An environment variable; one that is set to nothing is `Some("")`.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
    /// The home folder by the system's own book of accounts, where it has one.
    pub account_home: Option<&'a str>,
}

/// Where a reader looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locations {
    /// Where config would be; none where it reads none.
    pub config: Option<String>,
    /// Where credentials would be; none where it reads none.
    pub credentials: Option<String>,
    /// The profile that it takes; with nothing in it, one that no file can have.
    pub profile: String,
}

/// Where an engine looks; none for rust-ini, whose callers decide.
pub fn locate(engine: Engine, around: Surroundings<'_>) -> Option<Locations> {
    (engine != Engine::RustIni).then(|| Locations {
        config: around.file(engine, File::Config),
        credentials: around.file(engine, File::Credentials),
        profile: around.profile(engine),
    })
}

impl Surroundings<'_> {
    fn file(self, engine: Engine, file: File) -> Option<String> {
        let variable = match file {
            File::Config => "AWS_CONFIG_FILE",
            File::Credentials => "AWS_SHARED_CREDENTIALS_FILE",
        };
        let path = (self.variable)(variable);
        // Set to nothing: for two of them as if it were not set, for the others the name of no file.
        let path = match engine {
            Engine::Js | Engine::Go => path.filter(|path| !path.is_empty()),
            _ => path,
        };
        match path {
            Some(path) if path.is_empty() => None,
            Some(path) => Some(self.expanded(engine, path)),
            None => Some(self.default_file(engine, file)),
        }
    }

    fn default_file(self, engine: Engine, file: File) -> String {
        let separator = self.separator();
        let home = self.home(engine).unwrap_or_else(|| "~".to_owned());
        let home = home.trim_end_matches(separator);
        format!("{home}{separator}.aws{separator}{}", file.name())
    }

    /// The home folder as the engine finds it.
    fn home(self, engine: Engine) -> Option<String> {
        let set = |name: &str| (self.variable)(name).filter(|value| !value.is_empty());
        let drive = |fallback: &str| {
            let drive = set("HOMEDRIVE").unwrap_or_else(|| fallback.to_owned());
            set("HOMEPATH").map(|path| drive + &path)
        };
        let account = || self.account_home.map(str::to_owned);
        let is_windows = self.system == System::Windows;
        match engine {
            Engine::Botocore if is_windows => set("USERPROFILE").or_else(|| drive("")),
            Engine::Botocore => set("HOME").or_else(account),
            Engine::Js => set("HOME")
                .or_else(|| set("USERPROFILE"))
                .or_else(|| drive("C:\\"))
                .or_else(account),
            Engine::Go if is_windows => set("USERPROFILE"),
            Engine::Go => set("HOME"),
            Engine::Java | Engine::Rust | Engine::RustIni => {
                let windows = || set("USERPROFILE").or_else(|| drive(""));
                let home = set("HOME").or_else(|| is_windows.then(windows).flatten());
                home.or_else(|| (engine == Engine::Java).then(account).flatten())
            }
        }
    }

    /// A path out of a variable, with what the engine puts in for `~` and `$NAME`.
    fn expanded(self, engine: Engine, path: String) -> String {
        let path = match engine {
            Engine::Botocore => self.without_variables(&path),
            Engine::Go => return path,
            _ => path,
        };
        let Some(rest) = path.strip_prefix('~') else {
            return path;
        };
        let ends_there = match engine {
            Engine::Js => rest.starts_with('/'),
            _ => rest.is_empty() || rest.starts_with('/') || rest.starts_with(self.separator()),
        };
        // `~user/x` would be another one's home folder for botocore alone; which one the files don't say.
        match self.home(engine).filter(|_| ends_there) {
            Some(home) if engine == Engine::Rust => home + &rest.replace('/', self.separator()),
            Some(home) => home + rest,
            None => path,
        }
    }

    /// `$NAME` and `${NAME}`, and `%NAME%` on Windows; one that is not set stays as it is (Python's `expandvars`).
    fn without_variables(self, path: &str) -> String {
        let mut whole = String::with_capacity(path.len());
        let mut rest = path;
        while let Some(at) = rest.find(['$', '%']) {
            let (before, from) = rest.split_at(at);
            whole += before;
            let (name, len) = self.variable_at(from);
            match name.and_then(|name| (self.variable)(name)) {
                Some(value) => whole += &value,
                None => whole += &from[..len],
            }
            rest = &from[len..];
        }
        whole + rest
    }

    /// The name that a mark begins, and how many bytes both are.
    fn variable_at(self, from: &str) -> (Option<&str>, usize) {
        let closed = |open: &str, close| {
            let name = from.strip_prefix(open)?;
            let end = name.find(close)?;
            Some((Some(&name[..end]), open.len() + end + 1))
        };
        let is_percent = from.starts_with('%');
        if is_percent {
            let name = closed("%", '%').filter(|_| self.system == System::Windows);
            return name.unwrap_or((None, 1));
        }
        closed("${", '}').unwrap_or_else(|| {
            let name = &from[1..];
            let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
            let end = name.find(|letter| !is_word(letter)).unwrap_or(name.len());
            ((end > 0).then_some(&name[..end]), 1 + end)
        })
    }

    fn profile(self, engine: Engine) -> String {
        // boto3's order; version 2 of the AWS CLI turns the two around.
        let names: &[&str] = match engine {
            Engine::Botocore => &["AWS_DEFAULT_PROFILE", "AWS_PROFILE"],
            Engine::Go => &["AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
            _ => &["AWS_PROFILE"],
        };
        // Set to nothing: botocore and Rust take it for the name of a profile, which they don't find.
        let counts =
            |value: &String| !value.is_empty() || matches!(engine, Engine::Botocore | Engine::Rust);
        let mut set = names.iter().filter_map(|name| (self.variable)(name));
        set.find(counts).unwrap_or_else(|| "default".to_owned())
    }

    fn separator(self) -> &'static str {
        match self.system {
            System::Posix => "/",
            System::Windows => "\\",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(engine: Engine, system: System, variables: &[(&str, &str)]) -> Locations {
        let variable = |name: &str| {
            let set = variables.iter().find(|(known, _)| *known == name);
            set.map(|(_, value)| (*value).to_owned())
        };
        let around = Surroundings {
            system,
            variable: &variable,
            account_home: Some("/book"),
        };
        locate(engine, around).expect("this engine has a way of its own")
    }

    fn config(engine: Engine, system: System, variables: &[(&str, &str)]) -> String {
        let located = located(engine, system, variables);
        located.config.unwrap_or_else(|| "no file".to_owned())
    }

    #[test]
    fn each_finds_home_in_its_own_way() {
        let windows = [("HOME", "h"), ("USERPROFILE", "u")];
        for (engine, home) in [
            (Engine::Botocore, "u"),
            (Engine::Go, "u"),
            (Engine::Js, "h"),
            (Engine::Java, "h"),
            (Engine::Rust, "h"),
        ] {
            let found = config(engine, System::Windows, &windows);
            assert_eq!(found, format!("{home}\\.aws\\config"), "{engine:?}");
        }
        let drive = [("HOMEDRIVE", "D:"), ("HOMEPATH", "\\me")];
        assert_eq!(
            config(Engine::Js, System::Posix, &drive),
            "D:\\me/.aws/config"
        );
        assert_eq!(
            config(Engine::Botocore, System::Posix, &drive),
            "/book/.aws/config"
        );
        assert_eq!(
            config(Engine::Java, System::Posix, &drive),
            "/book/.aws/config"
        );
        assert_eq!(config(Engine::Rust, System::Posix, &drive), "~/.aws/config");
    }

    #[test]
    fn a_path_out_of_a_variable_is_expanded_by_some() {
        let with = |path| [("AWS_CONFIG_FILE", path), ("HOME", "/h"), ("PART", "p")];
        for (engine, home, variable, nothing) in [
            (Engine::Botocore, "/h/c", "/p/p$NONE", "no file"),
            (Engine::Js, "/h/c", "/$PART/${PART}$NONE", "/h/.aws/config"),
            (Engine::Rust, "/h/c", "/$PART/${PART}$NONE", "no file"),
            (Engine::Go, "~/c", "/$PART/${PART}$NONE", "/h/.aws/config"),
            (Engine::Java, "/h/c", "/$PART/${PART}$NONE", "no file"),
        ] {
            let found = |path| config(engine, System::Posix, &with(path));
            assert_eq!(found("~/c"), home, "{engine:?}");
            assert_eq!(found("/$PART/${PART}$NONE"), variable, "{engine:?}");
            assert_eq!(found(""), nothing, "{engine:?}");
            assert_eq!(found("~other/c"), "~other/c", "{engine:?}");
        }
    }

    #[test]
    fn of_two_variables_for_the_profile_each_has_its_order() {
        let both = [("AWS_PROFILE", "a"), ("AWS_DEFAULT_PROFILE", "d")];
        let profile = |engine, variables: &[_]| located(engine, System::Posix, variables).profile;
        assert_eq!(profile(Engine::Botocore, &both), "d");
        assert_eq!(profile(Engine::Go, &both), "a");
        assert_eq!(profile(Engine::Go, &both[1..]), "d");
        assert_eq!(profile(Engine::Js, &both[1..]), "default");
        let nothing = [("AWS_PROFILE", "")];
        assert_eq!(profile(Engine::Rust, &nothing), "");
        assert_eq!(profile(Engine::Java, &nothing), "default");
    }
}
