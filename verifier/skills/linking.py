"""Text → skill suggestions: offline, no model, each with the words that matched. Never more than suggestions.

A label scores by its best window of the sentence, by the sentence as a whole, and by how much of it the
sentence's words cover. Weights and word lists were chosen on validation sentences alone
(`python -m tests.benchmarks.linking`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from verifier.skills.claim import Skill
from verifier.skills.frameworks import UNKNOWN, identify
from verifier.skills.frameworks.naming import folded
from verifier.skills.frameworks.store import Library
from verifier.skills.ngrams import Floats, Postings, Spans, grams_of, stem_of, words_of

WINDOW = 6  # words; longer labels are found by the other two parts of the score
WHOLE, COVERED = 0.3, 0.3  # weights beside the best window's 1
FLOOR = 0.9  # below it one suggestion in six was right on validation data: nothing is suggested
SURE = 1.52  # at or above it at least 80 % were right on validation data
COMMON = 3  # labels: a single word that stands in more of them says too little
MAX_WORDS = 1_000  # of one text; an advert has some hundred
MAX_SENTENCE_WORDS = 60
_PARENTHESIS = re.compile(r"\s*\([^()]{0,80}\)")
_PLACEHOLDER = re.compile(r"<[A-Z]{2,20}>")
_SENTENCE = re.compile(r"[.!?;]\s|[\n\r•·]")
_FUNCTION_WORDS = frozenset(
    words_of(
        """
        a all an and any are as at be but by can etc for from has have i if in into is it its may must not of
        on or other our should such that the their they this to we who will with within would you your across
        """
    )
)
# The words of adverts and certificates around the skills, not of skills.
STOPWORDS = _FUNCTION_WORDS | frozenset(
    words_of(
        """
        ability able both e.g excellent experience experienced good including job knowledge looking more most
        position proven role skill skills strong team understanding use using well work working year years
        """
    )
)
# About the employer and not about the work.
_BOILERPLATE = re.compile(
    r"equal opportunit|regardless of (?:race|age|gender|sex)|sexual orientation|gender identity"
    r"|marital status|veteran status|without regard to|competitive salary|health insurance|paid leave"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A skill that a text may mean."""

    skill: Skill
    score: float  # for ordering; 1 and above means that a window reads like the label
    words: tuple[str, ...]  # the words of the text that matched best
    exact: bool = False  # the words are the label, or one of its alternative labels
    sure: bool = False  # of such suggestions at least 80 % were right on validation data


class Linker:
    """Labels worked out once, asked with any number of texts."""

    def __init__(self, entries: Iterable[tuple[str, str, tuple[str, ...]]]) -> None:
        """`entries`: (identifier, preferred label, alternative labels)."""
        self._ids: list[str] = []
        self._labels: list[str] = []
        self._starts: list[int] = []  # of each skill's variants among the texts
        self._exact: dict[str, list[int]] = {}
        texts: list[list[str]] = []
        entries = tuple(entries)
        common = Counter(word for _, label, _ in entries for word in set(words_of(label)))
        for id, label, aliases in entries:
            owner = len(self._ids)
            self._ids.append(id)
            self._labels.append(label)
            self._starts.append(len(texts))
            variants = dict.fromkeys((label, _without_parenthesis(label, common)))
            texts += [words_of(variant) for variant in variants]
            for name in (*variants, *aliases):
                owners = self._exact.setdefault(" ".join(words_of(name)), [])
                if owner not in owners:
                    owners.append(owner)
        self._grams = Postings.of([grams_of(text) for text in texts])
        self._stems = Postings.of(
            [
                Counter(dict.fromkeys((stem_of(word) for word in text if word not in _FUNCTION_WORDS), 1))
                for text in texts
            ]
        )

    @classmethod
    def of(cls, library: Library) -> Linker:
        """Over every skill that a library knows."""
        return cls(library.skills())

    def suggest(self, text: str, *, limit: int = 5) -> tuple[Suggestion, ...]:
        """The best `limit` skills for `text`, best first; none where nothing reads like a skill."""
        best: dict[int, Suggestion] = {}
        for sentence in _sentences(text):
            for owner, suggestion in self._of_sentence(sentence, limit):
                if owner not in best or suggestion.score > best[owner].score:
                    best[owner] = suggestion
        return tuple(sorted(best.values(), key=lambda item: (-item.score, item.skill.id or "")))[:limit]

    def scores(self, sentence: str) -> Floats:
        """The score of every skill for one sentence, in the order of the entries."""
        kept = _content(words_of(_PLACEHOLDER.sub(" ", sentence)))
        return self._score(kept)[0] if kept else np.zeros(len(self._ids), dtype=np.float32)

    def _of_sentence(self, words: list[str], limit: int) -> Iterator[tuple[int, Suggestion]]:
        kept = _content(words)
        if not kept or not self._ids:
            return
        scores, spans, similar = self._score(kept)
        named = self._named(words)
        order = np.argsort(-scores, kind="stable")[:limit].tolist()
        for owner in dict.fromkeys((*named, *order)):
            score = float(scores[owner])
            if owner not in named and score < FLOOR:
                continue
            matched = named.get(owner) or self._matched(owner, kept, spans, similar)
            exact = owner in named
            yield (
                owner,
                Suggestion(
                    skill=self._skill(owner),
                    score=max(score, SURE) if exact and len(matched) > 1 else score,
                    words=matched,
                    exact=exact,
                    sure=score >= SURE,
                ),
            )

    def _score(self, kept: list[str]) -> tuple[Floats, Spans, Floats]:
        spans, similar, whole = self._grams.windows(kept, WINDOW)
        highest = float(whole.max()) or 1.0
        score = similar.max(axis=0) + WHOLE * whole / highest
        score += COVERED * self._stems.coverage({stem_of(word) for word in kept})
        return np.maximum.reduceat(score, self._starts), spans, similar

    def _matched(self, owner: int, kept: list[str], spans: Spans, similar: Floats) -> tuple[str, ...]:
        first = self._starts[owner]
        last = self._starts[owner + 1] if owner + 1 < len(self._starts) else similar.shape[1]
        start, end = spans[int(similar[:, first:last].max(axis=1).argmax())]
        return tuple(kept[start:end])

    def _named(self, words: list[str]) -> dict[int, tuple[str, ...]]:
        """Skills whose label or alternative label stands in the sentence word for word."""
        found: dict[int, tuple[str, ...]] = {}
        for first in range(len(words)):
            for last in range(first + 1, min(len(words), first + WINDOW) + 1):
                window = tuple(words[first:last])
                if window[0] in STOPWORDS and len(window) == 1:
                    continue
                owners = self._exact.get(" ".join(window), ())
                if len(owners) == 1:  # a name of several skills names none of them
                    found.setdefault(owners[0], window)
        return found

    def _skill(self, owner: int) -> Skill:
        concept = identify(self._ids[owner])
        framework = "" if concept.framework == UNKNOWN else concept.framework
        return Skill(id=self._ids[owner], code=concept.code, name=self._labels[owner], framework=framework)


def _without_parenthesis(label: str, common: Counter[str]) -> str:
    """“Java (computer programming)” is written “Java”; “Source (digital game …)” alone means too much."""
    bare = _PARENTHESIS.sub("", label)
    words = words_of(bare)
    return label if len(words) == 1 and common[words[0]] > COMMON else bare


def _sentences(text: str) -> Iterator[list[str]]:
    """Sentences as words, without what is said about the employer; long ones in pieces."""
    budget = MAX_WORDS
    for sentence in _SENTENCE.split(_PLACEHOLDER.sub(" ", text[: MAX_WORDS * 20])):
        if _BOILERPLATE.search(folded(sentence)):
            continue
        words = words_of(sentence)[:budget]
        budget -= len(words)
        for start in range(0, len(words), MAX_SENTENCE_WORDS):
            yield words[start : start + MAX_SENTENCE_WORDS]


def _content(words: list[str]) -> list[str]:
    return [word for word in words if word not in STOPWORDS]
