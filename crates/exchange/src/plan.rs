//! The plan: everything the rules look up, checked once and then only read.

mod edit;
mod menus;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::prompt::{Prompts, Template};
use crate::{
    AreaCode, ConferenceRoom, Directory, DirectoryId, Language, Line, LineId, LineKind, Menu,
    MenuAt, MenuId, Office, Part, PhoneNumber, Prompt, PromptError, PromptRow, Region, RegionCode,
    RoomId, Zip, ZipRange, ZipSpan,
};

pub use edit::PlanEdit;

/// The plan as rows of data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlanRows {
    /// The lines.
    pub lines: Vec<Line>,
    /// The directories.
    pub directories: Vec<Directory>,
    /// Their offices.
    pub offices: Vec<Office>,
    /// The regions.
    pub regions: Vec<Region>,
    /// ZIP codes to regions.
    pub zip_ranges: Vec<ZipRange>,
    /// ZIP codes of several regions.
    pub zip_spans: Vec<ZipSpan>,
    /// Area codes to regions.
    pub area_codes: Vec<AreaCode>,
    /// The phone trees.
    pub menus: Vec<Menu>,
    /// Their earlier versions that calls may still be led through.
    #[serde(default)]
    pub past_menus: Vec<Menu>,
    /// Drafts that somebody tries with a call of their own.
    #[serde(default)]
    pub trials: Vec<Menu>,
    /// What is said.
    pub prompts: Vec<PromptRow>,
}

/// Why rows make no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A text that cannot be a prompt.
    #[error("in {language}: {problem}", language = language.code())]
    Prompt {
        /// Its language.
        language: Language,
        /// What is wrong with it.
        #[source]
        problem: PromptError,
    },
    /// A prompt that a language in use lacks.
    #[error("the prompt {key:?} has no text in {language}", language = language.code())]
    NoText {
        /// The prompt.
        key: &'static str,
        /// The language.
        language: Language,
    },
    /// A line or menu that leads to something that does not exist.
    #[error("{from} leads to {to}, which does not exist")]
    LeadsNowhere {
        /// What leads there.
        from: String,
        /// What is missing.
        to: String,
    },
    /// Two lines with one number.
    #[error("the lines {0} and {1} have the same number")]
    SameNumber(LineId, LineId),
    /// A conference line whose rooms callers could not get into.
    #[error("the conference line {line} cannot be called: {why}")]
    BadConference {
        /// The line.
        line: LineId,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A line whose menu leads to a person that it does not have.
    #[error("the menu {menu} leads to a person, and the line {line} has none")]
    NoPerson {
        /// The menu.
        menu: MenuId,
        /// The line.
        line: LineId,
    },
    /// A place of a menu that says nothing in a language it is used in.
    #[error("the menu {menu} says nothing at {node} in {language}", language = language.code())]
    SilentMenu {
        /// The menu.
        menu: MenuId,
        /// The place.
        node: String,
        /// The language.
        language: Language,
    },
}

/// Everything the rules look up. Immutable: a change makes another plan.
#[derive(Clone, Debug)]
pub struct Plan {
    lines: BTreeMap<LineId, Line>,
    directories: BTreeSet<DirectoryId>,
    by_number: BTreeMap<PhoneNumber, LineId>,
    offices: BTreeMap<(DirectoryId, Option<RegionCode>), Vec<Office>>,
    office_zones: BTreeSet<String>,
    regions: BTreeMap<RegionCode, Region>,
    zip_ranges: BTreeMap<Zip, ZipRange>,
    zip_spans: BTreeMap<Zip, ZipSpan>,
    area_codes: BTreeMap<String, RegionCode>,
    menus: BTreeMap<MenuId, Menu>,
    /// Earlier versions and trials. What they lead to may be gone: the rules make do.
    other_menus: BTreeMap<MenuAt, Menu>,
    prompts: Prompts,
    line_prompts: BTreeMap<LineId, Prompts>,
}

impl Plan {
    /// Checks rows and makes them quick to look up.
    ///
    /// # Errors
    /// The first thing found that would leave a caller without an answer.
    pub fn new(rows: PlanRows) -> Result<Self, PlanError> {
        let mut by_number: BTreeMap<PhoneNumber, LineId> = BTreeMap::new();
        for line in &rows.lines {
            if let Some(number) = &line.number
                && let Some(other) = by_number.insert(number.clone(), line.id.clone())
            {
                return Err(PlanError::SameNumber(other, line.id.clone()));
            }
        }
        let mut offices: BTreeMap<_, Vec<Office>> = BTreeMap::new();
        for office in rows.offices {
            offices
                .entry((office.directory.clone(), office.region.clone()))
                .or_default()
                .push(office);
        }
        for list in offices.values_mut() {
            list.sort_by(|a, b| (a.position, &a.id).cmp(&(b.position, &b.id)));
        }
        let (mut prompts, mut line_prompts) = (Prompts::new(), BTreeMap::<LineId, Prompts>::new());
        for row in &rows.prompts {
            let language = row.language;
            let (prompt, template) =
                Template::parse(row).map_err(|problem| PlanError::Prompt { language, problem })?;
            let texts = match &row.line {
                Some(line) => line_prompts.entry(line.clone()).or_default(),
                None => &mut prompts,
            };
            texts.insert((language, prompt), template);
        }
        let directories = rows.directories.into_iter().map(|directory| directory.id);
        let plan = Self {
            by_number,
            directories: directories.collect(),
            office_zones: offices.values().flatten().flat_map(Office::zones).collect(),
            offices,
            lines: rows
                .lines
                .into_iter()
                .map(|line| (line.id.clone(), line))
                .collect(),
            regions: rows
                .regions
                .into_iter()
                .map(|region| (region.code.clone(), region))
                .collect(),
            zip_ranges: rows
                .zip_ranges
                .into_iter()
                .map(|range| (range.first.clone(), range))
                .collect(),
            zip_spans: rows
                .zip_spans
                .into_iter()
                .map(|span| (span.zip.clone(), span))
                .collect(),
            area_codes: rows
                .area_codes
                .into_iter()
                .map(|area| (area.code, area.region))
                .collect(),
            menus: rows
                .menus
                .into_iter()
                .map(|menu| (menu.id.clone(), menu))
                .collect(),
            other_menus: menus::other_menus(rows.past_menus, rows.trials),
            prompts,
            line_prompts,
        };
        plan.check()?;
        Ok(plan)
    }

    fn check(&self) -> Result<(), PlanError> {
        let nowhere = |from: String, to: String| Err(PlanError::LeadsNowhere { from, to });
        let is_directory = |id: &DirectoryId| self.has_directory(id);
        self.check_language(Language::English)?;
        for line in self.lines.values() {
            self.check_language(line.language)?;
            let from = format!("the line {}", line.id);
            match &line.kind {
                LineKind::Forward { directory, instead } => {
                    for id in std::iter::once(directory).chain(instead) {
                        if !is_directory(id) {
                            return nowhere(from, format!("the directory {id}"));
                        }
                    }
                }
                LineKind::Menu { menu } => match self.menus.get(menu) {
                    None => return nowhere(from, format!("the menu {menu}")),
                    Some(menu) => {
                        menus::check_words(menu, line.language)?;
                        menus::check_person(menu, line)?;
                    }
                },
                LineKind::Support(_) => {}
                LineKind::Conference(settings) => {
                    if let Some(why) = settings.trouble() {
                        return Err(PlanError::BadConference {
                            line: line.id.clone(),
                            why,
                        });
                    }
                }
            }
        }
        if let Some(id) = self
            .line_prompts
            .keys()
            .find(|id| !self.lines.contains_key(*id))
        {
            return nowhere("a prompt".to_owned(), format!("the line {id}"));
        }
        self.check_menus()
    }

    fn check_language(&self, language: Language) -> Result<(), PlanError> {
        match Prompt::ALL
            .iter()
            .find(|prompt| !self.prompts.contains_key(&(language, **prompt)))
        {
            None => Ok(()),
            Some(prompt) => Err(PlanError::NoText {
                key: prompt.key(),
                language,
            }),
        }
    }

    /// The line of an id.
    #[must_use]
    pub fn line(&self, id: &LineId) -> Option<&Line> {
        self.lines.get(id)
    }

    /// A room of a conference line.
    #[must_use]
    pub fn conference_room(&self, id: &RoomId) -> Option<&ConferenceRoom> {
        match &self.line(&id.line)?.kind {
            LineKind::Conference(settings) => settings.room(&id.room),
            LineKind::Forward { .. } | LineKind::Menu { .. } | LineKind::Support(_) => None,
        }
    }

    /// The time zones that lines keep their hours by, and offices where that decides what is called first.
    pub fn zones(&self) -> impl Iterator<Item = &str> {
        let lines = self.lines();
        lines
            .filter_map(|line| Some(line.hours.as_ref()?.zone.as_str()))
            .chain(self.office_zones.iter().map(String::as_str))
    }

    /// Every line, by id.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.values()
    }

    /// The line that answers a number.
    #[must_use]
    pub fn line_of_number(&self, number: &PhoneNumber) -> Option<&Line> {
        self.lines.get(self.by_number.get(number)?)
    }

    /// The office that a number is of.
    #[must_use]
    pub fn office_of_number(&self, number: &PhoneNumber) -> Option<&Office> {
        let mut offices = self.offices.values().flatten();
        offices.find(|office| office.numbers().any(|of| of == *number))
    }

    /// The offices of a region, in the order they are called.
    #[must_use]
    pub fn offices(&self, directory: &DirectoryId, region: &RegionCode) -> &[Office] {
        self.offices
            .get(&(directory.clone(), Some(region.clone())))
            .map_or(&[], Vec::as_slice)
    }

    /// The entries of a plain list, by key.
    #[must_use]
    pub fn entries(&self, directory: &DirectoryId) -> &[Office] {
        self.offices
            .get(&(directory.clone(), None))
            .map_or(&[], Vec::as_slice)
    }

    /// The office of an id.
    #[must_use]
    pub fn office(&self, directory: &DirectoryId, id: &str) -> Option<&Office> {
        self.offices
            .range((directory.clone(), None)..)
            .take_while(|((of, _), _)| of == directory)
            .flat_map(|(_, offices)| offices)
            .find(|office| office.id.as_str() == id)
    }

    /// The region of a code.
    #[must_use]
    pub fn region(&self, code: &RegionCode) -> Option<&Region> {
        self.regions.get(code)
    }

    /// The region that a ZIP code belongs to.
    #[must_use]
    pub fn region_of_zip(&self, zip: &Zip) -> Option<&Region> {
        let (_, range) = self.zip_ranges.range(..=zip.clone()).next_back()?;
        if *zip <= range.last {
            self.regions.get(&range.region)
        } else {
            None
        }
    }

    /// The regions that a ZIP code spans, where that is worth a question; its own comes first.
    #[must_use]
    pub fn regions_spanned(&self, zip: &Zip) -> Option<Vec<&Region>> {
        let span = self
            .zip_spans
            .get(zip)
            .filter(|span| span.is_worth_asking())?;
        let codes = std::iter::once(&span.region).chain(&span.others);
        let regions: Vec<_> = codes.filter_map(|code| self.regions.get(code)).collect();
        (regions.len() > 1).then_some(regions)
    }

    /// Where the numbers of an area code were issued.
    #[must_use]
    pub fn region_of_area_code(&self, code: &str) -> Option<&Region> {
        self.regions.get(self.area_codes.get(code)?)
    }

    /// Appends what a line says for a prompt: its own words, or those that all lines share.
    pub fn say(&self, line: &Line, prompt: Prompt, values: &[(&str, Part)], parts: &mut Vec<Part>) {
        let own = self.line_prompts.get(&line.id);
        match own.and_then(|prompts| prompts.get(&(line.language, prompt))) {
            Some(template) => template.fill(values, parts),
            None => self.say_in(line.language, prompt, values, parts),
        }
    }

    /// Appends what a prompt says in a language. English stands in for one that lacks it.
    pub fn say_in(
        &self,
        language: Language,
        prompt: Prompt,
        values: &[(&str, Part)],
        parts: &mut Vec<Part>,
    ) {
        let template = self
            .prompts
            .get(&(language, prompt))
            .or_else(|| self.prompts.get(&(Language::English, prompt)));
        if let Some(template) = template {
            template.fill(values, parts);
        }
    }
}
