//! The people whom a demonstration brings along, so that somebody can look around as each of them.

use crate::Role;

/// Somebody whom a demonstration brings along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// What they would sign in with.
    pub user_name: &'static str,
    /// What they are called.
    pub name: &'static str,
    /// What they may do.
    pub role: Role,
    /// What there is to try as them.
    pub about: &'static str,
}

/// Everybody whom a demonstration brings along: two who take calls, one who watches, one who sets up.
pub const STAND_INS: [StandIn; 4] = [
    StandIn {
        user_name: "agent1",
        name: "Agent 1",
        role: Role::Agent,
        about: "Answers callers.",
    },
    StandIn {
        user_name: "agent2",
        name: "Agent 2",
        role: Role::Agent,
        about: "Answers callers, too.",
    },
    StandIn {
        user_name: "supervisor",
        name: "Supervisor",
        role: Role::Supervisor,
        about: "Reads every call.",
    },
    StandIn {
        user_name: "admin",
        name: "Admin",
        role: Role::Admin,
        about: "May do everything.",
    },
];

impl StandIn {
    /// The one of this user name.
    #[must_use]
    pub fn of(user_name: &str) -> Option<Self> {
        STAND_INS
            .into_iter()
            .find(|stand_in| stand_in.user_name == user_name)
    }

    /// The name of this machine under which a browser keeps a session for them alone.
    #[must_use]
    pub fn host(&self) -> String {
        format!("{}.localhost", self.user_name)
    }
}
