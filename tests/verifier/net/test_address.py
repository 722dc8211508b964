"""The fetch policy as it judges addresses: every special range by name, every way to hide a number."""

from __future__ import annotations

import pickle
from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from verifier.errors import AddressRefused
from verifier.net.address import (
    PRIVATE_SUFFIXES,
    SPECIAL_V4,
    SPECIAL_V6,
    judge_addresses,
    judge_url,
    special_use,
)
from verifier.policy import Limits

LIMITS = Limits()
URL = "https://college.example/keys"
PUBLIC = "93.184.216.34"


@pytest.mark.parametrize(
    ("url", "host", "port", "path"),
    [
        ("https://college.example", "college.example", 443, "/"),
        ("HTTPS://College.Example:443/a/b", "college.example", 443, "/a/b"),
        ("https://college.example:/x", "college.example", 443, "/x"),
        ("https://college.example?", "college.example", 443, "/?"),
        ("https://college.example/a?b=c&d=%20", "college.example", 443, "/a?b=c&d=%20"),
        ("https://bücher.example/bücher", "xn--bcher-kva.example", 443, "/b%C3%BCcher"),
        ("https://straße.example/", "xn--strae-oqa.example", 443, "/"),
        ("https://ｃｏｌｌｅｇｅ。example/", "college.example", 443, "/"),
        ("https://a.b.c.d.example/", "a.b.c.d.example", 443, "/"),
        ("https://1.2.3.4.example/", "1.2.3.4.example", 443, "/"),
    ],
)
def test_a_public_https_address_is_taken(url: str, host: str, port: int, path: str) -> None:
    target = judge_url(url, LIMITS)
    assert (target.url, target.host, target.port, target.path) == (url, host, port, path)


def test_two_spellings_of_one_address_have_one_key() -> None:
    assert (
        judge_url("https://College.example", LIMITS).key
        == judge_url("HTTPS://college.EXAMPLE:443/", LIMITS).key
    )


def test_the_port_is_part_of_the_origin() -> None:
    target = judge_url("https://college.example:8443/", LIMITS, allowed_ports=(443, 8443))
    assert target.origin == ("college.example", 8443)


REFUSED = {
    "plain http": "http://college.example/",
    "file": "file:///etc/passwd",
    "gopher": "gopher://college.example:443/_x",
    "data": "data:application/json,{}",
    "no scheme": "//college.example/",
    "nothing": "",
    "no host": "https:///keys",
    "no slashes": "https:college.example/",
    "user": "https://admin@college.example/",
    "user and password": "https://a:b@college.example/",
    "empty user": "https://@college.example/",
    "trusted name as user": "https://college.example@evil.example/",
    "port 22": "https://college.example:22/",
    "port 80": "https://college.example:80/",
    "port 0": "https://college.example:0/",
    "port too large": "https://college.example:99999/",
    "port no number": "https://college.example:https/",
    "Arabic port": "https://college.example:٤٤٣/",
    "fragment": "https://college.example/#key-1",
    "empty fragment": "https://college.example/#",
    "carriage return": "https://college.example/\r\nHost: evil.example",
    "tab": "https://col\tlege.example/",
    "NUL": "https://college.example/\0",
    "DEL": "https://college.example/\x7f",
    "space": "https://college.example/a b",
    "leading space": " https://college.example/",
    "no-break space": "https://college.example/\xa0",
    "line separator": "https://college.example/\u2028",
    "half a surrogate pair": "https://college.example/\ud800",
    "backslash": "https://college.example\\@evil.example/",
    "dotted": "https://169.254.169.254/latest/meta-data",
    "public dotted": "https://93.184.216.34/",
    "decimal": "https://2852039166/",
    "octal": "https://0251.0376.0251.0376/",
    "octal in one": "https://025177524776/",
    "hexadecimal": "https://0xa9.0xfe.0xa9.0xfe/",
    "hexadecimal in one": "https://0xA9FEA9FE/",
    "empty hexadecimal": "https://college.0x/",
    "two parts": "https://127.1/",
    "numeric last label": "https://college.example.1/",
    "full-width digits": "https://１６９.２５４.１６９.２５４/",
    "circled digits": "https://①②⑦.⓪.⓪.①/",
    "IPv6": "https://[::1]/",
    "IPv4-mapped": "https://[::ffff:169.254.169.254]/",
    "IPv6 with zone": "https://[fe80::1%25eth0]/",
    "IPv6 unbracketed": "https://::1/",
    "half a bracket": "https://[::1/",
    "not IPv6": "https://[college.example]/",
    "single label": "https://intranet/",
    "localhost": "https://localhost/",
    "final dot": "https://localhost./",
    "percent-encoded host": "https://%6c%6f%63alhost.example/",
    "underscore": "https://my_college.example/",
    "empty label": "https://college..example/",
    "leading dot": "https://.example/",
    "label begins with hyphen": "https://-college.example/",
    "label of 64": f"https://{'a' * 64}.example/",
    "host of 254": f"https://{'a.' * 123}example1/",
    "host of 254 after encoding": f"https://{'ü.' * 62}example/",
    "joiner in a label": "https://a\u200db.example/",
    "emoji": "https://💩.example/",
    "comma": "https://college,evil.example/",
    "slash look-alike": "https://college.example\uff0fevil.example/",
    "too long": "https://college.example/" + "a" * LIMITS.identifier_chars,
}


@pytest.mark.parametrize("url", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_plain_public_https_address_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        judge_url(url, LIMITS)
    assert caught.value.asked is False
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("suffix", sorted(PRIVATE_SUFFIXES))
def test_a_name_of_a_private_network_is_refused(suffix: str) -> None:
    with pytest.raises(AddressRefused, match="private network"):
        judge_url(f"https://metadata.{suffix}/", LIMITS)


def test_a_refusal_survives_pickling() -> None:
    with pytest.raises(AddressRefused) as caught:
        judge_url("http://college.example/", LIMITS)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  our own bytes
    assert (str(again), again.asked) == (str(caught.value), False)


# ------------------------------------------------------------------------------------- answers of DNS

RANGES = {  # name, and the first, an inner and the last address of each special range
    "this network": ("0.0.0.0", "0.0.0.1", "0.255.255.255"),  # noqa: S104  nothing is bound
    "private use 10": ("10.0.0.0", "10.0.0.5", "10.255.255.255"),
    "shared address space": ("100.64.0.0", "100.100.100.200", "100.127.255.255"),
    "loopback": ("127.0.0.0", "127.0.0.1", "127.255.255.255"),
    "link-local": ("169.254.0.0", "169.254.169.254", "169.254.255.255"),
    "private use 172.16": ("172.16.0.0", "172.20.0.1", "172.31.255.255"),
    "protocol assignments": ("192.0.0.0", "192.0.0.9", "192.0.0.255"),
    "documentation 1": ("192.0.2.0", "192.0.2.1", "192.0.2.255"),
    "6to4 relay": ("192.88.99.0", "192.88.99.1", "192.88.99.255"),
    "private use 192.168": ("192.168.0.0", "192.168.1.1", "192.168.255.255"),
    "benchmarking": ("198.18.0.0", "198.19.0.1", "198.19.255.255"),
    "documentation 2": ("198.51.100.0", "198.51.100.1", "198.51.100.255"),
    "documentation 3": ("203.0.113.0", "203.0.113.1", "203.0.113.255"),
    "multicast": ("224.0.0.0", "224.0.0.251", "239.255.255.255"),
    "reserved": ("240.0.0.0", "250.1.2.3", "255.255.255.255"),
    "unspecified and IPv4-compatible": ("::", "::127.0.0.1", "::ffff:ffff"),
    "IPv6 loopback": ("::1",),
    "IPv4-translated": ("::ffff:0:127.0.0.1", "::ffff:0:93.184.216.34"),
    "local NAT64": ("64:ff9b:1::", "64:ff9b:1::5db8:d822", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"),
    "discard only": ("100::", "100::1", "100::ffff:ffff:ffff:ffff"),
    "IPv6 protocol assignments": ("2001:1::1", "2001:2::1", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"),
    "IPv6 documentation": ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
    "IPv6 documentation 2": ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"),
    "segment routing": ("5f00::", "5f00::1"),
    "outside of global unicast": ("1fff:ffff::1", "4000::1", "8000::1"),
    "unique local": ("fc00::", "fd00:ec2::254", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    "IPv6 link-local": ("fe80::", "fe80::1", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    "site-local": ("fec0::", "fec0::1", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    "IPv6 multicast": ("ff00::", "ff02::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    "with a zone": ("fe80::1%eth0", "2606:4700::1%1"),
}
NEIGHBOURS = (
    "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
    "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255",
    "192.0.1.0", "192.0.3.0", "192.88.98.255", "192.88.100.0", "192.167.255.255", "192.169.0.0",
    "198.17.255.255", "198.20.0.0", "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0",
    "223.255.255.255", "2000::", "2001:200::1", "2001:db7:ffff::1", "2001:db9::1", "2606:2800:220:1::1",
    "3ffe:ffff::1", "3fff:1000::1",
)  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [pytest.param(item, id=f"{name}: {item}") for name, found in RANGES.items() for item in found],
)
def test_an_address_of_a_special_range_is_refused(address: str) -> None:
    assert special_use(address)
    with pytest.raises(AddressRefused, match="not public"):
        judge_addresses(URL, (address,))


@pytest.mark.parametrize("address", NEIGHBOURS)
def test_the_neighbours_of_the_special_ranges_are_public(address: str) -> None:
    assert judge_addresses(URL, (address,)) == (address,)


def wrappings(inner: str) -> dict[str, str]:
    """Every IPv6 address that packets for the IPv4 address `inner` may travel under."""
    bits = int(IPv4Address(inner))
    public, teredo = int(IPv4Address("8.8.8.8")), 0x20010000 << 96
    forms = {
        "IPv4-mapped": 0xFFFF << 32 | bits,
        "NAT64": 0x64FF9B << 96 | bits,
        "6to4": 0x2002 << 112 | bits << 80 | 1,
        "Teredo client": teredo | public << 64 | (~bits & 0xFFFFFFFF),
        "Teredo server": teredo | bits << 64 | (~public & 0xFFFFFFFF),
    }
    return {name: str(IPv6Address(number)) for name, number in forms.items()}


@pytest.mark.parametrize("form", wrappings(PUBLIC))
@pytest.mark.parametrize("inner", ["127.0.0.1", "169.254.169.254", "10.0.0.5", "100.64.0.1", "192.88.99.1"])
def test_a_special_address_stays_special_however_it_is_wrapped(form: str, inner: str) -> None:
    assert special_use(wrappings(inner)[form]) == special_use(inner) != ""


@pytest.mark.parametrize("form", wrappings(PUBLIC))
def test_a_public_address_stays_public_however_it_is_wrapped(form: str) -> None:
    assert special_use(wrappings(PUBLIC)[form]) == ""


@pytest.mark.parametrize(
    "text", ["", "localhost", "127.1", "0177.0.0.1", "1.2.3.4/32", "1.2.3.4 ", "٤.٤.٤.٤"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(AddressRefused):
        judge_addresses(URL, (text,))


def test_one_private_answer_spoils_all() -> None:
    for answers in ((PUBLIC, "10.0.0.5"), ("10.0.0.5", PUBLIC), (PUBLIC, PUBLIC, "::1")):
        with pytest.raises(AddressRefused):
            judge_addresses(URL, answers)


def test_a_name_without_an_address_is_refused() -> None:
    with pytest.raises(AddressRefused, match="no address"):
        judge_addresses(URL, ())


def test_all_public_answers_are_kept_in_order() -> None:
    answers = ("2606:2800:220:1::1", PUBLIC)
    assert judge_addresses(URL, iter(answers)) == answers


# ------------------------------------------------------------------------------------- properties


@given(st.text(max_size=80) | st.text(max_size=40).map("https://".__add__))
@example("https://college.example/\ud800")
def test_any_text_is_taken_or_refused_and_nothing_else(url: str) -> None:
    try:
        target = judge_url(url, LIMITS)
    except AddressRefused:
        return
    assert target.port == 443
    assert target.host.isascii()
    assert "." in target.host
    assert target.path.startswith("/")
    assert target.path.isascii()
    assert not set(target.path) & set(" \r\n\t#")
    with pytest.raises(ValueError, match="does not appear"):
        ip_address(target.host)
    assert judge_url(target.key, Limits(identifier_chars=10_000)).key == target.key


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_public_only_outside_every_special_range(address: IPv4Address) -> None:
    special = any(address in network for network, _ in SPECIAL_V4)
    assert bool(special_use(str(address))) == special
    if not address.is_global:
        assert special


@given(st.ip_addresses(v=6))
def test_an_ipv6_address_that_python_calls_special_is_never_public(address: IPv6Address) -> None:
    wrapped = address.ipv4_mapped or address.sixtofour or address.teredo or special_use(str(address))
    assert address.is_global or wrapped


@given(st.sampled_from(SPECIAL_V4).flatmap(lambda item: st.ip_addresses(network=item[0])))
def test_every_address_of_a_special_range_is_refused_in_every_form(address: IPv4Address) -> None:
    for form in (str(address), *wrappings(str(address)).values()):
        assert special_use(form)


@given(st.sampled_from(SPECIAL_V6).flatmap(lambda item: st.ip_addresses(network=item[0])))
def test_every_address_of_an_ipv6_special_range_is_refused(address: IPv6Address) -> None:
    assert special_use(str(address)) or address.teredo


@given(st.ip_addresses(network=IPv4Network("93.184.0.0/16")), st.ip_addresses(v=4))
def test_a_mixed_answer_is_only_as_good_as_its_worst(public: IPv4Address, other: IPv4Address) -> None:
    try:
        judge_addresses(URL, (str(public), str(other)))
    except AddressRefused:
        assert special_use(str(other))
    else:
        assert not special_use(str(other))
