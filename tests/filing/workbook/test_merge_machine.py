"""Two windows each of three people write in one filing in any order, take over forms of Excel, and hand it on, take it
back, correct it and give it back, by the operations.

A field that a person did not touch is never written by that person, and no text that was stored is ever gone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from app.authority.actor import Actor
from app.base.database import database
from app.base.errors import FieldProblems, IllegalTransition
from app.filing.core import content_reading, operations
from app.filing.core.content import FIELD_LABELS, LONG_TEXTS, FilingContent
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.filing.core.merging import (
    FILLED,
    WrittenFiling,
    complete_fields,
    content_of_fields,
    fields_of_content,
    is_grown_from,
    marks_of,
    with_tied,
)
from app.filing.core.models import Filing, FilingRevision
from app.filing.core.submission_checks import AcceptedContent
from app.filing.department import sign_off_corrections, taking_back
from app.filing.department.offered_answers import joined_text, offered_answers
from app.filing.suggestions import operations as suggestions
from app.filing.workbook.carried import carried_content, carried_fields, digest_of_content
from app.filing.workbook.layout import RowKey
from app.filing.workbook.queries import compare_reported
from app.filing.workbook.reading import ReportedFiling, ReportedForm
from app.periods.rules import Quarter
from app.plan.core.models import Indicator, Milestone
from tests.world import THRESHOLDS, World, full_content

TEXTS = ["", "甲", "乙", "甲乙"]
CHOICES: dict[str, list[Any]] = {
    "progress": TEXTS,
    "problems": TEXTS,
    "next_steps": TEXTS,
    "percent": [None, 60, 80, 9_000_000],  # the last one cannot be stored
    "status": [None, *MeasureStatus],
    "status_reason": TEXTS,
    "forecast": [None, *Forecast],
    "light": [None, Light.RED],
    "light_reason": ["", "受阻。"],
    FILLED: [True, False],
    "done": [True, False],
    "note": TEXTS,
    "indicator": [None, Decimal(3), Decimal(5)],
    "reached": [True, False],
}
WINDOWS = 6
LAST = AcceptedContent(full_content("上季度。"), Quarter(2026, 2))


class Undone(Exception):
    """Ends a transaction without keeping anything of it."""


@dataclass
class Window:
    """A filing's page, or its row in a form of Excel: what stands in it, and what was stored when that was read."""

    by: Actor
    values: dict[str, Any]
    read: dict[str, Any]
    marks: dict[str, str]
    version: int
    own: frozenset[int] = frozenset()
    open_fields: frozenset[str] = field(default_factory=frozenset)

    @property
    def touched(self) -> set[str]:
        marks, read = marks_of(self.values), marks_of(self.read)
        return with_tied(name for name in marks if marks[name] != read[name])


class Writing(RuleBasedStateMachine):
    """Tries everything on one filing; all of it is rolled back at the end."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.whole = database.atomic()
        self.whole.__enter__()
        measure = world.measures[0]
        self.indicator = Indicator.create(
            measure=measure, name="走访企业", unit="家", yearly_target=Decimal(10), position=0
        )
        self.milestone = Milestone.create(item=measure, quarter=3, text="签约一批")
        filer, head = world.users["filer"], world.users["head"]
        people = (filer, head, replace(filer, name="替班的人"))
        self.tasks = [one.id for one in content_reading.commitments_for(world.filing(1))]
        self.windows = [self.opened(people[number % 3]) for number in range(WINDOWS)]
        self.rows = [self.opened(people[number]) for number in range(3)]
        self.texts: set[str] = set()

    def stored(self) -> dict[str, Any]:
        filing = self.world.filing(1)
        parts = [f"{part}_{key}" for key in self.tasks for part in ("done", "note")]
        content = content_reading.content_of_filing(filing)
        fields = fields_of_content(content, filled=filing.filled)
        asked = f"indicator_{self.indicator.id}", f"reached_{self.milestone.id}"
        return complete_fields(fields, [*parts, *asked])

    def opened(self, by: Actor) -> Window:
        fields = self.stored()
        return Window(by, dict(fields), fields, marks_of(fields), self.world.filing(1).version)

    @rule(number=st.integers(0, WINDOWS - 1))
    def somebody_opens_the_page(self, number: int) -> None:
        self.windows[number] = self.opened(self.windows[number].by)

    @rule(number=st.integers(0, WINDOWS - 1), data=st.data())
    def somebody_types_in_a_page_that_saves_by_itself(self, number: int, data: st.DataObject) -> None:
        window = self.windows[number]
        self.type_something(window, data)
        self.save(window)

    @rule(number=st.integers(0, WINDOWS - 1), data=st.data())
    def somebody_types(self, number: int, data: st.DataObject) -> None:
        self.type_something(self.windows[number], data)

    def type_something(self, window: Window, data: st.DataObject) -> None:
        for name in data.draw(st.sets(st.sampled_from(sorted(window.values)), min_size=1, max_size=3)):
            kind = name if name in CHOICES else name.partition("_")[0]
            window.values[name] = data.draw(st.sampled_from(CHOICES[kind]))

    @rule(
        number=st.integers(0, WINDOWS - 1),
        names=st.sets(st.sampled_from(["progress", "confirmed", "percent"])),
    )
    def somebody_takes_last_quarter_over(self, number: int, names: set[str]) -> None:
        window = self.windows[number]
        content = content_of_fields(window.values, window.values)
        for name, value in offered_answers(content, LAST, []).values_to_take(names).items():
            window.values[name] = joined_text(window.values[name], value) if name == "progress" else value

    @rule(number=st.integers(0, WINDOWS - 1))
    def somebody_saves_by_hand(self, number: int) -> None:
        self.save_by_hand(self.windows[number])

    def save_by_hand(self, window: Window) -> None:
        """Who uses the button has seen the texts that stand beside what is open, and means what is in the form."""
        stored = self.stored()
        seen = {name: marks_of(stored)[name] for name in with_tied(window.open_fields)}
        window.read |= {name: stored[name] for name in seen}
        window.marks |= seen
        self.save(window)

    @rule(number=st.integers(0, WINDOWS - 1))
    def somebody_takes_what_another_wrote(self, number: int) -> None:
        window, stored = self.windows[number], self.stored()
        for name in with_tied(window.open_fields):
            window.values[name] = window.read[name] = stored[name]
            window.marks[name] = marks_of(stored)[name]
        self.save(window)

    def save(self, window: Window) -> None:
        """Save a page, and let it know what its script would know after the answer."""
        before, touched = self.stored(), window.touched
        content = content_of_fields(window.values, window.values)
        written = WrittenFiling(
            content, filled=window.values[FILLED], version=window.version, marks=window.marks, own=window.own
        )
        try:
            saved = operations.save_written(
                self.world.filing(1), written, by=window.by, thresholds=THRESHOLDS
            )
        except IllegalTransition:
            assert self.stored() == before
            return
        after, merged = self.stored(), saved.merged
        self.only_touched_fields_changed(before, after, touched)
        still_open = with_tied({*merged.conflicts, *saved.problems})
        for name in touched - still_open:
            assert marks_of(after)[name] == marks_of(window.values)[name], name
        for name in window.values:
            if name not in still_open:
                window.values[name] = window.read[name] = after[name]
        window.open_fields = frozenset(merged.conflicts)
        brought = {name: marks_of(after)[name] for name in merged.brought}
        window.marks, window.own = merged.marks | brought, window.own | {saved.filing.version}
        window.version = window.version if merged.conflicts else saved.filing.version

    def only_touched_fields_changed(
        self, before: dict[str, Any], after: dict[str, Any], touched: set[str]
    ) -> None:
        changed = {name for name in before if marks_of(before)[name] != marks_of(after)[name]}
        assert changed <= touched
        self.texts |= {after["progress"]}

    @rule(number=st.integers(0, 2), is_fresh=st.booleans(), data=st.data())
    def somebody_fills_in_a_form_and_takes_it_over(
        self, number: int, is_fresh: bool, data: st.DataObject
    ) -> None:
        if is_fresh:
            self.rows[number] = self.opened(self.rows[number].by)
        row, before = self.rows[number], self.stored()
        self.type_something(row, data)
        row.values[FILLED] = row.read[FILLED]  # a form does not say it
        reported = ReportedFiling(1, self.key_of(row), self.carried(row.values))
        (proposed,) = compare_reported(ReportedForm((reported,)), self.world.period, user=row.by).rows
        if not proposed.can_be_saved:
            return
        kept = data.draw(st.sampled_from([frozenset(), proposed.conflicts]))
        content = proposed.content_keeping(kept)
        try:
            operations.save_filing(
                proposed.filing, content, by=row.by, version=proposed.filing.version, thresholds=THRESHOLDS
            )
        except FieldProblems:
            assert self.stored() == before
            return
        self.only_touched_fields_changed(before, self.stored(), row.touched)

    def carried(self, values: dict[str, Any]) -> FilingContent:
        content = content_of_fields(values, values)
        return carried_content(content, self.tasks, [self.indicator.id], [self.milestone.id])

    def key_of(self, row: Window) -> RowKey:
        content = self.carried(row.read)
        marks = marks_of(carried_fields(content))
        return RowKey(
            self.world.period.quarter.code,
            self.world.filing(1).id,
            row.version,
            digest_of_content(content),
            marks,
        )

    @rule(choices=st.lists(st.integers(0, 11), min_size=1, max_size=4), words=st.sampled_from(TEXTS[1:]))
    def it_goes_on(self, choices: list[int], words: str) -> None:
        """Whatever can happen to it as it stands: chance alone would hardly ever lead it as far as the office."""
        for choice in choices:
            steps = self.steps[self.world.filing(1).state]
            steps[choice % len(steps)](words)

    @property
    def steps(self) -> dict[FilingState, Sequence[Callable[[str], None]]]:
        return {
            FilingState.DRAFT: (self.hand_in,),
            FilingState.RETURNED: (self.hand_in,),
            FilingState.SUBMITTED: (self.correct_and_sign, self.return_it, self.take_back, self.sign),
            FilingState.SIGNED_OFF: (
                self.agree_to_words,
                self.send_back,
                self.take_back_signature,
                self.accept,
            ),
            FilingState.ACCEPTED: (self.reopen,),
        }

    def hand_in(self, words: str) -> None:
        """Answer everything on a page, whatever it had read, and hand it in."""
        window = self.windows[0]
        window.values |= {name: getattr(full_content(words), name) for name in FIELD_LABELS}
        self.save_by_hand(window)
        filing, before = self.world.filing(1), self.stored()
        with suppress(FieldProblems):
            operations.submit_filing(filing, by=window.by, version=filing.version)
        assert self.stored() == before

    def return_it(self, _words: str) -> None:
        self.step_that_writes_nothing(operations.return_filing, "head", reason="请补充数字。")

    def take_back(self, _words: str) -> None:
        self.step_that_writes_nothing(taking_back.take_back_filing, "filer")

    def take_back_signature(self, _words: str) -> None:
        self.step_that_writes_nothing(taking_back.take_back_sign_off, "head")

    def send_back(self, _words: str) -> None:
        self.step_that_writes_nothing(operations.send_back_filing, "office", reason="请补充数字。")

    def sign(self, _words: str) -> None:
        self.step_that_writes_nothing(operations.sign_off_filing, "head")

    def accept(self, _words: str) -> None:
        self.step_that_writes_nothing(operations.accept_filing, "office")

    def reopen(self, _words: str) -> None:
        self.step_that_writes_nothing(operations.reopen_filing, "office", reason="请补充数字。")

    def correct_and_sign(self, words: str) -> None:
        filing, before = self.world.filing(1), self.stored()
        texts = {name: before[name] for name in LONG_TEXTS} | {"progress": words}
        sign_off_corrections.sign_off_corrected(
            filing, texts, by=self.world.users["head"], version=filing.version
        )
        self.only_touched_fields_changed(before, self.stored(), {"progress"})

    def agree_to_words(self, words: str) -> None:
        """Let the office suggest another next step, and the department take it."""
        filing, before = self.world.filing(1), self.stored()
        after = {"next_steps": f"{before['next_steps']}{words}"}
        (suggested,) = suggestions.suggest_wording(
            filing, after, by=self.world.users["office"], version=filing.version
        )
        suggestions.agree_to_suggestion(suggested, by=self.world.users["filer"], thresholds=THRESHOLDS)
        self.only_touched_fields_changed(before, self.stored(), {"next_steps"})

    def step_that_writes_nothing(self, step: Callable[..., None], who: str, **given: str) -> None:
        """Take a step; what is to be done again is no longer 已填完, and nothing else is written."""
        filing, before = self.world.filing(1), self.stored()
        step(filing, by=self.world.users[who], version=filing.version, **given)
        assert {**self.stored(), FILLED: False} == {**before, FILLED: False}

    @invariant()
    def every_text_that_was_stored_can_be_found(self) -> None:
        filing = Filing.get_by_id(self.world.filing(1).id)
        kept = [
            row.content["progress"] for row in FilingRevision.select().where(FilingRevision.filing == filing)
        ]
        for text in self.texts:
            assert any(is_grown_from(text, found) for found in (filing.progress, *kept))

    def teardown(self) -> None:
        self.whole.__exit__(Undone, Undone(), None)


def test_no_field_that_a_person_did_not_touch_is_ever_written(world: World) -> None:
    limits = settings(
        max_examples=20,
        stateful_step_count=20,
        suppress_health_check=[HealthCheck.too_slow],
    )
    run_state_machine_as_test(lambda: Writing(world), settings=limits)
