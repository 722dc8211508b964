"""The subset that ships with the verifier: identifiers, codes and labels, as facts, with their attribution.

`data/*.json` was selected by the project around jobs in data, IT, offices, care and trades (data/README.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from typing import Any

from verifier.skills.frameworks.crosswalk import ORIGIN, RELATIONS
from verifier.skills.frameworks.entries import Entry, Hop, Rating, Row
from verifier.skills.frameworks.onet import element_uri, occupation_uri
from verifier.skills.frameworks.relation import Relation

_ESCO = "http://data.europa.eu/esco/"


def bundled_rows() -> Iterator[tuple[str, str, Iterator[Row]]]:
    """(framework, version, rows) of each file."""
    for name, rows in (("esco", _esco), ("onet", _onet), ("crosswalk", _crosswalk)):
        data = _data(name)
        yield data["framework"], data["version"], rows(data)


def attributions() -> tuple[str, ...]:
    """The lines to show wherever this data is shown."""
    return tuple(_data(name)["attribution"] for name in ("esco", "onet", "crosswalk"))


def _data(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)  # our own file
    return data


def _esco(data: dict[str, Any]) -> Iterator[Row]:
    skills = [f"{_ESCO}skill/{uuid}" for uuid, _, _ in data["skills"]]
    for uri, (uuid, label, type_) in zip(skills, data["skills"], strict=True):
        yield Entry(id=uri, label=label, type=type_, aliases=tuple(data["aliases"].get(uuid, ())))
    for narrower, broader in data["broader"]:
        yield Hop(
            source=skills[narrower],
            target=skills[broader],
            relation=Relation.BROADER,
            origin="ESCO hierarchy",
        )
    for occupation in data["occupations"]:
        uri = f"{_ESCO}occupation/{occupation['id']}"
        yield Entry(id=uri, label=occupation["label"], kind="occupation", code=occupation["isco"])
        for relation in ("essential", "optional"):
            for index in occupation[relation]:
                yield Rating(occupation=uri, skill=skills[index], relation=relation)


def _onet(data: dict[str, Any]) -> Iterator[Row]:
    for code, name, kind in data["elements"]:
        yield Entry(id=element_uri(code), label=name, code=code, type=kind)
    for occupation in data["occupations"]:
        uri = occupation_uri(occupation["code"])
        yield Entry(id=uri, label=occupation["title"], kind="occupation", code=occupation["code"])
        for element, importance, level, flags in occupation["ratings"]:
            yield Rating(
                occupation=uri,
                skill=element_uri(element),
                importance=importance,
                level=level,
                suppressed="S" in flags,
                not_relevant="N" in flags,
            )


def _crosswalk(data: dict[str, Any]) -> Iterator[Row]:
    for soc, uri, match in data["rows"]:
        yield Hop(source=occupation_uri(soc), target=uri, relation=RELATIONS[match], origin=ORIGIN)
