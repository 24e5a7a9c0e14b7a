//! Webhooks as Twilio sends them, signed beforehand: each is ready to be written to a socket.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha1::Sha1;

/// The account that the measured servers answer.
pub(super) const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
/// What it signs with.
pub(super) const TOKEN: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

/// What a webhook of a call asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Webhook {
    pub(super) path: &'static str,
    /// Parameters beside those that every webhook has, or instead of them.
    pub(super) more: &'static [(&'static str, &'static str)],
}

/// Makes the webhooks of call after call for one server.
pub(super) struct Mint {
    port: u16,
    signer: Hmac<Sha1>,
    calls: u64,
}

impl Mint {
    pub(super) fn of(port: u16) -> Self {
        let signer =
            Hmac::new_from_slice(TOKEN.as_bytes()).expect("a key of any length makes an HMAC");
        Self {
            port,
            signer,
            calls: 0,
        }
    }

    /// One webhook of each of the next `count` calls.
    pub(super) fn next_calls(&mut self, webhook: Webhook, count: usize) -> Vec<Vec<u8>> {
        (0..count)
            .map(|_| {
                self.calls += 1;
                self.request(webhook, self.calls)
            })
            .collect()
    }

    /// One more webhook of each of the last `count` calls.
    pub(super) fn same_calls(&self, webhook: Webhook, count: usize) -> Vec<Vec<u8>> {
        let first = self.calls.saturating_sub(count as u64);
        (first + 1..=self.calls)
            .map(|call| self.request(webhook, call))
            .collect()
    }

    fn request(&self, webhook: Webhook, call: u64) -> Vec<u8> {
        let fields = fields(call, webhook.more);
        let host = format!("127.0.0.1:{}", self.port);
        let signature = sign(
            &self.signer,
            &format!("http://{host}{}", webhook.path),
            &fields,
        );
        let body = form(&fields);
        let [high, low] = scattered(call + ((webhook.path.len() as u64) << 48));
        let token = format!(
            "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            low >> 52,
            low & 0xffff_ffff_ffff
        );
        format!(
            "POST {} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: TwilioProxy/1.1\r\nAccept: */*\r\n\
             X-Home-Region: us1\r\nX-Twilio-Signature: {signature}\r\nI-Twilio-Idempotency-Token: {token}\r\n\
             Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nContent-Length: {}\r\n\r\n{body}",
            webhook.path,
            body.len()
        )
        .into_bytes()
    }
}

/// The parameters that a caller's webhooks have (reference B.2), in the order of their names.
fn fields(call: u64, more: &[(&'static str, &'static str)]) -> Vec<(&'static str, String)> {
    let [high, low] = scattered(call);
    let from = format!("+1312555{:04}", 100 + call % 100);
    let to = "+12025550100";
    let mut fields: Vec<(&'static str, String)> = [
        ("AccountSid", ACCOUNT),
        ("ApiVersion", "2010-04-01"),
        ("CallStatus", "in-progress"),
        ("Called", to),
        ("CalledCity", "WASHINGTON"),
        ("CalledCountry", "US"),
        ("CalledState", "DC"),
        ("CalledZip", "20005"),
        ("Caller", from.as_str()),
        ("CallerCity", "CHICAGO"),
        ("CallerCountry", "US"),
        ("CallerState", "IL"),
        ("CallerZip", "60601"),
        ("Direction", "inbound"),
        ("From", from.as_str()),
        ("FromCity", "CHICAGO"),
        ("FromCountry", "US"),
        ("FromState", "IL"),
        ("FromZip", "60601"),
        ("StirVerstat", "TN-Validation-Passed-A"),
        ("To", to),
        ("ToCity", "WASHINGTON"),
        ("ToCountry", "US"),
        ("ToState", "DC"),
        ("ToZip", "20005"),
    ]
    .into_iter()
    .map(|(name, value)| (name, value.to_owned()))
    .collect();
    fields.push(("CallSid", format!("CA{high:016x}{low:016x}")));
    fields.push(("CallToken", call_token(high)));
    for (name, value) in more {
        fields.retain(|(present, _)| present != name);
        fields.push((name, (*value).to_owned()));
    }
    fields.sort_unstable();
    fields
}

/// As long as a token of the carrier's: an ES256 JWT within JSON.
fn call_token(seed: u64) -> String {
    let head = "eyJhbGciOiJFUzI1NiJ9";
    let payload = format!("{seed:016x}").repeat(8);
    let signature = &format!("{seed:016X}").repeat(6)[..86];
    format!(r#"{{"parentCallInfoToken":"{head}.{payload}.{signature}","identityHeaderTokens":[]}}"#)
}

/// Base64 of HMAC-SHA1 over the address and the sorted fields (reference C.1).
fn sign(signer: &Hmac<Sha1>, url: &str, sorted: &[(&str, String)]) -> String {
    let mut mac = signer.clone();
    mac.update(url.as_bytes());
    for (name, value) in sorted {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    STANDARD.encode(mac.finalize().into_bytes())
}

fn form(fields: &[(&str, String)]) -> String {
    let mut text = String::new();
    for (name, value) in fields {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._*".contains(&byte) {
                text.push(char::from(byte));
            } else {
                text.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    text
}

/// Two numbers without visible order, the same for the same `number`: identifiers that come in
/// order would flatter an index.
fn scattered(number: u64) -> [u64; 2] {
    let mix = |mut bits: u64| {
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    };
    let step = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    [mix(step), mix(!step)]
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEBHOOK: Webhook = Webhook {
        path: "/ivr/menu",
        more: &[("Digits", "1"), ("CallStatus", "completed")],
    };

    #[test]
    fn a_request_is_signed_as_the_carrier_signs() {
        let signer = Hmac::new_from_slice(b"12345").unwrap();
        let fields = [
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675309"),
            ("Digits", "1234"),
            ("From", "+14158675309"),
            ("To", "+18005551212"),
        ]
        .map(|(name, value)| (name, value.to_owned()));

        let signature = sign(
            &signer,
            "https://mycompany.com/myapp.php?foo=1&bar=2",
            &fields,
        );

        assert_eq!(signature, "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    }

    #[test]
    fn parameters_of_a_case_replace_the_usual_ones() {
        let fields = fields(7, WEBHOOK.more);

        let of = |wanted: &str| -> Vec<&str> {
            fields
                .iter()
                .filter(|(name, _)| *name == wanted)
                .map(|(_, value)| value.as_str())
                .collect()
        };
        assert_eq!(of("CallStatus"), ["completed"]);
        assert_eq!(of("Digits"), ["1"]);
    }

    #[test]
    fn calls_differ_and_can_be_come_back_to() {
        let mut mint = Mint::of(8080);

        let first = mint.next_calls(WEBHOOK, 3);
        let again = mint.same_calls(WEBHOOK, 3);

        assert_eq!(first, again);
        assert_ne!(first[0], first[1]);
    }

    #[test]
    fn values_are_escaped_as_forms_are() {
        let fields = [("To", "+1 a".to_owned()), ("X", "é*".to_owned())];

        assert_eq!(form(&fields), "To=%2B1%20a&X=%C3%A9*");
    }
}
