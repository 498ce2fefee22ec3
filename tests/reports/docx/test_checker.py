"""An independent checker (PyPI gongwen-skill), given the standard's own values, finds nothing grave in the body."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

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


class Checker:
    """The checker with the values of GB/T 9704."""

    def __init__(self) -> None:
        self.parse = import_module("engine.core.document.parser").parse_docx
        self.check = import_module("engine.core.rules.checker").check_document
        self.rules = import_module("engine.core.rules.manager").load_rules_merged("report")
        for rule in self.rules["check_rules"]:
            if rule["field"].endswith("line_spacing"):
                rule["expected"] = LINE_PITCH
            rule["expected"] = STANDARD.get(rule["field"], rule["expected"])

    def grave_findings(self, file: bytes, folder: Path) -> list[str]:
        """The names of what it finds to be grave."""
        path = folder / "document.docx"
        path.write_bytes(file)
        model = self.parse(str(path))
        model.paragraphs = [p for p in model.paragraphs if p.style_name not in AROUND_THE_BODY]
        return [issue.name for issue in self.check(model, self.rules) if issue.severity == GRAVE]


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    """The checker, which would otherwise keep its notes in the home folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONGWEN_DATA_DIR", str(tmp_path_factory.mktemp("checker")))
        yield Checker()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_checker_finds_nothing_grave(
    checker: Checker, written: Mapping[str, bytes], name: str, tmp_path: Path
) -> None:
    assert checker.grave_findings(written[name], tmp_path) == []


def test_the_checker_does_find_a_wrong_face_and_a_wrong_margin(
    checker: Checker, written: Mapping[str, bytes], tmp_path: Path
) -> None:
    spoiled = BytesIO()
    with ZipFile(BytesIO(written["upward"])) as source, ZipFile(spoiled, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace("仿宋_GB2312".encode(), "宋体".encode())
            target.writestr(name, content.replace(b'w:left="1587"', b'w:left="1300"'))
    assert {"正文字体检查", "左边距检查"} <= set(checker.grave_findings(spoiled.getvalue(), tmp_path))
