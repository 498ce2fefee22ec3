"""The payloads do harm where they are let in, and the eye that looks for harm sees it."""

from __future__ import annotations

import pytest
from markupsafe import escape

from tests.security.payloads import PAYLOADS, harm_in, tree_of

PLACES = (
    "<p>{}</p>",
    '<input value="{}">',
    "<input value='{}'>",
    '<a href="{}">x</a>',
    "<textarea>{}</textarea>",
)
# These two mean nothing to a browser: templates and eyes are what they are for.
FOR_OTHERS = [word for word in PAYLOADS if word.startswith(("{{", "\u202e"))]


@pytest.mark.parametrize("payload", [word for word in PAYLOADS if word not in FOR_OTHERS])
def test_let_in_somewhere_it_is_seen_and_escaped_it_is_not(payload: str) -> None:
    assert any(harm_in(tree_of(place.format(payload))) for place in PLACES)
    for place in PLACES[:3]:
        assert harm_in(tree_of(place.format(escape(payload)))) == []


def test_there_are_enough_of_them() -> None:
    assert len(set(PAYLOADS)) >= 12
    assert len(FOR_OTHERS) == 2
