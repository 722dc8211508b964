"""JSON-LD expansion that refuses whatever a signature over the RDF would not cover (JSON-LD 1.1 API §5.1).

JSON-LD drops what it does not understand: undefined terms, relative identifiers, free-floating values. Each
such part could be added after signing and would be shown as if signed. PyLD has no mode that says so; this
processor looks at every object with the very context that PyLD expands it with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pyld import jsonld

from verifier.errors import (
    ForbiddenKeyword,
    MalformedCredential,
    UndefinedTerm,
    VerifierError,
    WorkLimit,
)
from verifier.model import JsonObject
from verifier.proofs.contexts import Contexts
from verifier.proofs.contexts.placement import objects
from verifier.proofs.to_rdf import ABSOLUTE
from verifier.proofs.uncovered import DisguisedTerm, MovedClaim, RelativeIdentifier, UnsignedDirection
from verifier.strict_json import one_or_many, pointer_to

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")  # RDF 1.1 N-Quads LANGTAG
_DOUBLE = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
XSD_DOUBLE = "http://www.w3.org/2001/XMLSchema#double"
CREDENTIALS = "https://www.w3.org/2018/credentials#"
# What decides about a credential as a whole (VCDM 2.0 §4). RDF does not know which object says it of a node.
DECISIVE = frozenset(
    CREDENTIALS + name
    for name in (
        "credentialSchema",
        "credentialStatus",
        "credentialSubject",
        "expirationDate",
        "issuanceDate",
        "issuer",
        "validFrom",
        "validUntil",
    )
)
PYLD_BASE = "http://example.org/base/"  # what PyLD and its like resolve against when nobody says better
CONTEXT_STEPS = 1_000  # 0.4 ms each; a CLR with all its parts needs 60, and none the second time
PROBLEMS = 100  # enough to name; a document of nothing else must not fill the report
VALUE_KEYWORDS = frozenset({"@value", "@language", "@direction"})


class SafeProcessor(jsonld.JsonLdProcessor):  # type: ignore[misc]  # PyLD ships no types
    """PyLD's expansion with a look at every object on the way. No `problems`: all of it is covered."""

    def __init__(self, document: JsonObject, contexts: Contexts) -> None:
        """`document` must be the caller's to give away: objects are told apart by identity."""
        super().__init__()
        self.root: JsonObject = document
        self.contexts = contexts
        self.settings = contexts.options()
        self.problems: list[VerifierError] = []
        self.directions: list[VerifierError] = []
        self._inside: list[JsonObject] = []  # objects being expanded, innermost last
        self._processed = 0
        self._places: dict[int, tuple[str | int, ...]] = {}  # by identity; filled once something is wrong

    def expanded(self) -> list[Any]:
        """The expanded document; look at `problems` before believing it."""
        try:
            result = self._expand(self._get_initial_context(self.settings), None, self.root, self.settings)
        except jsonld.JsonLdError as error:
            reason = str(error.args[0] if error.args else error).splitlines()[0]
            self.problems.append(MalformedCredential(f"as JSON-LD it says “{reason}”", pointer=self._place()))
            return []
        except RecursionError as error:
            raise WorkLimit("it is nested too deeply") from error
        if result is None and not self.problems:
            self.problems.append(MalformedCredential("it says nothing"))
        return [] if result is None else list(jsonld.JsonLdProcessor.arrayify(result))

    def _process_context(self, active_ctx: Any, local_ctx: Any, options: Any, *rest: Any, **how: Any) -> Any:
        """PyLD's context processing, remembered: nine tenths of an expansion are spent there."""
        if rest or how.keys() - {"override_protected", "propagate"}:
            return super()._process_context(active_ctx, local_ctx, options, *rest, **how)
        return self.contexts.processed(
            active_ctx,
            local_ctx,
            (how.get("override_protected"), how.get("propagate")),
            lambda: self._process_anew(active_ctx, local_ctx, options, **how),
        )

    def _process_anew(self, active_ctx: Any, local_ctx: Any, options: Any, **how: Any) -> Any:
        self._processed += 1
        if self._processed > CONTEXT_STEPS:
            raise WorkLimit("it combines its vocabularies in too many ways")
        return super()._process_context(active_ctx, local_ctx, options, **how)

    # ---- where PyLD looks at an object: the same context, before anything is dropped

    def _expand_object(
        self,
        active_ctx: Any,
        active_property: Any,
        expanded_active_property: Any,
        element: JsonObject,
        expanded_parent: Any,
        options: Any,
        inside_list: bool = False,
        type_key: Any = None,
        type_scoped_ctx: Any = None,
    ) -> None:
        self._inside.append(element)
        if "@value" in element:
            self._judge_value_object(element)
        else:
            for key, value in element.items():
                self._judge_member(active_ctx, type_scoped_ctx, key, value)
        super()._expand_object(
            active_ctx,
            active_property,
            expanded_active_property,
            element,
            expanded_parent,
            options,
            inside_list,
            type_key,
            type_scoped_ctx,
        )
        self._inside.pop()

    def _expand_value(self, active_ctx: Any, active_property: Any, value: Any, options: Any) -> Any:
        """A scalar: an identifier where the term says so, else a literal."""
        result = super()._expand_value(active_ctx, active_property, value, options)
        if isinstance(result, dict):
            if "@id" in result:
                self._judge_identifier(result["@id"], value, active_property)
            elif (
                result.get("@type") == XSD_DOUBLE and isinstance(value, str) and not _DOUBLE.fullmatch(value)
            ):
                self._malformed("a number is written as text that is not a number", active_property)
            elif "@direction" in result:
                self.directions.append(UnsignedDirection(pointer=self._place(active_property)))
        return result

    # ---- judgements

    def _judge_member(self, ctx: Any, type_ctx: Any, key: str, value: Any) -> None:
        if key == "@context":
            return  # judged by contexts_of
        expanded = self._expand_iri(ctx, key, vocab=True)
        if key.startswith("@"):
            self._report(ForbiddenKeyword(key, pointer=self._place(key)))
        elif expanded == "@id":
            self._judge_id(ctx, key, value)
        elif expanded == "@type":
            self._judge_types(type_ctx, key, value)
        elif isinstance(expanded, str) and expanded.startswith("@"):
            self._report(ForbiddenKeyword(key, pointer=self._place(key)))
        elif not self._is_absolute(expanded):
            self._report(UndefinedTerm(key, pointer=self._place(key)))
        else:
            self._judge_spelling(ctx, key, expanded, key)
            self._judge_container(ctx, key, value)
            if expanded in DECISIVE and self._speaks_for_the_root():
                self._report(MovedClaim(key, pointer=self._place(key)))

    def _speaks_for_the_root(self) -> bool:
        element = self._inside[-1]
        return (
            element is not self.root
            and self.root.get("id") is not None
            and element.get("id") == self.root["id"]
        )

    def _judge_id(self, ctx: Any, key: str, value: Any) -> None:
        if not isinstance(value, str):
            self._malformed("an identifier is not a text", key)
        else:
            self._judge_identifier(self._expand_iri(ctx, value), value, key)

    def _judge_types(self, ctx: Any, key: str, value: Any) -> None:
        if value is None or not all(isinstance(kind, str) for kind in one_or_many(value)):
            self._malformed("a type is not a text", key)
            return
        for kind in one_or_many(value):
            expanded = self._expand_iri(ctx, kind, vocab=True)
            if not self._is_absolute(expanded):
                self._report(UndefinedTerm(kind, pointer=self._place(key)))
            else:
                self._judge_spelling(ctx, kind, expanded, key)

    def _judge_identifier(self, expanded: Any, value: Any, key: Any) -> None:
        if not self._is_absolute(expanded):
            self._report(RelativeIdentifier(str(value), pointer=self._place(key)))

    def _judge_spelling(self, ctx: Any, spelled: str, expanded: str, key: str) -> None:
        """A full or compact IRI must not stand where the vocabulary has a term: a reader would miss it."""
        if ":" not in spelled or spelled in ctx["mappings"]:
            return
        if any(mapping and mapping["@id"] == expanded for mapping in ctx["mappings"].values()):
            self._report(DisguisedTerm(spelled, pointer=self._place(key)))

    def _judge_container(self, ctx: Any, key: str, value: Any) -> None:
        mapping = ctx["mappings"].get(key) or {}
        container = mapping.get("@container") or ()
        if mapping.get("@type") == "@json":
            return  # JSON literals are signed as they stand
        if isinstance(value, list) and _has_null(value):
            self._malformed("a list contains null", key)
        if "@graph" in container and not all(map(_says_something, _flat(value))):
            self._report(UndefinedTerm(key, pointer=self._place(key)))
        if isinstance(value, dict):
            if "@language" in container:
                self._judge_language_map(key, value)
            elif {"@index", "@id", "@type"} & set(container):
                self._report(ForbiddenKeyword("@index", pointer=self._place(key)))

    def _judge_language_map(self, key: str, value: JsonObject) -> None:
        for language, text in value.items():
            if not _LANGUAGE.fullmatch(language):
                self._report(UndefinedTerm(language, pointer=self._place(key, language)))
            elif not all(isinstance(item, str) for item in (text if isinstance(text, list) else [text])):
                self._malformed("a translation is not a text", key, language)

    def _judge_value_object(self, element: JsonObject) -> None:
        """VCDM 2.0 §4.7: `{"@value": "…", "@language": "en", "@direction": "ltr"}` and nothing else."""
        if element is self.root:
            self._report(ForbiddenKeyword("@value", pointer=self._place("@value")))
        for key in sorted(element.keys() - VALUE_KEYWORDS):
            self._report(ForbiddenKeyword(key, pointer=self._place(key)))
        if not isinstance(element["@value"], str):
            self._malformed("a text with a language is not a text", "@value")
        language = element.get("@language", "en")
        if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
            self._malformed("a language is not a language tag", "@language")
        if "@direction" in element:
            self.directions.append(UnsignedDirection(pointer=self._place("@direction")))
            if element["@direction"] not in ("ltr", "rtl"):
                self._malformed("a text direction is neither ltr nor rtl", "@direction")

    @staticmethod
    def _is_absolute(iri: Any) -> bool:
        return isinstance(iri, str) and bool(ABSOLUTE.fullmatch(iri)) and not iri.startswith(PYLD_BASE)

    # ---- saying so

    def _report(self, problem: VerifierError) -> None:
        if len(self.problems) < PROBLEMS:
            self.problems.append(problem)

    def _malformed(self, reason: str, *keys: Any) -> None:
        self._report(MalformedCredential(reason, pointer=self._place(*keys)))

    def _place(self, *keys: Any) -> str:
        """Pointer to the member `keys` of the object being expanded, looked for when something is wrong."""
        if not self._places:
            self._places = {id(node): place for node, place, _ in objects(self.root)}
        target = self._inside[-1] if self._inside else self.root
        return pointer_to(*self._places[id(target)], *(key for key in keys if key is not None))


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for inner in value:
            yield from _flat(inner)
    elif value is not None:
        yield value


def _has_null(value: list[Any]) -> bool:
    return any(inner is None or (isinstance(inner, list) and _has_null(inner)) for inner in value)


def _says_something(value: Any) -> bool:
    """Whether a value in a graph of its own leaves a trace: an object with more than its name."""
    return (
        isinstance(value, dict)
        and "@value" not in value
        and any(
            key not in ("id", "@id", "@context") and any(True for _ in _flat(inner))
            for key, inner in value.items()
        )
    )
