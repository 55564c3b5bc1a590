"""Random strings of many scripts, kind after kind: what prompts look like, and what a tokenizer may trip over."""

import itertools

# First and last code point of the scripts and blocks from which characters are drawn.
BLOCKS = [
    (0x20, 0x7E), (0xA0, 0xFF), (0x100, 0x24F), (0x250, 0x2FF), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F),
    (0x530, 0x58F), (0x590, 0x5FF), (0x600, 0x6FF), (0x700, 0x74F), (0x780, 0x7BF), (0x7C0, 0x7FF), (0x900, 0x97F),
    (0x980, 0x9FF), (0xA00, 0xA7F), (0xA80, 0xAFF), (0xB00, 0xB7F), (0xB80, 0xBFF), (0xC00, 0xC7F), (0xC80, 0xCFF),
    (0xD00, 0xD7F), (0xD80, 0xDFF), (0xE00, 0xE7F), (0xE80, 0xEFF), (0xF00, 0xFFF), (0x1000, 0x109F),
    (0x10A0, 0x10FF), (0x1100, 0x11FF), (0x1200, 0x139F), (0x13A0, 0x13FF), (0x1400, 0x167F), (0x16A0, 0x16FF),
    (0x1780, 0x17FF), (0x1800, 0x18AF), (0x1B00, 0x1B7F), (0x1C80, 0x1CBF), (0x1D00, 0x1DFF), (0x1E00, 0x1EFF),
    (0x1F00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x20CF), (0x20D0, 0x20FF), (0x2100, 0x218F), (0x2190, 0x22FF),
    (0x2300, 0x245F), (0x2460, 0x27BF), (0x2C00, 0x2DFF), (0x3000, 0x30FF), (0x3100, 0x33FF), (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF), (0xA000, 0xA4CF), (0xA640, 0xA7FF), (0xAB30, 0xABBF), (0xAC00, 0xD7A3), (0xE000, 0xF8FF),
    (0xF900, 0xFAFF), (0xFB00, 0xFDFF), (0xFE00, 0xFE6F), (0xFE70, 0xFEFF), (0xFF00, 0xFFEF), (0x10000, 0x101FF),
    (0x10280, 0x1044F), (0x10800, 0x109FF), (0x11000, 0x111FF), (0x12000, 0x123FF), (0x13000, 0x1342F),
    (0x16A40, 0x16AFF), (0x1D100, 0x1D1FF), (0x1D400, 0x1D7FF), (0x1E900, 0x1E95F), (0x1F000, 0x1F2FF),
    (0x1F300, 0x1FAFF), (0x20000, 0x2A6DF), (0x30000, 0x3FFFF), (0xE0000, 0xE01EF), (0x10FF00, 0x10FFFF),
]

BLANKS = [" ", " ", "  ", "   ", "\n", "\r\n", "\n\n", "\t", "\r", " \n", "\n ", "\xa0", "\u2003", "\u3000", "\x85", "\x0b"]
SIGNS = list(".,;:!?'\"()[]{}<>/\\|-_=+*&^%$#@~`") + ["//", "/\n", "--", "...", "—", "“", "”", "’", "…", "€", "→", "#", "「", "」", "。"]
CONTRACTIONS = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d", "'S", "'LL", "'Re", "'vE", "'\u017f", "'x", "'r", "'l", "’s"]
MARKS = ["\u0301", "\u0308", "\u20dd", "\ufe0f", "\u200d", "\u093f", "\u0e31", "\u3099", "\U0001f3fd"]
WORDS = """a the of fox red snow poster dawn woodcut style photo of product on white background with soft light and shadow
logo minimal flat vector watercolor portrait cinematic ultra detailed 4k 8k UHD bokeh f/1.8 35mm iPhone HTML PosterOfAFox
don't it's she'll I'm we've o'clock naïve café Übergrößenträger Straße ÅNGSTRÖM année garçon señor São łódź čaj İstanbul
лиса снег плакат ΑΛΕΠΟΎ χιόνι שועל אדום ثعلب أحمر في الثلج लाल लोमड़ी শিয়াল நரி จิ้งจอกแดง 赤い狐 雪の中 붉은 여우 红色狐狸 海报 ກະຕ່າຍ
წითელი մելա ቀበሮ ᚠᚢᚦ <|endoftext|> <|endofprompt|> --ar 16:9 --v 6 #ff8800 $0.25 1024x1536 2,147,483,647 3.14159 ½ Ⅷ ²
https://example.com/a?b=c&d=%20 C:\\path\\file.png {"prompt": null, "n": 2} fn main() { println!("{}", x); } ==== ____ \U0001f98a
\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea \u2764\ufe0f ﷽ ǅ ﬁ ℃""".split()


def endless(source):
    """Strings without end, each kind in its turn, so that few of them already hold every kind."""
    every_block = itertools.cycle(BLOCKS)
    kinds = [
        lambda: of_block(source, next(every_block)),
        lambda: of_words(source),
        lambda: of_parts(source),
        lambda: of_case(source),
        lambda: of_marks(source, next(every_block)),
        lambda: repeated(source),
        lambda: of_anything(source),
    ]
    for kind in itertools.cycle(kinds):
        yield kind()


def every_character():
    """Each character alone, between letters, before a capital, and after a blank, a digit and an apostrophe."""
    for point in itertools.chain(range(0xD800), range(0xE000, 0x110000)):
        it = chr(point)
        yield f"{it} a{it}b {it}A {it}{it}1{it} '{it}"


def long():
    """Repetitions that take minutes where the time grows with the square of the length."""
    for unit in ["a", "ab", "é", " ", "\n", "\u0301", "日", "-", "0", "ha ", "A\u0301", "\U0001f98a"]:
        yield unit * 200_000


def character(source, block):
    return chr(source.randint(*block))


def of_block(source, block):
    """Characters of one script, with blanks among them."""
    blank = source.choice([0, 0.1, 0.3])
    letters = (character(source, block) for _ in range(source.randint(1, 24)))
    return "".join(source.choice(BLANKS) if source.random() < blank else letter for letter in letters)


def of_words(source):
    """Words as a prompt has them."""
    words = source.choices(WORDS, k=source.randint(1, 12))
    return "".join(word + source.choice([" ", " ", " ", ", ", ". ", "\n", "", "-", "/"]) for word in words)


def of_parts(source):
    """Blanks, signs, digits, contractions and words in any order: what the pattern tells apart."""
    kinds = [BLANKS, SIGNS, CONTRACTIONS, MARKS, WORDS, list("0123456789"), list("aAzZéÉßªʰ日ǅ")]
    return "".join(source.choice(source.choice(kinds)) for _ in range(source.randint(1, 20)))


def of_case(source):
    """Capitals, small letters, letters without case and marks: where words are cut by their case."""
    letters = "aabcdeABCDEéÉжЖωΩǅªʰ日本한\u0301\u093f' /"
    return "".join(source.choice(letters) for _ in range(source.randint(1, 24)))


def of_marks(source, block):
    """Characters of one script under combining marks."""
    parts = (character(source, block) + source.choice(MARKS) * source.randint(0, 3) for _ in range(source.randint(1, 8)))
    return "".join(parts)


def repeated(source):
    """One or two characters again and again, which makes the merging of tokens work hardest."""
    unit = "".join(character(source, source.choice(BLOCKS)) for _ in range(source.randint(1, 3)))
    unit = source.choice([unit, "a", "ab", "é", " ", "\n", "-", "=", "0", "\u0301", "ا", "的", "ha", "= "])
    return source.choice(["", " ", "A"]) + unit * source.randint(1, 24 if len(unit) > 1 else 80)


def of_anything(source):
    """Any characters there are, but for surrogates."""
    points = (source.randint(0, 0x10FFFF) for _ in range(source.randint(1, 16)))
    return "".join(chr(point) for point in points if not 0xD800 <= point <= 0xDFFF)
