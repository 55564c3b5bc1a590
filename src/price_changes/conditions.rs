//! How the conditions of two rates lie to each other.

use crate::catalog::conditions::{Aspect, Conditions};

/// Whether a rate with the general conditions holds wherever the special ones hold.
pub(crate) fn covers(general: &Conditions, special: &Conditions) -> bool {
    let shape = special.aspect.or_else(|| shape_of(special));
    general.processing == special.processing
        && is_open_or(&general.quality, |value| special.quality.as_ref() == Some(value))
        && is_open_or(&general.size, |value| special.size.as_ref() == Some(value))
        && is_open_or(&general.class, |value| special.class.as_ref() == Some(value))
        && is_open_or(&general.mode, |value| special.mode.as_ref() == Some(value))
        && is_open_or(&general.format, |value| special.format.as_ref() == Some(value))
        && is_open_or(&general.aspect, |value| shape == Some(*value))
        && is_open_or(&general.input_tokens_up_to, |limit| {
            special.input_tokens_up_to.is_some_and(|other| other <= *limit)
        })
}

/// Whether both can hold for the same call.
pub(crate) fn overlap(a: &Conditions, b: &Conditions) -> bool {
    let shapes = [a, b].map(|when| when.aspect.or_else(|| shape_of(when)));
    a.processing == b.processing
        && agree(&a.quality, &b.quality)
        && agree(&a.size, &b.size)
        && agree(&a.class, &b.class)
        && agree(&a.mode, &b.mode)
        && agree(&a.format, &b.format)
        && agree(&shapes[0], &shapes[1])
}

fn shape_of(when: &Conditions) -> Option<Aspect> {
    let size = when.size?;
    Some(if size.is_square() { Aspect::Square } else { Aspect::NotSquare })
}

fn is_open_or<T>(wanted: &Option<T>, holds: impl FnOnce(&T) -> bool) -> bool {
    wanted.as_ref().is_none_or(holds)
}

fn agree<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
    a.is_none() || b.is_none() || a == b
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quality(label: &str) -> Conditions {
        Conditions { quality: Some(label.into()), ..Conditions::none() }
    }

    #[test]
    fn no_condition_covers_every_one_of_its_processing() {
        assert!(covers(&Conditions::none(), &quality("high")));
        assert!(!covers(&quality("high"), &Conditions::none()));
        let batch = Conditions {
            processing: crate::catalog::conditions::Processing::Batch,
            ..Conditions::none()
        };
        assert!(!covers(&Conditions::none(), &batch), "Batch is an offer of its own");
    }

    #[test]
    fn a_size_has_a_shape() {
        let size = |text: &str| Conditions { size: text.parse().ok(), ..Conditions::none() };
        let square = Conditions { aspect: Some(Aspect::Square), ..Conditions::none() };
        assert!(covers(&square, &size("1024x1024")));
        assert!(!overlap(&square, &size("1024x1536")));
    }

    #[test]
    fn different_questions_overlap_and_different_answers_do_not() {
        let large = Conditions { class: Some("4K".into()), ..Conditions::none() };
        assert!(overlap(&quality("high"), &large) && !covers(&quality("high"), &large));
        assert!(!overlap(&quality("high"), &quality("low")));
    }
}
