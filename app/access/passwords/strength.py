"""How many guesses a password withstands: the estimate of zxcvbn, with words that people here would try first.

zxcvbn knows common passwords, English words, dates, keyboard patterns and repetitions. Added are the office's own
names, in hanzi and pinyin, and words spelt in pinyin.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations, islice, product

from zxcvbn_rs_py import zxcvbn

# As a power of ten. Two words, a year and a sign come to 8 to 11; three unrelated words or twelve random characters to
# 12 and more.
ENOUGH_GUESSES = 11.0
# The estimate takes more than linear time; what stands behind so many characters adds nothing to it.
CONSIDERED_CHARACTERS = 72

LETTERS = re.compile(r"[a-z]+")
SYLLABLES_OF_WORD = 4
# The common hanzi of GB 2312: the first of them, and the first of those that are less common.
LEVEL_1 = "啊亍"
# Of a name: so many characters, and of those with several readings so many combinations.
CHARACTERS_OF_NAME, READINGS_OF_NAME = 12, 8
# Shorter pieces of names occur in anything.
SHORTEST_PIECE = 4


def is_guessable(password: str, *, names: Iterable[str]) -> bool:
    """Return whether somebody who knows the office and its `names` would find a password too soon.

    The names count for nothing: the rest without them must be strong enough.
    """
    considered = password[:CONSIDERED_CHARACTERS]
    known = list(dict.fromkeys(spelling for name in names for spelling in spellings_of_name(name.lower())))
    words = [*known, *pinyin_words(considered.lower())]
    tried = {considered, without_pieces(considered, known)}
    return min(guesses_needed(each, words) for each in tried) < ENOUGH_GUESSES


def without_pieces(text: str, pieces: Iterable[str]) -> str:
    """Return a text without the pieces that occur in it, whatever the case; the longest are removed first."""
    for piece in sorted((piece for piece in pieces if len(piece) >= SHORTEST_PIECE), key=len, reverse=True):
        while (start := text.lower().find(piece)) >= 0:
            text = text[:start] + text[start + len(piece) :]
    return text


def guesses_needed(password: str, words: list[str]) -> float:
    """Return the number of guesses as a power of ten."""
    return zxcvbn(password, words).guesses_log10 if password else 0.0


def spellings_of_name(name: str) -> Iterator[str]:
    """Yield how a name may be written in a password: as it is, by words, and in pinyin in full, in part and by
    initials.
    """
    yield name
    yield from re.findall(r"[a-z0-9]{3,}", name)
    yield from LETTERS.findall(name)
    hanzi = "".join(re.findall(r"[\u4e00-\u9fff]", name))[:CHARACTERS_OF_NAME]
    for reading in islice(product(*map(readings_of_hanzi, hanzi)), READINGS_OF_NAME):
        for first, last in combinations(range(len(reading) + 1), 2):
            if last - first >= 2:
                yield "".join(reading[first:last])
            if last - first >= 3:
                yield "".join(syllable[0] for syllable in reading[first:last])


def pinyin_words(text: str) -> list[str]:
    """Return the runs of letters that spell two to four syllables of pinyin."""
    return [run for run in LETTERS.findall(text) if pinyin_word().fullmatch(run)]


@cache
def pinyin_word() -> re.Pattern[str]:
    """Return the pattern of a word in pinyin, from the syllables of common hanzi."""
    first, end = (int.from_bytes(character.encode("gb2312")) for character in LEVEL_1)
    hanzi = (code.to_bytes(2).decode("gb2312", errors="ignore") for code in range(first, end))
    syllables = {syllable for character in hanzi for syllable in readings_of_hanzi(character)}
    return re.compile(f"(?:{'|'.join(sorted(syllables))}){{2,{SYLLABLES_OF_WORD}}}")


@cache
def readings_of_hanzi(character: str) -> tuple[str, ...]:
    """Return the syllables of a hanzi without tones."""
    # Phrases would take 40 MB; which reading is right in them does not matter where all are tried.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    plain = (syllable.replace("ü", "v") for syllables in found for syllable in syllables)
    return tuple(syllable for syllable in plain if re.search("[aeiouv]", syllable) and syllable.isascii())
