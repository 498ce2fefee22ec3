"""Comparing a draft with last year's plan: continued, changed, new and dropped measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from app.base.labels import LabelledEnum, LabelTone
from app.base.text import quoted_input
from app.base.text_differences import TextDifference, compare_texts
from app.plan.core.models import Plan, PlanItem
from app.plan.core.queries import measures_of_plan
from app.plan.importer import PlanDraft, plan_from_blocks
from app.plan.importer.measure_matching import (
    MeasureChange,
    NumberChange,
    compare_pair,
    match_measures,
)
from app.plan.importer.plan_draft import MeasureDraft
from app.plan.preview import queries
from app.plan.preview.models import ImportDraft


class YearChange(LabelledEnum):
    """What became of a measure from one year to the next."""

    SAME = "same", "相同", LabelTone.QUIET
    CHANGED = "changed", "有变化", LabelTone.ATTENTION
    ADDED = "added", "新增", LabelTone.GOOD


class ComparisonWords(NamedTuple):
    """The page's words for the plan compared with, the draft's own measures, and dropped measures."""

    heading: str
    beside: str
    own: str
    dropped: str


AGAINST_LAST_YEAR = ComparisonWords("与上年对照", "上年", "本年", "上年有、本年没有")
AGAINST_REVISED_PLAN = ComparisonWords("与现行计划对照", "现行计划", "新文本", "现行计划有、新文本没有")


@dataclass(frozen=True)
class ComparedMeasure:
    """A measure of the draft with the one of last year that it continues, proposed or chosen."""

    number: int
    measure: MeasureDraft
    typed: str
    before: PlanItem | None
    change: YearChange
    numbers: tuple[NumberChange, ...] = ()
    problem: str = ""
    stored: str = ""  # what another chose meanwhile, in words

    @property
    def title_before(self) -> str:
        return self.before.title if self.before else "—"

    @property
    def difference(self) -> TextDifference | None:
        """Return the differences between both texts; None without a measure to compare with."""
        if self.before is None or self.change is not YearChange.CHANGED:
            return None
        return compare_texts(self.before.text, self.measure.text)

    @property
    def field(self) -> str:
        return field_of(self.measure.start)


def field_of(start: int) -> str:
    """Return the name of the field for the measure that begins at a position in the text."""
    return f"of_{start}"


class ComparisonPage:
    """The comparison of a draft.

    typed: the numbers sent, by field. shows_stored: show what somebody else saved meanwhile beside them.
    """

    def __init__(
        self, draft: ImportDraft, typed: Mapping[str, str] | None = None, *, shows_stored: bool = False
    ) -> None:
        self.draft, self.typed, self.shows_stored = draft, typed, shows_stored
        self.plan: PlanDraft = plan_from_blocks(draft.source_text, draft.block_row, draft.frame_fields)
        self.last: Plan | None = queries.plan_beside(draft)
        self.last_measures = measures_of_plan(self.last) if self.last else []

    @property
    def is_decided(self) -> bool:
        return self.draft.predecessors is not None

    @property
    def state_words(self) -> str:
        if self.is_decided:
            return "这是已保存的对照，可以再改。"
        if self.draft.revised_plan:
            return (
                "这一年的计划已经入库，这份文本作为它的修订。下面按文字相近程度给出建议，请逐项核对后保存。"
            )
        return "下面按文字相近程度给出建议，请逐项核对后保存；不保存的，入库时不与上年关联。"

    @property
    def why_nothing(self) -> str:
        """Return why there is nothing to compare with."""
        if self.draft.year is None:
            return "还没有写明年度。请先在“标题、年度等”中填写。"
        return "上一年度的工作计划没有入库。这一步可以略过。"

    @property
    def carries(self) -> bool:
        return bool(self.draft.predecessors is None or self.draft.predecessors["carries"])

    @cached_property
    def rows(self) -> list[ComparedMeasure]:
        return [self.compared(number, measure) for number, measure in enumerate(self.plan.measures(), 1)]

    @property
    def differing(self) -> list[ComparedMeasure]:
        return [row for row in self.rows if row.change is not YearChange.SAME]

    @cached_property
    def dropped(self) -> list[PlanItem]:
        """Return last year's measures that no measure continues."""
        kept = {row.before.id for row in self.rows if row.before}
        return [measure for measure in self.last_measures if measure.id not in kept]

    @property
    def counts(self) -> list[tuple[str, int]]:
        found = [(change.label, sum(row.change is change for row in self.rows)) for change in YearChange]
        return [*found, (self.words.dropped, len(self.dropped))]

    @property
    def words(self) -> ComparisonWords:
        return AGAINST_REVISED_PLAN if self.draft.revised_plan else AGAINST_LAST_YEAR

    @property
    def problems(self) -> list[str]:
        return [f"第 {row.number} 项：{row.problem}" for row in self.rows if row.problem]

    @property
    def chosen(self) -> dict[int, int]:
        """Return last year's measure for each measure that continues one, by its position in the text."""
        return {row.measure.start: row.before.id for row in self.rows if row.before}

    @cached_property
    def by_number(self) -> dict[str, PlanItem]:
        return {str(measure.position): measure for measure in self.last_measures}

    @cached_property
    def numbers_shown(self) -> dict[int, str]:
        """Return the numbers of last year's measures by position in the text: as saved, else as proposed."""
        if self.is_decided:
            numbers = {measure.id: str(measure.position) for measure in self.last_measures}
            saved = self.draft.predecessors["chosen"]
            return {int(start): numbers[before] for start, before in saved.items() if before in numbers}
        compared = match_measures(self.last_measures, list(self.plan.measures()))
        return {pair.after.start: str(pair.before.position) for pair in compared.pairs}

    def number_problem(self, typed: str) -> str:
        """Return what to do about a number of no measure; a revised plan may have gaps in its numbers."""
        last = max((one.position for one in self.last_measures), default=0)
        return f"{self.words.beside}没有第{quoted_input(typed)}项举措，请填 1 到 {last}，或者留空。"

    def compared(self, number: int, measure: MeasureDraft) -> ComparedMeasure:
        if self.typed is None:
            typed = self.numbers_shown.get(measure.start, "")
        else:
            typed = self.typed.get(field_of(measure.start), "").strip()
        before, stored = self.by_number.get(typed), self.stored_beside(typed, measure)
        if before is None:
            problem = self.number_problem(typed) if typed else ""
            return ComparedMeasure(
                number, measure, typed, None, YearChange.ADDED, problem=problem, stored=stored
            )
        pair = compare_pair(before, measure)
        change = YearChange.SAME if pair.change is MeasureChange.SAME else YearChange.CHANGED
        return ComparedMeasure(number, measure, typed, before, change, pair.numbers, stored=stored)

    def stored_beside(self, typed: str, measure: MeasureDraft) -> str:
        """Return what somebody else saved meanwhile, if it differs from what was typed."""
        if not (self.shows_stored and self.is_decided):
            return ""
        stored = self.numbers_shown.get(measure.start, "")
        return "" if stored == typed else f"别人存为第 {stored} 项" if stored else "别人存为新增"
