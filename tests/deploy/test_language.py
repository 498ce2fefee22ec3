"""The model of the language is built again where it was built by other files than those that are here."""

from __future__ import annotations

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from tarfile import TarFile, TarInfo

import pytest

from app.base.settings.settings import ROOT
from tests.reports.lint.small_language import VERSION, built_model

# Stand for what needs the network, and for the builder: SCRIPT SUNPINYIN_DATA LAWS DECOMPOSITIONS MODEL VERSION.
PROGRAMS = {
    "bin/apt-get": "exit 0",
    "bin/dpkg-deb": 'cat "${0%/*}/package.tar"',
    ".venv/bin/pip": "exit 0",
    ".venv/bin/python": 'printf \'{"version": 64}\\n%s\' "$6" >"$5"',
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "deploy" / "setup", tmp_path / "deploy" / "setup")
    for name, command in PROGRAMS.items():
        write_program(tmp_path / name, command)
    with TarFile(tmp_path / "bin" / "package.tar", "w") as package:
        package.addfile(TarInfo("./usr/lib/any/sunpinyin/data/lm_sc.t3g"), BytesIO())
    return tmp_path


def write_program(file: Path, command: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{command}\n")
    file.chmod(0o755)


def output_of_setup(project: Path) -> str:
    command = ["sh", "deploy/setup/language.sh"]
    path = f"{project / 'bin'}:{os.defpath}"
    done = subprocess.run(
        command, cwd=project, capture_output=True, text=True, check=True, env={"PATH": path}
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", ["language.sh", "language_model.py", "language-requirements.txt"])
def test_it_is_built_once_by_the_same_files(project: Path, name: str) -> None:
    assert "正在准备" in output_of_setup(project)
    assert output_of_setup(project) == ""
    with (project / "deploy" / "setup" / name).open("a") as file:
        file.write("# changed\n")
    assert "正在准备" in output_of_setup(project)
    assert output_of_setup(project) == ""


def test_one_that_does_not_say_by_what_it_was_built_is_replaced(project: Path) -> None:
    (project / "language").mkdir()
    (project / "language" / "words.model").write_text('{"words": 0}\n')
    assert "正在准备" in output_of_setup(project)


def test_it_says_near_its_beginning_by_what_it_was_built(tmp_path: Path) -> None:
    built_model(tmp_path)
    assert VERSION.encode() in (tmp_path / "words.model").read_bytes()[:1024]


def test_the_old_one_stays_where_none_can_be_built(project: Path) -> None:
    output_of_setup(project)
    before = (project / "language" / "words.model").read_bytes()
    write_program(project / "bin" / "apt-get", "exit 1")
    (project / "deploy" / "setup" / "language_model.py").write_text("")
    assert "没有备好" in output_of_setup(project)
    assert (project / "language" / "words.model").read_bytes() == before
