"""Every gate on every form with every text, and on two forms with a text of eighty pages."""

from collections.abc import Callable
from itertools import product

import pytest

from tests.reports.every_form import EIGHTY_PAGES, FORMS, TEXTS
from tests.reports.gates import GATES, Printed, printed

LONG = "eighty pages"
# The pages after the first are the same in every form but a letter.
FORMS_OF_MANY_PAGES = ("downward", "letter")


@pytest.fixture(
    scope="module", params=[*product(FORMS, TEXTS), *product(FORMS_OF_MANY_PAGES, [LONG])], ids="/".join
)
def paper(request: pytest.FixtureRequest) -> Printed:
    form, text = request.param
    found = printed(FORMS[form].filled(EIGHTY_PAGES if text == LONG else TEXTS[text]))
    assert text != LONG or len(found.texts) >= 80
    return found


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.__name__)
def test_a_printed_form_passes_each_gate(gate: Callable[[Printed], None], paper: Printed) -> None:
    gate(paper)
