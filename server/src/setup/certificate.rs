//! The certificate of the public address: believed, for this host, and for how long.

use std::sync::{Arc, Mutex, PoisonError};

use desk::setup::{Check, CheckId, CheckState};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::time_provider::TimeProvider;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, SignatureScheme};
use rustls_platform_verifier::Verifier;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use x509_cert::Certificate;
use x509_cert::der::Decode;

use super::Ground;
use super::address::host;
use crate::chain::chain;
use crate::clock::Clock;

/// Fewer days than these are a warning: whoever renews by itself has done so by then.
const SOON_DAYS: i64 = 14;

/// Whether browsers and the carrier believe the certificate, and for how long.
pub(super) async fn certificate(ground: &Ground) -> Check {
    let id = CheckId::Certificate;
    let url = ground.config.web.first_public();
    if !url.is_https() {
        return Check::new(
            id,
            CheckState::Unknown,
            "The public address is without https, so there is no certificate to look at.",
        )
        .and("With https in PUBLIC_URL it will be looked at.");
    }
    let looked = tokio::time::timeout(ground.outside.patience, look(ground)).await;
    match looked {
        Ok(looked) => told(ground, host(url), looked),
        Err(_) => Check::new(
            id,
            CheckState::Unknown,
            format!(
                "{} did not answer in time, so its certificate was not seen.",
                url.as_str()
            ),
        )
        .and("See “Reached from outside”."),
    }
}

/// What a look at a certificate brought.
enum Looked {
    /// It is believed; until when, in seconds since 1970.
    Believed(Option<i64>),
    /// It is not; until when it would hold.
    Doubted(rustls::Error, Option<i64>),
    /// Nobody was reached.
    Unreached(String),
}

async fn look(ground: &Ground) -> Looked {
    let url = ground.config.web.first_public();
    let host = host(url);
    let (noting, config) = match client(ground) {
        Ok(client) => client,
        Err(error) => return Looked::Unreached(chain(&error)),
    };
    let Ok(name) = ServerName::try_from(host.to_owned()) else {
        return Looked::Unreached("the host's name is none".to_owned());
    };
    let port = url
        .authority()
        .rsplit_once(':')
        .and_then(|(_, port)| port.parse().ok());
    let stream = match ground.outside.found_at {
        Some(address) => TcpStream::connect(address).await,
        None => TcpStream::connect((host, port.unwrap_or(443))).await,
    };
    let stream = match stream {
        Ok(stream) => stream,
        Err(error) => return Looked::Unreached(chain(&error)),
    };
    let shaken = TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await;
    let ends = noting.ends();
    match shaken {
        Ok(_) => Looked::Believed(ends),
        Err(error) => {
            let tls = error
                .get_ref()
                .and_then(|cause| cause.downcast_ref::<rustls::Error>());
            match tls.cloned() {
                Some(tls) => Looked::Doubted(tls, ends),
                None => Looked::Unreached(chain(&error)),
            }
        }
    }
}

fn told(ground: &Ground, host: &str, looked: Looked) -> Check {
    let id = CheckId::Certificate;
    let now = ground.clock.now().0.div_euclid(1000);
    let days = |ends: i64| (ends - now).div_euclid(86_400);
    let wrong = |found: String, todo: &str| Check::new(id, CheckState::Wrong, found).and(todo);
    let renew = "Renew it, and see that whatever renews it (the proxy, certbot) runs by itself.";
    match looked {
        Looked::Believed(None) => Check::good(id, format!("It is believed, for {host}.")),
        Looked::Believed(Some(ends)) if days(ends) < SOON_DAYS => Check::new(
            id,
            CheckState::Warning,
            format!(
                "It is believed, for {host}, and ends in {} days.",
                days(ends)
            ),
        )
        .and(renew),
        Looked::Believed(Some(ends)) => Check::good(
            id,
            format!(
                "It is believed, for {host}, for another {} days.",
                days(ends)
            ),
        ),
        Looked::Unreached(why) => Check::new(
            id,
            CheckState::Unknown,
            format!("It could not be looked at from here: {why}."),
        )
        .and("See “Reached from outside”."),
        Looked::Doubted(error, ends) => {
            let rustls::Error::InvalidCertificate(doubt) = &error else {
                return wrong(
                    format!("TLS comes to nothing at {host}: {error}."),
                    "Let the proxy speak TLS 1.2 or 1.3 there, with a certificate.",
                );
            };
            if is_expired(doubt) {
                let ago = ends.map(|ends| format!(" {} days ago", -days(ends)));
                wrong(
                    format!(
                        "It ended{}: neither Twilio nor a browser believes it.",
                        ago.unwrap_or_default()
                    ),
                    renew,
                )
            } else if is_early(doubt) {
                wrong(
                    "It does not hold yet: its first day is still to come.".to_owned(),
                    "Compare this machine's clock; else wait, or use another certificate until then.",
                )
            } else if is_other(doubt) {
                wrong(
                    format!("It is for another name than {host}."),
                    "Get one that names this host, or write the name it has into PUBLIC_URL.",
                )
            } else if is_unsigned(doubt) {
                wrong(
                    "Nobody whom this machine trusts has signed it, or the certificates between are missing.".to_owned(),
                    "Use one of a public authority such as Let's Encrypt, and serve the whole chain; Twilio takes no certificate that one has signed oneself.",
                )
            } else {
                wrong(format!("It is not believed: {doubt}."), renew)
            }
        }
    }
}

fn is_expired(doubt: &CertificateError) -> bool {
    matches!(
        doubt,
        CertificateError::Expired | CertificateError::ExpiredContext { .. }
    )
}

fn is_early(doubt: &CertificateError) -> bool {
    matches!(
        doubt,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. }
    )
}

fn is_other(doubt: &CertificateError) -> bool {
    matches!(
        doubt,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. }
    )
}

/// An issuer of the same name with another key is no issuer either.
fn is_unsigned(doubt: &CertificateError) -> bool {
    matches!(
        doubt,
        CertificateError::UnknownIssuer | CertificateError::BadSignature
    )
}

fn client(ground: &Ground) -> Result<(Arc<Noting>, ClientConfig), rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let roots = ground.outside.roots.iter().cloned();
    let believes = Verifier::new_with_extra_roots(roots, Arc::clone(&provider))?;
    let noting = Arc::new(Noting {
        believes,
        seen: Mutex::default(),
    });
    let time = Arc::new(Now(ground.clock.clone()));
    let config = ClientConfig::builder_with_details(provider, time)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(&noting) as Arc<dyn ServerCertVerifier>)
        .with_no_client_auth();
    Ok((noting, config))
}

/// Our clock, for TLS.
#[derive(Debug)]
struct Now(Clock);

impl TimeProvider for Now {
    fn current_time(&self) -> Option<UnixTime> {
        let ms = u64::try_from(self.0.now().0).ok()?;
        Some(UnixTime::since_unix_epoch(
            std::time::Duration::from_millis(ms),
        ))
    }
}

/// Believes what the system believes, and keeps the certificate that it was shown.
#[derive(Debug)]
struct Noting {
    believes: Verifier,
    seen: Mutex<Option<Vec<u8>>>,
}

impl Noting {
    /// When the certificate ends, in seconds since 1970.
    fn ends(&self) -> Option<i64> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let certificate = Certificate::from_der(seen.as_deref()?).ok()?;
        let ends = certificate.tbs_certificate.validity.not_after;
        i64::try_from(ends.to_unix_duration().as_secs()).ok()
    }
}

impl ServerCertVerifier for Noting {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(end_entity.to_vec());
        self.believes
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.believes.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.believes.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.believes.supported_verify_schemes()
    }
}
