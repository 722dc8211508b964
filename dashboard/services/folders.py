"""Which person a file is of, by the folders it came in: of a folder that was chosen, or of a ZIP."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from dashboard.services.core import plain
from dashboard.services.values import Incoming
from verifier import Uploaded, is_litter, unpack

ZIP = ".zip"


def unpacked(incoming: Incoming) -> tuple[Incoming, ...]:
    """The files in a ZIP; anything else, and a ZIP that cannot be opened, as it is."""
    if incoming.url is not None:
        return (incoming,)
    files = unpack(Uploaded(incoming.data, incoming.filename))
    if len(files) == 1 and files[0].data is incoming.data:
        return (incoming,)
    return tuple(Incoming(filename=file.filename, data=file.data) for file in files)


def without_litter(incoming: Sequence[Incoming]) -> list[Incoming]:
    """Without what an operating system put into a folder: nobody sent it, so nobody is asked about it."""
    return [one for one in incoming if one.url is not None or not is_litter(one.filename)]


def by_folder(incoming: Sequence[Incoming]) -> dict[str, list[Incoming]]:
    """Files by the folder that names their person; "" for those in none.

    The first folder names the person: "Ada/badge.png" is Ada's, and so is "Ada/courses/badge.png". A folder
    around all people is looked through: "applicants/Ada/badge.png". A ZIP in the folder of one of several
    people is theirs; any other ZIP is looked through in the same way, and what lies in no folder of it is of
    the person that the ZIP is named after.
    """
    opened = [(one, unpacked(one)) for one in incoming]
    loose = [one for one, files in opened if files == (one,)]
    depth = _depth(loose or incoming)
    people = {label for one in incoming if (label := _label(one, depth))}
    groups: dict[str, list[Incoming]] = {}
    for one, files in opened:
        label = _label(one, depth)
        if files == (one,) or (label and len(people) > 1):
            groups.setdefault(label, []).extend(files)
        else:
            inner = _depth(files)
            for file in files:
                groups.setdefault(_label(file, inner) or plain(_stem(one.filename)), []).append(file)
    return groups


def _depth(files: Sequence[Incoming]) -> int:
    return _around([folder for one in files if (folder := _folders(one.filename))])


def _label(one: Incoming, depth: int) -> str:
    folder = _folders(one.filename)
    return plain(folder[depth]) if len(folder) > depth else ""


def _folders(filename: str) -> tuple[str, ...]:
    return PurePosixPath(filename.replace("\\", "/")).parts[:-1]


def _around(folders: Sequence[tuple[str, ...]]) -> int:
    """How many folders lie around all people: what is in it is folders, several where files lie beside."""
    depth = 0
    while folders and len({folder[: depth + 1] for folder in folders if len(folder) > depth}) == 1:
        inner = {folder[depth + 1] for folder in folders if len(folder) > depth + 1}
        beside = any(len(folder) <= depth + 1 for folder in folders)
        if not inner or (beside and len(inner) == 1):
            break
        depth += 1
    return depth


def _stem(filename: str) -> str:
    name = filename.replace("\\", "/").rpartition("/")[2]
    return name[: -len(ZIP)] if name.lower().endswith(ZIP) else name
