"""A company's own lines are told by whom of its people they hold; a farm's are not."""

from collections.abc import Sequence
from typing import Any

import pytest

from bonafides.enrich import infrastructure
from bonafides.store.duckdb import Store
from indicator_cases import filled

LINE = "203.0.113.7"
REMOTE, HYBRID, MET = {}, {"work_arrangement": "hybrid"}, {"is_vouched": True}


def company(holders: Sequence[dict[str, Any]], others: Sequence[dict[str, Any]]) -> Store:
    """One company: those who are seen on the line, and those seen elsewhere only; and a worker of another company."""
    who = [{"company": "acme", "subject_id": f"w{n}", **one} for n, one in enumerate([*holders, *others])]
    lines = [LINE if n < len(holders) else f"198.51.100.{n}" for n in range(len(who))]
    who.append({"company": "beta", "subject_id": "w"})
    lines.append("198.51.100.250")
    sighting = [
        {"company": one["company"], "subject_id": one["subject_id"], "kind": "ip", "value": line}
        for one, line in zip(who, lines, strict=True)
    ]
    fact = [{"kind": "ip", "value": line} for line in sorted(set(lines))]
    return filled({"subject": who, "sighting": sighting, "value_fact": fact})


def own(store: Store, ranges: dict[str, Sequence[str]] | None = None) -> set[str]:
    infrastructure.learn(store, ranges or {})
    return {row["value"] for row in store.rows("SELECT value FROM value_fact WHERE infrastructure_of = 'acme'")}


@pytest.mark.parametrize(
    ("holders", "others", "why"),
    [
        ([MET, *[REMOTE] * 5], [MET] * 20, "many, of whom one was met"),
        ([REMOTE] * 6, [REMOTE] * 20, "a larger part, where nobody is ever met"),
        ([MET, REMOTE, REMOTE], [REMOTE] * 5, "few, but a third of a small company"),
        ([HYBRID] * 3, [HYBRID] * 20 + [REMOTE] * 40, "few, who all come to an office by HR's records"),
        ([*[HYBRID] * 4, REMOTE], [REMOTE] * 40, "a guest among them"),
    ],
)
def test_an_office_is_the_company_s(holders: list[dict[str, Any]], others: list[dict[str, Any]], why: str) -> None:
    assert own(company(holders, others)) == {LINE}, why


@pytest.mark.parametrize(
    ("holders", "others", "why"),
    [
        ([REMOTE] * 5, [MET] * 20, "five identities of a farm, none ever met"),
        ([REMOTE] * 6, [REMOTE] * 40, "less than a fifth, where nobody is ever met"),
        ([MET, REMOTE, REMOTE], [REMOTE] * 20, "a house share"),
        ([HYBRID] * 2, [REMOTE] * 20, "a couple"),
        ([*[HYBRID] * 3, REMOTE], [REMOTE] * 40, "a quarter of them remote"),
        ([HYBRID] * 3, [HYBRID] * 40, "a house share of three of many who come to an office"),
    ],
)
def test_a_home_or_a_farm_is_not(holders: list[dict[str, Any]], others: list[dict[str, Any]], why: str) -> None:
    assert own(company(holders, others)) == set(), why


def test_a_line_that_other_companies_people_use_as_well_is_nobody_s() -> None:
    store = company([HYBRID] * 4, [REMOTE] * 4)
    assert own(store) == {LINE}
    store = company([HYBRID] * 4, [REMOTE] * 4)
    store.execute(f"UPDATE sighting SET value = '{LINE}' WHERE company = 'beta'")
    store.execute(f"INSERT INTO sighting (company, subject_id, kind, value) VALUES ('gamma', 'w', 'ip', '{LINE}')")
    store.execute("INSERT INTO subject (company, subject_id) VALUES ('gamma', 'w')")
    assert own(store) == set()


def test_named_ranges_are_the_company_s() -> None:
    assert own(company([REMOTE], [REMOTE]), {"acme": ["203.0.113.0/24", "2001:db8::/32"]}) == {LINE}
