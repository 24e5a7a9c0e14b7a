//! Where a number leads, judged: at which of our lines, at something else, and what is missing on the way.

use desk::setup::CheckState;
use exchange::{Line, LineId, Plan};
use twilio::rest::NumberResource;

use super::Pointing;
use crate::config::{PublicUrl, Web};
use crate::webhooks;

/// Where a number leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Aim {
    /// To a line of ours.
    Line(LineId),
    /// To another route of ours.
    Route(String),
    /// To an address of ours that answers nothing of the kind.
    Lost(String),
    /// To another program.
    Elsewhere(String),
    /// To a SIP trunk.
    Trunk(String),
    /// To a TwiML app.
    Application(String),
    /// To nobody.
    Nowhere,
}

/// By what an aim is told.
#[derive(Clone, Copy)]
pub(crate) struct Bearings<'a> {
    pub(crate) web: &'a Web,
    pub(crate) plan: &'a Plan,
}

/// What is to be said of a number.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) aim: Aim,
    /// The line that says it has this number.
    pub(crate) claimed_by: Option<LineId>,
    /// What is not as it should be, one thing a sentence.
    pub(crate) faults: Vec<String>,
    pub(crate) state: CheckState,
}

impl Bearings<'_> {
    /// Judges a number.
    pub(crate) fn judge(&self, number: &NumberResource) -> Judged {
        let pointing = Pointing::of(number);
        let aim = self.aim(&pointing);
        let claimed = number.phone_number.as_ref().and_then(|phone| {
            let phone = exchange::PhoneNumber::parse(phone.as_str()).ok()?;
            self.plan.line_of_number(&phone)
        });
        let mut faults = Vec::new();
        let state = match &aim {
            Aim::Line(_) | Aim::Route(_) => {
                faults.extend(self.lacks(&pointing));
                if faults.is_empty() {
                    CheckState::Good
                } else {
                    CheckState::Warning
                }
            }
            Aim::Lost(_) => {
                faults.push("Calls to it get a good-bye, for no line is there.".to_owned());
                CheckState::Wrong
            }
            Aim::Elsewhere(_) | Aim::Trunk(_) | Aim::Application(_) | Aim::Nowhere => match claimed
            {
                Some(line) => {
                    faults.push(format!("The line “{}” says that it has this number, but its calls do not come here.", line.name));
                    CheckState::Wrong
                }
                None if aim == Aim::Nowhere => CheckState::Warning,
                None => CheckState::Unknown,
            },
        };
        Judged {
            aim,
            claimed_by: claimed.map(|line| line.id.clone()),
            faults,
            state,
        }
    }

    /// Where a pointing leads.
    pub(crate) fn aim(&self, pointing: &Pointing) -> Aim {
        if !pointing.trunk.is_empty() {
            return Aim::Trunk(pointing.trunk.clone());
        }
        if !pointing.application.is_empty() {
            return Aim::Application(pointing.application.clone());
        }
        if pointing.voice_url.is_empty() {
            return Aim::Nowhere;
        }
        let Some(path) = self.ours(&pointing.voice_url) else {
            return Aim::Elsewhere(shown(&pointing.voice_url));
        };
        let bare = path.split('?').next().unwrap_or_default();
        if let Some(id) = bare.strip_prefix("/line/") {
            let line = LineId::parse(id).ok().and_then(|id| self.plan.line(&id));
            return match line {
                Some(line) => Aim::Line(line.id.clone()),
                None => Aim::Lost(bare.to_owned()),
            };
        }
        if webhooks::paths().any(|route| route == bare) {
            Aim::Route(bare.to_owned())
        } else {
            Aim::Lost(bare.to_owned())
        }
    }

    /// The path of an address below one of our public ones, with its query.
    pub(crate) fn ours(&self, url: &str) -> Option<String> {
        Self::path_at(self.web, url)
    }

    /// The same, where no plan is at hand.
    pub(crate) fn path_at(web: &Web, url: &str) -> Option<String> {
        let url = url.split('#').next().unwrap_or_default();
        let (scheme, rest) = url.split_once("://")?;
        let (authority, path) = rest
            .find('/')
            .map_or((rest, ""), |slash| rest.split_at(slash));
        let origin = PublicUrl::parse(&format!("{scheme}://{authority}")).ok()?;
        let public = web
            .public()
            .iter()
            .filter(|public| public.origin() == origin.origin());
        // The longest path first: the root is in front of every path.
        let mut paths: Vec<&str> = public.map(PublicUrl::path).collect();
        paths.sort_unstable_by_key(|path| std::cmp::Reverse(path.len()));
        paths.into_iter().find_map(|front| {
            let path = path.strip_prefix(front)?;
            (path.is_empty() || path.starts_with('/')).then(|| path.to_owned())
        })
    }

    /// Whether an address is at one of our hosts, whatever its scheme, its port and its path: what is there is gone when
    /// we are.
    pub(crate) fn is_our_host(&self, url: &str) -> bool {
        let host = host(url);
        let mut public = self.web.public().iter();
        host.is_some() && public.any(|public| self::host(public.as_str()) == host)
    }

    /// What a number lacks that leads here.
    fn lacks(&self, pointing: &Pointing) -> Vec<String> {
        let mut lacks = Vec::new();
        if !has_overrides(&pointing.voice_url) {
            lacks.push("Its voice URL is without our connection overrides: callers hear an error while this server starts again.".to_owned());
        }
        if pointing.fallback_url.is_empty() {
            lacks.push("It has no fallback URL: callers hear “an application error has occurred” when this server fails.".to_owned());
        }
        let told = self.ours(&pointing.status_callback);
        if told
            .as_deref()
            .is_none_or(|path| path != "/twilio/call-status")
        {
            lacks.push("Its status callback does not come here: calls that callers hang up are shown as live for a quarter of an hour.".to_owned());
        }
        lacks
    }

    /// Where an aim leads, in words that follow “it points at”.
    pub(crate) fn words(&self, aim: &Aim) -> String {
        match aim {
            Aim::Line(id) => format!(
                "the line “{}”",
                self.plan.line(id).map_or(id.as_str(), name)
            ),
            Aim::Route(path) => format!("our route {path}"),
            Aim::Lost(path) => format!("our address {path}, where nothing is"),
            Aim::Elsewhere(url) => format!("another program, {url}"),
            Aim::Trunk(sid) => format!("the SIP trunk {sid}"),
            Aim::Application(sid) => format!("the TwiML app {sid}"),
            Aim::Nowhere => "nothing".to_owned(),
        }
    }
}

fn name(line: &Line) -> &str {
    &line.name
}

/// The host of an address, as names are compared.
fn host(url: &str) -> Option<String> {
    let bare = url.split('#').next().unwrap_or_default();
    let uri: http::Uri = bare.parse().ok()?;
    let host = uri.host()?.trim_end_matches('.');
    Some(host.to_ascii_lowercase())
}

/// Whether an address asks the carrier to try again.
fn has_overrides(url: &str) -> bool {
    url.split_once('#').is_some_and(|(_, fragment)| {
        let mut parts = fragment.split('&');
        parts.any(|part| part.starts_with("rc="))
    })
}

/// An address as people and logs may see it: whoever made it may have put a secret into its user or its query.
fn shown(url: &str) -> String {
    let bare = url.split(['?', '#']).next().unwrap_or_default();
    let Some((scheme, rest)) = bare.split_once("://") else {
        return bare.to_owned();
    };
    let (authority, path) = rest
        .find('/')
        .map_or((rest, ""), |slash| rest.split_at(slash));
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    format!("{scheme}://{host}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_what_may_be_secret() {
        for (url, seen) in [
            (
                "https://demo.twilio.com/welcome/voice/",
                "https://demo.twilio.com/welcome/voice/",
            ),
            (
                "https://ada:hush@desk.example/v?key=hush#rc=2",
                "https://desk.example/v",
            ),
            ("nonsense?hush", "nonsense"),
        ] {
            assert_eq!(shown(url), seen);
        }
    }

    #[test]
    fn a_host_is_the_same_whatever_the_scheme_the_port_and_the_path() {
        for url in [
            "https://desk.example/twilio/fallback#rc=5",
            "http://DESK.example:8080",
            "https://desk.example./elsewhere?x=y",
            "https://ada:hush@desk.example/x",
        ] {
            assert_eq!(host(url).as_deref(), Some("desk.example"), "{url}");
        }
        assert_eq!(host("nonsense or so"), None);
        assert_eq!(host(""), None);
    }

    #[test]
    fn overrides_are_seen_wherever_they_stand_in_the_fragment() {
        for (url, has) in [
            ("https://a.example/x#rc=5&rp=ct,rt,5xx", true),
            ("https://a.example/x#rp=5xx&rc=2", true),
            ("https://a.example/x?rc=5", false),
            ("https://a.example/x", false),
        ] {
            assert_eq!(has_overrides(url), has, "{url}");
        }
    }
}
