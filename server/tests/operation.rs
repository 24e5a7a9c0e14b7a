//! Starting, stopping, logging, and the command line.

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::{Output, Stdio};

use support::process::{Server, run, said, switchboard};

const SID: &str = "CA00000000000000000000000000000001";

#[test]
fn a_wrong_setting_ends_the_start_with_one_line_that_names_it() {
    let folder = tempfile::tempdir().expect("a folder");
    for (vars, named) in [
        (vec![("DATABASE_URL", "mysql://host/db")], "DATABASE_URL"),
        (
            vec![("DATABASE_URL", "sqlite:///proc/no/such.db")],
            "DATABASE_URL",
        ),
        (
            vec![("DATABASE_URL", "postgres://nobody:hush@127.0.0.1:1/none")],
            "DATABASE_URL",
        ),
        (vec![("LISTEN", "nowhere")], "LISTEN"),
        (
            vec![
                ("LISTEN", "192.0.2.1:80"),
                ("PUBLIC_URL", "http://localhost"),
            ],
            "TWILIO_ACCOUNT_SID",
        ),
        (vec![("PUBLIC_URL", "localhost:8080")], "PUBLIC_URL"),
        (vec![("TWILIO_AUTH_TOKEN", "hush")], "TWILIO_ACCOUNT_SID"),
    ] {
        let output = run(folder.path(), &["serve"], &vars);

        let line = said(&output);
        assert_eq!(output.status.code(), Some(1), "{line}");
        assert_eq!(line.lines().count(), 1, "{line}");
        assert!(
            line.starts_with(&format!("switchboard: {named} ")),
            "{line}"
        );
        assert!(!line.contains("hush"), "{line}");
    }
}

#[test]
fn a_port_in_use_ends_the_start_with_one_line_that_names_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = TcpListener::bind("127.0.0.1:0").expect("a port");
    let taken = other.local_addr().expect("an address").to_string();

    let output = run(folder.path(), &["serve"], &[("LISTEN", &taken)]);

    let line = said(&output);
    assert_eq!(output.status.code(), Some(1), "{line}");
    assert_eq!(line.lines().count(), 1, "{line}");
    assert!(
        line.starts_with(&format!(
            "switchboard: LISTEN is {taken} and cannot be listened on"
        )),
        "{line}"
    );
    assert!(line.contains("another program listens there"), "{line}");
}

#[test]
fn what_is_under_way_is_answered_before_the_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path(), &[]);
    let mut slow = server.connects();
    let form = "user_name=ada&password=a+wrong+guess";
    let head = format!(
        "POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        form.len()
    );
    slow.write_all(head.as_bytes()).expect("the head is sent");
    assert_eq!(server.gets("/healthz").0, 200);

    server.tell_to_stop();
    while std::net::TcpStream::connect(&server.address).is_ok() {
        std::thread::yield_now();
    }
    slow.write_all(form.as_bytes()).expect("the rest is sent");
    let mut answer = String::new();
    slow.read_to_string(&mut answer)
        .expect("the answer arrives");
    let (status, log) = server.end();

    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    assert_eq!(status.code(), Some(0), "{log}");
}

#[test]
fn whoever_keeps_a_connection_open_is_let_go_with_an_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path(), &[]);
    let connections: Vec<_> = (0..8).map(|_| server.connects()).collect();

    let clients: Vec<_> = connections
        .into_iter()
        .map(|connection| std::thread::spawn(move || asks_until_let_go(connection)))
        .collect();
    server.tell_to_stop();

    for client in clients {
        let answers = client.join().expect("a client is never reset");
        assert!(answers > 0);
    }
    let (status, log) = server.end();
    assert_eq!(status.code(), Some(0), "{log}");
}

/// Asks over one connection until an answer says that it is the last. Gives how many answers came.
fn asks_until_let_go(connection: std::net::TcpStream) -> u32 {
    let mut reader = BufReader::new(connection);
    let mut answers = 0;
    loop {
        let request = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
        reader
            .get_mut()
            .write_all(request)
            .expect("a request is taken");
        let (mut length, mut is_last) = (0, false);
        loop {
            let mut line = String::new();
            let read = reader.read_line(&mut line).expect("an answer comes");
            assert!(read > 0, "the connection was closed without an answer");
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.parse().expect("a length");
            }
            is_last |= line == "connection: close";
            if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).expect("the answer is whole");
        answers += 1;
        if is_last {
            return answers;
        }
    }
}

#[test]
fn logs_as_json_hold_ids_and_no_numbers_tokens_or_queries() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path(), &[("LOG_FORMAT", "json"), ("LOG", "debug")]);
    let form = [
        ("AccountSid", server::config::DEMONSTRATION_SID),
        ("CallSid", SID),
        ("From", "+14155550123"),
        ("To", "+12025550100"),
        ("FromState", "CA"),
        ("FromCity", "SAUSALITO"),
        ("CallStatus", "ringing"),
    ];
    let url = format!("http://{}/callcongress/welcome?secret=hush", server.address);
    let signature = twilio::signature::sign(server::config::DEMONSTRATION_TOKEN, &url, form);
    let headers = format!(
        "Content-Type: application/x-www-form-urlencoded\r\n{}: {signature}\r\n",
        twilio::headers::SIGNATURE
    );
    let body = serde_urlencoded::to_string(form).expect("a form");

    let welcomed = server.asks("POST /callcongress/welcome?secret=hush", &headers, &body);
    let refused = server.asks("POST /callcongress/welcome?secret=hush", "", &body);
    server.gets(&format!("/calls/{SID}?search=4155550123"));
    server.gets("/setup/0123456789abcdef");
    server.asks(
        "POST /login",
        "Content-Type: application/x-www-form-urlencoded\r\n",
        "user_name=ada&password=hush-hush-hush",
    );
    server.tell_to_stop();
    let (_, log) = server.end();

    assert_eq!((welcomed.0, refused.0), (200, 403), "{}", welcomed.1);
    for line in log.lines() {
        let read: serde_json::Value = serde_json::from_str(line).expect(line);
        assert!(
            read["level"].is_string() && read["timestamp"].is_string(),
            "{line}"
        );
    }
    for secret in [
        "5550123",
        "5550100",
        "hush",
        "SAUSALITO",
        "0123456789abcdef",
        "switchboard-demonstration",
        &signature,
    ] {
        assert!(!log.contains(secret), "{secret} is in {log}");
    }
    let answered: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).expect(line))
        .filter(|line: &serde_json::Value| line["message"] == "answered")
        .collect();
    assert_eq!(answered.len(), 5, "{log}");
    assert_eq!(answered[0]["path"], "/callcongress/welcome");
    assert_eq!(answered[0]["call.id"], SID);
    assert_eq!(
        (&answered[0]["method"], &answered[0]["status"]),
        (&"POST".into(), &200.into())
    );
    assert!(
        answered[0]["micros"].is_u64() && answered[0]["request.id"].is_string(),
        "{}",
        answered[0]
    );
    assert_eq!(answered[2]["path"], "/calls/{sid}");
    assert_eq!(answered[3]["path"], "/setup/{token}");
}

#[test]
fn a_real_accounts_calls_are_never_a_demonstrations() {
    let folder = tempfile::tempdir().expect("a folder");
    let account = [
        ("TWILIO_ACCOUNT_SID", "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        ("TWILIO_AUTH_TOKEN", "a-token"),
    ];
    let form = [("CallSid", SID), ("CallStatus", "ringing")];
    let calls = |server: &Server, token: &str| {
        let url = format!("http://{}/ivr/welcome", server.address);
        let signature = twilio::signature::sign(token, &url, form);
        let headers = format!(
            "Content-Type: application/x-www-form-urlencoded\r\n{}: {signature}\r\n",
            twilio::headers::SIGNATURE
        );
        let body = serde_urlencoded::to_string(form).expect("a form");
        server.asks("POST /ivr/welcome", &headers, &body).0
    };
    let demonstration = Server::start(folder.path(), &[]);
    assert_eq!(
        calls(&demonstration, server::config::DEMONSTRATION_TOKEN),
        200
    );
    assert!(demonstration.end_now().success());
    assert!(
        Server::start(folder.path(), &[]).end_now().success(),
        "it stays a demonstration"
    );

    let real = Server::start(folder.path(), &account);
    assert_eq!(calls(&real, "a-token"), 200);
    assert!(real.end_now().success());
    let refused = run(folder.path(), &["serve"], &[]);

    let line = said(&refused);
    assert!(!refused.status.success(), "{line}");
    assert!(
        line.contains("DATABASE_URL names a database with calls of a real account"),
        "{line}"
    );
}

#[test]
fn people_are_added_listed_and_changed_at_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let user = |arguments: &[&str], password: &str| {
        types(folder.path(), &[&["user"], arguments].concat(), password)
    };

    let added = user(
        &[
            "add",
            "Ada",
            "--name",
            "Ada Lovelace",
            "--role",
            "agent",
            "--password-stdin",
        ],
        "correct horse battery\n",
    );
    let again = user(&["add", "ada"], "correct horse battery\n");
    let short = user(&["add", "bob"], "short\n");
    let role = user(&["role", "ada", "supervisor"], "");
    let nobody = user(&["passwd", "eve"], "correct horse battery\n");
    let password = user(&["passwd", "ada"], "another horse battery\n");
    let list = user(&["list"], "");

    assert_eq!(
        text(&added),
        "ada may sign in as agent.\n",
        "{}",
        said(&added)
    );
    assert!(
        said(&again).contains("the user name ada is taken"),
        "{}",
        said(&again)
    );
    assert!(
        said(&short).contains("at least 10 characters"),
        "{}",
        said(&short)
    );
    assert_eq!(text(&role), "ada is supervisor.\n");
    assert!(
        said(&nobody).contains("there is no eve"),
        "{}",
        said(&nobody)
    );
    assert_eq!(nobody.status.code(), Some(1));
    assert_eq!(
        text(&password),
        "ada has another password, and has to sign in again.\n"
    );
    assert_eq!(text(&list), "ada\tsupervisor\tAda Lovelace\n");
}

#[test]
fn a_directory_goes_out_and_in_again_unchanged() {
    let folder = tempfile::tempdir().expect("a folder");
    let add = ["user", "add", "ada", "--password-stdin"];
    types(folder.path(), &add, "a long enough password\n");

    let written = run(folder.path(), &["export", "senators", "senators.csv"], &[]);
    let shown = run(folder.path(), &["export", "senators"], &[]);
    let taken = run(folder.path(), &["import", "senators", "senators.csv"], &[]);
    let unknown = run(folder.path(), &["export", "moons"], &[]);
    let absent = run(folder.path(), &["import", "senators", "nothing.csv"], &[]);

    let sheet = std::fs::read_to_string(folder.path().join("senators.csv")).expect("the file");
    assert!(written.status.success(), "{}", said(&written));
    assert_eq!(sheet, text(&shown));
    assert_eq!(
        text(&taken),
        "senators: 100 offices, all of them as before.\n",
        "{}",
        said(&taken)
    );
    assert!(
        said(&unknown).contains("there is no directory moons"),
        "{}",
        said(&unknown)
    );
    assert!(
        said(&absent).contains("nothing.csv cannot be read"),
        "{}",
        said(&absent)
    );
}

#[test]
fn the_doctor_fails_when_something_is_wrong() {
    let folder = tempfile::tempdir().expect("a folder");

    let output = run(folder.path(), &["doctor"], &[("LISTEN", "nowhere")]);

    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output).contains("WRONG    Configuration: LISTEN is `nowhere`"),
        "{}",
        text(&output)
    );
}

/// Runs the program with something typed into it.
fn types(folder: &std::path::Path, arguments: &[&str], input: &str) -> Output {
    let mut command = switchboard(folder, arguments, &[]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // It may end without reading.
    child
        .stdin
        .take()
        .expect("its input is piped")
        .write_all(input.as_bytes())
        .unwrap_or_default();
    child.wait_with_output().expect("it ends")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}
