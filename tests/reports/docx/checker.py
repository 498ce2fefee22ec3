"""An independent checker (PyPI gongwen-skill), given the standard's own values, with what it must be given."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from importlib import import_module
from io import BytesIO
from pathlib import Path
from unittest import mock
from zipfile import ZipFile

from docx.enum.style import WD_STYLE_TYPE
from docx.styles.style import CharacterStyle
from docx.text.run import Run

from reports.docx.styles import LEVEL_FACES, run_in_style
from tests.reports.docx.word import opened

GRAVE = "P0"
# The checker's own values are those of one office's own style.
STANDARD = {
    "page_setup.margins.top": "37mm",
    "page_setup.margins.bottom": "35mm",
    "page_setup.margins.left": "28mm",
    "page_setup.margins.right": "26mm",
}
LINE_PITCH = "28.95pt"
# A letter's text may go down to its lower red line on page 1 (10.1); on other pages it ends on the footer, at 35 mm,
# which is measured by ink. The checker knows one margin for all pages.
LETTER = {"page_setup.margins.bottom": "24mm"}
# No body: the checker takes the mark for a title, and expects captions and notes of tables in the body's size.
AROUND_THE_BODY = {"发文机关标志", "Caption", "表格单位", "表注"}
RUN_IN_STYLES = {run_in_style(level) for level in LEVEL_FACES}


class Checker:
    """The checker with the values of GB/T 9704."""

    def __init__(self) -> None:
        self.parse = import_module("engine.core.document.parser").parse_docx
        self.check = import_module("engine.core.rules.checker").check_document
        self.load_rules = import_module("engine.core.rules.manager").load_rules_merged

    def grave_findings(self, file: bytes, folder: Path) -> list[str]:
        """The names of what it finds to be grave."""
        path = folder / "document.docx"
        path.write_bytes(heads_apart(file))
        model = self.parse(str(path))
        model.paragraphs = [p for p in model.paragraphs if p.style_name not in AROUND_THE_BODY]
        rules = self._rules(of_letter=opened(file).sections[0].different_first_page_header_footer)
        return [issue.name for issue in self.check(model, rules) if issue.severity == GRAVE]

    def _rules(self, *, of_letter: bool) -> dict[str, list[dict[str, str]]]:
        """The checker's rules with the standard's values."""
        values = STANDARD | (LETTER if of_letter else {})
        rules = self.load_rules("report")
        for rule in rules["check_rules"]:
            if rule["field"].endswith("line_spacing"):
                rule["expected"] = LINE_PITCH
            rule["expected"] = values.get(rule["field"], rule["expected"])
        return rules


@contextmanager
def checker_in(folder: Path) -> Iterator[Checker]:
    """The checker, which would otherwise keep its notes in the home folder."""
    with mock.patch.dict(os.environ, GONGWEN_DATA_DIR=str(folder)):
        yield Checker()


def heads_apart(file: bytes) -> bytes:
    """The file with each run-in head in a paragraph of its own, in the very letters that its style gives it.

    （一）压实责任。各部门要…… is a heading in 楷体 and a text in 仿宋 on one line (7.3.3). The checker knows no such
    line and looks into no character style: it takes a short one for a heading and a long one for body, all of it in
    one face. Apart, head and text are each held against the rules for what they are.
    """
    document = opened(file)
    styles = {style.style_id: style for style in document.styles if style.type == WD_STYLE_TYPE.CHARACTER}
    for paragraph in document.paragraphs:
        head = paragraph.runs[0] if paragraph.runs else None
        if head is not None and head._r.style in RUN_IN_STYLES:
            alone = paragraph.insert_paragraph_before(style=paragraph.style)
            alone._p.append(head._r)
            _dress(head, styles[head._r.style])
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _dress(run: Run, style: CharacterStyle) -> None:
    """Write the look that a style gives a run into the run itself."""
    properties = run._r.get_or_add_rPr()
    for look in style.element.rPr:
        properties.append(deepcopy(look))


def spoiled(file: bytes, *changes: tuple[str, str], part: str = "") -> bytes:
    """A file in which words of its markup were exchanged, in the part of this name or in all."""
    stream = BytesIO()
    with ZipFile(BytesIO(file)) as source, ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if part in name:
                for old, new in changes:
                    content = content.replace(old.encode(), new.encode())
            target.writestr(name, content)
    return stream.getvalue()
