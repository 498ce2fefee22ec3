"""Every feature, and every part that has parts, says in which order its modules stand; none is left out of it."""

from __future__ import annotations

import tomllib

from tests.structure.project_files import ROOT, project_files

# No circle is allowed in it, as nowhere; its steps are many, and change with every sort of plan that is read.
WITHOUT_ORDER = {"app.plan.importer"}


def test_every_package_with_parts_has_an_order() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    ordered = {place for one in contracts if one.get("exhaustive") for place in one["containers"]}
    packages = {path.relative_to(ROOT).parts[:-1] for path in project_files("__init__.py", "app", "reports")}
    features = {".".join(package) for package in packages if package[0] == "app" and len(package) == 2}
    with_parts = {".".join(package[:-1]) for package in packages if len(package) > 1}

    assert len(features) > 20
    assert (features | with_parts) - ordered == WITHOUT_ORDER
