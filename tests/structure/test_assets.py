"""What the front-end build leaves in static/dist is complete, stays on the intranet and runs on Chromium 78."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.structure.project_files import ROOT, project_files
from tests.structure.stylesheet import beyond_chromium_78
from tests.structure.templates import MARK, Element, elements, wording

DIST = ROOT / "static" / "dist"
CHECK = ROOT / "deploy" / "checks" / "es2019.mjs"
LINE_COMMENT = re.compile(r"//.*")
CLASS_WORD = re.compile(r"(?<![\w-])[a-z][a-z0-9-]*(?![\w-])")
# The beginning of a class that is put together: "tone-{{ value.tone }}", "field-" ~ width.
MADE_UP = re.compile(r"""(?<![\w-])([a-z][a-z0-9-]*-)(?:\{\{|" ~)""")
NAMESPACE = "http://www.w3.org/2000/svg"
ADDRESS = re.compile(r"""(?:https?:)?//[\w-]+\.[^\s"')<>]*""")


def manifest() -> dict[str, str]:
    names: dict[str, str] = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    return names


def built(suffix: str) -> list[Path]:
    return [DIST / name for name in manifest().values() if name.endswith(suffix)]


def parse_as_es2019(*files: Path) -> subprocess.CompletedProcess[str]:
    node = shutil.which("node", path=f"{ROOT}/.venv/bin:{os.environ['PATH']}")
    assert node, "没有找到 Node：请先运行 make setup"
    return subprocess.run([node, CHECK, *files], cwd=ROOT, capture_output=True, text=True, check=False)


def test_manifest_names_what_was_built() -> None:
    assert {"app.css", "app.js", "favicon.svg"} <= manifest().keys()
    kept = {path.name for path in DIST.iterdir()} - {"manifest.json"}
    assert kept == set(manifest().values())


def test_names_carry_the_hash_of_the_content() -> None:
    for name in manifest().values():
        assert hashlib.sha256((DIST / name).read_bytes()).hexdigest()[:12] in name


def test_scripts_parse_as_es2019() -> None:
    answer = parse_as_es2019(*built(".js"))
    assert answer.returncode == 0, answer.stderr


def test_a_newer_script_is_refused(tmp_path: Path) -> None:
    newer = tmp_path / "newer.js"
    newer.write_text("const name = person?.name;", encoding="utf-8")
    answer = parse_as_es2019(newer)
    assert answer.returncode == 1
    assert "newer.js" in answer.stderr


def test_styles_hold_nothing_that_chromium_78_ignores() -> None:
    for path in built(".css"):
        assert beyond_chromium_78(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "ul { display: flex; gap: 1rem }",
        "p:has(a) { color: red }",
        ":where(p) { color: red }",
        "p { width: min(1rem, 2vw) }",
        "img { aspect-ratio: 1 }",
        "@media print { p:is(a, b) { color: red } }",
    ],
)
def test_a_newer_style_is_found(source: str) -> None:
    assert beyond_chromium_78(source) != []


def test_styles_that_chromium_78_knows_are_accepted() -> None:
    source = (
        "ul { display: grid; gap: 1rem } p:not(.a) { box-shadow: inset 0 0 1px red; width: calc(1rem + 1px) }"
    )
    assert beyond_chromium_78(source) == []


def test_templates_use_only_classes_that_the_style_sheet_has() -> None:
    """A class that no style sheet knows is a misspelling, or a look that somebody meant to add."""
    sheets = "".join(path.read_text(encoding="utf-8") for path in built(".css"))
    known = set(re.findall(r"\.([a-z][\w-]*)", sheets))
    templates = project_files(".html", "templates")
    used = {
        (path.name, name) for path in templates for element in elements(path) for name in class_names(element)
    }
    assert {(place, name) for place, name in used if name not in known} == set()


def test_every_class_of_the_style_sheets_is_used() -> None:
    """A look that no page has is left over; Bootstrap's parts and htmx's own classes are not ours."""
    sheets = [path for path in project_files(".scss", "static/src") if path.name != "_bootstrap.scss"]
    styles = "".join(LINE_COMMENT.sub("", path.read_text(encoding="utf-8")) for path in sheets)
    pages = [*project_files(".html", "templates"), *project_files(".js", "static/src")]
    sources = "".join(wording(path) for path in pages) + "".join(
        path.read_text(encoding="utf-8") for path in project_files(".py", "app", "reports")
    )
    words, made_up = set(CLASS_WORD.findall(sources)), tuple(set(MADE_UP.findall(sources)))
    classes = set(re.findall(r"\.([a-z][\w-]*)", styles)) - {"htmx-request"}
    assert {name for name in classes - words if not name.startswith(made_up)} == set()


def class_names(element: Element) -> list[str]:
    """Return the classes that are written out; what an expression makes up is left to the pages' own tests."""
    return [name for name in element.attributes.get("class", "").split() if MARK not in name]


def test_nothing_built_asks_another_host() -> None:
    for path in built(""):
        addresses = set(ADDRESS.findall(path.read_text(encoding="utf-8")))
        assert addresses - {NAMESPACE} == set()
