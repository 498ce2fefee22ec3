"""The tables behind a text follow what was reworded in it, and what remains of the old words is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest

from app.composition.chapters.measures_annex import RepeatingColumn
from app.composition.facts import AcceptedReport, DocumentFacts
from app.composition.kinds import compose_document
from app.composition.rules import DocumentKind, TextFullness
from app.drafting.core.annex_rewordings import (
    OutdatedCell,
    end_at,
    outdated_cells,
    reword_annexes,
    reworded_table,
)
from app.drafting.core.draft import current_draft, rows_for, text_of_document
from app.drafting.core.models import Document
from app.drafting.editing import operations as editing
from reports.frozen_text import block_as_json
from reports.model import Annex, Block, OfficialDocument, Paragraph, Table
from tests.drafting.drafts import (
    BETTER,
    OWN_WORDS,
    block_saying,
    drafted,
    fresh,
    reworded,
)
from tests.drafting.sample_documents import PARTICULARS, quarter_facts
from tests.world import World

NINE = "全年共推出9批次招商项目。"
TEN = "全年共推出10批次招商项目。"
MORE = "已走访企业32家，逐家登记需求并分类转办，形成线索12条，其中产业类8条、配套类4条，均已明确责任人和办结时限；"
LAST = f"{MORE[:-1]}。"
PROGRESS = f"{NINE}{MORE}\n下一步扩大覆盖面。"
KINDS = (DocumentKind.CIRCULAR, DocumentKind.QUARTERLY)


@pytest.mark.usefixtures("in_app")
def test_the_annex_says_what_the_text_says(reported: World) -> None:
    draft = drafted(reported)
    reworded(reported, draft)
    cells = cells_of(text_of_document(fresh(draft)).annexes)
    assert BETTER in cells
    assert OWN_WORDS not in cells
    row = block_saying(draft, BETTER)
    editing.drop_block(row, by=reported.users["office"], version=row.version)
    assert OWN_WORDS in cells_of(text_of_document(fresh(draft)).annexes)


@pytest.mark.usefixtures("in_app")
def test_a_draft_is_composed_again_only_when_its_facts_are_others(reported: World) -> None:
    draft = drafted(reported)
    facts = current_draft(fresh(draft)).facts
    reworded(reported, draft)
    assert current_draft(fresh(draft)).facts is facts
    Document.update(facts=fresh(draft).facts | {"leader": "周示例"}).where(Document.id == draft.id).execute()
    assert current_draft(fresh(draft)).facts.leader == "周示例"


def facts_with(fullness: TextFullness, **words: str) -> DocumentFacts:
    """Return facts of fifteen measures in which the first department wrote these words."""
    facts = replace(quarter_facts(parts=1), fullness=fullness)

    def written(report: AcceptedReport | None) -> AcceptedReport | None:
        return replace(report, **words) if report and report.filing == 1 else report

    parts = tuple(
        replace(
            part,
            sections=tuple(
                replace(one, measures=tuple(replace(m, report=written(m.report)) for m in one.measures))
                for one in part.sections
            ),
        )
        for part in facts.parts
    )
    return replace(facts, parts=parts)


class AgreedAnnexes(NamedTuple):
    annexes: tuple[Annex, ...]
    outdated_cells: tuple[OutdatedCell, ...]


def agreed(
    kind: DocumentKind,
    facts: DocumentFacts,
    *changes: tuple[str, str],
    printed: Callable[[Annex], Annex] = replace,
) -> tuple[AgreedAnnexes, OfficialDocument]:
    """Return what the annexes say after the first block with some words has others instead, change by change."""
    document = compose_document(kind, facts, PARTICULARS)
    rows = rows_for(Document(), document.body)
    for before, after in changes:
        row = next(row for row in rows if row.filing_id == 1 and before in words_of(row.block))
        assert isinstance(row.block, Paragraph)
        row.content = block_as_json(replace(row.block, text=row.block.text.replace(before, after)))
    annexes = reword_annexes(map(printed, document.annexes), rows, facts)
    return AgreedAnnexes(annexes, outdated_cells(annexes, rows, facts)), document


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fullness", TextFullness)
def test_a_figure_changed_in_the_text_is_changed_in_the_annex(
    kind: DocumentKind, fullness: TextFullness
) -> None:
    facts = facts_with(fullness, progress=PROGRESS, problems="9批次中有2批次未签约。")
    found, document = agreed(kind, facts, ("9批次招", "10批次招"))
    before, after = cells_of(document.annexes), cells_of(found.annexes)
    assert after - before == {PROGRESS.replace(NINE, TEN)}
    assert before - after == {PROGRESS}
    cell = found.outdated_cells[0]
    assert (cell.measure.number, cell.column, cell.words) == (1, RepeatingColumn.PROBLEMS, "9批")
    assert [one.row.filing_id for one in found.outdated_cells] == [1]


@pytest.mark.parametrize("kind", KINDS)
def test_old_words_that_stand_twice_in_a_row_are_left_and_named(kind: DocumentKind) -> None:
    facts = facts_with(TextFullness.CONCISE, progress=PROGRESS, next_steps=NINE)
    found, document = agreed(kind, facts, (NINE, TEN))
    assert found.annexes == document.annexes
    assert [(one.measure.number, one.column, one.words) for one in found.outdated_cells] == [
        (1, column, NINE) for column in (RepeatingColumn.PROGRESS, RepeatingColumn.NEXT_STEPS)
    ]


def test_the_offices_own_figures_are_named_where_the_annex_has_the_old_ones() -> None:
    facts = facts_with(TextFullness.CONCISE, progress=PROGRESS)
    percent = f"{facts.measures[0].report.percent}%" if facts.measures[0].report else ""
    found, document = agreed(DocumentKind.CIRCULAR, facts, (f"完成率{percent}", "完成率99%"))
    assert found.annexes == document.annexes
    assert [(one.measure.number, one.column, one.words) for one in found.outdated_cells] == [
        (1, RepeatingColumn.PERCENT, percent)
    ]


def test_a_sentence_taken_over_from_the_filing_does_not_stand_twice_in_the_annex() -> None:
    facts = facts_with(TextFullness.CONCISE, progress=f"{NINE}\n{MORE}")
    found, document = agreed(DocumentKind.QUARTERLY, facts, (NINE, TEN + LAST))
    assert cells_of(found.annexes) - cells_of(document.annexes) == {f"{TEN}\n{LAST}"}


def test_words_of_another_measure_and_what_no_department_wrote_are_left_alone() -> None:
    facts = facts_with(TextFullness.FULL, progress="四季度继续走访2家。", problems="无。", next_steps="无。")
    found, document = agreed(DocumentKind.QUARTERLY, facts, ("走访2家", "走访99家"))
    assert cells_of(found.annexes) - cells_of(document.annexes) == {"四季度继续走访99家。"}
    assert "四季度继续走访2家。" in cells_of(found.annexes)
    assert found.outdated_cells == ()


def with_other_words(annex: Annex) -> Annex:
    """Return an annex with a table whose columns have other titles and whose rows begin with other words."""
    (table,) = annex.blocks
    assert isinstance(table, Table)
    columns = tuple(replace(column, title="栏") for column in table.columns)
    rows = tuple(("项", "举措（略）", *row[2:]) for row in table.rows)
    return replace(annex, blocks=(replace(table, columns=columns, rows=rows),))


@pytest.mark.parametrize("kind", [*KINDS, DocumentKind.DEPARTMENT])
def test_rows_and_columns_are_found_by_their_keys_whatever_their_titles_say(kind: DocumentKind) -> None:
    facts = facts_with(TextFullness.FULL, progress=PROGRESS, problems="9批次中有2批次未签约。")
    if kind is DocumentKind.DEPARTMENT:
        facts = replace(facts, department=facts.measures[0].lead)
    as_titled, _ = agreed(kind, facts, ("9批次招", "10批次招"))
    found, _ = agreed(kind, facts, ("9批次招", "10批次招"), printed=with_other_words)
    assert found.annexes == tuple(map(with_other_words, as_titled.annexes))
    assert PROGRESS.replace(NINE, TEN) in cells_of(found.annexes)
    assert [(one.measure.number, one.column, one.words) for one in found.outdated_cells] == [
        (1, RepeatingColumn.PROBLEMS, "9批")
    ]


def test_what_is_no_table_with_keys_stays_as_it_is() -> None:
    (annex,) = compose_document(DocumentKind.CIRCULAR, quarter_facts(), PARTICULARS).annexes
    (table,) = annex.blocks
    assert isinstance(table, Table)
    blocks = (Paragraph(NINE), replace(table, row_keys=()))
    assert [reworded_table(block, {}) for block in blocks] == [*blocks]


def words_of(block: Block) -> str:
    return getattr(block, "text", "")


def cells_of(annexes: tuple[Annex, ...]) -> set[str]:
    """Return what stands in the tables of annexes."""
    tables = [block for annex in annexes for block in annex.blocks if isinstance(block, Table)]
    return {cell for table in tables for row in table.rows for cell in row}


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("已走访企业。", 0, 6),
        ("已走访企业", 0, 5),
        ("已走访企业；", 0, 6),
        ("已走访企业； 后续", 0, 6),
        ("已走访企业32家。", 0, 0),
        ("已走访企业；后续", 0, 0),
        ("另，已走访企业。", 2, 0),
        ("好。已走访企业。", 2, 8),
        ("好\n已走访企业。再", 2, 8),
    ],
)
def test_a_sentence_ends_in_a_cell_where_another_may_begin(cell: str, start: int, end: int) -> None:
    assert end_at(start, "已走访企业。", "已走访企业", cell) == end
