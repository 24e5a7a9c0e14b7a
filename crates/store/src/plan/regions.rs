//! Regions, ZIP codes and area codes, as rows.

use exchange::{AreaCode, PlanRows, Region, RegionCode, Zip, ZipRange, ZipSpan};
use serde_json::Value;
use sqlx::AnyConnection;

use super::{optional, text};
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json, to_json, unreadable};

const WHAT: &str = "a region";

pub(super) async fn insert(tx: &mut Write<'_>, rows: &PlanRows) -> Result<(), Error> {
    for region in &rows.regions {
        insert_region(tx, region).await?;
    }
    for range in &rows.zip_ranges {
        insert_zip_range(tx, range).await?;
    }
    for span in &rows.zip_spans {
        insert_zip_span(tx, span).await?;
    }
    for area_code in &rows.area_codes {
        insert_area_code(tx, area_code).await?;
    }
    Ok(())
}

pub(super) async fn all(connection: &mut AnyConnection) -> Result<Vec<Region>, Error> {
    sqlx::query(
        "
        select code, name, kind, country, action, time_zone
        from regions
        order by code
        ",
    )
    .fetch_all(connection)
    .await
    .doing("read the regions")?
    .iter()
    .map(|row| {
        let action = Value::from(text(row, "action")?);
        Ok(Region {
            code: read_code(text(row, "code")?)?,
            name: text(row, "name")?.to_owned(),
            kind: text(row, "kind")?.to_owned(),
            country: text(row, "country")?.to_owned(),
            action: serde_json::from_value(action).map_err(|error| unreadable(WHAT, error))?,
            time_zone: optional(row, "time_zone")?.map(str::to_owned),
        })
    })
    .collect()
}

async fn insert_region(tx: &mut Write<'_>, region: &Region) -> Result<(), Error> {
    sqlx::query(
        "
        insert into regions (code, name, kind, country, action, time_zone)
        values ($1, $2, $3, $4, $5, $6)
        ",
    )
    .bind(region.code.as_str())
    .bind(region.name.as_str())
    .bind(region.kind.as_str())
    .bind(region.country.as_str())
    .bind(to_json(&region.action, WHAT)?.trim_matches('"'))
    .bind(region.time_zone.as_deref())
    .execute(&mut **tx)
    .await
    .doing("write a region")
    .map(|_| ())
}

pub(super) async fn all_zip_ranges(connection: &mut AnyConnection) -> Result<Vec<ZipRange>, Error> {
    sqlx::query(
        "
        select first_zip, last_zip, region
        from zip_ranges
        order by first_zip, last_zip, region
        ",
    )
    .fetch_all(connection)
    .await
    .doing("read the ZIP ranges")?
    .iter()
    .map(|row| {
        Ok(ZipRange {
            first: read_zip(text(row, "first_zip")?)?,
            last: read_zip(text(row, "last_zip")?)?,
            region: read_code(text(row, "region")?)?,
        })
    })
    .collect()
}

async fn insert_zip_range(tx: &mut Write<'_>, range: &ZipRange) -> Result<(), Error> {
    sqlx::query(
        "
        insert into zip_ranges (first_zip, last_zip, region)
        values ($1, $2, $3)
        ",
    )
    .bind(range.first.as_str())
    .bind(range.last.as_str())
    .bind(range.region.as_str())
    .execute(&mut **tx)
    .await
    .doing("write a ZIP range")
    .map(|_| ())
}

pub(super) async fn all_zip_spans(connection: &mut AnyConnection) -> Result<Vec<ZipSpan>, Error> {
    sqlx::query(
        "
        select zip, region, others, other_share
        from zip_spans
        order by zip
        ",
    )
    .fetch_all(connection)
    .await
    .doing("read the ZIP codes of several regions")?
    .iter()
    .map(|row| {
        Ok(ZipSpan {
            zip: read_zip(text(row, "zip")?)?,
            region: read_code(text(row, "region")?)?,
            others: from_json(text(row, "others")?, "a ZIP code's regions")?,
            other_share: text(row, "other_share")?
                .parse()
                .map_err(|error| unreadable("a ZIP code's share", error))?,
        })
    })
    .collect()
}

async fn insert_zip_span(tx: &mut Write<'_>, span: &ZipSpan) -> Result<(), Error> {
    sqlx::query(
        "
        insert into zip_spans (zip, region, others, other_share)
        values ($1, $2, $3, $4)
        ",
    )
    .bind(span.zip.as_str())
    .bind(span.region.as_str())
    .bind(to_json(&span.others, "a ZIP code's regions")?)
    .bind(span.other_share.to_string())
    .execute(&mut **tx)
    .await
    .doing("write a ZIP code of several regions")
    .map(|_| ())
}

pub(super) async fn all_area_codes(connection: &mut AnyConnection) -> Result<Vec<AreaCode>, Error> {
    sqlx::query(
        "
        select code, region, country
        from area_codes
        order by code, region
        ",
    )
    .fetch_all(connection)
    .await
    .doing("read the area codes")?
    .iter()
    .map(|row| {
        Ok(AreaCode {
            code: text(row, "code")?.to_owned(),
            region: read_code(text(row, "region")?)?,
            country: text(row, "country")?.to_owned(),
        })
    })
    .collect()
}

async fn insert_area_code(tx: &mut Write<'_>, area_code: &AreaCode) -> Result<(), Error> {
    sqlx::query(
        "
        insert into area_codes (code, region, country)
        values ($1, $2, $3)
        ",
    )
    .bind(area_code.code.as_str())
    .bind(area_code.region.as_str())
    .bind(area_code.country.as_str())
    .execute(&mut **tx)
    .await
    .doing("write an area code")
    .map(|_| ())
}

pub(super) fn read_code(text: &str) -> Result<RegionCode, Error> {
    RegionCode::parse(text).map_err(|error| unreadable(WHAT, error))
}

fn read_zip(text: &str) -> Result<Zip, Error> {
    Zip::parse(text).ok_or_else(|| unreadable("a ZIP code", text))
}
