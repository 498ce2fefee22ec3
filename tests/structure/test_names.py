"""Names say what they name, in two or three standard words, and no word of a private language."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.structure.project_files import ROOT, project_files

CODE = ("app", "reports")
MOST_ONE_WORD_FUNCTIONS = 0.15
MOST_SHARED_FUNCTIONS = 0.20
MOST_ONE_WORD_CLASSES = 0.30
PRIVATE_WORDS = frozenset(
    [
        "deed",
        "deeds",
        "wish",
        "wishes",
        "press",
        "presses",
        "presswork",
        "desk",
        "twin",
        "twins",
        "errand",
        "fate",
        "worn",
        "told",
        "said",
        "cast",
        "drama",
        "house",
        "packed",
        "mended",
        "anew",
        "afresh",
        "doubt",
        "whoever",
        "misfit",
        "remnant",
    ]
)
WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def words_of(name: str) -> list[str]:
    return [word.lower() for word in WORD.findall(name)]


def definitions(kinds: type[ast.AST] | tuple[type[ast.AST], ...]) -> Iterator[tuple[str, Path]]:
    for path in project_files(".py", *CODE):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, kinds) and not node.name.startswith("__"):  # type: ignore[attr-defined]
                yield node.name, path.relative_to(ROOT)  # type: ignore[attr-defined]


def one_word_share(names: list[str]) -> float:
    return sum(len(words_of(name)) == 1 for name in names) / len(names)


def test_few_functions_have_a_name_of_one_word() -> None:
    names = [name for name, _ in definitions((ast.FunctionDef, ast.AsyncFunctionDef))]
    assert one_word_share(names) <= MOST_ONE_WORD_FUNCTIONS


def test_few_functions_share_their_name() -> None:
    counts = Counter(name.strip("_") for name, _ in definitions((ast.FunctionDef, ast.AsyncFunctionDef)))
    shared = sum(count for count in counts.values() if count > 1)
    assert shared / counts.total() <= MOST_SHARED_FUNCTIONS


def test_few_classes_have_a_name_of_one_word() -> None:
    assert one_word_share([name for name, _ in definitions(ast.ClassDef)]) <= MOST_ONE_WORD_CLASSES


def test_no_class_name_stands_twice() -> None:
    counts = Counter(name for name, _ in definitions(ast.ClassDef) if name != "Meta")
    assert [name for name, count in counts.items() if count > 1] == []


def test_no_name_is_of_a_private_language() -> None:
    named = [*definitions((ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))]
    files = [(path.stem, path.relative_to(ROOT)) for path in project_files(".py", *CODE)]
    assert [(name, str(path)) for name, path in (*named, *files) if PRIVATE_WORDS & {*words_of(name)}] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [("issue_document", ["issue", "document"]), ("RenderPool", ["render", "pool"]), ("_keep", ["keep"])],
)
def test_words_are_told_apart(name: str, words: list[str]) -> None:
    assert words_of(name) == words
