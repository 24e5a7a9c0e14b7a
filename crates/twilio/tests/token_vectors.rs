//! The computed token vectors, made again and judged.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::Value;
use twilio::token::{
    AccessToken, Algorithm, CapabilityToken, Outgoing, OutgoingCapability, TokenRefused,
    TokenVerifier, VoiceGrant,
};
use twilio::{AccountSid, ApiKeySid, ApplicationSid, Form};

const ACCOUNT: &str = "AC00000000000000000000000000000001";
const API_KEY: &str = "SK00000000000000000000000000000001";
const APPLICATION: &str = "AP00000000000000000000000000000001";

#[derive(Deserialize)]
struct Vectors {
    now: i64,
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    id: String,
    kind: String,
    secret: String,
    code: Option<u32>,
    made_from: Option<MadeFrom>,
    header: Value,
    payload: Value,
    jwt: String,
}

#[derive(Deserialize)]
struct MadeFrom {
    identity: String,
    ttl: Option<u32>,
    region: Option<String>,
    algorithm: String,
    voice_grant: Option<GrantInput>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GrantInput {
    #[serde(default)]
    incoming_allow: bool,
    outgoing_application_sid: Option<ApplicationSid>,
    #[serde(default)]
    outgoing_application_params: BTreeMap<String, Value>,
}

#[test]
fn every_access_token_is_believed_unless_it_grants_no_calls() {
    let (now, vectors) = vectors("access");
    assert!(vectors.len() >= 11, "only {} vectors", vectors.len());

    for vector in vectors {
        let judged = verifier(&vector.secret).verify(&vector.jwt, now);

        let grants = &vector.payload["grants"];
        if grants.get("voice").is_none() {
            assert_eq!(judged, Err(TokenRefused::Grants), "{}", vector.id);
            continue;
        }
        let token = judged.unwrap_or_else(|refused| panic!("{}: {refused}", vector.id));
        assert_eq!(grants["identity"], token.identity, "{}", vector.id);
        assert_eq!(vector.payload["exp"], token.expires_s, "{}", vector.id);
        assert_eq!(
            vector.header.get("twr").and_then(Value::as_str),
            token.region.as_deref(),
            "{}",
            vector.id
        );
        let outgoing = token.voice.outgoing.map(|outgoing| outgoing.application);
        assert_eq!(
            grants["voice"]["outgoing"]["application_sid"].as_str(),
            outgoing.as_ref().map(ApplicationSid::as_str),
            "{}",
            vector.id
        );
        assert_eq!(
            grants["voice"].get("incoming").is_some(),
            token.voice.incoming_allow,
            "{}",
            vector.id
        );
    }
}

#[test]
fn every_access_token_is_made_as_the_helper_library_makes_it() {
    let (now, vectors) = vectors("access");
    let mut made = 0;

    for vector in vectors {
        let Some(input) = &vector.made_from else {
            continue;
        };
        let token = token_of(input)
            .sign(&vector.secret, now)
            .unwrap_or_else(|refused| panic!("{}: {refused}", vector.id));

        assert_eq!(piece(&token, 0), vector.header, "{}", vector.id);
        assert_eq!(piece(&token, 1), vector.payload, "{}", vector.id);
        made += 1;
    }

    assert!(made >= 9, "only {made} made");
}

#[test]
fn every_bad_token_is_refused_with_its_code() {
    let (now, vectors) = vectors("refused");
    assert!(vectors.len() >= 7, "only {} vectors", vectors.len());

    for vector in vectors {
        let refused = verifier(&vector.secret)
            .verify(&vector.jwt, now)
            .expect_err(&vector.id);

        assert_eq!(Some(refused.code()), vector.code, "{}", vector.id);
    }
}

#[test]
fn every_capability_token_of_node_is_made_again() {
    let (now, vectors) = vectors("capability");
    let plain = || CapabilityToken::new(account());
    let named = || CapabilityToken {
        incoming: Some("agent1".to_owned()),
        ..plain()
    };
    let calling = |params: &[(&str, &str)]| {
        Some(OutgoingCapability {
            application: application(),
            params: params.iter().copied().collect::<Form>(),
        })
    };
    let tokens = [
        ("cc-01-incoming", named()),
        (
            "cc-02-outgoing",
            CapabilityToken {
                outgoing: calling(&[]),
                ..plain()
            },
        ),
        (
            "cc-03-both",
            CapabilityToken {
                outgoing: calling(&[]),
                ..named()
            },
        ),
        (
            "cc-05-events",
            CapabilityToken {
                events: true,
                ..plain()
            },
        ),
    ];

    for (id, token) in tokens {
        let vector = vectors
            .iter()
            .find(|vector| vector.id == id)
            .expect("the file has the vector");
        let made = token
            .sign(&vector.secret, now)
            .expect("the token can be made");

        assert_eq!(piece(&made, 0), vector.header, "{id}");
        assert_eq!(piece(&made, 1), vector.payload, "{id}");
    }
}

#[test]
fn parameters_of_a_capability_are_escaped_twice() {
    let (now, vectors) = vectors("capability");
    let vector = vectors
        .iter()
        .find(|vector| vector.id == "cc-04-outgoing-params")
        .expect("the file has the vector");
    let token = CapabilityToken {
        incoming: Some("agent1".to_owned()),
        outgoing: Some(OutgoingCapability {
            application: application(),
            params: [("foo", "fooval"), ("b", "x y&z")].into_iter().collect(),
        }),
        ..CapabilityToken::new(account())
    };

    let made = token
        .sign(&vector.secret, now)
        .expect("the token can be made");

    let scope = piece(&made, 1)["scope"].clone();
    let scopes: Vec<_> = scope.as_str().unwrap_or_default().split(' ').collect();
    assert_eq!(scopes.last().copied(), vector.payload["scope"].as_str());
}

fn token_of(input: &MadeFrom) -> AccessToken {
    AccessToken {
        ttl_s: input.ttl.unwrap_or(3600),
        region: input.region.clone(),
        algorithm: Algorithm::parse(&input.algorithm).expect("the algorithm is known"),
        voice: input.voice_grant.as_ref().map(|grant| VoiceGrant {
            incoming_allow: grant.incoming_allow,
            outgoing: grant
                .outgoing_application_sid
                .clone()
                .map(|application| Outgoing {
                    application,
                    params: grant.outgoing_application_params.clone(),
                }),
            ..VoiceGrant::default()
        }),
        ..AccessToken::new(account(), api_key(), &input.identity)
    }
}

fn piece(token: &str, index: usize) -> Value {
    let piece = token
        .split('.')
        .nth(index)
        .expect("the token has three pieces");
    let json = URL_SAFE_NO_PAD
        .decode(piece)
        .expect("the piece is base64 without padding");
    serde_json::from_slice(&json).expect("the piece is JSON")
}

fn verifier(secret: &str) -> TokenVerifier {
    TokenVerifier::new(account()).with_key(api_key(), secret)
}

fn account() -> AccountSid {
    AccountSid::parse(ACCOUNT).expect("an account")
}

fn api_key() -> ApiKeySid {
    ApiKeySid::parse(API_KEY).expect("an API key")
}

fn application() -> ApplicationSid {
    ApplicationSid::parse(APPLICATION).expect("an application")
}

fn vectors(kind: &str) -> (i64, Vec<Vector>) {
    let file: Vectors = serde_json::from_str(include_str!("token_vectors.json"))
        .expect("the file holds token vectors");
    let mut vectors = file.vectors;
    vectors.retain(|vector| vector.kind == kind);
    (file.now, vectors)
}
