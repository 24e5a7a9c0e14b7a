//! A small world for stories: a plan, a caller, and what the caller hears.

use std::collections::BTreeMap;

use exchange::{
    Act, AgentEvent, AreaCode, Call, CallOutRoute, CallSid, Caller, CallingOut, Choice,
    Destination, DialReport, DialRules, DialStatus, Dialler, Digits, Directory, DirectoryId, Event,
    ForwardRoute, Input, Language, Line, LineId, LineKind, Menu, MenuId, MenuRoute, Moment, Node,
    NodeId, Office, OfficeId, PhoneNumber, Place, Plan, PlanRows, Prompt, PromptRow, Region,
    RegionAction, RegionCode, Route, Step, SupportEvent, SupportLine, SupportRoute, TeamId,
    UserName, Zip, ZipRange, ZipSpan,
};

pub(crate) fn number(text: &str) -> PhoneNumber {
    PhoneNumber::parse(text).expect("a number of the story")
}

fn region(code: &str, name: &str, kind: &str, country: &str, action: RegionAction) -> Region {
    Region {
        code: RegionCode::parse(code).expect("a region of the story"),
        name: name.into(),
        kind: kind.into(),
        country: country.into(),
        action,
        time_zone: None,
    }
}

pub(crate) fn office(
    directory: &str,
    id: &str,
    region: Option<&str>,
    position: u16,
    name: &str,
    phone: &str,
) -> Office {
    Office {
        directory: DirectoryId::parse(directory).expect("a directory of the story"),
        id: OfficeId::parse(id).expect("an office of the story"),
        region: region.map(|code| RegionCode::parse(code).expect("a region of the story")),
        position,
        name: name.into(),
        title: "Senator".into(),
        phone: number(phone),
        details: BTreeMap::new(),
    }
}

fn words(text: &str) -> BTreeMap<Language, String> {
    BTreeMap::from([(Language::English, text.to_owned())])
}

fn zip(text: &str) -> Zip {
    Zip::parse(text).expect("a ZIP code of the story")
}

/// Every prompt says its own key and its values: `busy[name=Ann Alder]` is easy to look for.
fn prompts() -> Vec<PromptRow> {
    Prompt::ALL
        .iter()
        .map(|prompt| {
            let values: Vec<String> = prompt
                .placeholders()
                .iter()
                .map(|name| format!("{name}={{{name}}}"))
                .collect();
            let text = format!("{}[{}]", prompt.key(), values.join(" "));
            PromptRow {
                line: None,
                language: Language::English,
                key: prompt.key().into(),
                text,
            }
        })
        .collect()
}

pub(crate) fn rows() -> PlanRows {
    let directory = |id: &str| Directory {
        id: DirectoryId::parse(id).expect("a directory of the story"),
        name: id.into(),
        source: String::new(),
        as_of: String::new(),
    };
    let line = |id: &str, phone: &str, kind: LineKind| Line {
        id: LineId::parse(id).expect("a line of the story"),
        name: id.into(),
        number: Some(number(phone)),
        language: Language::English,
        voice: None,
        kind,
        person: None,
        dial: DialRules::default(),
        hours: None,
    };
    let id = |id: &str| DirectoryId::parse(id).expect("a directory of the story");
    let code = |code: &str| RegionCode::parse(code).expect("a region of the story");
    let range = |first: &str, last: &str, of: &str| ZipRange {
        first: zip(first),
        last: zip(last),
        region: code(of),
    };
    let node = |id: &str| NodeId::parse(id).expect("a place of the story");
    let choice = |label: &str, to| Choice {
        label: label.into(),
        to,
    };
    let root = BTreeMap::from([
        (
            '1',
            choice(
                "Directions",
                Destination::Announce {
                    text: words("Past the moon."),
                },
            ),
        ),
        (
            '2',
            choice(
                "Planets",
                Destination::List {
                    directory: id("planets"),
                    intro: words("The planets."),
                },
            ),
        ),
        (
            '3',
            choice("More", Destination::Menu { node: node("more") }),
        ),
        (
            '5',
            choice(
                "Senators",
                Destination::Line {
                    line: LineId::parse("senators").expect("a line"),
                },
            ),
        ),
    ]);
    let more = BTreeMap::from([
        (
            '1',
            choice(
                "Headquarters",
                Destination::Number {
                    name: "Headquarters".into(),
                    number: number("+12025550199"),
                },
            ),
        ),
        ('9', choice("Back", Destination::Back)),
    ]);
    PlanRows {
        lines: vec![
            line(
                "senators",
                "+12025550100",
                LineKind::Forward {
                    directory: id("senators"),
                    instead: Some(id("delegates")),
                },
            ),
            line(
                "planets",
                "+12025550101",
                LineKind::Menu {
                    menu: MenuId::parse("earth").expect("a menu"),
                },
            ),
            line(
                "support",
                "+12025550109",
                LineKind::Support(Box::new(SupportLine::of(
                    TeamId::parse("support").expect("a team"),
                ))),
            ),
        ],
        directories: ["senators", "delegates", "planets"].map(directory).to_vec(),
        offices: vec![
            office("senators", "A1", Some("IL"), 1, "Ann Alder", "+12022240001"),
            office("senators", "B2", Some("IL"), 2, "Bea Birch", "+12022240002"),
            office("senators", "C3", Some("IN"), 1, "Cal Cedar", "+12022240003"),
            office(
                "senators",
                "D4",
                Some("IN"),
                2,
                "Dan Dogwood",
                "+19005550123",
            ),
            office("delegates", "E5", Some("DC"), 1, "Eve Elm", "+12022250005"),
            office("planets", "brodo", None, 2, "Brodo Asogi", "+12025550102"),
            office("planets", "dagobah", None, 3, "Dagobah", "+12025550103"),
        ],
        regions: vec![
            region("IL", "Illinois", "state", "US", RegionAction::Connect),
            region("IN", "Indiana", "state", "US", RegionAction::Connect),
            region("OH", "Ohio", "state", "US", RegionAction::Connect),
            region(
                "DC",
                "District of Columbia",
                "district",
                "US",
                RegionAction::NoSenators,
            ),
            region("GU", "Guam", "territory", "US", RegionAction::NoSenators),
            region(
                "AE",
                "Armed Forces Europe",
                "military",
                "US",
                RegionAction::AskHomeZip,
            ),
            region("PW", "Palau", "associated", "PW", RegionAction::NoCongress),
            region("ON", "Ontario", "province", "CA", RegionAction::AskZip),
        ],
        zip_ranges: vec![
            range("09000", "09899", "AE"),
            range("20000", "20099", "DC"),
            range("43000", "45999", "OH"),
            range("46000", "47999", "IN"),
            range("60000", "62999", "IL"),
            range("96910", "96932", "GU"),
            range("96940", "96940", "PW"),
        ],
        zip_spans: vec![
            ZipSpan {
                zip: zip("47500"),
                region: code("IN"),
                others: vec![code("IL")],
                other_share: 0.2,
            },
            ZipSpan {
                zip: zip("47501"),
                region: code("IN"),
                others: vec![code("IL")],
                other_share: 0.001,
            },
        ],
        area_codes: vec![AreaCode {
            code: "312".into(),
            region: code("IL"),
            country: "US".into(),
        }],
        menus: vec![Menu {
            id: MenuId::parse("earth").expect("a menu of the story"),
            name: "Earth".into(),
            root: node("root"),
            nodes: BTreeMap::from([
                (
                    node("root"),
                    Node {
                        name: String::new(),
                        prompt: words("Root menu."),
                        choices: root,
                    },
                ),
                (
                    node("more"),
                    Node {
                        name: String::new(),
                        prompt: words("More menu."),
                        choices: more,
                    },
                ),
            ]),
            version: 1,
        }],
        past_menus: Vec::new(),
        trials: Vec::new(),
        prompts: prompts(),
    }
}

/// One caller's visit, as the carrier would tell it.
pub(crate) struct Story {
    pub(crate) plan: Plan,
    pub(crate) call: Call,
    pub(crate) heard: Vec<String>,
    pub(crate) journal: Vec<String>,
    pub(crate) answer: Vec<Act>,
    /// What it has meant for agents.
    pub(crate) agents: Vec<(UserName, AgentEvent)>,
    pub(crate) now: Moment,
    events: u32,
}

impl Story {
    /// Somebody calls a line.
    pub(crate) fn on(line: &str, caller: Caller, place: Place) -> Self {
        Self::with(rows(), line, caller, place)
    }

    pub(crate) fn with(rows: PlanRows, line: &str, caller: Caller, place: Place) -> Self {
        let plan = Plan::new(rows).expect("the plan of the story");
        let line = plan
            .line(&LineId::parse(line).expect("a line"))
            .expect("a line of the story")
            .clone();
        let sid = CallSid::parse("CA00000000000000000000000000000001").expect("a SID");
        let now = Moment(1_700_000_000_000);
        let call = Call::new(sid, &line, caller, line.number.clone(), place, now);
        Self {
            plan,
            call,
            heard: Vec::new(),
            journal: Vec::new(),
            answer: Vec::new(),
            agents: Vec::new(),
            now,
            events: 0,
        }
    }

    /// Ana calls out from her browser.
    pub(crate) fn out(rows: PlanRows, by: Dialler, to: &str, line: Option<&str>) -> Self {
        let mut story = Self::with(rows, "senators", Caller::Withheld, Place::default());
        let asked = CallingOut::new(by, to, line);
        let caller = Caller::Client("ana".into());
        let sid = story.call.sid.clone();
        story.call =
            Call::out(sid, caller, asked, &story.plan, story.now).expect("there are lines");
        story.happens(Event::CallOut(CallOutRoute::Begin, Input::default()));
        story
    }

    /// A caller from a state, as the carrier reports it.
    pub(crate) fn from_state(state: &str) -> Self {
        let place = Place {
            state: Some(state.into()),
            country: Some("US".into()),
            ..Place::default()
        };
        Self::on("senators", Caller::Number(number("+13125550123")), place)
    }

    /// A caller of whom the carrier knows nothing.
    pub(crate) fn from_nowhere() -> Self {
        Self::on("senators", Caller::Withheld, Place::default())
    }

    pub(crate) fn happens(&mut self, event: Event) -> Step {
        let step = self.call.on(event, self.events == 0, self.now, &self.plan);
        self.events += 1;
        self.call = step.call.clone();
        self.journal.extend(step.lines.clone());
        self.agents.extend(step.agents.clone());
        self.answer = step.answer.clone().map_or_else(Vec::new, |answer| answer.0);
        self.heard = self
            .answer
            .iter()
            .filter_map(|act| match act {
                Act::Say(speech) => Some(speech.plain()),
                Act::Ask(ask) => Some(ask.speech.plain()),
                Act::Dial(_)
                | Act::Join(_)
                | Act::Music
                | Act::Beep
                | Act::Record(_)
                | Act::Goto(_)
                | Act::HangUp => None,
            })
            .collect();
        step
    }

    pub(crate) fn arrives(&mut self) -> Step {
        self.happens(Event::Arrived(Input {
            place: self.call.place.clone(),
            ..Input::default()
        }))
    }

    /// Goes where the last answer leads, with these keys (none for silence).
    pub(crate) fn presses(&mut self, keys: &str) -> Step {
        let then = self.answer.iter().find_map(|act| match act {
            Act::Ask(ask) => Some(ask.then.clone()),
            Act::Say(_)
            | Act::Dial(_)
            | Act::Join(_)
            | Act::Music
            | Act::Beep
            | Act::Record(_)
            | Act::Goto(_)
            | Act::HangUp => None,
        });
        self.goes(then.expect("a question is asked"), input(keys))
    }

    /// The dialled party is over, as the carrier reports it.
    pub(crate) fn dial_ends(&mut self, status: DialStatus, bridged: bool, seconds: u32) -> Step {
        let then = self.dialled().expect("somebody is dialled").then;
        let dial = Some(DialReport {
            status,
            bridged: Some(bridged),
            seconds: Some(seconds),
        });
        self.goes(
            then,
            Input {
                dial,
                ..Input::default()
            },
        )
    }

    pub(crate) fn goes(&mut self, to: Route, input: Input) -> Step {
        match to {
            Route::Line(_) => self.happens(Event::Arrived(input)),
            Route::Forward(route) => self.happens(Event::Forward(route, input)),
            Route::Menu(route) => self.happens(Event::Menu(route, input)),
            Route::CallOut(route) => self.happens(Event::CallOut(route, input)),
            Route::Conference(_) => unreachable!("no story leads into a conference"),
            Route::Support(_, route) => self.happens(Event::Support(match route {
                SupportRoute::Enter => SupportEvent::Enter(input),
                SupportRoute::Wait => SupportEvent::Wait(input),
                SupportRoute::Left => SupportEvent::Left(input),
                SupportRoute::Keyed => SupportEvent::Keyed(input),
                SupportRoute::Recorded => SupportEvent::Recorded(input, None),
                SupportRoute::Next
                | SupportRoute::Hold
                | SupportRoute::AgentLeft
                | SupportRoute::Screened
                | SupportRoute::WatchLeft
                | SupportRoute::TakenOver => SupportEvent::Next(input),
            })),
        }
    }

    pub(crate) fn dialled(&self) -> Option<exchange::Dial> {
        self.answer.iter().find_map(|act| match act {
            Act::Dial(dial) => Some(dial.clone()),
            Act::Say(_)
            | Act::Ask(_)
            | Act::Join(_)
            | Act::Music
            | Act::Beep
            | Act::Record(_)
            | Act::Goto(_)
            | Act::HangUp => None,
        })
    }

    #[track_caller]
    pub(crate) fn hears(&self, words: &str) {
        assert!(
            self.heard.iter().any(|speech| speech.contains(words)),
            "{words:?} is not in {:?}",
            self.heard
        );
    }

    #[track_caller]
    pub(crate) fn is_over(&self, how: exchange::Outcome) {
        assert_eq!(self.answer.last(), Some(&Act::HangUp), "{:?}", self.answer);
        assert_eq!(
            self.call.ended.as_ref().map(|ended| ended.how),
            Some(how),
            "{:?}",
            self.journal
        );
    }
}

pub(crate) fn input(keys: &str) -> Input {
    Input {
        digits: Digits::parse(Some(keys)),
        ..Input::default()
    }
}

pub(crate) fn forward(route: ForwardRoute, keys: &str) -> Event {
    Event::Forward(route, input(keys))
}

pub(crate) fn menu(route: MenuRoute, keys: &str) -> Event {
    Event::Menu(route, input(keys))
}
