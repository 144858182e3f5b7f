"""Who counts as one party where a company's records leave out what others say."""

from typing import Any

from bonafides.network.parties import parties
from indicator_cases import filled

HOME, SENT = "worker:address", "shipment:address"
ACCOUNT, DOOR = "acct_1", "1 ELM ST|60612|US"


def told(people: dict[str, dict[str, Any]], seen: list[tuple[str, str, str]]) -> dict[str, dict[str, Any]]:
    """Parties by company. Shape: one subject `w` a company; `seen` are (company, via, value)."""
    kind = {"payee:account_token": "bank_account"}
    store = filled(
        {
            "subject": [
                {"company": c, "subject_id": "w", "subject_kind": "worker", "person": c, **more}
                for c, more in people.items()
            ],
            "sighting": [
                {"company": c, "subject_id": "w", "day": "2026-03-02", "via": via, "value": value,
                 "kind": kind.get(via, "postal_address")}
                for c, via, value in seen
            ],
        }
    )  # fmt: skip
    parties(store)
    return {row["company"]: row for row in store.rows("SELECT * FROM party_of")}


def paid(*companies: str, into: str = ACCOUNT) -> list[tuple[str, str, str]]:
    return [(company, "payee:account_token", into) for company in companies]


def test_an_agency_named_elsewhere_speaks_for_whose_company_names_none() -> None:
    people = {"acme": {"agency": "north"}, "beta": {"agency": "north"}, "gamma": {}}
    found = told(people, paid("acme", "beta", "gamma"))
    assert {row["agency"] for row in found.values()} == {"north"}
    assert len({row["party"] for row in found.values()}) == 1


def test_the_agencys_door_speaks_as_its_account_does() -> None:
    people = {"acme": {"agency": "north"}, "beta": {"agency": "north"}, "gamma": {}}
    found = told(people, [(c, SENT, DOOR) for c in people])
    assert found["gamma"]["agency"] == "north"


def test_one_who_names_an_agency_speaks_for_nobody_else() -> None:
    found = told({"acme": {"agency": "north"}, "gamma": {}}, paid("acme", "gamma"))
    assert found["gamma"]["agency"] is None


def test_two_agencies_behind_one_account_are_not_one() -> None:
    people = {"acme": {"agency": "north"}, "beta": {"agency": "north"}, "delta": {"agency": "south"}, "gamma": {}}
    assert told(people, paid(*people))["gamma"]["agency"] is None


def test_a_company_that_names_agencies_denies_what_it_leaves_out() -> None:
    both = filled(
        {
            "subject": [
                {"company": "acme", "subject_id": "a", "person": "a", "agency": "north"},
                {"company": "beta", "subject_id": "b", "person": "b", "agency": "north"},
                {"company": "beta", "subject_id": "c", "person": "c"},
            ],
            "sighting": [
                {"company": c, "subject_id": s, "day": "2026-03-02", "via": "payee:account_token", "value": ACCOUNT,
                 "kind": "bank_account"}
                for c, s in (("acme", "a"), ("beta", "b"), ("beta", "c"))
            ],
        }
    )  # fmt: skip
    parties(both)
    assert both.value("SELECT agency FROM party_of WHERE subject_id = 'c'") is None


def test_who_has_no_claimed_home_is_at_home_where_things_were_sent() -> None:
    found = told({"acme": {}, "beta": {}}, [("acme", HOME, DOOR), ("beta", SENT, DOOR)])
    assert found["acme"]["home"] == found["beta"]["home"]


def test_who_claims_another_home_is_not_at_home_where_things_were_sent() -> None:
    found = told({"acme": {}, "beta": {}}, [("acme", HOME, DOOR), ("beta", SENT, DOOR), ("beta", HOME, "9 OAK|1|US")])
    assert found["acme"]["home"] != found["beta"]["home"]


def test_a_door_without_postal_code_is_the_only_one_of_its_street_line() -> None:
    town = "1 ELM ST|CHICAGO, IL|US"
    found = told({"acme": {}, "beta": {}}, [("acme", HOME, DOOR), ("beta", HOME, town)])
    assert found["acme"]["home"] == found["beta"]["home"]
    several = told(
        {"acme": {}, "beta": {}, "gamma": {}},
        [("acme", HOME, DOOR), ("beta", HOME, town), ("gamma", HOME, "1 ELM ST|19144|US")],
    )
    assert several["acme"]["home"] != several["beta"]["home"]
