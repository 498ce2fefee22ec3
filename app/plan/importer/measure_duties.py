"""What a measure promises, and who answers for it: its commitments, and the duties printed beside it or above it.

Commitments are its text by sentence, and by clause where a semicolon or 一是…二是… parts it.
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


@dataclass(frozen=True)
class MeasureDutyNames:
    """What several statements of duties say together; who leads does not support as well."""

    leads: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    deadline: str = ""


def collect_duties(statements: Iterable[DutyStatement]) -> MeasureDutyNames:
    """Put statements together, each name once."""
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
    """Give every measure the duties that the plan prints for it.

    A measure without a statement of its own has that of the nearest head above it. Where the plan says anywhere
    that who is named first leads, it holds for the whole plan.
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
