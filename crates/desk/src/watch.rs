//! Listening to a call, coaching in it, speaking, taking it over; and an agent who asks for help.

use exchange::WatchMode;
use serde::{Deserialize, Serialize};

use crate::error::FieldError;

/// Somebody whose leg is in the room of a support call without being its agent. For supervisors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchView {
    /// The caller's call.
    pub call: String,
    /// Who has the caller, for people: the agent's name, or a telephone's number; nothing while nobody does.
    pub agent: Option<String>,
    /// The leg in the room.
    pub leg: String,
    /// Whose it is, by user name.
    pub user: String,
    /// Their name.
    pub name: String,
    /// Since when.
    pub since_ms: i64,
    /// What they want to do.
    pub wanted: WatchMode,
    /// What they do, as the carrier has confirmed; nothing while their leg is on its way into the room.
    pub confirmed: Option<WatchMode>,
    /// Whether they are about to have the caller themselves.
    pub takes_over: bool,
}

/// Who watches a call, as the agent in it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatcherView {
    /// Their name.
    pub name: String,
    /// What they do, as the carrier has confirmed.
    pub does: WatchMode,
    /// Whether it is this agent whom they coach.
    pub coaches_me: bool,
}

/// The mode of a word that somebody sent in the field `mode`.
///
/// # Errors
/// What to do about it, where it is none.
pub fn watch_mode(word: &str) -> Result<WatchMode, Vec<FieldError>> {
    WatchMode::parse(word).ok_or_else(|| {
        vec![FieldError::new(
            "mode",
            "Choose one of: listen, coach, speak.",
        )]
    })
}

impl WatchView {
    /// How it stands, as a sentence.
    #[must_use]
    pub fn text(&self) -> String {
        let agent = self.agent.as_deref().unwrap_or("the agent");
        if self.takes_over {
            return "You are taking this call over…".to_owned();
        }
        match (self.confirmed, self.wanted) {
            (None, _) => "Your phone is on its way into the call…".to_owned(),
            (Some(WatchMode::Listen), WatchMode::Listen) => {
                "You hear everybody. Nobody hears you.".to_owned()
            }
            (Some(WatchMode::Coach), WatchMode::Coach) => format!("Only {agent} hears you."),
            (Some(WatchMode::Speak), WatchMode::Speak) => {
                "Everybody in the call hears you.".to_owned()
            }
            (Some(WatchMode::Listen), WatchMode::Coach) if self.agent.is_none() => {
                "Nobody hears you: there is no agent to coach at the moment.".to_owned()
            }
            (Some(_), WatchMode::Listen) => "You are being muted…".to_owned(),
            (Some(_), WatchMode::Coach) => format!("{agent} is about to hear you…"),
            (Some(_), WatchMode::Speak) => "Everybody is about to hear you…".to_owned(),
        }
    }
}

impl WatcherView {
    /// What they do, as a sentence for the agent.
    #[must_use]
    pub fn text(&self) -> String {
        let name = &self.name;
        match (self.does, self.coaches_me) {
            (WatchMode::Listen, _) => format!("{name} is listening"),
            (WatchMode::Coach, true) => {
                format!("{name} is coaching you: the caller does not hear them")
            }
            (WatchMode::Coach, false) => format!("{name} is coaching"),
            (WatchMode::Speak, _) => format!("{name} is speaking with both of you"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(wanted: WatchMode, confirmed: Option<WatchMode>) -> WatchView {
        WatchView {
            call: "CA1".to_owned(),
            agent: Some("Ana".to_owned()),
            leg: "CA2".to_owned(),
            user: "sam".to_owned(),
            name: "Sam".to_owned(),
            since_ms: 0,
            wanted,
            confirmed,
            takes_over: false,
        }
    }

    #[test]
    fn what_is_told_is_what_the_carrier_has_confirmed() {
        use WatchMode::{Coach, Listen, Speak};
        let told = [
            (view(Listen, None), "on its way into the call"),
            (view(Listen, Some(Listen)), "Nobody hears you."),
            (view(Coach, Some(Listen)), "Ana is about to hear you"),
            (view(Coach, Some(Coach)), "Only Ana hears you."),
            (view(Speak, Some(Coach)), "Everybody is about to hear you"),
            (view(Speak, Some(Speak)), "Everybody in the call hears you."),
            (view(Listen, Some(Speak)), "You are being muted"),
        ];

        for (view, words) in told {
            assert!(view.text().contains(words), "{view:?}: {}", view.text());
        }
    }

    #[test]
    fn an_agent_is_told_who_hears_and_who_speaks() {
        let watcher = |does, coaches_me| WatcherView {
            name: "Sam".to_owned(),
            does,
            coaches_me,
        };

        assert_eq!(watcher(WatchMode::Listen, false).text(), "Sam is listening");
        assert!(
            watcher(WatchMode::Coach, true)
                .text()
                .contains("coaching you")
        );
        assert!(watcher(WatchMode::Speak, false).text().contains("speaking"));
    }

    #[test]
    fn a_word_that_is_no_mode_is_refused() {
        assert_eq!(watch_mode("coach"), Ok(WatchMode::Coach));
        assert!(watch_mode("shout").is_err());
    }
}
