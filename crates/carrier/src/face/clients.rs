//! Browsers, as whoever runs the carrier sees and troubles them.

use std::fmt;

use super::carrier::Carrier;
use crate::engine::Application;
use crate::signal::{ClientView, SignalFault};

/// What goes wrong on purpose with the browsers of an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientFault {
    /// Its sockets and tokens suffer, or its answers are slow.
    Signal(SignalFault),
    /// No sound passes in its calls, either way, until it negotiates anew.
    LostMedia,
}

/// Nobody of that identity is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoClient;

impl fmt::Display for NoClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no such client")
    }
}

impl std::error::Error for NoClient {}

impl Carrier {
    /// The identities with sockets or calls, in order.
    #[must_use]
    pub fn clients(&self) -> Vec<ClientView> {
        self.driver
            .within(|inside| inside.browsers.signalling.clients())
    }

    /// Lets something go wrong with the browsers of an identity.
    ///
    /// # Errors
    /// When none of them is there.
    pub fn trouble_client(&self, identity: &str, fault: ClientFault) -> Result<(), NoClient> {
        let lost = self.driver.within(|inside| {
            let clients = inside.browsers.signalling.clients();
            let client = clients.iter().find(|client| client.identity == identity);
            let client = client.ok_or(NoClient)?;
            match fault {
                ClientFault::Signal(fault) => {
                    inside.browsers.signalling.fault(identity, fault);
                    Ok(Vec::new())
                }
                ClientFault::LostMedia => Ok(inside.browsers.lines.ports_of(&client.calls)),
            }
        })?;
        for port in lost {
            self.driver.sound.lose(port, true);
        }
        Ok(())
    }

    /// Gives the account an application, or another to one of that SID. Browsers call through applications.
    pub fn set_application(&self, application: Application) {
        self.with(|engine| engine.set_application(application));
    }
}
