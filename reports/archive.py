"""Office files are ZIP archives: one is written again so that the same content always gives the same bytes."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

UNDATED = date(1980, 1, 1)  # the earliest day that a ZIP archive can name


def repack_file(file: bytes) -> bytes:
    """An office file without a trace of the time and the machine at which it was written."""
    stream = BytesIO()
    with ZipFile(BytesIO(file)) as source, ZipFile(stream, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, (*UNDATED.timetuple()[:3], 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return stream.getvalue()
