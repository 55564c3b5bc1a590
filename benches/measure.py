#!/usr/bin/env python3
"""Measures what imgcost takes, against the bounds in benches/bounds.toml: exit code 1 if one is exceeded.

    cargo build --release
    python3 benches/measure.py                       # the program: size, CPU time, peak memory
    python3 benches/measure.py --against OLD         # and how much slower than another one, pair by pair
    python3 benches/measure.py --builds              # and the builds from nothing; half an hour on two cores

It needs Python 3.11 and GNU time (/usr/bin/time). CPU time is user and system time of the process and all its
children, as the operating system counts it; of a command the median of the runs, less that of a process that does
nothing. The programs take turns, so that a machine whose speed drifts is no reason for a difference. Measure on an
idle machine.
"""

import argparse
import base64
import os
import pathlib
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = REPOSITORY / "target/release/imgcost"
# The day of the last reading of the shipped tables.
DAY = "2026-11-21"
# 1024x1024 pixels, as the start of an image file.
PNG_HEADER = base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (1024).to_bytes(4, "big") * 2).decode()
BODY = '{"model": "gpt-image-2", "prompt": "x", "quality": "high", "images": [IMAGES]}'
# Three of these are a body of 200 MB, and none is above the 50 MB that the API takes of an image.
INPUT_IMAGE = '{"image_url": "data:image/png;base64,IMAGE"}'
REPLY = """{"created": 1789000000, "data": [{"b64_json": "IMAGE"}], "usage": {"total_tokens": 1106, "input_tokens": 50,
"input_tokens_details": {"text_tokens": 50, "image_tokens": 0}, "output_tokens": 1056,
"output_tokens_details": {"text_tokens": 0, "image_tokens": 1056}}}"""
DO_NOTHING = REPOSITORY / "examples/do_nothing.rs"


def main():
    asked = arguments()
    bounds = tomllib.loads((REPOSITORY / "benches/bounds.toml").read_text())
    report = Report()
    if asked.builds:
        measure_builds(bounds["build"], report)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        write_inputs(folder)
        measure_program(bounds, asked, folder, report)
    report.end()


def arguments():
    parser = argparse.ArgumentParser(description="Measures what imgcost takes, against benches/bounds.toml.")
    parser.add_argument("--builds", action="store_true", help="measure the builds as well")
    parser.add_argument("--runs", type=int, default=15, help="how often each command is run")
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    parser.add_argument("--against", type=pathlib.Path, help="another imgcost to compare with")
    asked = parser.parse_args()
    asked.program, asked.against = (path and path.resolve() for path in (asked.program, asked.against))
    return asked


class Report:
    """Prints what was measured beside its bound, and remembers what exceeds one."""

    def __init__(self):
        self.over = []

    def line(self, name, *measures):
        """A line of measures: what is measured, in which unit, and at most how much it may be, if anything."""
        texts = []
        for measure, unit, most in measures:
            is_over = most is not None and measure > most
            if is_over:
                self.over.append(f"{name}: {measure:.3g} {unit}, at most {most:g}")
            bound = "" if most is None else f" (≤ {most:g}{', OVER' if is_over else ''})"
            texts.append(f"{measure:9.4g} {unit}{bound}")
        print(f"{name:<58}" + "  ".join(texts), flush=True)

    def end(self):
        print()
        for over in self.over:
            print(f"over its bound: {over}")
        print(f"{len(self.over)} over their bounds")
        sys.exit(1 if self.over else 0)


def run(command, **options):
    """Seconds of CPU and of the clock of a command and its children."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{shlex.join(map(str, command))}: exit code {process.returncode}")
    return usage.ru_utime + usage.ru_stime, wall


def peak(command, folder):
    """Peak memory of a command in MiB. What this script starts itself never reads below its own size."""
    timed = ["/usr/bin/time", "--quiet", "--format", "%M", *command]
    output = subprocess.run(timed, stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=folder)
    return int(output.stderr.split()[-1]) / 1024


def measure_builds(builds, report):
    """The builds in their order; each starts from nothing or goes on from the one before."""
    with tempfile.TemporaryDirectory() as folder:
        for build in builds:
            if build.get("from_nothing"):
                subprocess.run(["rm", "-rf", *pathlib.Path(folder).iterdir()], check=True)
            for path in build.get("touch", []):
                (REPOSITORY / path).touch()
            variables = {**os.environ, "CARGO_TARGET_DIR": folder}
            cpu, wall = run(shlex.split(build["line"]), cwd=REPOSITORY, env=variables)
            clock = (wall, "s by the clock", build.get("wall_s"))
            report.line(build["name"], (cpu, "CPU s", build.get("cpu_s")), clock)


def measure_program(bounds, asked, folder, report):
    size = asked.program.stat().st_size / 1e6
    report.line("size of the program", (size, "MB", bounds["size_mb"]))
    do_nothing = folder / "do_nothing"
    subprocess.run(["rustc", "-O", "-o", do_nothing, DO_NOTHING], check=True)
    for command in bounds["command"]:
        line = [*shlex.split(command["line"]), "--as-of", DAY]
        programs = [path for path in (asked.program, asked.against) if path]
        nothing, own, *other = take_turns([[do_nothing], *([path, *line] for path in programs)], asked.runs, folder)
        above = statistics.median(own) - statistics.median(nothing)
        measures = [
            (1000 * above, "CPU ms", command.get("cpu_ms")),
            (peak([asked.program, *line], folder), "MiB", command.get("peak_mib")),
        ]
        for old in other:
            ratio = statistics.median(a / b for a, b in zip(own, old))
            measures.append((ratio, "× the other", bounds["ratio"]))
        report.line(command["line"], *measures)


def take_turns(commands, runs, folder):
    """The CPU seconds of each command in each round; the first round warms up and is not counted."""
    once = lambda command: run(command, cwd=folder, stderr=subprocess.DEVNULL)[0]
    rounds = [[once(command) for command in commands] for _ in range(runs + 1)]
    return zip(*rounds[1:])


def write_inputs(folder):
    """The files that the commands read."""
    for workloads, months in [(10, 12), (100, 60), (1000, 60), (5000, 120)]:
        (folder / f"{workloads}x{months}.yaml").write_text(budget(workloads, months))
    for lines in [5000, 50000]:
        (folder / f"{lines}.jsonl").write_text("".join(batch_line(index) for index in range(lines)))
    (folder / "reply-200mb.json").write_text(REPLY.replace("IMAGE", "QUJD" * 50_000_000))
    image = INPUT_IMAGE.replace("IMAGE", PNG_HEADER + "QUJD" * 16_600_000)
    (folder / "body-200mb.json").write_text(BODY.replace("IMAGES", ", ".join([image] * 3)))


def budget(workloads, months):
    rows = [f"start: 2027-01\nmonths: {months}\nworkloads:"]
    for index in range(workloads):
        quality = ["low", "medium", "high"][index % 3]
        rows.append(f"  - name: workload {index}")
        rows.append(f"    request: {{size: 1024x1536, quality: {quality}, prompt_tokens: {40 + index % 50}}}")
        rows.append(f'    accepted_images: {1000 + index}\n    growth: "3%"')
        rows.append('    attempts: {acceptance: "70%", failure_rate: "2%"}\n    spread: {acceptance: {of: 40}}')
    return "\n".join(rows) + "\n"


def batch_line(index):
    body = f'{{"model": "gpt-image-2", "prompt": "Poster {index} of a red fox in snow", "quality": "high"}}'
    return f'{{"custom_id": "{index}", "method": "POST", "url": "/v1/images/generations", "body": {body}}}\n'


main()
