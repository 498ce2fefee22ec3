"""Rendering processes that are kept warm, watched, and ended if they take too much.

A document may be of any length, and it is laid out by a large C library: neither may bring down the worker.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import Any

from app.base.files.scratch import ScratchFolder
from app.base.processes.bare_program import bare_program
from app.base.settings.settings import ROOT
from app.printing.formats import PaperSheet, PrintedFile
from app.printing.rules import FileFormat
from reports.frozen_text import document_as_json
from reports.model import DocumentError, OfficialDocument

logger = logging.getLogger(__name__)

# Without -P Python would look for modules where it writes scratch files.
PROGRAM = bare_program(
    "import os\nfrom app.printing.render_process import main\nmain(*map(int, sys.argv[1:]))\nos._exit(0)",
    "-P",
)
# What a process needs in order to find programs and fonts, beside a place for scratch files: no key, no password.
ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "XDG_CACHE_HOME", "XDG_DATA_DIRS", "FONTS_DIR")
SCRATCH_PREFIX = "work-plan-render-"
START_SECONDS = 120
LEAVE_SECONDS = 5
PULSE_SECONDS = 5
TOO_LONG = "这份公文太长，{seconds} 秒内没有排完，已经停下。请删减正文或附表，或者分成几份，再重新生成。"
TOO_LARGE = (
    "这份公文太长，排版需要的内存超过 {memory} MB，已经停下。请删减正文或附表，或者分成几份，再重新生成。"
)

# What a process died of, where the document is to blame; GLib traps where it gets no memory.
BEYOND_LIMITS = {-signal.SIGXCPU: TOO_LONG, -signal.SIGTRAP: TOO_LARGE, -signal.SIGABRT: TOO_LARGE}

Pulse = Callable[[], None]
Printer = Callable[[OfficialDocument, Iterable[FileFormat], Pulse], list[PrintedFile]]


@dataclass(frozen=True)
class RenderLimits:
    """Limits for one document: elapsed seconds, and bytes of memory that its process may request.

    A process is replaced after so many `documents`, and after a document for which it took `replace_bytes`, which it
    does not return.
    """

    seconds: int = 60
    memory: int = 1024**3
    documents: int = 100
    replace_bytes: int = 600 * 1024**2

    def refuse_exceeding(self, sentence: str) -> DocumentError:
        """Return a function that makes the refusal from one of the sentences."""
        return DocumentTooLarge(sentence.format(seconds=self.seconds, memory=self.memory // 1024**2))


class DocumentTooLarge(DocumentError):
    """A document that exceeds the limits of time or memory; no single block is to blame."""


def no_heartbeat() -> None:
    """The pulse of a caller without a lease to renew."""


class RenderingFailed(Exception):
    """The rendering process has ended or failed; the document may not be to blame."""


class RenderProcessDied(RenderingFailed):
    """The rendering process ended in the middle of its work."""


class RenderProcess:
    """A process that renders one document at a time. It takes seconds to start, which only the first document waits
    for.
    """

    def __init__(self, limits: RenderLimits, fonts_folder: Path | None = None) -> None:
        self.limits = limits
        self.printed_so_far = self.peak_bytes = 0
        self.is_warm = self.is_used_up = False
        self.scratch = ScratchFolder(SCRATCH_PREFIX)
        known = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        if fonts_folder:
            known["FONTS_DIR"] = str(fonts_folder)
        ours, theirs = socket.socketpair()
        self.line = Connection(ours.detach())
        with theirs:
            handle = theirs.fileno()
            self.process = subprocess.Popen(  # noqa: S603  this very program
                [*PROGRAM, str(handle), str(limits.seconds), str(limits.memory)],
                cwd=self.scratch.path,
                env=known | {"TMPDIR": str(self.scratch.path), "PYTHONPATH": str(ROOT)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[handle],
                start_new_session=True,
            )

    def warm_up(self, pulse: Pulse) -> None:
        """Wait until it is ready; log what printing lacks on this machine. Raises RenderProcessDied."""
        if self.is_warm:
            return
        try:
            self.wait_for_answer(START_SECONDS, pulse)
            missing = self.line.recv_bytes().decode()
        except (EOFError, OSError) as error:
            raise RenderProcessDied from error
        if missing:
            logger.error("%s", missing)
        self.is_warm = True

    def render_document(
        self, document: OfficialDocument, formats: Iterable[FileFormat], pulse: Pulse
    ) -> list[PrintedFile]:
        """Return a document's files; `pulse` is called every few seconds, and what it raises ends the work.

        Raises DocumentError, also beyond the limits, and RenderingFailed.
        """
        wanted = {"document": document_as_json(document), "formats": [one.value for one in formats]}
        return self.print_wanted(wanted, pulse)

    def render_sheet(self, sheet: PaperSheet, pulse: Pulse) -> PrintedFile:
        """Return a page of the application as PDF; raises as `render_document` does."""
        return self.print_wanted({"sheet": sheet._asdict()}, pulse)[0]

    def print_wanted(self, wanted: Mapping[str, object], pulse: Pulse) -> list[PrintedFile]:
        self.warm_up(pulse)
        self.printed_so_far += 1
        self.is_used_up = True  # until its answer is here, it is good for nothing else
        try:
            self.line.send_bytes(json.dumps(wanted).encode())
            self.wait_for_answer(self.limits.seconds, pulse)
            return self.read_files(json.loads(self.line.recv_bytes()))
        except TimeoutError:
            raise self.limits.refuse_exceeding(TOO_LONG) from None
        except (EOFError, OSError) as error:
            raise self.explain_end() from error

    def read_files(self, head: dict[str, Any]) -> list[PrintedFile]:
        """Return the files listed in the head of an answer. Raises the error it reports, and EOFError."""
        if "broken" in head:
            raise RenderingFailed(head["broken"])
        if "out_of_memory" in head:
            raise self.limits.refuse_exceeding(TOO_LARGE)
        self.peak_bytes = head["peak"]
        self.is_used_up = self.peak_bytes > self.limits.replace_bytes
        if "refusal" in head:
            raise DocumentError(head["refusal"])
        described = (values | {"format": FileFormat(values["format"])} for values in head["files"])
        return [PrintedFile(**values, data=self.line.recv_bytes()) for values in described]

    def explain_end(self) -> Exception:
        """Return what the end of the process means: a document beyond the limits, or an accident."""
        try:
            sentence = BEYOND_LIMITS.get(self.process.wait(LEAVE_SECONDS))
        except (
            subprocess.TimeoutExpired
        ):  # it answers no more and does not go either: its end is not waited for
            return RenderProcessDied()
        return self.limits.refuse_exceeding(sentence) if sentence else RenderProcessDied()

    def wait_for_answer(self, seconds: float, pulse: Pulse) -> None:
        """Wait for an answer, calling `pulse` meanwhile. Raises TimeoutError, and whatever `pulse` raises."""
        end = monotonic() + seconds
        while not self.line.poll(max(0.0, min(PULSE_SECONDS, end - monotonic()))):
            if monotonic() >= end:
                raise TimeoutError
            pulse()

    @property
    def is_good(self) -> bool:
        """Return whether it may render another document."""
        is_fresh = self.printed_so_far < self.limits.documents and not self.is_used_up
        return is_fresh and self.process.poll() is None

    def end_process(self) -> None:
        """End the process at once, and remove what it leaves behind."""
        self.line.close()
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        self.scratch.remove_folder()


class RenderPool:
    """A pool of warm rendering processes. Each thread takes one for itself; a used-up one is replaced."""

    def __init__(self, limits: RenderLimits | None = None, fonts_folder: Path | None = None) -> None:
        """Make an empty pool. fonts_folder: the office's own fonts; without one, that of FONTS_DIR."""
        self.limits, self.fonts_folder = limits or RenderLimits(), fonts_folder
        self.idle: list[RenderProcess] = []

    def render_document(
        self, document: OfficialDocument, formats: Iterable[FileFormat], pulse: Pulse
    ) -> list[PrintedFile]:
        """Return a document's files, as `RenderProcess.render_document` does."""
        process = self.take_process()
        try:
            return process.render_document(document, formats, pulse)
        finally:
            self.return_process(process)

    def render_sheet(self, sheet: PaperSheet, pulse: Pulse = no_heartbeat) -> PrintedFile:
        """Return a page of the application as PDF, as `RenderProcess.render_sheet` does."""
        process = self.take_process()
        try:
            return process.render_sheet(sheet, pulse)
        finally:
            self.return_process(process)

    def take_process(self) -> RenderProcess:
        """Return a free rendering process; one that died while idle is dropped."""
        with suppress(IndexError):
            while not (process := self.idle.pop()).is_good:
                process.end_process()
            return process
        return RenderProcess(self.limits, self.fonts_folder)

    def return_process(self, process: RenderProcess) -> None:
        """Keep a rendering process for the next document, or start another in its place."""
        if not process.is_good:
            process.end_process()
            process = RenderProcess(self.limits, self.fonts_folder)
        self.idle.append(process)

    def warm_up(self) -> None:
        """Have a rendering process ready before the first document."""
        process = self.take_process()
        with suppress(RenderProcessDied, TimeoutError):
            process.warm_up(no_heartbeat)
        self.return_process(process)

    def close_pool(self) -> None:
        """End every idle rendering process."""
        while self.idle:
            self.idle.pop().end_process()
