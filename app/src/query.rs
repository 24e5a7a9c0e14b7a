//! The address's query: read, where it is unescaped once, and written. The router's own map unescapes a value again when it looks
//! escaped (leptos_router 0.8, `ParamsMap::insert`), which changes what people typed.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::location::Url;

/// The pairs of a query, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// Reads a query as it stands in an address, without its question mark.
    pub(crate) fn parse(search: &str) -> Self {
        let pairs = search.split('&').filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| {
                    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                    (unescaped(name), unescaped(value))
                })
                .collect(),
        )
    }

    /// The first value of a name; empty where there is none.
    pub(crate) fn get(&self, name: &str) -> String {
        let found = self.0.iter().find(|(present, _)| present == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// Every pair.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The query of the page's address.
pub(crate) fn use_query() -> Memo<Query> {
    let search = use_location().search;
    Memo::new(move |_| search.with(|search| Query::parse(search)))
}

/// An address with these fields as its query; without any, the path alone.
pub(crate) fn address<V: AsRef<str>>(
    path: &str,
    fields: impl IntoIterator<Item = (&'static str, V)>,
) -> String {
    let fields: Vec<String> = fields
        .into_iter()
        .map(|(name, value)| format!("{name}={}", escaped(value.as_ref())))
        .collect();
    match fields.as_slice() {
        [] => path.to_owned(),
        fields => format!("{path}?{}", fields.join("&")),
    }
}

/// Keys are read by people, and an underscore means nothing to an address.
fn escaped(value: &str) -> String {
    Url::escape(value).replace("%5F", "_")
}

fn unescaped(text: &str) -> String {
    Url::unescape(&text.replace('+', " "))
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let fields = [("search", "216 & 50%"), ("edit", "line_opens")];

        let written = address("/prompts", fields);
        let (path, query) = written.split_once('?').expect("a query");

        assert_eq!(path, "/prompts");
        assert!(query.ends_with("&edit=line_opens"), "{query}");
        assert!(Query::parse(query).pairs().eq(fields));
        assert_eq!(address::<&str>("/prompts", []), "/prompts");
    }

    #[test]
    fn a_value_is_unescaped_once() {
        let query =
            Query::parse("next=%2Fcalls%3Fsearch%3D216%2520555&search=50%25%26more&line=a+b&empty");

        assert_eq!(query.get("next"), "/calls?search=216%20555");
        assert_eq!(query.get("search"), "50%&more");
        assert_eq!(query.get("line"), "a b");
        assert_eq!(query.get("empty"), "");
        assert_eq!(query.pairs().count(), 4);
    }
}
