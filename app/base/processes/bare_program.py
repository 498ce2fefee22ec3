"""Programs of this package that begin without its own start, which makes the web application: most of their time."""

from __future__ import annotations

import sys

from app.base.settings.settings import ROOT

START = """
import sys, types
sys.modules["app"] = package = types.ModuleType("app")
package.__path__ = [sys.argv.pop(1)]
"""


def bare_program(statements: str, *options: str) -> tuple[str, ...]:
    """Return a command of Python that runs some statements; it takes further arguments for `sys.argv`."""
    return sys.executable, *options, "-c", START + statements, str(ROOT / "app")
