//! Session descriptions without anybody behind them, for tests that need no sound.

use super::{MediaError, PortId};

/// What the carrier speaks: µ-law, and keys beside it.
const FORMATS: [(u8, &str); 2] = [(0, "PCMU/8000"), (126, "telephone-event/8000")];

/// An offer.
pub(super) fn offer(port: PortId) -> String {
    let formats = FORMATS.map(|(number, name)| (number.to_string(), name.to_owned()));
    description(port, "0", "actpass", &formats)
}

/// The answer to an offer.
pub(super) fn answer(port: PortId, offer: &str) -> Result<String, MediaError> {
    let wrong = |what: &str| MediaError::Description(what.to_owned());
    let lines: Vec<&str> = offer.lines().map(str::trim_end).collect();
    if lines.first() != Some(&"v=0") {
        return Err(wrong("it does not begin with v=0"));
    }
    let media: Vec<&&str> = lines.iter().filter(|line| line.starts_with("m=")).collect();
    let [audio] = media.as_slice() else {
        return Err(wrong("it has not one line of media"));
    };
    if !audio.starts_with("m=audio ") {
        return Err(wrong("its media is not audio"));
    }
    let after = |start: &str| lines.iter().find_map(|line| line.strip_prefix(start));
    let mid = after("a=mid:").ok_or_else(|| wrong("its media has no name"))?;
    let offered = |name: &str| {
        let maps = lines
            .iter()
            .filter_map(|line| line.strip_prefix("a=rtpmap:"));
        let mut maps = maps.filter_map(|map| map.split_once(' '));
        maps.find(|(_, of)| of.eq_ignore_ascii_case(name))
            .map(|(number, _)| number.to_owned())
    };
    let formats: Vec<(String, String)> = FORMATS
        .iter()
        .filter_map(|(_, name)| Some((offered(name)?, (*name).to_owned())))
        .collect();
    if formats.first().is_none_or(|(_, name)| name != FORMATS[0].1) {
        return Err(wrong("it does not offer µ-law"));
    }
    Ok(description(port, mid, "passive", &formats))
}

fn description(port: PortId, mid: &str, setup: &str, formats: &[(String, String)]) -> String {
    let PortId(number) = port;
    let numbers: Vec<&str> = formats.iter().map(|(number, _)| number.as_str()).collect();
    let fingerprint = vec!["00"; 32].join(":");
    let mut lines = vec![
        "v=0".to_owned(),
        format!("o=- {number} 2 IN IP4 127.0.0.1"),
        "s=-".to_owned(),
        "t=0 0".to_owned(),
        format!("a=group:BUNDLE {mid}"),
        "a=ice-lite".to_owned(),
        format!("m=audio 9 UDP/TLS/RTP/SAVPF {}", numbers.join(" ")),
        "c=IN IP4 0.0.0.0".to_owned(),
        format!("a=mid:{mid}"),
        format!("a=ice-ufrag:u{number:07}"),
        format!("a=ice-pwd:{number:024}"),
        format!("a=fingerprint:sha-256 {fingerprint}"),
        format!("a=setup:{setup}"),
        "a=sendrecv".to_owned(),
        "a=rtcp-mux".to_owned(),
    ];
    lines.extend(
        formats
            .iter()
            .map(|(number, name)| format!("a=rtpmap:{number} {name}")),
    );
    let mut text = lines.join("\r\n");
    text.push_str("\r\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offer_of_ours_can_be_answered() {
        let offer = offer(PortId(1));

        let answer = answer(PortId(2), &offer).expect("the offer is sound");

        assert!(offer.ends_with("\r\n") && answer.ends_with("\r\n"));
        assert!(offer.contains("a=setup:actpass") && answer.contains("a=setup:passive"));
        assert!(answer.contains("m=audio 9 UDP/TLS/RTP/SAVPF 0 126"));
    }

    #[test]
    fn an_answer_names_what_the_offer_names() {
        let offer = offer(PortId(1))
            .replace("mid:0", "mid:audio")
            .replace("126", "101");

        let answer = answer(PortId(2), &offer).expect("the offer is sound");

        assert!(
            answer.contains("a=mid:audio") && answer.contains("a=rtpmap:101 telephone-event/8000")
        );
    }

    #[test]
    fn what_is_no_offer_of_sound_is_refused() {
        let sound = offer(PortId(1));
        let without_mu_law = sound.replace("PCMU", "opus");
        let of_video = sound.replace("m=audio", "m=video");

        for offer in [
            "",
            "hello",
            &without_mu_law,
            &of_video,
            &format!("{sound}{sound}"),
        ] {
            assert!(answer(PortId(2), offer).is_err(), "{offer}");
        }
    }
}
