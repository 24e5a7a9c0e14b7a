//! Connection overrides: what the fragment of a URL says about how it is fetched (reference A.1.4).

use std::time::Duration;

/// The names of the places that a request may leave from. They change nothing here.
const EDGES: [&str; 9] = [
    "ashburn",
    "dublin",
    "frankfurt",
    "roaming",
    "sao-paulo",
    "singapore",
    "sydney",
    "tokyo",
    "umatilla",
];

/// How a URL is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Overrides {
    /// To connect.
    pub(super) connect: Duration,
    /// To the first byte of the answer.
    pub(super) read: Duration,
    /// With all repeats and redirects.
    pub(super) total: Duration,
    /// How many times it is tried again.
    pub(super) retries: u8,
    /// After what.
    pub(super) policy: Policy,
    /// Whether the host's name is told in the TLS handshake.
    pub(super) names_host: bool,
}

/// After which troubles a request is repeated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Policy {
    /// No connection.
    pub(super) connect: bool,
    /// No answer, or not in time.
    pub(super) read: bool,
    /// A status from 400 to 499.
    pub(super) status_4xx: bool,
    /// A status from 500 to 599.
    pub(super) status_5xx: bool,
}

impl Default for Overrides {
    fn default() -> Self {
        Self {
            connect: Duration::from_millis(5_000),
            read: Duration::from_millis(15_000),
            total: Duration::from_millis(15_000),
            retries: 1,
            policy: Policy {
                connect: true,
                ..Policy::default()
            },
            names_host: true,
        }
    }
}

impl Overrides {
    /// Reads a fragment. Numbers beyond their range count as its nearer end, unreadable ones and unknown keys do not
    /// count.
    ///
    /// # Errors
    /// The code of a retry policy (11243) or an edge (11240, 11241, 11242) that there is not.
    pub(super) fn parse(fragment: &str) -> Result<Self, u32> {
        let mut overrides = Self::default();
        for pair in fragment.split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            match key {
                "ct" => overrides.connect = within(value, 10_000).unwrap_or(overrides.connect),
                "rt" => overrides.read = within(value, 15_000).unwrap_or(overrides.read),
                "tt" => overrides.total = within(value, 15_000).unwrap_or(overrides.total),
                "rc" => {
                    let count = value.parse::<u32>().map(|count| count.min(5));
                    overrides.retries =
                        count.map_or(overrides.retries, |count| u8::try_from(count).unwrap_or(5));
                }
                "rp" => overrides.policy = Policy::parse(value)?,
                "sni" => overrides.names_host = value != "n",
                "e" => value.split(',').try_for_each(check_edge)?,
                _ => {}
            }
        }
        Ok(overrides)
    }
}

impl Policy {
    fn parse(list: &str) -> Result<Self, u32> {
        let mut policy = Self::default();
        for word in list.split(',') {
            match word.trim() {
                "ct" => policy.connect = true,
                "rt" => policy.read = true,
                "4xx" => policy.status_4xx = true,
                "5xx" => policy.status_5xx = true,
                "all" => {
                    policy = Self {
                        connect: true,
                        read: true,
                        status_4xx: true,
                        status_5xx: true,
                    };
                }
                _ => return Err(11243),
            }
        }
        Ok(policy)
    }
}

fn within(value: &str, most: u64) -> Option<Duration> {
    let ms = value.parse::<u64>().ok()?;
    Some(Duration::from_millis(ms.clamp(100, most)))
}

fn check_edge(edge: &str) -> Result<(), u32> {
    let is_name = !edge.is_empty()
        && edge
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if !is_name {
        Err(11240)
    } else if edge.ends_with("-ix") {
        Err(11242)
    } else if EDGES.contains(&edge) {
        Ok(())
    } else {
        Err(11241)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_fragment_only_a_missing_connection_is_tried_again() {
        let overrides = Overrides::parse("").unwrap();

        assert_eq!(overrides, Overrides::default());
        assert_eq!(
            (
                overrides.retries,
                overrides.policy.connect,
                overrides.policy.status_5xx
            ),
            (1, true, false)
        );
    }

    #[test]
    fn every_key_is_read() {
        let overrides =
            Overrides::parse("ct=200&rt=300&tt=4000&rc=3&rp=5xx,rt&sni=n&e=dublin,ashburn")
                .unwrap();

        assert_eq!(
            (overrides.connect, overrides.read, overrides.total),
            (
                Duration::from_millis(200),
                Duration::from_millis(300),
                Duration::from_millis(4_000)
            )
        );
        assert_eq!((overrides.retries, overrides.names_host), (3, false));
        let expected = Policy {
            read: true,
            status_5xx: true,
            ..Policy::default()
        };
        assert_eq!(overrides.policy, expected);
    }

    #[test]
    fn numbers_are_kept_in_their_range() {
        let overrides = Overrides::parse("ct=1&tt=99999&rc=77&rt=soon").unwrap();

        assert_eq!(overrides.connect, Duration::from_millis(100));
        assert_eq!(overrides.total, Duration::from_millis(15_000));
        assert_eq!(overrides.read, Duration::from_millis(15_000));
        assert_eq!(overrides.retries, 5);
    }

    #[test]
    fn what_there_is_not_has_a_code() {
        for (fragment, code) in [
            ("rp=sometimes", 11243),
            ("rp=", 11243),
            ("e=Dublin!", 11240),
            ("e=atlantis", 11241),
            ("e=ashburn-ix", 11242),
        ] {
            assert_eq!(Overrides::parse(fragment), Err(code), "{fragment}");
        }
    }
}
