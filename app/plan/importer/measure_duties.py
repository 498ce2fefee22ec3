"""The commitments of a measure and who is responsible: from its text and from duties printed beside or above it.

Commitments are the sentences of its text, or clauses if separated by semicolons or 一是…二是….
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from app.plan.importer.duties import DutyStatement, find_duties, is_duty_text, says_first_leads
from app.plan.importer.duty_names import each_once
from app.plan.importer.plan_draft import CommitmentDraft, HeadedDraft, MeasureDraft, PlanDraft
from app.plan.importer.sentences import cut_text

_STOPS = "。！？；;"
_ENUMERATED = re.compile(r"(?<=[，,、：:])(?=[二三四五六七八九十]{1,2}(?:是|要)|(?:其次|再次|最后)[，,])")

Departments = tuple[str, ...]


@dataclass
class _CommitmentGroup:
    """Adjacent pieces of text, with the departments named after them so far."""

    pieces: list[list[str]] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)

    def to_commitments(self) -> list[CommitmentDraft]:
        """Return its pieces as commitments, each with all the departments."""
        departments = tuple(self.names)
        return [CommitmentDraft("".join(piece), departments) for piece in self.pieces]


@dataclass
class _CommitmentCollector:
    """Collects commitments.

    waiting: pieces without departments so far. settled: pieces covered by the last mention of departments.
    lead: a mention before the first piece.
    """

    above: list[str]
    lead: list[str] = field(default_factory=list)
    done: list[CommitmentDraft] = field(default_factory=list)
    settled: _CommitmentGroup = field(default_factory=_CommitmentGroup)
    waiting: list[list[str]] = field(default_factory=list)

    def add_piece(self, piece: str) -> None:
        """Add a sentence or clause, which may name departments."""
        self.waiting.append([*self.lead, piece])
        self.lead = []
        self._cover_waiting(departments_of(piece))

    def add_departments(self, mention: str) -> None:
        """Add a mention of departments: it covers the pieces before it, or at the very start all that follow."""
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
        """Return all commitments; those still waiting have the departments stated above."""
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
    """Cut the text of a measure into commitments; joined, they are the text (without line breaks).

    A mention of departments covers the commitments since the previous mention. `stated_above`, the departments printed
    beside the measure's head, covers those without a mention.
    """
    gathering = _CommitmentCollector(list(stated_above))
    for piece in _split_pieces(text):
        if is_duty_text(piece.rstrip("。；;")):
            gathering.add_departments(piece)
        else:
            gathering.add_piece(piece)
    return gathering.finish_commitments()


def departments_of(text: str) -> Departments:
    """Return the departments, and words for several of them, that a text makes responsible, leads first."""
    statements = find_duties(text)
    return each_once(names for each in statements for names in (each.leads, each.supports, each.words))


def _split_pieces(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        fragments = [line] if is_duty_text(line) else _split_clauses(line)
        yield from (fragment.strip() for fragment in fragments if fragment.strip())


def _split_clauses(line: str) -> Iterator[str]:
    """Yield sentences and clauses; departments in brackets at the start of one are yielded separately."""
    for clause in cut_text(line, _STOPS):
        statements = () if is_duty_text(clause) else find_duties(clause)
        start = next((one.end for one in statements if one.start == 0), 0)
        yield clause[:start]
        yield from _ENUMERATED.split(clause[start:])


@dataclass(frozen=True)
class MeasureDutyNames:
    """The combined content of several statements of duties; leads are not listed as supports."""

    leads: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    deadline: str = ""


def collect_duties(statements: Iterable[DutyStatement]) -> MeasureDutyNames:
    """Combine statements; each name occurs once."""
    statements = tuple(statements)
    leads = each_once(each.leads for each in statements)
    supports = each_once(each.supports for each in statements)
    return MeasureDutyNames(
        leads=leads,
        supports=tuple(name for name in supports if name not in leads),
        words=each_once(each.words for each in statements),
        leaders=each_once(each.leaders for each in statements),
        deadline="；".join(dict.fromkeys(each.deadline for each in statements if each.deadline)),
    )


def add_duties(plan: PlanDraft) -> PlanDraft:
    """Return the plan with the printed duties of every measure.

    A measure without its own statement has that of the nearest head above it. If the plan says anywhere that the first
    name leads, this holds for the whole plan.
    """
    return _DutyReading(says_first_leads(plan.full_text())).plan_with_duties(plan)


@dataclass(frozen=True)
class _DutyReading:
    first_leads: bool

    def plan_with_duties(self, plan: PlanDraft) -> PlanDraft:
        parts = (
            replace(
                part,
                measures=tuple(self._with_duties(part.measures, (part,))),
                sections=tuple(
                    replace(section, measures=tuple(self._with_duties(section.measures, (section, part))))
                    for section in part.sections
                ),
            )
            for part in plan.parts
        )
        return replace(plan, parts=tuple(parts))

    def _with_duties(
        self, measures: Iterable[MeasureDraft], above: tuple[HeadedDraft, ...]
    ) -> Iterator[MeasureDraft]:
        for measure in measures:
            duties = self._nearest_duties((measure, *reversed(measure.path), *above))
            yield replace(
                measure,
                lead=duties.leads,
                support=duties.supports,
                duty_words=duties.words,
                leader=measure.leader or "、".join(duties.leaders),
                deadline=measure.deadline or duties.deadline,
            )

    def _nearest_duties(self, heads: Iterable[HeadedDraft]) -> MeasureDutyNames:
        for head in heads:
            statements = find_duties(f"{head.heading}\n{head.text}", first_leads=self.first_leads)
            if statements:
                return collect_duties(statements)
        return MeasureDutyNames()
