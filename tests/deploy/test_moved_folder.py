"""A project folder that was moved or renamed: what was installed knows its old path, and is installed anew."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.config import ROOT

STAMPS = (".make/system-run", ".venv/.runtime", "fonts/fandol/SHA256SUMS", "node_modules/.package-lock.json")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder in which everything is installed, as far as make can see, but that nothing needs a package."""
    project = tmp_path / "before"
    shutil.copytree(ROOT / "deploy", project / "deploy")
    shutil.copytree(ROOT / "static" / "src", project / "static" / "src")
    for name in ("Makefile", "package-lock.json"):
        shutil.copy(ROOT / name, project)
    (project / "requirements.txt").write_text("")
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (project / ".venv" / ".place").write_text(f"{project}\n")
    for stamp in (*STAMPS, "static/dist/manifest.json"):
        (project / stamp).parent.mkdir(parents=True, exist_ok=True)
        (project / stamp).touch()
    return project


def install_packages(project: Path) -> None:
    subprocess.run(
        ["sh", "deploy/setup/python.sh", "requirements.txt"], cwd=project, check=True, capture_output=True
    )


def pending_steps(project: Path) -> str:
    """Return what `make setup` would do."""
    return subprocess.run(
        ["make", "--dry-run", "--no-print-directory", "setup"],
        cwd=project,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_what_was_installed_is_installed_again_after_a_move(project: Path, tmp_path: Path) -> None:
    assert "python.sh" not in pending_steps(project)
    moved = project.rename(tmp_path / "after 搬家")
    assert "python.sh" in pending_steps(moved)
    install_packages(moved)
    pip = subprocess.run([moved / ".venv/bin/pip", "--version"], capture_output=True, text=True, check=True)
    assert str(moved) in pip.stdout
    (moved / ".venv/.runtime").touch()
    for stamp in ("node_modules/.package-lock.json", "static/dist/manifest.json"):
        (moved / stamp).touch()
    assert "python.sh" not in pending_steps(moved)
