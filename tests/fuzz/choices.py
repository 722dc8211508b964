"""Bytes as decisions: a fuzzer's input chooses, byte for byte, how a value is changed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# What parsers and vocabularies treat specially; a fuzzer would need years to spell them.
WORDS = (
    "@context",
    "@id",
    "@type",
    "@value",
    "@language",
    "@list",
    "@set",
    "@graph",
    "@reverse",
    "@included",
    "@nest",
    "@index",
    "@json",
    "@none",
    "@vocab",
    "@base",
    "id",
    "type",
    "proof",
    "issuer",
    "validFrom",
    "validUntil",
    "credentialSubject",
    "credentialStatus",
    "achievement",
    "alignment",
    "targetUrl",
    "name",
    "holder",
    "verifiableCredential",
    "nonsense",
    "https://schema.org/name",
    "https://college.example/x",
    "urn:uuid:0",
    "_:b0",
    "did:key:z6Mk",
    "2026-06-30T00:00:00Z",
    "2026-06-30T02:00:00+02:00",
    "Achievement",
    "VerifiableCredential",
    "https://www.w3.org/ns/credentials/v2",
    "https://w3id.org/security/data-integrity/v2",
    "https://www.w3.org/ns/credentials/undefined-terms/v2",
    "_sd",
    "...",
    "_sd_alg",
    "cnf",
    "vct",
    "iss",
    "",
    " ",
    "\u202e",
    "\U0001f600",
    "é",
    "e\u0301",
)
VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    1,
    -1,
    1.5,
    1e21,
    2**53,
    2**53 + 1,
    2**64,
    -0.0,
    1e-7,
    "",
    [],
    {},
    [[]],
    [None],
    {"@value": "x"},
    {"@id": "urn:uuid:0"},
    {"id": "urn:uuid:0"},
    {"@list": []},
    {"id": None},
    {"type": []},
)


class Choices:
    """The decisions in `data`; when they run out, every further one is the first."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    @property
    def left(self) -> int:
        """How many bytes have not decided anything yet."""
        return len(self._data) - self._at

    def below(self, count: int) -> int:
        """A number from 0 to `count` - 1; two bytes decide where one is not enough."""
        size = 1 if count <= 256 else 2
        taken = self._data[self._at : self._at + size]
        self._at += size
        return int.from_bytes(taken, "big") % max(count, 1)

    def text(self) -> str:
        """A few characters, spelled out."""
        length = self.below(24)
        taken = self._data[self._at : self._at + length]
        self._at += length
        return taken.decode("utf-8", "replace").replace("\0", "")

    def word(self) -> str:
        """A word that means something somewhere, or one spelled out."""
        number = self.below(len(WORDS) + 8)
        return WORDS[number] if number < len(WORDS) else self.text()

    def value(self) -> Any:
        """A JSON value: a special one, a word, or a small structure of them."""
        match self.below(4):
            case 0:
                return copy.deepcopy(VALUES[self.below(len(VALUES))])
            case 1:
                return {self.word(): self.word()}
            case 2:
                return [self.word(), copy.deepcopy(VALUES[self.below(len(VALUES))])]
        return self.word()


@dataclass(frozen=True, slots=True)
class Place:
    """One value inside a document: the container that holds it, and under what."""

    holder: Any
    key: Any

    @property
    def value(self) -> Any:
        return self.holder[self.key]

    def put(self, value: Any) -> None:
        self.holder[self.key] = value


def places(value: Any) -> Iterator[Place]:
    """Every value inside `value`."""
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        for key in list(holder) if isinstance(holder, dict) else range(len(holder)):
            yield Place(holder, key)
            if isinstance(inner := holder[key], dict | list):
                waiting.append(inner)


def mutated(document: Any, choices: Choices, most: int = 4) -> Any:
    """A copy of `document` with one to `most` changes."""
    changed = copy.deepcopy(document)
    for _ in range(1 + choices.below(most)):
        found = list(places(changed))
        if not found:
            break
        _change(found, choices)
    return changed


def _change(found: list[Place], choices: Choices) -> None:
    place = found[choices.below(len(found))]
    match choices.below(10):
        case 0:
            del place.holder[place.key]
        case 1:
            place.put(choices.value())
        case 2:
            _insert(place, choices)
        case 3:
            place.put([place.value])
        case 4:
            place.put([place.value, choices.value()])
        case 5:
            _respell(place, choices)
        case 6:
            _swap(place, found[choices.below(len(found))])
        case 7:
            place.put(copy.deepcopy(found[choices.below(len(found))].value))
        case 8:
            _rename(place, choices)
        case _:
            place.put({choices.word(): place.value})


def _swap(one: Place, other: Place) -> None:
    held = copy.deepcopy(one.value)
    one.put(copy.deepcopy(other.value))
    other.put(held)


def _insert(place: Place, choices: Choices) -> None:
    if isinstance(place.holder, dict):
        place.holder[choices.word()] = choices.value()
    else:
        place.holder.insert(place.key, choices.value())


def _rename(place: Place, choices: Choices) -> None:
    if isinstance(place.holder, dict):
        place.holder[choices.word()] = place.holder.pop(place.key)
    else:
        place.holder.append(place.holder.pop(place.key))


def _respell(place: Place, choices: Choices) -> None:
    """One character of a text, or the end of a number."""
    value = place.value
    if isinstance(value, str) and value:
        at = choices.below(len(value))
        place.put(value[:at] + (choices.text() or chr(ord(value[at]) ^ 1)) + value[at + 1 :])
    elif isinstance(value, int | float):
        place.put(value + 1)
    else:
        place.put(choices.word())
