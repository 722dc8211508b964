"""What JSON-LD accepts and a signature over its RDF leaves open, each by its name (VCDM 2.0 §4)."""

from __future__ import annotations

from verifier.errors import JSON_LD, VCDM2, Refuted


class RelativeIdentifier(Refuted):
    """Relative, empty and blank-node identifiers leave no trace in the signed statements."""

    code = "relative_identifier"
    spec = VCDM2 + "#identifiers"
    sentence = "uses “{0}” as an identifier, which no signature covers because it is not absolute"


class DisguisedTerm(Refuted):
    """A defined term in another spelling: signed all the same, but overlooked by who asks for the term."""

    code = "disguised_term"
    spec = JSON_LD + "#compact-iris"
    sentence = "spells a term of its vocabulary as “{0}”, which hides it from readers"


class MovedClaim(Refuted):
    """An object inside the credential speaks for the whole of it: the same RDF, but no reader looks there."""

    code = "moved_claim"
    spec = VCDM2 + "#identifiers"
    sentence = "says “{0}” of itself in another place than its own"


class UnsignedDirection(Refuted):
    """`@direction` is not part of the RDF that is signed (JSON-LD 1.1 §4.2.4.1)."""

    code = "unsigned_direction"
    spec = JSON_LD + "#base-direction"
    sentence = "sets the direction of a text, which its signature does not cover"
