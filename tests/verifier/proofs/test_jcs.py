"""JCS: the reference data of RFC 8785, and what has no canonical form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from verifier.errors import MalformedCredential
from verifier.proofs import canonical


def test_jcs_gives_the_bytes_of_the_reference_data(shared_cases: Path) -> None:
    root = shared_cases / "standards"
    cases = [
        case
        for case in json.loads((root / "manifest.json").read_text("utf-8"))
        if case["kind"] == "jcs/rfc8785"
    ]
    assert cases
    for case in cases:
        expected = (root / case["expected_files"]["canonical"]).read_bytes()
        value = json.loads((root / case["file"]).read_text("utf-8"))
        assert canonical.jcs(value) == expected.rstrip(b"\n"), case["id"]


@pytest.mark.parametrize("value", [2**53 + 1, float("nan"), "\ud800"])
def test_jcs_refuses_what_has_no_canonical_form(value: Any) -> None:
    with pytest.raises(MalformedCredential):
        canonical.jcs({"a": value})
