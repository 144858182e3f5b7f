"""From a run's tables to its page: twelve invented people at three companies, two networks, nobody recognisable."""

import html
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import bonafides.derived
import bonafides.records
from bonafides import units
from bonafides.indicators.base import CLAIMS, Indicator
from bonafides.records.base import COMMON, SQL_TYPE, Table
from bonafides.store.duckdb import Store
from bonafides.workflow import listing, report

GIVEN = ("Zephyrine", "Ottoline", "Thessaly", "Marlowe", "Vesper", "Quillon", "Isaura", "Leopoldine", "Caspian",
         "Evander", "Philippa", "Rosamund")  # fmt: skip
FAMILY = ("Quillfeather", "Brindlewick", "Harrowgate", "Lindqvister", "Pennyfarthing", "Thistlewood", "Crabtree",
          "Winterbourne", "Applegarth", "Nightingale", "Featherstone", "Larkspur")  # fmt: skip
COMPANIES = ("acme", "borealis", "cumulus")
# Shared by the members of the first and the second network.
LINE, ACCOUNT, DOOR, PHONE, WALLET = (
    "198.51.100.77", "acct-4711-0815", "12 LARCH AVE|62704|US", "+13125550177", "bc1qzephyrfarm0wallet"
)  # fmt: skip
TIERS = (
    "urgent",
    "urgent",
    "urgent",
    "review",
    "watch",
    "urgent",
    "review",
    "review",
    "watch",
    "watch",
    "clear",
    "clear",
)
FIRST, SECOND = range(5), range(5, 8)
WHEN = datetime(2026, 3, 2, 9)
MANIFEST = {
    "run_id": "2026-07-01-0123456789", "bonafides": "0.1.0", "as_of": "2026-07-01T02:54:35", "records": "ab" * 32,
    "settings": {"review_at": 0.5, "own_tools": {"acme": ["x"]}}, "notes": ["indicator broken failed: no such column"],
}  # fmt: skip
LEDGERS = {"files": 4, "items": 50, "kept": 44, "duplicates": 2, "unread": [["acme", "okta_system_log", "newField", 9]]}


def _unit(name: str, claim: str, says: str, stand_in: float, sql: str = "") -> Indicator:
    return Indicator(
        id=name, title=name.replace("_", " ").capitalize(), claim=claim, basis="payee", says=says,
        benign=("an honest reason",), resolve="ask", reads=(), needs=(),
        weights={"elsewhere": 0.0, "overextended": 1.0, "hijacked": 0.0, "stand_in": stand_in}, why="it is seldom",
        group=name, state="live", attack=(), refs=(), catalogue=(), sql=sql, digest="",
    )  # fmt: skip


KNOWN = {
    i.id: i
    for i in (
        _unit("account_shared", "payee", "The account is paid to for {others} others; its holder {named}.", 14.0,
              "SELECT 'bears none of the worker''s names' AS named"),
        _unit("thing_attached", "custody", "{seen} was attached ({times} times since {first_at}).", 12.0),
        _unit("other_author", "authorship", "Commits are written by {author} from {value}.", 3.0),
        _unit("person_met", "identity", "Somebody met the person on {last_at}.", -20.0),
    )
}  # fmt: skip


def _subject(n: int) -> tuple[str, str]:
    return COMPANIES[n % 3], f"{'A-APP' if n == 7 else 'W-EMP'}{n:03}"


def _keys(n: int) -> dict[str, Any]:
    return dict(zip(("company", "subject_id"), _subject(n), strict=True))


def _rows() -> dict[str, list[dict[str, Any]]]:
    everybody = range(12)
    stand_in = [{"urgent": 0.98, "review": 0.7, "watch": 0.2, "clear": 0.001}[tier] for tier in TIERS]
    rows: dict[str, list[dict[str, Any]]] = {
        "subject": [
            {**_keys(n), "subject_kind": "applicant" if n == 7 else "worker", "given_name": GIVEN[n],
             "family_name": FAMILY[n], "started_on": None if n == 7 else date(2025, 1 + n, 3), "wages": 1000.0 * n,
             "work_arrangement": "remote", "engagement": "contractor", "agency": "larch staffing", "address": DOOR,
             "first_at": WHEN, "last_at": WHEN}
            for n in everybody
        ],
        "assessment": [
            {**_keys(n), "subject_kind": "applicant" if n == 7 else "worker", "genuine": 1 - stand_in[n],
             "elsewhere": 0.0, "overextended": 0.0, "hijacked": 0.0, "stand_in": stand_in[n],
             "explanation": "stand_in" if stand_in[n] > 0.5 else "genuine",
             "runner_up": "genuine" if stand_in[n] > 0.5 else "stand_in", "tier": TIERS[n], "decibans": 5.0 - n,
             "network_id": "N-1" if n in FIRST else "N-2" if n in SECOND else None, "corroborated": "identity;history",
             "contradicted": "payee;identity", "untested": "exclusivity", "at_stake": "ITAR;EAR" if n == 0 else None,
             "test_next": None if TIERS[n] == "clear" else "payee: ask the bank", "wages": 1000.0 * n}
            for n in everybody
        ],
        "contribution": [
            {**_keys(n), "step": step, "what": what, "value": value, "elsewhere": -1.0, "overextended": 0.0,
             "hijacked": 0.0, "stand_in": amount, "cause": "x", "is_counted": True}
            for n in everybody
            for step, what, value, amount in (
                ("prior", "prior", None, -32.0), ("finding", "account_shared", ACCOUNT, 14.0 - n),
                ("tie", "ip", LINE, 30.0), ("cap", "ties", None, -7.0))
        ],
        "network": [
            {"network_id": name, "members": len(group), "companies": 3, "probability": 0.9, "hubs": "[]",
             "wages": 4321.0, "assets": json.dumps([{"company": "acme", "asset": "acme/zephyrine-radar",
             "control": "ITAR"}]), "first_at": WHEN, "last_at": WHEN, "came_from": ""}
            for name, group in (("N-1", FIRST), ("N-2", SECOND))
        ],
        "network_member": [
            {"network_id": name, **_keys(n), "probability": stand_in[n]}
            for name, group in (("N-1", FIRST), ("N-2", SECOND)) for n in group
        ],
        "hub": [
            {"hub": number, "kind": kind, "family": family, "value": value, "likeness": "x", "parties": 3, "share": 0.1,
             "weight": 20.0}
            for number, (kind, family, value) in enumerate(_SHARED)
        ],
        "hub_member": [
            {"hub": number, **_keys(n)} for number in range(len(_SHARED)) for n in (SECOND if number > 2 else FIRST)
        ],
        "set_aside": [{"company": "acme", "source": "okta_system_log", "item_ref": "f", "reason": "no event type"}] * 3,
        "unattributed": [{"company": "acme", "record_table": "commit", "reason": "no known account", "n": 17}],
        "evaluation": [
            {"company": company, "indicator": name, "claim": unit.claim, "outcome": outcome, "why": why, "findings": 1}
            for name, unit in KNOWN.items()
            for company, outcome, why in (
                ("acme", "ran", None), ("borealis", "skipped", "no data: payee"), ("cumulus", "failed", "Binder Error"))
        ],
    }  # fmt: skip
    return {**rows, **_evidence(), **_records()}


_SHARED = (("ip", "network", LINE), ("bank_account", "money", ACCOUNT), ("postal_address", "place", DOOR),
           ("phone", "contact", PHONE), ("wallet", "money", WALLET))  # fmt: skip


def _evidence() -> dict[str, list[dict[str, Any]]]:
    because = {
        "account_shared": {"others": 4, "named": "bears none of the worker's names", "ref": "records:W-EMP000"},
        "thing_attached": {"seen": "Zephyrine's PiKVM of quillfeather@mail.example", "times": 3,
                           "first_at": "2026-03-02 09:00:00", "ref": "fdr:17b55cb7a397fcf96957d929df09c836"},
        "other_author": {"author": "ottoline brindlewick", "value": "brindlewick@code.example"},
        "person_met": {"last_at": "2026-03-09 10:00:00"},
    }  # fmt: skip
    value = {"account_shared": ACCOUNT, "thing_attached": "SN-ZQ-0001", "other_author": "brindlewick@code.example"}
    return {
        "finding": [
            {**_keys(n), "indicator": name, "claim": KNOWN[name].claim, "cause": name, "first_at": WHEN,
             "strength": 0.5, "last_at": datetime(2026, 5, 1), "value": value.get(name),
             "because": json.dumps(because[name])}
            for n in range(11) for name in KNOWN
        ],
        "tie": [
            {"a_company": _subject(a)[0], "a": _subject(a)[1], "b_company": _subject(b)[0], "b": _subject(b)[1],
             "kind": kind, "family": family, "value": text, "holders": 5, "overlap_days": 12, "distance_km": 800.0,
             "weight": 0.0 if explained else 20.0, "share": 0.1, "explained_by": explained, "a_ref": "r", "b_ref": "r"}
            for a, b in ((0, 1), (0, 2), (1, 2), (5, 6), (0, 11)) for kind, family, text in _SHARED[:3]
            for explained in [("household" if b == 11 else None)]
        ],
        "sighting": [
            {**_keys(n), "day": date(2026, 3, 2), "kind": kind, "value": text, "via": via, "n": 1, "amount": 500.0}
            for n in range(8)
            for kind, text, via in (("ip", LINE, "sign_in:ip"), ("bank_account", ACCOUNT, "payee:account_token"),
                                    ("bank_account", ACCOUNT, "payment:account_token"),
                                    ("email", "brindlewick@code.example", "worker:personal_email"))
        ],
    }  # fmt: skip


def _records() -> dict[str, list[dict[str, Any]]]:
    street = "12 Larch Avenue"
    return {
        "worker": [
            {**_keys(n), "worker_id": _subject(n)[1], "given_name": GIVEN[n], "family_name": FAMILY[n],
             "personal_email": f"{FAMILY[n].lower()}@mail.example", "phone": f"+1 312 555 01{n:02}", "street": street,
             "postal_code": "62704", "birth_date": date(1990, 1, 1 + n)}
            for n in range(12) if n != 7
        ],
        "shipment": [
            {**_keys(n), "shipment_id": f"P{n}", "recipient": f"{GIVEN[n]} {FAMILY[n]}", "street": street,
             "shipped_on": date(2025, 2, 1), "delivered_on": date(2025, 2, 4), "redirect_street": "9 Elm Row"}
            for n in range(12)
        ],
        "verification": [
            {**_keys(n), "worker_id": "x", "occurred_at": WHEN, "kind": "badge of Rosamund", "outcome": "pass"}
            for n in range(12)
        ],
        "payment": [
            {**_keys(n), "payment_id": f"{n}{m}", "worker_id": "x", "paid_on": date(2025, m, 28), "amount": 900.0,
             "currency": "usd", "account_token": ACCOUNT}
            for n in range(12) for m in (3, 4)
        ],
        "payee": [{**_keys(0), "worker_id": "x", "valid_from": date(2025, 3, 1), "holder_name": "Ambrosius Wolfsbane"}],
    }  # fmt: skip


@pytest.fixture
def store() -> Iterator[Store]:
    shapes = {
        **units.modules(bonafides.records, "TABLE", Table), **units.modules(bonafides.derived, "TABLE", Table),
    }  # fmt: skip
    made, given = Store(), _rows()
    for name, table in shapes.items():
        common = () if name not in units.modules(bonafides.records, "TABLE", Table) else COMMON
        types = {c.name: SQL_TYPE[c.type] for c in (*common, *table.columns)} | {"company": "VARCHAR"}
        if common:
            types["subject_id"] = "VARCHAR"
        rows = given.pop(name, [])
        assert not {key for row in rows for key in row} - set(types), name
        made.load(name, {c: [row.get(c) for row in rows] for c in types}, types)
    assert not given
    yield made
    made.close()


@pytest.fixture
def page(store: Store) -> str:
    return report.render(report.gather(store, MANIFEST, LEDGERS, KNOWN))


def _seen(page: str) -> str:
    """What a reader can find on the page, attributes and texts alike."""
    return html.unescape(page).casefold()


def test_nothing_that_identifies_a_person_is_anywhere_on_the_page(page: str) -> None:
    texts = {
        *GIVEN, *FAMILY, "Ambrosius", "Wolfsbane", LINE, ACCOUNT, DOOR, PHONE, WALLET, "12 larch", "elm row", "62704",
        "mail.example", "code.example", "555 01", "55501", "SN-ZQ", "1990-01", "larch staffing", "W-EMP", "A-APP",
        "EMP0", "quillfeather@mail.example", "brindlewick@code.example",
    }  # fmt: skip
    seen = _seen(page)
    assert [text for text in sorted(texts) if text.casefold() in seen] == []


def test_companies_stand_by_name_and_people_under_pseudonyms(page: str) -> None:
    assert all(company in page for company in COMPANIES)
    assert len(set(re.findall(r"\b(?:worker|applicant) [0-9a-f]{6}\b", page))) == 10
    assert re.search(r"applicant [0-9a-f]{6}", page)


def test_the_same_tables_give_the_same_bytes(store: Store, tmp_path: Path) -> None:
    first = report.render(report.gather(store, MANIFEST, LEDGERS, KNOWN))
    second = report.render(report.gather(store, MANIFEST, LEDGERS, KNOWN))
    assert first.encode() == second.encode()


def test_it_is_written_as_it_is_rendered(store: Store, tmp_path: Path) -> None:
    report.write(store, MANIFEST, {}, tmp_path / "report.html")
    assert (tmp_path / "report.html").read_bytes() == report.render(report.gather(store, MANIFEST, {})).encode()


def test_everybody_to_look_at_and_every_member_is_listed_in_order(store: Store) -> None:
    found = report.gather(store, MANIFEST, LEDGERS, KNOWN)
    tiers = [d.tier for d in found.dossiers]
    assert tiers == ["urgent"] * 4 + ["review"] * 3 + ["watch"] * 3
    assert [d.is_full for d in found.dossiers] == [True] * 8 + [False] * 2
    assert (found.workers, found.applicants, found.companies, found.currency) == (11, 1, 3, "USD")


def test_who_does_not_fit_is_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "LISTED", listing.LISTED.replace(f"<= {listing.MOST_WATCHED}", "<= 1"))
    found = report.gather(store, MANIFEST, LEDGERS, KNOWN)
    assert (len(found.dossiers), found.more_watch, found.more_listed) == (9, 1, 0)


def test_every_listed_score_is_the_sum_of_what_is_shown(store: Store, page: str) -> None:
    for person in report.gather(store, MANIFEST, LEDGERS, KNOWN).dossiers:
        assert round(sum(c.amounts[3] for c in person.contributions), 2) == person.decibans
    assert "do not add up" not in page


def test_findings_read_as_sentences_with_what_may_be_read(store: Store) -> None:
    person = report.gather(store, MANIFEST, LEDGERS, KNOWN).dossiers[0]
    told = {f.indicator: f for f in person.findings}
    assert (
        told["account_shared"].sentence
        == "The account is paid to for 4 others; its holder bears none of the worker's names."
    )
    assert told["thing_attached"].sentence == "(name)'s PiKVM of <e-mail> was attached (3 times since 2026-03-02)."
    assert told["thing_attached"].refs == ("fdr:17b55cb7a397fcf96957d929df09c836",)
    assert re.fullmatch(
        r"Commits are written by author [0-9a-f]{6} from email [0-9a-f]{6}\.", told["other_author"].sentence
    )
    assert told["other_author"].tag is None and told["account_shared"].tag.startswith("bank account ")
    assert [f.is_in_favour for f in person.findings] == [False, False, False, True]
    assert re.fullmatch(r"records:ref [0-9a-f]{6}", told["account_shared"].refs[0])


def test_claims_say_what_became_of_them(store: Store) -> None:
    claims = {c.name: c.standing for c in report.gather(store, MANIFEST, LEDGERS, KNOWN).dossiers[0].claims}
    assert list(claims) == list(CLAIMS)
    assert claims["identity"] == "mixed" and claims["history"] == "corroborated" and claims["payee"] == "contradicted"
    assert claims["exclusivity"] == "untested" and claims["location"] == "quiet"


def test_ties_are_one_entry_a_value_and_the_explained_one_a_kind(store: Store) -> None:
    found = report.gather(store, MANIFEST, LEDGERS, KNOWN)
    person = next(d for d in found.dossiers if any(t.explained_by for t in d.ties))
    assert [(t.kind, t.explained_by, len(t.others), t.more) for t in person.ties] == [
        ("bank_account", None, 2, 0), ("ip", None, 2, 0), ("postal_address", None, 2, 0),
        ("bank_account", "household", 0, 1), ("ip", "household", 0, 1), ("postal_address", "household", 0, 1),
    ]  # fmt: skip


def test_networks_carry_hubs_money_companies_and_assets(store: Store, page: str) -> None:
    first, second = report.gather(store, MANIFEST, LEDGERS, KNOWN).networks
    assert (first.network_id, len(first.members), len(first.hubs)) == ("N-1", 5, 3)
    assert {h.kind: h.received for h in first.hubs} == {"ip": None, "bank_account": 4000.0, "postal_address": None}
    assert first.companies[0][1] == 2 and sum(n for _, n, _ in first.companies) == 5
    assert first.assets == (("acme", "acme/(name)-radar", "ITAR"),)
    assert [m.kind for m in second.members].count("applicant") == 1


def test_events_are_dated_and_in_order(store: Store) -> None:
    events = report.gather(store, MANIFEST, LEDGERS, KNOWN).dossiers[0].events
    assert [e.on for e in events] == sorted(e.on for e in events)
    told = [e.says for e in events]
    assert "equipment sent, and redirected on the way" in told and "last pay, 2 in all" in told
    assert "check: badge of (name): pass" in told and any(t.startswith("pay asked to bank account ") for t in told)


def test_what_is_missing_is_told(store: Store) -> None:
    found = report.gather(store, MANIFEST, LEDGERS, KNOWN)
    assert found.intake.set_aside == (("acme", "okta_system_log", "no event type", 3),)
    assert found.intake.unread == (("acme", "okta_system_log", "newField", 9),)
    assert found.intake.unattributed == (("acme", "commit", "no known account", 17),)
    asked = {a.indicator: a for a in found.asked}["account_shared"]
    assert asked.skipped == (("no data: payee", ("borealis",)),) and asked.failed == (("Binder Error", ("cumulus",)),)
    standing = {s.claim: s for s in found.standings}
    assert (standing["payee"].contradicted, standing["exclusivity"].untested, standing["location"].quiet) == (
        12,
        12,
        12,
    )
    assert found.settings == (("review_at", "0.5"),)


def test_a_run_without_record_tables_in_the_store_has_a_page_too(store: Store) -> None:
    """A published run alone: dossiers lack events, nothing else changes."""
    for table in (*units.modules(bonafides.records, "TABLE", Table), "sighting"):
        store.execute(f"DROP TABLE {table}")
    store.execute("CREATE TABLE sighting (company VARCHAR, subject_id VARCHAR, day DATE, kind VARCHAR, value VARCHAR, "
                  "via VARCHAR, amount DOUBLE)")  # fmt: skip
    found = report.gather(store, MANIFEST, {}, KNOWN)
    assert len(found.dossiers) == 10 and found.currency == "" and found.intake.items is None
    assert all(e.lane in ("engagement", "finding", "favour") for d in found.dossiers for e in d.events)


def test_two_people_who_would_share_a_pseudonym_are_told_apart(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "pseudonym", lambda kind, value: f"{kind} 00000a")
    found = report.gather(store, MANIFEST, LEDGERS, KNOWN)
    assert len({d.who.anchor for d in found.dossiers}) == len({d.who.name for d in found.dossiers}) == 10


def test_an_empty_run_has_a_page(store: Store) -> None:
    for table in store.tables():
        store.execute(f"DELETE FROM {table}")
    page = report.render(report.gather(store, {}, {}, KNOWN))
    assert "Nobody needs to be looked at" in page
