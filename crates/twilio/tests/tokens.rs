//! What is made is believed, and nothing else is.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::Sha256;
use twilio::token::{
    AccessToken, Algorithm, Outgoing, TokenRefused, TokenVerifier, Unsignable, VoiceGrant,
};
use twilio::{AccountSid, ApiKeySid, ApplicationSid, CredentialSid};

const ACCOUNT: &str = "AC00000000000000000000000000000001";
const API_KEY: &str = "SK00000000000000000000000000000001";
const SECRET: &str = "a secret of an API key";
const NOW: i64 = 1_795_132_800;

#[test]
fn everything_that_is_granted_arrives() {
    let grant = VoiceGrant {
        incoming_allow: true,
        outgoing: Some(Outgoing {
            application: ApplicationSid::parse("AP00000000000000000000000000000001")
                .expect("an application"),
            params: BTreeMap::from([("team".to_owned(), json!("support"))]),
        }),
        push_credential: CredentialSid::parse("CR00000000000000000000000000000001").ok(),
        endpoint_id: Some("endpoint".to_owned()),
    };
    let token = AccessToken {
        region: Some("ie1".to_owned()),
        not_before_s: Some(NOW),
        ..ada().with_voice(grant.clone())
    };

    let believed = verified(&token, NOW).expect("the token is good");

    assert_eq!(
        (believed.identity.as_str(), &believed.voice),
        ("ada", &grant)
    );
    assert_eq!(
        (believed.region.as_deref(), believed.expires_s),
        (Some("ie1"), NOW + 3600)
    );
    assert_eq!(believed.id, Some(format!("{API_KEY}-{NOW}")));
}

#[test]
fn a_token_holds_from_its_making_to_the_second_before_its_end() {
    let token = granted();

    assert!(verified(&token, NOW + 3599).is_ok());
    assert_eq!(verified(&token, NOW + 3600), Err(TokenRefused::Expired));
}

#[test]
fn a_token_for_later_is_not_valid_yet() {
    let token = AccessToken {
        not_before_s: Some(NOW + 60),
        ..granted()
    };

    assert_eq!(verified(&token, NOW + 59), Err(TokenRefused::NotYetValid));
    assert!(verified(&token, NOW + 60).is_ok());
}

#[test]
fn each_flaw_of_a_signed_token_has_its_reason() {
    let cases: [(&str, Value, TokenRefused); 11] = [
        ("exp", Value::Null, TokenRefused::Expired),
        ("exp", json!("soon"), TokenRefused::Malformed),
        ("exp", json!(NOW + 86_401), TokenRefused::TooLong),
        ("iat", Value::Null, TokenRefused::TooLong),
        ("iss", json!(ACCOUNT), TokenRefused::Issuer),
        ("iss", Value::Null, TokenRefused::Issuer),
        ("sub", json!(API_KEY), TokenRefused::Issuer),
        (
            "sub",
            json!("AC00000000000000000000000000000002"),
            TokenRefused::Issuer,
        ),
        ("grants", Value::Null, TokenRefused::Grants),
        (
            "grants",
            json!({"identity": "", "voice": {}}),
            TokenRefused::Grants,
        ),
        (
            "grants",
            json!({"identity": "ada", "voice": {"outgoing": {}}}),
            TokenRefused::Grants,
        ),
    ];

    for (name, value, reason) in cases {
        let mut payload = payload();
        if name == "iat" {
            payload["exp"] = json!(NOW + 86_401);
        }
        payload[name] = value.clone();

        let judged = verifier().verify(&signed(&header(), &payload), NOW);

        assert_eq!(judged.err(), Some(reason), "{name}: {value}");
    }
}

#[test]
fn a_header_that_is_not_of_an_access_token_is_refused() {
    for (name, value) in [
        ("alg", json!("none")),
        ("alg", json!("RS256")),
        ("alg", json!("hs256")),
        ("cty", Value::Null),
        ("cty", json!("twilio-fpa;v=2")),
        ("typ", json!("JWS")),
    ] {
        let mut header = header();
        header[name] = value.clone();
        let token = signed(&header, &payload());
        let (unsigned, _) = token.rsplit_once('.').expect("the token has pieces");

        for token in [token.clone(), format!("{unsigned}.")] {
            assert_eq!(
                verifier().verify(&token, NOW).err(),
                Some(TokenRefused::Header),
                "{name}: {value}"
            );
        }
    }
}

#[test]
fn what_is_no_token_is_malformed() {
    let good = granted().sign(SECRET, NOW).expect("the token can be made");
    let cases = [
        String::new(),
        "..".to_owned(),
        "a.b.c".to_owned(),
        "token".to_owned(),
        format!("{good}.x"),
        format!("{good}="),
        good.replace('.', " "),
        good.split_once('.').expect("pieces").1.to_owned(),
    ];

    for token in cases {
        assert_eq!(
            verifier().verify(&token, NOW),
            Err(TokenRefused::Malformed),
            "{token}"
        );
    }
}

#[test]
fn only_the_key_that_signed_is_believed() {
    let token = granted().sign(SECRET, NOW).expect("the token can be made");
    let other = TokenVerifier::new(account()).with_key(api_key(), "another secret");
    let keyless = TokenVerifier::new(account());
    let open = TokenVerifier::new(account()).with_key(api_key(), "");

    assert_eq!(other.verify(&token, NOW), Err(TokenRefused::Signature));
    assert_eq!(keyless.verify(&token, NOW), Err(TokenRefused::Issuer));
    assert_eq!(open.verify(&token, NOW), Err(TokenRefused::Issuer));
}

#[test]
fn a_token_that_nobody_would_accept_is_not_made() {
    let long = "x".repeat(122);
    let cases = [
        (granted(), "", Unsignable::NoSecret),
        (
            AccessToken::new(account(), api_key(), ""),
            SECRET,
            Unsignable::Identity,
        ),
        (
            AccessToken::new(account(), api_key(), &long),
            SECRET,
            Unsignable::Identity,
        ),
        (
            AccessToken {
                ttl_s: 0,
                ..granted()
            },
            SECRET,
            Unsignable::Lifetime,
        ),
        (
            AccessToken {
                ttl_s: 86_401,
                ..granted()
            },
            SECRET,
            Unsignable::Lifetime,
        ),
    ];

    for (token, secret, reason) in cases {
        assert_eq!(token.sign(secret, NOW), Err(reason));
    }
}

#[test]
fn secrets_are_not_shown() {
    assert!(!format!("{:?}", verifier()).contains(SECRET));
}

proptest! {
    #[test]
    fn what_is_made_is_believed(identity in "\\PC{1,121}", ttl_s in 1_u32..=86_400, now in 0_i64..4_102_444_800, choice in 0_usize..3) {
        let token = AccessToken {
            ttl_s,
            algorithm: Algorithm::ALL[choice],
            ..AccessToken::new(account(), api_key(), &identity).with_voice(VoiceGrant::default())
        };

        let believed = verifier().verify(&token.sign(SECRET, now).unwrap(), now).unwrap();

        prop_assert_eq!(believed.identity, identity);
        prop_assert_eq!(believed.expires_s, now + i64::from(ttl_s));
    }

    #[test]
    fn no_text_is_believed(token in "[A-Za-z0-9_-]{0,40}(\\.[A-Za-z0-9_-]{0,60}){0,3}") {
        prop_assert!(verifier().verify(&token, NOW).is_err());
    }

    #[test]
    fn a_changed_character_spoils_a_token(place in any::<prop::sample::Index>(), with in "[A-Za-z0-9_.=-]") {
        let good = granted().sign(SECRET, NOW).unwrap();
        let at = place.index(good.len());
        prop_assume!(good[at..=at] != with);
        let mut bad = good.clone();
        bad.replace_range(at..=at, &with);

        prop_assert!(verifier().verify(&bad, NOW).is_err());
    }
}

fn verified(token: &AccessToken, now_s: i64) -> Result<twilio::token::VerifiedToken, TokenRefused> {
    let made = token.sign(SECRET, NOW).expect("the token can be made");
    verifier().verify(&made, now_s)
}

fn granted() -> AccessToken {
    ada().with_voice(VoiceGrant {
        incoming_allow: true,
        ..VoiceGrant::default()
    })
}

fn ada() -> AccessToken {
    AccessToken::new(account(), api_key(), "ada")
}

fn verifier() -> TokenVerifier {
    TokenVerifier::new(account()).with_key(api_key(), SECRET)
}

fn header() -> Value {
    json!({"alg": "HS256", "typ": "JWT", "cty": "twilio-fpa;v=1"})
}

fn payload() -> Value {
    json!({
        "jti": "x", "iss": API_KEY, "sub": ACCOUNT, "iat": NOW, "exp": NOW + 60,
        "grants": {"identity": "ada", "voice": {}}
    })
}

fn signed(header: &Value, payload: &Value) -> String {
    let encoded = |piece: &Value| URL_SAFE_NO_PAD.encode(piece.to_string());
    let signed = format!("{}.{}", encoded(header), encoded(payload));
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("any key will do");
    mac.update(signed.as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    format!("{signed}.{signature}")
}

fn account() -> AccountSid {
    AccountSid::parse(ACCOUNT).expect("an account")
}

fn api_key() -> ApiKeySid {
    ApiKeySid::parse(API_KEY).expect("an API key")
}
