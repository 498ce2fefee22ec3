"""The examples of README.md run as they stand, in their order, on the sample's tables."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import docx
import pytest
from flask import Flask

from app.access.models import Account
from app.base.settings.settings import ROOT
from app.periods.models import Period

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
GOAL = re.compile(r"^([a-z-]+):", re.MULTILINE)


def section(heading: str) -> str:
    """Return what stands under a heading, up to the next one of its rank."""
    _, _, text = README.partition(f"\n## {heading}\n")
    return text.partition("\n## ")[0]


def commands(text: str) -> list[str]:
    """Return the lines of the examples."""
    return [line for block in BLOCK.findall(text) for line in block.splitlines() if line.strip()]


def test_the_examples_run_as_they_stand(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(ROOT)
    text = docx.Document()
    text.add_paragraph("街道完成了全部走访。")
    text.save(str(tmp_path / "报告.docx"))
    ran = 0
    for line in commands(section("正式使用")):
        program, *arguments = shlex.split(line, comments=True)
        if program == "flask":
            words = [str(Path(word).expanduser()) if word.startswith("~") else word for word in arguments]
            result = app.test_cli_runner().invoke(args=words)
            assert result.exit_code == 0, f"{line}\n{result.output}"
            ran += 1
    assert ran >= 16
    assert Account.select().count() == Period.select().count() == 1
    assert [path.suffix for path in (tmp_path / "公文").iterdir()] == [".pdf"]


def test_what_is_no_command_of_ours_is_there(tmp_path: Path) -> None:
    goals = set(GOAL.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    for line in commands(README):
        words = shlex.split(line, comments=True)
        if "make" in words:
            assert words[words.index("make") + 1] in goals, line
    setting_up = next(line for line in commands(section("正式使用")) if line.startswith(". .venv"))
    answer = subprocess.run(
        ["sh", "-c", f"{setting_up}; command -v flask; echo $FLASK_APP"],
        cwd=ROOT,
        env={"PATH": os.defpath, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    flask, name = answer.stdout.split()
    assert flask.endswith("/.venv/bin/flask")
    assert name == "wsgi"
