"""Under a finger (a coarse pointer) whatever is pressed is 44 px high and wide; words within a sentence apart."""

from __future__ import annotations

import pytest

from app.filing.core.life_cycle import FilingState
from tests.browser.conftest import Served
from tests.directives.writing import replied_directive
from tests.filing.pages import brought_to
from tests.overview.growth import issue
from tests.web.subjects import drafted_block, of_a_plan_to_come

pytestmark = pytest.mark.browser

# What is too small, each as its words and size. A tick is pressed by its label as well, the title of a measure by its
# whole cell. WCAG 2.5.5 leaves out links in a sentence.
TOO_SMALL = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(one => {
  if (one.type === "hidden" || !one.offsetParent) return false;
  if (one.closest(".skip-link, .visually-hidden")) return false;
  const inSentence = one.matches("a") && [...one.parentNode.childNodes].some(
    node => node.nodeType === 3 && node.textContent.trim().length > 1);
  if (inSentence) return false;
  const pressed = one.matches(".measure-cell-name") ? one.closest(".measure-cell") : one;
  const boxes = [pressed, ...(one.labels || [])].map(found => found.getBoundingClientRect());
  const high = Math.max(...boxes.map(box => box.bottom)) - Math.min(...boxes.map(box => box.top));
  const wide = Math.max(...boxes.map(box => box.right)) - Math.min(...boxes.map(box => box.left));
  return high < 43.5 || wide < 43.5;
}).map(one => `${one.tagName} ${one.className} ${(one.textContent || one.name).trim().slice(0, 20)} `
  + `${Math.round(one.getBoundingClientRect().width)}x${Math.round(one.getBoundingClientRect().height)}`)"""

PAGES = {
    "leader": (
        "/",
        "/overview",
        "/brief",
        "/measures/{measure}",
        "/measures/{measure}/directives/new",
        "/directives",
        "/directives/{directive}",
        "/documents",
        "/plan",
        "/search?q=走访",
        "/notices",
        "/password",
    ),
    "office": (
        "/",
        "/review",
        "/review/{filing}",
        "/periods",
        "/documents",
        "/documents/{draft}/edit",
        "/plan/new/{import_draft}",
        "/plan/{plan}/assignments",
        "/following",
        "/lint",
    ),
    "system_admin": (
        "/",
        "/admin/accounts",
        "/admin/accounts/new",
        "/admin/organisation",
        "/admin/organisation/departments/{department}",
        "/admin/organisation/groups",
        "/admin/organisation/leaders",
        "/admin/organisation/leaders/{leader}",
        "/admin/organisation/issuers",
        "/admin/organisation/proposals",
        "/admin/organisation/import",
        "/sessions",
    ),
    "security_admin": ("/", "/deputies", "/admin/grants"),
    "auditor": ("/", "/audit", "/password"),
    "filer": ("/filings", "/filings/{filing}", "/contributions"),
    "head": ("/filings", "/directives"),
}


@pytest.mark.parametrize("who", sorted(PAGES))
def test_what_is_pressed_is_large_enough(site: Served, who: str) -> None:
    world = site.world
    filing = brought_to(FilingState.SIGNED_OFF, world)
    brought_to(FilingState.ACCEPTED, world, 2)
    directive = replied_directive(world)
    issue(world.period)
    known = {
        "measure": world.measures[0].id,
        "directive": directive.key,
        "filing": filing.id,
        "department": world.departments["一居"].id,
        "leader": world.leader.id,
        "plan": world.plan.id,
        "draft": drafted_block(world).document_id,
        "import_draft": of_a_plan_to_come()["import_draft_id"],
    }
    with site.signed_in(who, has_touch=True, is_mobile=True) as page:
        page.set_viewport_size({"width": 820, "height": 1180})
        small = {}
        for address in PAGES[who]:
            answer = page.goto(address.format(**known))
            assert answer and answer.ok, address
            assert page.evaluate("matchMedia('(pointer: coarse)').matches")
            assert page.evaluate("document.documentElement.scrollWidth") <= 820, address
            if found := page.evaluate(TOO_SMALL):
                small[address] = found
        assert small == {}
