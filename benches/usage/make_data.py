"""Makes logs of image requests to measure with: seeded, so that everyone measures the same rows.

    python3 make_data.py ROWS FOLDER

writes sorted.csv, shuffled.csv and replies.jsonl into the folder. Every count is what the model of the row bills by its
size and quality; prompts and reference images vary.
"""
import json
import random
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

SEED = 20261130
COLUMNS = (
    "timestamp,project,model,processing,size,quality,images,"
    "text_input_tokens,image_input_tokens,image_output_tokens,status"
)
# Output tokens of an image by size and quality, as gpt-image-2 bills them.
OUTPUT = {
    ("1024x1024", "low"): 196,
    ("1024x1024", "medium"): 1756,
    ("1024x1024", "high"): 7024,
    ("1024x1536", "low"): 166,
    ("1024x1536", "medium"): 1372,
    ("1024x1536", "high"): 5488,
}
KINDS = sorted(OUTPUT)
PROJECTS = ["shop", "posters", "studio", "app"]


def rows(count, draw):
    first = datetime(2026, 6, 1, tzinfo=timezone.utc)
    step = timedelta(days=150) / count
    for number in range(count):
        at = (first + number * step).strftime("%Y-%m-%dT%H:%M:%SZ")
        size, quality = draw.choice(KINDS)
        batch = draw.random() < 0.2
        edit = draw.random() < 0.3
        yield (
            at,
            draw.choice(PROJECTS),
            "gpt-image-2",
            "batch" if batch else "standard",
            size,
            quality,
            1,
            draw.randrange(20, 200),
            draw.choice([1024, 1536]) if edit else 0,
            OUTPUT[(size, quality)],
            "ok",
        )


def reply(row):
    at, _, model, _, size, quality, _, text, image, output, _ = row
    usage = {
        "input_tokens": text + image,
        "input_tokens_details": {"text_tokens": text, "image_tokens": image, "cached_tokens": 0},
        "output_tokens": output,
        "output_tokens_details": {"image_tokens": output, "text_tokens": 0},
        "total_tokens": text + image + output,
    }
    created = int(datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp())
    data = [{"url": "https://example.com/image.png"}]
    body = {"created": created, "data": data, "model": model, "size": size, "quality": quality}
    return json.dumps({**body, "usage": usage}, separators=(",", ":"))


def main():
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    made = list(rows(count, random.Random(SEED)))
    lines = [",".join(map(str, row)) for row in made]
    (folder / "sorted.csv").write_text("\n".join([COLUMNS, *lines]) + "\n")
    (folder / "replies.jsonl").write_text("".join(reply(row) + "\n" for row in made))
    random.Random(SEED + 1).shuffle(lines)
    (folder / "shuffled.csv").write_text("\n".join([COLUMNS, *lines]) + "\n")


main()
