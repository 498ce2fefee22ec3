"""An independent checker finds nothing grave in the body of any form and of any kind, and would find what is wrong."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from reports.docx.styles import run_in_style
from tests.reports.docx.checker import Checker, checker_in, spoiled
from tests.reports.docx.kinds import KINDS
from tests.reports.docx.samples import DOCUMENTS
from tests.reports.docx.word import every, part, value


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    with checker_in(tmp_path_factory.mktemp("checker")) as checker:
        yield checker


@pytest.mark.parametrize("name", [*DOCUMENTS, *KINDS])
def test_the_checker_finds_nothing_grave(
    checker: Checker, written: Mapping[str, bytes], name: str, tmp_path: Path
) -> None:
    assert checker.grave_findings(written[name], tmp_path) == []


@pytest.mark.parametrize(
    ("name", "right", "wrong", "finding"),
    [
        ("upward", "仿宋_GB2312", "宋体", "正文字体检查"),
        ("upward", 'w:left="1587"', 'w:left="1300"', "左边距检查"),
        ("filing_notice-full", "楷体_GB2312", "宋体", "二级标题字体检查"),
        (
            "filing_notice-full",
            f'w:val="{run_in_style(2)}"',
            f'w:val="{run_in_style(3)}"',
            "二级标题字体检查",
        ),
    ],
)
def test_the_checker_does_find_a_fault(
    checker: Checker,
    written: Mapping[str, bytes],
    name: str,
    right: str,
    wrong: str,
    finding: str,
    tmp_path: Path,
) -> None:
    assert finding in checker.grave_findings(spoiled(written[name], (right, wrong)), tmp_path)


def test_the_kinds_have_short_paragraphs_behind_run_in_heads(written: Mapping[str, bytes]) -> None:
    """What the checker would take for headings from the first letter to the last stop."""
    paragraphs = list(every(part(written["filing_notice-full"], "word/document.xml"), "w:p"))
    assert any(
        len("".join(p.itertext())) < 50
        and [value(style) for style in every(p, "w:rStyle")] == [run_in_style(2)]
        for p in paragraphs
    )
