"""What the processes of the web do by deploy/gunicorn.conf.py."""

from __future__ import annotations

import gc
import runpy
from pathlib import Path

import pytest

from app.base.settings.settings import ROOT


def test_what_is_loaded_before_the_processes_fork_is_not_looked_through_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path))
    configured = runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))
    gc.unfreeze()
    configured["when_ready"](None)
    assert gc.get_freeze_count() > 10_000
    assert len(gc.get_objects()) < 1_000
