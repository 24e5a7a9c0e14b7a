//! `switchboard user …`: the people who may sign in.

use std::io::{self, BufRead, IsTerminal};

use desk::Role;
use exchange::Agent;
use store::{AgentChange, Audited, Kept, NewPerson, Person, PersonChange, Store, Version};

use super::{People, Trouble};
use crate::auth::newcomer::called;
use crate::auth::password::NewPassword;
use crate::auth::user_name::UserName;
use crate::clock::Clock;
use crate::config::Config;
use crate::people::{self, Invited};

/// Who does what is done here, in the audit.
const BY: &str = "command-line";

pub(super) async fn run(command: People, config: &Config) -> Result<(), Trouble> {
    // Whoever is added first may come before the server's first start.
    let store = match &command {
        People::Add { .. } => super::open(config).await?,
        People::Passwd { .. }
        | People::Role { .. }
        | People::Invite { .. }
        | People::Reset { .. }
        | People::Deactivate { .. }
        | People::Reactivate { .. }
        | People::List => super::open_kept(config).await?,
    };
    let public = config.web.first_public().as_str().to_owned();
    let done = obey(command, &store, &public).await;
    store.close().await;
    done
}

async fn obey(command: People, store: &Store, public: &str) -> Result<(), Trouble> {
    match command {
        People::Add {
            user_name,
            name,
            role,
            password_stdin,
        } => {
            let user_name =
                UserName::parse(&user_name).map_err(|bad| Trouble::new(bad.to_string()))?;
            if store.person(user_name.as_str()).await?.is_some() {
                return Err(Trouble::new(format!(
                    "the user name {user_name} is taken; choose another one"
                )));
            }
            let password_hash = read_password(&user_name, password_stdin)?.hash().await?;
            let person = NewPerson {
                user_name: user_name.to_string(),
                name: called(&name, &user_name),
                role,
                password_hash,
            };
            let what = format!("Added {} as {role}.", person.name);
            let line = audited(user_name.as_str(), what);
            if !store.enlist(&person, &line).await? {
                return Err(Trouble::new(format!(
                    "the user name {user_name} is taken; choose another one"
                )));
            }
            println!("{user_name} may sign in as {role}.");
        }
        People::Passwd {
            user_name,
            password_stdin,
        } => {
            let user_name = known(store, &user_name).await?;
            let password_hash = read_password(&user_name, password_stdin)?.hash().await?;
            let line = audited(user_name.as_str(), "Gave them another password.".to_owned());
            store
                .set_password(user_name.as_str(), &password_hash, &line)
                .await?;
            println!("{user_name} has another password, and has to sign in again.");
        }
        People::Role { user_name, role } => {
            let person = person(store, &user_name).await?;
            change_role(store, &person, role).await?;
            println!("{} is {role}.", person.user_name);
        }
        People::Invite { name, role } => {
            let invited = Invited {
                name: name.trim().to_owned(),
                role,
                teams: None,
                languages: Vec::new(),
            };
            let path = people::invite_by(store, BY, &invited, Clock::real().now()).await?;
            println!("Send them this link; it works once, for seven days:\n{public}{path}");
        }
        People::Reset { user_name } => {
            let person = person(store, &user_name).await?;
            let path = people::reset_by(store, BY, &person, Clock::real().now()).await?;
            let Some(path) = path else {
                return Err(Trouble::new(format!(
                    "{user_name} is deactivated; reactivate them first: `switchboard user reactivate {user_name}`"
                )));
            };
            println!(
                "{user_name} has no password any more. Send them this link; it works once, for seven days:\n{public}{path}"
            );
        }
        People::Deactivate { user_name } => {
            let person = person(store, &user_name).await?;
            deactivate(store, &person).await?;
            println!("{user_name} may not sign in any more.");
        }
        People::Reactivate { user_name } => {
            let person = person(store, &user_name).await?;
            reactivate(store, &person).await?;
            println!("{} may sign in again.", person.user_name);
        }
        People::List => {
            for person in store.people().await? {
                let note = if person.deactivated.is_some() {
                    "\tdeactivated"
                } else {
                    ""
                };
                println!(
                    "{}\t{}\t{}{note}",
                    person.user_name, person.role, person.name
                );
            }
        }
    }
    Ok(())
}

/// Gives somebody another role, unless they are the last admin.
async fn change_role(store: &Store, person: &Person, role: Role) -> Result<(), Trouble> {
    let change = PersonChange {
        user_name: &person.user_name,
        decided_on: person.version,
        name: &person.name,
        role,
        teams: person.teams.as_deref(),
        languages: &person.languages,
    };
    let what = format!(
        "Changed {}: role: {role}, was {}.",
        person.name, person.role
    );
    let line = audited(&person.user_name, what);
    match store.change_person(&change, &line).await? {
        Kept::Changed | Kept::Nobody => Ok(()),
        Kept::MovedOn => Err(Trouble::new(
            "somebody else is changing this person; try again",
        )),
        Kept::LastAdmin => Err(last_admin()),
    }
}

/// A line of the audit about somebody.
fn audited(about: &str, what: String) -> Audited {
    Audited {
        at: Clock::real().now(),
        by: BY.to_owned(),
        about: about.to_owned(),
        what,
    }
}

fn last_admin() -> Trouble {
    Trouble::new("there would be no admin any more; make somebody else one first")
}

/// Lets somebody in no longer, unless they are in a call or the last admin.
async fn deactivate(store: &Store, person: &Person) -> Result<(), Trouble> {
    let now = Clock::real().now();
    let user = exchange::UserName::parse(&person.user_name)
        .map_err(|bad| Trouble::new(bad.to_string()))?;
    let known = store.agent(&user).await?;
    let (agent, was) = match known {
        Some(known) => (known.agent, known.version),
        None => (
            Agent::new(user, person.name.clone(), Vec::new(), now),
            Version(0),
        ),
    };
    let busy = || {
        Trouble::new(format!(
            "{} is in a call; wait until it is over",
            person.name
        ))
    };
    let agent = agent.taken_off(now).ok_or_else(busy)?;
    let line = audited(&person.user_name, format!("Deactivated {}.", person.name));
    let change = AgentChange { agent, was };
    match store
        .deactivate(&person.user_name, &change, now, &line)
        .await?
    {
        Kept::Changed | Kept::Nobody => Ok(()),
        Kept::MovedOn => Err(busy()),
        Kept::LastAdmin => Err(last_admin()),
    }
}

/// Lets somebody in again; the links that they had are gone, and their password is the one that it was.
async fn reactivate(store: &Store, person: &Person) -> Result<(), Trouble> {
    let line = audited(&person.user_name, format!("Reactivated {}.", person.name));
    match store.reactivate(&person.user_name, &line).await? {
        Kept::Changed => Ok(()),
        Kept::Nobody | Kept::MovedOn | Kept::LastAdmin => Err(Trouble::new(format!(
            "{} is not deactivated; nothing was changed",
            person.user_name
        ))),
    }
}

async fn person(store: &Store, user_name: &str) -> Result<Person, Trouble> {
    let user_name = known(store, user_name).await?;
    let person = store.person(user_name.as_str()).await?;
    person.ok_or_else(|| Trouble::new(format!("there is no {user_name}")))
}

async fn known(store: &Store, user_name: &str) -> Result<UserName, Trouble> {
    let nobody = || {
        Trouble::new(format!(
            "there is no {user_name}; `switchboard user list` shows everybody"
        ))
    };
    let parsed = UserName::parse(user_name).map_err(|_| nobody())?;
    store.person(parsed.as_str()).await?.ok_or_else(nobody)?;
    Ok(parsed)
}

fn read_password(user_name: &UserName, from_stdin: bool) -> Result<NewPassword, Trouble> {
    let unread = |error: io::Error| {
        Trouble::caused(
            "the password could not be read",
            "give it in the first line of standard input",
            &error,
        )
    };
    let text = if from_stdin || !io::stdin().is_terminal() {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).map_err(unread)?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    } else {
        let once =
            rpassword::prompt_password(format!("Password for {user_name}: ")).map_err(unread)?;
        let twice = rpassword::prompt_password("Once more: ").map_err(unread)?;
        if once != twice {
            return Err(Trouble::new(
                "the two passwords differ; nothing was changed",
            ));
        }
        once
    };
    NewPassword::parse(&text, user_name.as_str()).map_err(|bad| Trouble::new(bad.to_string()))
}
