"""What the tests of the filing pages share: what a person types, and how a page is read."""

from __future__ import annotations

from werkzeug.test import TestResponse

from app.filing.contributions.models import Contribution
from app.filing.contributions.operations import WrittenContribution, mark_of_text, save_contribution
from app.filing.core import content_reading, kept_texts, operations
from app.filing.core.content import FilingContent, Tick
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing, FilingRevision
from tests.html_gate import elements_of
from tests.world import THRESHOLDS, World, full_content

FULL = {
    "progress": "已走访企业32家，形成线索12条。",
    "problems": "个别企业联系不畅。",
    "next_steps": "四季度继续走访。",
    "percent": "76",
    "status": "on_track",
    "forecast": "can_finish",
}


def typed(filing: Filing, **changes: str) -> dict[str, str]:
    """Return what a browser sends of a fully written filing, read at its present version."""
    return {**FULL, "version": str(filing.version), **changes}


def address(filing: Filing, action: str = "") -> str:
    """Return where a filing's page is, or where an action on it is sent."""
    return f"/filings/{filing.id}/{action}".rstrip("/")


def revisions_of(filing: Filing) -> list[FilingRevision]:
    """Return what was handed over and when, newest first."""
    return list(kept_texts.revisions_query(filing))


def ticks_of(filing: Filing) -> dict[int, Tick]:
    return content_reading.ticks_among([filing]).get(filing.id, {})


def seen(response: TestResponse) -> str:
    """Return what a reader sees of a page or fragment, white space folded."""
    return " ".join(elements_of(response.text).text_content().split())


def inputs(response: TestResponse) -> dict[str, str]:
    """Return what the fields of a page hold, by name; of radio buttons and ticks, those that are chosen."""
    tree, held = elements_of(response.text), {}
    for field in tree.iter("input"):
        if field.get("type") not in ("radio", "checkbox") or field.get("checked") is not None:
            held[field.get("name", "")] = field.get("value", "")
    # A browser leaves out the line break with which an area begins.
    areas = {area.get("name", ""): (area.text or "").removeprefix("\n") for area in tree.iter("textarea")}
    return held | areas


def as_read(page: TestResponse) -> dict[str, str]:
    """Return what a page says of how it was read: the version, and the mark of every field."""
    return {name: value for name, value in inputs(page).items() if name in ("version", "marks", "own")}


def brought_to(
    state: FilingState,
    world: World,
    measure: int = 1,
    department: str = "经发办",
    content: FilingContent | None = None,
) -> Filing:
    """Return a filing after the steps that lead to `state`."""
    filing = world.filing(measure, department)
    filer, head, office = (
        world.users[f"filer:{department}"],
        world.users[f"head:{department}"],
        world.users["office"],
    )
    operations.save_filing(
        filing, content or full_content(), by=filer, version=filing.version, thresholds=THRESHOLDS
    )
    if state is not FilingState.DRAFT:
        operations.submit_filing(filing, by=filer, version=filing.version)
    if state is FilingState.RETURNED:
        operations.return_filing(filing, by=head, version=filing.version, reason="请补充数字。")
    if state in (FilingState.SIGNED_OFF, FilingState.ACCEPTED):
        operations.sign_off_filing(filing, by=head, version=filing.version)
    if state is FilingState.ACCEPTED:
        operations.accept_filing(filing, by=office, version=filing.version)
    return world.filing(measure, department)


def contributed(world: World, measure: int, department: str, text: str = "配合开展整治2次。") -> Contribution:
    """Return what a department has handed in to the lead of a measure."""
    one = world.contribution(measure, department)
    written = WrittenContribution(text, mark_of_text(one))
    save_contribution(one, written, by=world.users[f"filer:{department}"], hand_in=True)
    return world.contribution(measure, department)
