"""What may be read of a finding before a case is open."""

from typing import Any

import pytest

from bonafides.exchange.report.masking import Mask
from bonafides.kinds.base import pseudonym

SQL = """SELECT CASE WHEN early THEN 'in their first 90 days' WHEN away THEN 'about ' || km || ' km away'
ELSE 'bears none of the worker''s names' END AS place"""
MASK = Mask(
    {"ip": lambda value: pseudonym("ip", value), "phone": lambda value: pseudonym("phone", value)},
    {"192.0.2.7": "ip", "+12125550123": "phone"},
    ["Zephyrine", "Quillfeather", "Li", "Ann-Marie"],
    ["acme", "borealis"],
)


def shown(name: str, value: Any) -> Any:
    return MASK.because({name: value}, SQL)[name]


@pytest.mark.parametrize("value", [None, True, 3, 12.5, 0, "", "2026-05-01", "17", "3.5", "-4"])
def test_counts_and_dates_are_shown(value: Any) -> None:
    assert shown("anything", value) == value


def test_a_moment_is_shown_as_its_day() -> None:
    assert shown("first_at", "2026-05-01 17:05:01.123") == "2026-05-01"


@pytest.mark.parametrize("name", ["product", "tool", "tools"])
def test_products_are_shown(name: str) -> None:
    assert shown(name, "PiKVM V4 Mini") == "PiKVM V4 Mini"


@pytest.mark.parametrize(
    "text", ["about 120 km away", "in their first 90 days", "bears none of the worker's names", "acme"]
)
def test_an_indicators_own_phrases_and_companies_are_shown(text: str) -> None:
    assert shown("place", text) == text


@pytest.mark.parametrize(
    "value",
    [
        "Zephyrine Quillfeather",
        "zq@mail.example",
        "192.0.2.7",
        "+12125550123",
        "12125550123",
        12125550123,
        "12 Larch Avenue|62704|US",
        "acct-0001",
        "about Zephyrine",
        "about 12125550123 km away",
        "62704",
        "38.627003",
        "W-1042",
    ],
)
def test_what_nobody_allowed_is_masked(value: Any) -> None:
    told = str(shown("other", value))
    assert str(value) not in told
    assert told == MASK.value(str(value), instead="other")


def test_a_known_value_shows_the_tag_of_its_kind() -> None:
    assert shown("other", "192.0.2.7") == pseudonym("ip", "192.0.2.7")
    assert MASK.value("unheard of") == pseudonym("value", "unheard of")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Zephyrine's iPad", "(name)'s iPad"),
        ("zephyrine-macbook", "(name)-macbook"),
        ("XQUILLFEATHERX keyboard", "(name) keyboard"),
        ("PiKVM V4", "PiKVM V4"),
        ("Li Ion pack", "(name) Ion pack"),
        ("Lion pack", "Lion pack"),
        ("dock of zq@mail.example", "dock of <e-mail>"),
        ("at 192.0.2.7", "at <address>"),
        ("call 12125550123", "call <number>"),
    ],
)
def test_what_things_say_of_themselves_is_shown_without_people(text: str, told: str) -> None:
    assert shown("seen", text) == told


@pytest.mark.parametrize(
    ("ref", "told"),
    [
        ("okta_system_log:12dfe469-d544-4a03-a7af-2e91a86f034b", None),
        ("records:17b55cb7a397fcf96957d929df09c836", None),
        ("okta_system_log:04fedb8c-1722-4321-1234-450747272123", None),
        ("github_audit_log:xJJFlFOhQ6b-5vaAFy9Rjw", None),
        ("records:W-1042", "records:" + pseudonym("ref", "W-1042")),
        ("records:4111111111111111", "records:" + pseudonym("ref", "4111111111111111")),
        ("git_log:ZephyrineQ1990Home", "git_log:" + pseudonym("ref", "ZephyrineQ1990Home")),
    ],
)
def test_references_show_the_ids_that_machines_make(ref: str, told: str | None) -> None:
    assert MASK.reference(ref) == (told or ref)


def test_lists_are_masked_one_by_one() -> None:
    assert shown("others", ["acme", "192.0.2.7"]) == f"acme, {pseudonym('ip', '192.0.2.7')}"
