//! Pages come to the browser in chunks of their own: with the page, when a link to it is pointed at, or on the way there.

use std::pin::Pin;

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_split::SplitLoaderError;
use leptos::web_sys::{Element, EventTarget};
use leptos_meta::Link;
use leptos_router::hooks::use_url;

use crate::shell::Bundle;

pub(super) type Loading = Pin<Box<dyn Future<Output = Result<(), SplitLoaderError>>>>;

/// A page that has to be fetched before it can be shown.
pub(super) struct Chunk {
    /// The path of its route.
    pub(super) path: &'static str,
    pub(super) load: fn() -> Loading,
}

/// Names the pages, each with the chunk that it comes in and the path of its route.
///
/// What several chunks need is cut off as further chunks, one for each set of them. So there are few, made of pages
/// that the same people go to.
macro_rules! chunks {
    ($($chunk:ident: $module:ident::$page:ident at $path:literal;)*) => {
        /// Every page that is fetched when it is wanted.
        static CHUNKS: &[Chunk] = &[$(Chunk { path: $path, load: $page::load }),*];
        $(chunks!(@page $chunk $module $page);)*
    };
    (@page $chunk:ident $module:ident $page:ident) => {
        #[derive(Clone, Copy)]
        pub(crate) struct $page;

        const _: () = {
            #[leptos::wasm_split::wasm_split(
                $chunk,
                wasm_split_path = leptos::wasm_split,
                preload(fetch),
                fallible
            )]
            fn show() -> Result<AnyView, leptos::wasm_split::SplitLoaderError> {
                Ok($module::$page().into_any())
            }

            impl $page {
                fn load() -> Loading {
                    Box::pin(fetch())
                }
            }

            impl leptos_router::ChooseView for $page {
                async fn choose(self) -> AnyView {
                    $crate::pages::chunks::announce(stringify!($chunk));
                    match show().await {
                        Ok(view) => view,
                        Err(_) => $crate::pages::chunks::load_whole_page().await,
                    }
                }

                async fn preload(&self) {
                    if fetch().await.is_err() {
                        $crate::pages::chunks::load_whole_page().await
                    }
                }
            }
        };
    };
}
pub(super) use chunks;

/// Tells the browser in the page's head which files it is going to ask for.
pub(super) fn announce(chunk: &str) {
    let Some(bundle) = use_context::<Bundle>().filter(|_| cfg!(feature = "ssr")) else {
        return;
    };
    for href in bundle.chunks.get(chunk).into_iter().flatten().cloned() {
        // Writing it out is what puts a link into the head; the text itself is empty.
        _ = view! { <Link rel="preload" href as_="fetch" type_="application/wasm" crossorigin="anonymous"/> }
            .to_html();
    }
}

/// Has the browser load the page from the server, as it is when the chunks of this build are gone.
pub(super) async fn load_whole_page<T>() -> T {
    let url = use_url().get_untracked();
    // The browser refuses no address of our own.
    _ = window()
        .location()
        .assign(&format!("{}{}", url.path(), url.search()));
    std::future::pending().await
}

/// Fetches what the page needs that the server has sent. It comes before the page is made alive, and that then goes at
/// one stroke: what the browser shows has to be what was sent until then.
///
/// # Errors
///
/// When it does not come. The page works without us.
pub async fn fetch_here() -> Result<(), SplitLoaderError> {
    let path = window().location().pathname().unwrap_or_default();
    match chunk_of(&path) {
        Some(chunk) => (chunk.load)().await,
        None => Ok(()),
    }
}

/// Fetches a page's chunk as soon as a link to it is pointed at, or has the focus.
pub(crate) fn fetch_ahead() {
    Effect::new(|_| {
        let over = window_event_listener(ev::pointerover, |event| wanted(event.target()));
        let focus = window_event_listener(ev::focusin, |event| wanted(event.target()));
        on_cleanup(move || {
            over.remove();
            focus.remove();
        });
    });
}

fn wanted(target: Option<EventTarget>) {
    let link = target
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.closest("a[href]").ok().flatten());
    let Some(href) = link.and_then(|link| link.get_attribute("href")) else {
        return;
    };
    let path = href.split(['?', '#']).next().unwrap_or_default();
    if let Some(chunk) = chunk_of(path) {
        leptos::task::spawn_local(async {
            // What does not come is asked for again on the way.
            _ = (chunk.load)().await;
        });
    }
}

fn chunk_of(path: &str) -> Option<&'static Chunk> {
    super::CHUNKS.iter().find(|chunk| leads(chunk.path, path))
}

/// Whether a path is one of a route's: `:name` stands for any one segment.
fn leads(route: &str, path: &str) -> bool {
    let (route, path) = (route.split('/'), path.split('/'));
    route.clone().count() == path.clone().count()
        && route
            .zip(path)
            .all(|(route, path)| route == path || route.starts_with(':') && !path.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_the_route_with_the_same_segments() {
        for (route, path, expected) in [
            ("/", "/", true),
            ("/board", "/board", true),
            ("/calls/:sid", "/calls/CA1", true),
            ("/calls/:sid", "/calls", false),
            ("/calls/:sid", "/calls/", false),
            ("/calls", "/calls/CA1", false),
            ("/directory/:id/import", "/directory/us/history", false),
            ("/board", "https://elsewhere.example/board", false),
        ] {
            assert_eq!(leads(route, path), expected, "{route} and {path}");
        }
    }
}
