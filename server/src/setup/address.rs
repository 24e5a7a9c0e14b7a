//! The public address: whether the world can reach it, whether it leads here, and whether signatures survive the way.

use std::net::IpAddr;

use desk::setup::{Check, CheckId, CheckState};
use http::StatusCode;
use twilio::rest::TransportError;

use super::Ground;
use crate::chain::chain;
use crate::config::PublicUrl;
use crate::probe::{self, Heard, Unheard};

/// Endings of names that only a house, a company or a test knows.
const INNER_ENDINGS: [&str; 8] = [
    ".local",
    ".internal",
    ".lan",
    ".home",
    ".home.arpa",
    ".corp",
    ".test",
    ".localhost",
];

/// Whether it is an address that the world can reach, as far as its letters tell.
pub(super) fn public_url(ground: &Ground) -> Check {
    let id = CheckId::PublicUrl;
    let url = ground.config.web.first_public();
    let shown = url.as_str();
    if ground.config.carrier.is_demonstration() {
        return Check::new(
            id,
            CheckState::Unknown,
            format!("{shown} is for this machine alone, as it has to be in a demonstration."),
        )
        .and("With an account, set PUBLIC_URL to an https address at which the world reaches this server.");
    }
    let wrong = |found: String| {
        Check::new(id, CheckState::Wrong, found).and(
            "Set PUBLIC_URL to the https address under which the world reaches this server, and start again.",
        )
    };
    if url.is_loopback() {
        return wrong(format!(
            "{shown} is an address of this machine only: Twilio cannot reach it."
        ));
    }
    if is_inner(host(url)) {
        return wrong(format!(
            "{shown} is known inside of a network only: Twilio cannot reach it."
        ));
    }
    if !url.is_https() {
        return Check::new(
            id,
            CheckState::Warning,
            format!("{shown} is without https: anybody on the way can read what callers press and who signs in, and browsers give no page a microphone there."),
        )
        .and("Put a proxy with TLS in front, as README.md shows, and write https into PUBLIC_URL.");
    }
    let further: Vec<String> = ground.config.web.public()[1..]
        .iter()
        .map(|url| format!("Signatures hold for {} too.", url.as_str()))
        .collect();
    Check::good(id, format!("Twilio is given {shown}.")).with(further)
}

/// Whether this server is what answers there.
pub(super) async fn reach(ground: &Ground) -> Check {
    let id = CheckId::Reach;
    let url = ground.config.web.first_public();
    let shown = url.as_str();
    let heard = ask(ground).await;
    match heard {
        Ok(_) if ground.config.carrier.is_demonstration() => Check::good(
            id,
            format!("This server answers at {shown}, for this machine alone."),
        ),
        Ok(heard) => {
            let answers = format!("This server answers at {shown} when it asks itself");
            let check = match misnoted(url, &heard) {
                None => Check::good(id, format!("{answers}.")),
                Some(but) => Check::new(id, CheckState::Warning, format!("{answers}, but {but}"))
                    .and("Let the proxy write the address of whoever asks into X-Forwarded-For, as deploy/nginx.conf does: failed sign-ins are counted by it."),
            };
            check.with(vec![
                "Whether a firewall lets Twilio's machines through cannot be told from here: the first call will.".to_owned(),
            ])
        }
        Err(Unheard::NoAddress) => Check::new(
            id,
            CheckState::Unknown,
            "This machine has no root certificates, so nothing can be asked over TLS.",
        )
        .and("Install the system's root certificates (the package ca-certificates)."),
        Err(Unheard::Silent(error)) => silent(ground, shown, &error),
        Err(Unheard::Other(status)) => Check::new(
            id,
            CheckState::Wrong,
            format!("Something else than this server answers at {shown}, with status {status}."),
        )
        .and(other(ground, status)),
    }
}

/// What is wrong with how the proxy says from where somebody asks. Over https there is one, since we speak http.
fn misnoted(url: &PublicUrl, heard: &Heard) -> Option<&'static str> {
    match heard.client.as_str() {
        _ if !url.is_https() => None,
        "" => Some(
            "the proxy before it does not say from where somebody asks: all count as one, and whoever guesses passwords slows down everybody.",
        ),
        probe::CLAIMED => Some(
            "the proxy before it believes whoever says from where they ask: who guesses passwords can be somebody else each time.",
        ),
        _ => None,
    }
}

fn silent(ground: &Ground, shown: &str, error: &TransportError) -> Check {
    let id = CheckId::Reach;
    let why = chain(error);
    if why.contains("certificate") {
        return Check::new(
            id,
            CheckState::Wrong,
            format!("{shown} has a certificate that is not believed: {why}."),
        )
        .and("See the check of the certificate.");
    }
    if why.contains("dns error") || why.contains("lookup") {
        return Check::new(
            id,
            CheckState::Wrong,
            format!("No machine has the name in {shown}: {why}."),
        )
        .and("Set the name's record (A or AAAA) where its domain is registered, or correct PUBLIC_URL.");
    }
    let found = format!("Nobody answers at {shown} when asked from here: {why}.");
    let todo = if ground.is_serving {
        "That may be the network of this machine, which need not lead its own public address back inside. Ask from another network: the path /healthz there has to answer."
    } else {
        "Start `switchboard serve`, and run this again. If it runs, ask for /healthz at that address from another network."
    };
    Check::new(id, CheckState::Unknown, found).and(todo)
}

/// What to do where something else answers.
fn other(ground: &Ground, status: u16) -> String {
    let listen = ground.config.web.listen;
    match status {
        502..=504 => format!("A proxy is there and does not reach this server. Let it hand requests on to {listen}, and see that `switchboard serve` runs."),
        300..=399 => "It leads elsewhere. Set PUBLIC_URL to the address that it leads to: signatures are made for that one.".to_owned(),
        401 | 403 => "Either a proxy asks for a password, or another Switchboard with another auth token answers there. Let the proxy hand on everything below /twilio.".to_owned(),
        _ => format!("Let the proxy hand requests on to {listen} with their path unchanged, or correct PUBLIC_URL."),
    }
}

/// Whether a webhook that is signed for the public address arrives as it was signed.
pub(super) async fn signature(ground: &Ground) -> Check {
    let id = CheckId::Signature;
    let public = ground.config.web.first_public().as_str();
    let Ok(heard) = ask(ground).await else {
        return Check::new(
            id,
            CheckState::Unknown,
            "No signed request came back from the public address.",
        )
        .and("See “Reached from outside” first.");
    };
    let arrived = format!(
        "A request signed for {public}{} arrived here as {}.",
        signed_target(),
        as_seen(&heard)
    );
    if let Some(reason) = &heard.refused {
        return Check::new(
            id,
            CheckState::Wrong,
            format!("{arrived} Its signature was refused: {reason}. Twilio's webhooks would be, too."),
        )
        .and("Let the proxy hand on path, query, body and the header X-Twilio-Signature as they came; PUBLIC_URL has to be the address that Twilio is given, with its path.");
    }
    let web = ground.outside.web.as_deref();
    let knocked = match web {
        Some(web) => probe::knock(web, public, ground.account()).await,
        None => Err(Unheard::NoAddress),
    };
    match knocked {
        Ok(StatusCode::NO_CONTENT) => Check::good(
            id,
            format!("{arrived} Its signature holds, and the door of webhooks let one through."),
        ),
        Ok(status) => Check::new(
            id,
            CheckState::Wrong,
            format!(
                "{arrived} Its signature holds, but a webhook was answered with status {status}."
            ),
        )
        .and("Let the proxy treat everything below /twilio and the lines' paths alike."),
        Err(_) => Check::new(
            id,
            CheckState::Unknown,
            "A second request was not answered.",
        )
        .and("Check again."),
    }
}

async fn ask(ground: &Ground) -> Result<Heard, Unheard> {
    let web = ground.outside.web.as_deref().ok_or(Unheard::NoAddress)?;
    let public = ground.config.web.first_public().as_str();
    probe::ask(web, public, ground.account()).await
}

fn signed_target() -> String {
    format!("{}?{}", probe::PATH, probe::QUERY)
}

/// The address as it arrived, with what a proxy says of it.
fn as_seen(heard: &Heard) -> String {
    let scheme = if heard.scheme.is_empty() {
        "http"
    } else {
        &heard.scheme
    };
    format!("{scheme}://{}{}", heard.host, heard.target)
}

/// The host of an address, without its port.
pub(super) fn host(url: &PublicUrl) -> &str {
    let authority = url.authority();
    match authority.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map_or(rest, |(host, _)| host),
        None => authority
            .split_once(':')
            .map_or(authority, |(host, _)| host),
    }
}

/// Whether a host is known inside of a network only.
fn is_inner(host: &str) -> bool {
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => {
            let [a, b, ..] = ip.octets();
            let is_shared = a == 100 && (64..128).contains(&b);
            ip.is_private() || ip.is_link_local() || ip.is_unspecified() || is_shared
        }
        Ok(IpAddr::V6(ip)) => {
            ip.is_unique_local() || ip.is_unicast_link_local() || ip.is_unspecified()
        }
        Err(_) => !host.contains('.') || INNER_ENDINGS.iter().any(|ending| host.ends_with(ending)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_of_a_network_are_told_from_those_of_the_world() {
        for (host, inner) in [
            ("calls.example.org", false),
            ("203.0.113.7", false),
            ("2001:db8::1", false),
            ("desk", true),
            ("desk.local", true),
            ("desk.office.lan", true),
            ("10.1.2.3", true),
            ("192.168.1.4", true),
            ("172.20.0.2", true),
            ("100.64.0.9", true),
            ("169.254.1.1", true),
            ("fd00::1", true),
            ("fe80::1", true),
        ] {
            assert_eq!(is_inner(host), inner, "{host}");
        }
    }
}
