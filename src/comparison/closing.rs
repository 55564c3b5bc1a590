//! The closing words: which comparable route is the cheapest, and what is given up by it.

use std::collections::BTreeSet;

use super::{Comparison, Row, Work};
use crate::catalog::owner::OwnerKind;
use crate::catalog::readiness;
use crate::catalog::route::Honoured;
use crate::figure::Certainty;

/// A sentence for each piece of work.
pub fn closing_words(comparison: &Comparison, amount: impl Fn(&Row) -> String) -> Vec<String> {
    let several = comparison.works.len() > 1;
    let about = |work: &Work| if several { format!("{}: ", in_words(work)) } else { String::new() };
    let words = |work: &Work| format!("{}{}", about(work), sentence(comparison, work, &amount));
    comparison.works.iter().map(words).collect()
}

fn in_words(work: &Work) -> String {
    let parts = [Some(&work.model), work.size.as_ref(), work.quality.as_ref()];
    parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")
}

fn sentence(comparison: &Comparison, work: &Work, amount: &impl Fn(&Row) -> String) -> String {
    let comparable =
        comparison.rows.iter().filter(|row| row.work == *work && row.section.is_comparable());
    let cheapest = comparable
        .filter_map(|row| Some((row.cost()?.high()?, row)))
        .min_by_key(|(high, row)| (*high, row.route.id.clone()));
    let Some((_, row)) = cheapest else {
        return "No route is comparable: none honours the request at a price that is fully known."
            .into();
    };
    let cost = amount(row);
    let (owner, id) = (&row.route.owner_name, &row.route.id);
    let up_to = match row.cost().map(crate::figure::Figure::certainty) {
        Some(Certainty::Range) => " (by the most that it can cost)",
        _ => "",
    };
    let given_up = given_up(row);
    let given_up = match given_up[..] {
        [] => "nothing that the tables know of is given up".to_owned(),
        _ => format!("given up or not known: {}", given_up.join("; ")),
    };
    format!(
        "The cheapest comparable route is {owner} ({id}) at {cost} an accepted image{up_to}; {given_up}."
    )
}

/// What a buyer of this route does without, as against a route that states everything.
fn given_up(row: &Row) -> Vec<String> {
    let route = &row.route;
    let mut words = Vec::new();
    if route.id.kind != OwnerKind::Official {
        words.push("it is not the model maker's own contract".to_owned());
    }
    let honoured = [("size", route.size_honoured), ("quality", route.quality_honoured)];
    for (what, answer) in honoured {
        if answer == Honoured::NotStated {
            words.push(format!("whether the {what} is honoured is not stated"));
        }
    }
    let missing = readiness::missing(route);
    if !missing.is_empty() {
        words.push(format!("not stated: {}", missing.join(", ")));
    }
    words.extend(route.risks.iter().cloned().collect::<BTreeSet<_>>());
    words
}
