"""An issued document as a leader reads it: on a tablet each page is a picture as wide as the screen."""

from __future__ import annotations

from hashlib import sha256

import pytest
from playwright.sync_api import expect

from app.drafting.core.life_cycle import DocumentState
from app.drafting.core.models import DocumentFile
from app.printing.rules import FileFormat
from tests.browser.conftest import Served
from tests.web.subjects import blank_page, document_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("touch", [True, False])
def test_a_document_opens_as_wide_as_the_page(site: Served, touch: bool) -> None:
    document, data = document_in(DocumentState.ISSUED, site.world), blank_page()
    digest = sha256(data).hexdigest()
    DocumentFile.create(document=document, format=FileFormat.PDF, data=data, sha256=digest, pages=1)
    with site.signed_in("leader", has_touch=touch, is_mobile=touch) as page:
        page.add_init_script("Object.defineProperty(navigator, 'pdfViewerEnabled', {value: true})")
        page.set_viewport_size({"width": 820, "height": 1180})
        page.goto(f"/documents/{document.id}")
        view = page.locator("[data-pdf-view]")
        if touch:
            picture = view.get_by_alt_text("第 1 页")
            expect(picture).to_be_visible()
            assert picture.evaluate("one => one.getBoundingClientRect().width / innerWidth") > 0.9
            expect(view.locator("iframe")).to_have_count(0)
        else:
            address = f"/documents/{document.id}/file.pdf#navpanes=0&view=FitH"
            expect(view.locator("iframe")).to_have_attribute("src", address)
