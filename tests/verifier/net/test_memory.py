"""A web that is a dict obeys the fetch policy as the real one does."""

from __future__ import annotations

import dataclasses
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.errors import AddressRefused, AnswerUnusable, Unreachable
from verifier.flow import Fetch, Fetched, Purpose
from verifier.net.memory import Answer, MemoryWeb
from verifier.net.web import is_acceptable
from verifier.policy import Limits

URL = "https://college.example/keys"
PUBLIC = "93.184.216.34"


def ask(
    answers: dict[str, bytes | Answer],
    url: str = URL,
    purpose: Purpose = Purpose.SOURCE,
    limits: Limits | None = None,
) -> Fetched:
    return MemoryWeb(answers).fetch(Fetch(url=url, purpose=purpose), limits or Limits())


def failure(
    answers: dict[str, bytes | Answer],
    url: str = URL,
    purpose: Purpose = Purpose.SOURCE,
    limits: Limits | None = None,
) -> Unreachable:
    with pytest.raises(Unreachable) as caught:
        ask(answers, url, purpose, limits)
    return caught.value


def redirects(*steps: str) -> dict[str, bytes | Answer]:
    """Each step redirects to the next; the last one answers."""
    chain: dict[str, bytes | Answer] = {
        here: Answer(status=302, redirect=there) for here, there in pairwise(steps)
    }
    return {**chain, steps[-1]: b"here"}


def test_bytes_are_an_answer_with_status_200() -> None:
    fetched = ask({URL: b"{}"})
    assert (fetched.url, fetched.body, fetched.content_type) == (URL, b"{}", "application/json")
    assert fetched.hops == (URL,)


def test_an_answer_takes_positionals_in_the_published_order() -> None:
    names = [field.name for field in dataclasses.fields(Answer)]
    assert names == ["body", "status", "content_type", "redirect", "addresses", "delay"]
    assert Answer(b"x", 410, "text/plain", None, ((PUBLIC,),), 1.0).status == 410
    with pytest.raises(dataclasses.FrozenInstanceError):
        Answer().status = 200  # type: ignore[misc]  # what must not work


def test_an_address_is_found_in_every_spelling() -> None:
    for url in ("https://College.Example/keys", "https://college.example:443/keys"):
        assert ask({URL: b"{}"}, url).body == b"{}"
    assert ask({"https://bücher.example": b"{}"}, "https://xn--bcher-kva.example/").body == b"{}"


def test_what_is_absent_is_unreachable_and_was_not_asked() -> None:
    error = failure({URL: b"{}"}, "https://college.example/other")
    assert type(error) is Unreachable
    assert (error.asked, error.hops) == (False, ())


@pytest.mark.parametrize(
    "url",
    ["http://college.example/keys", "https://127.0.0.1/", "https://u@college.example/", URL + "#key-1"],
)
def test_the_policy_refuses_an_address_even_where_it_is_served(url: str) -> None:
    error = failure({url: b"{}"}, url)
    assert type(error) is AddressRefused
    assert not error.asked


# ------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    "addresses",
    [(("10.0.0.5",),), ((PUBLIC, "10.0.0.5"),), (("::1",),), ((),), ()],
    ids=["private", "mixed", "loopback", "no address", "no answer"],
)
def test_a_name_that_leads_inside_is_refused_before_a_connection(
    addresses: tuple[tuple[str, ...], ...],
) -> None:
    error = failure({URL: Answer(b"{}", addresses=addresses)})
    assert type(error) is AddressRefused
    assert (error.asked, error.hops) == (False, ())


def test_one_fetch_uses_one_answer_of_the_name_service() -> None:
    web = MemoryWeb({URL: Answer(b"{}", addresses=((PUBLIC,), ("127.0.0.1",)))})
    wish = Fetch(url=URL, purpose=Purpose.STATUS)
    assert web.fetch(wish, Limits()).body == b"{}"
    for _ in range(2):  # the second answer came, and it stays
        with pytest.raises(AddressRefused):
            web.fetch(wish, Limits())


def test_each_hop_is_looked_up_anew() -> None:
    answers: dict[str, bytes | Answer] = {
        URL: Answer(redirect=URL, addresses=((PUBLIC,), (PUBLIC,), ("169.254.169.254",)))
    }
    error = failure(answers)
    assert type(error) is AnswerUnusable
    assert error.hops == (URL, URL)


# ------------------------------------------------------------------------------------- redirects


def test_a_redirect_is_followed_and_every_hop_is_named() -> None:
    chain = (URL, "https://a.example/1", "https://b.example/2", "https://c.example/3")
    fetched = ask(redirects(*chain))
    assert (fetched.url, fetched.hops) == (chain[-1], chain)


def test_a_fourth_redirect_is_one_too_many() -> None:
    chain = (URL, *(f"https://a.example/{number}" for number in range(4)))
    error = failure(redirects(*chain))
    assert type(error) is AnswerUnusable
    assert error.asked
    assert error.hops == chain[:4]


def test_a_loop_ends() -> None:
    assert failure({URL: Answer(status=302, redirect=URL)}).hops == (URL,) * 4


def test_a_relative_redirect_stays_on_its_host() -> None:
    assert ask(
        {URL: Answer(redirect="../v2/keys?x#part"), "https://college.example/v2/keys?x": b"{}"}
    ).url == ("https://college.example/v2/keys?x")


@pytest.mark.parametrize(
    "there",
    [
        "http://college.example/keys",
        "http://169.254.169.254/",
        "https://169.254.169.254/",
        "https://localhost/",
        "https://a@college.example/",
        "https://college.example:22/",
        "file:///etc/passwd",
        "data:application/json,{}",
        "https://[::1",
        "//10.0.0.1/",
        "https://college.example/\r\nX: y",
    ],
)
def test_a_redirect_to_what_is_not_asked_goes_nowhere(there: str) -> None:
    error = failure({URL: Answer(status=302, redirect=there), there: b"{}"})
    assert type(error) is AnswerUnusable
    assert (error.asked, error.hops) == (True, (URL,))


def test_a_redirect_to_a_name_that_leads_inside_goes_nowhere() -> None:
    inside = "https://inside.example/"
    answers = {**redirects(URL, inside), inside: Answer(b"{}", addresses=(("10.0.0.1",),))}
    error = failure(answers)
    assert type(error) is AnswerUnusable
    assert error.hops == (URL,)


def test_a_redirect_to_nowhere_is_unusable() -> None:
    assert failure({URL: Answer(redirect="https://gone.example/")}).hops == (URL,)


@pytest.mark.parametrize("purpose", [Purpose.KEY, Purpose.STATUS])
def test_keys_and_lists_may_move_within_their_host_only(purpose: Purpose) -> None:
    assert ask(redirects(URL, "https://college.example/v2"), purpose=purpose).body == b"here"
    error = failure(redirects(URL, "https://www.college.example/keys"), purpose=purpose)
    assert type(error) is AnswerUnusable
    assert error.hops == (URL,)


@pytest.mark.parametrize("purpose", [Purpose.REGISTRY, Purpose.SOURCE])
def test_registries_and_links_may_move_to_another_host(purpose: Purpose) -> None:
    assert ask(redirects(URL, "https://www.college.example/keys"), purpose=purpose).body == b"here"


# ------------------------------------------------------------------------------------- answers


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        *((status, AnswerUnusable) for status in (204, 304, 401, 404, 410)),
        (500, Unreachable),
        (503, Unreachable),
    ],
)
def test_a_status_other_than_200_is_named(status: int, kind: type[Unreachable]) -> None:
    error = failure({URL: Answer(b"{}", status=status)})
    assert type(error) is kind
    assert (error.asked, error.status, error.hops) == (True, status, (URL,))
    assert str(status) in str(error)


@pytest.mark.parametrize(
    ("purpose", "limit"),
    [
        (Purpose.KEY, "answer_bytes"),
        (Purpose.SOURCE, "answer_bytes"),
        (Purpose.STATUS, "status_bytes"),
        (Purpose.REGISTRY, "registry_bytes"),
    ],
)
def test_a_body_is_capped_by_its_purpose(purpose: Purpose, limit: str) -> None:
    narrow: dict[str, Any] = {
        "answer_bytes": 1_000,
        "status_bytes": 1_000,
        "registry_bytes": 1_000,
        limit: 10,
    }
    limits = Limits(**narrow)
    assert ask({URL: bytes(10)}, purpose=purpose, limits=limits).body == bytes(10)
    error = failure({URL: bytes(11)}, purpose=purpose, limits=limits)
    assert type(error) is AnswerUnusable
    assert error.asked


def test_an_endless_body_is_unusable() -> None:
    assert type(failure({URL: bytes(64 * 2**20)}, purpose=Purpose.STATUS)) is AnswerUnusable


@pytest.mark.parametrize(("delay", "late"), [(0.0, False), (5.0, False), (5.1, True), (3_600.0, True)])
def test_a_delay_is_compared_and_never_slept(delay: float, late: bool) -> None:
    answers: dict[str, bytes | Answer] = {URL: Answer(b"{}", delay=delay)}
    if late:
        error = failure(answers)
        assert (type(error), error.asked) == (Unreachable, True)
    else:
        assert ask(answers).body == b"{}"


def test_the_delays_of_all_hops_add_up() -> None:
    there = "https://a.example/"
    answers: dict[str, bytes | Answer] = {
        URL: Answer(redirect=there, delay=4.0),
        there: Answer(b"{}", delay=4.0),
    }
    assert ask(answers).url == there
    error = failure(answers, limits=Limits(fetch_timeout=timedelta(seconds=7)))
    assert error.hops == (URL, there)


DATA = (
    "application/json", "application/ld+json", "application/vc+ld+json", "application/jwk-set+json",
    "application/statuslist+jwt", "application/vc+jwt", "application/dc+sd-jwt", "application/jwt",
    "application/entity-statement+jwt", "application/vc-ld+jwt", "text/plain", "application/octet-stream",
    "binary/octet-stream", "", "Application/JSON; charset=utf-8", "application/did",
)  # fmt: skip
PAGES = ("text/html; charset=utf-8", "image/png", "image/svg+xml", "application/pdf", "application/xhtml+xml")
NEVER = ("text/css", "video/mp4", "application/javascript", "image/jpeg", "text/x+json",
         "multipart/mixed", "application/json, text/html", "json")  # fmt: skip


@pytest.mark.parametrize("purpose", Purpose)
def test_each_purpose_takes_its_own_content_types(purpose: Purpose) -> None:
    assert all(is_acceptable(kind, purpose) for kind in DATA)
    assert not any(is_acceptable(kind, purpose) for kind in NEVER)
    assert {is_acceptable(kind, purpose) for kind in PAGES} == {purpose is Purpose.SOURCE}
    for kind in ("application/xml", "application/zip", "text/csv"):  # a trust list, a skills framework
        assert is_acceptable(kind, purpose) is (purpose is Purpose.REGISTRY)


def test_a_page_is_no_key_set() -> None:
    error = failure({URL: Answer(b"<html>", content_type="text/html")}, purpose=Purpose.KEY)
    assert type(error) is AnswerUnusable
    assert "text/html" in str(error)
    assert ask({URL: Answer(b"<html>", content_type="text/html")}).content_type == "text/html"


# ------------------------------------------------------------------------------------- sharing


def test_a_copy_begins_anew() -> None:
    web = MemoryWeb({URL: Answer(b"{}", addresses=((PUBLIC,), ("127.0.0.1",)))})
    wish = Fetch(url=URL, purpose=Purpose.KEY)
    web.fetch(wish, Limits())
    again = pickle.loads(pickle.dumps(web))  # noqa: S301  our own bytes
    assert again.fetch(wish, Limits()).body == b"{}"


def test_what_is_given_later_does_not_count() -> None:
    answers: dict[str, bytes | Answer] = {}
    web = MemoryWeb(answers)
    answers[URL] = b"{}"
    with pytest.raises(Unreachable):
        web.fetch(Fetch(url=URL, purpose=Purpose.KEY), Limits())


def test_threads_share_one_sequence_of_dns_answers() -> None:
    web = MemoryWeb({URL: Answer(b"{}", addresses=(*((PUBLIC,),) * 50, ("127.0.0.1",)))})

    def is_answered(_: int) -> bool:
        try:
            return web.fetch(Fetch(url=URL, purpose=Purpose.KEY), Limits()).body == b"{}"
        except AddressRefused:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(is_answered, range(100))) == 50


@given(
    st.text(max_size=30).map("https://".__add__),
    st.builds(
        Answer,
        body=st.binary(max_size=20),
        status=st.integers(100, 599),
        content_type=st.text(max_size=20),
        redirect=st.none() | st.text(max_size=30) | st.just(URL),
        addresses=st.none() | st.lists(st.lists(st.just(PUBLIC) | st.text(max_size=9)).map(tuple)).map(tuple),
        delay=st.floats(0, 20),
    ),
    st.sampled_from(Purpose),
)
def test_any_answer_is_fetched_or_unreachable_and_nothing_else(
    url: str, answer: Answer, purpose: Purpose
) -> None:
    for asked in (url, URL):
        try:
            fetched = ask({url: answer, URL: answer}, asked, purpose)
        except Unreachable as error:
            assert error.asked == bool(error.hops)  # noqa: PT017  both ways out are right
            pickle.dumps(error)
        else:
            assert fetched.hops[-1] == fetched.url
            assert answer.status == 200
