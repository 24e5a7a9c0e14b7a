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
    pub(crate) fn told(&self, line: &str) {
        assert!(
            self.journal.iter().any(|told| told.contains(line)),
            "{line:?} is not in\n{}",
            self.tale()
        );
    }

    #[track_caller]
    pub(crate) fn ended(&self, who: &CallSid, how: Outcome) {
        let call = self.legs[who].call.as_ref().expect("a call");
        let ended = call.ended.as_ref().map(|ended| ended.how);
        assert_eq!(ended, Some(how), "{}", self.tale());
        assert_eq!(self.legs[who].at, At::Gone, "{}", self.tale());
    }

    pub(crate) fn tale(&self) -> String {
        format!("{}\n{:?}", self.journal.join("\n"), self.room)
    }
}
