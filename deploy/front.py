"""Runs the front, Caddy with deploy/Caddyfile, in the foreground: HTTPS before the web process of this instance.

    python deploy/front.py [fd://NUMBER]

The argument is a socket that listens already; without it the front listens on PORT itself.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.base.files.private_files import set_private_umask  # noqa: E402
from app.base.settings.reading import InvalidSettings  # noqa: E402  (found only now)
from app.base.settings.settings import Settings  # noqa: E402

ADDRESS = "0.0.0.0"  # noqa: S104  (the front is what the office's computers reach)


def caddy_environment(settings: Settings, listener: str) -> dict[str, str]:
    """Return what deploy/Caddyfile takes from the environment."""
    tls = "internal"
    if settings.tls_certificate:
        tls = f'"{settings.tls_certificate}" "{settings.tls_key}"'
    bind = listener.replace("fd://", "fd/") or ADDRESS
    return {
        "INSTANCE_DIR": str(settings.instance),
        "PORT": str(settings.port),
        "HTTP_PORT": str(settings.http_port or 80),
        "HTTP_SITE": "redirecting" if settings.http_port else "nothing",
        "BIND": bind,
        "LISTENER": bind if listener else f"{ADDRESS}:{settings.port}",
        "SITES": ", ".join(settings.trusted_hosts),
        "FIRST_HOST": settings.trusted_hosts[0],
        "TLS": tls,
        "WEB": f"unix/{settings.instance / 'web.socket'}",
        "UPLOAD_SIZE": str(settings.largest_request),
    }


def main() -> str | None:
    """Become Caddy; return why that cannot be."""
    set_private_umask()
    try:
        settings = Settings.from_environment()
    except InvalidSettings as error:
        return "\n".join(error.problems)
    caddy = shutil.which("caddy", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
    if caddy is None:
        return "没有找到 Caddy。请用 make serve 启动，或者设 FRONT=none，改用自己的反向代理。"
    listener = sys.argv[1] if len(sys.argv) > 1 else ""
    arguments = ["run", "--config", str(ROOT / "deploy" / "Caddyfile"), "--adapter", "caddyfile"]
    os.execve(caddy, [caddy, *arguments], os.environ | caddy_environment(settings, listener))  # noqa: S606
    return None


if __name__ == "__main__":
    sys.exit(main())
