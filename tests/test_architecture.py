"""Who may import whom, what is exported, how long things are: the rules of the house, enforced."""

from __future__ import annotations

import ast
import importlib.metadata
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYER_0 = {"model", "report", "policy", "errors", "flow", "strict_json", "given"}
LAYER_1 = {"formats", "proofs", "dids", "status", "trust", "skills"}
# What layer 1 may use of layer 1 (ARCHITECTURE §3): a JOSE envelope is split by formats, keys are read by
# dids, a status list token and a trust statement are JOSE, a registry of issuers may be one of their
# identifiers too (EBSI), a mapping of levels is nobody else's business.
SIDEWAYS = {
    "formats": {"proofs"},
    "dids": {"proofs"},
    "trust": {"proofs", "dids"},
    "status": set[str](),
    "proofs": set[str](),
    "skills": set[str](),
}
# Outside `net` nothing waits, listens or looks at a clock.
IMPURE = {"httpx", "httpcore", "socket", "asyncio", "time", "requests", "urllib.request"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every module that `path` imports, absolute."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part_of(module: str) -> str | None:
    """The first part below `verifier`, e.g. "formats" of "verifier.formats.elm"."""
    parts = module.split(".")
    return parts[1] if parts[0] == "verifier" and len(parts) > 1 else None


def home_of(path: Path) -> str:
    return path.relative_to(ROOT / "verifier").parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules("verifier"), ids=lambda path: str(path.relative_to(ROOT)))
def test_each_layer_imports_only_what_lies_below_it(path: Path) -> None:
    home, used = home_of(path), {part for name in imports(path) if (part := part_of(name))}
    known = {entry.stem for entry in (ROOT / "verifier").iterdir()}
    used &= known
    if home in LAYER_0:
        assert used <= LAYER_0
    elif home in LAYER_1:
        assert used - LAYER_0 <= {home} | SIDEWAYS[home]
    elif home == "net":
        assert used - LAYER_0 <= {"net"}


@pytest.mark.parametrize("path", modules("verifier"), ids=lambda path: str(path.relative_to(ROOT)))
def test_layer_0_needs_only_the_standard_library(path: Path) -> None:
    if home_of(path) in LAYER_0:
        roots = {name.split(".")[0] for name in imports(path)}
        assert roots <= set(sys.stdlib_module_names) | {"verifier"}


@pytest.mark.parametrize("path", modules("verifier"), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_net_touches_the_network_and_only_verification_the_clock(path: Path) -> None:
    if home_of(path) == "net":
        return
    assert not IMPURE & set(imports(path))
    if path.stem not in ("verification", "bulk"):
        assert "datetime.now(" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", modules("dashboard"), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_dashboard_knows_the_verifier_by_its_public_api_alone(path: Path) -> None:
    import verifier

    below = {name for name in imports(path) if name.startswith("verifier.")}
    assert {name.split(".")[1] for name in below} <= set(verifier.__all__)


@pytest.mark.parametrize("path", modules("dashboard/views"), ids=lambda path: path.stem)
def test_a_view_asks_services_and_draws_with_components(path: Path) -> None:
    allowed = {"access", "components", "session", "services", "frames", "charts", "wording", "views"}
    used = {name.split(".")[1] for name in imports(path) if name.startswith("dashboard.")}
    assert used <= allowed
    assert not any(name.split(".")[0] == "verifier" for name in imports(path))


def test_no_dashboard_module_hides_an_installed_package() -> None:
    """`streamlit run` puts dashboard/ first on the path."""
    installed = set(importlib.metadata.packages_distributions())
    here = {entry.stem for entry in (ROOT / "dashboard").iterdir()} - {"__init__", "__main__", "__pycache__"}
    assert not here & (installed | set(sys.stdlib_module_names))


def test_no_module_is_a_drawer_for_everything() -> None:
    names = {path.stem for package in ("verifier", "dashboard", "tests") for path in modules(package)}
    assert not names & FORBIDDEN_NAMES


def test_everything_public_is_named_once() -> None:
    import verifier

    assert sorted(verifier.__all__) == list(verifier.__all__)
    assert all(hasattr(verifier, name) for name in verifier.__all__)


@pytest.mark.parametrize("package", ["verifier", "dashboard"])
def test_files_and_functions_stay_small(package: str) -> None:
    lengths, long = [], []
    for path in modules(package):
        text = path.read_text("utf-8")
        assert text.count("\n") <= 400, f"{path} is too long"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                lengths.append(size)
                if size > 45:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {size}")
    assert not long
    assert statistics.median(lengths) < 12
