"""flask report: the same document without the web."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask

from app.documents.models import Document
from tests.documents.stage import hanzi_and_figures, printed_text
from tests.world import World


def test_the_report_is_written_and_its_path_pages_and_seconds_are_said(
    app: Flask, reported: World, tmp_path: Path
) -> None:
    result = app.test_cli_runner().invoke(
        args=["report", "build", "--kind", "quarterly", "--period", "2026Q3", "--out", str(tmp_path / "out")]
    )
    assert result.exit_code == 0, result.output
    (path,) = (tmp_path / "out").iterdir()
    assert path.name == "关于《示例街道2026年工作计划》第三季度推进情况的报告.pdf"
    assert str(path) in result.stdout
    assert re.search(r"共 \d+ 页，用时 \d+\.\d 秒", result.stdout)
    assert hanzi_and_figures("旧区改造已签约81户。") in printed_text(path.read_bytes())
    assert not Document.select().exists()


def test_all_words_of_the_departments_are_repeated_where_that_is_asked_for(
    app: Flask, reported: World, tmp_path: Path
) -> None:
    pages = {}
    for name, more in (("concise", ()), ("full", ("--full",))):
        where = ("--period", "2026Q3", "--out", str(tmp_path / name))
        result = app.test_cli_runner().invoke(args=["report", "build", "--kind", "quarterly", *where, *more])
        assert result.exit_code == 0, result.output
        (path,) = (tmp_path / name).iterdir()
        pages[name] = printed_text(path.read_bytes())
    assert "主要进展如下" in pages["concise"]
    assert "主要进展如下" not in pages["full"]


def test_an_unknown_quarter_is_a_sentence_and_no_file(app: Flask, reported: World, tmp_path: Path) -> None:
    for code, sentence in (("2026Q4", "还没有开启填报"), ("第三季度", "不认识“第三季度”")):
        result = app.test_cli_runner().invoke(
            args=["report", "build", "--kind", "quarterly", "--period", code, "--out", str(tmp_path / "out")]
        )
        assert result.exit_code == 1
        assert sentence in result.stderr
    assert not (tmp_path / "out").exists()


def test_nothing_accepted_is_a_sentence_and_no_file(app: Flask, world: World, tmp_path: Path) -> None:
    result = app.test_cli_runner().invoke(
        args=["report", "build", "--kind", "quarterly", "--period", "2026Q3", "--out", str(tmp_path / "out")]
    )
    assert result.exit_code == 1
    assert "还没有已采用的填报" in result.stderr
    assert not (tmp_path / "out").exists()


def test_the_fonts_of_every_role_are_listed(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["report", "fonts"])
    assert result.exit_code == 0
    *lines, advice = result.stdout.splitlines()
    assert "正版字体放入" in advice
    assert [line.partition("：")[0] for line in lines] == [
        "小标宋体",
        "仿宋体",
        "黑体",
        "楷体",
        "宋体",
    ]
