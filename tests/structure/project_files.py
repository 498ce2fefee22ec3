"""The files that are ours: what git tracks or would track."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def project_files(suffix: str, *folders: str) -> list[Path]:
    """Return the files ending in `suffix` under `folders`, new ones included, ignored and deleted ones not."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *folders]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    paths = [ROOT / name for name in listing.split("\0") if name.endswith(suffix)]
    return sorted(path for path in paths if path.exists())
