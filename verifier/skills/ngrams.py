"""Character n-gram TF-IDF over labels, asked with every short window of a sentence at once.

Salton and Buckley 1988 for the weights; n-grams of 3 to 5 characters within words bounded by spaces.
Dense only for one sentence: its few hundred n-grams against all labels in one matrix product.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Spans = tuple[tuple[int, int], ...]  # windows as (first word, one past the last)

SHORTEST, LONGEST = 3, 5  # characters; chosen among 2–4, 2–5, 3–4, 3–5, 3–6, 4–6 on validation data
MAX_WORD_CHARS = 40  # a longer one is no word
_WORD = re.compile(r"\w(?:[\w+#.&'’]{0,60}[\w+#])?")
_BREAK = str.maketrans("/-–—", "    ")
_SUFFIXES = (
    "ations", "ation", "ings", "ing", "ments", "ment", "ers", "er", "ies", "es", "ed", "s", "e", "y",
)  # fmt: skip


def words_of(text: str) -> list[str]:
    """The words of `text` in lower case; "C++", "C#" and "Node.js" stay whole."""
    return [word[:MAX_WORD_CHARS] for word in _WORD.findall(text.casefold().translate(_BREAK))]


def stem_of(word: str) -> str:
    """`word` without an English ending; four letters at least remain."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


def grams_of(words: Sequence[str]) -> Counter[str]:
    """N-grams of each word with a space at either end."""
    counted: Counter[str] = Counter()
    for word in words:
        padded = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            counted.update(padded[start : start + size] for start in range(max(1, len(padded) - size + 1)))
            if len(padded) <= size:
                break
    return counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """For each term the texts that have it, with weights of unit length per text."""

    size: int  # number of texts
    idf: Mapping[str, float]
    texts: Mapping[str, tuple[NDArray[np.int32], Floats]]

    @classmethod
    def of(cls, documents: Sequence[Counter[str]]) -> Postings:
        """Smoothed inverse document frequency, raw counts, length 1."""
        frequency = Counter(term for document in documents for term in document)
        size = len(documents)
        idf = {term: math.log((1 + size) / (1 + count)) + 1 for term, count in frequency.items()}
        lists: defaultdict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
        for number, document in enumerate(documents):
            weights = {term: count * idf[term] for term, count in document.items()}
            length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            for term, weight in weights.items():
                lists[term][0].append(number)
                lists[term][1].append(weight / length)
        texts = {
            term: (np.array(numbers, dtype=np.int32), np.array(weights, dtype=np.float32))
            for term, (numbers, weights) in lists.items()
        }
        return cls(size=size, idf=idf, texts=texts)

    def windows(self, words: Sequence[str], longest: int) -> tuple[Spans, Floats, Floats]:
        """(windows, cosine of each window with each text, cosine of all words with each text)."""
        counts = [grams_of([word]) for word in words]
        rows = {
            gram: row
            for row, gram in enumerate(dict.fromkeys(g for c in counts for g in c if g in self.texts))
        }
        dense = np.zeros((len(rows), self.size), dtype=np.float32)
        for gram, row in rows.items():
            numbers, weights = self.texts[gram]
            dense[row, numbers] = weights
        spans = tuple(
            (first, last)
            for first in range(len(words))
            for last in range(first + 1, min(len(words), first + longest) + 1)
        )
        asked = np.zeros((len(spans) + 1, len(rows)), dtype=np.float32)
        for number, (first, last) in enumerate(spans):
            self._fill(asked[number], counts[first:last], rows)
        self._fill(asked[-1], counts, rows)
        similar = asked @ dense
        return spans, similar[:-1], similar[-1]

    def _fill(self, row: Floats, counts: Sequence[Counter[str]], rows: Mapping[str, int]) -> None:
        """A query vector of unit length; n-grams that no text has lengthen it, too."""
        total: Counter[str] = Counter()
        for grams in counts:
            total.update(grams)
        unseen, square = math.log(1 + self.size) + 1, 0.0
        for gram, count in total.items():
            weight = count * self.idf.get(gram, unseen)
            square += weight * weight
            if gram in rows:
                row[rows[gram]] = weight
        row /= math.sqrt(square) or 1.0

    def coverage(self, terms: set[str]) -> Floats:
        """How much of each text `terms` cover, 0 to 1, by the weight of its words."""
        covered = np.zeros(self.size, dtype=np.float32)
        for term in terms:
            if term in self.texts:
                numbers, weights = self.texts[term]
                covered[numbers] += weights * weights
        return np.sqrt(covered)
