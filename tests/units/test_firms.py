"""Whose wages a firm takes where nobody's agency is entered."""

from typing import Any

import pytest

from bonafides.sightings.firms import firms
from indicator_cases import filled

FIRM = "Northgate Staffing, Inc."


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
    return {row["company"] for row in store.rows("SELECT company FROM firm_paid")}


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
