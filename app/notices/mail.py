"""Building messages from notices, and sending them through a mail server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote

from flask import Flask

from app.base.clock import ZONE, now
from app.base.errors import BadInput
from app.base.settings.settings import Settings
from app.base.settings.values import split_url
from app.notices.models import Notice

SECONDS_TO_WAIT = 20
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """The address of a mail server. `scheme` is smtp (plain, for an intranet), smtp+starttls or smtps."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""


def mail_server(url: str) -> MailServer:
    """Read ``smtp://user:password@host:25``. Raises BadInput with how to write it."""
    try:
        parts = split_url(url, tuple(PORTS))
    except ValueError:
        raise unreadable_url() from None
    return MailServer(
        parts.scheme,
        parts.hostname or "",
        parts.port or PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


def unreadable_url() -> BadInput:
    """Return the refusal of an address, without repeating it, because it holds a password."""
    return BadInput(
        "SMTP_URL 看不懂。请写成 smtp://用户:密码@主机:25；要求加密的写 smtp+starttls:// 或 smtps://。"
    )


def init_app(app: Flask) -> None:
    """Refuse to start with a mail server that cannot be read; its missing mail might not be noticed for weeks."""
    settings: Settings = app.config["SETTINGS"]
    if settings.smtp_url:
        mail_server(settings.smtp_url)


@contextmanager
def mail_connection(settings: Settings) -> Iterator[smtplib.SMTP]:
    """Open a connection to the mail server of the settings. Raises BadInput, OSError."""
    server = mail_server(settings.smtp_url)
    # Without a name of our own smtplib asks the network for one, which an intranet may take minutes to refuse.
    own_name = mail_domain(settings.mail_from)
    if server.scheme == "smtps":
        opened: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, own_name, timeout=SECONDS_TO_WAIT, context=ssl.create_default_context()
        )
    else:
        opened = smtplib.SMTP(server.host, server.port, own_name, timeout=SECONDS_TO_WAIT)
    with opened:
        if server.scheme == "smtp+starttls":
            opened.starttls(context=ssl.create_default_context())
        if server.user:
            opened.login(server.user, server.password)
        yield opened


def compose_letter(address: str, notices: Sequence[Notice], settings: Settings) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = address
    message["Subject"] = letter_subject(notices)
    message["Date"] = format_datetime(now().replace(tzinfo=ZONE))
    message["Message-ID"] = make_msgid(domain=mail_domain(settings.mail_from))
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(
        "\n\n".join((*(notice_paragraph(notice, settings) for notice in notices), letter_closing(settings)))
    )
    return message


def letter_subject(notices: Sequence[Notice]) -> str:
    more = f"（另有 {len(notices) - 1} 条）" if len(notices) > 1 else ""
    return " ".join(f"【{notices[0].kind.label}】{notices[0].sentence}{more}".split())


def notice_paragraph(notice: Notice, settings: Settings) -> str:
    link = f"{settings.site_url}{notice.path}" if settings.site_url else ""
    return "\n".join(filter(None, (f"【{notice.kind.label}】{notice.sentence}", notice.detail, link)))


def letter_closing(settings: Settings) -> str:
    return f"（{settings.site_name}工作计划系统自动发送，请登录系统办理，不要直接回复。）"


def mail_domain(address: str) -> str:
    return address.rpartition("@")[2].rstrip(">")
