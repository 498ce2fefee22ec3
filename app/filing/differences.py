"""What changed between two texts, as a reader sees it: sentences first, characters within a changed sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import groupby

from markupsafe import Markup

# A sentence ends with its mark and the closing marks behind it, or with a line break.
SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；][”’）」』]*|\n|$)")
# A number or a Latin word changes as a whole: "32" to "35" is not "3 stays, 2 becomes 5".
TOKEN = re.compile(r"\d+(?:[.,]\d+)*[%％]?|[A-Za-z]+|.", re.DOTALL)

ALIKE = 0.5  # sentences less alike than this are shown as one taken out and another put in
ISLAND = 2  # fewer kept characters than this between two changes only disturb the eye
LITTLE = 0.3  # where a smaller share than this was kept, a text was rewritten
PATIENCE = 1_000  # longer stretches are not compared by character: it would take too long


class Change(Enum):
    """What became of a piece of text."""

    KEPT = None
    DELETED = "del"
    INSERTED = "ins"


@dataclass(frozen=True)
class Piece:
    """A stretch of text that was kept, deleted or inserted as a whole."""

    change: Change
    text: str


@dataclass(frozen=True)
class Difference:
    """The pieces of two texts in reading order, deleted before inserted."""

    pieces: tuple[Piece, ...]

    @property
    def is_empty(self) -> bool:
        """Return whether both texts are the same."""
        return all(piece.change is Change.KEPT for piece in self.pieces)

    @property
    def is_rewritten(self) -> bool:
        """Return whether so little was kept that marks would only disturb the reading of either text."""
        kept = sum(len(piece.text) for piece in self.pieces if piece.change is Change.KEPT)
        changes = (Change.DELETED, Change.INSERTED)
        changed = (sum(len(p.text) for p in self.pieces if p.change is change) for change in changes)
        return kept < LITTLE * (kept + max(changed))

    @property
    def old(self) -> Markup:
        """Return the old text as HTML, what is gone in ``<del>``."""
        return marked(piece for piece in self.pieces if piece.change is not Change.INSERTED)

    @property
    def new(self) -> Markup:
        """Return the new text as HTML, what was added in ``<ins>``."""
        return marked(piece for piece in self.pieces if piece.change is not Change.DELETED)


def marked(pieces: Iterable[Piece]) -> Markup:
    """Return pieces as HTML; their text is escaped."""
    return Markup("").join(
        Markup("<{0}>{1}</{0}>").format(piece.change.value, piece.text) if piece.change.value else piece.text
        for piece in pieces
    )


def difference(old: str, new: str) -> Difference:
    """Return what changed from `old` to `new`."""
    return Difference(tuple(joined(by_sentence(sentences(old), sentences(new)))))


def sentences(text: str) -> list[str]:
    """Cut a text into sentences; joined together they are the text again."""
    return [sentence for sentence in SENTENCE.findall(text) if sentence]


def by_sentence(old: list[str], new: list[str]) -> Iterator[Piece]:
    """Yield the pieces of two texts, looking into sentences that were reworded."""
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes():
        before, after = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if tag == "equal":
            yield Piece(Change.KEPT, before)
        elif max(len(before), len(after)) <= PATIENCE:
            yield from by_token(TOKEN.findall(before), TOKEN.findall(after))
        else:
            yield from replaced(before, after)


def by_token(old: list[str], new: list[str]) -> Iterator[Piece]:
    """Yield the pieces of two stretches character by character, or as a whole where they have little in common."""
    matcher = SequenceMatcher(None, old, new)
    if not are_alike(matcher):
        yield from replaced("".join(old), "".join(new))
        return
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        before, after = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if tag == "equal" and len(before) >= ISLAND:
            yield Piece(Change.KEPT, before)
        else:
            yield from replaced(before, after)


def are_alike(matcher: SequenceMatcher[str]) -> bool:
    """Return whether two stretches have much in common; the cheap upper bounds are asked first."""
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
    return all(bound() >= ALIKE for bound in bounds)


def replaced(before: str, after: str) -> Iterator[Piece]:
    """Yield `before` as deleted and `after` as inserted."""
    yield Piece(Change.DELETED, before)
    yield Piece(Change.INSERTED, after)


def joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join what belongs together: between two kept pieces stands at most one deleted and one inserted."""
    for is_kept, run in groupby(pieces, key=lambda piece: piece.change is Change.KEPT):
        stretch = list(run)
        for change in (Change.KEPT,) if is_kept else (Change.DELETED, Change.INSERTED):
            text = "".join(piece.text for piece in stretch if piece.change is change)
            if text:
                yield Piece(change, text)
