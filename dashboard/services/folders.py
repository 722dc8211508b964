"""Which person a file is of, by the folders it came in: of a folder that was chosen, or of a ZIP."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from dashboard.services.core import plain
from dashboard.services.values import Incoming
from verifier import Uploaded, unpack

ZIP = ".zip"


def unpacked(incoming: Incoming) -> tuple[Incoming, ...]:
    """The files in a ZIP; anything else, and a ZIP that cannot be opened, as it is."""
    if incoming.url is not None:
        return (incoming,)
    files = unpack(Uploaded(incoming.data, incoming.filename))
    if len(files) == 1 and files[0].data is incoming.data:
        return (incoming,)
    return tuple(Incoming(filename=file.filename, data=file.data) for file in files)


def by_folder(incoming: Sequence[Incoming]) -> dict[str, list[Incoming]]:
    """Files by the folder that names their person; "" for those in none.

    The first folder names the person: "Ada/badge.png" is Ada's, and so is "Ada/courses/badge.png". A folder
    around all people is looked through: "applicants/Ada/badge.png". What lies in no folder of a ZIP is of
    the person that the ZIP is named after.
    """
    loose: list[Incoming] = []
    groups: dict[str, list[Incoming]] = {}
    for one in incoming:
        files = unpacked(one)
        if files == (one,):
            loose.append(one)
        else:
            _sort(files, groups, rest=_stem(one.filename))
    _sort(loose, groups, rest="")
    return groups


def _sort(files: Sequence[Incoming], groups: dict[str, list[Incoming]], *, rest: str) -> None:
    folders = [_folders(one.filename) for one in files]
    depth = _around([folder for folder in folders if folder])
    for one, folder in zip(files, folders, strict=True):
        label = folder[depth] if len(folder) > depth else rest
        groups.setdefault(plain(label), []).append(one)


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
