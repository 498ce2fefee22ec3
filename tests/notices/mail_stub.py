"""A mail server of a few lines: takes letters over a real connection and keeps them; refuses some addresses."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread


@dataclass
class Mailbox:
    """What arrived, and what shall not. `url` is written as SMTP_URL."""

    url: str = ""
    letters: list[EmailMessage] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    logins: list[str] = field(default_factory=list)


class Session(socketserver.StreamRequestHandler):
    """One connection: enough of RFC 5321 for smtplib."""

    server: MailServer

    def handle(self) -> None:
        self.say("220 stub")
        for line in iter(self.rfile.readline, b""):
            command, _, rest = line.decode().strip().partition(" ")
            getattr(self, f"on_{command.lower()}", self.on_other)(rest)

    def say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())

    def on_ehlo(self, _name: str) -> None:
        self.say("250-stub")
        self.say("250 AUTH PLAIN")

    def on_auth(self, credentials: str) -> None:
        self.server.mailbox.logins.append(credentials)
        self.say("235 welcome")

    def on_rcpt(self, rest: str) -> None:
        address = rest.partition("<")[2].partition(">")[0]
        self.say("550 nobody here" if address in self.server.mailbox.refused else "250 ok")

    def on_data(self, _rest: str) -> None:
        self.say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        content = b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines)
        letter = message_from_bytes(content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.server.mailbox.letters.append(letter)
        self.say("250 kept")

    def on_quit(self, _rest: str) -> None:
        self.say("221 bye")

    def on_other(self, _rest: str) -> None:
        self.say("250 ok")


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, mailbox: Mailbox) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.mailbox = mailbox


@contextmanager
def mail_server_running() -> Iterator[Mailbox]:
    """Run the server inside the block."""
    mailbox = Mailbox()
    with MailServer(mailbox) as server:
        mailbox.url = f"smtp://plan:a%40b@127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield mailbox
        finally:
            server.shutdown()
            thread.join()
