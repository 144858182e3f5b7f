"""Prior and findings of each subject, in decibans: of one cause the strongest counts, across causes they are shrunk."""

from collections.abc import Mapping
from math import log10
from typing import Any

from bonafides.settings import Settings
from bonafides.store.duckdb import Store

HYPOTHESES = ("elsewhere", "overextended", "hijacked", "stand_in")


def priors(settings: Settings) -> dict[str, float]:
    """Decibans of each hypothesis against genuine before anything is known."""
    given = {h: float(getattr(settings, f"prior_{h}")) for h in HYPOTHESES}
    genuine = 1 - sum(given.values())
    return {h: round(10 * log10(p / genuine), 2) for h, p in given.items()}


def contribute(store: Store, weights: Mapping[str, Mapping[str, float]], settings: Settings) -> None:
    """`contribution` with prior and findings.

    Shape: `weights` by indicator. Units: decibans rounded to hundredths, so sums are exact.
    Why: each hypothesis is weighed for itself, and what speaks for it does not stand for what speaks against it; so
    of a group the strongest counts for each hypothesis and direction, which need not be the same finding. The first
    cause counts in full, every further one by `settings.shrink` (causes are never quite independent).
    """
    before = priors(settings)
    names = sorted(weights)
    store.load(
        "weight_of",
        {
            "indicator": names,
            **{h: [weights[n][h] for n in names] for h in HYPOTHESES},
        },
        {"indicator": "VARCHAR", **dict.fromkeys(HYPOTHESES, "DOUBLE")},
    )
    prior = ", ".join(f"CAST({before[h]} AS DOUBLE) AS {h}" for h in HYPOTHESES)
    scaled = ", ".join(f"round(w.{h} * f.strength, 2) AS {h}" for h in HYPOTHESES)
    who, order = "company, subject_id", "DESC, indicator, value"
    leads = ", ".join(
        f"{h} <> 0 AND row_number() OVER (PARTITION BY {who}, cause, sign({h}) ORDER BY abs({h}) {order}) = 1 AS leads_{h}"
        for h in HYPOTHESES
    )
    places = ", ".join(
        f"row_number() OVER (PARTITION BY {who}, sign({h}), leads_{h} ORDER BY abs({h}) {order}) AS place_{h}"
        for h in HYPOTHESES
    )
    counted = ", ".join(
        f"CASE WHEN NOT leads_{h} THEN 0.0 WHEN place_{h} = 1 THEN {h} ELSE round({h} * {settings.shrink}, 2) END AS {h}"
        for h in HYPOTHESES
    )
    store.execute(
        f"""CREATE OR REPLACE TABLE contribution AS
        WITH weighed AS (
          SELECT f.company, f.subject_id, f.indicator, f.value, f.cause, {scaled}
          FROM finding AS f JOIN weight_of AS w ON w.indicator = f.indicator),
        best AS (SELECT *, {leads} FROM weighed),
        placed AS (SELECT *, {places} FROM best)
        SELECT company, subject_id, 'prior' AS step, 'prior' AS what, CAST(NULL AS VARCHAR) AS value, {prior}, CAST(NULL AS VARCHAR) AS cause, true AS is_counted
        FROM subject
        UNION ALL
        SELECT company, subject_id, 'finding', indicator, value, {counted}, cause, {" OR ".join(f"leads_{h}" for h in HYPOTHESES)} FROM placed"""
    )


def sums(store: Store) -> list[dict[str, Any]]:
    """Sum of the contributions of every subject, in order of company and subject."""
    listed = ", ".join(f"round(sum(c.{h}), 2) AS {h}" for h in HYPOTHESES)
    return store.rows(
        f"SELECT company, subject_id, {listed} FROM contribution AS c GROUP BY company, subject_id ORDER BY company, subject_id"
    )
