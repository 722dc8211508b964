"""What every file that leaves has in common: it is written into the log, and its name says of which day."""

from __future__ import annotations

from dashboard.services.core import Core
from dashboard.services.values import Download

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
JSON = "application/json"
PDF = "application/pdf"
NAMED = {True: "-with-names", False: ""}  # in the name of the file, and so in the log


def hand_out(
    core: Core, filename: str, mime: str, data: bytes, *, subject: str, actor: str, **detail: str
) -> Download:
    """`data` to hand out, logged: by whom, about which person or job (`subject`), under which name."""
    with core.database.write() as session:
        core.log(session, actor, "export.made", subject, file=filename, **detail)
    return Download(filename=f"{core.now():%Y-%m-%d}-{filename}", mime=mime, data=data)


def policy_of(core: Core) -> str:
    """The policy that this installation checks by now; every report names its own."""
    return "offline" if core.settings.offline else "standard"
