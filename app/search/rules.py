"""The words of a search, and the excerpts of what was found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.base.text import LEFT_OUT

MOST_WORDS = 5
CHARACTERS_BEFORE, CHARACTERS_AFTER = 20, 80


class MarkedPiece(NamedTuple):
    """A piece of text that is one of the words, or lies between them."""

    text: str
    is_hit: bool = False


class LabelledText(NamedTuple):
    """A searched text with its label."""

    label: str
    text: str


class Excerpt(NamedTuple):
    label: str
    pieces: tuple[MarkedPiece, ...]


def words_of_search(text: str) -> tuple[str, ...]:
    """Return the words typed, each once; all of them must be found. Words beyond MOST_WORDS are ignored."""
    return tuple(dict.fromkeys(text.split()))[:MOST_WORDS]


def pattern_of_words(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(
        "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE
    )


def pieces_of_text(text: str, words: Sequence[str]) -> tuple[MarkedPiece, ...]:
    """Return a text in pieces, with every searched word a piece of its own."""
    pieces, end = [], 0
    for found in pattern_of_words(words).finditer(text):
        pieces += [MarkedPiece(text[end : found.start()]), MarkedPiece(found[0], is_hit=True)]
        end = found.end()
    return tuple(piece for piece in (*pieces, MarkedPiece(text[end:])) if piece.text)


def words_marked_in_texts(words: Sequence[str]) -> Sequence[str]:
    """Return the words that an excerpt marks; those of one character only if there is no longer one."""
    return [word for word in words if len(word) > 1] or words


def excerpt_of_texts(texts: Sequence[LabelledText], words: Sequence[str]) -> Excerpt | None:
    """Return the surroundings of the first word found, in the first text that contains one."""
    marked = words_marked_in_texts(words)
    for label, text in texts:
        line = " ".join(text.split())
        if found := pattern_of_words(marked).search(line):
            first, last = max(0, found.start() - CHARACTERS_BEFORE), found.end() + CHARACTERS_AFTER
            cut = f"{LEFT_OUT if first else ''}{line[first:last]}{LEFT_OUT if last < len(line) else ''}"
            return Excerpt(label, pieces_of_text(cut, marked))
    return None
