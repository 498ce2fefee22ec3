"""An independent checker (PyPI gongwen-skill), given the standard's own values, finds nothing grave in the body."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from engine.core.document.parser import parse_docx
from engine.core.rules.checker import CheckIssue, check_document
from engine.core.rules.manager import load_rules_merged

from tests.reports.docx.samples import DOCUMENTS

GRAVE = "P0"
# The checker's own values are those of one office's house style.
STANDARD = {
    "page_setup.margins.top": "37mm",
    "page_setup.margins.bottom": "35mm",
    "page_setup.margins.left": "28mm",
    "page_setup.margins.right": "26mm",
}
LINE_PITCH = "28.95pt"
# No body: the checker takes the mark for a title, and expects captions and notes of tables in the body's size.
AROUND_THE_BODY = {"发文机关标志", "Caption", "表注"}


def standard_rules() -> dict[str, Any]:
    """The checker's rules for a report, with the values of GB/T 9704."""
    rules: dict[str, Any] = load_rules_merged("report")
    for rule in rules["check_rules"]:
        if rule["field"].endswith("line_spacing"):
            rule["expected"] = LINE_PITCH
        rule["expected"] = STANDARD.get(rule["field"], rule["expected"])
    return rules


def grave_findings(file: bytes, folder: Path) -> list[CheckIssue]:
    path = folder / "document.docx"
    path.write_bytes(file)
    model = parse_docx(str(path))
    model.paragraphs = [p for p in model.paragraphs if p.style_name not in AROUND_THE_BODY]
    return [issue for issue in check_document(model, standard_rules()) if issue.severity == GRAVE]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_checker_finds_nothing_grave(written: Mapping[str, bytes], name: str, tmp_path: Path) -> None:
    assert grave_findings(written[name], tmp_path) == []


def test_the_checker_does_find_a_wrong_face_and_a_wrong_margin(
    written: Mapping[str, bytes], tmp_path: Path
) -> None:
    spoiled = BytesIO()
    with ZipFile(BytesIO(written["upward"])) as source, ZipFile(spoiled, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace("仿宋_GB2312".encode(), "宋体".encode())
            target.writestr(name, content.replace(b'w:left="1587"', b'w:left="1300"'))
    found = {issue.name for issue in grave_findings(spoiled.getvalue(), tmp_path)}
    assert {"正文字体检查", "左边距检查"} <= found
