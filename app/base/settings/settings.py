"""All settings, read once from the environment and .env; the defaults are safe for production.

To add one, annotate a field of `Settings` and add its row to the table in README.md, which a test compares.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta
from pathlib import Path
from ssl import create_default_context
from typing import Annotated, Any

from app.base.files.key_files import BadKeyFile, read_key, read_or_create_key
from app.base.settings import values as read
from app.base.settings.reading import (
    EnvFile,
    InvalidSettings,
    SettingEntry,
    SettingSpec,
    hide_value,
    read_entries,
    read_env_file,
    unknown_names,
)
from app.base.settings.values import SQLITE

ROOT = Path(__file__).resolve().parents[3]
MOST_PROXIES = 5
SECRET_KEY_FILE = "secret-key"  # noqa: S105  (the name of a file)
AUDIT_KEY_FILE = "audit-key"
KEY_FILES = (SECRET_KEY_FILE, AUDIT_KEY_FILE)


@dataclass(frozen=True)
class Settings:
    """How this installation runs.

    Attributes:
        instance: folder of everything that is written: database, queue, keys, demo output.
        database_url: ``sqlite:///…`` or ``postgresql://…``.
        secret_key: signs the session cookie.
        fonts_folder: the office's own fonts, before those of this program.
        port: where the web server listens.
        site_name: of the sub-district, at the head of pages, in mails and on the register; empty to say none.
        plain_http: True only where no TLS stands in front (the demo): cookies then lose their Secure mark.
        trusted_hosts: host names that this service answers to; any other gets 400.
        session_idle, session_lifetime: a log-in ends after this idle time, and at the latest after this age.
        sessions_per_account: how many log-ins of an account live at once; one more ends the oldest.
        password_rule: ``classic`` (12 characters of three kinds, 90 days, as 等保 expects) or ``modern`` (15 characters
            of any kind, for ever).
        trusted_proxies: how many reverse proxies of our own stand in front, one behind the other. Only as many
            entries of X-Forwarded-For and X-Forwarded-Proto are believed: anybody can send more.
        front: ``caddy``, which `make serve` brings, or ``none`` where a proxy of one's own ends TLS.
        tls_certificate, tls_key: PEM files; without them the front issues certificates of its own.
        http_port: where the front sends plain HTTP on to HTTPS, beside its own port; 0 for nowhere.
        document_limit, preview_limit, workbook_limit, upload_limit: app.access.work_limits says what each counts.
        form_bytes: largest form accepted, in bytes. A hanzi takes 9 when encoded, a rare one 12, and a filing's
            three texts may hold 100,000 each.
        workbook_bytes, text_file_bytes: largest filing form of Excel, and largest file whose text is read.
        attachments_url: a folder, or such as ``s3://bucket/folder``; empty for ``attachments`` of the instance.
        bytes_per_file, files_at_one_place, bytes_at_one_place: the largest file that is kept, and how many a filing, a
            contribution or a handwritten directive may have, and what these come to, in bytes.
        site_url: what stands before a path in mail, without a slash at its end; empty for no links.
        light_yellow, light_red: how far behind 序时进度 turns a light yellow, and red, in percentage points.
        backup_time: when the daily backup is taken, by the clock on the wall.
        backup_passphrase: encrypts the keys in backups; empty to leave them as they are.
        report_budget: how long a quarter's report should stay, in characters; nothing is refused for being longer.
    """

    instance: Annotated[
        Path,
        SettingSpec(
            "INSTANCE_DIR", read.folder_path(ROOT), "数据、密钥、队列所在文件夹", unset="`instance/`"
        ),
    ]
    database_url: Annotated[
        str,
        SettingSpec(
            "DATABASE_URL",
            read.database_address(ROOT),
            "数据库",
            unset="`INSTANCE_DIR` 下的 SQLite",
            show=read.without_password,
        ),
    ]
    secret_key: Annotated[
        str,
        SettingSpec(
            "SECRET_KEY",
            read.secret_text(16),
            "会话签名密钥",
            unset="`INSTANCE_DIR` 下的 `secret-key`",
            show=hide_value,
        ),
    ]
    lock_wait: Annotated[
        int, SettingSpec("LOCK_WAIT", read.number_between(5, 60, "秒"), "数据库被占用时最多等多少秒")
    ] = 10
    attachments_url: Annotated[
        str,
        SettingSpec(
            "ATTACHMENTS_URL",
            read.file_store(ROOT),
            "佐证材料的文件存放处",
            unset="`INSTANCE_DIR` 下的 `attachments/`",
            show=read.without_password,
        ),
    ] = ""
    fonts_folder: Annotated[
        Path | None,
        SettingSpec("FONTS_DIR", read.existing_folder(ROOT), "公文字体所在文件夹", unset="`fonts/`"),
    ] = None
    port: Annotated[int, SettingSpec("PORT", read.number_between(1, 65535), "网页服务的端口")] = 8000
    site_name: Annotated[str, SettingSpec("SITE_NAME", read.one_line(40), "页头的街道名称")] = ""
    light_yellow: Annotated[
        int, SettingSpec("LIGHT_YELLOW", read.number_between(1, 99, "百分点"), "落后序时进度多少亮黄灯")
    ] = 5
    light_red: Annotated[
        int, SettingSpec("LIGHT_RED", read.number_between(2, 100, "百分点"), "落后序时进度多少亮红灯")
    ] = 15
    report_budget: Annotated[
        int,
        SettingSpec(
            "REPORT_BUDGET", read.number_between(1, 1_000_000, "字"), "一个季度的报告建议不超过多少字"
        ),
    ] = 5_000
    reading_seconds: Annotated[
        int, SettingSpec("READING_SECONDS", read.number_between(1, 60, "秒"), "读一个上传的文件最多用多少秒")
    ] = 10
    reading_memory: Annotated[
        int,
        SettingSpec("READING_MEMORY", read.number_between(128, 4096, "MB"), "读一个上传的文件最多用多少内存"),
    ] = 512
    trusted_hosts: Annotated[
        tuple[str, ...], SettingSpec("TRUSTED_HOSTS", read.host_names, "本系统应答的主机名，逗号分隔")
    ] = ("127.0.0.1", "localhost")
    trusted_proxies: Annotated[
        int,
        SettingSpec(
            "TRUSTED_PROXIES", read.number_between(0, MOST_PROXIES, "层"), "前面有几层自己的反向代理"
        ),
    ] = 0
    front: Annotated[str, SettingSpec("FRONT", read.one_of("caddy", "none"), "正式运行时由谁终结 TLS")] = (
        "caddy"
    )
    tls_certificate: Annotated[
        Path | None,
        SettingSpec("TLS_CERTIFICATE", read.readable_file(ROOT), "TLS 证书文件", unset="空，即自行签发"),
    ] = None
    tls_key: Annotated[
        Path | None, SettingSpec("TLS_KEY", read.readable_file(ROOT), "TLS 证书的私钥文件", unset="空")
    ] = None
    http_port: Annotated[
        int, SettingSpec("HTTP_PORT", read.number_between(1, 65535), "把 http 转到 https 的端口", unset="空")
    ] = 0
    document_limit: Annotated[
        int,
        SettingSpec("DOCUMENT_LIMIT", read.number_between(1, 100_000, "次"), "每个账号十分钟内办公文多少次"),
    ] = 60
    preview_limit: Annotated[
        int,
        SettingSpec("PREVIEW_LIMIT", read.number_between(1, 100_000, "次"), "每个账号十分钟内改公文多少次"),
    ] = 1_000
    workbook_limit: Annotated[
        int,
        SettingSpec(
            "WORKBOOK_LIMIT", read.number_between(1, 100_000, "次"), "每个账号十分钟内收发表格多少次"
        ),
    ] = 100
    upload_limit: Annotated[
        int,
        SettingSpec("UPLOAD_LIMIT", read.number_between(1, 100_000, "次"), "每个账号十分钟内上传文件多少次"),
    ] = 100
    access_log_days: Annotated[
        int, SettingSpec("ACCESS_LOG_DAYS", read.number_between(1, 3650, "天"), "访问日志保留多少天")
    ] = 184
    password_rule: Annotated[
        str, SettingSpec("PASSWORD_RULE", read.one_of("classic", "modern"), "密码规则")
    ] = "classic"  # noqa: S105  (the name of a rule)
    sessions_per_account: Annotated[
        int,
        SettingSpec("SESSIONS_PER_ACCOUNT", read.number_between(1, 100, "处"), "一个账号最多同时登录几处"),
    ] = 5
    plain_http: Annotated[
        bool, SettingSpec("PLAIN_HTTP", read.read_flag, "没有 TLS（仅限演示）", unset="空")
    ] = False
    smtp_url: Annotated[
        str,
        SettingSpec(
            "SMTP_URL", read.mail_server_url, "邮件服务器", unset="空，即不发邮件", show=read.without_password
        ),
    ] = ""
    mail_from: Annotated[str, SettingSpec("MAIL_FROM", read.mail_address, "发件地址")] = ""
    site_url: Annotated[
        str, SettingSpec("SITE_URL", read.site_url, "邮件中链接的开头", unset="空，即邮件不带链接")
    ] = ""
    backup_folder: Annotated[
        Path | None,
        SettingSpec(
            "BACKUP_DIR", read.folder_path(ROOT), "每日备份所在文件夹", unset="`INSTANCE_DIR` 下的 `backups/`"
        ),
    ] = None
    backup_time: Annotated[time, SettingSpec("BACKUP_TIME", read.time_of_day, "每天几点备份")] = time(2, 30)
    backup_keep: Annotated[
        int, SettingSpec("BACKUP_KEEP", read.number_between(1, 1_000, "份"), "保留最近多少份备份")
    ] = 14
    backup_passphrase: Annotated[
        str, SettingSpec("BACKUP_PASSPHRASE", read.secret_text(8), "加密备份中密钥的口令", show=hide_value)
    ] = ""
    syslog_address: Annotated[
        str,
        SettingSpec(
            "SYSLOG_ADDRESS",
            read.syslog_address,
            "锚点另送的系统日志",
            unset="空，即只写 `audit-anchors.log`",
        ),
    ] = ""
    # Limits that no environment sets: the same everywhere.
    session_idle: timedelta = timedelta(minutes=30)
    session_lifetime: timedelta = timedelta(hours=8)
    form_bytes: int = 4_000_000
    workbook_bytes: int = 5_000_000
    text_file_bytes: int = 20_000_000
    bytes_per_file: int = 20 * 1024**2
    files_at_one_place: int = 10
    bytes_at_one_place: int = 100 * 1024**2

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] | None = None, *, makes_keys: bool = True
    ) -> Settings:
        """Read the settings, and create the instance folder and, unless told otherwise, missing keys.

        Without an `environment`, that of this process and the project folder's .env are read. Raises InvalidSettings
        with all mistakes.
        """
        reading = SettingsReading.read_sources(environment)
        if reading.start_problems:
            raise InvalidSettings(reading.start_problems)
        settings = reading.settings_found
        try:
            settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
            find_key = read_or_create_key if makes_keys else read_key
            key = settings.secret_key or find_key(settings.instance / SECRET_KEY_FILE) or ""
            find_key(settings.instance / AUDIT_KEY_FILE)
        except (OSError, BadKeyFile) as error:
            raise InvalidSettings((cannot_write(settings.instance, error),)) from None
        return replace(settings, secret_key=key)

    @property
    def largest_upload(self) -> int:
        """Return the maximum size of a request: files to be attached, with their form."""
        return self.bytes_at_one_place + self.form_bytes

    @property
    def largest_request(self) -> int:
        """Return what the front lets through: more than any page accepts, so that the page can say how
        much it accepts.
        """
        return self.largest_upload + 1_000_000

    @property
    def private_places(self) -> tuple[Path, ...]:
        """Return all files and folders of this machine that hold data, whether they exist or not."""
        places = [self.instance]
        if self.database_url.startswith(SQLITE):
            file = self.database_url.removeprefix(SQLITE)
            places += [Path(f"{file}{ending}") for ending in ("", "-wal", "-shm")]
        if self.attachments_url and "://" not in self.attachments_url:
            places.append(Path(self.attachments_url))
        return tuple(places)


@dataclass(frozen=True)
class SettingsReading:
    """The settings as found in the environment and .env, right or wrong; reading them changes nothing."""

    entries: tuple[SettingEntry, ...]
    env_file: EnvFile

    @classmethod
    def read_sources(cls, environment: Mapping[str, str] | None = None) -> SettingsReading:
        """Read an environment, or that of this process and the project folder's .env."""
        env_file = read_env_file(ROOT / ".env") if environment is None else EnvFile({})
        environment = os.environ if environment is None else environment
        return cls(read_entries(Settings, environment, env_file.values), env_file)

    @property
    def settings_found(self) -> Settings:
        """Return the settings, with the default for what is unset or wrong, and no key if none is set."""
        given: dict[str, Any] = {
            entry.declared.field.name: entry.value for entry in self.entries if entry.value is not None
        }
        instance = given.setdefault("instance", ROOT / "instance")
        given.setdefault("database_url", f"sqlite:///{instance / 'work-plan.db'}")
        given.setdefault("secret_key", "")
        return Settings(**given)

    @property
    def start_problems(self) -> tuple[str, ...]:
        """Return a sentence for every mistake with which the system does not start."""
        wrong = [entry.problem for entry in self.entries if entry.problem]
        return (
            *self.env_file.problems,
            *wrong,
            *contradictory_settings(self.settings_found),
            *unusable_files(self.settings_found),
            *unusable_certificate(self.settings_found),
        )

    @property
    def likely_mistakes(self) -> tuple[str, ...]:
        return tuple(unknown_names(Settings, self.env_file.values))

    def shown_value(self, entry: SettingEntry) -> str:
        if entry.problem:
            return "（有误）"
        value = getattr(self.settings_found, entry.declared.field.name)
        if value in ("", None):
            return entry.declared.default_words.replace("`", "")
        return entry.declared.setting.show(value)


def contradictory_settings(settings: Settings) -> Iterator[str]:
    if settings.light_yellow >= settings.light_red:
        yield "亮灯阈值须满足 0 < LIGHT_YELLOW < LIGHT_RED ≤ 100，单位为百分点，如 5 和 15。"
    if settings.smtp_url and not settings.mail_from:
        yield "设置了 SMTP_URL，还须设置发件地址 MAIL_FROM，如 plan@example.gov.cn。"


def unusable_certificate(settings: Settings) -> Iterator[str]:
    """Yield a sentence if the files of a certificate do not belong together."""
    if bool(settings.tls_certificate) != bool(settings.tls_key):
        yield "TLS_CERTIFICATE 和 TLS_KEY 须同时设置：前者是证书文件，后者是它的私钥文件。"
    if settings.tls_certificate and settings.tls_key:
        try:
            create_default_context().load_cert_chain(settings.tls_certificate, settings.tls_key)
        except (OSError, ValueError):
            yield "TLS_CERTIFICATE 和 TLS_KEY 不是一对能用的证书和私钥（PEM 格式，私钥不设密码）。请核对这两个文件。"


def unusable_files(settings: Settings) -> Iterator[str]:
    """Yield a sentence if the instance folder or the keys in it cannot be used."""
    folder = next(path for path in (settings.instance, *settings.instance.parents) if path.exists())
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        yield f"文件夹 {settings.instance} 不能写入。请改 INSTANCE_DIR，或核对 {folder} 的属主和权限。"
        return
    for name in KEY_FILES[1:] if settings.secret_key else KEY_FILES:
        try:
            read_key(settings.instance / name)
        except BadKeyFile as error:
            yield str(error)


def cannot_write(folder: Path, error: Exception) -> str:
    """Return the sentence for a folder or a key that could not be created."""
    if isinstance(error, OSError):
        return (
            f"文件夹 {folder} 不能写入（{error.strerror}）。请改 INSTANCE_DIR，或核对它的权限和磁盘是否已满。"
        )
    return str(error)
