"""Settings: each declared once, all that is wrong said at once and in words, from the environment and from .env."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.base.settings.reading import (
    InvalidSettings,
    declared_settings,
    read_env_file,
)
from app.base.settings.settings import (
    ROOT,
    Settings,
    SettingsReading,
    unknown_names,
)

NAMES = [declared.setting.name for declared in declared_settings(Settings)]
ROW = re.compile(r"^\| `([A-Z_]+)` \| .+ \| (.+) \|$", re.MULTILINE)

WRONG = {
    "INSTANCE_DIR": ["/proc/none/instance", "/etc/passwd", "a\0b"],
    "DATABASE_URL": [
        "mysql://host/name",
        "work-plan.db",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:////nowhere/at/all/work-plan.db",
        "postgresql://host",
        "postgresql://host:port/name",
        "postgresql://u:p%@host/name",
    ],
    "ATTACHMENTS_URL": ["nosuch://bucket/folder", "memory://", "/etc/passwd"],
    "SECRET_KEY": ["short"],
    "FONTS_DIR": ["/nowhere/at/all", "/etc/passwd"],
    "PORT": ["0", "65536", "http", "80 80"],
    "SITE_NAME": ["一" * 41, "两\n行"],
    "SUPERIOR": ["一" * 61],
    "LIGHT_YELLOW": ["五", "0", "100", "-5", "5.5"],
    "LIGHT_RED": ["101", "5%"],
    "REPORT_BUDGET": ["0", "很多"],
    "READING_SECONDS": ["0", "61"],
    "READING_MEMORY": ["64", "1GB"],
    "TRUSTED_HOSTS": [
        "plan.example:8000",
        "plan example",
        "*.example",
        "*",
        ".example",
        "https://plan.example",
        "a,b c",
        "a，b",
        "[::1]",
        ",",
        "a" * 64,
    ],
    "TRUSTED_PROXIES": ["9", "eins", "-1"],
    "FRONT": ["nginx", "Caddy"],
    "TLS_CERTIFICATE": ["/nowhere/at/all.pem", "/etc"],
    "TLS_KEY": ["/nowhere/at/all.pem", "/etc"],
    "HTTP_PORT": ["0", "65536", "http"],
    "DOCUMENT_LIMIT": ["0", "很多"],
    "PREVIEW_LIMIT": ["0", "100001"],
    "WORKBOOK_LIMIT": ["-1"],
    "UPLOAD_LIMIT": ["0.5"],
    "ACCESS_LOG_DAYS": ["0", "半年", "-1"],
    "PASSWORD_RULE": ["lax"],
    "SESSIONS_PER_ACCOUNT": ["0", "-1", "five"],
    "PLAIN_HTTP": ["yes", "2", "是"],
    "SMTP_URL": ["mail.example", "http://mail.example", "smtp://", "smtp://host:port"],
    "MAIL_FROM": ["plan", "plan@", "@example", "plan@exa mple"],
    "BACKUP_DIR": ["/etc/passwd", "a\0b"],
    "BACKUP_TIME": ["25:00", "2.30", "早上"],
    "BACKUP_KEEP": ["0", "-1", "全部"],
    "BACKUP_PASSPHRASE": ["short"],
    "SITE_URL": [
        "plan.example",
        "ftp://plan.example",
        "https://",
        "https://plan.example/?a=b",
        "https://h:port",
    ],
}


def written(folder: Path, **given: str) -> dict[str, str]:
    return {"INSTANCE_DIR": str(folder), **given}


def test_every_setting_is_in_the_readme_with_its_default_and_nothing_else_is() -> None:
    rows = dict(ROW.findall((ROOT / "README.md").read_text()))
    assert rows == {declared.setting.name: declared.default_words for declared in declared_settings(Settings)}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name in NAMES for value in (*WRONG.get(name, ()), "\0")]
)
def test_a_wrong_value_is_refused_in_one_sentence_that_names_the_setting(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(InvalidSettings) as refused:
        Settings.from_environment(written(tmp_path / "instance") | {name: value})
    [sentence] = refused.value.problems
    assert name in sentence
    assert sentence.endswith("。")
    assert not (tmp_path / "instance").exists()


@pytest.mark.parametrize("name", ["DATABASE_URL", "SMTP_URL", "ATTACHMENTS_URL"])
def test_a_wrong_address_never_shows_its_password(tmp_path: Path, name: str) -> None:
    reading = SettingsReading.read_sources(written(tmp_path, **{name: "nosuch://user:s3cret-pass@host"}))
    assert "s3cret-pass" not in "".join(reading.start_problems)


def test_a_certificate_needs_its_key_and_both_must_be_good(tmp_path: Path) -> None:
    file = tmp_path / "file.pem"
    file.write_text("no certificate")
    for names in (("TLS_CERTIFICATE",), ("TLS_KEY",), ("TLS_CERTIFICATE", "TLS_KEY")):
        with pytest.raises(InvalidSettings) as refused:
            Settings.from_environment(written(tmp_path, **dict.fromkeys(names, str(file))))
        [sentence] = refused.value.problems
        assert ("同时设置" in sentence) == (len(names) == 1)


def test_all_that_is_wrong_is_reported_at_once(tmp_path: Path) -> None:
    given = written(tmp_path, PORT="x", LIGHT_YELLOW="9", LIGHT_RED="9", SMTP_URL="smtp://mail.example")
    with pytest.raises(InvalidSettings) as refused:
        Settings.from_environment(given)
    assert [
        word for word in ("PORT", "LIGHT_YELLOW < LIGHT_RED", "MAIL_FROM") if word in str(refused.value)
    ] == [
        "PORT",
        "LIGHT_YELLOW < LIGHT_RED",
        "MAIL_FROM",
    ]
    assert len(refused.value.problems) == 3


def test_what_is_right_is_taken(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    settings = Settings.from_environment(
        written(
            tmp_path / "instance",
            DATABASE_URL="postgresql://u:p%40@host:5432/name",
            ATTACHMENTS_URL="attachments-elsewhere",
            FONTS_DIR=str(tmp_path / "fonts"),
            PORT="8080",
            TRUSTED_HOSTS="Plan.Example.gov.cn, 10.1.2.3,",
            PLAIN_HTTP="0",
            SMTP_URL="smtp+starttls://u:p@mail.example:587",
            MAIL_FROM="工作计划 <plan@example.gov.cn>",
            SITE_URL="https://plan.example.gov.cn/",
        )
    )
    assert settings.database_url == "postgresql://u:p%40@host:5432/name"
    assert settings.attachments_url == str(ROOT / "attachments-elsewhere")
    assert (settings.fonts_folder, settings.port, settings.plain_http) == (tmp_path / "fonts", 8080, False)
    assert settings.trusted_hosts == ("plan.example.gov.cn", "10.1.2.3")
    assert settings.site_url == "https://plan.example.gov.cn"
    assert settings.secret_key == (tmp_path / "instance" / "secret-key").read_text().strip()


def test_nothing_set_is_not_set(tmp_path: Path) -> None:
    assert Settings.from_environment(written(tmp_path) | dict.fromkeys(NAMES[2:], " ")) == Settings(
        tmp_path, f"sqlite:///{tmp_path / 'work-plan.db'}", (tmp_path / "secret-key").read_text().strip()
    )


def test_half_a_key_keeps_the_system_from_starting(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()
    with pytest.raises(InvalidSettings, match="secret-key 不完整"):
        Settings.from_environment(written(tmp_path))


def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match="不能写入"):
        Settings.from_environment(written(Path("/proc/none")))


def test_a_name_in_the_env_file_that_is_none_of_ours_is_reported_with_the_nearest() -> None:
    assert list(unknown_names(Settings, {"TRUSTED_HOST": "a", "PORT": "1", "FLASK_APP": "wsgi"})) == [
        ".env 中的 TRUSTED_HOST 不是本系统的设置，是不是 TRUSTED_HOSTS？"
    ]
    assert list(unknown_names(Settings, {"COLOUR": "a"})) == [".env 中的 COLOUR 不是本系统的设置。"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("SITE_NAME=示例街道\n".encode("gb18030"), "不是 UTF-8 编码"),
        (b"PORT=8000\nSITE_NAME\xe3\x80\x80= 'a\nPORT=1\n", "第 2 行看不懂"),
    ],
)
def test_an_env_file_that_cannot_be_read_is_reported(tmp_path: Path, content: bytes, problem: str) -> None:
    (tmp_path / ".env").write_bytes(content)
    [sentence] = read_env_file(tmp_path / ".env").problems
    assert problem in sentence
