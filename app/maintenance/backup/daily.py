"""The daily backup as the worker starts it."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys

from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.settings.settings import ROOT
from app.maintenance.backup.operations import is_daily_backup_due
from app.maintenance.installation import Installation

DAILY_COMMAND = (sys.executable, "-m", "flask", "--app", "wsgi", "backup", "daily")


class BackupProcess:
    """A process that takes the daily backup, so that the worker stays free."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def start_if_due(self, installation: Installation, *, by: Actor) -> None:
        """Start it where the backup is due and not already running."""
        require(by, Action.CREATE_BACKUP)
        if (self.process is None or self.process.poll() is not None) and is_daily_backup_due(installation):
            if self.process is None:
                atexit.register(self.stop_process)
            settings = installation.settings
            place = {"INSTANCE_DIR": str(settings.instance), "DATABASE_URL": settings.database_url}
            self.process = subprocess.Popen(  # noqa: S603  this very program
                DAILY_COMMAND,
                cwd=ROOT,
                env=os.environ | place,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )

    def stop_process(self) -> None:
        """End it with the worker; the next backup removes what it leaves behind."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
