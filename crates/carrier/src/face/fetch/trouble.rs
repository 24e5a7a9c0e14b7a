//! What can go wrong while a URL is fetched, under the protocol's codes (reference A.8, 112xx).

use std::error::Error;
use std::io;

use rustls::CertificateError;

use super::overrides::Policy;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    /// The protocol's code.
    pub(super) code: u32,
    /// Which repeats it may have.
    pub(super) kind: Kind,
}

/// Which word of a retry policy covers a trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// No connection.
    Connect,
    /// No answer, or not in time.
    Read,
    /// Nothing that another try would change.
    Lasting,
}

impl Trouble {
    /// The URL is none.
    pub(super) const BAD_URL: Self = Self::lasting(11100);
    /// The first byte did not come in time.
    pub(super) const SLOW: Self = Self {
        code: 11205,
        kind: Kind::Read,
    };
    /// A cookie or a redirect that breaks HTTP.
    pub(super) const VIOLATION: Self = Self::lasting(11206);
    /// The URL leads on and on.
    pub(super) const REDIRECTS: Self = Self::lasting(11215);
    /// Everything together took too long.
    pub(super) const TOTAL_TIME: u32 = 11203;

    pub(super) const fn lasting(code: u32) -> Self {
        Self {
            code,
            kind: Kind::Lasting,
        }
    }

    pub(super) const fn may_repeat(self, policy: Policy) -> bool {
        match self.kind {
            Kind::Connect => policy.connect,
            Kind::Read => policy.read,
            Kind::Lasting => false,
        }
    }

    /// Finds the code for what the HTTP client says.
    pub(super) fn of(error: &reqwest::Error) -> Self {
        if error.is_builder() {
            return Self::BAD_URL;
        }
        if !error.is_connect() {
            return Self::SLOW;
        }
        let code = if error.is_dns() {
            11210
        } else if let Some(code) = tls_code(error) {
            code
        } else if is_refused(error) {
            11202
        } else if error.is_timeout() {
            11201
        } else {
            11205
        };
        Self {
            code,
            kind: Kind::Connect,
        }
    }
}

fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    let first: &(dyn Error + 'static) = error;
    std::iter::successors(Some(first), |error| (*error).source())
}

fn is_refused(error: &reqwest::Error) -> bool {
    causes(error)
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::ConnectionRefused)
}

/// The code of a failed TLS handshake; an I/O error carries its cause inside, not as its source.
fn tls_code(error: &reqwest::Error) -> Option<u32> {
    let inside = causes(error).find_map(|cause| {
        let inner = cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        cause
            .downcast_ref::<rustls::Error>()
            .or_else(|| inner.and_then(|inner| inner.downcast_ref::<rustls::Error>()))
    })?;
    let rustls::Error::InvalidCertificate(reason) = inside else {
        return Some(11220);
    };
    let is_other_name = matches!(
        reason,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. }
    );
    let is_expired = matches!(
        reason,
        CertificateError::Expired | CertificateError::ExpiredContext { .. }
    );
    Some(if is_other_name {
        11235
    } else if is_expired {
        11236
    } else if *reason == CertificateError::UnknownIssuer {
        11237
    } else {
        11220
    })
}
