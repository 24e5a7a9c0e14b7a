//! The program is one file: in an empty folder, with an empty environment, it is a whole server.

mod support;

use std::process::Output;

use support::process::{Server, named_binary, run};

#[test]
fn it_runs_in_an_empty_folder_and_ends_when_told_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::start(folder.path(), &[]);

    let said = server.line();
    let (health, body) = server.gets("/healthz");
    let (login, page) = server.gets("/login");
    let (fallback, _) = server.gets("/twilio/fallback");
    server.tell_to_stop();
    let address = server.address.clone();
    let (status, log) = server.end();

    assert_eq!(health, 200, "{body}");
    assert_eq!(login, 200);
    assert!(page.contains("Sign in"), "{page}");
    assert!(said.contains("It is a demonstration"), "{said}");
    assert_eq!(fallback, 403);
    assert!(folder.path().join("data/switchboard.db").is_file());
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(
        log.contains(&format!("PUBLIC_URL=http://{address}")),
        "the configuration is printed: {log}"
    );
}

#[test]
fn with_an_account_its_first_start_prints_a_link_that_makes_the_admin() {
    let folder = tempfile::tempdir().expect("a folder");
    let account = [
        ("TWILIO_ACCOUNT_SID", "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        ("TWILIO_AUTH_TOKEN", "t"),
    ];
    let mut server = Server::start(folder.path(), &account);

    let said = server.line();
    let link = server.line();
    let path = link.split_once(&server.address).expect("a link to itself");
    let set_up = server.gets(path.1);
    server.tell_to_stop();
    let (_, log) = server.end();

    assert!(said.contains("There is no admin yet"), "{said}");
    assert_eq!(set_up.0, 200);
    assert!(set_up.1.contains("Set up Switchboard"), "{}", set_up.1);
    assert!(
        !log.contains(link.rsplit('/').next().expect("a token")),
        "the token is not logged: {log}"
    );
}

#[test]
fn its_pages_have_their_style_and_script_with_them() {
    if named_binary().is_none() && server::pages::files().is_empty() {
        eprintln!("no site bundle: `cargo xtask site` makes it");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path(), &[]);

    let (_, page) = server.gets("/login");
    let found = ["css", "js", "wasm"].map(|ending| {
        let path = named(&page, ending).unwrap_or_else(|| panic!("{ending} in {page}"));
        (ending, server.gets(path).0)
    });
    server.tell_to_stop();
    server.end();

    assert_eq!(found, [("css", 200), ("js", 200), ("wasm", 200)]);
}

#[test]
fn the_doctor_says_what_is_there_and_makes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");

    let output = run(folder.path(), &["doctor"], &[]);

    let said = said(&output);
    for line in [
        "good     Configuration: It can be obeyed. No account is set",
        "DATABASE_URL=sqlite://data/switchboard.db",
        "unknown  Account: This is a demonstration",
        "warning  Database: data/switchboard.db does not exist yet",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(!folder.path().join("data").exists());
}

/// The path in the page to a hashed file with this ending.
fn named<'a>(page: &'a str, ending: &str) -> Option<&'a str> {
    page.split('"')
        .find(|part| part.starts_with("/pkg/") && part.ends_with(&format!(".{ending}")))
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}
