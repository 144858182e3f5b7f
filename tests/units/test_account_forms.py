"""Whose accounts are whose, where HR gives no work addresses."""

import pytest

from bonafides.sightings.account_forms import learn
from indicator_cases import filled

PEOPLE = {"w1": ("Ann", "Marlowe"), "w2": ("Ben", "O’Hara"), "w3": ("Cleo", "van Dunne"), "w4": ("Ann", "Ewart")}


def known(
    accounts: list[str],
    people: dict[str, tuple[str, str]] = PEOPLE,
    mails: dict[str, str] | None = None,
    already: dict[str, str] | None = None,
) -> dict[str, str]:
    """Workers by account, of people whom HR gives these work addresses or none, when logs call people so."""
    mails, already = mails or {}, already or {}
    store = filled(
        {
            "worker": [
                {"worker_id": w, "given_name": g, "family_name": f, "work_email": mails.get(w)}
                for w, (g, f) in people.items()
            ]
        }
    )
    types = {"company": "VARCHAR", "known_as": "VARCHAR", "worker_id": "VARCHAR", "account": "VARCHAR"}
    ids = list(people)
    for name, columns in {
        "known_worker": {"company": ["acme"] * len(ids), "known_as": ids, "worker_id": ids},
        "account": {"company": ["acme"] * len(already), "account": [*already], "worker_id": [*already.values()]},
        "logged_account": {"company": ["acme"] * len(accounts), "account": accounts},
    }.items():
        store.load(name, columns, {column: types[column] for column in columns})
    learn(store)
    return {row["account"]: row["worker_id"] for row in store.rows("SELECT account, worker_id FROM account")}


@pytest.mark.parametrize(
    "names",
    [
        ("ann.marlowe", "ben.ohara", "cleo.vandunne"),
        ("amarlowe", "bohara", "cvandunne"),
        ("marlowea", "oharab", "vandunnec"),
        ("ann_marlowe", "ben_ohara", "cleo_vandunne"),
    ],
)
def test_the_rule_that_most_fit_says_whose_an_account_is(names: tuple[str, ...]) -> None:
    mails = [f"{name}@acme.example.com" for name in (*names, "svc-backup")]
    assert {known(mails)[mail] for mail in mails[:3]} == {"w1", "w2", "w3"}
    assert mails[3] not in known(mails)
    assert known(list(names)) == dict(zip(names, ("w1", "w2", "w3"), strict=True))


def test_the_name_before_the_at_is_theirs_too() -> None:
    mails = [f"{name}@acme.example.com" for name in ("amarlowe", "bohara", "cvandunne")]
    assert known(mails)["amarlowe"] == "w1"


def test_two_people_whom_a_rule_calls_alike_have_neither() -> None:
    people = {**PEOPLE, "w5": ("Alan", "Marlowe")}
    told = known([f"{n}@acme.example.com" for n in ("amarlowe", "bohara", "cvandunne", "aewart")], people)
    assert "amarlowe@acme.example.com" not in told and told["aewart@acme.example.com"] == "w4"


def test_few_who_fit_may_be_chance() -> None:
    strangers = [f"stranger{n}@acme.example.com" for n in range(9)]
    assert known(["amarlowe@acme.example.com", "bohara@acme.example.com"]) == {}
    three = [f"{n}@acme.example.com" for n in ("amarlowe", "bohara", "cvandunne")]
    assert set(known([*three, *strangers])) >= set(three)
    many = {f"x{n}": (f"Given{chr(97 + n)}", "Other") for n in range(9)}
    assert known([*three, *strangers], {**PEOPLE, **many}) == {}


def test_what_hr_says_stands() -> None:
    three = [f"{n}@acme.example.com" for n in ("amarlowe", "bohara", "cvandunne", "aewart")]
    assert known(three, mails={w: f"{w}@acme.example.com" for w in PEOPLE}) == {}
    assert known(three, already={three[0]: "w9"})[three[0]] == "w9"
