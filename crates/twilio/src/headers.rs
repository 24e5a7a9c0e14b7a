//! The names of the headers that Twilio adds to its requests (reference B.1), in lower case as `http` holds them.

/// Carries the request signature, base64 (reference C.1).
pub const SIGNATURE: &str = "x-twilio-signature";

/// Names the key and the algorithm of a request that is signed with a webhook shared key (reference C.3).
pub const SIGNATURE_SETTINGS: &str = "x-twilio-webhooks-signature-settings";

/// A token that all deliveries of one request have in common (reference A.1.4 and B.1).
pub const IDEMPOTENCY_TOKEN: &str = "i-twilio-idempotency-token";
