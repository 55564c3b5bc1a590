//! Names and files as people have them: an owner before a model or in the place of a route, half a name, a byte order
//! mark, an image that is not there.

use crate::common::cli::{estimate, estimate_stdin};

#[test]
fn an_owner_before_a_model_names_the_route_of_that_owner() {
    // BerriAI/litellm issue 13209: `azure/gpt-image-1` was logged at 0.
    let run = estimate(&["--model", "azure/gpt-image-2"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    let help = "use --model gpt-image-2 with --route provider/microsoft/gpt-image-2";
    assert!(run.stderr.contains(help), "{}", run.stderr);
    assert_eq!(estimate(&["--route", "provider/microsoft/gpt-image-2"]).code, 0, "the cure works");
}

#[test]
fn an_owner_that_does_not_sell_a_model_is_not_made_up() {
    let run = estimate(&["--model", "nobody/gpt-image-2"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("`imgcost routes --model gpt-image-2` lists"), "{}", run.stderr);
}

#[test]
fn a_generation_alone_names_its_models_and_no_other() {
    for (name, near) in [
        ("gpt-image-2.5", "`gpt-image-2.5-flare`, `gpt-image-2.5-sunburst`"),
        ("gpt-image-2.6", "`gpt-image-2.6-flare`, `gpt-image-2.6-sunburst`"),
    ] {
        let run = estimate(&["--model", name]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.trim_end().ends_with(near), "{}", run.stderr);
    }
}

#[test]
fn an_owner_in_the_place_of_a_route_names_its_routes_of_the_model() {
    for (args, first) in [
        (&["--route", "replicate"][..], "did you mean `provider/replicate/gpt-image-2`"),
        (&["--route", "provider/replicate"], "did you mean `provider/replicate/gpt-image-2`"),
        // The API, and no plan of ChatGPT.
        (&["--route", "openai"], "did you mean `official/openai/gpt-image-2`"),
        (
            &["--route", "openai", "--model", "gpt-image-2.6-flare"],
            "did you mean `official/openai/gpt-image-2.6-flare`",
        ),
        (
            &["--route", "replicate/gpt-image-2.5"],
            "did you mean `provider/replicate/gpt-image-2.5-flare` or `provider/replicate/gpt-image-2.5-sunburst`?",
        ),
    ] {
        let run = estimate(args);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains(first), "{args:?}: {}", run.stderr);
        assert!(!run.stderr.contains("chatgpt"), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_prompt() {
    let args = ["--prompt-file", "-", "--format", "csv"];
    let plain = estimate_stdin(&args, "a red fox in the snow");
    let marked = estimate_stdin(&args, "\u{feff}a red fox in the snow");
    assert_eq!(plain.code, 0, "{}", plain.stderr);
    assert_eq!(plain.stdout, marked.stdout);
}

#[test]
fn an_image_that_is_not_there_can_be_given_by_its_size() {
    let run = estimate(&["--input-image", "photo.png"]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("the size in place of the file is enough"), "{}", run.stderr);
}
