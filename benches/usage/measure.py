"""Measures `imgcost usage cost` against DuckDB and Polars on the same log: see README.md."""
import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PEERS = ["duckdb==2.0.1", "polars==2.1.0"]

# Picodollars a token of gpt-image-2: text input, image input, image output; standard, then Batch.
PRICES = {"standard": (5_000_000, 8_000_000, 30_000_000), "batch": (2_500_000, 4_000_000, 15_000_000)}

DUCKDB = """
import duckdb, sys
threads, file = int(sys.argv[1]), sys.argv[2]
db = duckdb.connect(config={"threads": threads})
rows = db.execute('''
    SELECT strftime(timestamp, '%Y-%m') AS month, model, count(*) AS n, sum(images) AS images,
           sum(CASE WHEN processing = 'batch'
               THEN text_input_tokens * 2500000::BIGINT + image_input_tokens * 4000000::BIGINT + image_output_tokens * 15000000::BIGINT
               ELSE text_input_tokens * 5000000::BIGINT + image_input_tokens * 8000000::BIGINT + image_output_tokens * 30000000::BIGINT END) AS cost
    FROM read_csv(?, header = true, columns = {'timestamp': 'TIMESTAMP', 'project': 'VARCHAR', 'model': 'VARCHAR',
         'processing': 'VARCHAR', 'size': 'VARCHAR', 'quality': 'VARCHAR', 'images': 'BIGINT', 'text_input_tokens': 'BIGINT',
         'image_input_tokens': 'BIGINT', 'image_output_tokens': 'BIGINT', 'status': 'VARCHAR'})
    GROUP BY ALL ORDER BY ALL''', [file]).fetchall()
print(sum(int(row[4]) for row in rows))
"""

DUCKDB_JSON = """
import duckdb, sys
threads, file = int(sys.argv[1]), sys.argv[2]
db = duckdb.connect(config={"threads": threads})
rows = db.execute('''
    SELECT strftime(to_timestamp(created), '%Y-%m') AS month, model, count(*) AS n, sum(len(data)) AS images,
           sum(usage.input_tokens_details.text_tokens * 5000000::BIGINT + usage.input_tokens_details.image_tokens * 8000000::BIGINT
               + usage.output_tokens_details.image_tokens * 30000000::BIGINT) AS cost
    FROM read_json(?, format = 'newline_delimited') GROUP BY ALL ORDER BY ALL''', [file]).fetchall()
print(sum(int(row[4]) for row in rows))
"""

POLARS = """
import polars as pl, sys
file = sys.argv[2]
batch = pl.col("processing") == "batch"
token = lambda name, standard: pl.col(name) * pl.when(batch).then(standard // 2).otherwise(standard)
frame = (pl.scan_csv(file, schema_overrides={"timestamp": pl.String})
    .with_columns(pl.col("timestamp").str.to_datetime("%Y-%m-%dT%H:%M:%SZ").dt.strftime("%Y-%m").alias("month"),
        (token("text_input_tokens", 5_000_000) + token("image_input_tokens", 8_000_000)
         + token("image_output_tokens", 30_000_000)).alias("cost"))
    .group_by("month", "model").agg(pl.len(), pl.col("images").sum(), pl.col("cost").sum()).collect(engine="streaming"))
print(frame["cost"].sum())
"""

SCAN = """
import sys
with open(sys.argv[2], "rb", buffering=0) as log:
    found, block = 0, bytearray(1 << 20)
    view = memoryview(block)
    while size := log.readinto(block):
        found += view[:size].tobytes().count(b",")
print(found)
"""


def once(command, environment):
    begin, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, env={**os.environ, **environment})
        _, status, used = os.wait4(process.pid, 0)
        out.seek(0)
        text = out.read().decode()
    del before
    if status != 0:
        sys.exit(f"{command[0]} ended with {status}: {text}")
    return time.monotonic() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, text


def measured(name, command, turns, environment=None):
    runs = [once(command, environment or {}) for _ in range(turns)]
    wall, cpu, memory = (statistics.median(run[at] for run in runs) for at in range(3))
    return {"name": name, "wall": wall, "cpu": cpu, "mib": memory, "out": runs[-1][3]}


def peers(folder):
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PEERS], check=True)
    return str(python)


def picodollars(text):
    total = json.loads(text)["total"]["cost_expected_usd"]
    whole, _, parts = total.partition(".")
    return int(whole) * 10**12 + int(parts.ljust(12, "0"))


def main():
    flags = argparse.ArgumentParser(description=__doc__)
    flags.add_argument("--imgcost", required=True)
    flags.add_argument("--rows", type=int, default=1_000_000)
    flags.add_argument("--turns", type=int, default=5)
    flags.add_argument("--threads", type=int, default=2)
    flags.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "imgcost-usage")
    given = flags.parse_args()
    data = given.folder / str(given.rows)
    if not (data / "replies.jsonl").exists():
        subprocess.run([sys.executable, HERE / "make_data.py", str(given.rows), data], check=True)
    python, threads = peers(given.folder / "peers"), str(given.threads)
    limited = {"POLARS_MAX_THREADS": threads}
    for name in ("sorted.csv", "shuffled.csv", "replies.jsonl"):
        file = str(data / name)
        own = [given.imgcost, "usage", "cost", file, "--none", "cached_text_input,cached_image_input",
               "--threads", threads, "--format", "json"]
        runs = [measured("imgcost", own, given.turns)]
        is_json = name.endswith("jsonl")
        runs.append(measured("DuckDB", [python, "-c", DUCKDB_JSON if is_json else DUCKDB, threads, file], given.turns))
        if not is_json:
            runs.append(measured("Polars", [python, "-c", POLARS, threads, file], given.turns, limited))
        runs.append(measured("scan", [sys.executable, "-c", SCAN, threads, file], given.turns))
        total = picodollars(runs[0]["out"])
        for run in runs[1:-1]:
            if int(run["out"]) != total:
                sys.exit(f"{name}: {run['name']} finds {run['out'].strip()}, imgcost {total}")
        print(f"{name}: {given.rows} rows, {total / 10**12:.6f} dollars, the same exact total")
        for run in runs:
            ratio = f"{runs[0]['wall'] / run['wall']:.2f}", f"{runs[0]['cpu'] / run['cpu']:.2f}"
            print(f"  {run['name']:8} wall {run['wall']:.3f} s  CPU {run['cpu']:.3f} s  {run['mib']:.0f} MiB"
                  f"  imgcost/it: wall {ratio[0]}, CPU {ratio[1]}")


main()
