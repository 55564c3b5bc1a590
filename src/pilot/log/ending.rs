//! How the attempt of a row ended: a verdict, an image without one, or an error stage.

use super::Ending;
use super::cells::Cells;
use super::columns::Field;
use crate::catalog::terms::Event;
use crate::problem::ProblemCode;
use crate::unit::Meter;

/// A row is one image: what is billed for several cannot be told apart.
pub(super) fn check_images(cells: &mut Cells, images: Option<u64>) {
    let message = match images {
        Some(0) if cells.text(Field::ErrorStage).is_empty() => "0 images, and no error stage",
        None | Some(0 | 1) => return,
        Some(_) => "more than one image in a row",
    };
    let help =
        "log each image in a row of its own; one that was not delivered names the error stage";
    cells.report(ProblemCode::BadValue, Field::Count(Meter::Images), message, help);
}

/// How the attempt ended; `None` with a problem.
pub(super) fn ending(cells: &mut Cells) -> Option<Ending> {
    let known = cells.problems.len();
    let stage = cells.one_of(Field::ErrorStage, &Event::ALL.map(|event| (event.as_str(), event)));
    let verdicts = [("accepted", Ending::Accepted), ("rejected", Ending::Rejected)];
    let verdict = cells.one_of(Field::Verdict, &verdicts);
    if cells.problems.len() > known {
        return None;
    }
    match (stage, verdict) {
        (Some(event), None) => Some(Ending::Undelivered(event)),
        (None, Some(verdict)) => Some(verdict),
        (None, None) if shows_image(cells) => Some(Ending::NotReviewed),
        (None, None) => {
            let help = "write accepted or rejected, or the error stage of an attempt without an image; one that is \
                        not reviewed yet has its delivered size or its file";
            cells.report(ProblemCode::BadValue, Field::Verdict, "is empty", help);
            None
        }
        (Some(event), Some(_)) => {
            let message = format!("a verdict on an attempt that ended with `{}`", event.as_str());
            let help = "an image has a verdict, and an attempt without an image an error stage";
            cells.report(ProblemCode::BadValue, Field::Verdict, &message, help);
            None
        }
    }
}

/// Whether a row says that an image came back.
fn shows_image(cells: &Cells) -> bool {
    let is_filled = |field| !cells.text(field).is_empty();
    let is_counted =
        |meter| cells.text(Field::Count(meter)).parse().is_ok_and(|count: u64| count > 0);
    [Field::DeliveredSize, Field::OutputFile].into_iter().any(is_filled)
        || [Meter::Images, Meter::ImageOutput].into_iter().any(is_counted)
}
