"""RDFC-1.0: the W3C suite, an independent canonicaliser, and inputs made to exhaust it."""

from __future__ import annotations

import contextlib
import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.errors import MalformedCredential, WorkLimit
from verifier.policy import Limits
from verifier.proofs import rdfc

LIMITS = Limits()
POISON_SECONDS = 2.0  # the bar of the security plan


def by_oxigraph(quads: list[rdfc.Quad]) -> bytes:
    text = "".join(rdfc.line(quad) for quad in quads)
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_QUADS))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    written = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(written.splitlines(keepends=True)))


def test_the_w3c_suite_gives_the_published_bytes_and_labels(shared_cases: Path) -> None:
    root = shared_cases / "standards"
    seen = 0
    for case in json.loads((root / "manifest.json").read_text("utf-8")):
        if not case["kind"].startswith("rdf-canon/"):
            continue
        seen += 1
        quads = rdfc.parse((root / case["file"]).read_text("utf-8"))
        if case["expect"] != "canonical":
            with pytest.raises(WorkLimit):
                rdfc.canonicalize(quads, LIMITS, case["hash_algorithm"].lower())
            continue
        result = rdfc.canonicalize(quads, LIMITS, case["hash_algorithm"].lower())
        expected = case["expected_files"]
        if "canonical" in expected:
            assert result.to_bytes() == (root / expected["canonical"]).read_bytes(), case["id"]
        else:
            labels = json.loads((root / expected["issued_identifiers"]).read_text("utf-8"))
            assert {old[2:]: new[2:] for old, new in result.labels.items()} == labels, case["id"]
    assert seen == 48


NODES = st.sampled_from(["_:a", "_:b", "_:c", "_:d", "_:e", "<urn:x>"])
QUADS = st.lists(
    st.tuples(
        NODES,
        st.sampled_from(["<urn:p>", "<urn:q>"]),
        NODES | st.sampled_from(['"v"', '"é\\n"@en', '"1"^^<urn:t>']),
        st.sampled_from(["", "", "_:g", "<urn:g>"]),
    ),
    max_size=14,
)


@settings(deadline=None)
@given(QUADS)
def test_small_datasets_agree_with_an_independent_canonicaliser(quads: list[rdfc.Quad]) -> None:
    assert rdfc.canonicalize(quads, LIMITS).to_bytes() == by_oxigraph(quads)


@settings(deadline=None)
@given(QUADS, st.randoms(use_true_random=False))
def test_order_and_labels_of_the_input_do_not_matter(quads: list[rdfc.Quad], chance: random.Random) -> None:
    labels = ["_:a", "_:b", "_:c", "_:d", "_:e", "_:g"]
    renamed = dict(zip(labels, chance.sample(labels, len(labels)), strict=True))
    other = [tuple(renamed.get(term, term) for term in quad) for quad in quads]
    chance.shuffle(other)
    assert rdfc.canonicalize(other, LIMITS).lines == rdfc.canonicalize(quads, LIMITS).lines  # type: ignore[arg-type]  # four terms each


def clique(size: int) -> list[rdfc.Quad]:
    return [
        (f"_:e{one}", "<urn:p>", f"_:e{other}", "")
        for one in range(size)
        for other in range(size)
        if one != other
    ]


def chain(size: int) -> list[rdfc.Quad]:
    return [(f"_:e{at}", "<urn:p>", f"_:e{at + 1}", "") for at in range(size)]


def ring(size: int) -> list[rdfc.Quad]:
    return [(f"_:e{at}", "<urn:p>", f"_:e{(at + 1) % size}", "") for at in range(size)]


def star(size: int) -> list[rdfc.Quad]:
    return [("_:centre", "<urn:p>", f"_:e{at}", "") for at in range(size)]


@pytest.mark.parametrize("shape", [clique, chain, ring, star])
@pytest.mark.parametrize("size", [8, 10, 30, 200, 499])
def test_a_dataset_made_to_exhaust_ends_in_time(shape: Callable[[int], list[rdfc.Quad]], size: int) -> None:
    quads = shape(size)
    started = time.thread_time()  # of this thread alone: a busy machine is no failure
    with contextlib.suppress(WorkLimit):
        rdfc.canonicalize(quads, LIMITS)
    assert time.thread_time() - started < POISON_SECONDS


def test_a_clique_is_refused() -> None:
    with pytest.raises(WorkLimit):
        rdfc.canonicalize(clique(8), LIMITS)


def test_too_many_quads_and_blank_nodes_are_refused() -> None:
    with pytest.raises(WorkLimit, match="statements"):
        rdfc.canonicalize(chain(4), Limits(quads=3))
    with pytest.raises(WorkLimit, match="unnamed parts"):
        rdfc.canonicalize(chain(4), Limits(blank_nodes=4))


def test_control_characters_are_escaped_as_the_recommendation_says() -> None:
    written = rdfc.literal('\b\t\n\f\r"\\\x07\x7f\x1bé')
    assert written == '"\\b\\t\\n\\f\\r\\"\\\\\\u0007\\u007F\\u001Bé"'


@pytest.mark.parametrize(
    "line", ["<urn:a> <urn:b> .", "not a quad", "<urn:a> <urn:b> <urn:c> <urn:d> <urn:e> ."]
)
def test_what_is_no_statement_is_refused(line: str) -> None:
    with pytest.raises(MalformedCredential):
        list(rdfc.parse(line))


def test_a_graph_that_is_there_twice_costs_no_more_than_once() -> None:
    quads: list[rdfc.Quad] = [
        (node, f"<urn:p{number}>", f'"{number}"', graph)
        for node, graph in (("_:a", "_:g"), ("_:b", "_:h"))
        for number in range(300)
    ]
    quads += [("<urn:x>", "<urn:proof>", graph, "") for graph in ("_:g", "_:h")]
    labels = rdfc.canonicalize(quads, LIMITS).labels
    assert sorted(labels.values()) == ["_:c14n0", "_:c14n1", "_:c14n2", "_:c14n3"]


def test_a_small_graph_that_is_there_twice_agrees_with_an_independent_canonicaliser() -> None:
    quads: list[rdfc.Quad] = [
        (node, f"<urn:p{number}>", f'"{number}"', graph)
        for node, graph in (("_:a", "_:g"), ("_:b", "_:h"), ("_:c", "_:h"))
        for number in range(4)
    ]
    quads += [("<urn:x>", "<urn:proof>", graph, "") for graph in ("_:g", "_:h")]
    assert rdfc.canonicalize(quads, LIMITS).to_bytes() == by_oxigraph(quads)
