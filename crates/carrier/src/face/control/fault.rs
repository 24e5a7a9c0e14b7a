//! Faults: on demand, at random, and how often they struck.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;

use super::Refused;
use super::fields::Fields;
use crate::face::carrier::Carrier;
use crate::face::faults::{Fault, FaultPlan, FaultsView};

pub(super) async fn shown(State(carrier): State<Carrier>) -> Json<FaultsView> {
    Json(carrier.faults())
}

/// Lets one strike on its next occasions.
pub(super) async fn order(
    State(carrier): State<Carrier>,
    body: Bytes,
) -> Result<Json<FaultsView>, Refused> {
    let mut fields = Fields::read(&body)?;
    let word = fields.required("fault")?;
    let times = fields.number("times")?.unwrap_or(1);
    fields.end()?;
    carrier.order_fault(named("fault", &word)?, times);
    Ok(Json(carrier.faults()))
}

/// Decides anew what goes wrong at random.
pub(super) async fn plan(
    State(carrier): State<Carrier>,
    body: Bytes,
) -> Result<Json<FaultsView>, Refused> {
    let mut fields = Fields::read(&body)?;
    let shares: BTreeMap<String, u16> = fields
        .value("per_mille", "an object of whole numbers")?
        .unwrap_or_default();
    let usual = FaultPlan::default();
    let mut plan = FaultPlan {
        per_mille: BTreeMap::new(),
        late_ms: fields.number("late_ms")?.unwrap_or(usual.late_ms),
        slow_ms: fields.number("slow_ms")?.unwrap_or(usual.slow_ms),
    };
    fields.end()?;
    for (word, share) in shares {
        let field = format!("per_mille.{word}");
        let fault = named(&field, &word)?;
        if share > 1000 {
            return Err(Refused::field(field, "is more than 1000"));
        }
        plan.per_mille.insert(fault, share);
    }
    carrier.set_fault_plan(plan);
    Ok(Json(carrier.faults()))
}

fn named(field: &str, word: &str) -> Result<Fault, Refused> {
    Fault::named(word).ok_or_else(|| {
        let words = Fault::ALL.map(Fault::word).join(", ");
        Refused::field(field, format!("is none of {words}"))
    })
}
