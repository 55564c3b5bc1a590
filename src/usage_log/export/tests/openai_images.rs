//! Counts of images alone.

use super::*;

const IMAGES: &str = include_str!("../../../../fixtures/usage/openai-images.json");

/// 80 images of 40 requests, of one size and no quality; what an edit reads is not counted and billed.
#[test]
fn it_has_images_and_sizes_and_no_tokens() {
    let found = found(IMAGES);
    let row = |at: usize| match &found[at].found {
        Ok(Found::Row(row)) => row,
        other => panic!("{other:?}"),
    };
    assert_eq!((row(0).images, row(0).requests), (Some(80), 40));
    assert_eq!(row(0).labels.size.as_deref(), Some("1024x1536"));
    assert!(matches!(&row(0).measured, Measured::Counts(counts) if counts.are_silent()));
    let Measured::Reply(edit) = &row(1).measured else { panic!("an edit bills its images") };
    assert_eq!((edit.unread[0].key.as_str(), &*edit.unread[0].value), ("source", "image.edit"));
    assert!(matches!(found[3].found, Ok(Found::NoUsage)));
}

#[test]
fn usage_of_another_kind_in_the_same_page_is_not_taken_for_images() {
    let told = problems(IMAGES);
    assert_eq!(told.len(), 1);
    let place =
        "f:11:20: `object` is `organization.usage.completions.result`: usage of another kind";
    assert!(told[0].starts_with(place), "{told:?}");
}
