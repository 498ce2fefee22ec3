"""Prints DOCX files by LibreOffice, which finds the open faces under the official fonts' names."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from reports.fonts import DEFAULT_FOLDER, NAMES, find_fonts

SECONDS = 300
RULE = """
<match target="scan">
  <test name="postscriptname"><string>{face}</string></test>
  <edit name="family" mode="assign"><string>{name}</string></edit>
  <edit name="style" mode="assign"><string>Regular</string></edit>
</match>
"""


def print_all(files: Mapping[str, bytes], folder: Path) -> None:
    """Print files in one go; each becomes a PDF of its name in the folder."""
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += [
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        *(str(folder / f"{name}.docx") for name in files),
    ]
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts_file(folder))}
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=SECONDS)


def fonts_file(folder: Path) -> Path:
    """Write the configuration by which each face goes by its official name."""
    families = find_fonts().families
    folders = {DEFAULT_FOLDER, *(path.parent for path in find_fonts().paths)}
    rules = (
        RULE.format(face=face, name=escape(NAMES[family.role][0]))
        for family in families
        for face in family.main.names
    )
    places = "".join(f"<dir>{escape(str(place))}</dir>" for place in sorted(folders))
    cache = f"<cachedir>{escape(str(folder / 'fontcache'))}</cachedir>"
    file = folder / "fonts.conf"
    file.write_text(f"<fontconfig>{places}{cache}{''.join(rules)}</fontconfig>", encoding="utf-8")
    return file
