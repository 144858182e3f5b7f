"""From tables to findings, and from findings and ties to assessments and networks."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

import bonafides.controls
import bonafides.indicators
from bonafides.assessment import chance, claims, scores, standing
from bonafides.assessment.networks import Subject
from bonafides.controls.base import Control, check
from bonafides.controls.base import catalogue as controls_of
from bonafides.derived import evaluation, network
from bonafides.errors import BadSettings
from bonafides.indicators.base import CLAIMS, Indicator, catalogue, core_of, sharing_of
from bonafides.indicators.evaluation import evaluate
from bonafides.indicators.sigma import NO_RULES, Rules, load
from bonafides.run import Run, some
from bonafides.settings import Settings
from bonafides.sightings import values
from bonafides.store.duckdb import Store
from bonafides.store.engine import Engine
from bonafides.store.reading import MAY_LIE_AHEAD
from bonafides.workflow.ingest import record_tables


def indicators(rules: Rules = NO_RULES) -> dict[str, Indicator]:
    """All indicators by id, a user's Sigma rules among them."""
    return {**catalogue(Path(next(iter(bonafides.indicators.__path__)))), **rules.indicators}


def sigma_rules(settings: Settings) -> Rules:
    """The Sigma rules that the settings name.

    Raises: BadSettings where a mapping of theirs cannot be read or is written wrongly.
    """
    return load(settings.sigma, record_tables()) if settings.sigma else NO_RULES


def controls() -> dict[str, Control]:
    """All controls by id."""
    return controls_of(Path(next(iter(bonafides.controls.__path__))))


def vias() -> dict[tuple[str, str], str]:
    """How sightings call the typed columns of the record tables."""
    return values.vias(record_tables().values())


def judge(store: Store, run: Run) -> None:
    """`control`."""
    run.say("looking which controls hold")
    check(store, controls(), vias())


def detect(store: Engine, run: Run, rules: Rules = NO_RULES) -> None:
    """`finding` and `evaluation`."""
    known = indicators(rules)
    live = sum(i.state == "live" for i in known.values())
    run.say(f"asking {live} indicators")
    for column, idle in evaluate(store, known, vias()).items():
        run.note(f"{column} holds nothing usable at {some(idle)}: no text there is such a value, or is anybody's")
    for one in rules.unrun.values():
        told = {"indicator": one.id, "claim": one.claim, "outcome": "skipped" if one.is_skipped else "failed"}
        why = one.why if one.is_skipped else f"“{one.title}” cannot be run: {one.why}"
        companies = store.rows("SELECT DISTINCT company FROM subject ORDER BY company")
        store.append(evaluation.TABLE, [{**told, **of, "why": why, "findings": 0} for of in companies])
    failed = store.rows(
        "SELECT indicator, min(why) AS why FROM evaluation WHERE outcome = 'failed' GROUP BY indicator ORDER BY indicator"
    )
    for row in failed:
        run.note(f"indicator {row['indicator']} failed: {row['why']}")


def assess(
    store: Store, settings: Settings, run: Run, before: Mapping[Subject, str], rules: Rules = NO_RULES
) -> standing.Outcome:
    """`contribution`, `assessment`, `network` and `network_member`."""
    run.say("weighing explanations")
    known = {name: i for name, i in indicators(rules).items() if i.state == "live"}
    scores.contribute(store, weights_of(known, settings), settings)
    claims.stand(store, CLAIMS, {n: i.needs for n, i in known.items()}, vias())
    outcome = standing.assess(store, settings, before, core_of(known), sharing_of(known))
    if not outcome.beliefs.converged:
        run.note(f"beliefs did not settle in {outcome.beliefs.rounds} rounds: scores along ties are provisional")
    standing.conclude(store, settings, outcome)
    _networks(store, outcome)
    return outcome


def weights_of(known: Mapping[str, Indicator], settings: Settings) -> dict[str, dict[str, float]]:
    """Decibans of each indicator, by the factors of the settings.

    Raises: BadSettings where a factor is given for no indicator.
    """
    if unknown := sorted(set(settings.weights) - set(known)):
        raise BadSettings(f"weights: no indicator {unknown[0]}")
    return {n: {h: w * settings.weights.get(n, 1.0) for h, w in i.weights.items()} for n, i in known.items()}


def _networks(store: Store, outcome: standing.Outcome) -> None:
    stand_in = {s: float(p[-1]) for s, p in zip(outcome.subjects, outcome.probability, strict=True)}
    members = [(g.network_id, *m, stand_in[m]) for g in outcome.networks for m in g.members]
    names = ("network_id", "company", "subject_id", "probability")
    store.load(
        "network_member",
        {name: [m[n] for m in members] for n, name in enumerate(names)},
        {"network_id": "VARCHAR", "company": "VARCHAR", "subject_id": "VARCHAR", "probability": "DOUBLE"},
    )
    chances = _chances(store, outcome)
    hubs = store.rows(_HUBS)
    touched = store.rows(_TOUCHED)
    totals = {row["network_id"]: row for row in store.rows(_TOTALS)}
    rows: list[dict[str, Any]] = []
    for group in outcome.networks:
        total = totals[group.network_id]
        own = [
            {"kind": h["kind"], "value": h["value"], "members": h["members"]}
            for h in hubs
            if h["network_id"] == group.network_id
        ]
        assets = [
            {"company": t["company"], "asset": t["asset"], "control": t["control"]}
            for t in touched
            if t["network_id"] == group.network_id
        ]
        rows.append(
            {
                "network_id": group.network_id,
                "members": len(group.members),
                "companies": total["companies"],
                "probability": total["probability"],
                "chance": chances[group.network_id],
                "hubs": json.dumps(own, ensure_ascii=False),
                "wages": total["wages"],
                "assets": json.dumps(assets, ensure_ascii=False),
                "first_at": total["first_at"],
                "last_at": total["last_at"],
                "came_from": ";".join(group.came_from),
            }
        )
    store.create(network.TABLE)
    store.append(network.TABLE, rows)


def _chances(store: Store, outcome: standing.Outcome) -> dict[str, float]:
    """For each network the probability that chance would hold some group together as well."""
    if not outcome.networks:
        return {}
    place = {subject: n for n, subject in enumerate(outcome.subjects)}
    links = store.rows(_LINKS)
    kinds = {kind: n for n, kind in enumerate(sorted({row["kind"] for row in links}))}
    found = chance.probabilities(
        [[place[member] for member in group.members] for group in outcome.networks],
        np.array([row["hub"] for row in links], dtype=np.int64),
        np.array([place[row["company"], row["subject_id"]] for row in links], dtype=np.int64),
        np.array([kinds[row["kind"]] for row in links], dtype=np.int64),
    )
    return {group.network_id: p for group, p in zip(outcome.networks, found, strict=True)}


# Who holds which shared value; that one person holds their own is nobody's tie.
_LINKS = """
SELECT m.hub, u.kind, m.company, m.subject_id FROM hub_member AS m JOIN hub AS u ON u.hub = m.hub
WHERE u.family <> 'person' ORDER BY m.hub, m.company, m.subject_id"""

_HUBS = """
SELECT m.network_id, u.kind, u.value, count(*) AS members FROM network_member AS m
JOIN hub_member AS h ON h.company = m.company AND h.subject_id = m.subject_id JOIN hub AS u ON u.hub = h.hub
GROUP BY m.network_id, u.kind, u.value HAVING count(*) > 1 ORDER BY m.network_id, count(*) DESC, u.kind, u.value"""

_TOUCHED = """
SELECT DISTINCT m.network_id, m.company, t.asset, t.control FROM network_member AS m
JOIN activity AS a ON a.company = m.company AND a.subject_id = m.subject_id
JOIN asset AS t ON t.company = a.company AND lower(t.asset) = lower(a.target) WHERE t.control IS NOT NULL ORDER BY ALL"""

_TOTALS = """
SELECT m.network_id, count(DISTINCT m.company) AS companies, round(avg(m.probability), 6) AS probability, round(sum(s.wages), 2) AS wages,
       min(s.first_at) AS first_at, max(s.last_at) AS last_at
FROM network_member AS m JOIN subject AS s ON s.company = m.company AND s.subject_id = m.subject_id GROUP BY m.network_id"""


def as_of(store: Store) -> datetime | None:
    """The newest time that any record carries: what the run is dated by. What is only planned dates none, where there is
    anything else.
    """
    planned = ", ".join(f"'{name}'" for name, table in record_tables().items() if table.time in MAY_LIE_AHEAD)
    found = store.value(
        f"SELECT coalesce(max(CASE WHEN split_part(via, ':', 1) NOT IN ({planned}) THEN last_at END), max(last_at)) FROM sighting"
    )
    return found if isinstance(found, datetime) else None
