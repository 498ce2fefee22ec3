"""Plans of other governments and offices, written in the ways that such plans are written.

Beside each plan lies its outline, written by reading: the frame, then # parts, ## sections, - measures with
the number of their commitments.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.plan.importer import (
    MeasureDraft,
    PartDraft,
    PlanDraft,
    PlanUnreadable,
    SectionDraft,
    read_plan,
)
from tests.plan.importer.readings import EDITED, PLANS, READINGS, edits_of, readings_of

# A page number stands inside a heading, a year or an organ is missing, a part tells of the past, much is said first.
UNCERTAIN = {
    *("measures_with_final_clause", "named_by_notice", "notice_with_tasks", "page_fields"),
    *("review_and_plan", "work_report", "action_plan_with_box", "report_to_congress"),
    *("duties_behind_heads", "review_before_heads", "forwarded_report", "lost_number"),
    *("aims_of_five_years", "name_in_digits", "list_behind_report", "titles_over_paragraphs"),
    *("labels_without_heads", "sentences_run_through", "annex_named_by_notice", "begins_in_the_middle"),
    *("leaders_with_one_task", "title_over_its_page", "description_over_the_text", "bullets_over_title"),
    *("chapters_behind_breaks", "callout_over_heading", "lists_under_chapters", "duty_over_broken_lines"),
}


def _read(name: str) -> PlanDraft:
    return read_plan(next(path for path in PLANS if path.stem == name).read_bytes())


def _outline(plan: PlanDraft) -> Iterator[str]:
    yield f"{plan.title} | {plan.year} | {plan.issuer} | {plan.issued_on or '—'} | {plan.document_number or '—'}"
    for part in plan.parts:
        yield f"# {part.number} {part.title}" + _kind(part)
        for section in part.sections:
            yield f"## {section.number} {section.title}" + _kind(section)
            yield from _measures(section.measures)
        yield from _measures(part.measures)


def _kind(head: PartDraft | SectionDraft) -> str:
    return "" if head.reporting else " 不填报"


def _measures(measures: Iterable[MeasureDraft]) -> Iterator[str]:
    for measure in measures:
        path = "".join(f"{head.title} > " for head in measure.path)
        yield f"- {path}{measure.number} {measure.title} ({len(measure.commitments)})"


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_plan_has_its_outline_and_warns_only_of_what_is_uncertain(path: Path) -> None:
    plan = read_plan(path.read_bytes())
    assert list(_outline(plan)) == path.with_suffix(".outline").read_text(encoding="utf-8").splitlines()
    assert bool(plan.warnings) == (path.stem in UNCERTAIN)
    for measure in plan.measures():
        joined = "".join(commitment.text for commitment in measure.commitments)
        assert "".join(joined.split()).endswith("".join(measure.text.split()))


def _departments(plan: PlanDraft, title: str) -> list[tuple[str, ...]]:
    measure = next(measure for measure in plan.measures() if measure.title == title)
    return [commitment.departments for commitment in measure.commitments]


def test_departments_in_brackets() -> None:
    plan = _read("district_points")
    assert _departments(plan, "动态调整权责清单") == [("区委编办", "区司法局")]
    assert _departments(plan, "规范行政执法公示") == [("区司法局", "各行政执法单位")] * 2


def test_departments_on_a_line_under_the_heading() -> None:
    plan = _read("duties_in_heads")
    assert _departments(plan, "招商引资工作") == [("经济发展办公室",)] * 2
    assert _departments(plan, "市容整治工作") == [("城管执法队", "各社区")] * 2
    assert _departments(plan, "物业管理工作") == [("城市建设办公室", "房管所")]


def test_page_lines_are_set_aside_and_sentences_joined() -> None:
    plan = _read("page_numbers")
    assert plan.set_aside.count("青山街道2026年度重点工作安排") == 3
    assert plan.set_aside.count("— 1 —") == plan.set_aside.count("- 3 -") == 1
    assert "开展“书记讲党课”活动，推动学习教育走深走实。" in next(plan.measures()).text


def test_a_warning_names_its_place() -> None:
    warning = _read("chapters_behind_breaks").warnings[-1]
    assert warning.place.startswith("1. 备足沙袋")
    assert warning.line == 12


def test_signature_and_annexes_close_the_plan() -> None:
    assert _read("town_work_plan").closing == "石桥镇人民政府\n2026年1月15日"
    assert _read("bureau_dotted_heads").closing.startswith("附件：1.2026年重点任务分解表")


def test_the_purpose_of_a_plan_is_text_without_measures() -> None:
    part = _read("town_work_plan").parts[0]
    assert part.text.startswith("以习近平新时代中国特色社会主义思想为指导")
    assert part.measures == ()


def test_a_table_of_contents_is_set_aside() -> None:
    assert _read("contents_and_parts").set_aside[0] == "目  录"
    assert len(_read("contents_and_parts").set_aside) == 5


@pytest.mark.parametrize(
    ("text", "words"), [("工作计划\n" * 4_100, "4100行"), ("推进。" * 10_100, "10100句")]
)
def test_what_is_longer_than_any_plan_is_refused(text: str, words: str) -> None:
    with pytest.raises(PlanUnreadable, match=words):
        read_plan(text)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_plan_is_read_as_before_whole_and_damaged(path: Path, kept_readings: dict[str, Any]) -> None:
    """A change that is meant: see readings.py."""
    kept = kept_readings[path.stem]
    found = []
    for name, reading in readings_of(path):
        assert reading == kept[name], name
        found.append(name)
    assert found == list(kept)


def test_no_other_readings_are_kept(kept_readings: dict[str, Any]) -> None:
    assert list(kept_readings) == [
        *(path.stem for path in PLANS),
        *(f"{path.stem} edited" for path in EDITED),
    ]


@pytest.mark.parametrize("path", EDITED, ids=lambda path: path.stem)
def test_every_edit_of_every_block_makes_what_it_made(path: Path, kept_readings: dict[str, Any]) -> None:
    assert dict(edits_of(path)) == kept_readings[f"{path.stem} edited"]


@pytest.fixture(scope="module")
def kept_readings() -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(READINGS.read_text(encoding="utf-8"))
    return kept
