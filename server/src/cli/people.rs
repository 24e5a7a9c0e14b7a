//! `switchboard user …`: the people who may sign in.

use std::io::{self, BufRead, IsTerminal};

use store::{NewPerson, Store};

use super::{People, Trouble};
use crate::auth::password::NewPassword;
use crate::auth::setup::called;
use crate::auth::user_name::UserName;
use crate::clock::Clock;
use crate::config::Config;

pub(super) async fn run(command: People, config: &Config) -> Result<(), Trouble> {
    let store = super::open(config).await?;
    let done = obey(command, &store).await;
    store.close().await;
    done
}

async fn obey(command: People, store: &Store) -> Result<(), Trouble> {
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
            if !store.add_person(&person, Clock::real().now()).await? {
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
            store
                .set_password(user_name.as_str(), &password_hash)
                .await?;
            println!("{user_name} has another password, and has to sign in again.");
        }
        People::Role { user_name, role } => {
            let user_name = known(store, &user_name).await?;
            store.set_role(user_name.as_str(), role).await?;
            println!("{user_name} is {role}.");
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
