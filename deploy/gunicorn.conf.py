"""How the web process is run: by the Procfile, by its service unit, by tests and measurements alike."""

import gc
import os

from app.base.settings.settings import SettingsReading

# The system gives the address of a socket no more room than this, with its end.
SOCKET_ADDRESS_BYTES = 108


def socket_address() -> str:
    """Return where the front finds the web process: in a folder that nobody but its own user can enter."""
    instance = SettingsReading.read_sources().settings_found.instance
    path = instance / "web.socket"
    if len(os.fsencode(path)) >= SOCKET_ADDRESS_BYTES:
        raise SystemExit(f"数据文件夹的路径太长：{instance}。请把 INSTANCE_DIR 设为短一些的路径。")
    return f"unix:{path}"


bind = socket_address()
umask = 0o077
worker_class = "gthread"
workers = 2
threads = 4
preload_app = True
control_socket_disable = True
loglevel = "warning"
# Longer than browsers and the front leave a connection unused: none is closed under a request on its way.
keepalive = 75


def when_ready(server: object) -> None:
    """Set aside what was loaded before the processes fork: looking through it for garbage stops every thread for a
    tenth of a second.
    """
    gc.collect()
    gc.freeze()
