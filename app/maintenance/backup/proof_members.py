"""The files that prove the event log (its key and anchors) as members of a backup."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from app.audit.proof_files import ANCHORS_FILE
from app.base.files.key_files import read_key, write_key
from app.base.settings.settings import AUDIT_KEY_FILE
from app.maintenance.backup import archive
from app.maintenance.backup.archive import ArchiveReader
from app.maintenance.backup.keys import BackupKeys
from app.maintenance.database.rows import SqliteRows
from app.maintenance.database.sqlite_file import replace_file, set_aside_file


def known_anchors(rows: SqliteRows, file: Path) -> bytes:
    """Return the anchors that the snapshot knows; later ones cover more events than it holds."""
    if "anchors" not in {column.name for column in rows.table_columns("event_chain")} or not file.exists():
        return b""
    (count,) = rows.connection.execute("SELECT anchors FROM event_chain").fetchone()
    with file.open("rb") as lines:
        return b"".join(islice(lines, count))


def extract_log_files(reader: ArchiveReader, keys: BackupKeys, instance: Path, folder: Path) -> None:
    """Write a backup's key and anchors into a new folder. Raises DamagedMember, OSError, BadKeyFile.

    For a backup older than the key, the installation's own key is used. If the backup belongs to this installation, the
    anchors written since then stay valid and are used.
    """
    own_key = read_key(instance / AUDIT_KEY_FILE)
    key = keys.files.get(AUDIT_KEY_FILE) or own_key
    folder.mkdir()
    if key is not None:
        write_key(folder / AUDIT_KEY_FILE, key)
    anchors = reader.read_member(archive.ANCHORS) if archive.ANCHORS in reader.manifest.members else b""
    own_anchors = instance / ANCHORS_FILE
    if key == own_key and own_anchors.exists():
        anchors = max(anchors, own_anchors.read_bytes(), key=len)
    if anchors:
        (folder / ANCHORS_FILE).write_bytes(anchors)


def restore_log_files(folder: Path, instance: Path) -> None:
    """Put key and anchors into an installation; those of another log are renamed and kept. Raises OSError."""
    anchors, key = instance / ANCHORS_FILE, instance / AUDIT_KEY_FILE
    if anchors.exists() and read_key(key) != read_key(folder / AUDIT_KEY_FILE):
        for path in (anchors, key):
            set_aside_file(path)
    for name in (AUDIT_KEY_FILE, ANCHORS_FILE):
        if (folder / name).exists():
            replace_file(instance / name, (folder / name).read_bytes())
