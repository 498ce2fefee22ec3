"""One line for each request in INSTANCE_DIR/logs/access-DAY.log: who asked from where for what, and with what result.

2026-10-09T10:32:07 10.1.2.3 17 POST /filings/3 200 5123 38

Time, address, account id or -, method, path without query, status, bytes or -, milliseconds. Several processes write to
one file, so each line is a single write at its end. Each day has its own file, so no file is ever renamed; old ones are
deleted.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from flask import Flask, Response, g, request

from app.base.clock import ZONE, now
from app.base.settings.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ACCOUNT_KEY = "work_plan.account"
FILE_BYTES = 50_000_000
# Somebody who sends requests as fast as he can fills no disk.
TOTAL_BYTES = 2_000_000_000
PATH_CHARACTERS = 300


class DatedLog:
    """A log with a file for each day, and further numbered files if one grows too large."""

    def __init__(self, folder: Path, *, keep: timedelta) -> None:
        self.folder, self.keep = folder, keep
        self.lock = threading.Lock()
        self.day: date | None = None
        self.number = 1
        self.handle = -1

    def write_line(self, line: str, moment: datetime) -> None:
        """Append a line. If it cannot be written, as on a full disk, it is dropped: the request is answered already."""
        with self.lock, suppress(OSError):
            if self.day != moment.date():
                self.open_day(moment.date(), 1)
                self.delete_old(moment)
            while os.fstat(self.handle).st_size >= FILE_BYTES:
                self.open_day(moment.date(), self.number + 1)
                self.delete_old(moment)
            os.write(self.handle, f"{line}\n".encode())

    def open_day(self, day: date, number: int) -> None:
        """Open the file of a day. Raises OSError; the next line tries again."""
        self.close_file()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = "" if number == 1 else f".{number}"
        path = self.folder / f"access-{day}{part}.log"
        self.handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.day, self.number = day, number

    def close_file(self) -> None:
        """Close the file; the next line opens it again."""
        if self.handle >= 0:
            os.close(self.handle)
        self.day, self.handle = None, -1

    def delete_old(self, moment: datetime) -> None:
        """Delete files that are too old, and the oldest beyond the total size."""
        oldest, total = moment.replace(tzinfo=ZONE) - self.keep, 0
        found = []
        for path in self.folder.glob("access-*.log"):
            with suppress(FileNotFoundError):  # at midnight every process deletes
                found.append((path, path.stat()))
        for path, state in sorted(found, key=lambda pair: pair[1].st_mtime, reverse=True):
            total += state.st_size
            if total > TOTAL_BYTES or state.st_mtime < oldest.timestamp():
                path.unlink(missing_ok=True)


class AccessLog:
    def __init__(self, app: WSGIApplication, log: DatedLog) -> None:
        self.app, self.log = app, log

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started = perf_counter()
        status, size = "500", "-"

        def note_answer(line: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            nonlocal status, size
            status, size = line[:3], next((text for name, text in headers if name == "Content-Length"), "-")
            return start_response(line, headers, *error)

        try:
            return self.app(environ, note_answer)
        finally:
            milliseconds = round(1000 * (perf_counter() - started))
            self.log.write_line(request_line(environ, status, size, milliseconds), now())


def request_line(environ: WSGIEnvironment, status: str, size: str, milliseconds: int) -> str:
    """Return the line of a request, with everything from its sender quoted."""
    path = quote(environ.get("PATH_INFO", "").encode("latin-1"))[:PATH_CHARACTERS]
    method = quote(environ.get("REQUEST_METHOD", ""), safe="")[:20]
    address = quote(environ.get("REMOTE_ADDR") or "-", safe=":")
    account = environ.get(ACCOUNT_KEY, "-")
    return (
        f"{now():%Y-%m-%dT%H:%M:%S} {address} {account} {method} {path or '-'} {status} {size} {milliseconds}"
    )


def init_app(app: Flask) -> None:
    """Write a line for every request, whatever server runs the application."""
    settings: Settings = app.config["SETTINGS"]
    log = DatedLog(settings.instance / "logs", keep=timedelta(days=settings.access_log_days))
    app.wsgi_app = AccessLog(app.wsgi_app, log)  # type: ignore[method-assign]  # as Flask's manual has it

    @app.after_request
    def name_account(response: Response) -> Response:
        # Only where the page asked who it is: a script or style needs no look into the table for its line.
        person = g.get("_login_user")
        if person is not None and person.is_authenticated:
            request.environ[ACCOUNT_KEY] = person.user.account_id
        return response
