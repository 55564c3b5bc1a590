#!/usr/bin/env python3
"""The same projection by imgcost and by Polars, side by side: 1,000 workloads × 60 months as CSV, CPU time of each.

    cargo build --release
    pip install polars                               # in a virtual environment
    python3 benches/against_polars.py

Polars gets the prices ready-made, computes in floats and writes the columns that imgcost writes by default. Both are
whole processes and take turns; the figure is the median of user and system time of each. Exit code 1 if imgcost takes
more, or if the two disagree on the cost of all months by more than a cent in ten thousand dollars.
"""

import csv
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = pathlib.Path(os.environ.get("IMGCOST", REPOSITORY / "target/release/imgcost"))
WORKLOADS, MONTHS, RUNS = 1000, 60, 7
# gpt-image-2 at 1024x1536: output tokens by the rule of the model, dollars per token (official/openai/gpt-image-2).
TOKENS = {"low": 158, "medium": 1372, "high": 5488}

POLARS = """
import sys
import polars as pl

workloads = pl.read_csv(sys.argv[1])
months = pl.DataFrame({"index": range(%d)}).with_columns(
    (pl.date(2027, 1, 1).dt.offset_by(pl.col("index").cast(pl.String) + "mo")).dt.strftime("%%Y-%%m").alias("month"),
    (pl.col("index") %% 12 // 3 + 1).alias("fiscal_quarter"),
)
attempts = 1 / (0.70 * 0.98)
image = pl.col("tokens") * 30e-6
prompt = (pl.col("prompt_tokens") + 6) * 5e-6
rows = workloads.join(months, how="cross").sort("index", maintain_order=True).with_columns(
    (pl.col("first") * 1.03 ** pl.col("index")).round().alias("wanted_images"),
).with_columns(
    pl.col("wanted_images").alias("accepted_images"),
    (pl.col("wanted_images") * attempts).alias("attempts"),
).with_columns(
    (pl.col("attempts") * 0.98 * (image + prompt)).alias("cost_low_usd"),
    (pl.col("attempts") * (image + prompt)).alias("cost_high_usd"),
)
rows.select(
    "month", "fiscal_quarter", "workload",
    pl.lit("official/openai/gpt-image-2").alias("route"), pl.lit("openai").alias("owner"),
    pl.lit("official").alias("owner_kind"), pl.lit("gpt-image-2").alias("model"),
    "wanted_images", "accepted_images", "attempts", "cost_low_usd",
    pl.lit(None).cast(pl.Float64).alias("cost_expected_usd"), "cost_high_usd",
    pl.lit("range").alias("certainty"), pl.lit("assumed").alias("price_basis"),
    pl.lit("who pays for a failed attempt is not stated by the price owner").alias("reason"),
    pl.lit("2026-11-21").alias("as_of"), pl.lit("0" * 64).alias("catalog_digest"),
).write_csv(sys.argv[2])
""" % MONTHS


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        workloads = [
            (f"workload {index}", ["low", "medium", "high"][index % 3], 40 + index % 50, 1000 + index)
            for index in range(WORKLOADS)
        ]
        write_inputs(folder, workloads)
        ours = [PROGRAM, "budget", "forecast", "budget.yaml", "--as-of", "2026-11-21", "--output", "ours.csv", "--force"]
        theirs = [sys.executable, "-c", POLARS, "workloads.csv", "theirs.csv"]
        taken = {"imgcost": [], "Polars": []}
        for _ in range(RUNS):
            taken["imgcost"].append(cpu_seconds(ours, folder))
            taken["Polars"].append(cpu_seconds(theirs, folder))
        medians = {name: statistics.median(times) for name, times in taken.items()}
        for name, seconds in medians.items():
            print(f"{name:<8} {seconds:.2f} CPU s")
        sums = [total(folder / name) for name in ("ours.csv", "theirs.csv")]
        print(f"high cost of all months: {sums[0]:.2f} and {sums[1]:.2f} US dollars")
        agree = abs(sums[0] - sums[1]) <= max(sums) / 1_000_000
        sys.exit(0 if agree and medians["imgcost"] <= medians["Polars"] else 1)


def write_inputs(folder, workloads):
    rows = [f"start: 2027-01\nmonths: {MONTHS}\nworkloads:"]
    for name, quality, prompt_tokens, first in workloads:
        rows.append(f"  - name: {name}")
        rows.append(f"    request: {{size: 1024x1536, quality: {quality}, prompt_tokens: {prompt_tokens}}}")
        rows.append(f'    accepted_images: {first}\n    growth: "3%"')
        rows.append('    attempts: {acceptance: "70%", failure_rate: "2%"}')
    (folder / "budget.yaml").write_text("\n".join(rows) + "\n")
    lines = ["workload,tokens,prompt_tokens,first"]
    lines += [f"{name},{TOKENS[quality]},{tokens},{first}" for name, quality, tokens, first in workloads]
    (folder / "workloads.csv").write_text("\n".join(lines) + "\n")


def cpu_seconds(command, folder):
    before = os.times()
    ended = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    after = os.times()
    if not ended.returncode == 0:
        sys.exit(f"{command[0]} ended with {ended.returncode}: {ended.stderr[-400:]}")
    return (after.children_user - before.children_user) + (after.children_system - before.children_system)


def total(path):
    with path.open() as rows:
        return sum(float(row["cost_high_usd"]) for row in csv.DictReader(rows))


main()
