"""Which alphabet code a table was written in: decided from the bytes, told with evidence.

A DBF names its encoding in a .cpg file, in the language byte of its header, in neither, or wrongly. The bytes decide:
a declaration is believed unless the bytes contradict it, and every answer says who decided.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import dataclass

from venueplanner.domain.errors import BadValue
from venueplanner.domain.words import N_, Words

# Language byte (offset 29 of a DBF header) → Python codec. 0x57 means "the ANSI page of that machine": no statement.
LANGUAGE_BYTES = {
    0x01: "cp437",
    0x02: "cp850",
    0x03: "cp1252",
    0x08: "cp865",
    0x09: "cp437",
    0x0B: "cp437",
    0x0D: "cp437",
    0x0F: "cp437",
    0x11: "cp437",
    0x15: "cp437",
    0x18: "cp437",
    0x19: "cp437",
    0x1B: "cp437",
    0x10: "cp850",
    0x12: "cp850",
    0x14: "cp850",
    0x16: "cp850",
    0x1A: "cp850",
    0x1D: "cp850",
    0x37: "cp850",
    0x13: "cp932",
    0x4D: "cp936",
    0x4E: "cp949",
    0x4F: "cp950",
    0x50: "cp874",
    0x58: "cp1252",
    0x59: "cp1252",
    0x64: "cp852",
    0x65: "cp866",
    0x66: "cp865",
    0x26: "cp866",
    0x6A: "cp737",
    0x6B: "cp857",
    0x7D: "cp1255",
    0x7E: "cp1256",
    0x7A: "cp936",
    0x7B: "cp932",
    0x7C: "cp874",
    0x78: "cp950",
    0x79: "cp949",
    0xC8: "cp1250",
    0xC9: "cp1251",
    0xCA: "cp1254",
    0xCB: "cp1253",
    0xCC: "cp1257",
}
CYRILLIC = ("cp1251", "cp866", "koi8_r", "mac_cyrillic")
WESTERN = ("cp1252", "cp850")
CANDIDATES = ("utf-8", *CYRILLIC, *WESTERN)

BY_USER = N_("you")
BY_CPG = N_("the .cpg file")
BY_LANGUAGE_BYTE = N_("the language byte of the table")
BY_BYTES = N_("the letters themselves")
BY_BYTES_AGAINST = N_("the letters themselves, against what the file declares")
BY_FEW_LETTERS = N_("a guess from few letters: please look at the names")
BY_FORMAT = N_("the file format, which is always UTF-8")
BY_NOTHING = N_("nothing to decide: plain Latin letters only")

# Letters of Russian by falling frequency (national corpus); Kyrgyz ones follow. The rank is the score.
_FREQUENT = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё" + "өүң"
_WEIGHT = {letter: 3.0 - 4.0 * rank / len(_FREQUENT) for rank, letter in enumerate(_FREQUENT)}
_LATIN_LETTERS = frozenset("àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿœšžß")
_PUNCTUATION = frozenset("№«»–—’“”…°§²³ªº€")
# Endings and words that street and building tables are full of: a hit settles what single letters leave open.
_WORDS = (
    "улиц", "просп", "переул", "площад", "бульвар", "шоссе", "набереж", "тупик", "проезд", "школ", "дом", "здани",
    "адрес", "назван",
    "парк", "сквер", "город", "район", "мост", "река", "канал", "магазин", "больниц", "аптек", "сад", "станци",
    "завод", "рынок",
    "ская", "ский", "ского", "ова", "ева", "ной", "ный", "ная", "ние", "ость", "ении", "көч", "мектеп", "базар",
)  # fmt: skip


@dataclass(frozen=True)
class Encoding:
    """What a table is written in. `codec` is Python's name; `by` is a sentence part saying who decided; `sure` is
    False where the planner should look; `samples` are up to five decoded values to look at.
    """

    codec: str
    by: str
    sure: bool = True
    declared: str = ""
    samples: tuple[str, ...] = ()
    letters: int = 0


def codec_named(text: str) -> str | None:
    """The codec a .cpg file means, or None when the name is not known.

    >>> codec_named("1251"), codec_named("ANSI 1251"), codec_named("UTF-8"), codec_named("KOI-7-SOVIET")
    ('cp1251', 'cp1251', 'utf-8', None)
    """
    name = text.strip().strip("\x00\ufeff").lower()
    for prefix in ("ansi", "oem", "windows", "cp", "code page", "codepage", "win"):
        if name.startswith(prefix):
            name = name[len(prefix) :].strip(" -_")
    if name in ("8859_1", "88591"):
        name = "iso8859-1"
    elif name.startswith("8859") and name[4:].strip("-_").isdigit():
        name = "iso8859-" + name[4:].strip("-_")
    elif name == "65001":
        name = "utf-8"
    elif name.isdigit():
        name = f"cp{name}"
    try:
        return codecs.lookup(name).name if name else None
    except (LookupError, ValueError):
        return None


def decode(raw: bytes, codec: str, full: bool = False) -> str:
    """Decode one value. A letter cut in half at the end of a `full` field (a habit of UTF-8 writers) is dropped;
    any other byte that the codec does not know becomes U+FFFD, so a bad byte never costs a row.
    """
    if codec == "utf-8" and full:
        raw = _without_cut_letter(raw)
    return raw.decode(codec, errors="replace")


def _without_cut_letter(raw: bytes) -> bytes:
    """Take off an unfinished UTF-8 sequence at the end."""
    for back in range(1, min(4, len(raw)) + 1):
        byte = raw[-back]
        if byte < 0x80:
            return raw
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return raw[:-back] if back < length else raw
    return raw


def decide_encoding(
    values: Iterable[bytes],
    *,
    cpg: str | None = None,
    language_byte: int = 0,
    chosen: str | None = None,
    cut: bool = True,
) -> Encoding:
    """Which encoding a table's values and field names are in. Raises `BadValue` when `chosen` is none.

    `values`: raw bytes (a sample is enough); `cpg`: the text of the .cpg file; `language_byte`: byte 29 of the DBF
    header; `chosen`: the planner's own choice, which wins; `cut`: values may end in half a letter.
    """
    odd = _distinct_odd(values)
    declared, declarer, word = None, "", ""
    if cpg is not None and cpg.strip():
        declared, declarer, word = codec_named(cpg), BY_CPG, cpg.strip()
    if declared is None and language_byte in LANGUAGE_BYTES:
        declared, declarer, word = LANGUAGE_BYTES[language_byte], BY_LANGUAGE_BYTE, f"0x{language_byte:02X}"
    if chosen:
        codec = codec_named(chosen)
        if codec is None:
            sentence = Words(N_("“{name}” is not an encoding this program knows."), {"name": chosen[:40]})
            raise BadValue(sentence, Words(N_("Say for example cp1251, cp866 or UTF-8.")))
        return _answer(codec, BY_USER, True, word, odd, cut)
    if not odd:
        return Encoding(declared or "utf-8", declarer if declared else BY_NOTHING, True, word)
    scores = {codec: score for codec in CANDIDATES if (score := _score(odd, codec, cut)) is not None}
    if declared is not None and declared not in scores:
        own = _score(odd, declared, cut)
        if own is not None:
            scores[declared] = own
    letters = sum(byte > 0x7F for value in odd for byte in value)
    best = max(scores, key=lambda codec: scores[codec], default="iso8859-1")
    if declared is not None and declared in scores:
        lead = scores[best] - scores[declared]
        if best == declared or lead < max(8.0, 0.8 * letters) or not _contradicts(best, letters):
            return _answer(declared, declarer, True, word, odd, cut)
    second = max((score for codec, score in scores.items() if codec != best), default=float("-inf"))
    few = letters < 6 or scores.get(best, 0.0) - second < 1.0 * max(letters, 4) ** 0.5
    by = BY_FEW_LETTERS if few and best != "utf-8" else BY_BYTES_AGAINST if word else BY_BYTES
    return _answer(best, by, not (few and best != "utf-8"), word, odd, cut)


def _contradicts(best: str, letters: int) -> bool:
    """Whether there are letters enough to overrule a declaration. Whole UTF-8 letters do not come about by chance."""
    return letters >= (4 if best == "utf-8" else 10)


def _answer(codec: str, by: str, sure: bool, declared: str, odd: list[bytes], cut: bool) -> Encoding:
    samples = tuple(decode(value, codec, cut).strip() for value in sorted(odd, key=len, reverse=True)[:5])
    return Encoding(codec, by, sure, declared, samples, sum(byte > 0x7F for value in odd for byte in value))


def _distinct_odd(values: Iterable[bytes], most: int = 3000) -> list[bytes]:
    """The distinct values that hold a byte beyond ASCII, at most `most` of them, in a fixed order."""
    odd: dict[bytes, None] = {}
    for value in values:
        value = value.strip(b" \x00")
        if value and not value.isascii():
            odd[value] = None
            if len(odd) >= most:
                break
    return list(odd)


def _score(odd: list[bytes], codec: str, cut: bool) -> float | None:
    """How much the values look like written words in `codec`; None when a value cannot be decoded at all."""
    total, failed = 0.0, 0
    for raw in odd:
        try:
            text = (_without_cut_letter(raw) if codec == "utf-8" and cut else raw).decode(codec)
        except (UnicodeDecodeError, LookupError):
            failed += 1
            if failed > len(odd) // 50:
                return None
            total -= 20.0
            continue
        if codec == "utf-8":  # whole multi-byte letters do not come about by chance, whatever they say
            total += 8.0 * sum(letter > "\x7f" for letter in text)
        else:
            total += _text_score(text)
    return total


def _text_score(text: str) -> float:
    """Letter frequency, case pattern and one script a word; small for rubbish, large for Russian or Kyrgyz words."""
    total = 0.0
    lowered = text.lower()
    previous = ""
    for letter, small in zip(text, lowered, strict=False):
        if letter <= "\x7f":
            previous = letter
            continue
        if small in _WEIGHT:
            total += _WEIGHT[small]
            if previous.isalpha() and previous.islower() and letter.isupper():
                total -= 30.0
            elif previous.isascii() and previous.isalpha():
                total -= 8.0  # a Cyrillic letter inside a Latin word
            elif not previous.isalpha() and letter.islower() and previous == "":
                total -= 0.5
        elif small in _LATIN_LETTERS:
            total += 1.0 if previous.isascii() and previous.isalpha() else -2.5
            if previous.isalpha() and previous.islower() and letter.isupper():
                total -= 30.0
        elif letter in _PUNCTUATION:
            total -= 1.0
        elif letter.isalpha():
            total -= 6.0
        else:
            total -= 25.0
        previous = letter
    total += sum(6.0 * len(word) / 4 for word in _WORDS if word in lowered)
    return total
