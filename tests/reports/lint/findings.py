"""What the whole lint finds in many texts: kept in findings.json, and beside the lists of planted errors; looked at.

After a change that is meant: `python -m tests.reports.lint.findings`, and read the difference.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import patch

from reports.lint import LintContext, LintFinding, check_document
from reports.lint.place_words import place_words
from reports.lint.rules.wording import typing_errors
from reports.lint.written import TextFinding, check_lines, lines_of_text
from reports.model import (
    Annex,
    Chart,
    ChartRow,
    Enclosure,
    Heading,
    OfficialDocument,
    Paragraph,
    Sheet,
    SheetField,
    SheetRow,
    Table,
)
from tests.reports import samples
from tests.reports.lint.cases import UPWARD, downward, with_head, with_heading, with_text, with_title

FINDINGS = Path(__file__).with_suffix(".json")
PLANTED = Path(__file__).with_name("planted")
TODAY = LintContext(today=date(2026, 11, 30))
BORDERS = "borders.txt"  # what stands just within the rules, and just beyond them
# What 〔12字〕 stands for in a planted line, of as many characters: how far a rule looks is seen at its border.
FILLER = "街道组织力量会同有关部门逐户走访摸底核实登记造册上报汇总分析研判交办督办反馈回访评议公示存档"
# What these find hangs on whether the model of the language was built.
BY_LANGUAGE = ("doubled-word", "one-name-by-sound", "typing-error")
UNITS = (("社区平安办公室", "平安办"), ("营商环境办公室", "营商办"))
LAST = "制定招商机制年度任务分解表，明确各部门和12个居民区的线索报送要求，外出招商3批次。"
KNOWN = LintContext(previous=(samples.PROGRESS, LAST), names=UNITS, persons=("林知远", "程思齐", "王玥"))
CONTEXTS = (LintContext(), *(replace(KNOWN, lights={0: light, 1: light}) for light in ("绿灯", "红灯")))


def in_pieces(text: str) -> OfficialDocument:
    """The sentences of a text as paragraphs, the last of them in an annex and in a table."""
    *first, last = [f"{piece}。" for piece in text.split("。") if piece] or [text]
    table = samples.table(2, last)
    assert isinstance(table, Table)
    body = tuple(Paragraph(piece) for piece in first) or UPWARD.body
    return replace(UPWARD, body=body, annexes=(Annex("附件情况", (Paragraph(last), table)),))


def enclosed(text: str) -> OfficialDocument:
    """A text that a notice issues, with a heading, a table, a chart and a sheet, each of them twice."""
    blocks = (
        Heading(2, text),
        Paragraph(text),
        samples.table(1, text),
        samples.table(2, text),
        *[Chart(text, (text,), (ChartRow(text, (1,)),))] * 2,
        Sheet((SheetRow((SheetField(text, text),)),)),
    )
    annexes = (Annex(text, blocks[:3]), Annex("乙", blocks[:2]))
    return replace(downward(UPWARD), enclosure=Enclosure("工作规则", blocks), annexes=annexes)


FORMS: dict[str, Callable[[str], OfficialDocument]] = {
    "text": with_text,
    "pieces": in_pieces,
    "heading": with_heading,
    "head": with_head,
    "title": with_title,
    "downward": lambda text: downward(with_text(text)),
    "addressee": lambda text: replace(UPWARD, addressee=text),
    "enclosed": enclosed,
    "note": lambda text: replace(UPWARD, note=text),
}


def described(document: OfficialDocument, finding: LintFinding) -> str:
    place, fix = finding.place, f" → {finding.fix.replacement}" if finding.fix else ""
    where = f"{place_words(document, place)} {place.start}-{place.end}"
    return f"{finding.rule.id} {where}【{finding.quote}】{fix}：{finding.reason}"


def findings_in(form: str, context: int, text: str) -> list[str]:
    """In an order of their own: which of two rules that find the same words comes first is no matter."""
    document = FORMS[form](text)
    return sorted(described(document, finding) for finding in check_document(document, CONTEXTS[context]))


def planted_lines(name: str) -> Iterator[tuple[str, set[int]]]:
    """Each text without its marks, with the positions of what is wrong in it."""
    for row in (PLANTED / name).read_text(encoding="utf-8").splitlines():
        if row.startswith("#") or not row:
            continue
        marked = row.partition(" ")[2].replace("\\n", "\n").replace("\\t", "\t")
        marked = re.sub(r"〔(\d+)字〕", lambda length: (FILLER * 50)[: int(length[1])], marked)
        text, wrong = "", set[int]()
        for number, piece in enumerate(re.split("[【】]", marked)):
            if number % 2:
                wrong |= set(range(len(text), len(text) + len(piece)))
            text += piece
        yield text, wrong


def planted_findings(name: str) -> Path:
    return (PLANTED / name).with_suffix(".found")


def found_in_text(text: str) -> tuple[TextFinding, ...]:
    return check_lines(lines_of_text(text), TODAY)


def described_text(text: str, found: Iterable[TextFinding]) -> str:
    """A planted text with what is found in it, each on a line."""
    found_lines = sorted(
        f"    {one.finding.rule.id} {one.place_words} {one.start}-{one.end}【{one.finding.quote}】"
        f"{f' → {one.finding.fix.replacement}' if one.finding.fix else ''}：{one.finding.reason}"
        for one in found
        if one.finding.rule.id not in BY_LANGUAGE
    )
    return "\n".join((text, *found_lines, ""))


def keep_findings() -> None:
    kept = json.loads(FINDINGS.read_text(encoding="utf-8"))
    found = [[form, context, text, findings_in(form, context, text)] for form, context, text, _ in kept]
    FINDINGS.write_text(f"{json.dumps(found, ensure_ascii=False, indent=0)}\n", encoding="utf-8")
    for path in (*PLANTED.glob("*_list.txt"), PLANTED / BORDERS):
        described = (described_text(text, found_in_text(text)) for text, _ in planted_lines(path.name))
        planted_findings(path.name).write_text("".join(described), encoding="utf-8")


if __name__ == "__main__":
    with patch.object(typing_errors, "find_word_model", lambda: None):  # as in the tests
        keep_findings()
