"""The folder that the store lives in: readable by its owner alone, worked on by one process that knows so."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

LOCK_NAME = "worker.lock"


def make_private(folder: Path) -> None:
    """Make the folder, for its owner only where the system knows owners."""
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform != "win32":
        folder.chmod(0o700)


class Lock:
    """A file lock that the system lets go of when the process dies, however it dies."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_NAME
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Whether this process now holds the lock; False: another one works on this store."""
        file = self._path.open("ab")
        try:
            _lock(file)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let go, if held."""
        if self._file is not None:
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
