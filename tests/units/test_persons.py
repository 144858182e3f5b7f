"""Which engagements are one person's where no government id says so."""

from typing import Any

import pytest

from bonafides.sightings.persons import link
from indicator_cases import filled

ANN = {"given_name": "Ann", "family_name": "Marlowe"}


def persons(
    subjects: list[dict[str, Any]], shared: list[tuple[str, str]], born: dict[str, str] | None = None
) -> list[str | None]:
    """Persons of subjects who all hold the given (via, value) pairs."""
    kinds = {
        "phone": "phone", "email": "email", "address": "postal_address", "account_token": "bank_account",
        "profile_urls": "profile",
    }  # fmt: skip
    sightings = [
        {"company": s["company"], "subject_id": "w", "via": via, "value": value, "day": "2026-03-02",
         "kind": kinds[via.split(":")[1].removeprefix("personal_")]}
        for s in subjects for via, value in shared
    ]  # fmt: skip
    workers = [{"company": c, "subject_id": "w", "birth_date": d} for c, d in (born or {}).items()]
    subject = [{"subject_id": "w", "subject_kind": "worker", **ANN, **s} for s in subjects]
    store = filled({"subject": subject, "sighting": sightings, "worker": workers})
    link(store)
    return [row["person"] for row in store.rows("SELECT person FROM subject ORDER BY company")]


TWO = [{"company": "acme"}, {"company": "beta"}]
MAIL = [("worker:personal_email", "ann@example.com")]


def test_one_name_and_one_mailbox_are_one_person() -> None:
    one, other = persons(TWO, MAIL)
    assert one == other and one is not None and one.startswith("linked:")


def test_who_has_a_token_gives_it_to_who_has_none() -> None:
    assert persons([{"company": "acme", "person": "P1"}, {"company": "beta"}], MAIL) == ["P1", "P1"]


def test_three_things_that_families_share_will_do_two_will_not() -> None:
    shared = [("worker:phone", "+13125550101"), ("worker:address", "1 elm st")]
    assert persons(TWO, shared) == [None, None]
    one, other = persons(TWO, [*shared, ("payee:account_token", "a1")])
    assert one == other is not None


@pytest.mark.parametrize(
    ("subjects", "born"),
    [
        ([{"company": "acme"}, {"company": "beta", "given_name": "Ben"}], None),
        ([{"company": "acme", "person": "P1"}, {"company": "beta", "person": "P2"}], None),
        (TWO, {"acme": "1980-01-01", "beta": "2001-05-05"}),
    ],
)
def test_other_names_tokens_or_birthdays_are_other_people(
    subjects: list[dict[str, Any]], born: dict[str, str] | None
) -> None:
    one, other = persons(subjects, MAIL, born)
    assert one is None or one != other


HOME = [("worker:phone", "+13125550101"), ("worker:address", "1 elm st")]
PROFILE = [("application:profile_urls", "linkedin.com/in/ann")]


def test_who_took_another_name_keeps_what_is_theirs() -> None:
    wed = [{"company": "acme"}, {"company": "beta", "family_name": "Barlow"}]
    one, other = persons(wed, [*MAIL, *HOME])
    assert one == other is not None
    for too_little in (MAIL, HOME, [*MAIL, HOME[0]]):
        assert len(set(persons(wed, too_little))) == 2 or set(persons(wed, too_little)) == {None}
    changed = [{"company": "acme"}, {"company": "beta", "given_name": "Alex"}]
    one, other = persons(changed, [*PROFILE, *HOME])
    assert one == other is not None


def test_a_couple_with_one_mailbox_stays_two() -> None:
    assert persons([{"company": "acme"}, {"company": "beta", "given_name": "Ben"}], [*MAIL, *HOME]) == [None, None]
    both = {"given_name": "Ben", "family_name": "Barlow"}
    assert persons([{"company": "acme"}, {"company": "beta", **both}], [*MAIL, *HOME, *PROFILE]) == [None, None]


def test_a_mailbox_of_many_is_nobody_s() -> None:
    assert set(persons([{"company": f"c{n:02}"} for n in range(13)], MAIL)) == {None}


def crowd(*more: dict[str, Any], before: dict[tuple[str, str], str] | None = None) -> dict[str, str | None]:
    """Persons of some people among three hundred others, by company; nobody has a token or a value of their own."""
    others = [
        {"company": f"o{n}", "given_name": f"Bo{chr(97 + n % 26)}{chr(97 + n // 26)}",
         "family_name": f"Qui{n % 26:02d}n",
         "postal_code": f"{10000 + 37 * n}", "address": f"{n} oak road", "born": f"1970-01-{n % 28 + 1:02d}"}
        for n in range(300)
    ]  # fmt: skip
    rows = [*others, *more]
    subjects = [
        {"subject_id": "w", "subject_kind": "worker", **{k: v for k, v in r.items() if k != "born"}} for r in rows
    ]
    workers = [{"company": r["company"], "subject_id": "w", "birth_date": r["born"]} for r in rows]
    store = filled({"subject": subjects, "worker": workers})
    link(store, before)
    told = {
        row["company"]: row["person"] for row in store.rows("SELECT company, person FROM subject WHERE company < 'o'")
    }
    return told | {"changes": len(store.rows("SELECT * FROM person_change"))}  # type: ignore[dict-item]


IDA = {
    "given_name": "Theodora",
    "family_name": "Lindqvist",
    "postal_code": "43215",
    "address": "7 larch avenue",
    "born": "1981-05-09",
}


def test_a_misspelt_name_and_the_same_birthday_and_home_are_one_person() -> None:
    found = crowd({"company": "acme", **IDA}, {"company": "beta", **IDA, "given_name": "Theodorra"})
    assert found["acme"] == found["beta"] is not None


def test_a_couple_in_one_home_stays_two() -> None:
    other = {**IDA, "given_name": "Marius", "born": "1981-05-09"}
    assert set(crowd({"company": "acme", **IDA}, {"company": "beta", **other}).values()) == {None, 0}


def test_father_and_son_of_one_name_stay_two() -> None:
    assert set(crowd({"company": "acme", **IDA}, {"company": "beta", **IDA, "born": "1955-11-20"}).values()) == {
        None,
        0,
    }


def test_ids_last_and_a_merge_is_told() -> None:
    two = ({"company": "acme", **IDA}, {"company": "beta", **IDA})
    first = crowd(*two)["acme"]
    assert first is not None
    before = {("acme", "w"): "linked:old", ("beta", "w"): "linked:old"}
    assert crowd(*two, before=before)["acme"] == "linked:old"
    merged = crowd(*two, before={("acme", "w"): "linked:one", ("beta", "w"): "linked:two"})
    assert merged["acme"] == merged["beta"] == "linked:one" and merged["changes"] == 1
