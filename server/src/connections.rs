//! Connections: each is answered in HTTP/1.1, with no more memory than thousands of feeds can have.

use std::net::SocketAddr;
use std::pin::pin;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Answers every connection that the listener gives until `ended`, and then what is being answered. `axum::serve` looks
/// first whether a connection speaks HTTP/2, which doubles what each keeps for reading as long as it lasts.
pub(crate) async fn serve<L>(mut listener: L, router: Router, ended: impl Future<Output = ()>)
where
    L: Listener<Io = TcpStream, Addr = SocketAddr>,
{
    let (end, ending) = watch::channel(());
    let mut connections = JoinSet::new();
    let mut ended = pin!(ended);
    loop {
        tokio::select! {
            () = &mut ended => break,
            (stream, peer) = listener.accept() => {
                // It fails for a connection that is gone already, which reading finds out.
                stream.set_nodelay(true).unwrap_or_default();
                connections.spawn(answer(stream, peer, router.clone(), ending.clone()));
            }
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
    drop(listener);
    end.send_replace(());
    while connections.join_next().await.is_some() {}
}

async fn answer(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    mut ending: watch::Receiver<()>,
) {
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.call(request)
    });
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection.with_upgrades());
    let broken = tokio::select! {
        done = &mut connection => done.err(),
        _ = ending.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await.err()
        }
    };
    if let Some(error) = broken {
        tracing::trace!(%error, "a connection broke off");
    }
}
