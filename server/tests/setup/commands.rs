//! `switchboard doctor` and `switchboard numbers`, as an operator runs them, against the local carrier.

use std::path::Path;
use std::process::Output;

use carrier::engine::Number;
use carrier::face::Carrier;
use desk::setup::{Check, CheckId, CheckState};

use crate::support::process::{Server, run};
use crate::world::{ACCOUNT, KEY, KEY_SECRET, TOKEN, World, number};

const FREE: &str = "+13125550177";
const DEMO: &str = "https://demo.twilio.com/welcome/voice/";

fn said(output: &Output) -> String {
    let out = String::from_utf8_lossy(&output.stdout);
    format!("{out}{}", String::from_utf8_lossy(&output.stderr))
}

/// A database as the server leaves one behind.
async fn with_database(folder: &Path) {
    let file = folder.join("data/switchboard.db");
    let store = store::Store::open(&format!("sqlite://{}", file.display())).await;
    let store = store.expect("a database");
    store.migrate().await.expect("its tables");
    store.close().await;
}

/// What the audit says that somebody did, the latest last.
async fn written_by(folder: &Path, by: &str) -> Vec<String> {
    let file = folder.join("data/switchboard.db");
    let store = store::Store::open(&format!("sqlite://{}", file.display())).await;
    let store = store.expect("a database");
    let lines = store.audited().await.expect("the audit is read");
    store.close().await;
    lines
        .into_iter()
        .rev()
        .filter(|line| line.by == by)
        .map(|line| line.what)
        .collect()
}

/// A command beside the world's carrier, with a database of its own.
async fn command(folder: &Path, carrier: &Carrier, arguments: &[&'static str]) -> Output {
    let (folder, base) = (folder.to_owned(), carrier.base_url());
    let arguments = arguments.to_vec();
    let ran = tokio::task::spawn_blocking(move || {
        let vars = [
            ("TWILIO_ACCOUNT_SID", ACCOUNT),
            ("TWILIO_AUTH_TOKEN", TOKEN),
            ("TWILIO_API_BASE", base.as_str()),
            ("TWILIO_API_KEY", KEY),
            ("TWILIO_API_SECRET", KEY_SECRET),
            ("PUBLIC_URL", "http://127.0.0.1:1"),
        ];
        run(&folder, &arguments, &vars)
    });
    ran.await.expect("it runs")
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_listed_pointed_and_put_back() {
    let world = World::with(
        &[],
        |config| {
            config.settings.numbers = vec![Number {
                voice_url: Some(DEMO.to_owned()),
                trunk_sid: twilio::TrunkSid::parse(&format!("TK{}", "1".repeat(32))).ok(),
                ..number(FREE, "senators")
            }];
        },
        |_| (),
    )
    .await;
    let folder = tempfile::tempdir().expect("a folder");
    with_database(folder.path()).await;
    let run =
        |arguments: &'static [&'static str]| command(folder.path(), &world.carrier, arguments);

    let listed = run(&["numbers", "list"]).await;
    let kept = run(&["numbers", "point", FREE, "planets"]).await;
    let pointed = run(&["numbers", "point", FREE, "planets", "--take"]).await;
    let points = world.at_carrier(FREE);
    let unknown = run(&["numbers", "point", "(312) 555-0178", "planets"]).await;
    let nowhere = run(&["numbers", "point", FREE, "moons"]).await;
    let put_back = run(&["numbers", "put-back", FREE]).await;
    let twice = run(&["numbers", "put-back", FREE]).await;
    let made = run(&["numbers", "application"]).await;
    let written = written_by(folder.path(), "switchboard numbers").await;

    assert!(
        said(&listed).contains("+13125550177\tpoints at the SIP trunk TK"),
        "{}",
        said(&listed)
    );
    assert_eq!(kept.status.code(), Some(1));
    assert!(
        said(&kept).contains("Add --take to take it from there"),
        "{}",
        said(&kept)
    );
    assert_eq!(pointed.status.code(), Some(0), "{}", said(&pointed));
    assert!(
        said(&pointed).contains("points at “Phone home”"),
        "{}",
        said(&pointed)
    );
    assert_eq!(points.trunk_sid, None);
    assert!(
        points
            .voice_url
            .expect("a URL")
            .starts_with("http://127.0.0.1:1/line/planets#rc=5")
    );
    assert!(
        said(&unknown).contains("The account does not have +1 (312) 555-0178"),
        "{}",
        said(&unknown)
    );
    for (output, words) in [
        (&listed, "The lines are "),
        (&nowhere, "There is no line `moons`; the lines are "),
    ] {
        let said = said(output);
        assert!(said.contains(words) && said.contains("planets"), "{said}");
    }
    assert_eq!(put_back.status.code(), Some(0), "{}", said(&put_back));
    assert_eq!(world.at_carrier(FREE).voice_url.as_deref(), Some(DEMO));
    assert!(
        said(&twice).contains("nothing to put back"),
        "{}",
        said(&twice)
    );
    assert!(
        said(&made).contains("Set TWILIO_TWIML_APP_SID=AP"),
        "{}",
        said(&made)
    );
    let last = written
        .last()
        .expect("what the account was told is written");
    assert!(last.contains("The account has the TwiML app AP"), "{last}");
    for output in [&listed, &pointed, &put_back, &made] {
        assert!(!said(output).contains("hush"), "{}", said(output));
    }
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_in_another_folder_makes_no_database_and_changes_nothing() {
    let world = World::with(
        &[],
        |config| {
            config.settings.numbers = vec![Number {
                voice_url: Some(DEMO.to_owned()),
                ..number(FREE, "senators")
            }];
        },
        |_| (),
    )
    .await;
    let folder = tempfile::tempdir().expect("a folder");
    let sheet = folder.path().join("senators.csv");
    std::fs::write(&sheet, "id,region,name,phone\n").expect("a file");

    let arguments: [&[&'static str]; 9] = [
        &["numbers", "list"],
        &["numbers", "point", FREE, "planets"],
        &["numbers", "put-back", FREE],
        &["numbers", "application"],
        &["user", "invite"],
        &["user", "reactivate", "ada"],
        &["user", "list"],
        &["export", "senators"],
        &["import", "senators", "senators.csv"],
    ];
    for arguments in arguments {
        let refused = command(folder.path(), &world.carrier, arguments).await;

        let words = said(&refused);
        assert_eq!(refused.status.code(), Some(1), "{words}");
        assert!(
            words
                .contains("DATABASE_URL is sqlite://data/switchboard.db and there is no such file"),
            "{words}"
        );
        let here = folder.path().canonicalize().expect("the folder");
        assert!(words.contains(&here.display().to_string()), "{words}");
    }
    assert!(!folder.path().join("data").exists());
    assert_eq!(world.at_carrier(FREE).voice_url.as_deref(), Some(DEMO));
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_writes_json_and_fails_when_something_is_wrong() {
    let world = World::good().await;
    let folder = tempfile::tempdir().expect("a folder");

    let output = command(folder.path(), &world.carrier, &["doctor", "--json"]).await;
    let in_words = command(folder.path(), &world.carrier, &["doctor"]).await;

    assert_eq!(output.status.code(), Some(1));
    let checks: Vec<Check> = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(checks.len(), CheckId::ALL.len());
    let of = |id: CheckId| checks.iter().find(|check| check.id == id).expect("a check");
    assert_eq!(
        of(CheckId::Account).state,
        CheckState::Good,
        "{:#?}",
        of(CheckId::Account)
    );
    assert_eq!(of(CheckId::PublicUrl).state, CheckState::Wrong);
    assert_eq!(of(CheckId::Reach).state, CheckState::Unknown);
    assert_eq!(of(CheckId::Database).state, CheckState::Warning);
    assert!(
        !folder.path().join("data").exists(),
        "looking makes nothing"
    );
    let words = said(&in_words);
    assert!(words.contains("good     Account: The account"), "{words}");
    assert!(
        words.contains(
            "WRONG    Public address: http://127.0.0.1:1 is an address of this machine only"
        ),
        "{words}"
    );
    assert!(
        words.contains("unknown  Reached from outside: Nobody answers"),
        "{words}"
    );
    assert!(!words.contains("hush"), "{words}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_sees_a_database_that_is_not_ours_to_write() {
    let world = World::good().await;
    let folder = tempfile::tempdir().expect("a folder");
    with_database(folder.path()).await;
    let file = folder.path().join("data/switchboard.db");
    let mut bytes = std::fs::read(&file).expect("the database");
    // The header's write version: a number that SQLite does not know makes the file one to read only.
    bytes[18] = 3;
    std::fs::write(&file, bytes).expect("the database is written");

    let output = command(folder.path(), &world.carrier, &["doctor"]).await;

    let words = said(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(words.contains("WRONG    Database: It cannot be"), "{words}");
    assert!(
        words.contains("the rights of its file and folder"),
        "{words}"
    );
    world.close().await;
}

#[test]
fn half_set_configuration_is_told_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    for (vars, name) in [
        (
            vec![("TWILIO_AUTH_TOKEN", "hush")],
            "TWILIO_ACCOUNT_SID is not set",
        ),
        (
            vec![("TWILIO_ACCOUNT_SID", ACCOUNT)],
            "TWILIO_AUTH_TOKEN is not set",
        ),
        (
            vec![
                ("TWILIO_ACCOUNT_SID", ACCOUNT),
                ("TWILIO_AUTH_TOKEN", "hush"),
                ("TWILIO_API_KEY", KEY),
            ],
            "TWILIO_API_SECRET is not set",
        ),
        (vec![("DISK_LEAST_MB", "much")], "DISK_LEAST_MB is `much`"),
    ] {
        let output = run(folder.path(), &["doctor"], &vars);

        let words = said(&output);
        assert_eq!(output.status.code(), Some(1), "{words}");
        assert!(
            words.contains(&format!("WRONG    Configuration: {name}")),
            "{words}"
        );
        assert!(!words.contains("hush"), "{words}");
    }
}

#[test]
fn two_servers_on_one_file_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let one = Server::start(folder.path(), &[]);
    let alone = run(folder.path(), &["doctor"], &[]);
    let other = Server::start(folder.path(), &[]);
    let beside = run(folder.path(), &["doctor"], &[]);
    one.end_now();
    other.end_now();

    assert!(
        said(&alone).contains("One server works on it"),
        "{}",
        said(&alone)
    );
    assert_eq!(alone.status.code(), Some(0), "{}", said(&alone));
    let wrong = "WRONG    Database: 2 servers work on the same SQLite file";
    assert!(said(&beside).contains(wrong), "{}", said(&beside));
    assert_eq!(beside.status.code(), Some(1));
}
