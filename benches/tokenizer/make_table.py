#!/usr/bin/env python3
"""Writes the table from which imgcost counts tokens, src/metering/tokens/o200k_base.bin.

    pip install tiktoken
    python3 benches/tokenizer/make_table.py o200k_base.tiktoken src/metering/tokens/o200k_base.bin

The vocabulary is OpenAI's own file, as published for tiktoken (MIT licence) at
https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken; packages that carry it do as well
(such as the crate bpe-openai, data/o200k_base.tiktoken.gz), since only its checksum counts. The classes of
characters are asked of tiktoken, so that both cut texts alike whatever Unicode the next compiler knows.

The same input gives the same bytes. src/metering/tokens/table.rs describes the layout and reads it.
"""

import struct
import sys

import published

SLOTS = 1 << 18
PLACE_BITS = 21
EMPTY = 0xFFFFFFFF
PAGE = 256
LAST = 0x10FFFF

# The order of src/metering/tokens/table.rs; what is in none of these is 0, any other character.
CLASSES = [r"\s", r"\p{N}", r"[\p{Lu}\p{Lt}]", r"\p{Ll}", r"[\p{Lm}\p{Lo}]", r"\p{M}"]


def main():
    vocabulary, target = sys.argv[1:]
    tokens, slots = hashed(published.read_vocabulary(vocabulary))
    index, pages = classes()
    with open(target, "wb") as out:
        out.write(struct.pack("<I", len(pages) // PAGE))
        out.write(struct.pack(f"<{SLOTS}I", *slots))
        out.write(index + pages + tokens)


def hashed(vocabulary):
    """The tokens by rank, each after its length, and where each of them stands, by its hash."""
    tokens, slots = bytearray(), [EMPTY] * SLOTS
    for token in vocabulary:
        place, digest = len(tokens), fnv1a(token)
        assert place < (1 << PLACE_BITS) - 1 and 0 < len(token) < 256
        slot = digest % SLOTS
        while slots[slot] != EMPTY:
            slot = (slot + 1) % SLOTS
        slots[slot] = (digest >> 32 << PLACE_BITS | place) & 0xFFFFFFFF
        tokens += bytes([len(token)]) + token
    return bytes(tokens), slots


def fnv1a(data):
    """The 64-bit hash FNV-1a, with its halves mixed: its low bits alone are even for short texts only."""
    digest = 0xCBF29CE484222325
    for byte in data:
        digest = (digest ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return digest ^ digest >> 29


def classes():
    """The page of every 256 characters, and the pages, each once."""
    of = bytearray(LAST + 1)
    for number, pattern in enumerate(CLASSES, start=1):
        for character in published.members(pattern):
            assert of[ord(character)] == 0, f"{character!r} is in two classes"
            of[ord(character)] = number
    index, pages = bytearray(), []
    for start in range(0, LAST + 1, PAGE):
        page = bytes(of[start : start + PAGE])
        if page not in pages:
            pages.append(page)
        index.append(pages.index(page))
    return bytes(index), b"".join(pages)


main()
