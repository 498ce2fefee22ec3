"""flask report: the same document without the web."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.drafting.core.models import Document
from reports import fonts
from reports.lint import language
from reports.lint.language.word_model import WordModel
from tests.drafting.sample_documents import hanzi_and_figures, printed_text
from tests.reports.lint.small_language import small_model
from tests.reports.truetype import write_truetype
from tests.world import World


def test_the_report_is_written_and_its_path_pages_and_seconds_are_reported(
    app: Flask, reported: World, tmp_path: Path
) -> None:
    printed = {}
    for name, more in (("concise", ()), ("full", ("--full",))):
        where = ("--period", "2026Q3", "--out", str(tmp_path / name))
        result = app.test_cli_runner().invoke(args=["report", "build", "--kind", "quarterly", *where, *more])
        assert result.exit_code == 0, result.output
        (path,) = (tmp_path / name).iterdir()
        assert path.name == "关于《示例街道2026年工作计划》第三季度推进情况的报告.pdf"
        assert str(path) in result.stdout
        assert re.search(r"共 \d+ 页，用时 \d+\.\d 秒", result.stdout)
        printed[name] = printed_text(path.read_bytes())
        assert hanzi_and_figures("旧区改造已签约81户。") in printed[name]
    assert "主要进展如下" in printed["concise"]
    assert "主要进展如下" not in printed["full"]
    assert not Document.select().exists()


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


@pytest.fixture
def only_our_faces(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which no licensed face is installed."""
    monkeypatch.setattr(fonts, "installed_files", dict)
    fonts.find_fonts.cache_clear()
    yield
    fonts.find_fonts.cache_clear()


def test_the_face_of_every_role_is_listed_with_what_is_missing_and_what_stands_behind(
    app: Flask, only_our_faces: None
) -> None:
    result = app.test_cli_runner().invoke(args=["report", "fonts"])
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "小标宋体：FandolSong-Bold.otf；未找到方正小标宋简体，以此代用；缺字时用 NotoSerifSC-Regular.otf",
        "仿宋体：FandolFang-Regular.otf；未找到仿宋_GB2312，以此代用；缺字时用 NotoSerifSC-Regular.otf",
        "黑体：FandolHei-Regular.otf；未找到黑体，以此代用；缺字时用 NotoSansSC-Regular.otf",
        "楷体：FandolKai-Regular.otf；未找到楷体_GB2312，以此代用；缺字时用 NotoSerifSC-Regular.otf",
        "宋体：FandolSong-Regular.otf；未找到宋体，以此代用；缺字时用 NotoSerifSC-Regular.otf",
        "生僻字：HanaMinA.ttf、HanaMinB.ttf",
        f"正版字体放入 {fonts.DEFAULT_FOLDER} 或装入系统，即优先使用。",
    ]


def test_a_licensed_face_in_the_folder_is_listed_as_used_and_not_as_missing(
    app: Flask, tmp_path: Path, only_our_faces: None
) -> None:
    like = fonts.find_fonts()[fonts.FontRole.LEVEL1].main.path
    write_truetype(tmp_path / "simhei.ttf", "SimHei", "黑体", like=like)
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], fonts_folder=tmp_path)
    result = app.test_cli_runner().invoke(args=["report", "fonts"])
    assert "黑体：simhei.ttf；缺字时用 NotoSansSC-Regular.otf" in result.stdout.splitlines()
    assert f"正版字体放入 {tmp_path} 或装入系统" in result.stdout
    assert result.stdout.count("未找到") == 4


@pytest.mark.parametrize(
    ("model", "line"),
    [
        (None, "查错字的词语资料：没有备好，检查公文时不查错字。请运行 make setup。"),
        (small_model, "查错字的词语资料：已备好。"),
    ],
)
def test_the_engine_tells_whether_typing_errors_are_looked_for(
    app: Flask, monkeypatch: pytest.MonkeyPatch, model: Callable[[], WordModel] | None, line: str
) -> None:
    monkeypatch.setattr(language, "find_word_model", model or (lambda: None))
    result = app.test_cli_runner().invoke(args=["report", "engine"])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == line
