"""Printing while a person waits: the web process keeps a rendering process of its own, from the first print on."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore

from app.base.errors import BadInput, DomainError
from app.printing.formats import PaperSheet, PrintedFile
from app.printing.render_pool import RenderingFailed, RenderLimits, RenderPool, no_heartbeat
from app.printing.rules import FileFormat
from reports.model import DocumentError, OfficialDocument

logger = logging.getLogger(__name__)

AT_ONCE = 2  # of each process that serves pages, so that their threads are never all taken
WAIT_SECONDS = 10
DEMAND_LIMITS = RenderLimits(seconds=20)
BUSY = "同时在生成的文件太多，这一份还没有生成。请过半分钟再试。"
BROKEN = "生成文件的程序出了错，这一份没有生成。请再试一次；还不行，请联系系统管理员。"


class PrinterBusy(DomainError):
    """The maximum number of sheets is being printed at the moment."""

    status = 503

    def __init__(self) -> None:
        super().__init__(BUSY)


class PrinterBroken(DomainError):
    """The rendering program failed, not the document."""

    status = 500

    def __init__(self) -> None:
        super().__init__(BROKEN)


@dataclass(frozen=True)
class DemandPrinter:
    """A pool of rendering processes with a limit to simultaneous requests."""

    pool: RenderPool
    slots: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))

    def print_document(
        self, document: OfficialDocument, file_format: FileFormat = FileFormat.PDF
    ) -> PrintedFile:
        """Return a document in a format; raises as `place_in_line` does."""
        with self.place_in_line() as pool:
            return pool.render_document(document, [file_format], no_heartbeat)[0]

    def print_sheet(self, html: str, style: str) -> PrintedFile:
        """Return a page of the application as PDF; raises as `place_in_line` does."""
        with self.place_in_line() as pool:
            return pool.render_sheet(PaperSheet(html, style))

    @contextmanager
    def place_in_line(self) -> Iterator[RenderPool]:
        """Wait for a free process. Raises PrinterBusy, PrinterBroken, and BadInput for what cannot be printed."""
        if not self.slots.acquire(timeout=WAIT_SECONDS):
            raise PrinterBusy
        try:
            yield self.pool
        except DocumentError as error:
            raise BadInput(str(error)) from error
        except RenderingFailed as error:
            logger.exception("printing on demand broke")
            raise PrinterBroken from error
        finally:
            self.slots.release()
