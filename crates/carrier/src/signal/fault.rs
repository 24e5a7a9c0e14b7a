//! Faults on purpose, and the sight of those who look on.

use std::collections::BTreeMap;

use super::socket::Ending;
use super::{ClientView, ConnId, SignalFault, Signalling, SocketView};

impl Signalling {
    /// Something goes wrong with the browsers of an identity.
    pub fn fault(&mut self, identity: &str, fault: SignalFault) {
        let sockets = self.sockets_of(identity);
        match fault {
            SignalFault::DropSocket => {
                for conn in sockets {
                    self.end_socket(conn, Ending::Cut);
                }
            }
            SignalFault::SilentHeartbeat { ms } => {
                let until = self.now.plus(i64::from(ms));
                for conn in sockets {
                    if let Some(socket) = self.sockets.get_mut(&conn) {
                        socket.silent_until = until;
                    }
                }
            }
            SignalFault::ExpireToken => {
                for conn in sockets {
                    self.expire(conn);
                }
            }
            SignalFault::SlowAnswer { ms: 0 } => {
                self.slow.remove(identity);
            }
            SignalFault::SlowAnswer { ms } => {
                self.slow.insert(identity.to_owned(), i64::from(ms));
            }
        }
        self.settle();
    }

    fn sockets_of(&self, identity: &str) -> Vec<ConnId> {
        let sessions = self.sessions();
        let own = sessions.filter(|(_, session)| session.identity == identity);
        own.map(|(conn, _)| conn).collect()
    }

    /// The identities with sockets or calls, in order.
    #[must_use]
    pub fn clients(&self) -> Vec<ClientView> {
        let mut clients = BTreeMap::new();
        for (conn, session) in self.sessions() {
            let client = client_named(&mut clients, &session.identity);
            client.sockets.push(SocketView {
                conn,
                is_registered: session.is_registered(),
                expires_s: session.expires_s,
            });
        }
        for (leg, call) in &self.calls {
            let client = client_named(&mut clients, &call.identity);
            client.calls.push(leg.clone());
        }
        clients.into_values().collect()
    }
}

fn client_named<'c>(
    clients: &'c mut BTreeMap<String, ClientView>,
    identity: &str,
) -> &'c mut ClientView {
    clients
        .entry(identity.to_owned())
        .or_insert_with(|| ClientView {
            identity: identity.to_owned(),
            sockets: Vec::new(),
            calls: Vec::new(),
        })
}
