//! The versions of a menu, and what differs between two.

use desk::DeskError;
use desk::menus::{MenuHistory, VersionView};
use exchange::Menu;

use super::{Known, differences, version_view};
use crate::state::AppState;

/// Every version, and the difference between two: between those that are asked for, else from the one before to the
/// latest.
pub(crate) async fn history(
    state: &AppState,
    id: &str,
    from: u32,
    to: u32,
) -> Result<MenuHistory, DeskError> {
    let known = Known::read(state, id).await?;
    let menu = |version: u32| -> Option<&Menu> {
        let mut versions = known.versions.iter().map(|version| &version.menu);
        versions.find(|menu| menu.version == version)
    };
    let before = |version: u32| {
        let mut earlier = known.versions.iter().map(|version| &version.menu);
        earlier.find(|menu| menu.version < version)
    };
    let versions: Vec<VersionView> = known
        .versions
        .iter()
        .map(|version| VersionView {
            differences: before(version.menu.version)
                .map_or_else(Vec::new, |before| differences(before, &version.menu)),
            ..version_view(version)
        })
        .collect();
    let latest = known
        .versions
        .first()
        .map_or(0, |latest| latest.menu.version);
    let to = if menu(to).is_some() { to } else { latest };
    let from = match menu(from) {
        Some(_) => from,
        None => before(to).map_or(to, |menu| menu.version),
    };
    let differences = match (menu(from), menu(to)) {
        (Some(from), Some(to)) => differences(from, to),
        (None, _) | (_, None) => Vec::new(),
    };
    Ok(MenuHistory {
        head: known.head(),
        versions,
        compared: (from, to),
        differences,
    })
}
