"""Every feature says in which order its modules stand, and no module is left out of it."""

from __future__ import annotations

import tomllib

from tests.structure.project_files import ROOT


def test_every_feature_has_an_order() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    ordered = {place for one in contracts if one.get("exhaustive") for place in one["containers"]}
    features = {f"app.{path.parent.name}" for path in ROOT.glob("app/*/__init__.py")}

    assert len(features) > 20
    assert {"app", "reports", *features} - ordered == set()
