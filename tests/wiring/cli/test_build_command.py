"""flask report build: every kind by its name, about a department or a leader where it is about one."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.drafting.sample_documents import hanzi_and_figures, printed_text
from tests.world import World


def build(app: Flask, folder: Path, *arguments: str) -> Result:
    """Run the command for the world's quarter."""
    words = ["report", "build", "--period", "2026Q3", "--out", str(folder), *arguments]
    return app.test_cli_runner().invoke(args=words)


def test_the_file_is_named_by_its_title(app: Flask, reported: World, tmp_path: Path) -> None:
    result = build(app, tmp_path / "out", "--kind", "circular")
    assert result.exit_code == 0, result.output
    (path,) = (tmp_path / "out").iterdir()
    assert path.name == "关于《示例街道2026年工作计划》第三季度推进情况的通报.pdf"


@pytest.mark.parametrize("department", ["城管办", "城市管理办公室"])
def test_a_departments_report_holds_its_own_words_only(
    app: Flask, reported: World, tmp_path: Path, department: str
) -> None:
    result = build(app, tmp_path / "out", "--kind", "department", "--department", department)
    assert result.exit_code == 0, result.output
    (path,) = (tmp_path / "out").iterdir()
    assert path.name == "城市管理办公室2026年第三季度工作报告.pdf"
    printed = printed_text(path.read_bytes())
    assert hanzi_and_figures("旧区改造已签约81户。") in printed
    assert hanzi_and_figures("配合经济发展办公室") in printed
    assert hanzi_and_figures(reported.measures[1].title) not in printed


def test_a_leaders_paper_is_about_what_he_is_in_charge_of(
    app: Flask, reported: World, tmp_path: Path
) -> None:
    result = build(app, tmp_path / "out", "--kind", "reading_sheet", "--leader", "周示例")
    assert result.exit_code == 0, result.output
    (path,) = (tmp_path / "out").iterdir()
    assert "周示例" in path.name


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--kind", "department"), "部门工作报告须写明部门，请用 --department 写上名称。"),
        (("--kind", "department", "--department", "外办"), "没有找到部门“外办”，请核对名称。"),
        (("--kind", "reading_sheet"), "呈批单须写明领导，请用 --leader 写上名称。"),
        (("--kind", "reading_sheet", "--leader", "张三"), "没有找到领导“张三”，请核对名称。"),
        (("--kind", "circular", "--department", "城管办"), "推进情况通报不分部门，请去掉 --department。"),
        (("--kind", "yearly"), "年度报告只能按全年汇编，请改选。"),
        (("--kind", "circular", "--period", "2031Q3"), "还没有2031年的工作计划，请先导入。"),
    ],
)
def test_what_is_missing_is_a_sentence_and_no_file(
    app: Flask, reported: World, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    result = build(app, tmp_path / "out", *arguments)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert not (tmp_path / "out").exists()
