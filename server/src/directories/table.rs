//! One directory as a table: searched, sorted, a page of it, and the row that is being changed.

use desk::DeskError;
use desk::directory::{DirectoryFilter, DirectoryView, OfficeForm, OfficeRow, OfficeSort, Pages};
use exchange::{Hours, Moment, Office, PhoneNumber, WallClocks};
use store::PlanVersion;

use super::history::view_of;
use super::list::lines;
use super::looked::{Looked, looked};
use super::warnings::Warnings;
use super::{Known, broken, region_name, words};
use crate::civil::civil;
use crate::roster::usual_title;
use crate::state::AppState;

/// How many rows a page has.
const PER_PAGE: u32 = 100;
/// How many warnings stand above the table.
const MOST_WARNINGS: usize = 12;
/// In how many of the latest calls failures in a row are looked for.
const LATEST_CALLS: u32 = 300;

/// The page that an address asks for.
pub(crate) async fn table(
    state: &AppState,
    id: &str,
    filter: &DirectoryFilter,
) -> Result<DirectoryView, DeskError> {
    let looked = looked(state, id).await?;
    let known = &looked.known;
    let visits = state.store.latest_visits(LATEST_CALLS).await;
    let visits = visits.map_err(|error| broken("read the latest calls", &error))?;
    let done = match filter.done {
        0 => None,
        version => view_of(state, known, PlanVersion(version)).await?,
    };
    let warnings = Warnings::of(&looked.standing, known.id(), &visits);
    let mut view = view(&looked, filter, &warnings, state.clock.now());
    view.lines = lines(&looked.plan, known.id());
    view.done = done;
    Ok(view)
}

fn view(
    looked: &Looked,
    filter: &DirectoryFilter,
    warnings: &Warnings<'_>,
    now: Moment,
) -> DirectoryView {
    let known = &looked.known;
    let offices = &known.kept.offices;
    let mut found = search(looked, &filter.search);
    sort(&mut found, filter);
    let mut pages = Pages {
        page: filter.page.max(1),
        per_page: PER_PAGE,
        total: count(found.len()),
    };
    pages.page = pages.page.min(pages.last());
    let before = usize::try_from(pages.offset()).unwrap_or(usize::MAX);
    let here = found.into_iter().skip(before).take(PER_PAGE as usize);
    let rows = here
        .map(|office| row(known, office, warnings, now))
        .collect();
    let form = form(known, filter);
    let (first, more_warnings) = warnings.first(offices, MOST_WARNINGS);
    let regions = known.regions.values();
    DirectoryView {
        head: known.head(),
        lines: Vec::new(),
        rows,
        pages,
        total: count(offices.len()),
        warnings: first,
        more_warnings: count(more_warnings),
        regions: match &form {
            Some(_) if known.is_by_region() => regions
                .map(|region| (region.code.to_string(), region.name.clone()))
                .collect(),
            Some(_) | None => Vec::new(),
        },
        form,
        done: None,
    }
}

fn search<'a>(looked: &'a Looked, text: &str) -> Vec<&'a Office> {
    let wanted = words::folded(text);
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    if wanted.is_empty() {
        return looked.known.kept.offices.iter().collect();
    }
    let offices = looked.searchable();
    offices
        .filter(|(_, haystack)| wanted.iter().all(|word| haystack.contains(word)))
        .map(|(office, _)| office)
        .collect()
}

fn sort(offices: &mut [&Office], filter: &DirectoryFilter) {
    let (by, is_reversed) = filter.order();
    let key = |office: &Office| match by {
        OfficeSort::Place => String::new(),
        OfficeSort::Name => words::folded(&office.name),
        OfficeSort::Number => office.phone.to_string(),
        OfficeSort::TermEnd => detail(office, "term_end"),
    };
    offices.sort_by_cached_key(|office| (key(office), place(office)));
    if is_reversed {
        offices.reverse();
    }
}

fn place(office: &Office) -> (&str, u16, &str) {
    let region = office.region.as_ref().map_or("", |code| code.as_str());
    (region, office.position, office.id.as_str())
}

fn row(known: &Known, office: &Office, warnings: &Warnings<'_>, now: Moment) -> OfficeRow {
    OfficeRow {
        id: office.id.to_string(),
        region: region_code(office),
        region_name: region_name(known, office).to_owned(),
        position: office.position,
        name: office.name.clone(),
        title: office.title.clone(),
        numbers: office.numbers().map(|number| number.formatted()).collect(),
        term_end: detail(office, "term_end"),
        hours: detail(office, "hours"),
        is_open: is_open(office, now),
        warnings: warnings.about(office).map(str::to_owned).collect(),
    }
}

/// The form of the row that is being changed, or of one that is to be added.
fn form(known: &Known, filter: &DirectoryFilter) -> Option<OfficeForm> {
    let blank = OfficeForm {
        directory: known.id().to_string(),
        search: filter.search.clone(),
        sort: filter.sort.clone(),
        page: filter.page,
        ..OfficeForm::default()
    };
    if filter.add {
        return Some(OfficeForm {
            title: usual_title(known.id()).to_owned(),
            ..blank
        });
    }
    let office = known.office(&filter.edit)?;
    let mut further = Office::FURTHER.map(|key| {
        let text = detail(office, key);
        PhoneNumber::parse(&text).map_or(text, |number| number.formatted())
    });
    Some(OfficeForm {
        office: office.id.to_string(),
        version: known.version(office),
        id: office.id.to_string(),
        region: region_code(office),
        position: office.position.to_string(),
        name: office.name.clone(),
        title: office.title.clone(),
        phone: office.phone.formatted(),
        phone_2: std::mem::take(&mut further[0]),
        phone_3: std::mem::take(&mut further[1]),
        phone_4: std::mem::take(&mut further[2]),
        term_end: detail(office, "term_end"),
        hours: detail(office, "hours"),
        time_zone: detail(office, "time_zone"),
        hours_2: detail(office, "hours_2"),
        time_zone_2: detail(office, "time_zone_2"),
        hours_3: detail(office, "hours_3"),
        time_zone_3: detail(office, "time_zone_3"),
        hours_4: detail(office, "hours_4"),
        time_zone_4: detail(office, "time_zone_4"),
        ..blank
    })
}

fn is_open(office: &Office, now: Moment) -> Option<bool> {
    let zone = office.details.get("time_zone")?;
    let clocks = WallClocks::from([(zone.clone(), civil(zone, now)?)]);
    let hours = Hours {
        zone: zone.clone(),
        week: exchange::parse_week(office.details.get("hours")?).ok()?,
        ..Hours::default()
    };
    Some(hours.are_open(&clocks))
}

fn region_code(office: &Office) -> String {
    office
        .region
        .as_ref()
        .map_or(String::new(), ToString::to_string)
}

fn detail(office: &Office, key: &str) -> String {
    office.details.get(key).cloned().unwrap_or_default()
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
