"""Tables held against themselves: totals of columns, and columns that are worked out of others, row by row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import sqrt

from reports.lint.counts import ROUNDED
from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.rules.figures.amounts import rounds_to
from reports.lint.subject import LintSubject, RuleHit, hit_of_whole
from reports.model import Table

TOTALS = ("合计", "总计", "共计")
SUBTOTAL = re.compile("小计|其中")
BLANKS = frozenset(("", "-", "—", "——", "/", "／", "无"))
CELL = re.compile(r"(?P<number>-?\d{1,9}(?:\.\d{1,4})?)(?P<percent>[%％]?)")
UNIT = re.compile(r"[（(][^（）()]{0,12}[）)]")
NUMBERED = re.compile("序号|编号|排名|名次")
NO_AMOUNT = re.compile("序号|编号|排名|名次|位次|年度$|年份|月份|电话")
# Of the rows of a total these say something else than how many there are together.
NO_SUM = re.compile("率|均|单价|标准|得分|分数|评分|占比|比例|比重|增幅|增速|增长|满意度|序号|排名|名次|进度")
# By how many last digits a total may miss the sum of parts that were rounded, for each root of their number.
ROUNDING_OF_PARTS = 0.87
FEWEST_ALIKE, TELLING = 2, 10
TINY = 1e-6
# 受理36件、办结30件、未办结6件: a title that says itself what it is worked out of.
LEFT = re.compile("^(?:未|待|剩余|结余|尚|余额|净|差额|增减)")
NOT_DONE = re.compile("未|不(?=合格|达标|满意|符合)|逾期|缺")
# A price or a rate for each by how many there are; of counts no two are multiplied.
PRODUCT = re.compile("元|金额|资金|经费|费用|补[助贴]|总[价额量]|面积")
MOST_ROWS, MOST_COLUMNS = 60, 8
TEN_THOUSAND = 10_000


@dataclass(frozen=True, slots=True)
class TableFigure:
    """A figure in a cell, with the digits behind its point."""

    written: str
    is_share: bool

    @property
    def value(self) -> float:
        return float(self.written)

    @property
    def digits(self) -> int:
        return len(self.written.partition(".")[2])


class FigureTable:
    """A table as a reader sees it: names of rows, titles without their units, figures, and the row of totals."""

    def __init__(self, table: Table) -> None:
        self.titles = [UNIT.sub("", re.sub(r"\s", "", column.title)) for column in table.columns]
        self.units = [_unit_of(column.title) for column in table.columns]
        self.named_by = 1 if len(table.columns) > 2 and NUMBERED.match(self.titles[0]) else 0
        self.names = [re.sub(r"\s", "", row[self.named_by]) for row in table.rows]
        self.total = next((at for at, name in enumerate(self.names) if name.endswith(TOTALS)), None)
        shared = ["%" in column.title or "％" in column.title for column in table.columns]
        self.cells = [
            [_figure_of(cell, is_share=share) for cell, share in zip(row, shared, strict=True)]
            for row in table.rows
        ]
        self.blank = [[cell.strip() in BLANKS for cell in row] for row in table.rows]
        self.parts = [at for at in range(len(self.names)) if at != self.total and self.names[at]]

    def figures(self, column: int) -> list[TableFigure]:
        """The figures of a column without its total; none where a cell is neither a figure nor left blank."""
        cells = [(self.cells[row][column], self.blank[row][column]) for row in self.parts]
        is_complete = all(figure or blank for figure, blank in cells)
        return [figure for figure, _ in cells if figure] if is_complete else []

    @property
    def amounts(self) -> list[int]:
        """The columns of figures that say how much there is of something."""
        columns = range(self.named_by + 1, len(self.titles))
        return [at for at in columns if not NO_AMOUNT.search(self.titles[at]) and len(self.figures(at)) > 1]


def _unit_of(title: str) -> str:
    found = UNIT.search(title)
    return found[0][1:-1].strip().removeprefix("单位：") if found else ""


def _figure_of(cell: str, *, is_share: bool) -> TableFigure | None:
    found = CELL.fullmatch(cell.strip().replace(",", "").replace("，", ""))
    return TableFigure(found["number"], is_share or bool(found["percent"])) if found else None


def tables_with_cells(subject: LintSubject) -> Iterator[tuple[Table, dict[tuple[int, int], TextPassage]]]:
    """The tables of a document that a reader would add up, each with the passages of its cells."""
    found: dict[int, tuple[Table, dict[tuple[int, int], TextPassage]]] = {}
    for passage in subject.passages_of_kind(PassageKind.CELL):
        table, row, column = subject.block_of(passage), passage.place.row, passage.place.column
        if isinstance(table, Table) and row is not None and column is not None:
            found.setdefault(id(table), (table, {}))[1][row, column] = passage
    rounded = any(ROUNDED in one.text for one in subject.passages)
    return (one for one in found.values() if len(one[0].rows) <= MOST_ROWS and not rounded)


@document_rule("total", "合计不符", WARNING, ACCURACY)
def wrong_totals(subject: LintSubject) -> Iterator[RuleHit]:
    """A figure in a row 合计, or in a last column 小计, that is not the sum of those above or before it."""
    for table, cells in tables_with_cells(subject):
        yield from _wrong_totals_of_rows(table, cells)
        figures = FigureTable(table)
        total = figures.total
        if total is None or any(SUBTOTAL.search(name) for name in figures.names):
            continue
        for column, title in enumerate(figures.titles):
            stated, parts = figures.cells[total][column], figures.figures(column)
            if not stated or stated.is_share or len(parts) < 2 or any(one.is_share for one in parts):
                continue
            values = [one.value for one in parts]
            if min(values) < stated.value < max(values):
                continue  # 单产45、35、20, 合计36.8: an average
            added, of_groups = sum(values), sum(_without_parts_of_groups(values))
            decimals = max(one.digits for one in (stated, *parts))
            step = 0.1**decimals
            error = step * max(1.0, ROUNDING_OF_PARTS * sqrt(len(parts) + 1)) if decimals else 0
            missing = min(abs(added - stated.value), abs(of_groups - stated.value))
            closes = title in (*TOTALS, "小计") and _missing_in_row(table.rows[total]) == 0
            if missing > error + step / 100 and not closes and not NO_SUM.search(title):
                reason = f"这一列各行相加是{added:.10g}，合计写的是{stated.written}，请核对。"
                yield hit_of_whole(cells[total, column], reason)


def _wrong_totals_of_rows(table: Table, cells: dict[tuple[int, int], TextPassage]) -> Iterator[RuleHit]:
    """Those of a last column 小计, where those of other rows are right."""
    title = table.columns[-1].title.strip()
    missing = [_missing_in_row(row) for row in table.rows] if title in (*TOTALS, "小计") else []
    for row, by in enumerate(missing):
        if by and missing.count(0) > 1 and not table.rows[row][0].strip().endswith(TOTALS):
            reason = f"这一行各项相加与{title}相差{abs(by):.10g}，请核对。"
            yield hit_of_whole(cells[row, len(table.columns) - 1], reason)


def _without_parts_of_groups(values: Sequence[float]) -> Iterator[float]:
    """The figures of a column but those right behind one that they come to."""
    at = 0
    while at < len(values):
        yield values[at]
        behind = range(at + 3, len(values) + 1)
        at = next((end for end in behind if abs(sum(values[at + 1 : end]) - values[at]) < TINY), at + 1)


def _missing_in_row(row: Sequence[str]) -> float | None:
    """By how much the last figure of a row is less than the others together; None where not all are figures."""
    figures = [_figure_of(one, is_share=False) for one in row[1:]]
    if len(figures) < 3 or not all(one and not one.is_share for one in figures):
        return None
    *parts, stated = (one.value for one in figures if one)
    return round(sum(parts) - stated, 6)


@dataclass(frozen=True, slots=True)
class ColumnRelation:
    """How a column may be worked out of others: what it would be in each row, None where that says nothing."""

    words: str
    values: list[float | None]


@document_rule("table-relation", "表中数据不符", WARNING, ACCURACY)
def wrong_worked_out_figures(subject: LintSubject) -> Iterator[RuleHit]:
    """A share, a rate or a difference in one row of a table that all the other rows work out rightly."""
    for table, cells in tables_with_cells(subject):
        figures = FigureTable(table)
        columns = figures.amounts if len(figures.amounts) <= MOST_COLUMNS else []
        for column in columns:
            wrong = _wrong_row(figures, column, [one for one in columns if one != column])
            if wrong:
                row, right, words = wrong
                digits = figures.cells[row][column]
                reason = f"按{words}应为{right:.{digits.digits if digits else 0}f}，请核对。"
                yield hit_of_whole(cells[row, column], reason)


def _wrong_row(figures: FigureTable, column: int, others: Sequence[int]) -> tuple[int, float, str] | None:
    """The one row that a relation of a column does not hold in, with what should stand there."""
    suspect: tuple[int, float, str] | None = None
    is_rest = LEFT.match(figures.titles[column])
    for relation in _relations(figures, column, others):
        alike = 0
        unlike: list[tuple[int, float, str]] = []
        for row, right in enumerate(relation.values):
            stated = figures.cells[row][column]
            if stated is None or right is None:
                continue
            if rounds_to(right, stated.written):
                alike += bool(is_rest and right) or abs(right) >= TELLING or stated.is_share
            elif row != figures.total:
                unlike.append((row, right, relation.words))
        if alike >= FEWEST_ALIKE and not unlike:
            return None
        if alike >= FEWEST_ALIKE and len(unlike) == 1:
            suspect = suspect or unlike[0]
    return suspect


def _relations(figures: FigureTable, column: int, others: Sequence[int]) -> Iterator[ColumnRelation]:
    """In how many ways a column of figures may be worked out of others, which stand before it."""
    is_share = all(one.is_share for one in figures.figures(column))
    amounts = [one for one in others if not any(figure.is_share for figure in figures.figures(one))]
    values = {at: [cell.value if (cell := row[at]) else None for row in figures.cells] for at in amounts}
    for a in amounts if is_share else ():
        total = sum(values[a][row] or 0 for row in figures.parts)
        parts = [None if row == figures.total else value for row, value in enumerate(values[a])]
        yield ColumnRelation(f"“{figures.titles[a]}”的占比", [_share(value, total) for value in parts])
    for a, b in permutations(amounts, 2):
        one, other = f"“{figures.titles[a]}”", f"“{figures.titles[b]}”"
        pairs = list(zip(values[a], values[b], strict=True))
        if is_share:
            shares = [_share(*pair) for pair in pairs]
            yield ColumnRelation(f"{one}除以{other}", shares)
            changes = [None if share is None else share - 100 for share in shares]
            yield ColumnRelation(f"{one}比{other}的增减", changes)
            if NOT_DONE.search(figures.titles[a]):
                rest = [None if change is None else -change for change in changes]
                yield ColumnRelation(f"{other}中除去{one}的", rest)
        elif max(a, b) < column:
            both = [(x, y) if x is not None and y is not None else None for x, y in pairs]
            yield ColumnRelation(f"{one}减{other}", [pair and pair[0] - pair[1] for pair in both])
            both = [None if row == figures.total else pair for row, pair in enumerate(both)]
            is_product = PRODUCT.search(figures.titles[column] + figures.units[column])
            for factor in (1, TEN_THOUSAND) if is_product else ():
                yield ColumnRelation(
                    f"{one}乘{other}", [pair and pair[0] * pair[1] / factor for pair in both]
                )


def _share(part: float | None, whole: float | None) -> float | None:
    return 100 * part / whole if part is not None and whole else None
