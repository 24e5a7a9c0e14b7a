//! Who is believed to be Twilio, and who is refused with which reason.

use http::Method;
use proptest::prelude::*;
use twilio::signature::Unusable;
use twilio::{Form, PublicUrl, Refused, Signed, Verifier, sign};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const OTHER_TOKEN: &str = "fedcba9876543210fedcba9876543210";
const FORM: &str = "application/x-www-form-urlencoded; charset=UTF-8";
const HELLO_SHA256: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

#[test]
fn a_request_for_any_of_the_addresses_with_any_of_the_tokens_is_believed() {
    let verifier = verifier(
        &[TOKEN, OTHER_TOKEN],
        &["https://a.example", "https://b.example/desk/"],
    );

    for token in [TOKEN, OTHER_TOKEN] {
        for url in [
            "https://a.example/ivr/welcome",
            "https://b.example/desk/ivr/welcome",
        ] {
            let signature = sign(token, url, [("Digits", "1")]);

            assert_eq!(
                verifier.verify(&post("/ivr/welcome", b"Digits=1", &signature)),
                Ok(()),
                "{url}"
            );
        }
    }
}

#[test]
fn a_path_that_was_not_cut_off_is_believed_too() {
    let verifier = verifier(&[TOKEN], &["https://h.example/desk"]);
    let signature = sign(TOKEN, "https://h.example/desk/ivr/welcome?a=b", []);

    assert_eq!(
        verifier.verify(&get("/ivr/welcome?a=b", &signature)),
        Ok(())
    );
    assert_eq!(
        verifier.verify(&get("/desk/ivr/welcome?a=b", &signature)),
        Ok(())
    );
}

#[test]
fn parameters_are_those_of_the_form_that_was_signed_or_of_the_query() {
    let verifier = verifier(&[TOKEN], &["https://h.example"]);
    let url = "https://h.example/x?a=1";
    let signed_form = sign(TOKEN, url, [("b", "2 3")]);
    let signed_query = sign(TOKEN, url, []);
    let pairs = |request: &Signed<'_>| verifier.parameters(request).map(|form| form.write());

    assert_eq!(
        pairs(&post("/x?a=1", b"b=2+3", &signed_form)),
        Ok("b=2+3".to_owned())
    );
    assert_eq!(pairs(&get("/x?a=1", &signed_query)), Ok("a=1".to_owned()));
    assert_eq!(
        pairs(&post("/x?a=1", b"", &signed_query)),
        Ok(String::new())
    );
    assert_eq!(
        pairs(&post("/x?a=1", b"b=4", &signed_form)),
        Err(Refused::Mismatch)
    );
}

#[test]
fn another_path_of_the_same_host_is_refused() {
    let verifier = verifier(&[TOKEN], &["https://h.example/desk"]);
    let cases = [
        ("https://h.example/ivr/welcome", "/ivr/welcome"),
        ("https://h.example/desktop/ivr", "/desktop/ivr"),
        ("https://h.example/desktop/ivr", "top/ivr"),
        ("https://h.example/desk/ivr", "/desk/desk/ivr"),
        ("https://h.example/desk/ivr", "/ivr/"),
    ];

    for (signed, target) in cases {
        let signature = sign(TOKEN, signed, []);
        assert_eq!(
            verifier.verify(&get(target, &signature)),
            Err(Refused::Mismatch),
            "{signed} as {target}"
        );
    }
}

#[test]
fn a_request_without_a_usable_signature_is_refused() {
    let verifier = verifier(&[TOKEN], &["https://h.example"]);
    let signature = sign(TOKEN, "https://h.example/x", []);
    let longer = sign(TOKEN, "https://h.example/x", []) + "AAAA";
    let lax = signature.trim_end_matches('=').to_owned();

    assert_eq!(
        verifier.verify(&Signed {
            signature: None,
            ..get("/x", "")
        }),
        Err(Refused::Missing)
    );
    for malformed in ["", "=", "no base64 at all", &longer, &lax] {
        assert_eq!(
            verifier.verify(&get("/x", malformed)),
            Err(Refused::Malformed),
            "{malformed}"
        );
    }
    assert_eq!(
        verifier.verify(&get("/x", &sign(OTHER_TOKEN, "https://h.example/x", []))),
        Err(Refused::Mismatch)
    );
}

#[test]
fn a_body_that_is_no_form_needs_its_hash_in_the_query() {
    let verifier = verifier(&[TOKEN], &["https://h.example"]);
    let hashed = format!("/x?a=b&bodySHA256={HELLO_SHA256}");
    type Verdict = Result<(), Refused>;
    let cases: [(&str, Option<&str>, &[u8], Verdict); 6] = [
        (&hashed, Some("application/json"), b"hello", Ok(())),
        (&hashed, None, b"hello", Ok(())),
        (
            &hashed,
            Some("application/json"),
            b"hellO",
            Err(Refused::BodyHash),
        ),
        (&hashed, Some(FORM), b"", Err(Refused::BodyHash)),
        (
            "/x?a=b",
            Some("application/json"),
            b"hello",
            Err(Refused::Unhashed),
        ),
        ("/x?a=b", Some("application/json"), b"", Ok(())),
    ];

    for (target, content_type, body, expected) in cases {
        let signature = sign(TOKEN, &format!("https://h.example{target}"), []);
        let request = Signed {
            content_type,
            ..post(target, body, &signature)
        };

        assert_eq!(
            verifier.verify(&request),
            expected,
            "{target} {content_type:?} {body:?}"
        );
    }
}

#[test]
fn a_get_with_a_body_is_refused() {
    let verifier = verifier(&[TOKEN], &["https://h.example"]);
    let url_alone = sign(TOKEN, "https://h.example/x", []);
    let with_fields = sign(TOKEN, "https://h.example/x", [("Digits", "1")]);

    let signed_url = Signed {
        method: &Method::GET,
        ..post("/x", b"Digits=1", &url_alone)
    };
    let signed_fields = Signed {
        method: &Method::GET,
        ..post("/x", b"Digits=1", &with_fields)
    };

    assert_eq!(verifier.verify(&signed_url), Err(Refused::Unhashed));
    assert_eq!(verifier.verify(&signed_fields), Err(Refused::Mismatch));
}

#[test]
fn a_shared_key_is_refused_unless_it_is_configured() {
    let verifier = verifier(&[TOKEN], &["https://h.example"]);
    let signature = sign(TOKEN, "https://h.example/x", []);
    let cases = [
        (
            "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256",
            Refused::UnknownKey,
        ),
        (
            "algorithm=HMAC_SHA256 , key=webhooks_sharedkey_1",
            Refused::UnknownKey,
        ),
        (
            "key=webhooks_sharedkey_1,algorithm=HMAC_SHA1",
            Refused::UnsupportedSettings,
        ),
        ("key=webhooks_sharedkey_1", Refused::UnsupportedSettings),
        ("", Refused::UnsupportedSettings),
    ];

    for (settings, reason) in cases {
        let request = Signed {
            settings: Some(settings),
            ..get("/x", &signature)
        };
        assert_eq!(verifier.verify(&request), Err(reason), "{settings}");
    }
}

#[test]
fn bytes_that_are_no_text_are_signed_as_they_are_read() {
    let verifier = verifier(&[TOKEN], &["https://h.example"]);
    let signature = sign(TOKEN, "https://h.example/x", [("Digits", "\u{fffd}")]);

    assert_eq!(
        verifier.verify(&post("/x", b"Digits=%FF", &signature)),
        Ok(())
    );
}

#[test]
fn a_verifier_needs_a_token_and_an_address() {
    let address = || PublicUrl::parse("https://h.example").expect("an address");

    assert_eq!(
        Verifier::new([""; 0], [address()]).err(),
        Some(Unusable::NoToken)
    );
    assert_eq!(
        Verifier::new([TOKEN, " "], [address()]).err(),
        Some(Unusable::NoToken)
    );
    assert_eq!(Verifier::new([TOKEN], []).err(), Some(Unusable::NoAddress));
    assert_eq!(
        verifier(&[TOKEN], &["https://h.example"])
            .with_shared_key("k", "")
            .err(),
        Some(Unusable::NoToken)
    );
}

#[test]
fn a_verifier_does_not_show_its_tokens() {
    assert!(!format!("{:?}", verifier(&[TOKEN], &["https://h.example"])).contains(TOKEN));
}

proptest! {
    #[test]
    fn what_was_signed_is_believed(pairs in proptest::collection::vec(("\\PC{0,8}", "\\PC{0,12}"), 1..20), path in "/[a-z/]{0,12}(\\?[a-z=&%+]{0,12})?") {
        let verifier = verifier(&[TOKEN], &["https://h.example/desk"]);
        let form: Form = pairs.into_iter().collect();

        let signature = sign(TOKEN, &format!("https://h.example/desk{path}"), form.iter());

        prop_assert_eq!(verifier.verify(&post(&path, form.write().as_bytes(), &signature)), Ok(()));
    }

    #[test]
    fn a_changed_byte_is_refused_wherever_it_stands(
        fields in proptest::collection::btree_map("[A-Za-z]{1,10}", "[ -~é]{0,12}", 1..12),
        path in "/[a-z/]{1,12}\\?[a-z]{1,4}=[a-z0-9%]{0,8}",
        place in any::<prop::sample::Index>(),
        byte in prop::char::ranges(vec!['a'..='z', 'A'..='Z', '0'..='9'].into()),
    ) {
        let verifier = verifier(&[TOKEN], &["https://h.example"]);
        let body = fields.into_iter().collect::<Form>().write();
        let signature = sign(TOKEN, &format!("https://h.example{path}"), Form::parse(body.as_bytes()).iter());
        prop_assert_eq!(verifier.verify(&post(&path, body.as_bytes(), &signature)), Ok(()));

        let change = |text: &str| changed(text, place.index(text.len()), byte);
        let (other_body, other_path, other_signature) = (change(&body), change(&path), change(&signature));

        if Form::parse(other_body.as_bytes()) != Form::parse(body.as_bytes()) {
            prop_assert!(verifier.verify(&post(&path, other_body.as_bytes(), &signature)).is_err(), "body {other_body}");
        }
        if other_path != path {
            prop_assert!(verifier.verify(&post(&other_path, body.as_bytes(), &signature)).is_err(), "path {other_path}");
        }
        if other_signature != signature {
            prop_assert!(verifier.verify(&post(&path, body.as_bytes(), &other_signature)).is_err(), "signature {other_signature}");
        }
    }

    #[test]
    fn no_request_makes_the_verifier_fail(
        target in ".{0,20}", body in proptest::collection::vec(any::<u8>(), 0..60), signature in ".{0,32}", settings in proptest::option::of(".{0,32}"),
    ) {
        let verifier = verifier(&[TOKEN], &["https://h.example/desk"]);

        let request = Signed { settings: settings.as_deref(), ..post(&target, &body, &signature) };

        prop_assert!(verifier.verify(&request).is_err());
    }
}

fn changed(text: &str, at: usize, byte: char) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes[at] = u8::try_from(byte).expect("the byte is ASCII");
    String::from_utf8(bytes).expect("ASCII was put in the place of ASCII")
}

fn verifier(tokens: &[&str], bases: &[&str]) -> Verifier {
    let bases: Vec<_> = bases
        .iter()
        .map(|base| PublicUrl::parse(base).expect("the base is an address"))
        .collect();
    Verifier::new(tokens, bases).expect("there are tokens and addresses")
}

fn post<'a>(target: &'a str, body: &'a [u8], signature: &'a str) -> Signed<'a> {
    Signed {
        method: &Method::POST,
        target,
        content_type: Some(FORM),
        body,
        signature: Some(signature),
        settings: None,
    }
}

fn get<'a>(target: &'a str, signature: &'a str) -> Signed<'a> {
    Signed {
        method: &Method::GET,
        content_type: None,
        ..post(target, b"", signature)
    }
}
