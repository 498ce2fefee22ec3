"""Commitments: a measure's text by sentence, and by clause where a semicolon or 一是…二是… parts it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.plan.importer.duties import find_duties, is_duty_text
from app.plan.importer.duty_names import each_once
from app.plan.importer.plan_draft import CommitmentDraft
from app.plan.importer.sentences import cut_text

_STOPS = "。！？；;"
_ENUMERATED = re.compile(r"(?<=[，,、：:])(?=[二三四五六七八九十]{1,2}(?:是|要)|(?:其次|再次|最后)[，,])")

Departments = tuple[str, ...]


@dataclass
class _CommitmentGroup:
    """Pieces that stand together, with the departments that were named behind them so far."""

    pieces: list[list[str]] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)

    def to_commitments(self) -> list[CommitmentDraft]:
        """Its pieces as commitments, each of all the departments."""
        departments = tuple(self.names)
        return [CommitmentDraft("".join(piece), departments) for piece in self.pieces]


@dataclass
class _CommitmentCollector:
    """Commitments while they are gathered: `waiting` are those that no departments were named for yet.

    `settled` are those that the last mention covered, `lead` a mention before the first piece.
    """

    above: list[str]
    lead: list[str] = field(default_factory=list)
    done: list[CommitmentDraft] = field(default_factory=list)
    settled: _CommitmentGroup = field(default_factory=_CommitmentGroup)
    waiting: list[list[str]] = field(default_factory=list)

    def add_piece(self, piece: str) -> None:
        """A sentence or clause, perhaps with its departments inside."""
        self.waiting.append([*self.lead, piece])
        self.lead = []
        self._cover_waiting(departments_of(piece))

    def add_departments(self, mention: str) -> None:
        """Departments by themselves: they cover what stands before them, or, at the very start, all that follows."""
        names = departments_of(mention.rstrip("。；;"))
        if self.waiting:
            self.waiting[-1].append(mention)
            self._cover_waiting(names)
        elif self.settled.pieces:
            self.settled.pieces[-1].append(mention)
            self.settled.names.update(dict.fromkeys(names))
        else:
            self.lead.append(mention)
            self.above.extend(names)

    def finish_commitments(self) -> tuple[CommitmentDraft, ...]:
        """All commitments; those still waiting are covered by the departments stated above."""
        rest = [*self.waiting, self.lead] if self.lead else self.waiting
        above = tuple(self.above)
        left = (CommitmentDraft("".join(piece), above) for piece in rest)
        return (*self.done, *self.settled.to_commitments(), *left)

    def _cover_waiting(self, names: Departments) -> None:
        if names:
            self.done += self.settled.to_commitments()
            self.settled = _CommitmentGroup(self.waiting, dict.fromkeys(names))
            self.waiting = []


def commitments_of(text: str, stated_above: Departments = ()) -> tuple[CommitmentDraft, ...]:
    """Cut the text of a measure into commitments; joined, they are the text (line breaks aside).

    A mention of departments covers the commitments since the mention before it. `stated_above` are the
    departments printed beside the measure's head: they cover what has none of its own.
    """
    gathering = _CommitmentCollector(list(stated_above))
    for piece in _split_pieces(text):
        if is_duty_text(piece.rstrip("。；;")):
            gathering.add_departments(piece)
        else:
            gathering.add_piece(piece)
    return gathering.finish_commitments()


def departments_of(text: str) -> Departments:
    """The departments, and the words for several of them, that a text names as responsible, lead first."""
    statements = find_duties(text)
    return each_once(names for each in statements for names in (each.leads, each.supports, each.words))


def _split_pieces(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        fragments = [line] if is_duty_text(line) else _split_clauses(line)
        yield from (fragment.strip() for fragment in fragments if fragment.strip())


def _split_clauses(line: str) -> Iterator[str]:
    """Sentences and clauses; departments in brackets at the start of one are a piece of their own."""
    for clause in cut_text(line, _STOPS):
        statements = () if is_duty_text(clause) else find_duties(clause)
        start = next((one.end for one in statements if one.start == 0), 0)
        yield clause[:start]
        yield from _ENUMERATED.split(clause[start:])
