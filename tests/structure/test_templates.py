"""Habits that every template keeps: nothing inline, nothing from elsewhere, nothing that needs a script to work."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.structure.project_files import ROOT, project_files
from tests.structure.templates import Element, elements, wording

TEMPLATES = project_files(".html", "templates")
REQUESTS = ("hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete")
AFTER_ANOTHER = "from:body"
WORKING = ("href", "action", "formaction")
EXTERNAL = re.compile(r"""(?:https?:)?//[\w-]+\.[\w.-]+""")

FOLDER_FILES = 15

CSRF_TOKEN = re.compile(r"csrf|hidden_tag")


def test_folders_mirror_the_features_and_stay_small() -> None:
    """A template stands in the folder of its feature or part of a feature; what all share stands at the top."""
    counts = Counter(path.parent.relative_to(ROOT / "templates") for path in TEMPLATES)
    assert {folder: count for folder, count in counts.items() if count > FOLDER_FILES} == {}
    features = {path.name for path in (ROOT / "app").iterdir() if path.is_dir()}
    assert {folder.parts[0] for folder in counts if folder.parts} <= features | {"errors", "macros"}
    parts = {str(folder) for folder in counts if has_parts(folder)}
    assert {part for part in parts if not (ROOT / "app" / part).is_dir()} == set()


def has_parts(folder: Path) -> bool:
    """Say whether the feature of `folder` has parts that show pages, by which its templates are arranged."""
    return len(folder.parts) == 2 and any((ROOT / "app" / folder.parts[0]).glob("*/*views.py"))


def places(path: Path, offenders: Iterable[Element]) -> list[str]:
    return [f"{path.relative_to(ROOT)}:{element.line} <{element.tag}>" for element in offenders]


def places_where(is_wrong: Callable[[Element], bool]) -> list[str]:
    assert TEMPLATES
    return [place for path in TEMPLATES for place in places(path, filter(is_wrong, elements(path)))]


def posts(element: Element) -> bool:
    return element.attributes.get("method", "").lower() == "post"


def is_asking(element: Element) -> bool:
    return any(name in element.attributes for name in REQUESTS)


def has_working_way(element: Element) -> bool:
    """Say whether a browser without scripts can do the same: by the element itself, its form, or a link inside it; what
    is shown again after another request comes, without scripts, with the page that this brings.
    """
    if element.attributes.get("hx-trigger", "").endswith(AFTER_ANOTHER):
        return True
    forms = [around for around in element.ancestors() if around.tag == "form"]
    links = [inside for inside in element.descendants() if inside.tag == "a"]
    return any(name in near.attributes for near in (element, *forms, *links) for name in WORKING)


def is_inline(element: Element) -> bool:
    handlers = [name for name in element.attributes if name.startswith(("on", "hx-on"))]
    scripted = element.tag == "script" and "src" not in element.attributes
    return bool(handlers) or scripted or element.tag == "style" or "style" in element.attributes


def test_nothing_is_inline() -> None:
    """The Content-Security-Policy refuses inline scripts, handlers and styles: they would silently do nothing."""
    assert places_where(is_inline) == []


def test_nothing_comes_from_elsewhere() -> None:
    assert TEMPLATES
    assert {path.name: found for path in TEMPLATES if (found := EXTERNAL.findall(wording(path)))} == {}


def test_every_htmx_request_has_a_working_way_beside_it() -> None:
    assert places_where(lambda element: is_asking(element) and not has_working_way(element)) == []


def test_forms_that_post_carry_the_token() -> None:
    without = [path for path in TEMPLATES if not CSRF_TOKEN.search(wording(path))]
    posting = [place for path in without for place in places(path, filter(posts, elements(path)))]
    assert 0 < len(without) < len(TEMPLATES)
    assert posting == []


@pytest.mark.parametrize(
    ("source", "works"),
    [
        ('<a href="{{ url }}" hx-get="{{ url }}">看</a>', True),
        ('<form action="{{ url }}"><button hx-post="{{ url }}">存</button></form>', True),
        ('<div hx-get="{{ url }}" hx-trigger="load"><a href="{{ url }}">看</a></div>', True),
        ('<div hx-get="{{ request.full_path }}" hx-trigger="done from:body">看</div>', True),
        ('<tr hx-get="{{ url }}"><td>看</td></tr>', False),
    ],
)
def test_a_request_without_a_working_way_is_found(tmp_path: Path, source: str, works: bool) -> None:
    template = tmp_path / "page.html"
    template.write_text(source, encoding="utf-8")
    assert [has_working_way(element) for element in filter(is_asking, elements(template))] == [works]


@pytest.mark.parametrize(
    "source", ["<script>go()</script>", '<p style="color: red">', '<a onclick="go()">', "<style>p {}</style>"]
)
def test_what_is_inline_is_found(tmp_path: Path, source: str) -> None:
    template = tmp_path / "page.html"
    template.write_text(source, encoding="utf-8")
    assert any(is_inline(element) for element in elements(template))
