//! Lines whose menus only lead to each other: a line that is saved may not close such a circle.

use std::collections::BTreeSet;

use exchange::menu::{Draft, What, check};
use exchange::{Plan, PlanRows};

/// A line that callers would only be led round to, by the plan as it is to be and not by the plan as it was.
pub(super) fn closed(was: PlanRows, plan: &Plan) -> Option<String> {
    let known = Plan::new(was).map(|was| circles(&was)).unwrap_or_default();
    circles(plan).difference(&known).next().cloned()
}

/// The names of lines that lead round, among those that live menus lead to.
fn circles(plan: &Plan) -> BTreeSet<String> {
    let faults = plan
        .menus()
        .flat_map(|menu| check(&menu.id, &Draft::of(menu), plan));
    faults.filter_map(|fault| round(fault.what)).collect()
}

fn round(what: What) -> Option<String> {
    if let What::CircleOfLines { line } = what {
        Some(line)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use exchange::menu::{Choice, Destination, Menu, Node};
    use exchange::{LineId, LineKind, MenuId, NodeId};

    use super::*;

    /// The seeds with a menu that leads to the planets' line and nowhere else.
    fn rows() -> PlanRows {
        let mut rows = crate::seeds::rows().expect("the seeds");
        let root = NodeId::parse("start").expect("an id");
        let languages = exchange::Language::ALL.iter();
        let choice = Choice {
            label: "Home".to_owned(),
            to: Destination::Line {
                line: LineId::parse("planets").expect("an id"),
            },
        };
        rows.menus.push(Menu {
            id: MenuId::parse("round").expect("an id"),
            name: "Round".to_owned(),
            root: root.clone(),
            nodes: BTreeMap::from([(
                root,
                Node {
                    name: String::new(),
                    prompt: languages.map(|at| (*at, "Press 1.".to_owned())).collect(),
                    choices: BTreeMap::from([('1', choice)]),
                },
            )]),
            version: 1,
        });
        rows
    }

    #[test]
    fn a_line_that_takes_a_menu_which_only_leads_back_to_it_closes_a_circle() {
        let was = rows();
        let mut rows = rows();
        let planets = rows.lines.iter_mut();
        let planets = planets
            .into_iter()
            .find(|line| line.id.as_str() == "planets");
        let planets = planets.expect("the line");
        planets.kind = LineKind::Menu {
            menu: MenuId::parse("round").expect("an id"),
        };
        let name = planets.name.clone();
        let next = Plan::new(rows.clone()).expect("a plan");

        assert_eq!(closed(was.clone(), &next), Some(name));
        let same = Plan::new(was.clone()).expect("a plan");
        assert_eq!(closed(was, &same), None);
        assert_eq!(
            closed(rows, &next),
            None,
            "an old circle is not this line's"
        );
    }
}
