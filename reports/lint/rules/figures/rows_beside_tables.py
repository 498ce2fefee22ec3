"""What a text says of the rows of a table beside it: which have done all, what is left, how far one is from another."""

import re
from collections.abc import Iterator
from dataclasses import replace

from reports.lint.counts import FIGURE, SCALES, Count, counts_of, small_number
from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.rules.figures.changes import right_change, sign_of_change
from reports.lint.rules.figures.text_beside_tables import (
    OTHER_TIME,
    NamedTable,
    sentences_of_time,
    tables_near,
)
from reports.lint.rules.figures.wholes import UNITS
from reports.lint.subject import HANZI, NUMERALS, LintSubject, RuleHit

# The columns of what was to be done and of what is.
PLANNED = re.compile("计划|任务|应|目标|下达|总数")
DONE, LEFT = re.compile("^(?:已|实)|完成|完工|办结|竣工|整改"), re.compile("未|待|剩|余")
# 有3个街道的改造任务全部完成, 2个镇尚未完成.
HAVE_DONE = re.compile(
    rf"(?<![\d.{NUMERALS}第])(?P<number>\d{{1,2}}|[{NUMERALS}两])个(?P<kind>[{HANZI}]{{1,5}}?)(?:的?[{HANZI}]{{2,6}})?"
    rf"(?:已经?|均已?|都已?){{0,2}}(?P<how>全部|全面|尚未|还未|未|超额)(?:完成|完工|办结|竣工)"
)
# 东岸社区已全部完成; 枣子巷社区尚有6处隐患未整改, 东岸社区未办结的有12件.
ALL_DONE = re.compile("(?:均|都|已经?){1,2}全部(?:完成|完工|办结|竣工|整改)")
REST = re.compile(
    rf"(?:目前|现)?(?:(?P<left>剩余|其余|余下|剩下|还剩|尚余)|(?:[尚还仍]有?)?(?P<open>未[{HANZI}]{{2,4}})?)的?[有为]?"
)
OPEN = re.compile(f"[{HANZI}]{{0,4}}?(?:未|没有|待|正在)")
CLAUSE = re.compile("[^，；。]+")
# 新华社区办结数与受理数一致; 与1—9月相比，东湖区增速有所回落.
AS_MUCH = re.compile("(?P<one>[^，；。与]{2,16})与(?P<other>[^，；。与]{2,8}?)(?:完全)?(?:一致|相等|相同)")
COMPARED = re.compile("与(?P<then>[^，；。]{2,10})相比，")
MOVED = re.compile(f"[{HANZI}]{{0,3}}?(?:有所|略有)?(?:(?P<less>回落|下降)|提高|上升|加快)")
NEAR, PAIR = 8, 2
THAN = re.compile("[比较]")


@document_rule("rows-of-table", "文字与表格不符", WARNING, ACCURACY)
def wrong_rows_beside_tables(subject: LintSubject) -> Iterator[RuleHit]:
    """3个街道全部完成 beside a table in which two have; 2026年比2025年增加0.9万人 beside 40.3 and 39.5."""
    for passage in subject.passages_of_kind(PassageKind.TEXT):
        tables = tables_near(subject, passage)
        for sentence in sentences_of_time(passage.text, tables[0]) if len(tables) == 1 else ():
            gaps = _gaps_of_rows(tables[0])
            yield from _wrong_numbers_of_rows(passage, sentence, tables[0], gaps)
            yield from _wrong_rests_of_rows(passage, sentence, tables[0], gaps)
            yield from _wrong_differences_of_rows(passage, sentence, tables[0])
            yield from _wrong_columns_of_rows(passage, sentence, tables[0])


def _gaps_of_rows(table: NamedTable) -> dict[int, float]:
    """By how much what is done is less than what was to be, by the row; a column of the rest says so itself."""
    figures = table.figures
    done = [at for at in figures.amounts if DONE.search(figures.titles[at])]
    planned = [at for at in figures.amounts if PLANNED.search(figures.titles[at])]
    done = [at for at in done if at not in planned]
    planned = planned or [at for at in figures.amounts if at not in done and len(figures.amounts) == PAIR]
    if len(planned) != 1 or len(done) != 1 or any(map(LEFT.search, figures.titles)):
        return {}
    cells = [(row[planned[0]], row[done[0]]) for row in figures.cells]
    return {
        at: plan.value - real.value
        for at, (plan, real) in enumerate(cells)
        if plan and real and not real.is_share
    }


def _wrong_rests_of_rows(
    passage: TextPassage, sentence: re.Match[str], table: NamedTable, gaps: dict[int, float]
) -> Iterator[RuleHit]:
    for clause in CLAUSE.finditer(passage.text, *sentence.span()):
        claim = ALL_DONE.search(clause[0])
        rows = [row for name, row in table.rows.items() if claim and name in clause[0][: claim.start()]]
        names = [table.figures.names[row] for row in rows if gaps.get(row, 0) > 0]
        if claim and names and not clause[0].startswith("除"):
            reason = f"按表格，{'、'.join(names)}没有全部完成，请核对。"
            yield RuleHit(reason, passage, clause.start(), clause.start() + claim.end())
    for one in counts_of(passage.text, *sentence.span(), FIGURE) if gaps else ():
        name = table.row_in(one.label) or ""
        rest = REST.fullmatch(one.label.rpartition(name)[2].removeprefix(table.ending)) if name else None
        gap = gaps.get(table.rows[name]) if name else None
        if rest is None or gap is None or not (rest["left"] or rest["open"] or OPEN.match(one.behind)):
            continue
        if one.is_exact and gap != one.value and one.unit in UNITS:
            yield RuleHit(f"按表格是{gap:g}{one.unit}，请核对。", passage, one.start, one.end)


def _wrong_numbers_of_rows(
    passage: TextPassage, sentence: re.Match[str], table: NamedTable, by_row: dict[int, float]
) -> Iterator[RuleHit]:
    figures, gaps = table.figures, [-gap for row, gap in by_row.items() if row in table.figures.parts]
    for claim in HAVE_DONE.finditer(passage.text, *sentence.span()):
        kinds = (table.ending, figures.titles[figures.named_by])
        if len(gaps) < len(figures.parts) or not any(claim["kind"] in kind for kind in kinds):
            continue
        how = claim["how"]
        right = sum(gap > 0 if how == "超额" else gap < 0 if "未" in how else gap >= 0 for gap in gaps)
        stated, clause = small_number(claim["number"]), passage.text[sentence.start() : claim.end() + NEAR]
        if stated != right and stated <= len(figures.parts) and not OTHER_TIME.search(clause):
            yield RuleHit(f"按表格是{right}个，请核对。", passage, *claim.span())


def _wrong_differences_of_rows(
    passage: TextPassage, sentence: re.Match[str], table: NamedTable
) -> Iterator[RuleHit]:
    for change in counts_of(passage.text, *sentence.span(), FIGURE):
        sign, sides = sign_of_change(change), THAN.split(change.label)
        rows = [table.row_in(side) for side in sides] if sign and len(sides) == 2 else []
        if not rows or None in rows or rows[0] == rows[1] or not change.is_exact:
            continue
        now, then = (_figure_of_row(table, row or "", sides[0], change) for row in rows)
        right = right_change(then, now, change, sign) if then and now else ""
        if then and now and right:
            reason = f"按表格由{then.written}到{now.written}{right}，请核对。"
            yield RuleHit(reason, passage, change.start - len(change.label), change.end)


def _wrong_columns_of_rows(
    passage: TextPassage, sentence: re.Match[str], table: NamedTable
) -> Iterator[RuleHit]:
    """What a sentence says of two columns of a row: that they are the same, or that the second is less or more."""
    for claim in AS_MUCH.finditer(passage.text, *sentence.span()):
        name = table.row_in(claim["one"])
        named = [table.column_in(claim[side]) for side in ("one", "other")]
        cells = [table.figures.cells[table.rows[name]][at] for at in named if name and at is not None]
        one, other = cells if len(cells) == PAIR else (None, None)
        if one and other and one.value != other.value and one.is_share == other.is_share:
            reason = f"按表格是{one.written}和{other.written}，请核对。"
            yield RuleHit(reason, passage, *claim.span())
    compared, columns = COMPARED.search(sentence[0]), list(table.figures.amounts)
    if (
        not compared
        or len(columns) != PAIR
        or not table.figures.titles[columns[0]].startswith(compared["then"])
    ):
        return
    for name, row in table.rows.items():
        at = passage.text.find(name, sentence.start() + compared.end(), sentence.end())
        moved = MOVED.match(passage.text, at + len(name)) if at >= 0 else None
        then, now = (table.figures.cells[row][one] for one in columns)
        if moved and then and now and (now.value < then.value) != bool(moved["less"]):
            reason = f"按表格由{then.written}到{now.written}，请核对。"
            yield RuleHit(reason, passage, at, moved.end())


def _figure_of_row(table: NamedTable, name: str, words: str, change: Count) -> Count | None:
    """What a row has in the column that some words name, or in its only one, as a count like a change."""
    amounts = table.figures.amounts
    column = table.column_in(words)
    column = amounts[0] if column is None and len(amounts) == 1 else column
    figure = table.figures.cells[table.rows[name]][column] if column is not None else None
    if column is None or figure is None:
        return None
    unit, is_points = table.figures.units[column], change.unit in ("%", "个百分点")
    if (figure.is_share and not is_points) or (
        not is_points and unit not in ("", change.scale + change.unit)
    ):
        return None
    value = figure.value * SCALES[change.scale]
    unit = "%" if figure.is_share else change.unit if not is_points else unit
    return replace(change, value=value, written=figure.written, unit=unit)
