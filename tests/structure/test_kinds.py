"""What a kind of document is stands in its module: nothing else asks which one it has before it."""

from __future__ import annotations

import re

from app.composition.kinds import KINDS
from app.composition.rules import DocumentKind
from tests.structure.project_files import ROOT, project_files

# The kinds' own modules, and the sample, which has a document of some of them made.
NAMING_KINDS = ("app/composition/kinds/", "app/wiring/cli/demo.py", "app/wiring/demo/")
MEMBER = re.compile(r"\bDocumentKind\.[A-Z]")
COMPARED_KIND = re.compile(r"\bkind(?:\.value|\.name|\.label)?\s*(?:[!=]=|(?:not )?in)\s*[^%}]*")


def test_every_kind_has_a_module_of_its_own() -> None:
    modules = {one.SPEC.kind: one.__name__.rpartition(".")[2] for one in KINDS}  # type: ignore[attr-defined]  # they are modules
    assert modules == {kind: kind.value for kind in DocumentKind}


def test_nothing_but_its_module_names_a_kind() -> None:
    named = [
        str(path.relative_to(ROOT))
        for path in project_files(".py", "app", "reports")
        if MEMBER.search(path.read_text(encoding="utf-8"))
    ]
    assert [path for path in named if not path.startswith(NAMING_KINDS)] == []


def test_no_template_asks_for_a_kind_by_name() -> None:
    literals = {f'"{word}"' for kind in DocumentKind for word in (kind.value, kind.name, kind.label)}
    found = [
        (str(path.relative_to(ROOT)), match[0].strip())
        for path in project_files(".html", "templates", "reports")
        for match in COMPARED_KIND.finditer(path.read_text(encoding="utf-8").replace("'", '"'))
        if any(literal in match[0] for literal in literals)
    ]
    assert found == []
