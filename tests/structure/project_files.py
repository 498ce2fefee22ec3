"""The files that are ours: what git tracks or would track; each is listed and parsed once for all tests."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def all_files() -> tuple[Path, ...]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return tuple(sorted(path for name in {*listing.split("\0")} if (path := ROOT / name).is_file()))


def project_files(suffix: str, *folders: str) -> list[Path]:
    """Return the files ending in `suffix` under `folders`, new ones included, ignored and deleted ones not."""
    places = [ROOT / folder for folder in folders]
    found = (path for path in all_files() if path.name.endswith(suffix))
    return [path for path in found if not places or any(path.is_relative_to(place) for place in places)]


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    """Return every node of a Python file, its module first."""
    return [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]


def module_of(path: Path) -> ast.Module:
    module = nodes_of(path)[0]
    assert isinstance(module, ast.Module)
    return module
