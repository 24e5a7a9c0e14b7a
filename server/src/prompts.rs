//! What callers hear: looked through, said in other words, and brought back.

use desk::prompts::{PromptFilter, PromptForm, PromptGroupView, PromptView, PromptsView};
use desk::{DeskError, FieldError};
use exchange::{Language, Line, LineId, PlanEdit, Prompt, PromptGroup, PromptRow};
use store::{PlanVersion, Thing};

use crate::directories::folded;
use crate::lines::{Known, TRIES, broken, meanwhile, too_busy, write};
use crate::seeds;
use crate::state::AppState;

/// The most characters of a text: the carrier says no longer ones.
const LONGEST: usize = 2_000;

/// The prompts of a line, or of all, in a language.
pub(crate) async fn list(
    state: &AppState,
    filter: &PromptFilter,
) -> Result<PromptsView, DeskError> {
    let known = Known::read(state).await?;
    let line = line_of(&known, &filter.line)?;
    let language = language_of(&filter.language, line)?;
    let texts = Texts::of(&known, line.map(|line| &line.id), language)?;
    let wanted = folded(&filter.search);
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    let mut view = PromptsView {
        lines: known
            .rows
            .lines
            .iter()
            .map(|line| (line.id.to_string(), line.name.clone()))
            .collect(),
        languages: Language::ALL
            .map(|language| (language.code().to_owned(), language.name().to_owned()))
            .to_vec(),
        language: language.code().to_owned(),
        tag: language.tag().to_owned(),
        total: count(Prompt::ALL.len()),
        ..PromptsView::default()
    };
    for group in PromptGroup::ALL {
        let mut prompts = Vec::new();
        for prompt in Prompt::ALL.iter().filter(|prompt| prompt.group() == *group) {
            let mut shown = texts.view(*prompt);
            let haystack = format!(
                "{} {} {} {}",
                group.name(),
                shown.key,
                shown.about,
                shown.text
            );
            let haystack = folded(&haystack);
            let is_found = wanted.iter().all(|word| haystack.contains(word));
            if !is_found && filter.edit != shown.key {
                continue;
            }
            if filter.edit == shown.key {
                let thing = thing(line.map(|line| line.id.clone()), language, *prompt);
                shown.version = version(state, &thing).await?.0;
            }
            prompts.push(shown);
        }
        if !prompts.is_empty() {
            view.found += count(prompts.len());
            view.groups.push(PromptGroupView {
                name: group.name().to_owned(),
                prompts,
            });
        }
    }
    Ok(view)
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn line_of<'a>(known: &'a Known, id: &str) -> Result<Option<&'a Line>, DeskError> {
    if id.is_empty() {
        return Ok(None);
    }
    let id = LineId::parse(id).map_err(|_| DeskError::NotFound)?;
    known.line(&id).map(Some).ok_or(DeskError::NotFound)
}

/// The language that is meant: the one that is named, else the line's own.
fn language_of(code: &str, line: Option<&Line>) -> Result<Language, DeskError> {
    match (code, line) {
        ("", Some(line)) => Ok(line.language),
        ("", None) => Ok(Language::English),
        (code, _) => Language::parse(code).ok_or(DeskError::NotFound),
    }
}

async fn version(state: &AppState, thing: &Thing) -> Result<PlanVersion, DeskError> {
    let change = state.store.latest_change(thing).await;
    let change = change.map_err(|error| broken("read when a prompt changed", &error))?;
    Ok(change.map_or(PlanVersion(0), |change| change.version))
}

fn thing(line: Option<LineId>, language: Language, prompt: Prompt) -> Thing {
    Thing::Prompt(line, language, prompt.key().to_owned())
}

/// The texts of a line in a language, those that all lines share, and those that came with this release.
struct Texts<'a> {
    own: Option<&'a LineId>,
    language: Language,
    rows: &'a [PromptRow],
    shipped: Vec<PromptRow>,
}

impl<'a> Texts<'a> {
    fn of(
        known: &'a Known,
        own: Option<&'a LineId>,
        language: Language,
    ) -> Result<Self, DeskError> {
        let shipped = seeds::prompts().map_err(|problem| {
            tracing::error!(%problem, "the seeds' prompts cannot be read");
            DeskError::Internal
        })?;
        Ok(Self {
            own,
            language,
            rows: &known.rows.prompts,
            shipped,
        })
    }

    fn text<'t>(
        &self,
        rows: &'t [PromptRow],
        of: Option<&LineId>,
        prompt: Prompt,
    ) -> Option<&'t str> {
        let found = rows.iter().find(|row| {
            row.line.as_ref() == of && row.language == self.language && row.key == prompt.key()
        });
        found.map(|row| row.text.as_str())
    }

    /// The text that comes with this release; none for a prompt that it lacks in the language.
    fn shipped(&self, prompt: Prompt) -> Option<&str> {
        self.text(&self.shipped, None, prompt)
    }

    fn shared(&self, prompt: Prompt) -> &str {
        let shared = self.text(self.rows, None, prompt);
        shared.or_else(|| self.shipped(prompt)).unwrap_or_default()
    }

    fn view(&self, prompt: Prompt) -> PromptView {
        let shared = self.shared(prompt);
        let (text, usual) = match self.own {
            Some(line) => {
                let own = self.text(self.rows, Some(line), prompt);
                (own.unwrap_or(shared), shared)
            }
            None => (shared, self.shipped(prompt).unwrap_or(shared)),
        };
        let is_own = match self.own {
            Some(line) => self.text(self.rows, Some(line), prompt).is_some(),
            None => text != usual,
        };
        PromptView {
            key: prompt.key().to_owned(),
            about: prompt.about().to_owned(),
            text: text.to_owned(),
            is_own,
            usual: usual.to_owned(),
            placeholders: prompt
                .placeholders()
                .iter()
                .map(|name| (*name).to_owned())
                .collect(),
            version: 0,
        }
    }
}

/// A prompt that a form names.
struct Named {
    line: Option<LineId>,
    language: Language,
    prompt: Prompt,
    /// Whose words, for people.
    whose: String,
}

impl Named {
    fn by(form: &PromptForm, known: &Known) -> Result<Self, DeskError> {
        let line = line_of(known, &form.line)?;
        Ok(Self {
            language: language_of(&form.language, line)?,
            prompt: Prompt::parse(&form.key).ok_or(DeskError::NotFound)?,
            whose: line.map_or_else(|| "all lines".to_owned(), |line| line.name.clone()),
            line: line.map(|line| line.id.clone()),
        })
    }

    fn thing(&self) -> Thing {
        thing(self.line.clone(), self.language, self.prompt)
    }

    fn about(&self) -> &str {
        self.line.as_ref().map_or("prompts", LineId::as_str)
    }

    /// What the audit says of what was done to it.
    fn audit(&self, verb: &str, more: &str) -> String {
        let (key, language) = (self.prompt.key(), self.language.name());
        format!(
            "{verb} the prompt {key} of {} in {language}{more}.",
            self.whose
        )
    }
}

/// Says a prompt in other words. Words that are the usual ones are a way back to them.
pub(crate) async fn save(state: &AppState, by: &str, form: &PromptForm) -> Result<(), DeskError> {
    for _ in 0..TRIES {
        let known = Known::read(state).await?;
        let named = Named::by(form, &known)?;
        meanwhile(state, &named.thing(), "this prompt", form.version).await?;
        let row = PromptRow {
            line: named.line.clone(),
            language: named.language,
            key: named.prompt.key().to_owned(),
            text: read(&form.text, named.prompt)?,
        };
        row.check()
            .map_err(|problem| at_text(problem.advice(named.prompt)))?;
        let was = Texts::of(&known, named.line.as_ref(), named.language)?.view(named.prompt);
        if was.text == row.text {
            return Ok(());
        }
        let audit = named.audit("Changed", &format!(": “{}”, was “{}”", row.text, was.text));
        let edit = PlanEdit::PutPrompt { row };
        let written = write(state, by, known, edit, (named.about(), &audit)).await?;
        if written.is_some() {
            return Ok(());
        }
    }
    Err(too_busy())
}

/// Goes back to the usual words.
pub(crate) async fn reset(state: &AppState, by: &str, form: &PromptForm) -> Result<(), DeskError> {
    for _ in 0..TRIES {
        let known = Known::read(state).await?;
        let named = Named::by(form, &known)?;
        meanwhile(state, &named.thing(), "this prompt", form.version).await?;
        let was = Texts::of(&known, named.line.as_ref(), named.language)?.view(named.prompt);
        if !was.is_own {
            return Ok(());
        }
        let edit = match &named.line {
            Some(line) => {
                PlanEdit::without_prompt(Some(line.clone()), named.language, named.prompt)
            }
            None => PlanEdit::PutPrompt {
                row: PromptRow {
                    line: None,
                    language: named.language,
                    key: named.prompt.key().to_owned(),
                    text: was.usual,
                },
            },
        };
        let audit = named.audit("Went back to the usual words of", "");
        let written = write(state, by, known, edit, (named.about(), &audit)).await?;
        if written.is_some() {
            return Ok(());
        }
    }
    Err(too_busy())
}

/// One paragraph, since it is said in one breath; lines become spaces.
fn read(text: &str, prompt: Prompt) -> Result<String, DeskError> {
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    if text.chars().count() > LONGEST {
        let words = format!("It takes at most {LONGEST} characters: nobody listens for longer.");
        return Err(at_text(words));
    }
    if text.contains(char::is_control) {
        return Err(at_text(format!(
            "There is a character in it that cannot be said. Type {} anew.",
            prompt.key()
        )));
    }
    Ok(text)
}

fn at_text(words: String) -> DeskError {
    DeskError::Invalid(vec![FieldError::new("text", words)])
}
