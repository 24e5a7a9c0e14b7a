//! The document around the pages: head, style sheet, and the script that brings them to life.

use std::collections::BTreeMap;

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::App;

/// Where the browser finds the built files; the server provides it in context, since it knows their hashed names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// The script that loads the WebAssembly.
    pub script: String,
    /// The script that loads more of it when a page needs that.
    pub pages: Option<String>,
    /// The WebAssembly that every page needs.
    pub wasm: String,
    /// The style sheet.
    pub style: String,
    /// What pages need besides, by the chunk they come in.
    pub chunks: BTreeMap<String, Vec<String>>,
}

impl Bundle {
    /// Reads the names from the list that `cargo xtask site` makes (`build: …`, `css: …`, `chunk NAME: FILE FILE …`, a
    /// line each) of the output `name` under the folder `pkg`; `None` when one of the first two is missing.
    #[must_use]
    pub fn from_hash_file(text: &str, pkg: &str, name: &str) -> Option<Self> {
        let entries = || text.lines().filter_map(|line| line.trim().split_once(':'));
        let hash = |kind: &str| {
            let (_, hash) = entries().find(|(entry, _)| *entry == kind)?;
            Some(hash.trim())
        };
        let (build, css) = (hash("build")?, hash("css")?);
        let chunks = entries().filter_map(|(entry, files)| {
            let chunk = entry.strip_prefix("chunk ")?;
            let files = files.split_whitespace();
            let paths = files.map(|file| format!("/{pkg}/{file}")).collect();
            Some((chunk.to_owned(), paths))
        });
        Some(Self {
            script: format!("/{pkg}/{name}.{build}.js"),
            pages: Some(format!("/{pkg}/pages.{build}.js")),
            wasm: format!("/{pkg}/{name}.{build}.wasm"),
            style: format!("/{pkg}/{name}.{css}.css"),
            chunks: chunks.collect(),
        })
    }

    /// The names without hashes, as cargo-leptos writes them.
    fn plain(options: &LeptosOptions) -> Self {
        let stem = format!("/{}/{}", options.site_pkg_dir, options.output_name);
        Self {
            script: format!("{stem}.js"),
            pages: None,
            wasm: format!("{stem}_bg.wasm"),
            style: format!("{stem}.css"),
            chunks: BTreeMap::new(),
        }
    }
}

/// The document that every page is served in.
#[must_use]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let bundle = use_context().unwrap_or_else(move || Bundle::plain(&options));
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#f5f4f0" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#14181a" media="(prefers-color-scheme: dark)"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=bundle.style.clone()/>
                <Life bundle/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Loads the WebAssembly and hands it the page. leptos' own `HydrationScripts` finds hashed names
/// only in a file beside the executable, which the single binary does not have.
#[component]
fn Life(bundle: Bundle) -> impl IntoView {
    let Bundle {
        script,
        pages,
        wasm,
        style: _,
        chunks: _,
    } = bundle;
    let start = format!(
        "import start, {{ hydrate }} from {script:?};\n\
         await start({{ module_or_path: {wasm:?} }});\n\
         hydrate();"
    );
    view! {
        <link rel="modulepreload" href=script nonce=use_nonce()/>
        {pages.map(|pages| view! { <link rel="modulepreload" href=pages nonce=use_nonce()/> })}
        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
        <script type="module" nonce=use_nonce()>
            {start}
        </script>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_names_are_read_from_the_hash_file() {
        let text = "build: a1\ncss: c3\nchunk console: one.a1.wasm two.a1.wasm\nfiles: d4\n";

        let bundle = Bundle::from_hash_file(text, "pkg", "switchboard");

        assert_eq!(
            bundle,
            Some(Bundle {
                script: "/pkg/switchboard.a1.js".to_owned(),
                pages: Some("/pkg/pages.a1.js".to_owned()),
                wasm: "/pkg/switchboard.a1.wasm".to_owned(),
                style: "/pkg/switchboard.c3.css".to_owned(),
                chunks: BTreeMap::from([(
                    "console".to_owned(),
                    vec!["/pkg/one.a1.wasm".to_owned(), "/pkg/two.a1.wasm".to_owned()],
                )]),
            })
        );
    }

    #[test]
    fn a_hash_file_that_lacks_a_kind_names_nothing() {
        assert_eq!(
            Bundle::from_hash_file("build: a1\nfiles: d4", "pkg", "switchboard"),
            None
        );
    }
}
