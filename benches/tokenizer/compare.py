#!/usr/bin/env python3
"""Compares imgcost's token counts with those of OpenAI's tiktoken: random strings of many scripts, every
character there is in a few surroundings, and very long repetitions.

    pip install tiktoken
    cargo build --release --example count_tokens
    python3 benches/tokenizer/compare.py o200k_base.tiktoken target/release/examples/count_tokens

`--strings N` (a million unless said otherwise) and `--seed N` choose the random strings. Where counts differ, the
first strings are printed and the exit code is 1. With `--write FILE` the random strings are stored with tiktoken's
counts instead, as lines of JSON: `--strings 3000 --write fixtures/tokens/counts.jsonl` made what the tests read.

The vocabulary is the published file; published.py says where it is found and checks it.
"""

import argparse
import itertools
import json
import random
import subprocess
import sys

import published
import strings

BATCH = 20_000
MOST_SHOWN = 20


def main():
    asked = arguments()
    encoding = published.encoding(asked.vocabulary)
    texts = itertools.islice(strings.endless(random.Random(asked.seed)), asked.strings)
    if asked.write:
        with open(asked.write, "w", encoding="ascii") as out:
            out.writelines(json.dumps([text, counted(encoding, text)]) + "\n" for text in texts)
        return
    compare(encoding, itertools.chain(texts, strings.every_character(), strings.long()), asked.program)


def arguments():
    parser = argparse.ArgumentParser(description="Compares token counts with those of tiktoken.")
    parser.add_argument("vocabulary", help="o200k_base.tiktoken, or the same as .gz")
    parser.add_argument("program", nargs="?", help="the example count_tokens, built")
    parser.add_argument("--strings", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", metavar="FILE")
    asked = parser.parse_args()
    if not asked.program and not asked.write:
        parser.error("name the program to compare, or --write")
    return asked


def counted(encoding, text):
    return len(encoding.encode_ordinary(text))


def compare(encoding, texts, program):
    done, different = 0, []
    texts = iter(texts)
    while batch := list(itertools.islice(texts, BATCH)):
        lines = "".join(json.dumps(text) + "\n" for text in batch)
        answer = subprocess.run([program], input=lines, capture_output=True, text=True, check=True)
        ours = [int(line) for line in answer.stdout.split()]
        assert len(ours) == len(batch), "one count a string"
        theirs = [counted(encoding, text) for text in batch]
        different += [row for row in zip(batch, ours, theirs) if row[1] != row[2]]
        done += len(batch)
        print(f"\r{done:,} strings compared, {len(different):,} differ", end="", file=sys.stderr)
    print(file=sys.stderr)
    for text, our_count, their_count in different[:MOST_SHOWN]:
        print(f"{json.dumps(text)[:200]}: {our_count} tokens, tiktoken {their_count}")
    sys.exit(1 if different else 0)


main()
