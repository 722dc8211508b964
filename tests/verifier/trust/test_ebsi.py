"""EBSI: an issuer is trusted for what somebody accredited it for, up to a root that EBSI registered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TERM_START
from tests.issuing_keys import Json, SigningKey
from tests.verifier.trust.ebsi_registry import (
    ACCREDIT,
    ATTEST,
    BASE,
    FOR_CHAIN,
    ROOT,
    SCHEMA,
    TAO,
    TI,
    TYPES,
    accreditation,
    attribute_id,
    certificate,
    did_document,
    did_of,
    diploma,
    entries,
    entry,
    report_on,
    served,
    token,
)
from verifier import Answer, EbsiRegistry, IssuerList, MemoryWeb, Outcome, Report, Uploaded, Verdict, verify
from verifier.trust import TrustSource
from verifier.trust.ebsi import MAX_LEVELS
from verifier.trust.ebsi_accreditation import schema_key
from verifier.trust.ebsi_records import MAX_ATTRIBUTES

ISSUERS = f"{BASE}/trusted-issuers-registry/v5/issuers"
IDENTIFIERS = f"{BASE}/did-registry/v5/identifiers"


def trust_of(report: Report) -> tuple[Outcome, str]:
    result = report.check("trust")
    return result.outcome, result.findings[0].code


def judged(
    web: dict[str, bytes | Answer], credential: str | None = None, **source: Any
) -> tuple[Outcome, str]:
    return trust_of(report_on(web, credential or diploma(), TERM_START, EbsiRegistry(ISSUERS, **source)))


def with_entry(did: str, attribute: Json) -> dict[str, bytes | Answer]:
    return served({**entries(), did: attribute})


# ------------------------------------------------------------------------------------- accepted


@pytest.mark.parametrize("version", ["v3", "v4", "v5"])
def test_an_accredited_issuer_is_accepted_with_the_keys_of_the_registry(version: str) -> None:
    source = EbsiRegistry(f"{BASE}/trusted-issuers-registry/{version}/issuers")
    report = report_on(served(version=version), diploma(), TERM_START, source)
    assert report.verdict is Verdict.VERIFIED
    detail = dict(report.check("trust").findings[0].detail)
    assert detail["reason"] == f"accredited by {TAO}, under the root {ROOT}"


@pytest.mark.parametrize("url", [BASE, BASE + "/", f"{BASE}/trusted-issuers-registry/v5", ISSUERS + "/"])
def test_the_address_of_the_service_is_enough(url: str) -> None:
    assert report_on(served(), diploma(), TERM_START, EbsiRegistry(url)).verdict is Verdict.VERIFIED


def test_a_diploma_that_names_no_accreditation_is_laid_against_all_of_them() -> None:
    assert judged(served(), diploma(termsOfUse=[]))[0] is Outcome.PASSED


def test_the_two_names_of_a_schema_are_one() -> None:
    hexadecimal = "0x4d40d34533797f62a8a03d7c4a4cd7827d289fadf1bfa582ec0ecfedbe55a6e0"
    older = f"{BASE}/trusted-schemas-registry/v2/schemas/{hexadecimal}"
    assert schema_key(older) == schema_key(SCHEMA) != SCHEMA
    assert (
        judged(served(), diploma(credentialSchema={"id": older, "type": "JsonSchema"}))[0] is Outcome.PASSED
    )
    assert schema_key(SCHEMA[:-1] + "l") == SCHEMA[:-1] + "l"


def test_an_accreditation_outlives_the_key_that_signed_it() -> None:
    web = served()
    rotated = did_document(TAO, verificationMethod=[], assertionMethod=[])
    web[f"{IDENTIFIERS}/{TAO}"] = json.dumps(rotated).encode()
    assert judged(web) == (Outcome.INDETERMINATE, "registry_unreachable")
    web[f"{IDENTIFIERS}/{TAO}?valid-at=2025-01-01T00:00:00Z"] = json.dumps(did_document(TAO)).encode()
    assert judged(web)[0] is Outcome.PASSED


def test_the_narrower_of_the_dates_in_token_and_credential_counts() -> None:
    claims = {**accreditation(TI, TAO, ATTEST), "nbf": 1_767_225_600, "exp": 1_767_225_601}
    attribute = entry(TI, "TI", TAO, token(claims, TAO))
    assert judged(with_entry(TI, attribute)) == (Outcome.INDETERMINATE, "issuer_out_of_scope")


def test_a_root_may_issue_under_an_accreditation_of_its_own() -> None:
    own = entry(TI, "TI", ROOT, token(accreditation(TI, ROOT, ATTEST), ROOT))
    assert judged(with_entry(TI, own))[0] is Outcome.PASSED


def test_only_named_roots_count_where_some_are_named() -> None:
    assert judged(served(), roots=(ROOT,))[0] is Outcome.PASSED
    assert judged(served(), roots=(TAO,)) == (Outcome.INDETERMINATE, "accreditation_chain_broken")


def test_pages_are_followed_within_the_registry() -> None:
    web = served()
    first, other = f"{ISSUERS}/{TI}/attributes", attribute_id("other")
    page = json.loads(bytes(web[first]))  # type: ignore[arg-type]  # bytes, not an Answer
    page |= {"total": 2, "links": {"next": f"{first}?page[after]=2"}}
    web[first] = json.dumps(page).encode()
    assert judged(web, diploma(termsOfUse=[])) == (Outcome.INDETERMINATE, "registry_unreachable")
    web[f"{first}?page[after]=2"] = json.dumps({"items": [{"id": other}], "total": 2, "links": {}}).encode()
    web[f"{first}/{other}"] = json.dumps({"did": TI, "attribute": entry(TI, "TI", TAO, "")}).encode()
    assert judged(web, diploma(termsOfUse=[]))[0] is Outcome.PASSED


# ------------------------------------------------------------------------------------- not accepted


def test_a_revoked_accreditation_is_a_no_even_beside_a_list_that_accepts() -> None:
    web = with_entry(TI, {**entries()[TI], "issuerType": "Revoked"})
    assert judged(web) == (Outcome.FAILED, "issuer_withdrawn")
    listed = {"version": 1, "name": "Ours", "issuers": [{"id": TI, "decision": "accept"}]}
    trust: list[TrustSource] = [EbsiRegistry(ISSUERS), IssuerList.parse(json.dumps(listed).encode())]
    source = Uploaded(diploma().encode(), "diploma.jwt")
    report = verify(source, trust=trust, web=MemoryWeb(web), now=TERM_START)
    assert (report.verdict, report.code) == (Verdict.FAILED, "issuer_withdrawn")


def of_university(**changes: Any) -> Json:
    return entry(TI, "TI", TAO, token(accreditation(TI, TAO, ATTEST, **changes), TAO))


def of_organisation(kind: str = ACCREDIT, role: str = "TAO", **changes: Any) -> Json:
    return entry(TAO, role, ROOT, token(accreditation(TAO, ROOT, kind, **changes), ROOT))


def undated(claims: Json) -> Json:
    del claims["vc"]["issuanceDate"]
    return entry(TI, "TI", TAO, token(claims, TAO))


def subject(did: str, *permitted: Json) -> Json:
    return {"credentialSubject": {"id": did, "accreditedFor": list(permitted)}}


OTHER_TYPE = {"schemaId": SCHEMA, "types": TYPES[:2]}
OTHER_SCHEMA = {"schemaId": SCHEMA.replace("z6", "z7"), "types": TYPES}


@pytest.mark.parametrize(
    "attribute",
    [
        of_university(**subject(TI, OTHER_TYPE)),
        of_university(**subject(TI, OTHER_SCHEMA)),
        of_university(**subject(TI)),
        of_university(**subject(TI, {"schemaId": SCHEMA})),
        of_university(issuanceDate="2026-03-02T00:00:00Z"),
        of_university(expirationDate="2026-02-28T00:00:00Z"),
        entry(TI, "TI", TAO, token(accreditation(TI, TAO, ACCREDIT), TAO)),
        entry(TI, "TI", TAO, token(accreditation(TI, TAO, "VerifiableAuthorisationToOnboard"), TAO)),
    ],
)
def test_what_lies_outside_of_an_accreditation_is_out_of_scope(attribute: Json) -> None:
    assert judged(with_entry(TI, attribute)) == (Outcome.INDETERMINATE, "issuer_out_of_scope")


@pytest.mark.parametrize(
    "changes",
    [{"credentialSchema": []}, {"type": [*TYPES, "Doctorate"]}, {"issuanceDate": "1999-01-01T00:00:00Z"}],
)
def test_a_diploma_of_another_kind_is_out_of_scope(changes: Json) -> None:
    assert judged(served(), diploma(**changes)) == (Outcome.INDETERMINATE, "issuer_out_of_scope")


STRANGER = SigningKey.demo("P-256", "a stranger")


@pytest.mark.parametrize(
    "attribute",
    [
        entry(TI, "TI", TAO, token(accreditation(TI, TAO, ATTEST), TAO, key=STRANGER)),
        entry(TI, "TI", TAO, token(accreditation(TI, TAO, ATTEST), TAO, kid=f"{TI}#key-1", key=STRANGER)),
        entry(TI, "TI", TAO, token(accreditation(TI, TI, ATTEST), TI)),  # by itself
        entry(TI, "TI", TAO, token({**accreditation(TI, TAO, ATTEST), "iss": ROOT}, TAO)),
        entry(TI, "TI", TAO, token(accreditation(TI, TAO, ATTEST), TAO, typ="kb+jwt")),
        entry(TI, "TI", TAO, token(accreditation(TAO, TAO, ATTEST), TAO)),  # of somebody else
        entry(TI, "Undefined", TAO, entries()[TI]["body"]),
        entry(TI, "RootTAO", TAO, entries()[TI]["body"]),
        entry(TI, "TI", TAO, token({"sub": TI, "vc": []}, TAO)),
        entry(TI, "TI", TAO, "{}"),
        entry(TI, "TI", TAO, token({**accreditation(TI, TAO, ATTEST), "exp": "never"}, TAO)),
        of_university(issuanceDate="yesterday"),
        undated(accreditation(TI, TAO, ATTEST)),
        of_university(credentialStatus={"id": "https://x.example", "type": "StatusList2021Entry"}),
        of_university(credentialStatus={"id": "https://x.example"}),
        {**entries()[TI], "body": None},
        {**entries()[TI], "tao": None},
    ],
)
def test_a_forged_or_strange_accreditation_blames_the_registry(attribute: Json) -> None:
    assert judged(with_entry(TI, attribute)) == (Outcome.INDETERMINATE, "registry_unusable")


def test_a_key_for_something_else_accredits_nobody() -> None:
    web = served()
    web[f"{IDENTIFIERS}/{TAO}"] = json.dumps(did_document(TAO, assertionMethod=[])).encode()
    assert judged(web) == (Outcome.INDETERMINATE, "registry_unusable")


@pytest.mark.parametrize("when", ["expires", "revoked"])
def test_a_key_that_was_over_accredits_nobody(when: str) -> None:
    web, document = served(), did_document(TAO)
    document["verificationMethod"][0][when] = "2024-12-31T00:00:00Z"
    web[f"{IDENTIFIERS}/{TAO}"] = json.dumps(document).encode()
    assert judged(web) == (Outcome.INDETERMINATE, "registry_unusable")


@pytest.mark.parametrize(
    ("did", "attribute"),
    [
        (TAO, {**entries()[TAO], "issuerType": "Revoked"}),
        (TAO, of_organisation(**subject(TAO, OTHER_SCHEMA))),
        (TAO, of_organisation(kind=ATTEST)),
        (TAO, of_organisation(role="TI")),
        (TAO, of_organisation(role="RootTAO")),
        (TAO, of_organisation(issuanceDate="2025-01-02T00:00:00Z")),
        (ROOT, {**entries()[ROOT], "issuerType": "TAO"}),
        (ROOT, {**entries()[ROOT], "issuerType": "Revoked"}),
    ],
)
def test_whoever_may_not_accredit_leads_to_no_root(did: str, attribute: Json) -> None:
    assert judged(with_entry(did, attribute)) == (Outcome.INDETERMINATE, "accreditation_chain_broken")


def test_an_organisation_that_is_not_registered_leads_to_no_root() -> None:
    web = served()
    web[f"{ISSUERS}/{TAO}"] = Answer(status=404)
    assert judged(web) == (Outcome.INDETERMINATE, "accreditation_chain_broken")


def test_organisations_that_accredit_each_other_lead_to_no_root() -> None:
    tao = entry(TAO, "TAO", TAO, token(accreditation(TAO, TAO, ACCREDIT), TAO))
    report = report_on(with_entry(TAO, tao), diploma(), TERM_START)
    assert trust_of(report) == (Outcome.INDETERMINATE, "accreditation_chain_broken")
    assert len(report.consulted) < 5 * MAX_LEVELS


def test_a_thicket_of_accreditations_is_given_up() -> None:
    body = token(accreditation(TAO, TAO, ACCREDIT, termsOfUse=[]), TAO)
    thicket = [{**entry(TAO, "TAO", TAO, body), "hash": f"{number:064x}"} for number in range(50)]
    web = served(version="v4")
    web[f"{BASE}/trusted-issuers-registry/v4/issuers/{TAO}"] = json.dumps(
        {"did": TAO, "attributes": thicket}
    ).encode()
    ti = token(accreditation(TI, TAO, ATTEST, termsOfUse=[]), TAO)
    web[f"{BASE}/trusted-issuers-registry/v4/issuers/{TI}"] = json.dumps(
        {"did": TI, "attributes": [entry(TI, "TI", TAO, ti)]}
    ).encode()
    source = EbsiRegistry(f"{BASE}/trusted-issuers-registry/v4")
    assert trust_of(report_on(web, diploma(), TERM_START, source))[0] is Outcome.INDETERMINATE


@pytest.mark.parametrize("kind", [ATTEST, FOR_CHAIN])
def test_an_accreditation_from_the_future_is_none(kind: str) -> None:
    late, date = "2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z"
    body = token(accreditation(TI, TAO, ATTEST, issuanceDate=late), TAO)
    outcome, _ = judged(
        with_entry(TI, entry(TI, "TI", TAO, body)), diploma(issuanceDate=date, validFrom=late)
    )
    assert outcome is Outcome.INDETERMINATE


# ------------------------------------------------------------------------------------- the registry itself


def test_an_issuer_that_is_not_registered_is_unknown() -> None:
    web = served()
    web[f"{ISSUERS}/{TI}"] = Answer(status=404)
    assert judged(web) == (Outcome.INDETERMINATE, "issuer_unknown")


@pytest.mark.parametrize("record", [{"hasAttributes": False}, {"hasAttributes": False, "attributes": "x"}])
def test_an_issuer_without_attributes_is_unknown(record: Json) -> None:
    web = served()
    web[f"{ISSUERS}/{TI}"] = json.dumps({"did": TI, **record}).encode()
    assert judged(web, diploma(termsOfUse=[])) == (Outcome.INDETERMINATE, "issuer_unknown")


def test_an_accreditation_that_was_reserved_and_never_accepted_is_none() -> None:
    web = with_entry(TI, {**entries()[TI], "body": ""})
    assert judged(web) == (Outcome.INDETERMINATE, "issuer_unknown")


@pytest.mark.parametrize("url", sorted(served()))
@pytest.mark.parametrize(
    "answer", [None, Answer(status=503), Answer(delay=60), Answer(redirect="https://127.0.0.1/")]
)
def test_an_address_that_does_not_answer_proves_nothing(url: str, answer: Answer | None) -> None:
    web = served()
    del web[url]
    if answer is not None:
        web[url] = answer
    report = report_on(web, diploma(), TERM_START)
    assert report.verdict is Verdict.INDETERMINATE
    if TI not in url or "identifiers" not in url:
        assert trust_of(report) == (Outcome.INDETERMINATE, "registry_unreachable")


@pytest.mark.parametrize("url", sorted(url for url in served() if "issuers" in url))
@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"did": "did:ebsi:z"}', b"<html>"])
def test_an_answer_of_another_shape_is_unusable(url: str, body: bytes) -> None:
    outcome, code = judged({**served(), url: body})
    assert outcome is Outcome.INDETERMINATE
    assert code in ("registry_unusable", "registry_stale")  # an empty page lacks what the diploma names


@pytest.mark.parametrize(
    "page",
    [
        {"items": [{"id": "../../x"}], "total": 1},
        {"items": ["x"], "total": 1},
        {"items": [{"id": attribute_id("university")}], "total": 2},
        {"items": [], "total": 9, "links": {"next": "https://elsewhere.example/attributes?page=2"}},
        {"items": [{"id": f"{number:064x}"} for number in range(MAX_ATTRIBUTES + 1)]},
    ],
)
def test_a_list_of_attributes_that_misleads_is_unusable(page: Json) -> None:
    web = {**served(), f"{ISSUERS}/{TI}/attributes": json.dumps(page).encode()}
    assert judged(web) == (Outcome.INDETERMINATE, "registry_unusable")


@pytest.mark.parametrize("document", [{"id": ROOT}, {"id": TAO, "verificationMethod": [7]}])
def test_an_accreditor_whose_document_is_broken_blames_the_registry(document: Json) -> None:
    web = {**served(), f"{IDENTIFIERS}/{TAO}": json.dumps(document).encode()}
    assert judged(web) == (Outcome.INDETERMINATE, "registry_unusable")


def test_a_registry_that_lacks_the_accreditation_a_diploma_names_was_rolled_back() -> None:
    named = certificate(TI)
    named["id"] = named["id"].replace(attribute_id("university"), attribute_id("later"))
    assert judged(served(), diploma(termsOfUse=[named])) == (Outcome.INDETERMINATE, "registry_stale")


@pytest.mark.parametrize("did", [TI, TAO])
def test_a_registry_that_lacks_what_was_seen_before_was_rolled_back(did: str) -> None:
    seen = f"{ISSUERS}/{did}/attributes/0x{attribute_id('seen')}"
    assert judged(served(), seen=(seen,)) == (Outcome.INDETERMINATE, "registry_stale")
    assert judged(served(), seen=(certificate(did)["id"], "https://elsewhere.example"))[0] is Outcome.PASSED


@pytest.mark.parametrize("issuer", ["did:web:college.example", "https://college.example", "did:ebsi:z1/../x"])
def test_who_is_no_legal_entity_of_ebsi_is_unknown_and_not_asked_about(issuer: str) -> None:
    report = report_on(served(), diploma(issuer=issuer), TERM_START)
    assert trust_of(report) == (Outcome.INDETERMINATE, "issuer_unknown")
    assert not any("trusted-issuers" in entry.url for entry in report.consulted)


def test_without_the_registry_nobody_resolves_its_identifiers() -> None:
    source = Uploaded(diploma().encode(), "diploma.jwt")
    report = verify(source, web=MemoryWeb(served()), now=TERM_START)
    assert report.check("proof").findings[0].code == "unsupported_did_method"


def test_a_credential_that_can_be_revoked_like_an_accreditation_is_not_called_unrevoked() -> None:
    entry_of_status = {**certificate(TI), "type": "EbsiAccreditationEntry"}
    report = report_on(served(), diploma(credentialStatus=entry_of_status), TERM_START)
    assert report.check("status").outcome is Outcome.INDETERMINATE


@pytest.mark.parametrize("url", [f"{BASE}/trusted-issuers-registry/v2/issuers", "https://localhost/x"])
def test_an_address_that_cannot_be_a_registry_is_a_mistake_of_the_configuration(url: str) -> None:
    with pytest.raises(ValueError, match=r"versions v3 to v5|not an https address"):
        EbsiRegistry(url)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to everything inside a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for name, inner in items for found in ((*path, name), *places(inner, (*path, name)))]


def replaced(value: Any, path: tuple[Any, ...], by: Any) -> Any:
    copy = json.loads(json.dumps(value))
    *way, last = path
    node = copy
    for name in way:
        node = node[name]
    node[last] = by
    return copy


CLAIMS = accreditation(TI, TAO, ATTEST)


@given(path=st.sampled_from(places(CLAIMS)), by=ANYTHING)
def test_no_shape_of_an_accreditation_is_a_fault_of_ours(path: tuple[Any, ...], by: Any) -> None:
    web = with_entry(TI, entry(TI, "TI", TAO, token(replaced(CLAIMS, path, by), TAO)))
    outcome, code = judged(web)
    assert code != "internal_error"
    assert outcome is Outcome.INDETERMINATE or path[-1] not in (
        "iss",
        "sub",
        "issuer",
        "accreditedFor",
        "schemaId",
    )


@given(st.data())
def test_no_answer_of_the_registry_is_a_fault_of_ours(data: st.DataObject) -> None:
    web = served()
    url = data.draw(st.sampled_from(sorted(web)))
    document = json.loads(bytes(web[url]))  # type: ignore[arg-type]  # bytes, not an Answer
    path = data.draw(st.sampled_from(places(document)))
    web[url] = json.dumps(replaced(document, path, data.draw(ANYTHING))).encode()
    report = report_on(web, diploma(), TERM_START)
    assert all(finding.code != "internal_error" for result in report.results for finding in result.findings)


# ------------------------------------------------------------------------------------- other people's records


@pytest.mark.shared
def test_records_of_the_pilot_are_read_as_far_as_their_keys_are_known(shared_cases: Path) -> None:
    """Shape of 2022: `authorisationClaims`, and revocation in a list that is not there any more."""
    web: dict[str, bytes | Answer] = {}
    for name in ("ti", "tao"):
        data = (shared_cases / f"education/ebsi/{name}-tir-record.json").read_bytes()
        web[f"{BASE}/trusted-issuers-registry/v4/issuers/{json.loads(data)['did']}"] = data
    issuer = "did:ebsi:zrCaMa5923UdhhWA69hArZS"
    schema = (
        "https://raw.githubusercontent.com/walt-id/waltid-ssikit-vclib/master/src/test/resources/schemas/"
    )
    look_up: Callable[[str], tuple[Outcome, str]] = lambda kind: trust_of(  # noqa: E731
        report_on(
            web,
            diploma(
                issuer=issuer,
                issuanceDate="2023-05-01T00:00:00Z",
                credentialSchema={"id": schema + kind, "type": "FullJsonSchemaValidator2021"},
                termsOfUse=[],
            ),
            TERM_START,
            EbsiRegistry(f"{BASE}/trusted-issuers-registry/v4/issuers"),
        )
    )
    assert look_up("VerifiableDiploma.json") == (Outcome.INDETERMINATE, "registry_unusable")
    assert did_of("x") not in web
