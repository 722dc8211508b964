"""How good suggestions are: `python -m tests.benchmarks.linking > docs/linking.md`.

For each text with at least one ESCO skill the label space is ranked. RP@k = relevant in the top k ÷
min(k, number relevant); MRR = mean reciprocal rank of the first relevant. Of sentences with published answers
the validation sets only: weights may be chosen on them, and the figures are those of the data they were
chosen on. Nothing was chosen on the other sets.
"""

from __future__ import annotations

import csv
import math
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.benchmarks.declared import EVERY, Esco, Texts, achievements
from verifier.skills.frameworks import identity_of
from verifier.skills.linking import FLOOR, SURE, Linker

FOLDER = Path(__file__).resolve().parents[3] / "shared"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    name: str
    texts: int
    mrr: float
    at_5: float
    at_10: float
    milliseconds: float
    sure: list[bool]  # of the first five of every text that call themselves sure: whether they were right

    def __str__(self) -> str:
        return (
            f"| {self.name} | {self.texts} | {self.mrr:.3f} | {self.at_5:.1f} | {self.at_10:.1f} "
            f"| {sum(self.sure)} of {len(self.sure)} | {self.milliseconds:.0f} |"
        )


def suggested(linker: Linker, asked: Texts, name: str) -> Row:
    """What a person is shown: the first ten suggestions for every text."""
    reciprocal = at_5 = at_10 = 0.0
    sure: list[bool] = []
    begun = time.perf_counter()
    for text, relevant in asked:
        found = linker.suggest(text, limit=10)
        hits = [identity_of(item.skill.id or "") in relevant for item in found]
        at_5 += sum(hits[:5]) / min(5, len(relevant))
        at_10 += sum(hits) / min(10, len(relevant))
        reciprocal += 1 / (1 + hits.index(True)) if True in hits else 0
        sure += [hit for item, hit in zip(found[:5], hits, strict=False) if item.sure]
    count = len(asked)
    return Row(
        name=name,
        texts=count,
        mrr=reciprocal / count,
        at_5=at_5 / count * 100,
        at_10=at_10 / count * 100,
        milliseconds=(time.perf_counter() - begun) / count * 1_000,
        sure=sure,
    )


def sentences(folder: Path) -> list[Row]:
    """The validation sentences, over the label space that they were annotated with."""
    names = (folder / "skills_en_label.txt").read_text(encoding="utf-8").splitlines()
    labels = {name: place for place, name in enumerate(names)}
    linker = Linker((f"urn:label:{place}", name, ()) for name, place in labels.items())
    rows = []
    for name in SETS:
        asked = queries(folder / f"{name}_validation_annotations.csv", labels)
        answered = [(text, relevant) for text, relevant in asked if relevant]
        mrr, at_5, at_10, spent = measure(linker, answered)
        rows.append(
            Row(
                name=f"{name.upper()} validation sentences, ranked",
                texts=len(answered),
                mrr=mrr,
                at_5=at_5,
                at_10=at_10,
                milliseconds=spent,
                # sentences without an answer count here, too: a sure suggestion for one is wrong
                sure=[correct for score, correct in right(linker, asked) if score >= SURE],
            )
        )
    return rows


def documents(shared: Path) -> list[Row]:
    """Achievements and descriptions, over ESCO with and without its alternative labels."""
    esco = Esco(shared / "frameworks" / "esco_skills_en.csv.gz")
    held = achievements([shared / "cases" / "education", shared / "frameworks" / "elm"], esco)
    whole = Linker(esco.entries)
    bare = Linker((id, label, ()) for id, label, _ in esco.entries)
    return [
        suggested(linker, texts, f"{name}, suggested{what}")
        for linker, what in ((whole, ""), (bare, ", without alternative labels"))
        for name, texts in (("Achievements", held), ("Descriptions", esco.described))
        if texts
    ]


def interval(judged: list[bool]) -> tuple[float, float]:
    """Between which shares the true one lies with 95 % confidence (Wilson 1927)."""
    n, z = len(judged), 1.96
    p = sum(judged) / n
    centre, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n)


def page(shared: Path) -> str:
    """The whole of docs/linking.md."""
    chosen_on, others = sentences(shared / "frameworks" / "linking"), documents(shared)
    sure = [correct for row in chosen_on for correct in row.sure]
    low, high = interval(sure)
    return PAGE.format(
        rows="\n".join(map(str, [*chosen_on, *others])),
        sure=SURE,
        floor=FLOOR,
        every=EVERY,
        right=sum(sure),
        of=len(sure),
        share=100 * sum(sure) / len(sure),
        low=100 * low,
        high=100 * high,
    )


PAGE = """# Suggestions from text

From a sentence, or the text of an achievement, to skills of ESCO: offline, without a model file
(`verifier/skills/linking.py`). A suggestion is never evidence: it counts for nothing until a person has
confirmed it, and that is recorded.

This page is measured, not written: `python -m tests.benchmarks.linking > docs/linking.md`. It needs reference
data, which is used and never shipped.

| Texts | n | MRR | RP@5 | RP@10 | sure and right | ms a text |
|---|---|---|---|---|---|---|
{rows}

RP@k is the share of the right skills among the first k, of at most k; MRR the mean reciprocal rank of the
first right one. *Ranked*: all skills in order. *Suggested*: what a person is shown, at most ten, none with a
score below {floor}. Milliseconds are those of the machine that made this page.

## The threshold

A suggestion whose score is {sure} or more calls itself sure. On the validation sentences {right} of {of} such
suggestions were right, {share:.0f} %; so few leave the true share between {low:.0f} and {high:.0f} %
(Wilson, 95 % confidence). The threshold, the weights and the word lists were chosen on these sentences, and
on nothing else.

## The sets

- **Validation sentences** from job adverts (TECH, HOUSE), over the labels that they were annotated with.
- **Achievements** of published credentials that declare a skill of ESCO, by its address or by exactly its
  label. What they declare is hidden and predicted from name, description and criteria. They are few; some are
  samples with placeholder text, of some the name is the label; and issuers declare few of the skills that a
  course teaches, so that a sure suggestion counted as wrong may be right: a check, not a ranking.
- **Descriptions** are ESCO's own, of one described skill in {every}. Each has one right answer; a suggestion
  of its neighbour counts as wrong.

The last two rows leave out ESCO's alternative labels. An alternative label names a skill only where the text
holds the whole of it word for word and no other skill has it; it takes no part in the ranking.
"""


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    if not (shared / "frameworks" / "linking").is_dir():
        sys.exit(f"{shared} is not here")
    print(page(shared), end="")


if __name__ == "__main__":
    main()
