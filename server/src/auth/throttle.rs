//! Who keeps guessing passwords has to wait, longer each time.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use exchange::Moment;
use store::{Store, Throttle};
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore};

const MINUTE_MS: i64 = 60_000;

/// How long a failure counts.
const WINDOW_MS: i64 = 60 * MINUTE_MS;

/// Failures and the wait that each further one costs, in milliseconds.
type Step = (i64, i64);

/// One person's door: five tries before the first wait.
const FOR_A_NAME: [Step; 3] = [(5, MINUTE_MS / 2), (8, 4 * MINUTE_MS), (11, 15 * MINUTE_MS)];

/// One address, which a whole office may share.
const FOR_AN_ADDRESS: [Step; 3] = [
    (20, MINUTE_MS / 2),
    (30, 4 * MINUTE_MS),
    (40, 15 * MINUTE_MS),
];

/// Looking and counting is one thing, so that a hundred guesses sent at once are not all looked at before the first counts.
static TURN: Mutex<()> = Mutex::const_new(());

/// How many attempts from one address are judged at once: as many can fail beyond the limit.
const AT_ONCE: usize = 3;

/// Where the attempts of each address queue while others of it are judged.
static QUEUES: Mutex<BTreeMap<String, Arc<Semaphore>>> = Mutex::const_new(BTreeMap::new());

/// An attempt to sign in that may be made.
pub(super) struct Attempt {
    name: String,
    address: String,
    _place: Option<OwnedSemaphorePermit>,
}

impl Attempt {
    /// Allows an attempt and counts it against the user name until [`Attempt::succeeded`] says otherwise.
    ///
    /// `Ok(Err(moment))` says when the next one is allowed.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub(super) async fn begin(
        store: &Store,
        name: &str,
        address: Option<IpAddr>,
        now: Moment,
    ) -> Result<Result<Self, Moment>, store::Error> {
        let name: String = name.chars().take(64).collect();
        let address = address.map_or_else(
            || "unknown".to_owned(),
            |address| network(address).to_string(),
        );
        let address = format!("address:{address}");
        let attempt = Self {
            name: format!("name:{}", name.to_lowercase()),
            _place: queue(&address).await.acquire_owned().await.ok(),
            address,
        };
        let turn = TURN.lock().await;
        if let Some(until) = attempt.blocked_until(store, now).await? {
            return Ok(Err(until));
        }
        count(store, &attempt.name, &FOR_A_NAME, now).await?;
        drop(turn);
        Ok(Ok(attempt))
    }

    /// The password was wrong: it counts against the address too.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub(super) async fn failed(self, store: &Store, now: Moment) -> Result<(), store::Error> {
        count(store, &self.address, &FOR_AN_ADDRESS, now).await
    }

    /// The password was right: the name's failures are forgotten. The address keeps its own, else somebody with an
    /// account could go on guessing for others.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub(super) async fn succeeded(self, store: &Store) -> Result<(), store::Error> {
        for key in keys(&self.name) {
            store.login_succeeded(&key).await?;
        }
        Ok(())
    }

    async fn blocked_until(
        &self,
        store: &Store,
        now: Moment,
    ) -> Result<Option<Moment>, store::Error> {
        let mut latest = None;
        for key in keys(&self.name).into_iter().chain(keys(&self.address)) {
            latest = latest.max(store.login_blocked_until(&key, now).await?);
        }
        Ok(latest)
    }
}

/// The queue of an address; those that nobody stands in are forgotten.
async fn queue(address: &str) -> Arc<Semaphore> {
    let mut queues = QUEUES.lock().await;
    queues.retain(|_, queue| Arc::strong_count(queue) > 1 || queue.available_permits() < AT_ONCE);
    let queue = queues
        .entry(address.to_owned())
        .or_insert_with(|| Arc::new(Semaphore::new(AT_ONCE)));
    Arc::clone(queue)
}

/// The counters of one key, one for each step.
fn keys(key: &str) -> [String; 3] {
    [0, 1, 2].map(|step| format!("{key}/{step}"))
}

async fn count(
    store: &Store,
    key: &str,
    steps: &[Step; 3],
    now: Moment,
) -> Result<(), store::Error> {
    for (key, (failures, block_ms)) in keys(key).iter().zip(*steps) {
        store
            .login_failed(
                key,
                now,
                &Throttle {
                    failures,
                    window_ms: WINDOW_MS,
                    block_ms,
                },
            )
            .await?;
    }
    Ok(())
}

/// One household or host has a whole /64 of IPv6 to guess from.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & (u128::MAX << 64)).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_household_count_together() {
        for (address, counted) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ] {
            assert_eq!(network(address.parse().unwrap()).to_string(), counted);
        }
    }
}
