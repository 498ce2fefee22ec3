"""Names say what they name, in two or three standard words, and no word of a private language."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.structure.project_files import ROOT, module_of, nodes_of, project_files

CODE = ("app", "reports")
MOST_ONE_WORD_FUNCTIONS = 0.15
MOST_SHARED_FUNCTIONS = 0.20
MOST_ONE_WORD_CLASSES = 0.30
PRIVATE_WORDS = frozenset(
    [
        "anew",
        "afresh",
        "cast",
        "deed",
        "deeds",
        "desk",
        "doubt",
        "drama",
        "errand",
        "fate",
        "hire",
        "hired",
        "house",
        "mend",
        "mended",
        "mending",
        "misfit",
        "misfits",
        "packed",
        "press",
        "presses",
        "presswork",
        "remnant",
        "remnants",
        "said",
        "told",
        "twin",
        "twins",
        "whoever",
        "wish",
        "wishes",
        "worn",
    ]
)
# In a sentence some of them are words like others: to cast doubt, what was said, to press a key.
PRIVATE_IN_PROSE = PRIVATE_WORDS - {"cast", "doubt", "house", "packed", "press", "said", "told"}
# What is read everywhere, stands in a table or is called through its module only, and what a library calls so.
ONE_WORD_FUNCTIONS = {
    *("allowed", "always", "both", "compose", "main", "now"),
    *("public", "require", "today", "transaction", "w"),
}
ONE_WORD_CLASSES = {
    *("Arrangement", "Chosen", "Clause", "Confusion", "Count", "Cumulation"),
    *("Formula", "Installation", "Placeholder", "Severity", "Tick"),
}
GLOSSARY = ROOT / "docs/术语.md"
# The parts of an official document, which the standard calls by one word.
DOCUMENT_PARTS = "reports/model"
STORED_NAMES = {"mend_by"}  # a column
ALL_CODE = ("app", "reports", "tests", "benchmarks", "deploy", "wsgi.py")
WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def words_of(name: str) -> list[str]:
    return [word.lower() for word in WORD.findall(name)]


@cache
def defined_names() -> tuple[list[str], list[str]]:
    """Return the names of functions and those of classes, each as often as it is given."""
    functions, classes = list[str](), list[str]()
    for path in project_files(".py", *CODE):
        for node in nodes_of(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions.append(node.name)
            elif isinstance(node, ast.ClassDef):
                classes.append(node.name)
    return [name for name in functions if not name.startswith("__")], classes


def one_word_share(names: list[str]) -> float:
    return sum(len(words_of(name)) == 1 for name in names) / len(names)


def test_few_functions_have_a_name_of_one_word() -> None:
    functions, _ = defined_names()
    assert one_word_share(functions) <= MOST_ONE_WORD_FUNCTIONS


def test_few_functions_share_their_name() -> None:
    functions, _ = defined_names()
    counts = Counter(name.strip("_") for name in functions)
    shared = sum(count for count in counts.values() if count > 1)
    assert shared / counts.total() <= MOST_SHARED_FUNCTIONS


def test_few_classes_have_a_name_of_one_word() -> None:
    _, classes = defined_names()
    assert one_word_share(classes) <= MOST_ONE_WORD_CLASSES


def test_no_class_name_stands_twice() -> None:
    _, classes = defined_names()
    counts = Counter(name for name in classes if name != "Meta")
    assert [name for name, count in counts.items() if count > 1] == []


def test_one_word_is_enough_for_what_the_glossary_names() -> None:
    """And for a short list besides; of what stands at the top of a module for others."""
    known = {*re.findall(r"`(\w+)`", GLOSSARY.read_text(encoding="utf-8"))}
    found, used = list[str](), set[str]()
    for path in project_files(".py", *CODE):
        place = str(path.relative_to(ROOT))
        for node in module_of(path).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and is_public_word(node.name):
                listed = ONE_WORD_CLASSES if isinstance(node, ast.ClassDef) else ONE_WORD_FUNCTIONS
                used.add(node.name)
                if node.name not in known | listed and not place.startswith(DOCUMENT_PARTS):
                    found.append(f"{place}: {node.name}")
    assert found == []
    assert (ONE_WORD_FUNCTIONS | ONE_WORD_CLASSES) - used == set()
    assert (ONE_WORD_FUNCTIONS | ONE_WORD_CLASSES) & known == set()


def is_public_word(name: str) -> bool:
    return not name.startswith("_") and len(words_of(name)) == 1


SMALL_WORDS = {
    "a",
    "an",
    "and",
    "are",
    "as",
    "by",
    "for",
    "in",
    "is",
    "it",
    "its",
    "of",
    "on",
    "one",
    "return",
    "that",
}
SMALL_WORDS |= {"the", "this", "to", "with", "yield"}
WORD_END = re.compile("(?:ies|ied|ed|es|s|e|ing|y)$")


def stems_of(words: Iterable[str]) -> set[str]:
    return {WORD_END.sub("", word.lower()) for word in words}


def docstrings_without_news(node: ast.AST, holder: str = "") -> Iterator[str]:
    """Yield what has an English docstring without a word but those of its name, its class and its arguments."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.ClassDef):
            continue
        text = ast.get_docstring(child) or ""
        names = [child.name, holder, *(one.arg for one in ast.walk(child) if isinstance(one, ast.arg))]
        spoken = stems_of(set(re.findall("[a-z0-9]+", text.lower())) - SMALL_WORDS)
        if text and text.isascii() and spoken <= stems_of(words_of(" ".join(names))):
            yield child.name
        yield from docstrings_without_news(child, child.name if isinstance(child, ast.ClassDef) else holder)


def test_no_docstring_repeats_a_name() -> None:
    found = {
        path.relative_to(ROOT): [*docstrings_without_news(module_of(path))]
        for path in project_files(".py", *CODE)
    }
    assert {str(path): names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def number_of(entry):\n    'Return the number of an entry.'", ["number_of"]),
        ("class Scope:\n    def last_day(self):\n        'Return its last day.'", ["last_day"]),
        ("def text_width(text):\n    'The width of a text in ems.'", []),
        ("def f(): pass", []),
    ],
)
def test_a_docstring_that_repeats_is_found(source: str, found: list[str]) -> None:
    assert [*docstrings_without_news(ast.parse(source))] == found


# What every feature has, each of its own.
LAYERS = frozenset(
    {"__init__", "forms", "life_cycle", "models", "operations", "queries", "rules", "signals", "views"}
)
# Names that two modules of reports/ have: one part of a document in the model, on its page and in Word; a rule of the
# lint beside what it asks; the check of any text beside that of a written one; lines that are set, lines of a text.
SHARED_FILE_NAMES = {"blocks", "closing", "document", "head", "typing_errors", "checking", "lines"}


def test_no_file_name_stands_twice_in_a_feature() -> None:
    names = Counter(
        (feature_of(path), path.stem) for path in project_files(".py", *CODE) if path.stem not in LAYERS
    )
    assert {pair for pair, count in names.items() if count > 1} == {
        ("reports", name) for name in SHARED_FILE_NAMES
    }


# Parts that several features have, each of its own; and the commands that are called as a feature is.
SHARED_PARTS = {
    "announcements",
    "block_views",
    "content",
    "errors",
    "home",
    "reading",
    "verification",
    "writing",
}
COMMANDS = {"database", "plan"}


def test_a_file_name_of_two_features_is_a_part_that_both_have() -> None:
    found = {(path.stem, feature_of(path)) for path in project_files(".py", "app") if path.stem not in LAYERS}
    names = Counter(stem for stem, _ in found)
    assert {stem for stem, count in names.items() if count > 1} == SHARED_PARTS | COMMANDS


def feature_of(path: Path) -> str:
    """Return the folder of a feature; reports/ is one."""
    folder, feature, *_ = path.relative_to(ROOT).parts
    return feature if folder == "app" else folder


def names_given(nodes: list[ast.AST]) -> Iterator[str]:
    """Yield every name that a file gives: of functions, classes, arguments, variables and members."""
    for node in nodes:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.alias(asname=str(name)):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name


def prose_of(text: str, nodes: list[ast.AST]) -> Iterator[str]:
    """Yield the comments and docstrings of a file."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    yield from (token.string for token in tokens if token.type == tokenize.COMMENT)
    for node in nodes:
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""


def private_words_in(path: Path) -> Iterator[str]:
    nodes = nodes_of(path)
    names = {path.stem, *names_given(nodes)} - STORED_NAMES
    yield from (name for name in names if PRIVATE_WORDS & {*words_of(name)})
    for part in prose_of(path.read_text(encoding="utf-8"), nodes):
        yield from PRIVATE_IN_PROSE & {*re.findall("[a-z]+", part.lower())}


def test_no_name_and_no_comment_is_of_a_private_language() -> None:
    found = {path.relative_to(ROOT): [*private_words_in(path)] for path in project_files(".py", *ALL_CODE)}
    assert {str(path): words for path, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("def press_again(): pass", ["press_again"]),
        ("for twin in pair: pass", ["twin"]),
        ("def f(deed): pass", ["deed"]),
        ("from a import b as desk", ["desk"]),
        ("self.is_worn = True", ["is_worn"]),
        ("page.press('Enter')", []),
        ("# made anew", ["anew"]),
        ("def f():\n    'What a twin does.'", ["twin"]),
        ("# press a key", []),
        ("text = 'made anew'", []),
    ],
)
def test_private_words_are_found(code: str, words: list[str], tmp_path: Path) -> None:
    (path := tmp_path / "code.py").write_text(code, encoding="utf-8")
    assert [*private_words_in(path)] == words


@pytest.mark.parametrize(
    ("name", "words"),
    [("issue_document", ["issue", "document"]), ("RenderPool", ["render", "pool"]), ("_keep", ["keep"])],
)
def test_words_of_a_name_are_found(name: str, words: list[str]) -> None:
    assert words_of(name) == words
