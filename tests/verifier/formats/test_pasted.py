"""What people paste: a token, a document, several of them, a link, or a whole CV."""

from __future__ import annotations

import base64

import pytest

from verifier.errors import NotACredential, NotParseable, TooLarge
from verifier.formats import read
from verifier.formats.pasted import TEXT, tokens
from verifier.model import Credential
from verifier.policy import Limits

LIMITS = Limits()
JWS = "eyJhbGciOiJFZERTQSJ9.e30.c2ln"
SD_JWT = JWS + "~WyJhIl0~"
BADGE = "https://www.credly.com/badges/7e75e005-b03e-4347-af3c-dcab5e629df2"


def held(text: str) -> list[bytes | str | None]:
    return [member.url or member.data for member in tokens(text, LIMITS)]


@pytest.mark.parametrize(
    "text", ['{"a": 1}', "[1]", JWS, SD_JWT, "eyJh.e30", "eyJh.e.e.e.e", '"eyJh"', "", " \n"]
)
def test_json_and_single_tokens_are_left_to_their_readers(text: str) -> None:
    assert not TEXT.sniff(text.encode())


@pytest.mark.parametrize("data", [b"\xff\xfe{\0", b"\0abc", b"a\x1b[2J", b"\x89PNG\r\n\x1a\n"])
def test_what_is_not_text_is_not_taken_for_text(data: bytes) -> None:
    assert not TEXT.sniff(data)


@pytest.mark.parametrize("text", [f"Dear all, {JWS}", BADGE, '{"a":1}\n{"b":2}', f"{JWS}\n{SD_JWT}"])
def test_text_around_or_between_credentials_is_text(text: str) -> None:
    assert TEXT.sniff(text.encode())


@pytest.mark.parametrize("word", ["BMW", "BZhang"])
def test_a_text_is_not_taken_for_a_file_that_begins_with_the_same_letters(word: str) -> None:
    found = read(f"{word} training, my badge: {BADGE}".encode(), LIMITS)
    assert [member.url for member in found.contains] == [BADGE]


def test_tokens_are_found_between_words_and_each_once() -> None:
    assert held(f"My badge: {JWS} and\n{SD_JWT} and again {JWS}") == [JWS.encode(), SD_JWT.encode()]


def test_documents_a_line_are_several_and_a_document_is_one() -> None:
    assert held('{"a":1}\n\n {"b":2}\n') == [b'{"a":1}', b'{"b":2}']
    assert held('{"a":\n1}') == [b'{"a":\n1}']


def test_a_link_alone_counts_whatever_it_is_and_in_a_text_only_credential_links_do() -> None:
    assert held(" https://college.example/credentials/1 ") == ["https://college.example/credentials/1"]
    assert held(f"see https://college.example/credentials/1 or {BADGE}.") == [BADGE]
    assert held("http://college.example/credentials/1") == []


def test_a_data_address_is_decoded_here() -> None:
    word = "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()
    assert held(f"badge {word}") == [b"\x89PNG"]
    [damaged] = tokens(word.rstrip("="), LIMITS)
    assert isinstance(damaged.error, NotParseable)


def test_the_number_of_credentials_is_bounded() -> None:
    with pytest.raises(TooLarge):
        tokens("\n".join('{"n":%d}' % n for n in range(201)), LIMITS)  # noqa: UP031 - braces
    with pytest.raises(TooLarge):
        tokens(" ".join(f"{JWS}{n}" for n in range(201)), LIMITS)


@pytest.mark.parametrize(
    "text", ["Hello", "<!DOCTYPE html><p>x</p>", "<html></html>", "<x/>", "eyJh. e30.c2ln", "name,badge\nA,B"]
)
def test_a_text_without_a_credential_is_none(text: str) -> None:
    assert TEXT.sniff(text.encode())
    with pytest.raises(NotACredential):
        TEXT.open(text.encode(), LIMITS)


def test_a_text_opens_into_an_archive() -> None:
    found = TEXT.open(f"{JWS} {BADGE}".encode(), LIMITS)
    assert isinstance(found, Credential)
    assert [member.name for member in found.contains] == ["token 1", BADGE]
