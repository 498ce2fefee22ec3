"""Payloads on their way to paper: a document full of them, printed by a process that is watched.

python -m tests.security.printing < document.json > printed.json
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from typing import Any

from app.base.processes.confinement import REACHING_OUT
from app.base.settings.settings import ROOT
from app.composition.facts import DocumentFacts
from app.composition.kinds import compose_document
from app.composition.rules import DocumentKind
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.printing.formats import render_document
from app.printing.render_process import warm_up
from app.printing.rules import FileFormat
from reports.frozen_text import document_as_json, document_from_json
from reports.model import Annex, Chart, ChartRow, Column, OfficialDocument, Paragraph, Table
from tests.drafting.sample_documents import PARTICULARS, measure_facts, quarter_facts
from tests.security.payloads import PAYLOADS

# What a spreadsheet or a word processor would run, and what this machine would be asked for; ADDRESS is listened at.
FORMULAS = (
    '=HYPERLINK("http://ADDRESS/formula","gotcha")',
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1,2)",
    '{ INCLUDEPICTURE "http://ADDRESS/field.png" }',
    "<link rel=stylesheet href=http://ADDRESS/sheet.css><img src='http://ADDRESS/pixel.png'>",
    "<img src=file:///etc/hostname><object data='http://ADDRESS/object'></object>",
)
AT_ONCE = 8  # rows of a chart, which must fit on a page
ACCEPTED = (76, MeasureStatus.ON_TRACK, Forecast.CAN_FINISH, "")
WRITING = os.O_WRONLY | os.O_RDWR


@dataclass(frozen=True)
class Printed:
    """The files of a document, and what the process that made them opened and called."""

    files: dict[FileFormat, bytes]
    opened: list[tuple[str, bool]]
    called: list[str]


def payloads(address: str) -> tuple[str, ...]:
    """Return all payloads, those that call somebody calling `address`."""
    return (*PAYLOADS, *(formula.replace("ADDRESS", address) for formula in FORMULAS))


def poisoned(words: tuple[str, ...]) -> OfficialDocument:
    """Return a quarterly report in which words stand in what departments wrote, in the title, in charts and tables."""
    document = compose_document(DocumentKind.QUARTERLY, facts_with(words), PARTICULARS)
    charts = [charted(words[start : start + AT_ONCE]) for start in range(0, len(words), AT_ONCE)]
    table = Table((Column("甲"), Column(words[0])), tuple(("内容", word) for word in words), caption=words[1])
    return replace(
        document,
        title=f"关于{words[0]}的报告",
        body=(*document.body, *charts),
        annexes=(*document.annexes, Annex(words[2], (Paragraph(words[3]), table))),
        note=words[4],
    )


def facts_with(words: tuple[str, ...]) -> DocumentFacts:
    """Return the facts of a quarter in which each word is what a department wrote of a measure."""
    facts = quarter_facts(parts=1, sections=1, measures=1)
    (part,) = facts.parts
    measures = []
    for number, word in enumerate(words, 1):
        measure = measure_facts(number, ACCEPTED)
        assert measure.report
        report = replace(measure.report, progress=word, problems=word, next_steps=word)
        measures.append(replace(measure, title=f"举措{word}", report=report))
    return replace(facts, parts=(replace(part, title=words[5], sections=(), own_measures=tuple(measures)),))


def charted(words: tuple[str, ...]) -> Chart:
    """Return a chart that has a row for each of some words."""
    rows = tuple(ChartRow(word, (number, 1)) for number, word in enumerate(words))
    return Chart(words[0], (words[0], "滞后"), rows, unit="项")


def printed_elsewhere(document: OfficialDocument) -> Printed:
    """Print a document in a process of its own. Raises AssertionError where that fails."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.security.printing"],
        cwd=ROOT,
        input=json.dumps(document_as_json(document)),
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    measure = json.loads(ended.stdout)
    files = {FileFormat(name): b64decode(data) for name, data in measure["files"].items()}
    return Printed(files, [(path, writes) for path, writes in measure["opened"]], measure["called"])


def main() -> None:
    """Print what comes in, as the rendering process does but for its bolts: what is not tried is not seen."""
    opened: list[tuple[str, bool]] = []
    called: list[str] = []

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            opened.append((str(arguments[0]), bool(arguments[2] & WRITING)))
        elif event.startswith(REACHING_OUT):
            called.append(f"{event} {arguments[:3]}")

    sys.addaudithook(watch)
    warm_up()
    called.clear()  # libraries in C are looked for by programs
    files = render_document(document_from_json(json.load(sys.stdin)), FileFormat)
    names = {file.format.value: b64encode(file.data).decode() for file in files}
    json.dump({"files": names, "opened": opened, "called": called}, sys.stdout)


if __name__ == "__main__":
    main()
