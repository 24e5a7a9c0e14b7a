//! Stories of browsers and their sockets, told to the signalling without any.

mod coming_back;
mod dialling;
mod faults;
mod moving;
mod order;
mod properties;
mod registering;
mod ringing;
mod support;
mod talking;
mod tokens;
mod wire;
