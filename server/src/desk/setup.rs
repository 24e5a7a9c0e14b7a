//! What admins do to set an installation up: permission first.

use async_trait::async_trait;
use desk::setup::{
    Check, CheckId, NumbersView, PointChoice, PointForm, PutBackForm, Setup, SetupView,
};
use desk::{DeskError, FieldError};

use super::ViewersDesk;
use crate::chain::chain;
use crate::numbers::{self, Bearings, Hands, NotDone};
use crate::setup::{self, Ground};
use crate::state::AppState;

#[async_trait]
impl Setup for ViewersDesk {
    async fn setup(&self) -> Result<SetupView, DeskError> {
        self.admin()?;
        let ground = Ground::of(&self.state);
        let (checks, numbers) = futures::join!(setup::all(&ground), shown(&self.state, &ground));
        let plan = ground.plan().await;
        let lines = plan
            .iter()
            .flat_map(|plan| plan.lines())
            .map(|line| PointChoice {
                id: line.id.to_string(),
                name: line.name.clone(),
            });
        Ok(SetupView {
            demonstration: self.state.config.carrier.is_demonstration(),
            checks,
            numbers,
            lines: lines.collect(),
        })
    }

    async fn check(&self, id: String) -> Result<Check, DeskError> {
        self.admin()?;
        let id = CheckId::named(&id).ok_or(DeskError::NotFound)?;
        Ok(setup::one(&Ground::of(&self.state), id).await)
    }

    async fn point_number(&self, form: PointForm) -> Result<String, DeskError> {
        let by = self.admin()?;
        let ground = Ground::of(&self.state);
        let hands = hands(&self.state, &ground, by);
        let done = numbers::point(&hands, &form).await;
        // Each number has a form of its own on the page.
        let done = done.map_err(|not_done| match not_done {
            NotDone::Field(error) => NotDone::Field(FieldError::new(
                format!("{}-{}", error.field, form.number),
                error.message,
            )),
            NotDone::Refused(_) | NotDone::Store(_) => not_done,
        });
        reread(&self.state).await;
        done.map_err(told)
    }

    async fn put_number_back(&self, form: PutBackForm) -> Result<String, DeskError> {
        let by = self.admin()?;
        let ground = Ground::of(&self.state);
        let done = numbers::put_back(&hands(&self.state, &ground, by), &form).await;
        reread(&self.state).await;
        done.map_err(told)
    }

    async fn set_application(&self) -> Result<String, DeskError> {
        let by = self.admin()?.to_owned();
        let ground = Ground::of(&self.state);
        let done = setup::set_application(&ground, &self.state.store, &by).await;
        done.map_err(told)
    }
}

/// Reads the plan again: the line's own number may have been written down, or taken away, with it.
async fn reread(state: &AppState) {
    if let Err(problem) = state.plans.refresh(&state.store).await {
        tracing::warn!(error = chain(&problem), "the plan could not be read again");
    }
}

fn hands<'a>(state: &'a AppState, ground: &'a Ground, by: &'a str) -> Hands<'a> {
    Hands {
        ground,
        store: &state.store,
        by,
    }
}

async fn shown(state: &AppState, ground: &Ground) -> NumbersView {
    let (listed, changes, plan) = futures::join!(
        numbers::of_account(ground),
        state.store.number_changes(),
        ground.plan()
    );
    let (Ok(changes), Some(plan)) = (changes, plan) else {
        return NumbersView::NotTold("The database does not tell the lines.".to_owned());
    };
    let bearings = Bearings {
        web: &state.config.web,
        plan: &plan,
    };
    match listed {
        Ok(listed) => NumbersView::Known(numbers::views(&listed, &changes, bearings)),
        Err(unasked) => NumbersView::NotTold(unasked.found()),
    }
}

fn told(not_done: NotDone) -> DeskError {
    match not_done {
        NotDone::Refused(why) => DeskError::Refused(why),
        NotDone::Field(error) => DeskError::Invalid(vec![error]),
        NotDone::Store(error) => super::failed("change a number", &error),
    }
}
