"""One worker under the ids of several systems of a company."""

from typing import Any

import pytest

from bonafides.sightings import subjects, values
from bonafides.sightings.attribution import attribute
from bonafides.store.duckdb import Store
from bonafides.workflow.derive import kinds
from bonafides.workflow.ingest import record_tables
from indicator_cases import filled

ANN = {
    "company": "acme",
    "given_name": "Ann",
    "family_name": "Marlowe",
    "work_email": "ann@acme.example.com",
    "personal_email": "ann@mail.example.net",
    "birth_date": "1990-02-03",
    "started_on": "2026-01-05",
}
OTHERS = {"family_name": "Falk", "work_email": "bo@acme.example.com", "personal_email": "bo@mail.example.net"}


def attributed(**records: list[dict[str, Any]]) -> Store:
    """The records, each with whom it is about."""
    store = filled(records)
    for table in record_tables():
        store.execute(f"ALTER TABLE {table} DROP subject_id")
    attribute(store, record_tables())
    return store


def known(**records: list[dict[str, Any]]) -> dict[str, str]:
    """Which worker each id of a company stands for."""
    store = attributed(**records)
    return {row["known_as"]: row["worker_id"] for row in store.rows("SELECT * FROM known_worker")}


def hr(**more: Any) -> dict[str, Any]:
    return {**ANN, "source": "bamboohr_employee", "worker_id": "17", **more}


def payroll(**more: Any) -> dict[str, Any]:
    return {**ANN, "source": "gusto_employee", "worker_id": "u-1", **more}


NOTHING = dict.fromkeys(("work_email", "personal_email", "birth_date"))


@pytest.mark.parametrize(
    "lacks",
    [
        {"personal_email": None, "birth_date": None},
        {"work_email": None, "birth_date": None},
        {"work_email": None, "personal_email": None},
        {"given_name": "A.", "family_name": "Marlow", "birth_date": None},
        {"family_name": "Other", "work_email": "ANN@acme.example.com ", "personal_email": None},
        {"birth_date": "1990-03-02"},
    ],
)
def test_two_systems_know_one_worker_by_account_by_address_and_name_or_by_name_and_birthday(
    lacks: dict[str, Any],
) -> None:
    assert known(worker=[hr(), payroll(**lacks)]) == {"17": "17", "u-1": "17"}


@pytest.mark.parametrize(
    "other",
    [
        {**NOTHING},
        {**NOTHING, "birth_date": "1971-01-01"},
        {"work_email": None, "family_name": "Falk", "birth_date": None},
        {"work_email": None, "birth_date": "1971-01-01"},
        {**NOTHING, "given_name": "Bo", "birth_date": "1990-02-03"},
    ],
)
def test_a_name_alone_or_a_couple_s_mailbox_joins_nobody(other: dict[str, Any]) -> None:
    assert known(worker=[hr(), payroll(**other)]) == {"17": "17", "u-1": "u-1"}


def test_ids_of_one_system_are_engagements_each_of_its_own_and_the_nearer_is_paid() -> None:
    first = hr(worker_id="16", started_on="2021-03-01", ended_on="2023-03-01")
    assert known(worker=[first, hr(), payroll()]) == {"16": "16", "17": "17", "u-1": "17"}


def test_an_id_that_the_other_system_has_of_somebody_else_stays_apart() -> None:
    others = [hr(worker_id="u-1", **OTHERS), payroll()]
    assert known(worker=[hr(), *others]) == {"17": "17", "u-1": "u-1"}
    assert known(worker=[hr(), payroll(), payroll(worker_id="17", **OTHERS)]) == {"17": "17", "u-1": "u-1"}


def test_our_own_records_name_the_subject_and_a_third_system_reaches_them_by_a_second() -> None:
    own = {**ANN, "source": "records", "worker_id": "w1", "personal_email": None, "birth_date": None}
    third = {**ANN, "source": "zenith", "worker_id": "z1", "work_email": None, "given_name": "Anna"}
    assert known(worker=[third, payroll(), own]) == {"w1": "w1", "u-1": "w1", "z1": "w1"}


def test_another_company_s_ids_are_not_asked() -> None:
    assert known(worker=[hr(), payroll(company="beta")]) == {"17": "17", "u-1": "u-1"}


def test_an_employee_number_reaches_its_worker_unless_it_is_an_id_or_stands_for_two() -> None:
    two = [hr(employee_number="E1"), hr(worker_id="18", employee_number="E2", **OTHERS)]
    assert known(worker=two) == {"17": "17", "18": "18", "E1": "17", "E2": "18"}
    two[1]["employee_number"] = "E1"
    assert known(worker=two) == {"17": "17", "18": "18"}
    two[1]["employee_number"] = "17"
    assert known(worker=two) == {"17": "17", "18": "18", "E1": "17"}


FOUR = [("w1", "Ann", "Marlowe"), ("w2", "Bo", "Falk"), ("w3", "Cleo", "van Dunne"), ("w4", "Dov", "Ewart")]


def paid(*holders: str | None, people: list[tuple[str, str, str]] = FOUR) -> dict[str, str]:
    """Whom payroll's numbers P0, P1, … stand for, by the names of the accounts' holders."""
    found = known(
        worker=[hr(worker_id=w, given_name=g, family_name=f, **NOTHING) for w, g, f in people],
        payee=[
            {"company": "acme", "source": "nacha_ach", "worker_id": f"P{n}", "holder_name": holder}
            for n, holder in enumerate(holders)
        ],
    )
    return {number: worker for number, worker in found.items() if number.startswith("P")}


def test_payroll_s_own_numbers_are_known_by_whom_the_accounts_are() -> None:
    three = ("MARLOWE, ANN", "Bo Falk", "Cleo Van-Dunne")
    assert paid(*three) == {"P0": "w1", "P1": "w2", "P2": "w3"}
    assert paid(*three, "Somebody Else", None) == paid(*three)


def test_a_name_too_long_for_a_payment_file_is_known_by_what_stands_there() -> None:
    long = [("w5", "Maximiliana", "Featherstone-Hallow"), ("w6", "Maximiliana", "Featherstone-Haughton")]
    three = ("Ann Marlowe", "Bo Falk", "Cleo van Dunne")
    found = paid(*three, "MAXIMILIANA FEATHERSTO", "FEATHERSTONE HALLOW MA", people=[*FOUR, *long])
    assert found == {**paid(*three), "P4": "w5"}


def test_payroll_s_numbers_are_nobody_s_where_few_or_two_are_called_so() -> None:
    assert paid("Ann Marlowe", "Bo Falk") == {}
    strangers = [f"Somebody Else {n}" for n in range(4)]
    assert paid("Ann Marlowe", "Bo Falk", "Cleo van Dunne", *strangers) == {}
    twice = [*FOUR, ("w5", "Ann", "Marlowe")]
    assert "P0" not in paid("Ann Marlowe", "Bo Falk", "Cleo van Dunne", "Dov Ewart", people=twice)


def whose_pay(*holders: tuple[str, str | None], numbers: str = "1234") -> list[str | None]:
    """Whom the payments of payroll's numbers reach at a company that numbers its four people from 1 on as well."""
    people = [("1", "Ann", "Marlowe"), ("2", "Bo", "Falk"), ("3", "Cleo", "van Dunne"), ("4", "Dov", "Ewart")]
    store = attributed(
        worker=[hr(worker_id=w, given_name=g, family_name=f, **NOTHING) for w, g, f in people],
        payee=[
            {"source": "nacha_ach", "worker_id": number, "holder_name": holder, "valid_from": "2026-02-01"}
            for number, holder in holders
        ],
        payment=[
            {"source": source, "worker_id": number, "paid_on": "2026-02-01", "payment_id": f"{source}{number}"}
            for source in ("nacha_ach", "records")
            for number in numbers
        ],
    )
    paid = store.rows("SELECT source, subject_id FROM payment ORDER BY source, worker_id")
    assert [row["subject_id"] for row in paid if row["source"] == "records"] == list(numbers)
    accounts = store.rows("SELECT worker_id, subject_id FROM payee WHERE holder_name IS NOT NULL")
    found = [row["subject_id"] for row in paid if row["source"] == "nacha_ach"]
    assert all(row["subject_id"] == found[numbers.index(row["worker_id"])] for row in accounts)
    return found


def test_numbers_of_payroll_s_own_are_not_taken_for_hr_s_people_of_the_same_numbers() -> None:
    turned = (("1", "Bo Falk"), ("2", "Cleo van Dunne"), ("3", "Dov Ewart"), ("4", "Ann Marlowe"))
    assert whose_pay(*turned) == ["2", "3", "4", "1"]
    assert whose_pay(*turned[:3], ("4", None)) == ["2", "3", "4", None]


def test_hr_s_numbers_stay_whose_they_are_where_few_or_no_colleagues_hold_the_accounts() -> None:
    assert whose_pay(("1", "Bo Falk"), ("2", "Ann Marlowe"), ("3", "Cleo van Dunne")) == list("1234")
    assert whose_pay(*((str(n), f"Elm Street Holding {n}") for n in (1, 2, 3, 4))) == list("1234")
    # One account for three is a finding about three, not a payroll that numbers them otherwise.
    assert whose_pay(*((str(n), "Dov Ewart") for n in (1, 2, 3)), ("4", None)) == list("1234")


@pytest.mark.parametrize(
    ("called", "whose"),
    [
        ("7", "007"),
        ("0007 ", "007"),
        ("7.0", "007"),
        ("w-12", "W-12"),
        ("'007", "007"),
        ('="007"', "007"),
        ("12", None),
        ("70", None),
        # Two have a number of this form, so it is neither's.
        ("9.0", None),
        ("9", "9"),
    ],
)
def test_an_id_is_known_without_the_noughts_that_tables_eat_and_with_what_they_add(
    called: str, whose: str | None
) -> None:
    ids = ("007", "W-12", "9", "09")
    store = attributed(
        worker=[hr(worker_id=one, work_email=f"p{n}@acme.example.com") for n, one in enumerate(ids)],
        shipment=[{"shipment_id": "1", "worker_id": called, "shipped_on": "2026-01-05"}],
        payment=[{"source": "records", "payment_id": "1", "worker_id": called, "paid_on": "2026-02-01"}],
    )
    for table in ("shipment", "payment"):
        assert store.value(f"SELECT subject_id FROM {table}") == whose, table


def test_what_each_system_says_reaches_the_one_worker() -> None:
    day, moment = "2026-02-01", "2026-02-01 10:00:00"
    store = attributed(
        worker=[hr(employee_number="E1", work_email=None), payroll()],
        payment=[
            {"source": "records", "payment_id": str(n), "worker_id": of, "paid_on": day}
            for n, of in enumerate(("17", "u-1", "E1", "99"))
        ],
        sign_in=[{"occurred_at": moment, "actor_email": "ann@acme.example.com"}],
        device=[{"device_id": "d1", "worker_id": "u-1"}],
        application=[{"application_id": "A1", "worker_id": "E1"}, {"application_id": "A2"}],
        process=[{"occurred_at": moment, "device_id": "D1", "image": "a.exe"}],
    )
    assert [row["subject_id"] for row in store.rows("SELECT subject_id FROM payment ORDER BY payment_id")] == [
        "17", "17", "17", None,
    ]  # fmt: skip
    for table in ("sign_in", "device", "process"):
        assert store.value(f"SELECT subject_id FROM {table}") == "17", table
    others = store.rows("SELECT known_as FROM known_as WHERE subject_id = '17' ORDER BY known_as")
    assert [row["known_as"] for row in others] == ["A1", "E1", "u-1"]


@pytest.mark.parametrize(
    ("more", "whose"),
    [
        ({}, "17"),
        ({"email": "ann@acme.example.com"}, "17"),
        ({"given_name": "A."}, "17"),
        ({"worker_id": "17", "email": None}, "17"),
        ({"family_name": "Falk"}, "A1"),
        ({"email": "ann@other.example.net"}, "A1"),
        ({"email": None, "phone": "(312) 555-0101"}, "17"),
        ({"email": None, "phone": "(312) 555-0101", "given_name": "Ben"}, "A1"),
        ({"email": None, "phone": "(312) 555-0102"}, "A1"),
        ({"company": "beta"}, "A1"),
        ({"applied_at": "2026-09-01 10:00:00"}, "A1"),
    ],
)
def test_an_application_is_the_worker_s_who_came_of_it(more: dict[str, Any], whose: str) -> None:
    application = {
        "company": "acme",
        "application_id": "A1",
        "given_name": "Ann",
        "family_name": "Marlowe",
        "email": "Ann@mail.example.net",
        "applied_at": "2025-12-01 10:00:00",
        **more,
    }
    store = attributed(worker=[hr(ended_on="2026-08-31", phone="+1 312 555 0101")], application=[application])
    assert store.value("SELECT subject_id FROM application") == whose


def test_a_parcel_is_for_whom_its_other_rows_or_its_computer_name() -> None:
    device = {"serial": "SN1", "enrolled_on": "2026-01-10"}
    sent = {"shipped_on": "2026-01-05", "delivered_on": "2026-01-07"}
    store = attributed(
        worker=[hr(), BO],
        device=[
            {**device, "device_id": "d1", "worker_id": "17", "returned_on": "2026-03-01"},
            {**device, "device_id": "d1", "worker_id": "18", "enrolled_on": "2026-03-20"},
        ],
        shipment=[
            {"shipment_id": "1", "worker_id": "18", **sent},
            {"shipment_id": "1", "source": "easypost_tracker", "redirect_city": "Oslo"},
            {"shipment_id": "2", "serial": "sn1", **sent},
            {"shipment_id": "3", "serial": "SN1", "shipped_on": "2026-03-10"},
            {"shipment_id": "4", "serial": "SN2", **sent},
            {"shipment_id": "5", "worker_id": "17", **sent},
            {"shipment_id": "5", "worker_id": "18", **sent},
            {"shipment_id": "5", "serial": "SN2", **sent},
        ],
    )
    found = store.rows("SELECT shipment_id, subject_id FROM shipment ORDER BY event_ref")
    assert [(row["shipment_id"], row["subject_id"]) for row in found] == [
        ("1", "18"), ("1", "18"), ("2", "17"), ("3", "18"), ("4", None), ("5", "17"), ("5", "18"), ("5", None),
    ]  # fmt: skip


BO = hr(worker_id="18", given_name="Bo", birth_date=None, **OTHERS)
# What a code host puts in the place of an address.
HIDDEN = "users.noreply." + "github.com"
PROFILE = {"application_id": "A1", "worker_id": "17", "profile_urls": "https://x.example.com/a;https://GitHub.com/AnnM"}


AGENT = {"company": "acme", "device_id": "sensor-1", "directory_id": "dir-1", "serial": "SN2", "hostname": "LT-1"}


@pytest.mark.parametrize(
    ("said", "holder"),
    [
        ({}, "18"),  # by the serial, whatever else agrees
        ({"serial": None}, "17"),  # by the directory's id before the name
        ({"serial": None, "directory_id": "dir-9"}, "17"),
        ({"serial": "SN9", "directory_id": None, "hostname": "lt-2 "}, "18"),
        ({"serial": None, "directory_id": None, "hostname": None}, None),
    ],
)
def test_a_computer_is_known_by_every_name_that_an_inventory_or_its_agent_gives_it(
    said: dict[str, Any], holder: str | None
) -> None:
    own = {"company": "acme", "worker_id": "17", "device_id": "i-1", "directory_id": "dir-1", "hostname": "LT-1"}
    other = {"company": "acme", "worker_id": "18", "device_id": "i-2", "serial": "SN2", "hostname": "LT-2"}
    agent = {**AGENT, **said}
    names = ["sensor-1", *filter(None, [agent["directory_id"]])]
    seen = [{"company": "acme", "occurred_at": "2026-03-02 10:00:00", "device_id": name} for name in names]
    workers = [hr(), hr(worker_id="18", **OTHERS)]
    store = attributed(worker=workers, device=[own, other, agent], process=seen)
    found = store.rows("SELECT device_id, subject_id FROM process ORDER BY device_id DESC")
    # What an inventory calls somebody's is theirs, whatever an agent says of another.
    whose = {"sensor-1": holder, "dir-1": "17", "dir-9": "17"}
    assert [row["subject_id"] for row in found] == [whose[name] for name in names]


@pytest.mark.parametrize(
    ("source", "account", "whose"),
    [
        ("okta_system_log", " Ann@ACME.example.com", "17"),
        ("duo_authentication", "ann", "17"),
        ("zscaler_zia", "ACME\\bo", "18"),
        ("duo_authentication", "ann@other.example.com", None),
        ("github_audit_log", "annm", "17"),
        ("onelogin_events", "Ann Marlowe", "17"),
        ("onelogin_events", " Marlowe, ANN", "17"),
        # The last word of a full name is no account's name, and nobody else's either.
        ("onelogin_events", "Zoe Bo", None),
        ("zscaler_zia", "ACME EAST\\bo", "18"),
        ("gitlab_audit", "annm", None),
        ("duo_authentication", "annm", None),
        ("git_log", f"4711+AnnM@{HIDDEN}", "17"),
        ("git_log", f"annm@{HIDDEN}", "17"),
        # Whoever has the name at a code host, need not be the colleague of that name.
        ("github_audit_log", "bo", None),
        ("git_log", f"bo@{HIDDEN}", None),
    ],
)
def test_an_account_is_known_by_its_name_where_the_name_is_the_company_s_to_give(
    source: str, account: str, whose: str | None
) -> None:
    sign_in = [{"occurred_at": "2026-02-01 10:00:00", "actor_email": account, "source": source}]
    store = attributed(worker=[hr(), BO], sign_in=sign_in, application=[PROFILE])
    assert store.value("SELECT subject_id FROM sign_in") == whose


def test_a_full_name_that_two_workers_have_is_nobody_s() -> None:
    sign_in = [{"occurred_at": "2026-02-01 10:00:00", "actor_email": "ann marlowe", "source": "onelogin_events"}]
    namesake = {**BO, "given_name": "ANN", "family_name": "Marlowe"}
    assert attributed(worker=[hr(), BO], sign_in=sign_in).value("SELECT subject_id FROM sign_in") == "17"
    assert attributed(worker=[hr(), namesake], sign_in=sign_in).value("SELECT subject_id FROM sign_in") is None


def test_a_name_or_a_profile_that_two_workers_have_and_a_role_s_name_are_nobody_s() -> None:
    sign_in = [
        {"occurred_at": "2026-02-01 10:00:00", "actor_email": name, "source": source}
        for name, source in (("ann", "duo_authentication"), ("annm", "github_audit_log"), ("admin", "aws_cloudtrail"))
    ]
    workers = [hr(), {**BO, "work_email": "ann@labs.example.com"}]
    workers.append({**BO, "worker_id": "19", "work_email": "admin@acme.example.com", "personal_email": None})
    profiles = [PROFILE, {**PROFILE, "application_id": "A2", "worker_id": "18"}]
    store = attributed(worker=workers, sign_in=sign_in, application=profiles)
    assert store.value("SELECT count(subject_id) FROM sign_in") == 0


TEAM = ["ann", "bo", "cy", "di", "ed"]


def on_other_domain(names: list[str], domain: str = "acme.example.org") -> list[str | None]:
    """Whom sign-ins of these names at a domain reach at a company of five."""
    workers = [
        {"company": "acme", "worker_id": str(n), "work_email": f"{name}@acme.example.com"}
        for n, name in enumerate(TEAM)
    ]
    sign_in = [{"occurred_at": "2026-02-01 10:00:00", "actor_email": f"{name}@{domain}"} for name in names]
    store = attributed(worker=workers, sign_in=sign_in)
    return [row["subject_id"] for row in store.rows("SELECT subject_id FROM sign_in ORDER BY event_ref")]


def test_a_domain_whose_names_are_the_company_s_is_another_of_its_own() -> None:
    assert on_other_domain(["ann", "bo", "cy"]) == ["0", "1", "2"]
    assert on_other_domain(["ann", "bo", "cy", "di", "backup"]) == ["0", "1", "2", "3", None]


def test_two_names_in_common_or_three_among_strangers_make_no_domain_the_company_s() -> None:
    assert on_other_domain(["ann", "bo"]) == [None, None]
    assert on_other_domain(["ann", "bo", "cy", "zoe"]) == [None] * 4
    assert on_other_domain(["zoe", "ann", "bo", "cy"], "acme.example.com") == [None, "0", "1", "2"]


def claimed(*workers: dict[str, Any]) -> dict[str, Any]:
    store = attributed(worker=list(workers))
    subjects.derive(store)
    (one,) = store.rows("SELECT * FROM subject")
    return one


def test_what_systems_say_of_one_worker_is_put_together_each_home_and_each_term_from_one() -> None:
    one = claimed(
        hr(department="Tools", started_on=None, ended_on="2026-03-01", city="Oslo", country="NO", employee_number="E1"),
        payroll(street="1 Elm St", city="Chicago", role="Engineer", given_name="Anne", started_on="2026-01-06"),
        payroll(worker_id="u-2", source="zenith", street="9 Oak St", region="TX", manager_id="E1"),
    )
    told = ("subject_id", "given_name", "department", "role", "manager_id", "city", "region", "country")
    assert [one[name] for name in told] == ["17", "Ann", "Tools", "Engineer", "17", "Chicago", None, None]
    assert (str(one["started_on"]), one["ended_on"]) == ("2026-01-06", None)


def test_of_one_system_s_rows_the_latest_engagement_speaks_alone() -> None:
    one = claimed(hr(department="Tools", ended_on="2026-02-01"), hr(started_on="2026-03-01", role="Engineer"))
    assert (one["department"], one["role"], one["ended_on"]) == (None, "Engineer", None)


def test_a_home_in_one_column_is_a_place() -> None:
    store = attributed(worker=[hr(street="1 Elm St, Chicago, IL 60614")])
    values.clean(store, {"worker": record_tables()["worker"]}, kinds())
    subjects.derive(store)
    (one,) = store.rows("SELECT address, postal_code, country FROM subject")
    assert one == {"address": "1 ELM ST|60614|US", "postal_code": "60614", "country": "US"}
