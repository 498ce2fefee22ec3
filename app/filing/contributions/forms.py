"""Reading forms about several contributions."""

from __future__ import annotations

from collections.abc import Iterable

from app.base.errors import BadInput
from app.base.text import parse_number
from app.filing.contributions.operations import ReadContribution
from app.filing.contributions.queries import contributions_among

NOTHING_TICKED = "没有收到勾选的举措，一项也没有办理。请勾选后再办理。"


def sent_contributions(values: Iterable[str]) -> list[ReadContribution]:
    """Return the contributions named in a form as ``12:3``. Raises BadInput if none is named, or one is incomplete."""
    pairs = [value.partition(":") for value in values]
    read = ((parse_number(one), parse_number(version)) for one, _, version in pairs)
    versions = {one: version for one, version in read if one is not None and version is not None}
    found = contributions_among(versions)
    if not found or len(found) != len(pairs):
        raise BadInput(NOTHING_TICKED)
    return [ReadContribution(one, versions[one.id]) for one in found]
