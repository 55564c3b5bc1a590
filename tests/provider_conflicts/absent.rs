//! What must not be loaded, each with why; and what stands for a price that nobody can be held to.

use imgcost::catalog::dated::in_force;
use imgcost::catalog::evidence::Confidence;
use imgcost::catalog::route::Status;

use crate::common::{TODAY, day, dec};
use crate::{ROUTES, note, route, version};

#[test]
fn what_must_not_be_loaded_is_absent() {
    let absent = [
        ("myrouter", "$21.00 a request is implausible, probably mis-scaled"),
        ("segmind", "'~$5' of an unclear unit, and about $0.1 for a workflow"),
        ("modeldatabase", "its gpt-5.4-image-2 is another model"),
        ("together", "no price and no term of this model was found"),
        ("eden-ai", "no price and no term of this model was found"),
        ("goenhance", "no price and no term of this model was found"),
        ("fastrouter", "no price and no term of this model was found"),
        ("llmtr", "a fee on top-ups, and no route of an image model"),
        ("cloudsigma", "a fee on top-ups, and no route of an image model"),
        ("requesty", "a fee on usage, and no route of an image model"),
        ("litellm", "its operator's markup on another owner's price: it owns none"),
        ("portkey", "estimates of Azure's token price are no price"),
    ];
    for route in ROUTES.iter() {
        let why = absent.iter().find(|(owner, _)| *owner == route.id.owner);
        assert_eq!(why, None, "{}", route.id);
    }
}

#[test]
fn skytells_absurd_base_is_absent() {
    let table = route("provider/skytells/gpt-image-2");
    for rate in &version(&table).rates {
        // $0.02 a token would be 20,000 per 1M.
        assert!(rate.price <= dec("32"), "{} at {}", rate.meter, rate.price);
    }
    assert!(note("provider/skytells/gpt-image-2").contains("absurd"));
}

#[test]
fn synapse_gardens_example_without_a_quality_is_absent() {
    let table = route("provider/synapse-garden/gpt-image-2");
    assert_eq!(table.published_estimates, None, "0.0440 names no quality, so that it fits no cell");
    assert!(note("provider/synapse-garden/gpt-image-2").contains("0.0440"));
}

#[test]
fn low_confidence_is_quoted_and_everything_else_is_not() {
    for route in ROUTES.iter() {
        let Ok(version) = in_force(&route.versions, day(TODAY)) else { continue };
        let low = version.evidence.confidence == Confidence::Low;
        let status = route.status_on(day(TODAY));
        assert_eq!(status == Status::Quoted, low && route.status == Status::Priced, "{}", route.id);
    }
}
