"""Starting Python programs of this package without importing the web application, which takes most of the time."""

from __future__ import annotations

import sys

from app.base.settings.settings import ROOT

START = """
import sys, types
sys.modules["app"] = package = types.ModuleType("app")
package.__path__ = [sys.argv.pop(1)]
"""


def bare_program(statements: str, *options: str) -> tuple[str, ...]:
    """Return the command of a Python process that runs some statements; further arguments go to `sys.argv`."""
    return sys.executable, *options, "-c", START + statements, str(ROOT / "app")
