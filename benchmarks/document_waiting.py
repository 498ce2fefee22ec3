"""How long the office waits for a document, as a browser shows it: assembled, previewed, issued, verified.

    python -m benchmarks.document_waiting

Serves the sample year (45 measures) from SQLite, as the Procfile does, with its worker, before a real Chromium. Each
wait begins with the click and ends when what was asked for can be read. The best of a few counts: other work on the
machine makes them longer, nothing makes them shorter.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, expect, sync_playwright

from app.base.database import database
from app.base.settings.settings import ROOT, Settings
from app.composition.rules import DocumentKind
from app.composition.scope import ScopeSpan
from benchmarks.pages import sample_app, signed_in_client
from benchmarks.targets import Targets, as_program
from tests.concurrency.service import Service
from tests.conftest import CHROMIUMS

# Documents over all 45 measures; of a kind and a time only one can be issued.
DOCUMENTS = (
    (DocumentKind.QUARTERLY, ScopeSpan.QUARTER),
    (DocumentKind.QUARTERLY, ScopeSpan.THREE_QUARTERS),
    (DocumentKind.CIRCULAR, ScopeSpan.QUARTER),
)
LONGEST_MS = 60_000
WARM_UP_SECONDS = 8  # what the worker takes to load the renderer, and to find nothing else to do
SECONDS = {"assembled and readable": 2.0, "preview": 1.0, "issued in five formats": 4.0, "verified": 3.0}


def main(targets: Targets) -> None:
    """Print what each step took, best and worst."""
    with TemporaryDirectory() as folder, served(Path(folder)) as (address, cookie), chromium_page() as page:
        page.context.add_cookies([{"name": "session", "value": cookie, "url": address}])
        waits: dict[str, list[float]] = defaultdict(list)
        for kind, span in DOCUMENTS:
            page.goto(f"{address}/documents/new/{kind.value}")
            page.locator("#span").select_option(span.value)
            follow_document(page, waits)
    for step, limit in SECONDS.items():
        best, worst = min(waits[step]), max(waits[step])
        target = targets.at_most(limit, best, step, "s")
        print(f"{step:24} {best:5.2f} s at best, {worst:5.2f} s at worst ({target})")


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, str]]:
    """Serve the sample, with its worker; give the address and the cookie of somebody of the office."""
    settings = Settings.from_environment({"INSTANCE_DIR": str(folder), "PLAIN_HTTP": "1"})
    app = sample_app(folder, settings)
    client = signed_in_client(app, "office")
    session = client.get_cookie("session")
    assert session is not None
    database.close()
    service = Service(settings)
    service.start()
    worker = subprocess.Popen(worker_command(), cwd=ROOT, env=environment_of(settings))
    try:
        time.sleep(WARM_UP_SECONDS)
        yield f"http://{service.address}", session.value
    finally:
        worker.terminate()
        worker.wait()
        service.stop()


def environment_of(settings: Settings) -> dict[str, str]:
    return os.environ | {
        "INSTANCE_DIR": str(settings.instance),
        "DATABASE_URL": settings.database_url,
        "PLAIN_HTTP": "1",
    }


def worker_command() -> list[str]:
    """Return the command that the Procfile starts the worker with."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    line = next(line for line in lines if line.startswith("worker:"))
    program, *arguments = shlex.split(line.removeprefix("worker:"))
    return [str(Path(sys.executable).parent / program), *arguments]


@contextmanager
def chromium_page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, CHROMIUMS))),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        yield browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        browser.close()


def follow_document(page: Page, waits: dict[str, list[float]]) -> None:
    """Have the document of a form made, edit it, issue it and verify its files; note what each took."""
    for label, words in {"主送机关": "示例区人民政府", "签发人": "周示例"}.items():
        if page.get_by_label(label).count():
            page.get_by_label(label).fill(words)
    expect.set_options(timeout=LONGEST_MS)
    begun = time.perf_counter()
    page.get_by_role("button", name="开始汇编").click()
    see_page_1(page)
    waits["assembled and readable"].append(time.perf_counter() - begun)

    page.get_by_role("link", name="编辑正文").click()
    for words in ("再核。", "又核。", "三核。"):
        waits["preview"].append(preview_after(page, words))

    page.get_by_role("link", name="核对并印发").click()
    page.get_by_role("button", name="印发").click()
    begun = time.perf_counter()
    page.get_by_role("dialog").get_by_role("button", name="印发").click()
    expect(page.get_by_role("link", name="下载 无障碍 PDF")).to_be_visible()
    waits["issued in five formats"].append(time.perf_counter() - begun)

    verify = page.get_by_role("button", name="核对文件")
    expect(verify).to_be_visible()
    begun = time.perf_counter()
    verify.click()
    expect(page.get_by_role("region", name="核对结果")).to_be_visible()
    waits["verified"].append(time.perf_counter() - begun)


def see_page_1(page: Page) -> None:
    picture = page.get_by_alt_text("第 1 页")
    expect(picture).to_be_visible()
    picture.evaluate("image => image.decode()")


def preview_after(page: Page, words: str) -> float:
    """Change a block of the first page and return how many seconds go by until its new page is there."""
    line = page.locator(".draft-line", has=page.get_by_role("link", name="改写")).nth(1)
    number = line.get_attribute("id")
    line.get_by_role("link", name="改写").click()
    opened = page.locator(f"#{number}")
    field = opened.get_by_role("textbox", name="文字")
    field.fill(f"{field.input_value()}{words}")
    before = page.get_by_alt_text("第 1 页").get_attribute("src") or ""
    begun = time.perf_counter()
    opened.get_by_role("button", name="保存").click()
    new = page.locator(f'.draft-page img[alt="第 1 页"]:not([src="{before}"])')
    expect(new).to_be_visible()
    new.evaluate("image => image.decode()")
    return time.perf_counter() - begun


if __name__ == "__main__":
    as_program(main)
