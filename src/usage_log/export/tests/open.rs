//! Where an export does not tell modalities apart, as older ones do not, its counts stay open; audio may bill, and is named.

use super::*;
use crate::usage_log::reply::{Cached, ReplyTokens};

const HEADER: &str = "start_time,num_model_requests,model,batch,service_tier,input_tokens,output_tokens,\
                      input_cached_tokens,input_audio_tokens,output_audio_tokens";

fn one(row: &str) -> UsageRow {
    rows(&format!("{HEADER}\n{row}\n")).remove(0)
}

fn reply(row: &UsageRow) -> (ReplyTokens, Vec<String>) {
    let Measured::Reply(reply) = &row.measured else { panic!("{:?}", row.measured) };
    let unread = reply.unread.iter().map(|it| format!("{} {}", it.key, it.value));
    (reply.tokens.tokens().expect("tokens").clone(), unread.collect())
}

#[test]
fn totals_without_modalities_are_not_split() {
    let (tokens, unread) = reply(&one("1791763200,3,gpt-image-2,FALSE,default,100,5000,20,0,0"));
    assert_eq!((tokens.input, tokens.input_split), (100, None));
    assert_eq!((tokens.cached, tokens.states_cached), (Cached::Together(20), true));
    assert_eq!((tokens.output, tokens.output_split), (5000, None));
    assert_eq!(unread, [""; 0]);
}

/// Of 100 tokens 7 are audio, and 93 are left; of the output 1 of 10 is.
#[test]
fn audio_is_named_and_taken_out_of_the_totals() {
    let (tokens, unread) = reply(&one("1791763200,3,gpt-image-2,,,100,10,0,7.0,1"));
    assert_eq!((tokens.input, tokens.output), (93, 9));
    assert_eq!(unread, ["input_audio_tokens 7.0", "output_audio_tokens 1"]);
}

#[test]
fn what_was_not_grouped_by_tier_or_batch_is_not_said_to_be_standard() {
    let of = |batch: &str, tier: &str| {
        one(&format!("1791763200,3,gpt-image-2,{batch},{tier},0,0,0,0,0")).processing
    };
    assert_eq!(of("FALSE", "default"), Some(Processing::Standard));
    assert_eq!(of("TRUE", "default"), Some(Processing::Batch));
    assert_eq!(of("TRUE", ""), Some(Processing::Batch));
    assert_eq!(of("FALSE", "flex"), Some(Processing::Flex));
    assert_eq!(of("FALSE", ""), None);
    assert_eq!(of("", "default"), None, "a Batch is served at the standard tier");
    assert_eq!(of("", ""), None);
}

#[test]
fn what_is_wrong_is_told_with_its_line_and_column_all_at_once() {
    let row = "2026-10-12,3.5,gpt-image-2,yes,turbo,ten,5,-1,0,0";
    let problems = problems(&format!("{HEADER}\n1791763200,1,m,,,0,0,0,0,0\n{row}\n"));
    let told: Vec<&str> = problems.iter().map(String::as_str).collect();
    assert_eq!(
        told,
        [
            "f:3:1: row 3, column `start_time`: `2026-10-12` is not a time that is known [bad-date]",
            "f:3:12: row 3, column `num_model_requests`: `3.5` is not a whole number, from 0 up [bad-value]",
            "f:3:28: row 3, column `batch`: `yes` is neither true nor false [unknown-word]",
            "f:3:32: row 3, column `service_tier`: is `turbo`, a tier for which tables have no word [unknown-word]",
            "f:3:38: row 3, column `input_tokens`: `ten` is not a whole number, from 0 up [bad-value]",
            "f:3:44: row 3, column `input_cached_tokens`: `-1` is not a whole number, from 0 up [bad-value]",
        ]
    );
}
