//! Somebody who is to take calls no more, because they may no longer sign in.

use super::{Agent, Chosen, Duty};
use crate::Moment;

impl Agent {
    /// The agent once they are off the floor; nothing while a call rings at them or they are in one.
    #[must_use]
    pub fn taken_off(&self, now: Moment) -> Option<Self> {
        let agent = self.at(now);
        let is_free = match agent.duty {
            Duty::Free | Duty::WrapUp { .. } | Duty::NotResponding { .. } => {
                agent.elsewhere.is_none()
            }
            Duty::Ringing { .. } | Duty::OnCall { .. } | Duty::Lost { .. } => false,
        };
        is_free.then_some(Self {
            chosen: Chosen::Offline,
            chosen_at: now,
            next: None,
            duty: Duty::Free,
            ..agent
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CallSid, UserName};

    #[test]
    fn who_is_in_a_call_stays_and_others_go_offline() {
        let call = CallSid::parse(&format!("CA{:032}", 1)).unwrap();
        let at = Moment(1_000);
        let mut agent = Agent::new(
            UserName::parse("ana").unwrap(),
            "Ana".to_owned(),
            vec![],
            at,
        );
        agent.chosen = Chosen::Available;
        let with = |duty| Agent {
            duty,
            ..agent.clone()
        };
        let busy = [
            Duty::Ringing {
                call: call.clone(),
                offer: 1,
                since: at,
            },
            Duty::OnCall {
                call: call.clone(),
                since: at,
            },
            Duty::Lost {
                call: call.clone(),
                since: at,
            },
        ];
        let free = [
            Duty::Free,
            Duty::WrapUp {
                call,
                since: at,
                until: None,
            },
        ];

        for duty in busy {
            assert_eq!(with(duty).taken_off(at), None);
        }
        for duty in free {
            let off = with(duty).taken_off(Moment(2_000)).unwrap();
            assert_eq!((off.chosen, off.duty), (Chosen::Offline, Duty::Free));
        }
    }
}
