"""What runs by itself – a callback, a fragment, a drawer – says its own failures: nothing else would."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

COMPONENTS = sorted((Path(__file__).resolve().parents[3] / "dashboard" / "components").glob("*.py"))
RUNS = ("st.fragment", "st.dialog")


def decorators(function: ast.FunctionDef) -> list[str]:
    return [ast.unparse(one) for one in function.decorator_list]


def callbacks(tree: ast.Module) -> Iterator[str]:
    """What is passed as `on_click=` and the like."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and str(node.arg).startswith("on_"):
            yield ast.unparse(node.value)


def reruns(tree: ast.Module) -> Iterator[str]:
    """What Streamlit runs again without the page: `st.fragment(f)`, `st.dialog(…)(f)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Name):
            called = ast.unparse(node.func)
            if called == "st.fragment" or (called.startswith("st.dialog(") and called.count("(") == 2):
                yield node.args[0].id


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_what_runs_by_itself_is_guarded(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    functions = {one.name: one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}
    for name in callbacks(tree):
        if name in ("'ignore'", "'rerun'"):
            continue
        if name in functions:
            asks = "services()" in ast.unparse(functions[name])
            assert not asks or "failure.remembered()" in decorators(functions[name]), name
        else:
            assert name.startswith(("session.", "drafts.", "failure.do")), name
            assert "services" not in name, name
    for name in reruns(tree):
        assert "failure.told()" in decorators(functions[name]), name
    for function in functions.values():
        if any(one.startswith(RUNS) for one in decorators(function)):
            assert "failure.told()" in decorators(function), function.name
