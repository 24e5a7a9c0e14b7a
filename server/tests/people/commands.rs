//! `switchboard user`: links, and taking somebody off, from the command line.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use crate::support::process::{run, said, switchboard};

#[test]
fn people_are_invited_given_another_password_and_taken_off_at_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let user = |arguments: &[&str]| run(folder.path(), &[&["user"], arguments].concat(), &[]);
    let add = |name: &str, role: &str| adds(folder.path(), name, role);
    add("ada", "admin");
    add("bob", "agent");

    let invited = user(&["invite", "--name", "Cal", "--role", "supervisor"]);
    let reset = user(&["reset", "bob"]);
    let off = user(&["deactivate", "bob"]);
    let last = user(&["deactivate", "ada"]);
    let demoted = user(&["role", "ada", "agent"]);
    let list = user(&["list"]);

    for made in [invited, reset] {
        let words = String::from_utf8_lossy(&made.stdout).into_owned();
        assert!(
            words.contains("http://127.0.0.1:8080/invite/"),
            "{words}{}",
            said(&made)
        );
    }
    assert!(off.status.success(), "{}", said(&off));
    for refused in [last, demoted] {
        assert!(
            said(&refused).contains("no admin any more"),
            "{}",
            said(&refused)
        );
    }
    let list = String::from_utf8_lossy(&list.stdout).into_owned();
    assert_eq!(list, "ada\tadmin\tada\nbob\tagent\tbob\tdeactivated\n");
    let again = user(&["reset", "bob"]);
    assert!(!again.status.success());
    assert!(
        said(&again).contains("reactivate them first"),
        "{}",
        said(&again)
    );
}

#[tokio::test]
async fn who_was_deactivated_is_let_in_again_at_the_command_line_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let user = |arguments: &[&str]| run(folder.path(), &[&["user"], arguments].concat(), &[]);
    adds(folder.path(), "ada", "admin");
    adds(folder.path(), "bob", "agent");
    let was = person(folder.path(), "bob").await;
    let off = user(&["deactivate", "bob"]);

    let back = user(&["reactivate", "bob"]);
    let again = user(&["reactivate", "bob"]);
    let nobody = user(&["reactivate", "eve"]);

    assert!(off.status.success(), "{}", said(&off));
    assert!(back.status.success(), "{}", said(&back));
    assert_eq!(
        String::from_utf8_lossy(&back.stdout),
        "bob may sign in again.\n"
    );
    for (refused, why) in [
        (again, "bob is not deactivated; nothing was changed"),
        (nobody, "there is no eve"),
    ] {
        assert_eq!(refused.status.code(), Some(1));
        assert!(said(&refused).contains(why), "{}", said(&refused));
    }
    let now = person(folder.path(), "bob").await;
    assert_eq!(now.deactivated, None);
    assert!(
        now.password_hash == was.password_hash,
        "it still lets them in"
    );
    let lines = audited(folder.path()).await;
    let line = lines.iter().find(|line| line.what == "Reactivated bob.");
    let line = line.expect("a line of the audit");
    assert_eq!(
        (line.by.as_str(), line.about.as_str()),
        ("command-line", "bob")
    );
}

#[tokio::test]
async fn who_is_added_and_given_a_password_at_the_command_line_is_written_down() {
    let folder = tempfile::tempdir().expect("a folder");
    adds(folder.path(), "ada", "admin");
    types(
        folder.path(),
        &["user", "passwd", "ada", "--password-stdin"],
    );

    let lines = audited(folder.path()).await;
    let said: Vec<_> = lines
        .iter()
        .rev()
        .map(|line| (line.by.as_str(), line.about.as_str(), line.what.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            ("command-line", "ada", "Added ada as admin."),
            ("command-line", "ada", "Gave them another password."),
        ]
    );
}

/// The database that the commands made in a folder.
async fn db_open(folder: &Path) -> store::Store {
    let file = folder.join("data/switchboard.db");
    let address = format!("sqlite://{}", file.display());
    store::Store::open(&address).await.expect("it is there")
}

async fn audited(folder: &Path) -> Vec<store::Audited> {
    let store = db_open(folder).await;
    let lines = store.audited().await.expect("the audit is read");
    store.close().await;
    lines
}

async fn person(folder: &Path, user_name: &str) -> store::Person {
    let store = db_open(folder).await;
    let person = store.person(user_name).await.expect("people are read");
    store.close().await;
    person.expect("somebody of this name")
}

/// Adds somebody, whose password is typed.
fn adds(folder: &Path, name: &str, role: &str) {
    types(
        folder,
        &["user", "add", name, "--role", role, "--password-stdin"],
    );
}

/// Runs what asks for a password, and types one.
fn types(folder: &Path, arguments: &[&str]) {
    let mut child = switchboard(folder, arguments, &[])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("its input is piped");
    input
        .write_all(b"correct horse battery\n")
        .expect("it reads");
    drop(input);
    assert!(child.wait().expect("it ends").success());
}
