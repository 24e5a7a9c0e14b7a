//! Sound over real sockets: headsets in the place of browsers talk through the carrier's mixer.

mod faults;
mod ports;
mod support;
mod talking;
