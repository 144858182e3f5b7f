"""What is shown sums to the score, exactly, whatever the world: findings of any indicator, values shared in any way."""

from collections import defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bonafides.indicators.base import HYPOTHESES
from bonafides.run import Run
from bonafides.settings import Settings
from bonafides.store.duckdb import Store
from bonafides.workflow import detect
from indicator_cases import INDICATORS, filled, shape

LIVE = sorted(name for name, i in INDICATORS.items() if i.state == "live")
FAMILIES = ("money", "network", "place", "contact")
Given = dict[str, list[dict[str, Any]]]
# One assessment takes half a second, whatever the world's size: it asks every table what it knows of whom.
SOME = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(SOME, max_examples=5)


@st.composite
def worlds(draw: st.DrawFn) -> Given:
    """Up to seven subjects with up to ten findings and four shared values."""
    subjects = [f"s{n}" for n in range(draw(st.integers(1, 7)))]
    strength = st.floats(0.01, 1).map(lambda x: round(x, 4))
    finding = st.tuples(st.sampled_from(subjects), st.sampled_from(LIVE), strength, st.sampled_from(("", "v1", "v2")))
    findings = draw(st.lists(finding, max_size=10, unique_by=lambda f: (f[0], f[1], f[3])))
    hub = st.tuples(
        st.sampled_from(FAMILIES), st.floats(0.001, 0.8), st.floats(0.3, 0.97), st.sampled_from((1.0, 0.001))
    )
    hubs = draw(st.lists(hub, max_size=4))
    members = [draw(st.lists(st.sampled_from(subjects), min_size=1, max_size=5, unique=True)) for _ in hubs]
    return {
        "subject": [{"subject_id": s, "subject_kind": "worker", "wages": 1000.0} for s in subjects],
        "finding": [_finding(*f) for f in findings],
        "hub": [_hub(n, *one) for n, one in enumerate(hubs)],
        "hub_member": [_member(n, s) for n, held in enumerate(members) for s in held],
    }


def _finding(subject: str, indicator: str, strength: float, value: str) -> dict[str, Any]:
    about = INDICATORS[indicator]
    return {
        "subject_id": subject,
        "indicator": indicator,
        "claim": about.claim,
        "cause": about.group,
        "strength": strength,
        "value": value or None,
        "because": "{}",
    }


def _hub(number: int, family: str, share: float, held: float, free: float) -> dict[str, Any]:
    row = {"hub": number, "kind": "ip", "family": family, "value": f"value {number}", "share": share, "held": held}
    return {k: v for k, v in {**row, "free": free, "weight": 10.0, "is_lead": True}.items() if k in shape("hub")}


def _member(hub: int, subject: str) -> dict[str, Any]:
    row = {"hub": hub, "company": "acme", "subject_id": subject, "party": subject}
    return {k: v for k, v in row.items() if k in shape("hub_member")}


def assessed(given: Given, changed: Settings | None = None) -> Store:
    """A store in which everybody is assessed."""
    store = filled(given)
    with patch.object(detect, "indicators", return_value=INDICATORS):
        detect.assess(store, changed or Settings(), Run(datetime(2026, 1, 1, tzinfo=UTC)), {})
    return store


def sums(store: Store) -> dict[str, dict[str, Decimal]]:
    found: dict[str, dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(HYPOTHESES, Decimal(0)))
    for row in store.rows("SELECT * FROM contribution"):
        for h in HYPOTHESES:
            shown = Decimal(repr(row[h]))
            assert shown == shown.quantize(Decimal("0.01")), "shown with two places, so meant with two places"
            found[row["subject_id"]][h] += shown
    return found


@SOME
@given(worlds())
def test_shown_contributions_sum_exactly_to_the_score_and_say_the_probabilities(given: Given) -> None:
    store = assessed(given)
    shown = sums(store)
    rows = store.rows("SELECT * FROM assessment")
    assert len(rows) == len(given["subject"])
    for row in rows:
        own = shown[row["subject_id"]]
        assert own["stand_in"] == Decimal(repr(row["decibans"])).quantize(Decimal("0.01"))
        odds = {"genuine": 1.0, **{h: 10 ** (float(v) / 10) for h, v in own.items()}}
        total = sum(odds.values())
        assert all(abs(row[h] - odds[h] / total) < 1e-9 for h in odds)
    _of_each_group_one_counts(store)
    store.close()


def _of_each_group_one_counts(store: Store) -> None:
    """For each hypothesis and direction the strongest finding of a group counts; the others are shown as nothing."""
    counted: dict[tuple[str, str, str, bool], int] = defaultdict(int)
    for row in store.rows("SELECT * FROM contribution WHERE step = 'finding'"):
        told = [h for h in HYPOTHESES if row[h]]
        assert row["is_counted"] == bool(told)
        for h in told:
            counted[row["subject_id"], row["cause"], h, row[h] > 0] += 1
    assert set(counted.values()) <= {1}


@FEW
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(given: Given, chance: Any) -> None:
    store = assessed(given)
    before = store.rows("SELECT * FROM assessment ORDER BY subject_id")
    store.close()
    shuffled = {table: chance.sample(rows, len(rows)) for table, rows in given.items()}
    store = assessed(shuffled)
    assert store.rows("SELECT * FROM assessment ORDER BY subject_id") == before
    store.close()


def _applicant(*found: str) -> int:
    """How many are listed of two applicants who share one value, and of whom each of these was found."""
    given = {
        "subject": [{"subject_id": s, "subject_kind": "applicant", "wages": 0.0} for s in ("s1", "s2")],
        "finding": [_finding(s, name, 1.0, name) for s in ("s1", "s2") for name in found],
        "hub": [_hub(0, "contact", 0.5, 0.8, 1.0)],
        "hub_member": [_member(0, s) for s in ("s1", "s2")],
    }
    store = assessed(given, Settings(review_at=0.01, watch_at=0.001))
    n = int(store.value("SELECT count(*) FROM assessment WHERE tier IN ('review', 'urgent')"))
    store.close()
    return n


def test_applicants_are_listed_for_what_they_share_by_three_causes() -> None:
    assert _applicant("shared_contact", "resume_reuse", "shared_referee") == 2
    assert _applicant("shared_contact", "resume_reuse") == 0
    alone = [n for n in LIVE if INDICATORS[n].claim == "history" and "tie" not in INDICATORS[n].reads]
    assert _applicant("shared_contact", "camera_off_at_interviews", "virtual_camera_at_interview", *alone) == 0


@FEW
@given(worlds())
def test_nobody_is_listed_without_something_of_a_core_basis(given: Given) -> None:
    """Behaviour and history alone never lead to review, however much there is of it."""
    weak = [f for f in given["finding"] if INDICATORS[f["indicator"]].basis not in ("physical", "payee", "identity")]
    store = assessed({**given, "finding": weak}, Settings(review_at=0.01, watch_at=0.001))
    assert store.value("SELECT count(*) FROM assessment WHERE tier IN ('review', 'urgent')") == 0
    store.close()
