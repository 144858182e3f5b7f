"""Test people are invented: addresses, numbers and mailboxes in tests and simulator are from reserved ranges."""

import gzip
import re
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest

from bonafides.simulate.world import simulate
from house.source_tree import DOCS, ROOT, SRC, TESTS, name, texts

RESERVED = [
    ip_network(net)
    for net in (
        # RFC 5737 and RFC 3849 for documents; RFC 2544 for benches; RFC 1112 never routed; the rest is nobody's.
        *("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "198.18.0.0/15", "240.0.0.0/4"),
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.168.0.0/16", "224.0.0.0/4", "::/127", "fc00::/7", "fe80::/10", "ff00::/8", "100::/64"),
        # Wrappings of IPv4 addresses: what is inside is looked at by the rules for IPv4.
        *("64:ff9b::/96", "::ffff:0:0/96", "2002::/16", "2001::/32"),
    )
]
# Mailboxes that the rules about one vendor need as they are: nobody's, or the vendor's own.
MAILBOXES = {
    "tests/units/kinds/email/cases.yaml": {"gmail.com", "googlemail.com", "exa..mple.com"},
    "tests/units/sources/okta_system_log/api.jsonl": {"okta.com"},
}
# 555-01xx (North America), area codes that cannot exist, and what Ofcom, Bundesnetzagentur and Arcep keep for drama.
PHONES = re.compile(
    r"\+?1?\d\d\d55501\d\d|\+?1?[01]\d{9}|(9){10}|\+?44(0?2079460\d{3}|0?7700900\d{3}|0?1632960\d{3})"
    r"|\+4917139200\d\d|\+3363998\d{4}"
)
COUNTDOWN = re.compile(r"\+?1?(1234567890|2345678901|0123456789|9876543210)\d*")

MAILBOX = re.compile(r"[\w.%+-]+@([A-Za-z0-9.-]+\.[A-Za-z]{2,})")
IPV4 = re.compile(r"(?<![\w./-])(\d{1,3}(?:\.\d{1,3}){3})(?![\w.]|-\d)")
IPV6 = re.compile(
    r"(?<![\w:.])((?:[0-9a-fA-F]{1,4}:){2,7}[0-9a-fA-F]{0,4}|(?:[0-9a-fA-F]{1,4}:){1,6}(?::[0-9a-fA-F]{1,4}){1,6})(?![\w:])"
)
PHONE = re.compile(r"(?<![\w.:/-])(\+\d[\d ().-]{7,16}\d|\(\d{3}\) ?\d{3}-\d{4}|\d{3}-\d{3}-\d{4})(?![\w.-])")


def foreign(text: str, mailboxes: frozenset[str] | set[str] = frozenset()) -> Iterator[str]:
    """Addresses, numbers and mailboxes in a text that could be somebody's."""
    for found in MAILBOX.finditer(text):
        domain = found[1].lower()
        if (
            not re.search(r"(^|\.)(example(\.(com|net|org))?|test|invalid|localhost)$", domain)
            and domain not in mailboxes
        ):
            yield found[0]
    for found in (*IPV4.finditer(text), *IPV6.finditer(text)):
        try:
            address = ip_address(found[1])
        except ValueError:
            continue
        if found[1].endswith(".0.0.0"):
            continue  # a browser's version; nobody has a whole network for an address
        if not any(address in net for net in RESERVED if net.version == address.version):
            yield found[1]
    for found in PHONE.finditer(text):
        digits = re.sub(r"\(0\)|[^\d+]", "", found[1])
        if digits.startswith("+1") and len(digits) != 12:
            continue
        if not PHONES.fullmatch(digits) and not COUNTDOWN.fullmatch(digits):
            yield found[1]


def written() -> list[tuple[Path, str]]:
    here = Path(__file__).resolve()
    return [
        (p, t)
        for p, t in texts(TESTS, SRC / "simulate", DOCS, ROOT / "README.md", ROOT / "CONTRIBUTING.md")
        if p != here
    ]


def test_everybody_in_tests_documents_and_the_simulator_is_invented() -> None:
    found = {(name(p), one) for p, text in written() for one in foreign(text, MAILBOXES.get(name(p), set()))}
    assert not found


def test_no_exception_is_left_of_a_file_that_is_gone() -> None:
    assert [path for path in MAILBOXES if not (ROOT / path).is_file()] == []


@pytest.mark.parametrize(
    "planted",
    [
        "ada@gmail.com",
        "at 8.8.8.8 today",
        "over 2600:1f18::1",
        "call +1 212 736 5000",
        "fax (212) 736-5000",
        "+44 20 7123 4567",
    ],
)
def test_a_planted_address_is_noticed(planted: str) -> None:
    assert list(foreign(planted))


@pytest.mark.parametrize(
    "invented",
    [
        "ada@example.com",
        "w@acme.example",
        "192.0.2.7",
        "2001:db8::1",
        "+1 614 555 0123",
        "(614) 555-0123",
        "+44 20 7946 0018",
        "12:30:45",
    ],
)
def test_reserved_ranges_are_allowed(invented: str) -> None:
    assert not list(foreign(invented))


def test_a_simulated_world_keeps_to_reserved_ranges(tmp_path: Path) -> None:
    simulate(tmp_path, "company", seed=3, scale=0.005, processes=1)
    found: set[str] = set()
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    for path in files:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8", "replace")
        found |= set(foreign(text))
    assert len(files) > 20
    assert not found
