"""Templates show what the code has decided: few conditions, and none that knows the values of an enum."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from jinja2 import Environment, nodes

from tests.structure.test_template_use import parsed_templates

# Above this a block decides instead of showing: what is decided belongs into a property of what it shows.
CONDITIONS = 8


def pages() -> dict[str, nodes.Template]:
    """Return the templates but the macros of fields and tables, which know only HTML, not the business."""
    return {name: tree for name, tree in parsed_templates().items() if not name.startswith("macros/")}


def count_conditions(part: nodes.Node) -> int:
    """Return how many conditions stand in a template or block, without those of the blocks in it."""
    inner = [child for child in part.iter_child_nodes() if not isinstance(child, nodes.Block)]
    return sum(isinstance(child, nodes.If | nodes.CondExpr) + count_conditions(child) for child in inner)


def compared_words(tree: nodes.Template) -> list[str]:
    """Return the texts that a template compares something with: a predicate of the code would say what is meant."""
    compared = [[node.expr, *(operand.expr for operand in node.ops)] for node in tree.find_all(nodes.Compare)]
    operands = [value for side in compared for operand in side for value in constants_in(operand)]
    return [value for value in operands if isinstance(value, str)]


def positions_in(tree: nodes.Template) -> Iterator[int]:
    for node in tree.find_all(nodes.Getitem):
        place = node.arg.start if isinstance(node.arg, nodes.Slice) else node.arg
        if isinstance(place, nodes.Const) and isinstance(place.value, int):
            yield place.value


def constants_in(node: nodes.Expr) -> list[object]:
    inner = node.items if isinstance(node, nodes.Tuple | nodes.List) else [node]
    return [one.value for one in inner if isinstance(one, nodes.Const)]


def test_templates_have_few_conditions() -> None:
    parts = [(name, part) for name, tree in pages().items() for part in (tree, *tree.find_all(nodes.Block))]
    counts = [(name, getattr(part, "name", ""), count_conditions(part)) for name, part in parts]
    assert [one for one in counts if one[-1] > CONDITIONS] == []


def test_every_branch_of_a_template_is_counted() -> None:
    source = "{% if a %}{% elif b %}{% else %}{{ 1 if c else 2 }}{% endif %}{{ d or 3 }}"
    assert count_conditions(Environment(autoescape=True).parse(source)) == 3
    page = Environment(autoescape=True).parse(
        "{% if a %}{% block b %}" + source + "{% endblock %}{% endif %}"
    )
    assert [count_conditions(part) for part in (page, *page.find_all(nodes.Block))] == [1, 3]


def test_templates_compare_nothing_with_words() -> None:
    found = {name: compared_words(tree) for name, tree in pages().items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_templates_take_nothing_by_its_position() -> None:
    """Rows have named columns: a place in a tuple says nothing, and moves."""
    found = {name: [*positions_in(tree)] for name, tree in pages().items()}
    assert {name: places for name, places in found.items() if places} == {}


@pytest.mark.parametrize(
    ("source", "places"),
    [("{{ rows[0].name }}", [0]), ("{{ rows[1:] }}", [1]), ("{{ rows.first }}{{ words[name] }}", [])],
)
def test_a_place_by_number_is_found(source: str, places: list[int]) -> None:
    assert [*positions_in(Environment(autoescape=True).parse(source))] == places


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('{% if filing.state.value == "accepted" %}{% endif %}', ["accepted"]),
        ('{{ 1 if "sign_off" in actions else 2 }}', ["sign_off"]),
        ('{% for one in year if one.state.value in ("open", "closed") %}{% endfor %}', ["open", "closed"]),
        ("{% if filing.is_accepted and count > 1 %}{% endif %}", []),
    ],
)
def test_a_comparison_with_a_word_is_found(source: str, words: list[str]) -> None:
    assert compared_words(Environment(autoescape=True).parse(source)) == words
