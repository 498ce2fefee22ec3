"""Reading uploaded files in a process of its own that is limited, watched and ended.

A parser may need minutes or gigabytes for a file of a few bytes, and some of it is written in C: neither may bring down
the process that serves the pages.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from tempfile import TemporaryFile
from threading import BoundedSemaphore, Timer
from typing import IO, Any

from flask import Flask, current_app, has_app_context

from app.base.errors import BadInput, DomainError
from app.base.processes.bare_program import bare_program
from app.base.settings.settings import ROOT

logger = logging.getLogger(__name__)

# Without `site`, which takes longer than reading.
PROGRAM = bare_program("from app.base.processes.reader_process import main\nmain()", "-S", "-B")
CHUNK = 256 * 1024
ANSWER_BYTES = 48 * 1024**2
AT_ONCE = 2  # of each process that serves pages, so that their threads are never all taken
WAIT_SECONDS = 5
STARTED_NOT = 1  # Python's exit status for an error that nobody caught

TOO_COSTLY = (
    "这个文件太复杂，{seconds} 秒、{memory} MB 内存以内没有读完，已经停下。"
    "请用原来的程序打开，只留需要的内容另存一份，再试。"
)
BUSY = "同时在读取的文件太多，这个文件还没有读。请过半分钟再试。"
BROKEN = "读取文件的程序出了错，这个文件没有收下。请联系系统管理员。"


class ReaderBusy(DomainError):
    """The maximum number of files is being read at the moment."""

    status = 503

    def __init__(self) -> None:
        super().__init__(BUSY)


class ReaderBroken(DomainError):
    """The reading program failed, not the file."""

    status = 500

    def __init__(self) -> None:
        super().__init__(BROKEN)


@dataclass(frozen=True)
class ReadingLimits:
    """Limits for reading one file: seconds, both elapsed and of processor time, and bytes of memory."""

    seconds: int = 10
    memory: int = 512 * 1024**2

    @property
    def command_arguments(self) -> tuple[str, str]:
        return str(self.seconds), str(self.memory)

    @property
    def too_costly_refusal(self) -> BadInput:
        return BadInput(TOO_COSTLY.format(seconds=self.seconds, memory=self.memory // 1024**2))


class ConfinedReader:
    """Reads files, each in a process of its own, a few at a time."""

    def __init__(self, limits: ReadingLimits) -> None:
        self.limits = limits
        self.slots, self.wait_seconds = BoundedSemaphore(AT_ONCE), WAIT_SECONDS

    def call_with_file(self, function: Callable[..., Any], file: IO[bytes], **arguments: Any) -> Any:
        """Return the result of a module's `function(file, **arguments)`; arguments and result must be JSON values.

        Raises BadInput from `function` or for a file that exceeds the limits; ReaderBusy, ReaderBroken.
        """
        if not self.slots.acquire(timeout=self.wait_seconds):
            raise ReaderBusy
        try:
            with TemporaryFile() as copy:  # the process that reads it could write to it, too
                file.seek(0)
                shutil.copyfileobj(file, copy, CHUNK)
                copy.seek(0)
                answer = self.process_answer(function, copy, json.dumps(arguments))
        finally:
            self.slots.release()
        return self.result_of(answer)

    def process_answer(self, function: Callable[..., Any], copy: IO[bytes], arguments: str) -> dict[str, Any]:
        """Start a process, wait for its answer, and end it in any case."""
        called = [function.__module__, function.__name__, arguments, *self.limits.command_arguments]
        process = start_process(called, copy)
        # Its end ends the reading below, too.
        clock = Timer(self.limits.seconds, process.kill)
        clock.start()
        try:
            assert process.stdout  # noqa: S101  for mypy
            with process.stdout as answers:
                data = answers.read(ANSWER_BYTES + 1)
        finally:
            clock.cancel()
            process.kill()
            process.wait()
        if not data and process.returncode == STARTED_NOT:
            return {"broken": "the process did not start"}
        with suppress(ValueError):  # a part of an answer
            if len(data) <= ANSWER_BYTES:
                answer: dict[str, Any] = json.loads(data.decode("utf-8", "surrogatepass"))
                return answer
        logger.warning("reading a file was ended, status %s", process.returncode)
        return {"is_too_costly": True}

    def result_of(self, answer: dict[str, Any]) -> Any:
        """Return the result in an answer. Raises BadInput, ReaderBroken."""
        if "broken" in answer:
            logger.error("reading a file broke: %s", answer["broken"])
            raise ReaderBroken
        if "refusal" in answer:
            raise BadInput(answer["refusal"])
        if "result" not in answer:
            raise self.limits.too_costly_refusal
        return answer["result"]


def start_process(arguments: list[str], file: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a process that reads a file and gets nothing of this process's environment."""
    return subprocess.Popen(  # noqa: S603  this very program
        [*PROGRAM, *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])},
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def init_app(app: Flask) -> None:
    """Give an application its reader, with the limits of its settings."""
    settings = app.config["SETTINGS"]
    limits = ReadingLimits(settings.reading_seconds, settings.reading_memory * 1024**2)
    app.extensions["confined_reader"] = ConfinedReader(limits)


def current_reader() -> ConfinedReader:
    """Return the running application's reader; outside an application, as in a script, one with the default limits."""
    if not has_app_context():
        return ConfinedReader(ReadingLimits())
    reader: ConfinedReader = current_app.extensions["confined_reader"]
    return reader
