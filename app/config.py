"""Settings, read once from the environment. Each has its unit; the defaults are safe for production."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_PROXIES = 5


@dataclass(frozen=True)
class Settings:
    """How this installation runs.

    Attributes:
        instance: folder of everything that is written: database, queue, key, demo output.
        database_url: ``sqlite:///…`` or ``postgresql://…``.
        secret_key: signs the session cookie.
        site_name: the sub-district's name in the page header.
        superior: whom its reports go up to (上级机关), proposed as 主送机关.
        plain_http: True only where no TLS stands in front (the demo): cookies then lose their Secure mark.
        trusted_hosts: host names that this service answers to; any other gets 400.
        session_idle, session_lifetime: a log-in ends after this idle time, and at the latest after this age.
        lock_after, lock_for: failed log-ins that lock an account, and for how long.
        password_rule: ``classic`` (12 characters of three kinds, 90 days, as 等保 expects) or ``modern`` (15 characters
            of any kind, for ever).
        trusted_proxies: how many reverse proxies of our own stand in front, one behind the other. Only as many
            entries of X-Forwarded-For and X-Forwarded-Proto are believed: anybody can send more.
        form_bytes: largest form accepted, in bytes. A hanzi takes 9 when encoded, a rare one 12, and a filing's
            three texts may hold 100,000 each.
        smtp_url: mail server, such as ``smtp://user:password@host:25``, ``smtp+starttls://…`` or ``smtps://…``;
            empty where notices are not mailed.
        mail_from: sender's address of that mail.
        attachments_url: where attached files are kept: a folder, or such as ``s3://bucket/folder`` for which the fsspec
            component (s3fs) is installed; empty for the folder ``attachments`` of the instance.
        attachment_bytes, attachments_per_filing, attachments_bytes: largest attached file, most files of a filing,
            and the most that they may come to, in bytes.
        site_url: what stands before a path in mail, such as ``https://plan.example.gov.cn``; empty for no links.
        light_yellow, light_red: how far behind 序时进度 turns a light yellow, and red, in percentage points.
        report_budget: how long a quarter's report should stay, in characters; nothing is refused for being longer.
    """

    instance: Path
    database_url: str
    secret_key: str
    site_name: str = "华阳路街道"
    superior: str = "长宁区人民政府"
    plain_http: bool = False
    trusted_hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    session_idle: timedelta = timedelta(minutes=30)
    session_lifetime: timedelta = timedelta(hours=8)
    lock_after: int = 5
    lock_for: timedelta = timedelta(minutes=30)
    password_rule: str = "classic"  # noqa: S105  (the name of a rule)
    trusted_proxies: int = 0
    form_bytes: int = 4_000_000
    smtp_url: str = ""
    mail_from: str = ""
    site_url: str = ""
    attachments_url: str = ""
    attachment_bytes: int = 20 * 1024**2
    attachments_per_filing: int = 10
    attachments_bytes: int = 100 * 1024**2
    light_yellow: int = 5
    light_red: int = 15
    report_budget: int = 5_000

    def __post_init__(self) -> None:
        if not 0 < self.light_yellow < self.light_red <= 100:
            raise ValueError("亮灯阈值须满足 0 < LIGHT_YELLOW < LIGHT_RED ≤ 100，单位为百分点，如 5 和 15。")
        if self.report_budget < 1:
            raise ValueError("报告篇幅 REPORT_BUDGET 请填大于 0 的字数，如 5000。")
        if self.password_rule not in ("classic", "modern"):
            raise ValueError(f"密码规则 PASSWORD_RULE 请填 classic 或 modern，现在是“{self.password_rule}”。")
        if not 0 <= self.trusted_proxies <= MOST_PROXIES:
            raise ValueError(f"前置代理数 TRUSTED_PROXIES 请填 0 至 {MOST_PROXIES}。")
        if self.smtp_url and "@" not in self.mail_from:
            raise ValueError("设置了 SMTP_URL，还须设置发件地址 MAIL_FROM，如 plan@example.gov.cn。")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read INSTANCE_DIR, DATABASE_URL, SECRET_KEY, SITE_NAME, SUPERIOR, PLAIN_HTTP,
        TRUSTED_HOSTS, TRUSTED_PROXIES, PASSWORD_RULE, SMTP_URL, MAIL_FROM, SITE_URL, ATTACHMENTS_URL, LIGHT_YELLOW,
        LIGHT_RED and REPORT_BUDGET.
        """
        instance = Path(environment.get("INSTANCE_DIR") or ROOT / "instance").resolve()
        instance.mkdir(parents=True, exist_ok=True)
        hosts = environment.get("TRUSTED_HOSTS") or "127.0.0.1,localhost"
        return cls(
            instance=instance,
            database_url=environment.get("DATABASE_URL") or f"sqlite:///{instance / 'work-plan.db'}",
            secret_key=environment.get("SECRET_KEY") or kept_secret(instance / "secret-key"),
            site_name=environment.get("SITE_NAME") or cls.site_name,
            superior=environment.get("SUPERIOR") or cls.superior,
            plain_http=environment.get("PLAIN_HTTP") == "1",
            trusted_hosts=tuple(host.strip() for host in hosts.split(",")),
            trusted_proxies=whole(environment, "TRUSTED_PROXIES", cls.trusted_proxies),
            password_rule=environment.get("PASSWORD_RULE") or cls.password_rule,
            smtp_url=environment.get("SMTP_URL") or "",
            mail_from=environment.get("MAIL_FROM") or "",
            site_url=(environment.get("SITE_URL") or "").rstrip("/"),
            attachments_url=environment.get("ATTACHMENTS_URL") or "",
            light_yellow=whole(environment, "LIGHT_YELLOW", cls.light_yellow),
            light_red=whole(environment, "LIGHT_RED", cls.light_red),
            report_budget=whole(environment, "REPORT_BUDGET", cls.report_budget),
        )


def whole(environment: Mapping[str, str], name: str, otherwise: int) -> int:
    """Return a setting that is a whole number. Raises ValueError, in words, for anything else."""
    text = environment.get(name) or str(otherwise)
    if not text.isdecimal():
        raise ValueError(f"设置 {name} 须是整数，现在是“{text}”。")
    return int(text)


def kept_secret(path: Path) -> str:
    """Return the key stored at `path`, making a random one readable only by its owner on first use."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))
    return path.read_text().strip()
