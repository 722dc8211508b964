"""How good suggestions are: `python -m tests.benchmarks.linking [FOLDER]`.

For each sentence with at least one ESCO label the label space is ranked. RP@k = relevant in the top k ÷
min(k, number relevant); MRR = mean reciprocal rank of the first relevant. The validation sentences only:
weights may be chosen on them, and the figures are those of the data they were chosen on.
"""

from __future__ import annotations

import csv
import sys
import time
from pathlib import Path

import numpy as np

from verifier.skills.linking import SURE, Linker

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "frameworks" / "linking"
SETS = ("tech", "house")

Queries = list[tuple[str, set[int]]]


def queries(path: Path, labels: dict[str, int]) -> Queries:
    """(sentence, places of its labels), also for sentences without any."""
    found: dict[str, set[int]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            relevant = found.setdefault(row["sentence"], set())
            if row["label"] in labels:
                relevant.add(labels[row["label"]])
    return list(found.items())


def measure(linker: Linker, asked: Queries) -> tuple[float, float, float, float]:
    """(MRR, RP@5, RP@10, milliseconds a sentence)."""
    reciprocal = at_5 = at_10 = 0.0
    begun = time.perf_counter()
    for sentence, relevant in asked:
        order = np.argsort(-linker.scores(sentence), kind="stable").tolist()
        at_5 += len(relevant.intersection(order[:5])) / min(5, len(relevant))
        at_10 += len(relevant.intersection(order[:10])) / min(10, len(relevant))
        reciprocal += 1 / (1 + next(rank for rank, place in enumerate(order) if place in relevant))
    count = len(asked)
    spent = (time.perf_counter() - begun) / count * 1_000
    return reciprocal / count, at_5 / count * 100, at_10 / count * 100, spent


def right(linker: Linker, asked: Queries) -> list[tuple[float, bool]]:
    """(score, whether it was right) of the first five suggestions for every sentence."""
    judged = []
    for sentence, relevant in asked:
        scores = linker.scores(sentence)
        judged += [(float(scores[i]), i in relevant) for i in np.argsort(-scores, kind="stable")[:5].tolist()]
    return judged


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    if not folder.is_dir():
        sys.exit(f"{folder} is not here")
    names = (folder / "skills_en_label.txt").read_text(encoding="utf-8").splitlines()
    labels = {name: place for place, name in enumerate(names)}
    begun = time.perf_counter()
    linker = Linker((f"urn:label:{place}", name, ()) for name, place in labels.items())
    print(f"{len(labels):,} labels worked out in {time.perf_counter() - begun:.1f} s")
    judged: list[tuple[float, bool]] = []
    for name in SETS:
        asked = queries(folder / f"{name}_validation_annotations.csv", labels)
        mrr, at_5, at_10, spent = measure(linker, [(text, relevant) for text, relevant in asked if relevant])
        print(f"{name:8} MRR {mrr:.3f}  RP@5 {at_5:.1f}  RP@10 {at_10:.1f}  {spent:.0f} ms a sentence")
        judged += right(linker, asked)
    sure = [correct for score, correct in judged if score >= SURE]
    print(f"at score {SURE}: {sum(sure)} of {len(sure)} suggestions right")


if __name__ == "__main__":
    main()
