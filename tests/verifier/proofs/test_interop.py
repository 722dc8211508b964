"""Mutated badges before the JavaScript reference: it refuses nothing that we accept.

Needs Node and a folder with `node_modules/jsonld` (npm install jsonld@8), named by SKILLPROOF_JSONLD.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis.errors import NonInteractiveExampleWarning

from tests.mutating import mutated
from verifier.errors import VerifierError
from verifier.policy import Limits
from verifier.proofs import canonical
from verifier.proofs.contexts import Contexts

CONTEXTS = Contexts.of({})
DOCUMENTS = 300  # for each run; Hypothesis draws new ones each time
SCRIPT = """
const [jsonld, fs] = [require('jsonld'), require('fs')];
const {contexts, documents} = JSON.parse(fs.readFileSync(0));
const documentLoader = async url => {
  if (!(url in contexts)) throw new Error('unknown context');
  return {contextUrl: null, document: contexts[url], documentUrl: url, tag: 'static'};
};
(async () => {
  const answers = [];
  for (const document of documents) {
    try {
      answers.push(await jsonld.canonize(document, {
        algorithm: 'URDNA2015', format: 'application/n-quads', documentLoader, safe: true, base: null}));
    } catch (error) { answers.push(null); }
  }
  console.log(JSON.stringify(answers));
})();
"""


@pytest.fixture
def node() -> list[str]:
    """Node on the reference, and its folder."""
    folder, node = os.environ.get("SKILLPROOF_JSONLD"), shutil.which("node")
    if not folder or not node or not (Path(folder) / "node_modules" / "jsonld").is_dir():
        pytest.skip("SKILLPROOF_JSONLD names no folder with node_modules/jsonld, or Node is not here")
    return [node, folder]


def reference(node: list[str], documents: list[Any]) -> list[str | None]:
    """What the JavaScript reference makes of each document in safe mode; None: refused."""
    program, folder = node
    urls = {url for document in documents for url in document.get("@context") or () if url in CONTEXTS}
    given = {"contexts": {url: CONTEXTS.document(url) for url in urls}, "documents": documents}
    done = subprocess.run(  # noqa: S603  # our own script
        [program, "-e", SCRIPT],
        cwd=folder,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    answers: list[str | None] = json.loads(done.stdout)
    return answers


@pytest.mark.interop
def test_the_javascript_reference_refuses_nothing_that_is_accepted_here(node: list[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NonInteractiveExampleWarning)
        documents = [mutated().example() for _ in range(DOCUMENTS)]
    accepted = 0
    for document, answer in zip(documents, reference(node, documents), strict=True):
        try:
            data = canonical.rdfc(document, CONTEXTS, Limits())
        except VerifierError:
            continue
        accepted += 1
        assert answer == data.decode(), document
    assert accepted
