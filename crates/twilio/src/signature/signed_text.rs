//! The text that a signature covers, behind the address: all fields of a form, sorted (reference C.1, S1 to S3).

/// The fields as they are signed: names in the order of their bytes, the values of a name sorted, each distinct pair
/// once, names and values written one behind the other.
pub(super) fn fields<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_unstable();
    pairs.dedup();
    let length = pairs
        .iter()
        .map(|(name, value)| name.len() + value.len())
        .sum();
    let mut text = Vec::with_capacity(length);
    for (name, value) in pairs {
        text.extend_from_slice(name.as_bytes());
        text.extend_from_slice(value.as_bytes());
    }
    text
}

/// An address or a target up to its fragment, which is never signed (S6).
pub(super) fn without_fragment(address: &str) -> &str {
    address
        .split_once('#')
        .map_or(address, |(signed, _)| signed)
}
