//! How the checks reach what is outside of the process; a test puts its own in the place of the world.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use twilio::rest::Transport;
use twilio::rest::reqwest_transport::{ReqwestTransport, Timeouts};

/// How long anything that is asked may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// How the checks reach what is outside of the process.
#[derive(Clone)]
pub struct Outside {
    /// Asks our public address.
    pub web: Option<Arc<dyn Transport>>,
    /// Asks the carrier.
    pub rest: Option<Arc<dyn Transport>>,
    /// Where every host is found; nothing asks the system's names.
    pub found_at: Option<SocketAddr>,
    /// Certificates that are believed beside the system's.
    pub roots: Vec<CertificateDer<'static>>,
    /// How long anything that is asked may take.
    pub patience: Duration,
    /// What a folder has left, in bytes; nothing asks the system.
    pub free: Option<u64>,
}

impl Outside {
    /// The world. Where TLS cannot be set up, nothing outside can be asked, and the checks say so.
    #[must_use]
    pub fn real() -> Self {
        // A second server in one process finds it installed, which is as good.
        rustls::crypto::ring::default_provider()
            .install_default()
            .ok();
        let timeouts = Timeouts {
            connect: PATIENCE,
            total: PATIENCE,
        };
        let transport = ReqwestTransport::with_timeouts(timeouts).ok();
        let transport = transport.map(|transport| Arc::new(transport) as Arc<dyn Transport>);
        Self {
            web: transport.clone(),
            rest: transport,
            found_at: None,
            roots: Vec::new(),
            patience: PATIENCE,
            free: None,
        }
    }
}

impl std::fmt::Debug for Outside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outside").finish_non_exhaustive()
    }
}
