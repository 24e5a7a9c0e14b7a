//! What ears hear and tapes take down.
