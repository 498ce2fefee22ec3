"""The differences between two texts: sentence by sentence, then by character within a changed sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from markupsafe import Markup
from rapidfuzz.distance import Indel, LCSseq, Postfix, Prefix

# A sentence ends with its mark and the closing marks behind it, or with a line break.
SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；][”’）」』]*|\n|$)")
# A number or a Latin word changes as a whole: "32" to "35" is not "3 stays, 2 becomes 5".
TOKEN = re.compile(r"\d+(?:[.,]\d+)*[%％]?|[A-Za-z]+|.", re.DOTALL)

LEAST_SENTENCE_LIKENESS = 0.5  # sentences less alike than this are shown as one taken out and another put in
SHORTEST_KEPT_RUN = 2  # fewer kept characters than this between two changes only disturb the eye
LEAST_SHARE_KEPT = 0.3  # where a smaller share than this was kept, a text was rewritten
LONGEST_STRETCH = 1_000  # longer stretches are not compared by character: it would take too long
# As many sentences of one text for each of the other, about 20 ms; of more only what both begin and end with is found.
MOST_PAIRS = 25_000_000
CUT_SHORT_NOTE = "文字太长，只列出首尾不同处"
CONTEXT_LENGTH = 12  # characters of what was kept that an excerpt shows before and after a change


class TextChange(Enum):
    """What happened to a piece of text."""

    KEPT = None
    DELETED = "del"
    INSERTED = "ins"


@dataclass(frozen=True)
class TextPiece:
    """A piece of text that was kept, deleted or inserted."""

    change: TextChange
    text: str


@dataclass(frozen=True)
class TextDifference:
    """The pieces of two texts in reading order, deleted before inserted.

    is_cut_short: the texts were too long to compare in full, so everything between their common beginning and end
    counts as replaced.
    """

    pieces: tuple[TextPiece, ...]
    is_cut_short: bool = False

    @property
    def note(self) -> str:
        """Return how the marks are incomplete, for the reader; "" if they are complete."""
        return CUT_SHORT_NOTE if self.is_cut_short else ""

    @property
    def is_empty(self) -> bool:
        return all(piece.change is TextChange.KEPT for piece in self.pieces)

    @property
    def is_rewritten(self) -> bool:
        """Return whether so little was kept that marks would only hinder reading."""
        kept = sum(len(piece.text) for piece in self.pieces if piece.change is TextChange.KEPT)
        changes = (TextChange.DELETED, TextChange.INSERTED)
        changed = (sum(len(p.text) for p in self.pieces if p.change is change) for change in changes)
        return kept < LEAST_SHARE_KEPT * (kept + max(changed))

    @property
    def excerpt(self) -> Markup:
        """Return the changes as HTML, with a few kept characters around each."""
        last = len(self.pieces) - 1
        return pieces_as_html(
            shorten_kept(piece, is_first=place == 0, is_last=place == last)
            for place, piece in enumerate(self.pieces)
        )

    @property
    def old(self) -> Markup:
        """Return the old text as HTML, with deletions in ``<del>``."""
        return pieces_as_html(piece for piece in self.pieces if piece.change is not TextChange.INSERTED)

    @property
    def new(self) -> Markup:
        """Return the new text as HTML, with insertions in ``<ins>``."""
        return pieces_as_html(piece for piece in self.pieces if piece.change is not TextChange.DELETED)


def pieces_as_html(pieces: Iterable[TextPiece]) -> Markup:
    """Return pieces as HTML, with their text escaped."""
    return Markup("").join(
        Markup("<{0}>{1}</{0}>").format(piece.change.value, piece.text) if piece.change.value else piece.text
        for piece in pieces
    )


def shorten_kept(piece: TextPiece, *, is_first: bool, is_last: bool) -> TextPiece:
    """Return a piece; of a kept one only what is next to a change."""
    if piece.change is not TextChange.KEPT:
        return piece
    before, after = (0 if is_first else CONTEXT_LENGTH), (0 if is_last else CONTEXT_LENGTH)
    if len(piece.text) <= before + after + 1:
        return piece
    return TextPiece(TextChange.KEPT, f"{piece.text[:before]}…{piece.text[len(piece.text) - after :]}")


def compare_texts(old: str, new: str) -> TextDifference:
    """Return the differences from `old` to `new`: in full, or beyond MOST_PAIRS only between the common beginning and
    end.
    """
    before, after = split_sentences(old), split_sentences(new)
    head, tail = common_ends(before, after)
    if (len(before) - head - tail) * (len(after) - head - tail) <= MOST_PAIRS:
        return TextDifference(tuple(join_pieces(pieces_by_sentence(before, after))))
    pieces = pieces_by_ends(before, after, head, tail)
    return TextDifference(tuple(join_pieces(pieces)), is_cut_short=True)


def common_ends(old: list[str], new: list[str]) -> tuple[int, int]:
    """Return the lengths of the common beginning and of the common end."""
    head = Prefix.similarity(old, new)
    return head, min(Postfix.similarity(old, new), len(old) - head, len(new) - head)


def replaced_runs(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield each run of sentences that differs, with its replacement, which is empty for a mere deletion."""
    yield from ((before, after) for is_kept, before, after in aligned_runs(old, new) if not is_kept)


def aligned_runs(old: list[str], new: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    """Yield alternately what two lists have in common and what differs."""
    for is_kept, run in groupby(LCSseq.opcodes(old, new), key=lambda step: step.tag == "equal"):
        first, *_, last = (steps := list(run)) + steps
        yield is_kept, old[first.src_start : last.src_end], new[first.dest_start : last.dest_end]


def pieces_by_ends(old: list[str], new: list[str], head: int, tail: int) -> Iterator[TextPiece]:
    """Yield the common beginning, everything between as replaced, and the common end."""
    old_end, new_end = len(old) - tail, len(new) - tail
    yield TextPiece(TextChange.KEPT, "".join(old[:head]))
    yield from replaced_pieces("".join(old[head:old_end]), "".join(new[head:new_end]))
    yield TextPiece(TextChange.KEPT, "".join(old[old_end:]))


def split_sentences(text: str) -> list[str]:
    """Split a text into sentences; joined together they are the text again."""
    return [sentence for sentence in SENTENCE.findall(text) if sentence]


def pieces_by_sentence(old: list[str], new: list[str]) -> Iterator[TextPiece]:
    """Yield the pieces of two texts, comparing reworded sentences by character."""
    for is_kept, *runs in aligned_runs(old, new):
        before, after = map("".join, runs)
        if is_kept:
            yield TextPiece(TextChange.KEPT, before)
        elif max(len(before), len(after)) <= LONGEST_STRETCH:
            yield from pieces_by_token(TOKEN.findall(before), TOKEN.findall(after))
        else:
            yield from replaced_pieces(before, after)


def pieces_by_token(old: list[str], new: list[str]) -> Iterator[TextPiece]:
    """Yield the pieces of two stretches by character, or as a whole if they have little in common."""
    if Indel.normalized_similarity(old, new) < LEAST_SENTENCE_LIKENESS:
        yield from replaced_pieces("".join(old), "".join(new))
        return
    for is_kept, *runs in aligned_runs(old, new):
        before, after = map("".join, runs)
        if is_kept and len(before) >= SHORTEST_KEPT_RUN:
            yield TextPiece(TextChange.KEPT, before)
        else:
            yield from replaced_pieces(before, after)


def replaced_pieces(before: str, after: str) -> Iterator[TextPiece]:
    yield TextPiece(TextChange.DELETED, before)
    yield TextPiece(TextChange.INSERTED, after)


def join_pieces(pieces: Iterable[TextPiece]) -> Iterator[TextPiece]:
    """Join adjacent pieces: between two kept pieces there is at most one deleted and one inserted."""
    for is_kept, run in groupby(pieces, key=lambda piece: piece.change is TextChange.KEPT):
        stretch = list(run)
        for change in (TextChange.KEPT,) if is_kept else (TextChange.DELETED, TextChange.INSERTED):
            text = "".join(piece.text for piece in stretch if piece.change is change)
            if text:
                yield TextPiece(change, text)
