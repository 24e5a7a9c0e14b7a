//! A server that shows a certificate: one that holds, ended, is still to come, or is for another name.

use std::net::SocketAddr;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use server::tasks::Tasks;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// A day, as year, month, day.
pub(crate) type Day = (i32, u8, u8);

/// The certificate that a server shows.
pub(crate) struct Shown {
    pub(crate) name: &'static str,
    pub(crate) from: Day,
    pub(crate) until: Day,
}

impl Shown {
    /// One that holds for `calls.example.org` on the day of the tests.
    pub(crate) fn good() -> Self {
        Self {
            name: "calls.example.org",
            from: (2026, 11, 1),
            until: (2027, 1, 30),
        }
    }
}

/// Where such a server is, and the root that signed its certificate.
pub(crate) async fn shows(shown: &Shown, tasks: &Tasks) -> (SocketAddr, CertificateDer<'static>) {
    let mut root = CertificateParams::new(Vec::<String>::new()).expect("a root");
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    root.not_before = date_time_ymd(2020, 1, 1);
    root.not_after = date_time_ymd(2040, 1, 1);
    let root = CertifiedIssuer::self_signed(root, KeyPair::generate().expect("a key"))
        .expect("a root signs itself");
    let mut params = CertificateParams::new(vec![shown.name.to_owned()]).expect("a name");
    let day = |(year, month, day): Day| date_time_ymd(year, month, day);
    params.not_before = day(shown.from);
    params.not_after = day(shown.until);
    let key = KeyPair::generate().expect("a key");
    let certificate = params.signed_by(&key, &root).expect("the root signs");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).expect("a key"),
        )
        .expect("certificate and key belong together");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tasks.start(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // A handshake that is refused is what some tests are about.
            drop(acceptor.accept(stream).await);
        }
    });
    (address, root.der().clone())
}
