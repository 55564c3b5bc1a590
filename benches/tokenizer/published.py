"""The published encoding o200k_base: its vocabulary, checked, and tiktoken set up with it, without a network."""

import base64
import gzip
import hashlib

import tiktoken
import tiktoken_ext.openai_public

SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"


def read_vocabulary(path):
    """The tokens of the published file (or of the file as .gz), by rank."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        text = file.read()
    if hashlib.sha256(text).hexdigest() != SHA256:
        raise SystemExit(f"{path}: not the published o200k_base.tiktoken, whose SHA-256 is {SHA256}")
    lines = [line.split() for line in text.splitlines()]
    assert [int(rank) for _, rank in lines] == list(range(len(lines))), "ranks count from 0 without a gap"
    return [base64.b64decode(token) for token, _ in lines]


def encoding(path):
    """tiktoken's own o200k_base with the vocabulary from this file."""
    ranks = {token: rank for rank, token in enumerate(read_vocabulary(path))}
    tiktoken_ext.openai_public.load_tiktoken_bpe = lambda *_, **__: ranks
    return tiktoken.Encoding(**tiktoken_ext.openai_public.o200k_base())


def members(pattern):
    """All characters that a pattern of one character matches, as tiktoken's regular expressions have it."""
    byte_for_byte = {bytes([byte]): byte for byte in range(256)}
    only = tiktoken.Encoding("one class", pat_str=pattern, mergeable_ranks=byte_for_byte, special_tokens={})
    surrogates = range(0xD800, 0xE000)
    everything = "".join(chr(point) for point in range(0x110000) if point not in surrogates)
    return bytes(only.encode_ordinary(everything)).decode()
