//! The environment: what it may say, and the one line that a mistake gets.

use server::config::{Carrier, Config, DEMONSTRATION_SID, PublicUrl, Signalling, Vars};

const SID: &str = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const KEY: (&str, &str) = ("TWILIO_API_KEY", "SKaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
const SECRET: (&str, &str) = ("TWILIO_API_SECRET", "hush4");
const APPLICATION: (&str, &str) = ("TWILIO_TWIML_APP_SID", "APaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

#[test]
fn nothing_set_is_a_demonstration_for_this_machine() {
    let config = read(&[]).expect("the defaults hold");

    assert_eq!(config.web.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.web.first_public().as_str(), "http://127.0.0.1:8080");
    assert_eq!(config.database.url(), "sqlite://data/switchboard.db");
    assert!(config.carrier.is_demonstration());
    assert_eq!(config.carrier.account().sid, DEMONSTRATION_SID);
    assert_eq!(
        config.carrier.account().tokens[0].reveal(),
        "switchboard-demonstration"
    );
}

#[test]
fn every_mistake_gets_one_line_that_names_the_variable() {
    let account = ("TWILIO_ACCOUNT_SID", SID);
    let token = ("TWILIO_AUTH_TOKEN", "t");
    let cases: &[(&[(&str, &str)], &str)] = &[
        (
            &[("DATABASE_URL", "data/switchboard.db")],
            "DATABASE_URL is not a URL; write sqlite://",
        ),
        (
            &[("DATABASE_URL", "mysql://host/db")],
            "DATABASE_URL is of a database that is not supported",
        ),
        (
            &[("DATABASE_URL", "sqlite://")],
            "DATABASE_URL names no file",
        ),
        (
            &[("DATABASE_URL", "sqlite://:memory:")],
            "DATABASE_URL would forget every call",
        ),
        (
            &[("DATABASE_URL", "postgres://")],
            "DATABASE_URL names no server",
        ),
        (
            &[("LISTEN", "8080")],
            "LISTEN is `8080`; write an address and a port",
        ),
        (
            &[("LISTEN", "127.0.0.1:99999")],
            "LISTEN is `127.0.0.1:99999`",
        ),
        (
            &[("LISTEN", "0.0.0.0:8080")],
            "PUBLIC_URL is not set, and LISTEN is every address",
        ),
        (
            &[("PUBLIC_URL", "example.org")],
            "PUBLIC_URL is `example.org`, which is neither http nor https",
        ),
        (
            &[("PUBLIC_URL", "ftp://example.org")],
            "PUBLIC_URL is `ftp://example.org`, which is neither",
        ),
        (
            &[("PUBLIC_URL", "https://example.org/?a=b")],
            "PUBLIC_URL is `https://example.org/?a=b`, with a query",
        ),
        (
            &[("PUBLIC_URL", "https://example.org/#top")],
            "PUBLIC_URL is `https://example.org/#top`, with a query or a fragment",
        ),
        (
            &[("PUBLIC_URL", "https://example.org,")],
            "PUBLIC_URL has an empty entry",
        ),
        (
            &[("PUBLIC_URL", "https://a b")],
            "PUBLIC_URL is `https://a b`, which is not a URL",
        ),
        (
            &[("PUBLIC_URL", "https://user@example.org")],
            "PUBLIC_URL carries a user name",
        ),
        (
            &[("PUBLIC_URL", "https://example.org")],
            "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set, and PUBLIC_URL is not an address of this machine",
        ),
        (
            &[("LISTEN", "0.0.0.0:80"), ("PUBLIC_URL", "http://localhost")],
            "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set, and LISTEN is not",
        ),
        (
            &[account],
            "TWILIO_AUTH_TOKEN is not set although TWILIO_ACCOUNT_SID is",
        ),
        (
            &[token],
            "TWILIO_ACCOUNT_SID is not set although TWILIO_AUTH_TOKEN is",
        ),
        (
            &[("TWILIO_API_BASE", "http://127.0.0.1:9")],
            "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set although TWILIO_API_BASE is",
        ),
        (
            &[("TWILIO_ACCOUNT_SID", "AC1"), token],
            "TWILIO_ACCOUNT_SID is not an account's SID",
        ),
        (
            &[account, ("TWILIO_AUTH_TOKEN", " , ")],
            "TWILIO_AUTH_TOKEN holds no token",
        ),
        (
            &[account, token, ("TWILIO_API_BASE", "nowhere")],
            "TWILIO_API_BASE is `nowhere`",
        ),
        (
            &[account, token, KEY],
            "TWILIO_API_SECRET is not set although TWILIO_API_KEY is",
        ),
        (
            &[account, token, SECRET],
            "TWILIO_API_KEY is not set although TWILIO_API_SECRET is",
        ),
        (
            &[account, token, APPLICATION],
            "TWILIO_API_KEY and TWILIO_API_SECRET are not set although TWILIO_TWIML_APP_SID is",
        ),
        (
            &[KEY, SECRET],
            "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set although TWILIO_API_KEY, TWILIO_API_SECRET is",
        ),
        (
            &[account, token, ("TWILIO_API_KEY", SID), SECRET],
            "TWILIO_API_KEY is not an API key's SID",
        ),
        (
            &[account, token, KEY, SECRET, ("TWILIO_TWIML_APP_SID", "AP1")],
            "TWILIO_TWIML_APP_SID is not a TwiML app's SID",
        ),
        (&[("LOG", "server=loud")], "LOG cannot be read"),
        (
            &[("LOG_FORMAT", "xml")],
            "LOG_FORMAT is `xml`; write text or json",
        ),
    ];

    for (vars, beginning) in cases {
        let line = read(vars).expect_err(beginning).to_string();

        assert!(line.starts_with(beginning), "{line}");
        assert!(!line.contains('\n'), "{line}");
        assert!(
            line.contains(';') || line.contains("write"),
            "it says what to do: {line}"
        );
    }
}

#[test]
fn a_variable_set_to_nothing_counts_as_not_set() {
    let config = read(&[
        ("TWILIO_ACCOUNT_SID", ""),
        ("TWILIO_AUTH_TOKEN", " "),
        ("LISTEN", ""),
    ])
    .expect("nothing is set");

    assert!(config.carrier.is_demonstration());
}

#[test]
fn tokens_and_addresses_are_lists() {
    let config = read(&[
        ("TWILIO_ACCOUNT_SID", SID),
        ("TWILIO_AUTH_TOKEN", "old, new"),
        (
            "PUBLIC_URL",
            "https://Calls.Example.org/desk/, http://localhost:8080",
        ),
    ])
    .expect("all of it is in order");

    let Carrier::Twilio(account) = &config.carrier else {
        panic!("an account is set")
    };
    let tokens: Vec<&str> = account
        .tokens
        .iter()
        .map(|token| token.reveal().as_str())
        .collect();
    assert_eq!(tokens, ["old", "new"]);
    let addresses: Vec<&str> = config.web.public().iter().map(PublicUrl::as_str).collect();
    assert_eq!(
        addresses,
        ["https://calls.example.org/desk", "http://localhost:8080"]
    );
    assert_eq!(
        (
            config.web.first_public().origin(),
            config.web.first_public().path()
        ),
        ("https://calls.example.org", "/desk")
    );
}

#[test]
fn an_origin_is_written_as_browsers_write_it() {
    for (address, origin) in [
        ("https://example.org:443/a", "https://example.org"),
        ("http://example.org:80", "http://example.org"),
        ("https://example.org:80", "https://example.org:80"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
    ] {
        assert_eq!(PublicUrl::parse(address).expect(address).origin(), origin);
    }
}

#[test]
fn loopback_is_known_by_its_host() {
    for (address, loopback) in [
        ("http://localhost", true),
        ("http://desk.localhost:80/x", true),
        ("http://127.8.9.1:1", true),
        ("http://[::1]:8080", true),
        ("http://localhost.example.org", false),
        ("http://10.0.0.1", false),
        ("https://127.0.0.1.nip.io", false),
        ("http://127.0.0.1:8391.evil.com", false),
        ("http://localhost:80.evil.com", false),
        ("http://127.0.0.1:65536", false),
        ("http://[::1]:80.evil.com", false),
    ] {
        assert_eq!(
            PublicUrl::parse(address).expect(address).is_loopback(),
            loopback,
            "{address}"
        );
    }
}

#[test]
fn what_is_printed_at_the_start_holds_no_secret() {
    let config = read(&[
        ("TWILIO_ACCOUNT_SID", SID),
        ("TWILIO_AUTH_TOKEN", "hush1,hush2"),
        KEY,
        SECRET,
        APPLICATION,
        (
            "DATABASE_URL",
            "postgres://desk:hu@sh3@db.example.org/desk?sslmode=require&password=hush4",
        ),
    ])
    .expect("all of it is in order");

    for shown in [config.to_string(), format!("{config:?}")] {
        assert!(!shown.contains("hush") && !shown.contains("sh3"), "{shown}");
        assert!(
            shown.contains(
                "postgres://desk:[hidden]@db.example.org/desk?sslmode=require&password=[hidden]"
            ),
            "{shown}"
        );
        assert!(
            shown.contains(KEY.1) && shown.contains(APPLICATION.1),
            "{shown}"
        );
    }
}

#[test]
fn browsers_find_the_carrier_where_it_is() {
    let with = |base: &'static [(&'static str, &'static str)]| {
        let account = [("TWILIO_ACCOUNT_SID", SID), ("TWILIO_AUTH_TOKEN", "t")];
        let vars: Vec<_> = account.iter().chain(base).copied().collect();
        read(&vars)
            .expect("all of it is in order")
            .carrier
            .signalling()
    };

    assert_eq!(with(&[]), Signalling::Twilio);
    assert_eq!(
        with(&[("TWILIO_API_BASE", "http://127.0.0.1:9000/base")]),
        Signalling::Local("127.0.0.1:9000".to_owned())
    );
    let demonstration = read(&[]).expect("the defaults hold").carrier;
    assert_eq!(demonstration.signalling(), Signalling::Here);
    assert!(demonstration.account().phone_key.is_some());
}

#[test]
fn a_free_port_shows_in_the_address_that_follows_it() {
    let bound = "127.0.0.1:4711".parse().expect("an address");

    let follows = read(&[("LISTEN", "127.0.0.1:0")])
        .expect("port 0 is any port")
        .web
        .bound_to(bound);
    let set = read(&[
        ("LISTEN", "127.0.0.1:0"),
        ("PUBLIC_URL", "http://localhost:1"),
    ])
    .expect("both hold")
    .web
    .bound_to(bound);

    assert_eq!(follows.first_public().as_str(), "http://127.0.0.1:4711");
    assert_eq!(set.first_public().as_str(), "http://localhost:1");
}

fn read(vars: &[(&str, &str)]) -> Result<Config, server::config::ConfigError> {
    Config::from_vars(&vars.iter().copied().collect::<Vars>())
}
