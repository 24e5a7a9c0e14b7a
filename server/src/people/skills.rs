//! Whose calls somebody takes, as a form has it.

use desk::FieldError;
use desk::people::SkillsForm;
use exchange::{Language, TeamId};

/// Teams and languages that were chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Skills {
    /// Every team's where none is named.
    pub(super) teams: Option<Vec<TeamId>>,
    /// All where none is named.
    pub(super) languages: Vec<Language>,
}

/// What was ticked and typed; a team's name may be typed as people write it.
pub(super) fn read(form: &SkillsForm) -> Result<Skills, FieldError> {
    let typed = form.team.trim().to_lowercase().replace([' ', '_'], "-");
    let named = form.teams.keys().map(String::as_str);
    let mut teams = named
        .chain(Some(typed.as_str()).filter(|typed| !typed.is_empty()))
        .map(TeamId::parse)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| {
            FieldError::new(
                "team",
                "A team's name has letters without accents, digits and hyphens, 64 at most: billing, night-shift.",
            )
        })?;
    teams.sort();
    teams.dedup();
    let languages = form.languages.keys().map(|code| Language::parse(code));
    let languages: Option<Vec<Language>> = languages.collect();
    Ok(Skills {
        teams: (!teams.is_empty()).then_some(teams),
        languages: languages
            .ok_or_else(|| FieldError::new("languages", "Choose languages of the list."))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(teams: &[&str], team: &str, languages: &[&str]) -> SkillsForm {
        let ticked = |names: &[&str]| {
            let pairs = names
                .iter()
                .map(|name| ((*name).to_owned(), "on".to_owned()));
            pairs.collect()
        };
        SkillsForm {
            teams: ticked(teams),
            team: team.to_owned(),
            languages: ticked(languages),
        }
    }

    #[test]
    fn a_new_team_is_taken_as_people_write_it_and_nothing_ticked_means_every() {
        let skills = read(&form(&["support"], " Night Shift ", &["es"])).unwrap();
        let names: Vec<String> = skills
            .teams
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect();

        assert_eq!(names, ["night-shift", "support"]);
        assert_eq!(skills.languages, [Language::Spanish]);
        assert_eq!(read(&form(&[], "", &[])).unwrap(), Skills::default());
        assert_eq!(read(&form(&[], "größe", &[])).unwrap_err().field, "team");
        assert_eq!(
            read(&form(&[], "", &["xx"])).unwrap_err().field,
            "languages"
        );
    }
}
