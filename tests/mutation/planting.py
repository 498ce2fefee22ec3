"""Plugin of pytest that plants one fault: the module named in MUTANT is compiled with it, its file stays as it is.

MUTANT=app/periods/rules.py:17 python -m pytest -p tests.mutation.planting tests/periods
"""

from __future__ import annotations

import ast
import os
import resource
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

import pytest
from hypothesis import Phase, settings

from tests.mutation.faults import plant_fault

MOST_BYTES = 4 * 1024**3
MOST_PROCESSOR_SECONDS = 200


class FaultyLoader(SourceFileLoader):
    """Compiles past Python's store of compiled modules, in which the fault would stay."""

    number = 0

    def get_code(self, fullname: str) -> CodeType:
        tree = ast.parse(Path(self.path).read_text(encoding="utf-8"))
        return compile(plant_fault(tree, self.number), self.path, "exec")


class FaultyFinder(MetaPathFinder):
    def __init__(self, path: str, number: int) -> None:
        self.path, self.number = Path(path).resolve(), number

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.rpartition(".")[2] != self.path.stem and self.path.stem != "__init__":
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.origin is None or Path(spec.origin) != self.path:
            return None
        loader = FaultyLoader(fullname, spec.origin)
        loader.number = self.number
        spec.loader = loader
        return spec


def plant() -> None:
    # A loop that a fault makes endless must not take the machine with it, nor be waited for.
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_PROCESSOR_SECONDS, MOST_PROCESSOR_SECONDS))
    path, _, number = os.environ["MUTANT"].rpartition(":")
    sys.meta_path.insert(0, FaultyFinder(path, int(number)))


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Try the same examples each time, after tests/conftest.py has said how; to make one small takes minutes."""
    settings.register_profile(
        "planted", phases=(Phase.explicit, Phase.generate), database=None, deadline=None, derandomize=True
    )
    settings.load_profile("planted")


plant()
