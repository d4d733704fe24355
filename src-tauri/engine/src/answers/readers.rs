//! What readers other than the AWS SDKs make of a profile, beside what the page shows. So far one: the crate rust-ini,
//! with which OpenDAL and rust-s3 look up `NAME` in credentials, and `profile NAME` or `default` in config.

use rolecall_core::{
    dialect::rust_ini::IniSection,
    profiles::{File, Profile},
};

use crate::{
    snapshot::Snapshot,
    view::{Difference, Reader, Reading, Shown, Value},
};

impl Snapshot {
    pub(crate) fn readers(&self, profile: Profile<'_>, values: &[Value]) -> Vec<Reader> {
        let reading = self.rust_ini(profile, values);
        vec![Reader {
            engine: "rust-ini".into(),
            used_by: "OpenDAL, rust-s3".into(),
            reading,
        }]
    }

    fn rust_ini(&self, profile: Profile<'_>, values: &[Value]) -> Reading {
        let mut sections: [Option<&IniSection>; 2] = [None, None];
        for file in File::BOTH {
            let name = match (file, profile.name()) {
                (File::Config, name) if name != "default" => format!("profile {name}"),
                (_, name) => name.to_owned(),
            };
            match self.ini(file) {
                Some(Ok(ini)) => sections[file as usize] = ini.section(&name),
                Some(Err(refusal)) if profile.is_in(file) => {
                    return Reading::Refuses {
                        file: file.into(),
                        error: refusal.words.to_string(),
                    };
                }
                Some(Err(_)) | None => {}
            }
        }
        if sections.iter().all(Option::is_none) {
            return Reading::Absent;
        }
        let differences: Vec<_> = values
            .iter()
            .filter_map(|value| difference(profile, sections, value))
            .collect();
        if differences.is_empty() {
            Reading::Same
        } else {
            Reading::Differs { differences }
        }
    }
}

fn difference(
    profile: Profile<'_>,
    sections: [Option<&IniSection>; 2],
    value: &Value,
) -> Option<Difference> {
    // What stands in a portal's section or in a block has no place in a lookup by profile and key.
    if value.through.is_some() || value.key.contains('.') {
        return None;
    }
    let here = profile.get(&value.key)?;
    let there = sections[here.place.file as usize].and_then(|section| section.get(&here.key));
    if there == Some(here.value.as_ref()) {
        return None;
    }
    let is_hidden = value.shown == Shown::Hidden;
    let there = there.map(|text| {
        if is_hidden {
            Shown::Hidden
        } else {
            Shown::Text {
                text: text.to_owned(),
            }
        }
    });
    Some(Difference {
        key: value.key.clone(),
        here: Some(value.shown.clone()),
        there,
    })
}
