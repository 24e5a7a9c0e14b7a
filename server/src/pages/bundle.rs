//! The site bundle: style, wasm and pictures, made by `cargo xtask site` and kept inside the binary.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::digest::hex;

/// The files of `target/site`: inside a release binary, read from the disk by a debug one.
#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Bundle;

/// The list of hashed names; it is for us and is not served.
const NAMES: &str = "hash.txt";

/// The file at `path` (without its first slash), compressed where the browser takes it so; `None` when there is none.
pub(super) fn file(path: &str, asked: &HeaderMap) -> Option<Response> {
    let mime = mime(path)?;
    let (file, encoding) = compressed(path, asked).or_else(|| Some((Bundle::get(path)?, None)))?;
    Some(answer(file, encoding, mime, is_fixed(path), asked))
}

/// The text of the list of hashed names; `None` when no bundle was made.
pub(super) fn names() -> Option<String> {
    String::from_utf8(Bundle::get(NAMES)?.data.into_owned()).ok()
}

/// Every file that is served, compressed twins left out.
pub(super) fn paths() -> impl Iterator<Item = String> {
    Bundle::iter()
        .map(String::from)
        .filter(|path| mime(path).is_some())
}

fn compressed(path: &str, asked: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    [("br", "br"), ("gz", "gzip")]
        .into_iter()
        .filter(|(_, encoding)| accepts(asked, encoding))
        .find_map(|(ending, encoding)| {
            Some((Bundle::get(&format!("{path}.{ending}"))?, Some(encoding)))
        })
}

fn accepts(asked: &HeaderMap, encoding: &str) -> bool {
    let listed = asked
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    listed.flat_map(|list| list.split(',')).any(|entry| {
        let (name, weight) = entry.split_once(';').unwrap_or((entry, ""));
        let refused = weight
            .trim()
            .strip_prefix("q=")
            .is_some_and(|q| q.trim().parse() == Ok(0.0_f32));
        name.trim().eq_ignore_ascii_case(encoding) && !refused
    })
}

fn answer(
    file: EmbeddedFile,
    encoding: Option<&'static str>,
    mime: &'static str,
    fixed: bool,
    asked: &HeaderMap,
) -> Response {
    let tag = tag(&file.metadata.sha256_hash());
    let lasts = if fixed {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let mut response = if asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .any(|known| names_tag(known, &tag))
    {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(file.data).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(lasts));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.extend(
        HeaderValue::try_from(tag)
            .ok()
            .map(|tag| (header::ETAG, tag)),
    );
    headers.extend(
        encoding.map(|encoding| (header::CONTENT_ENCODING, HeaderValue::from_static(encoding))),
    );
    response
}

fn tag(hash: &[u8; 32]) -> String {
    let digits = hex(&hash[..12]);
    format!("\"{digits}\"")
}

fn names_tag(known: &HeaderValue, tag: &str) -> bool {
    let known = known.to_str().unwrap_or_default();
    known.trim() == "*"
        || known
            .split(',')
            .any(|entry| entry.trim().trim_start_matches("W/") == tag)
}

/// The type of a file that may be served; a name without a known ending is none of them.
fn mime(path: &str) -> Option<&'static str> {
    if path == NAMES {
        return None;
    }
    match path.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "ico" => Some("image/x-icon"),
        "jpg" => Some("image/jpeg"),
        "js" => Some("text/javascript; charset=utf-8"),
        "json" => Some("application/json"),
        "md" => Some("text/markdown; charset=utf-8"),
        "mp3" => Some("audio/mpeg"),
        "png" => Some("image/png"),
        "svg" => Some("image/svg+xml"),
        "txt" => Some("text/plain; charset=utf-8"),
        "wasm" => Some("application/wasm"),
        "wav" => Some("audio/wav"),
        "webmanifest" => Some("application/manifest+json"),
        "woff2" => Some("font/woff2"),
        _ => None,
    }
}

/// Whether the file's name never means anything else: a part of it is a hash of the content, or a version.
fn is_fixed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let parts: Vec<&str> = name.split('.').collect();
    let is_hash =
        |part: &&str| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let has_hash = parts.len() > 2 && parts[1..parts.len() - 1].iter().any(is_hash);
    has_hash || has_version(name)
}

/// Whether a name holds a version of three numbers, as in `thing-1.20.3.js`.
fn has_version(name: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let version = name
        .split_once('.')
        .and_then(|(first, rest)| Some((first.rsplit_once('-')?.1, rest)))
        .map(|(major, rest)| [major].into_iter().chain(rest.split('.')));
    version.is_some_and(|parts| parts.take_while(|part| is_number(part)).count() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_or_a_version_last_for_ever() {
        for (path, lasts) in [
            ("pkg/switchboard.0a1b2c3d4e5f6071.js", true),
            ("pkg/switchboard_bg.0a1b2c3d.wasm", true),
            ("pkg/switchboard.js", false),
            ("favicon.svg", false),
            ("deadbeef.css", false),
            ("sdk/twilio-voice-2.18.5.min.js", true),
            ("sdk/twilio-voice.min.js", false),
            ("sdk/part-2.18.js", false),
            ("sdk/2.18.5.js", false),
        ] {
            assert_eq!(is_fixed(path), lasts, "{path}");
        }
    }

    #[test]
    fn an_encoding_is_taken_when_named_and_not_refused() {
        for (asked, takes) in [
            ("gzip, deflate, br", true),
            ("BR;q=0.5", true),
            ("br;q=0", false),
            ("gzip", false),
            ("", false),
        ] {
            let headers =
                HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(asked))]);

            assert_eq!(accepts(&headers, "br"), takes, "{asked}");
        }
    }

    #[test]
    fn wasm_has_the_type_that_browsers_compile_while_it_streams() {
        assert_eq!(
            mime("pkg/switchboard_bg.0a1b2c3d.wasm"),
            Some("application/wasm")
        );
        assert_eq!(mime("hash.txt"), None);
        assert_eq!(mime("pkg/switchboard.js.br"), None);
    }

    #[test]
    fn a_tag_is_recognised_in_a_list() {
        let known = HeaderValue::from_static("\"a\", W/\"b\"");

        assert!(names_tag(&known, "\"b\""));
        assert!(!names_tag(&known, "\"c\""));
    }
}
