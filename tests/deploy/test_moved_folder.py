"""A project folder that was moved or renamed: what was installed knows its old path, and is installed again."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from app.base.settings.settings import ROOT

STAMPS = (".make/system-run", ".venv/.runtime", "fonts/SHA256SUMS", "node_modules/.package-lock.json")
# Stands for `python3 -m venv --clear .venv`, which takes its time: programs that know their place, as pip makes them.
PYTHON = """#!/bin/sh
rm -rf .venv && mkdir -p .venv/bin
printf '#!%s/.venv/bin/python\\n' "$(pwd -P)" >.venv/bin/pip && chmod +x .venv/bin/pip
ln -s /bin/true .venv/bin/python
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder in which everything is installed, as far as make can see, but that nothing needs a package."""
    project = tmp_path / "before"
    shutil.copytree(ROOT / "deploy", project / "deploy")
    shutil.copytree(ROOT / "static" / "src", project / "static" / "src")
    for name in ("Makefile", "package-lock.json"):
        shutil.copy(ROOT / name, project)
    (project / "requirements.txt").write_text("")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python3").write_text(PYTHON)
    (tmp_path / "bin" / "python3").chmod(0o755)
    install_packages(project)
    touch(project)
    return project


def touch(project: Path) -> None:
    """Leave the marks of what is installed, the later ones later."""
    for stamp in (*STAMPS, "static/dist/manifest.json"):
        (project / stamp).parent.mkdir(parents=True, exist_ok=True)
        (project / stamp).touch()


def install_packages(project: Path) -> None:
    path = f"{project.parent / 'bin'}:{os.defpath}"
    command = ["sh", "deploy/setup/python.sh", "requirements.txt"]
    subprocess.run(command, cwd=project, check=True, capture_output=True, env={"PATH": path})


def pending_steps(project: Path) -> str:
    """Return what `make setup` would do."""
    command = ["make", "--dry-run", "--no-print-directory", "setup"]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=True).stdout


def test_what_was_installed_is_installed_again_after_a_move(project: Path, tmp_path: Path) -> None:
    assert "python.sh" not in pending_steps(project)
    moved = project.rename(tmp_path / "after-搬家")
    assert "python.sh" in pending_steps(moved)
    install_packages(moved)
    assert str(moved) in (moved / ".venv/bin/pip").read_text()
    touch(moved)
    assert "python.sh" not in pending_steps(moved)


def test_what_somebody_else_linked_in_is_left_alone(project: Path, tmp_path: Path) -> None:
    shared = (project / ".venv").rename(tmp_path / "shared")
    (project / ".venv").symlink_to(shared)
    (shared / ".place").write_text("/somewhere/else\n")
    assert "python.sh" not in pending_steps(project)
