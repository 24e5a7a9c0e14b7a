//! One directory as a table: searched, sorted, a page of it, and the row that is being changed.

use std::cmp::Ordering;

use desk::DeskError;
use desk::directory::{DirectoryFilter, DirectoryView, OfficeForm, OfficeRow, OfficeSort, Pages};
use exchange::{Hours, Moment, Office, PhoneNumber, WallClocks};
use store::PlanVersion;

use super::history::view_of;
use super::list::lines;
use super::warnings::Warnings;
use super::{Known, broken, known, words};
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
    let known = known(state, id).await?;
    let visits = state.store.latest_visits(LATEST_CALLS).await;
    let visits = visits.map_err(|error| broken("read the latest calls", &error))?;
    let done = match filter.done {
        0 => None,
        version => view_of(state, &known, PlanVersion(version)).await?,
    };
    let (_, plan) = state.plans.current();
    let mut view = view(
        &known,
        filter,
        &Warnings::of(&known, &plan, &visits),
        state.clock.now(),
    );
    view.lines = lines(&plan, known.id());
    view.done = done;
    Ok(view)
}

fn view(
    known: &Known,
    filter: &DirectoryFilter,
    warnings: &Warnings,
    now: Moment,
) -> DirectoryView {
    let offices = &known.kept.offices;
    let mut found = search(known, &filter.search);
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
    let mut all = warnings.all(offices);
    let more_warnings = count(all.len().saturating_sub(MOST_WARNINGS));
    all.truncate(MOST_WARNINGS);
    let regions = known.regions.values();
    DirectoryView {
        head: known.head(),
        lines: Vec::new(),
        rows,
        pages,
        total: count(offices.len()),
        warnings: all,
        more_warnings,
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

fn search<'a>(known: &'a Known, text: &str) -> Vec<&'a Office> {
    let wanted = words::folded(text);
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    let offices = known.kept.offices.iter();
    if wanted.is_empty() {
        return offices.collect();
    }
    offices
        .filter(|office| {
            let haystack = words::haystack(office, region_name(known, office));
            wanted.iter().all(|word| haystack.contains(word))
        })
        .collect()
}

fn sort(offices: &mut [&Office], filter: &DirectoryFilter) {
    let (by, is_reversed) = filter.order();
    let term_end = |office: &Office| office.details.get("term_end").cloned();
    let order = |a: &Office, b: &Office| match by {
        OfficeSort::Place => Ordering::Equal,
        OfficeSort::Name => words::folded(&a.name).cmp(&words::folded(&b.name)),
        OfficeSort::Number => a.phone.cmp(&b.phone),
        OfficeSort::TermEnd => term_end(a).cmp(&term_end(b)),
    };
    offices.sort_by(|a, b| {
        let order = order(a, b).then_with(|| place(a).cmp(&place(b)));
        if is_reversed { order.reverse() } else { order }
    });
}

fn place(office: &Office) -> (&str, u16, &str) {
    let region = office.region.as_ref().map_or("", |code| code.as_str());
    (region, office.position, office.id.as_str())
}

fn row(known: &Known, office: &Office, warnings: &Warnings, now: Moment) -> OfficeRow {
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
        warnings: warnings
            .offices
            .get(&office.id)
            .cloned()
            .unwrap_or_default(),
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

fn region_name<'a>(known: &'a Known, office: &Office) -> &'a str {
    let region = office.region.as_ref();
    region
        .and_then(|code| known.regions.get(code))
        .map_or("", |region| region.name.as_str())
}

fn detail(office: &Office, key: &str) -> String {
    office.details.get(key).cloned().unwrap_or_default()
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
