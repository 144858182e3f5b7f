"""Whose wages a firm takes where nobody's agency is entered."""

from typing import Any

import pytest

from bonafides.kinds.base import rows
from bonafides.sightings.firms import firms
from indicator_cases import filled

FIRM = "Northgate Staffing, Inc."
PUBLIC = next(row["domain"] for row in rows("mail_hosts") if row["kind"] == "freemail")


def taken(subjects: dict[str, dict[str, Any]], names: dict[str, str | None]) -> set[str]:
    """Companies whose one worker the firm is paid for. Shape: everybody is paid into one account, whose holder's name
    some companies have.
    """
    store = filled(
        {
            "subject": [
                {"company": c, "subject_id": "w", "subject_kind": "worker", **more} for c, more in subjects.items()
            ],
            "payee": [
                {"company": c, "subject_id": "w", "worker_id": "w", "account_token": "acct_1", "holder_name": name}
                for c, name in names.items()
            ],
            "cleaned": [{"kind": "bank_account", "raw": "acct_1", "value": "acct_1"}],
            "sighting": [
                {"company": c, "subject_id": "w", "kind": "bank_account", "value": "acct_1"} for c in subjects
            ],
        }
    )
    firms(store)
    return {row["company"] for row in store.rows("SELECT company FROM firm_of")}


def test_a_firm_takes_the_wages_of_whoever_is_paid_into_its_account() -> None:
    people = {"acme": {"engagement": "contractor"}, "beta": {}, "gamma": {}}
    assert taken(people, {"acme": FIRM, "beta": FIRM.upper().replace(",", "")}) == set(people)


@pytest.mark.parametrize(
    ("people", "names"),
    [
        ({"acme": {}, "beta": {"engagement": "employee"}}, {"acme": FIRM, "beta": FIRM}),
        ({"acme": {}, "beta": {}}, {"acme": FIRM, "beta": "Ann Marlowe"}),
        ({"acme": {}, "beta": {}}, {"acme": "Ann Marlowe", "beta": "Ann Marlowe"}),
        ({"acme": {}, "beta": {}}, {"acme": FIRM, "beta": None}),
    ],
)
def test_no_firm_takes_what_employees_earn_or_what_is_somebody_s_by_name(
    people: dict[str, dict[str, Any]], names: dict[str, str | None]
) -> None:
    assert taken(people, names) == set()


def test_who_names_agencies_denies_what_is_left_out() -> None:
    assert taken({"acme": {"agency": "north"}, "beta": {}}, {"acme": FIRM, "beta": FIRM}) == {"beta"}


def sent(*applicants: tuple[str, str, str | None]) -> set[str]:
    """Who of applicants, each with a name, a mailbox and a telephone or none, applies through a firm."""
    store = filled(
        {
            "subject": [
                {"subject_id": str(n), "subject_kind": "applicant", "given_name": "Ann", "family_name": name}
                for n, (name, _, _) in enumerate(applicants)
            ],
            "sighting": [
                {"subject_id": str(n), "kind": via.split(":")[1], "value": value, "via": via}
                for n, (_, mail, phone) in enumerate(applicants)
                for via, value in (("application:email", mail), ("application:phone", phone))
                if value
            ],
        }
    )
    firms(store)
    return {row["subject_id"] for row in store.rows("SELECT subject_id FROM firm_of")}


def test_an_agency_s_candidates_give_its_domain_or_its_telephone() -> None:
    three = [("Marlowe", "a@north.example", "+13125550101"), ("Barlow", "b@north.example", "+13125550101")]
    three += [("Carver", "c@north.example", "+13125550101")]
    assert sent(*three, ("Dunne", f"d@{PUBLIC}", "+13125550101"), ("Ewart", f"e@{PUBLIC}", None)) == {
        "0",
        "1",
        "2",
        "3",
    }


@pytest.mark.parametrize(
    "applicants",
    [
        [(name, f"{name}@{PUBLIC}".lower(), "+13125550101") for name in ("Marlowe", "Barlow", "Carver")],
        [("Marlowe", f"{n}@north.example", "+13125550101") for n in range(3)],
        [(name, f"{name}@north.example".lower(), None) for name in ("Marlowe", "Barlow")],
    ],
)
def test_a_public_provider_one_person_and_a_couple_are_no_firm(applicants: list[tuple[str, str, str | None]]) -> None:
    assert sent(*applicants) == set()
