"""A page's content made up by hand: twelve people, two networks."""

from dataclasses import replace
from datetime import date

import pytest

from bonafides.exchange.report import content
from bonafides.exchange.report.content import Who

COMPANIES = ("acme", "borealis", "cumulus")
CLAIMS = ("identity", "location", "custody", "authorship", "payee", "history", "exclusivity", "stewardship")
STANDINGS = ("corroborated", "contradicted", "mixed", "quiet", "untested")


def who(number: int, kind: str = "worker") -> Who:
    tag = f"{number:06x}"
    return Who(f"{kind}-{tag}", f"{kind} {tag}", COMPANIES[number % 3])


def finding(number: int, is_in_favour: bool = False) -> content.Finding:
    return content.Finding(
        indicator="shared_payee",
        title="One account receives the pay of several people",
        claim="payee",
        sentence=f"The account is also paid to for {number} other people.",
        tag="bank account 0a1b2c",
        first_on=date(2026, 1, 5),
        last_on=date(2026, 5, 5),
        strength=0.8,
        is_in_favour=is_in_favour,
        benign=("a couple of whom one has not told HR the new address", "a payroll error"),
        why="Shared accounts are rare among strangers.",
        resolve="ask the bank to confirm the account's owner",
        refs=("payroll:0123456789abcdef",),
    )


def dossier(number: int, tier: str = "urgent", network: str | None = "N-1", is_full: bool = True) -> content.Dossier:
    rows = (
        content.Contribution("prior", "prior", None, (-19.9, -19.9, -26.9, -32.91), True, None),
        content.Contribution("finding", "One account for several", None, (0.0, 3.0, 2.0, 14.0), True, "payee-graph"),
        content.Contribution("finding", "Somebody met the person", None, (0.0, 0.0, 0.0, 0.0), False, "met"),
        content.Contribution("tie", "phone", "phone 0a1b2c", (0.0, 0.0, 0.0, 40.0), True, "contact"),
        content.Contribution("cap", "ties", None, (0.0, 0.0, 0.0, -4.5), True, None),
    )  # fmt: skip
    return content.Dossier(
        who=who(number),
        kind="worker",
        tier=tier,
        explanation="stand_in",
        runner_up="genuine",
        probabilities=(
            ("genuine", 0.02),
            ("elsewhere", 0.0),
            ("overextended", 0.0),
            ("hijacked", 0.0),
            ("stand_in", 0.98),
        ),
        decibans=16.59,
        network=network,
        controls=("ITAR",),
        wages=52_000.0,
        test_next="payee: ask the bank or payroll provider to confirm the account's owner",
        engagement="remote contractor",
        claims=tuple(content.Claim(c, STANDINGS[n % 5]) for n, c in enumerate(CLAIMS)),
        contributions=rows,
        findings=(finding(number), finding(2, is_in_favour=True)),
        events=tuple(content.Event(date(2026, 1 + n, 3), lane, "something dated") for n, lane in enumerate(_LANES)),
        ties=(
            content.Ties("phone", "phone 0a1b2c", 1, None, 18.0, 0.04, 12, 900.0, 1200.0, (who(2), who(3)), 3),
            content.Ties("ip", None, 3, "household", 0.0, None, 40, 0.0, 0.0, (), 1),
        ),
        more_ties=1,
        is_full=is_full,
    )


_LANES = ("engagement", "equipment", "pay", "access", "check", "finding", "favour")


def network(name: str, numbers: range, listed: bool = True) -> content.Network:
    members = tuple(
        content.Member(who(n), "worker", "urgent", 0.9, 1000.0 * n, date(2025, 1 + n % 12, 1), None, listed)
        for n in numbers
    )
    everybody = tuple(range(len(members)))
    return content.Network(
        network_id=name,
        probability=0.9,
        members=members,
        hubs=(
            content.Hub(1, "phone", "phone 0a1b2c", everybody, 5, 0.13, 23.0, None),
            content.Hub(1, "bank_account", "bank account 0a1b2c", everybody[:2], 2, 0.6, 30.0, 12_345.6),
            content.Hub(1, "ip", "ip 0a1b2c", everybody[1:], 4, 0.002, 5.0, None),
        ),
        wages=9_000.0,
        assets=(("acme", "acme/guidance", "ITAR"),),
        first_on=date(2024, 2, 2),
        last_on=date(2026, 6, 30),
        came_from=("N-0",),
    )


@pytest.fixture
def report() -> content.Report:
    """Seven members of two networks, three more to look at, two to watch."""
    people = [
        *(dossier(n) for n in range(1, 5)),
        *(dossier(n, "review", "N-2") for n in range(5, 8)),
        *(dossier(n, "review", None) for n in range(8, 11)),
        *(replace(dossier(n, "watch", None, is_full=False), events=(), ties=()) for n in range(11, 13)),
    ]
    return content.Report(
        run_id="2026-07-01-0123456789",
        version="0.1.0",
        as_of=date(2026, 7, 1),
        records="ab" * 32,
        currency="USD",
        workers=1200,
        applicants=34,
        companies=3,
        tiers=(("urgent", 4), ("review", 6), ("watch", 5), ("clear", 1219)),
        dossiers=tuple(people),
        more_watch=3,
        more_listed=0,
        networks=(network("N-1", range(1, 5)), network("N-2", range(5, 8))),
        intake=content.Intake(
            files=7,
            items=100,
            kept=90,
            duplicates=4,
            set_aside=(("acme", "okta_system_log", "no event type", 5), ("borealis", "records/payee", "no worker", 1)),
            unread=(("acme", "okta_system_log", "client.newField", 12),),
            unattributed=(("acme", "connection", "no known device with a known holder", 33),),
        ),
        asked=(
            content.Asked(
                "shared_payee", "One account receives the pay of several people", "payee", (0.0, 3.0, 2.0, 14.0),
                "payee-graph", 2, 12, (("no data: payee", ("cumulus",)),), (("Binder Error", ("acme",)),),
            ),
        ),
        standings=tuple(content.Standing(c, 1, 2, 3, 4) for c in CLAIMS),
        readiness=content.Readiness(
            12,
            (content.Kept("c1", "A live check", "Check live.", "identity", ("acme",), ("borealis",), ("cumulus",),
                          3, 4),),
            (content.Missing("payee.method", "low", "payroll", 3, 1),),
        ),
        settings=(("review_at", "0.5"),),
        notes=("indicator x failed",),
    )  # fmt: skip


@pytest.fixture
def empty() -> content.Report:
    """A run that found nobody."""
    return content.Report(
        run_id="", version="", as_of=None, records="", currency="", workers=0, applicants=0, companies=0,
        tiers=(("urgent", 0), ("review", 0), ("watch", 0), ("clear", 0)), dossiers=(), more_watch=0, more_listed=0,
        networks=(), intake=content.Intake(), asked=(), standings=(), readiness=content.Readiness(0),
        settings=(),
    )  # fmt: skip
