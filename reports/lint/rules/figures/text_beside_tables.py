"""The text beside a table held against it: figures of rows and of totals, and which row is the most."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from reports.lint.counts import NUMBER, UNIT
from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.rules.figures.amounts import rounds_to
from reports.lint.rules.figures.claims import MOST, MOST_WORD, NamedValue, right_ones
from reports.lint.rules.figures.table_figures import MOST_ROWS, TELLING, FigureTable, TableFigure
from reports.lint.rules.figures.wholes import TOTAL
from reports.lint.subject import HANZI, LintSubject, RuleHit, hit_at
from reports.model import Table

NEAR, SHORTEST = 3, 2
SHARES = ("%", "％", "百分点", "个百分点")
STATED = re.compile(
    rf"(?<![\d.第])(?P<number>{NUMBER})(?P<unit>[万亿]?(?:[%％]|个?百分点|{UNIT}|分|岁|(?!个百分点|[年月日号])[{HANZI}]))(?![余多]|及?以[上下]|左右|上下)"
)
SENTENCE = re.compile(r"[^。！？\n]{1,400}")  # no more than a reader would hold together
AMOUNT_OF = re.compile("(?:数量|总数|人数|户数|件数|数|量|额|情况)$")
DONE, DONE_BEFORE = re.compile("^(?:已|共|发现|完成)"), re.compile("(?:发现|完成)$")
# What stands beside a title and makes something else of it: 未整改 and 能整改 are not 整改, 合格率 is not 合格.
NOT_BEFORE = re.compile("(?:未|待|应|需|拟|正在|限期|计划|不|非|新|再|能|能够|可以?|将)$")
OF_ANOTHER = re.compile(
    "率|占|均|每|比|较|增|减|降|升|未|不|拟|目标|计划|任务|应|去年|上年|同期|上季|上月|其中|约|近|超|过|达标|差|以[上下]"
)
OTHER_TIME = re.compile("去年|上年|同期|上季|上月|上半年|明年|此后|其后|年初|下一步")
NOT_YET = re.compile("计划|预计|力争")
TIMES = re.compile(r"前[二三]季度|第?[一二三四]季度|[上下]半年|(?<!\d)(?:1[0-2]|[1-9])月")
POINTING_DOWN = re.compile("如下[：:。]?$|见下表|如下表|见表|明细|情况如下")
SUMMED_UP = re.compile(
    r"(?:共计?|合计|总计|累计)[^，。；\d]{0,12}(?P<number>\d{1,9}(?:\.\d{1,4})?)(?P<unit>[^\d，。；：、]{1,3})"
)
MARKS = re.compile("[，；：。、]")
VIEW = re.compile(f"[从按][{HANZI}]{{2,10}}[看排]")
PLACES = re.compile("排名|名次|位次")
MOVING = re.compile("[增减降升]|同比|环比|较|提高|变化|历史|上[季月年]")
TIME_TAKEN = re.compile("时间|时长|天|耗时|用时|日$|小时")


@dataclass(frozen=True)
class NamedTable:
    """A table with what a text calls its rows and columns."""

    figures: FigureTable
    lead: str

    @cached_property
    def times(self) -> set[str]:
        """The times that its caption, or what stands above it, says that it is of."""
        return times_in(self.lead)

    @cached_property
    def _full_names(self) -> dict[int, str]:
        return {at: re.sub(r"[（(].*?[）)]", "", self.figures.names[at]) for at in self.figures.parts}

    @cached_property
    def ending(self) -> str:
        """The word with which all the names of rows end."""
        first, *others = self._full_names.values()
        endings = (first[at:] for at in range(len(first)))
        return next((one for one in endings if others and all(name.endswith(one) for name in others)), "")

    @cached_property
    def rows(self) -> dict[str, int]:
        """The rows by their names, without the word that all of them end with."""
        names = self._full_names
        short = {at: name.removesuffix(self.ending) for at, name in names.items()}
        chosen = short if all(len(name) >= SHORTEST for name in short.values()) else names
        return {name: at for at, name in chosen.items() if len(name) >= SHORTEST}

    @cached_property
    def columns(self) -> dict[str, int]:
        """The columns of amounts by their titles, without words such as 数量."""
        titles = {at: self.figures.titles[at] for at in self.figures.amounts}
        short = {at: AMOUNT_OF.sub("", title) for at, title in titles.items()}
        named = {short[at] if len(short[at]) >= SHORTEST else title: at for at, title in titles.items()}
        return {title: at for title, at in named.items() if len(title) >= SHORTEST}

    def row_in(self, words: str) -> str | None:
        """The row that some words name last; 7月至9月 names none, nor does 前三季度."""
        found = [
            name
            for name in self.rows
            if re.search(f"(?<![至到—-])(?<!前(?=.季度)){re.escape(name)}(?![至到—-])", words)
        ]
        return max(found, key=lambda name: (words.rfind(name) + len(name), len(name)), default=None)

    def column_in(self, words: str) -> int | None:
        """The one column that some words name; of several of which one holds the other the longest."""
        found = [title for title in self.columns if _is_named(title, words)]
        longest = [one for one in found if not any(one != other and one in other for other in found)]
        return self.columns[longest[0]] if len(longest) == 1 else None

    def values(self, column: int) -> list[NamedValue]:
        """The rows with what they have in a column, and its unit, if all have it; the first place is the most."""
        figures = self.figures
        is_time = TIME_TAKEN.search(figures.titles[column] + figures.units[column])
        unit = figures.units[column] or ("天" if is_time else "")
        cells = {name: figures.cells[row][column] for name, row in self.rows.items()}
        sign = -1 if PLACES.search(figures.titles[column]) else 1
        known = [(name, sign * cell.value, unit) for name, cell in cells.items() if cell]
        return known if len(known) == len(figures.parts) else []

    def unit_of(self, row: int, column: int) -> str:
        named = re.search(r"[（(]([^（）()]+)[）)]$", self.figures.names[row])
        return self.figures.units[column] or (named[1] if named else "")


def _is_named(title: str, words: str) -> bool:
    """Whether words name a column, and nothing that is worked out of it or is the opposite."""
    core = DONE.sub("", title) if len(DONE.sub("", title)) >= SHORTEST else title
    place = words.rfind(core)
    if place < 0:
        return False
    before, behind = DONE_BEFORE.sub("", words[:place]), words[place + len(core) :]
    return not NOT_BEFORE.search(before) and not re.match(rf"[{HANZI}]{{0,4}}?(?:率|占比|比例|均)", behind)


def tables_near(subject: LintSubject, passage: TextPassage) -> list[NamedTable]:
    at = passage.place.block
    if at is None:
        return []
    blocks = subject.blocks_around(passage)
    places = range(max(0, at - NEAR), min(len(blocks), at + 1 + NEAR))
    tables = [(place, block) for place in places if isinstance(block := blocks[place], Table)]
    return [
        NamedTable(
            FigureTable(table), table.caption + (_text_above(subject, passage, place) or subject.title)
        )
        for place, table in tables
        if 0 < len(table.rows) <= MOST_ROWS
    ]


def _text_above(subject: LintSubject, passage: TextPassage, place: int) -> str:
    """The text of the block right above one, in the same part of a document as a passage."""
    return subject.block_texts.get((passage.part, passage.place.annex, place - 1), "")


def times_in(words: str) -> set[str]:
    return {one.removeprefix("第") for one in TIMES.findall(words)}


@document_rule("table-figure", "文字与表格不符", WARNING, ACCURACY)
def figures_beside_tables(subject: LintSubject) -> Iterator[RuleHit]:
    """柳荫社区登记诉求41件, 共整改112处 beside a table that has 36 in that row of 登记诉求, 115 in its total."""
    for passage in subject.passages_of_kind(PassageKind.TEXT):
        tables = tables_near(subject, passage)
        sentences = sentences_of_time(passage.text, tables[0]) if len(tables) == 1 else ()
        found = [hit for one in sentences for hit in _figures_of_sentence(passage, one, tables[0])]
        yield from found or _total_above(subject, passage)


def sentences_of_time(text: str, table: NamedTable) -> Iterator[re.Match[str]]:
    """The sentences of a text but those of other times than the table: 截至10月底 beside one of September."""
    has_times_of_rows = bool(times_in("".join(table.rows)))
    for sentence in SENTENCE.finditer(text):
        times = times_in(sentence[0])
        if not (times and table.times) or times & table.times or has_times_of_rows:
            yield sentence


# 三标完成八成，全线3600米; 小学、初中分别为: no figures of the row that was named last.
OF_OTHERS = re.compile("^(?:全|共|合计|总|各)|、[^、]*分别")


# What no column has, but may be worked out from two.
DERIVED = re.compile("率|进度|比重|占比|单产|平均")


def _figures_of_sentence(
    passage: TextPassage, sentence: re.Match[str], table: NamedTable
) -> Iterator[RuleHit]:
    totals = table.figures.cells[table.figures.total] if table.figures.total is not None else []
    known = {one.written for one in totals if one and one.value >= TELLING}
    anchored = any(one["number"] in known for one in STATED.finditer(sentence[0]))
    for match, figure, name, is_named in _figures_in_table(passage.text, sentence, table):
        if not rounds_to(figure.value, match["number"]) and (is_named or anchored):
            reason = f"表格里“{name}”是{figure.written}，这里写的是{match['number']}，请核对。"
            yield hit_at(passage, match, reason)


def _figures_in_table(
    text: str, sentence: re.Match[str], table: NamedTable
) -> Iterator[tuple[re.Match[str], TableFigure, str, bool]]:
    """The figures of a sentence, each with the cell whose row, or the row of totals, and column its words name."""
    last, column = sentence.start(), None
    for match in STATED.finditer(text, *sentence.span()):
        label, words = text[last : match.start()], text[sentence.start() : match.start()]
        last = match.end()
        name = None if OF_OTHERS.search(MARKS.split(words)[-1]) else table.row_in(words)
        row = table.rows[name] if name else table.figures.total
        behind = label.rpartition(name)[2].removeprefix(table.ending) if name else label
        before, column = column, table.column_in(behind)
        is_of_other = OF_ANOTHER.search(_without_titles(behind, table)) or NOT_YET.search(label)
        if row is None or is_of_other or OTHER_TIME.search(words):
            continue
        if column is None and name and name in label:
            only = _only_column(table, row, match["unit"], behind)
            column = only if only is not None or behind else before
        figure = table.figures.cells[row][column] if column is not None else None
        if column is None or figure is None or not _is_in_unit(table, row, column, match["unit"], figure):
            continue
        is_named = bool(name) or bool(TOTAL.search(MARKS.split(behind)[-1]))
        yield match, figure, name or table.figures.names[row], is_named


def _without_titles(words: str, table: NamedTable) -> str:
    for title in sorted(table.columns, key=len, reverse=True):
        words = words.replace(title, "")
    return words


def _only_column(table: NamedTable, row: int, unit: str, words: str) -> int | None:
    """The one column of a unit, for a figure right behind the name of its row: 柳塘社区112户, 投资完成6.35亿元."""
    alike = [at for at in table.figures.amounts if table.unit_of(row, at) == unit]
    named = [at for at in alike if any(two in table.figures.titles[at] for two in _pairs(words))]
    chosen = [] if MARKS.search(words) else named if words else alike
    return chosen[0] if len(chosen) == 1 else None


def _pairs(words: str) -> list[str]:
    return [words[at : at + SHORTEST] for at in range(len(words) - SHORTEST + 1)]


def _is_in_unit(table: NamedTable, row: int, column: int, unit: str, figure: TableFigure) -> bool:
    if figure.is_share or unit in SHARES:
        return figure.is_share and unit in SHARES[:2]
    known = table.unit_of(row, column)
    return not known or known == unit or (known, unit) in (("人", "名"), ("名", "人"))


def _total_above(subject: LintSubject, passage: TextPassage) -> Iterator[RuleHit]:
    """共加装28部，明细如下 above a table with the total 27: none of its totals is what the text says."""
    blocks, index = subject.blocks_around(passage), passage.place.block
    below = blocks[index + 1] if index is not None and index + 1 < len(blocks) else None
    if not isinstance(below, Table) or not POINTING_DOWN.search(passage.text):
        return
    figures = FigureTable(below)
    totals = [one.written for one in figures.cells[figures.total] if one] if figures.total else []
    stated = list(SUMMED_UP.finditer(passage.text))
    if totals and stated and not any(match["number"] in totals for match in stated):
        reason = f"下面表格的合计是{'、'.join(totals)}，这里写的是{stated[-1]['number']}，请核对。"
        yield RuleHit(reason, passage, *stated[-1].span())


@document_rule("most-of-table", "最高、最低与表格不符", WARNING, ACCURACY)
def superlatives_beside_tables(subject: LintSubject) -> Iterator[RuleHit]:
    """得分最高的为石桥社区 beside a table in which another row has more."""
    for passage in subject.passages_of_kind(PassageKind.TEXT):
        tables = tables_near(subject, passage) if MOST_WORD.search(passage.text) else []
        for sentence in SENTENCE.finditer(passage.text) if len(tables) == 1 else ():
            last, column = sentence.start(), None
            for match in MOST.finditer(passage.text, *sentence.span()):
                end = match.start() if match["before"] is None else match.end("before")
                before, words = passage.text[sentence.start() : last], passage.text[last:end]
                named = _column_of_claim(words, before, match, tables[0])
                # 签约率最高的是甲，最低的是乙: of the same column
                column = column if named is None and match["before"] == "" else named
                last, is_joined = match.end(), passage.text[match.start() - 1] in "、和与及"
                values = [] if column is None or is_joined else tables[0].values(column)
                if right := "、".join(name + tables[0].ending for name, *_ in right_ones(match, values)):
                    yield RuleHit(f"按表格应是{right}，请核对。", passage, *match.span())


def _column_of_claim(words: str, before: str, match: re.Match[str], table: NamedTable) -> int | None:
    """The column that a claim is about: named beside it or before, or the only one there is."""
    if match["rank"]:
        places = [at for at, title in enumerate(table.figures.titles) if PLACES.search(title)]
        return places[0] if len(places) == 1 else None
    clause = re.split("[；。]", words)[-1]
    beside = MARKS.split(clause)[-1]
    if MOVING.search(_without_titles(clause, table)):
        return None
    columns = [table.column_in(region) for region in (beside, clause, *VIEW.findall(before))]
    kinds = (*table.rows, table.ending, table.figures.titles[table.figures.named_by])
    rest = re.sub("|".join(map(re.escape, filter(None, kinds))), "", beside)
    if columns[0] is None:
        is_derived = DERIVED.search(before + words) and not any(map(DERIVED.search, table.figures.titles))
        columns = columns if len(rest) < SHORTEST and not is_derived else []
    return next((at for at in columns if at is not None), None)
