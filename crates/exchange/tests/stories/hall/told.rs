//! What a story asks of the hall.

use super::*;

impl Hall {
    pub(crate) fn member(&self, who: &CallSid) -> &Member {
        self.room.member(who).expect("a member of the story")
    }

    pub(crate) fn within(&self, who: &CallSid) -> &Within {
        let conference = self.conference.as_ref().expect("a conference");
        conference.people.get(who).expect("they are in it")
    }

    pub(crate) fn is_in(&self, who: &CallSid) -> bool {
        let conference = self.conference.as_ref();
        conference.is_some_and(|one| one.people.contains_key(who))
    }

    pub(crate) fn has_started(&self) -> bool {
        self.conference.as_ref().is_some_and(|one| one.has_started)
    }

    /// Whether everybody hears each other, by the carrier and by us.
    #[track_caller]
    pub(crate) fn runs_with(&self, legs: &[&CallSid]) {
        assert!(self.has_started(), "{}", self.tale());
        assert!(
            matches!(self.room.phase, Phase::Running { .. }),
            "{}",
            self.tale()
        );
        let people = &self.conference.as_ref().expect("a conference").people;
        let people: Vec<&CallSid> = people.keys().collect();
        assert_eq!(people, legs, "{}", self.tale());
    }

    #[track_caller]
    pub(crate) fn waits_with(&self, legs: &[&CallSid]) {
        assert!(!self.has_started(), "{}", self.tale());
        let people = self.conference.iter().flat_map(|one| one.people.keys());
        assert_eq!(people.collect::<Vec<_>>(), legs, "{}", self.tale());
    }

    #[track_caller]
    pub(crate) fn heard(&self, who: &CallSid, words: &str) {
        let heard = &self.legs[who].heard;
        assert!(
            heard.iter().any(|one| one.contains(words)),
            "{words:?} is not in {heard:#?}\n{}",
            self.tale()
        );
    }

    pub(crate) fn forgets(&mut self, who: &CallSid) {
        self.legs.get_mut(who).expect("a leg").heard.clear();
    }

    #[track_caller]
    pub(crate) fn told(&self, words: &str) {
        let is_told = self.lines().any(|line| line.contains(words));
        assert!(is_told, "{words:?} is not in\n{}", self.tale());
    }

    /// The journals of all calls, in order.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        self.journal.iter().filter_map(|written| match written {
            Written::Line(line) => Some(line.as_str()),
            Written::Begins(..) | Written::Happened(..) | Written::Lost(_) | Written::Does(..) => {
                None
            }
        })
    }

    /// How many deeds of a kind the carrier was asked for.
    pub(crate) fn done(&self, is_it: impl Fn(&RoomDeed) -> bool) -> usize {
        let done = self.journal.iter().filter(|written| match written {
            Written::Does(_, deed) => is_it(deed),
            Written::Begins(..) | Written::Happened(..) | Written::Lost(_) | Written::Line(_) => {
                false
            }
        });
        done.count()
    }

    #[track_caller]
    pub(crate) fn ended(&self, who: &CallSid, how: Outcome) {
        let call = self.legs[who].call.as_ref().expect("a call");
        let ended = call.ended.as_ref().map(|ended| ended.how);
        assert_eq!(ended, Some(how), "{}", self.tale());
        assert_eq!(self.legs[who].at, At::Gone, "{}", self.tale());
    }

    pub(crate) fn tale(&self) -> String {
        let clock = |at: &Moment| at.0 % 10_000_000;
        let told = self.journal.iter().map(|written| match written {
            Written::Begins(at, call) => format!("{:>7} {call} begins", clock(at)),
            Written::Happened(at, to, event) => format!("{:>7} {to} {event:?}", clock(at)),
            Written::Lost(event) => format!("          lost {event:?}"),
            Written::Does(at, deed) => format!("{:>7} does {deed:?}", clock(at)),
            Written::Line(line) => format!("          - {line}"),
        });
        let told: Vec<String> = told.collect();
        format!("{}\n{:?}", told.join("\n"), self.room)
    }

    /// Why somebody of ours is not rung, with their console as it should be.
    pub(crate) fn trouble(&self, name: &str) -> Option<&'static str> {
        self.agents
            .get(&user(name))
            .and_then(|agent| agent.trouble(&present(self.now), self.now))
    }
}

/// Somebody of ours who would be rung.
pub(super) fn available(who: &UserName, now: Moment) -> Agent {
    let mut agent = Agent::new(who.clone(), who.to_string(), Vec::new(), now);
    agent.chosen = exchange::Chosen::Available;
    agent
}
