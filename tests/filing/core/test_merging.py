"""What becomes of a field that several people write in: by the rules, over all that pages and people may do."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.filing.core.content import FilingContent, Tick
from app.filing.core.lights import Light
from app.filing.core.merging import (
    MergedFields,
    WrittenFields,
    WrittenFiling,
    complete_fields,
    content_of_fields,
    fields_of_content,
    loses_words,
    mark_of,
    marks_of,
    merge_fields,
    read_marks,
    values_as_sent,
    with_tied,
)
from tests.world import full_content

NAMES = (
    "progress",
    "problems",
    "percent",
    "light",
    "light_reason",
    "done_7",
    "note_7",
    "indicator_9",
    "base_9",
)
VALUES = st.sampled_from(["", "甲", "乙", "甲乙"])


@given(st.data())
def test_no_field_that_a_person_did_not_touch_is_ever_written(data: st.DataObject) -> None:
    """Two pages of one person and one of each of two others, read and saved in any order, and an import."""
    stored: dict[str, Any] = dict.fromkeys(NAMES, "")
    pages = [(dict(stored), marks_of(stored)) for _ in range(4)]
    for _ in range(data.draw(st.integers(1, 12))):
        number = data.draw(st.integers(0, 3))
        values, marks = pages[number]
        if data.draw(st.booleans()):  # opened again
            pages[number] = (dict(stored), marks_of(stored))
            continue
        typed = data.draw(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=3))
        read = {name: marks[name] for name in NAMES}
        values = values | typed
        not_taken = data.draw(st.sets(st.sampled_from(NAMES), max_size=1))
        merged = merge_fields(WrittenFields(values, marks, not_taken), stored)
        for name in NAMES:
            touched = any(mark_of(values[tied]) != read[tied] for tied in with_tied([name]))
            moved = any(mark_of(stored[tied]) != read[tied] for tied in with_tied([name]))
            if not touched or name in with_tied(not_taken):
                assert merged.values[name] == stored[name]
            elif not moved:
                assert merged.values[name] == values[name]
            elif any(values[tied] != stored[tied] for tied in with_tied([name])):
                assert name in merged.conflicts
                assert merged.values[name] == stored[name]
        stored = merged.values
        pages[number] = (values, merged.marks)


@given(st.dictionaries(st.sampled_from(NAMES), VALUES), st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_a_page_that_was_saved_knows_of_what_it_wrote_and_of_nothing_else(
    typed: dict[str, str], others: dict[str, str]
) -> None:
    """What is open stays open until a person has chosen; a text that came meanwhile is never taken for one's own."""
    read: dict[str, Any] = dict.fromkeys(NAMES, "")
    mine, stored = read | typed, read | others
    first = merge_fields(WrittenFields(mine, marks_of(read)), stored)
    again = merge_fields(WrittenFields(mine, first.marks), first.values)
    assert again.values == first.values
    assert again.conflicts == first.conflicts
    chosen = {name: marks_of(first.values)[name] for name in first.conflicts}
    final = merge_fields(WrittenFields(mine, first.marks | chosen), first.values)
    assert final.conflicts == frozenset()
    assert all(final.values[name] == mine[name] for name in first.conflicts)


def test_only_what_both_changed_is_a_conflict() -> None:
    read = {"progress": "旧", "problems": "旧", "next_steps": "旧"}
    mine = {"progress": "我", "problems": "我", "next_steps": "旧"}
    theirs = {"progress": "他", "problems": "旧", "next_steps": "他"}
    merged = merge_fields(WrittenFields(mine, marks_of(read)), theirs)
    assert merged == MergedFields(
        values={"progress": "他", "problems": "我", "next_steps": "他"},
        conflicts=frozenset({"progress"}),
        brought=frozenset({"next_steps"}),
        marks={"progress": mark_of("旧"), "problems": mark_of("我"), "next_steps": mark_of("旧")},
    )


def test_a_light_and_its_reason_are_one() -> None:
    read = {"light": None, "light_reason": ""}
    merged = merge_fields(
        WrittenFields({"light": Light.RED, "light_reason": "甲"}, marks_of(read)),
        {"light": Light.RED, "light_reason": "乙"},
    )
    assert merged.values == {"light": Light.RED, "light_reason": "乙"}
    assert merged.conflicts == {"light", "light_reason"}


def test_a_field_that_the_page_did_not_have_is_left_alone() -> None:
    merged = merge_fields(WrittenFields({"done_7": False}, {}), {"done_7": True, "done_8": True})
    assert merged.values == {"done_7": True, "done_8": True}


def test_fields_and_content_say_the_same() -> None:
    content = FilingContent(
        progress="已推进。",
        ticks={7: Tick(True, "已办")},
        indicators={9: Decimal("1.50")},
        bases={9: Decimal(2)},
    )
    fields = fields_of_content(content, filled=True)
    assert content_of_fields(fields, fields) == content
    assert content_of_fields(fields, ()).indicators == {}  # what is not asked for is not written again
    completed = complete_fields(fields, ("done_8", "note_8", "indicator_8", "base_8", "progress", "filled"))
    assert {name: completed[name] for name in ("done_8", "note_8", "indicator_8", "base_8")} == {
        "done_8": False,
        "note_8": "",
        "indicator_8": None,
        "base_8": None,
    }


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("甲\r\n乙", "甲\n乙", True),
        (Decimal("1.50"), Decimal("1.5"), True),
        (Light.RED, "red", True),
        (None, "", False),
        (0, None, False),
        (True, False, False),
    ],
)
def test_a_mark_tells_apart_what_people_can_tell_apart(one: object, other: object, is_same: bool) -> None:
    assert (mark_of(one) == mark_of(other)) is is_same
    assert len(mark_of(one)) == 12


@pytest.mark.parametrize("sent", ["", "x", "[]", '{"progress": 1}'])
def test_marks_that_cannot_be_read_are_none(sent: str) -> None:
    assert read_marks(sent) is None
    assert read_marks('{"progress": "ab"}') == {"progress": "ab"}


@pytest.mark.parametrize(
    ("before", "after", "is_lost"),
    [
        ("", "甲", False),
        ("甲丙", "甲丙", False),
        ("甲丙", "甲乙丙", False),
        ("甲丙", "甲丙丁", False),
        ("甲丙", "甲", True),
        ("甲甲", "甲", True),
        ("甲丙", "甲乙丙丁", True),
        ("甲丙", "乙", True),
    ],
)
def test_words_are_lost_unless_the_text_only_grew(before: str, after: str, is_lost: bool) -> None:
    assert loses_words(FilingContent(problems=before), FilingContent(problems=after)) is is_lost
    ticks = [FilingContent(ticks={7: Tick(False, note)}) for note in (before, after)]
    assert loses_words(*ticks) is is_lost


def test_a_note_whose_task_is_gone_is_lost() -> None:
    assert loses_words(FilingContent(ticks={7: Tick(False, "说明")}), full_content())


@pytest.mark.parametrize(
    ("value", "sent"),
    [(True, ["y"]), (False, []), (None, []), (Decimal("1.50"), ["1.5"]), (5, ["5"]), ("甲", ["甲"])],
)
def test_a_value_is_sent_as_a_browser_sends_it(value: Any, sent: list[str]) -> None:
    assert values_as_sent(value) == sent


def test_a_page_without_marks_has_those_of_what_it_read() -> None:
    stored = {"progress": "甲", "percent": 5}
    own = {"progress": "0" * 8}
    assert WrittenFiling(FilingContent(), False, 3, own).marks_over(stored, 3) == own
    assert WrittenFiling(FilingContent(), False, 3).marks_over(stored, 3) == marks_of(stored)
    assert WrittenFiling(FilingContent(), False, 3).marks_over(stored, 4) == dict.fromkeys(stored, "")


def test_a_page_that_changed_nothing_brings_nothing() -> None:
    stored = dict.fromkeys(NAMES, "甲")
    merged = merge_fields(WrittenFields(stored, marks_of(stored)), stored)
    assert (merged.values, merged.brought, merged.conflicts) == (stored, frozenset(), frozenset())


def test_only_long_texts_have_lines() -> None:
    broken, joined = "甲\n乙", "甲乙"
    for name, is_same in (("status_reason", True), ("note_7", True), ("progress", False)):
        assert (marks_of({name: broken}) == marks_of({name: joined})) is is_same


def test_a_content_comes_whole_out_of_its_fields() -> None:
    content = FilingContent(
        progress="甲",
        ticks={7: Tick(True, "乙")},
        indicators={9: Decimal(3)},
        bases={9: Decimal(4)},
        milestones={5: True, 6: False},
    )
    fields = fields_of_content(content)
    assert content_of_fields(fields, fields) == content
