//! A draft tried: in the page by its keys, and from a pretend telephone.

use desk::menus::{Awaits, PhoneTrialForm, SceneView, TrialView};
use desk::{DeskError, PlaceCallForm, SAMPLE_CALLERS};
use exchange::menu::{Press, Rehearsal, Scene, Stands, rehearse};
use exchange::{DialRules, Language, Line, LineId, LineKind, Menu, PlanEdit, Speech};

use super::live::checked;
use super::{Known, TRIES, broken, line_view, refuse, too_busy, write};
use crate::state::AppState;

/// The most that is done in one trial: no call asks more questions than it has left by then.
const MOST_PRESSES: usize = 60;

/// The line on which a menu is tried that no line uses.
const NOBODYS: &str = "trial";

/// What the draft does when these things are done.
pub(crate) async fn rehearsal(
    state: &AppState,
    id: &str,
    line: &str,
    done: &[String],
) -> Result<TrialView, DeskError> {
    let known = Known::read(state, id).await?;
    let draft = known
        .draft()
        .menu(&known.id, 0)
        .ok_or(DeskError::Internal)?;
    let presses: Vec<Press> = done
        .iter()
        .take(MOST_PRESSES)
        .filter_map(|word| Press::parse(word))
        .collect();
    let own = known.lines().find(|own| own.id.as_str() == line);
    let own = own.or_else(|| known.lines().next()).cloned();
    let shown = own
        .as_ref()
        .map_or_else(String::new, |own| own.id.to_string());
    let own = match own {
        Some(own) => own,
        None => nobodys(&draft)?,
    };
    let id = own.id.clone();
    let plan = known.plan.as_ref().clone().trying(own, draft.clone());
    let tried = rehearse(&plan, &id, 0, &presses).ok_or(DeskError::Internal)?;
    let line_name = |id: &LineId| {
        plan.line(id)
            .map_or(id.to_string(), |line| line.name.clone())
    };
    let lines = known.lines().map(line_view).collect();
    Ok(TrialView {
        lines,
        ..view(tried, shown, &draft, &line_name)
    })
}

/// A line for a menu that has none: it speaks the first language in which callers are greeted.
fn nobodys(draft: &Menu) -> Result<Line, DeskError> {
    let start = draft.nodes.get(&draft.root);
    let language = start.and_then(|node| node.prompt.keys().next().copied());
    Ok(Line {
        id: LineId::parse(NOBODYS).map_err(|_| DeskError::Internal)?,
        name: "a line that uses it".to_owned(),
        number: None,
        language: language.unwrap_or(Language::English),
        voice: None,
        kind: LineKind::Menu {
            menu: draft.id.clone(),
        },
        person: None,
        dial: DialRules::default(),
        hours: None,
    })
}

fn view(
    tried: Rehearsal,
    line: String,
    draft: &Menu,
    line_name: &impl Fn(&LineId) -> String,
) -> TrialView {
    let (stands, place, awaits) = match &tried.stands {
        Stands::Asked {
            place,
            is_list,
            most,
        } => {
            let id = place.as_ref();
            let node = id.and_then(|id| Some((id, draft.nodes.get(id)?)));
            let title = node.map_or_else(String::new, |(id, node)| node.title(id).to_owned());
            let at = if *is_list {
                format!("In a list of {title}.")
            } else if node.is_some() {
                format!("At {title}.")
            } else {
                "In the menu of another line.".to_owned()
            };
            let awaits = if *most > 1 { Awaits::Keys } else { Awaits::Key };
            let id = node.map_or_else(String::new, |(id, _)| id.to_string());
            (at, id, awaits)
        }
        Stands::Rings { name } => (
            format!("{name} is being called."),
            String::new(),
            Awaits::Answer,
        ),
        Stands::Left { line } => (
            format!("On the line {}. The trial ends here.", line_name(line)),
            String::new(),
            Awaits::Nothing,
        ),
        Stands::Over { how } => (
            format!("The call is over. {}.", how.sentence()),
            String::new(),
            Awaits::Nothing,
        ),
    };
    TrialView {
        line,
        lines: Vec::new(),
        scenes: tried.scenes.into_iter().map(scene).collect(),
        stands,
        place,
        awaits,
    }
}

fn scene(scene: Scene) -> SceneView {
    let did = match &scene.did {
        None => String::new(),
        Some(Press::Keys(keys)) => format!("Pressed {keys}"),
        Some(Press::Nothing) => "Pressed nothing".to_owned(),
        Some(Press::Talks) => "They talked, and hung up".to_owned(),
        Some(Press::NoAnswer) => "Nobody answered".to_owned(),
        Some(Press::Busy) => "The number was busy".to_owned(),
    };
    SceneView {
        did,
        said: scene.said.iter().map(Speech::plain).collect(),
        lines: scene.lines,
    }
}

/// Calls a line from a pretend telephone that is led through the draft, and gives the telephone's id.
pub(crate) async fn call(
    state: &AppState,
    by: &str,
    form: &PhoneTrialForm,
) -> Result<String, DeskError> {
    let phones = state.phones.as_ref().ok_or(DeskError::NotFound)?;
    for _ in 0..TRIES {
        let known = Known::read(state, &form.menu).await?;
        let line = known.lines().find(|line| line.id.as_str() == form.line);
        let Some(line) = line.filter(|line| line.number.is_some()) else {
            return refuse("Choose a line of this menu that has a number.");
        };
        let line = line.id.clone();
        let mut menu = checked(&known, &known.draft())?;
        let trial = state.store.next_menu_trial(&known.id).await;
        menu.version = trial.map_err(|error| broken("number a trial of a menu", &error))?;
        let (number, audit) = (
            menu.version,
            format!("Tries a draft of the menu {}.", menu.name),
        );
        let edit = PlanEdit::TryMenu {
            menu: Box::new(menu),
        };
        if write(state, &known, edit, (by, &audit)).await? {
            let caller = PlaceCallForm {
                line: line.to_string(),
                ..SAMPLE_CALLERS[0].form()
            };
            let entry = state.urls.trial(&line, number);
            return phones.place_call_asking(state, &caller, Some(entry));
        }
    }
    Err(too_busy())
}
