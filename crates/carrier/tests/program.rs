//! The program `carrier`, started as from a shell.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

#[test]
fn the_carrier_is_named_before_or_after_the_command() {
    let serving = Serving::start();
    let base = serving.base.as_str();

    let orders = [["--carrier", base, "legs"], ["legs", "--carrier", base]];
    for words in orders {
        let output = carrier(&words);

        assert!(output.status.success(), "{words:?}: {output:?}");
    }
}

#[test]
fn an_option_of_serving_is_refused_beside_a_command() {
    let output = carrier(&["--seed", "1", "legs"]);

    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("--seed is for serving"), "{said}");
}

#[test]
fn the_public_token_is_refused_where_others_can_reach_the_carrier() {
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let output = carrier(&["--listen", address]);

        assert_eq!(output.status.code(), Some(1), "{address}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(
            said.contains("--listen") && said.contains("--token"),
            "{said}"
        );
    }
}

#[test]
fn the_public_key_is_refused_where_others_can_reach_the_carrier() {
    let key = "SK00000000000000000000000000000000:switchboard-demonstration-key";
    let words = ["--listen", "0.0.0.0:0", "--token", "own", "--key", key];
    let output = carrier(&[&words[..], &["--media", "none"]].concat());

    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("--key"), "{said}");
}

#[test]
fn sound_needs_an_address_where_every_address_is_listened_on() {
    let output = carrier(&["--listen", "0.0.0.0:0", "--token", "own"]);

    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("--media-address"), "{said}");
}

#[test]
fn an_application_is_its_sid_and_a_url() {
    for application in ["http://127.0.0.1:3000/", "AP1=http://127.0.0.1:3000/"] {
        let output = carrier(&["--application", application]);

        assert_eq!(output.status.code(), Some(2), "{application}");
    }
}

#[cfg(unix)]
#[test]
fn a_carrier_that_is_asked_to_end_ends_well() {
    for signal in ["-TERM", "-INT"] {
        let mut serving = Serving::start();
        let id = serving.child.id().to_string();

        let sent = Command::new("kill").args([signal, &id]).status();

        assert!(sent.expect("kill runs").success());
        let ended = serving.child.wait().expect("the carrier is waited for");
        assert_eq!(ended.code(), Some(0), "{signal}");
    }
}

/// A carrier that serves until it is dropped.
struct Serving {
    child: Child,
    base: String,
}

impl Serving {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_carrier"))
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the carrier starts");
        let printed = child.stdout.take().expect("its output is piped");
        let mut line = String::new();
        BufReader::new(printed)
            .read_line(&mut line)
            .expect("it says where it serves");
        let base = line.split(' ').nth(1).expect("a URL").to_owned();
        Self { child, base }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn carrier(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_carrier"))
        .args(words)
        .output()
        .expect("the carrier runs")
}
