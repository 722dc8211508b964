"""Node, with the packages of package.json: once for the whole group, and skipped where there is none."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
CONTEXTS = HERE.parent.parent / "verifier" / "proofs" / "contexts"
Node = Callable[[str, list[dict[str, Any]]], dict[str, Any]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.interop)


def _folder(made: Path) -> Path:
    """Where the packages are: installed there before (SKILLPROOF_INTEROP_CACHE), or now."""
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not here")
    kept = os.environ.get("SKILLPROOF_INTEROP_CACHE")
    folder = Path(kept) if kept else made
    folder.mkdir(parents=True, exist_ok=True)
    lock = (HERE / "package-lock.json").read_bytes()
    stamp = folder / "node_modules" / "installed-from.json"
    if not stamp.exists() or stamp.read_bytes() != lock:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603
        if done.returncode != 0:
            pytest.skip(f"the packages could not be installed: {done.stderr.strip()[-300:]}")
        stamp.write_bytes(lock)
    for script in HERE.glob("*.mjs"):  # modules are looked for beside the script
        shutil.copy(script, folder)
    return folder


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """Run a script of this folder over tasks, in one process; its answers by the name of the task."""
    folder = _folder(tmp_path_factory.mktemp("interop"))

    def run(script: str, tasks: list[dict[str, Any]]) -> dict[str, Any]:
        given = json.dumps({"contexts": str(CONTEXTS), "tasks": tasks})
        done = subprocess.run(  # noqa: S603 – our own words
            ["node", script],  # noqa: S607 – wherever it is installed
            cwd=folder,
            input=given,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    return run
