"""A verification receipt: what was checked, by what, with which outcome; nothing that names the person.

Left out on purpose: names, e-mail addresses, file names, what the credential says, the sentences of findings
(they quote the file) and the issuer's name. Kept, for without them nothing could be checked again: the hashes
of files and answers, and the addresses that were asked, which may point at one credential.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.wording import mark

TYPE = "VerificationReceipt"  # the verifier knows it, and refuses it as a credential
VERSION = 1
STATEMENT = (
    "This receipt says which files were checked, how, and with what outcome. It is not a credential of the "
    "applicant and proves no skill."
)
Json = Mapping[str, Any]


def checked(
    node: Json, *, reference: str, source: Json, record: Json, consulted: list[Json], word: str
) -> dict[str, Any]:
    """One line: the `source` that was handed in, by what it was checked (`record`), and the outcome."""
    return {
        "reference": reference,
        "input": source,
        "at": node["at"],
        "policy": node["policy"],
        **record,
        "consulted": consulted,
        "word": mark(word).word,
        "result": result(node),
    }


def result(node: Json) -> dict[str, Any]:
    """A report without what it quotes: verdict, code, every check with code and clause, what lies inside."""
    return {
        "verdict": node["verdict"],
        "code": node["code"],
        "sha256": node["sha256"],
        "proved": node["proved"] is not None,  # else the checks read what the file says of itself
        "checks": [
            {
                "check": made["check"],
                "outcome": made["outcome"],
                "findings": [
                    {name: finding[name] for name in ("outcome", "code", "spec")}
                    for finding in made["findings"]
                ],
            }
            for made in node["results"]
        ],
        "contained": [result(inner) for inner in node["contained"]],
    }


def consulted(body: Json, *, addresses: bool) -> list[Json]:
    """What answered; without `addresses` their hashes and times alone, for a host may name the issuer."""
    shown = ("url", "sha256", "bytes", "at") if addresses else ("sha256", "bytes", "at")
    return [{name: entry[name] for name in shown} for entry in body["consulted"]]
