"""Somebody with a real connection, as quick as a browser and without its looks: the pages are only picked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.clients import HTMX, TOKEN
from tests.world import PASSWORD

VERSION = re.compile(r'name="version" value="(\d+)"')
# Contributions, which stand on the page of a filing, have versions of their own.
FILING_FORM = re.compile(r'id="(?:filing-saved|sign-off)"')
PROGRESS = re.compile(r'<textarea[^>]*name="progress"[^>]*>\r?\n?(.*?)</textarea>', re.DOTALL)
ONCE = re.compile(r'name="once" value="([0-9a-f]{32})"')
MARKS = re.compile(r'name="marks" value="([^"]*)"')
OPEN = re.compile(r'data-open="([^"]*)"')
TICK = re.compile(r'name="(done_\d+)"')
ANSWER_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    text: str

    @property
    def version(self) -> int | None:
        """Return the version that the form of a filing on the page is read at."""
        form = FILING_FORM.search(self.text)
        found = form and VERSION.search(self.text, form.end())
        return int(found[1]) if found else None

    @property
    def token(self) -> str:
        """Return the token that the page's forms carry."""
        found = TOKEN.search(self.text)
        return found[1] if found else ""

    @property
    def progress(self) -> str | None:
        """Return the text that stands in the form; None where the page has no form to write in."""
        found = PROGRESS.search(self.text)
        return unescape(found[1]) if found else None

    @property
    def marks(self) -> str:
        """Return the marks of the fields as they were read."""
        found = MARKS.search(self.text)
        return unescape(found[1]) if found else ""

    @property
    def open_fields(self) -> list[str]:
        """Return the names of the fields that are not stored as they were sent."""
        found = OPEN.search(self.text)
        return found[1].split() if found else []

    @property
    def ticks(self) -> list[str]:
        """Return the names of the ticks on the page."""
        return TICK.findall(self.text)


class Visitor:
    """One log-in, with a connection for every request."""

    def __init__(self, address: str, username: str) -> None:
        self.address = address
        self.username = username
        self.cookies: SimpleCookie = SimpleCookie()
        self.token = ""

    def log_in(self) -> Visitor:
        """Log in and take the token of the new session from a page that has a form."""
        self.get("/login")
        answer = self.post("/login", username=self.username, password=PASSWORD)
        assert answer.status == 303, answer.text
        self.get("/password")
        return self

    def get(self, path: str) -> Answer:
        return self.ask("GET", path, "", {})

    def post(self, path: str, /, *, htmx: bool = False, **form: str) -> Answer:
        """Send a form with the token; `htmx` sends it as a page does that saves by itself."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if htmx:
            headers |= HTMX | {"X-Autosave": "true", "HX-Target": "filing-saved"}
        return self.ask("POST", path, urlencode({"csrf_token": self.token, **form}), headers)

    @property
    def cookie_header(self) -> str:
        return "; ".join(f"{name}={morsel.coded_value}" for name, morsel in self.cookies.items())

    def connect(self) -> HTTPConnection:
        return HTTPConnection(self.address, timeout=ANSWER_SECONDS)

    def ask(self, method: str, path: str, body: str, headers: dict[str, str]) -> Answer:
        """Raises OSError or HTTPException where no whole answer came."""
        connection = self.connect()
        sent = {**headers, "Cookie": self.cookie_header, "Connection": "close"}
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        answer = Answer(response.status, response.headers.get("Location", ""), text)
        self.token = answer.token or self.token
        return answer
