//! What has to be asked of the server before a page can be shown.

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Trouble;
use crate::api::ApiError;

/// Shows what the server has, asked for again whenever something else is wanted; or why there is nothing to show.
pub(crate) fn loaded<K, T, F>(
    wanted: Memo<K>,
    ask: fn(K) -> F,
    show: fn(T) -> AnyView,
) -> impl IntoView
where
    K: Clone + PartialEq + Send + Sync + 'static,
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, ApiError>> + Send + 'static,
{
    let answer = Resource::new(move || wanted.get(), ask);
    view! {
        <Transition>
            {move || when_here(answer, show)}
        </Transition>
    }
}

/// Shows an answer once it is here, or why there is nothing to show.
pub(crate) fn when_here<T>(
    answer: Resource<Result<T, ApiError>>,
    show: impl FnOnce(T) -> AnyView + Send + 'static,
) -> Suspend<AnyView>
where
    T: Clone + Send + Sync + 'static,
{
    Suspend::new(async move {
        match answer.await {
            Ok(found) => show(found),
            Err(ApiError(error)) => view! { <Trouble error/> }.into_any(),
        }
    })
}
