"""Words exchanged in the cells of a measure's row: lines as a whole, sentence by sentence, or not at all."""

from __future__ import annotations

import pytest

from app.composition.chapters.measures_annex import RepeatingColumn
from app.drafting.core.annex_rewordings import (
    exchanged_lines,
    exchanged_sentence,
    is_disputed,
    outdated_words,
    places_of,
    reworded_cells,
)
from app.drafting.core.models import DocumentBlock
from app.drafting.core.rewordings import BlockRewording

NINE, TEN = "推出9批项目。", "推出10批项目。"
ALSO = "走访3家。"


def reworded(before: str, after: str) -> BlockRewording:
    return BlockRewording(DocumentBlock(), before, after)


@pytest.mark.parametrize(
    ("cell", "places"),
    [
        (NINE, [(0, 7)]),
        (f"{ALSO}{NINE}", [(5, 12)]),
        (f"{NINE}{NINE}", [(0, 7), (7, 14)]),
        (f"{ALSO}\n推出9批项目；", [(6, 13)]),
        (f"{ALSO}\n推出9批项目", [(6, 12)]),
        ("推出9批项目，均已开工。", []),
        ("共推出9批项目。", []),
        (f"共推出9批项目。{NINE}", [(8, 15)]),
        (f"三季度，{NINE}", [(4, 11)]),
        (f"第三季度，{NINE}", [(5, 12)]),
        (f"去年三季度，{NINE}", []),
        (f"去年第三季度，{NINE}", []),
        (f"{ALSO}第三季度，{NINE}", [(10, 17)]),
        ("", []),
    ],
)
def test_a_sentence_stands_where_one_begins_and_ends(cell: str, places: list[tuple[int, int]]) -> None:
    assert places_of(NINE, cell) == places


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("甲", NINE), ("甲", TEN)),
        (("甲", f"{ALSO}{NINE}"), ("甲", f"{ALSO}{TEN}")),
        (("甲", "推出9批项目；\n走访3家"), ("甲", "推出10批项目；\n走访3家")),
        (("甲", "推出9批项目"), ("甲", TEN)),
        ((NINE, NINE), (NINE, NINE)),  # which of two is meant is not known
        (("甲", f"{NINE}{NINE}"), ("甲", f"{NINE}{NINE}")),
        (("甲", NINE, TEN), ("甲", NINE, TEN)),  # what is there already is not said twice
        (("甲", "乙"), ("甲", "乙")),
    ],
)
def test_a_sentence_is_exchanged_where_it_stands_once(cells: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert exchanged_sentence(cells, NINE, TEN) == found


def test_of_fifty_sentences_it_is_followed_what_became_of_them() -> None:
    for count in (50, 51):
        before, after = ("".join(f"{word}{n}。同{n}。" for n in range(count)) for word in "甲乙")
        assert reworded(before, after).exchanged == tuple((f"甲{n}。", f"乙{n}。") for n in range(50))
    assert [reworded(ALSO, f"{ALSO}{NINE}").exchanged, reworded(f"{ALSO}{NINE}", ALSO).exchanged] == [(), ()]


def test_of_several_new_sentences_those_are_left_out_that_a_cell_has() -> None:
    assert exchanged_sentence((NINE, ALSO), NINE, f"{TEN}{ALSO}") == (TEN, ALSO)
    assert exchanged_sentence((NINE, "乙"), NINE, f"{TEN}{ALSO}") == (f"{TEN}{ALSO}", "乙")


@pytest.mark.parametrize(
    ("cells", "before", "after", "found"),
    [
        (("甲", f"{ALSO}{NINE}"), f"{ALSO}{NINE}", TEN, ("甲", TEN)),
        (("甲", f"{NINE}\n{ALSO}"), ALSO, "走访4家。", ("甲", f"{NINE}\n走访4家。")),
        (("甲", f"{NINE}{ALSO}"), ALSO, "走访4家。", ("甲", f"{NINE}{ALSO}")),  # part of a line
        ((ALSO, ALSO), ALSO, "走访4家。", (ALSO, ALSO)),
        (("甲", f"{ALSO}\n{ALSO}"), ALSO, "走访4家。", ("甲", f"{ALSO}\n{ALSO}")),
        (("甲", ALSO), ALSO, ALSO, ("甲", ALSO)),
        ((TEN, ALSO), ALSO, f"{ALSO}{TEN}", (TEN, ALSO)),
        (("甲", ALSO), ALSO, "一。" * 50, ("甲", "一。" * 50)),
        (("甲", ALSO), ALSO, "一。" * 51, ("甲", ALSO)),  # another text, of which it is not followed
    ],
)
def test_whole_lines_are_exchanged_where_they_stand_once(
    cells: tuple[str, ...], before: str, after: str, found: tuple[str, ...]
) -> None:
    assert exchanged_lines(cells, reworded(before, after)) == found


@pytest.mark.parametrize(
    ("other", "disputed"),
    [
        ((NINE, NINE), True),
        ((NINE, TEN), False),
        ((ALSO, ALSO), False),
        ((f"{NINE}{ALSO}", f"{TEN}{ALSO}"), False),
    ],
)
def test_words_that_another_block_still_says_are_disputed(other: tuple[str, str], disputed: bool) -> None:
    assert is_disputed(NINE, TEN, [reworded(*other)]) is disputed


def test_disputed_words_stay_and_others_are_exchanged() -> None:
    one, other = reworded(f"{NINE}{ALSO}", f"{TEN}走访4家。"), reworded(NINE, NINE)
    assert reworded_cells(("甲", f"{NINE}{ALSO}调研。"), [one, other]) == ("甲", f"{NINE}走访4家。调研。")
    assert reworded_cells(("甲", f"{NINE}{ALSO}调研。"), [one]) == ("甲", f"{TEN}走访4家。调研。")
    assert reworded_cells(("甲", f"{NINE}{ALSO}"), [one]) == ("甲", f"{TEN}走访4家。")


def test_lines_are_not_exchanged_whole_while_another_block_says_one_of_their_sentences() -> None:
    one, other = reworded(f"{NINE}{ALSO}", f"{TEN}走访4家。"), reworded(NINE, NINE)
    assert reworded_cells(("甲", f"{NINE}{ALSO}"), [one, other]) == ("甲", f"{NINE}走访4家。")
    assert reworded_cells(("甲", f"{NINE}{ALSO}"), [one, reworded(NINE, TEN)]) == ("甲", f"{TEN}走访4家。")


def test_old_sentences_are_named_whole_and_old_figures_else() -> None:
    one = reworded(f"{NINE}{ALSO}", f"{TEN}{ALSO}")
    columns = (RepeatingColumn.PROGRESS, RepeatingColumn.PROBLEMS, RepeatingColumn.NEXT_STEPS)
    cells = dict(zip(columns, (f"{ALSO}{NINE}", "9批中有2批未签约。", "走访3家，推出10批。"), strict=True))
    assert [*outdated_words(one, cells)] == [(columns[0], NINE), (columns[1], "9批")]
