"""How well a run tells stand-ins from everybody else, measured against a world whose truth is known."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from scipy.stats import fisher_exact

from bonafides.assessment.scores import HYPOTHESES
from bonafides.errors import BadSettings
from bonafides.redact import redacted
from bonafides.store.duckdb import EngineError, Store, quoted
from bonafides.store.publishing import latest
from bonafides.store.raw import literal_path
from bonafides.workflow.published import source

NEEDED = ("company", "subject_id", "hypothesis")
BUDGETS = (10, 50, 100)
THRESHOLDS = (0.1, 0.5, 0.9)
LISTED = ("review", "urgent")
# Names are letters of arbitrary groups; a difference counts as one when chance would bring it less often than this,
# after Bonferroni's correction for the number of groups.
CHANCE = 0.05


@dataclass(frozen=True)
class Evaluation:
    """Figures of one run against its truth.

    Units: shares 0..1; false alarms are genuine workers in tier review or urgent. Applicants not hired yet, of whom
    there is only an application to read, have figures of their own in `applicants`; all else is about workers.

    Unknown: None where there is nothing to divide by (no stand-ins in a quiet world).
    """

    subjects: int
    stand_ins: int
    not_assessed: int
    average_precision: float | None
    at_budget: Mapping[str, Mapping[str, float | None]]
    at_threshold: Mapping[str, Mapping[str, float | None]]
    at_review: Mapping[str, float | None]
    calibration: Sequence[Mapping[str, float]]
    explanations: Mapping[str, Mapping[str, float]]
    false_alarms: int
    false_alarms_per_10000: float | None
    by_circumstance: Mapping[str, Mapping[str, float]]
    by_name_group: Mapping[str, Mapping[str, float | None]]
    networks: Mapping[str, float | None]
    identities: Mapping[str, float]
    applicants: Mapping[str, float | None]

    def plain(self) -> dict[str, Any]:
        """The figures as JSON-ready values."""
        return asdict(self)


def evaluate(workspace: Path, truth: Path) -> Evaluation:
    """Compare the latest run of a workspace with a truth file.

    Shape: truth is CSV (or Parquet) with company, subject_id (any id by which the company knows the subject),
    hypothesis, and as far as known circumstance, network, facilitator, name_group, wages and person.
    Raises: BadSettings where there is no run, or the truth cannot be read, lacks a column or tells no hypothesis of ours.
    """
    run = latest(workspace)
    if run is None:
        raise BadSettings(f"{workspace}: no published run; call investigate first")
    everybody = _rows(run, truth)
    rows = [r for r in everybody if r["subject_kind"] != "applicant"]
    ranked = _ranked(rows)
    genuine = [r for r in rows if r["hypothesis"] == "genuine"]
    alarms = [r for r in genuine if r["tier"] in LISTED]
    hits = [r["hypothesis"] == "stand_in" for r in ranked]
    return Evaluation(
        subjects=len(rows),
        stand_ins=sum(hits),
        not_assessed=sum(r["tier"] is None for r in everybody),
        average_precision=average_precision(hits),
        at_budget={str(n): _precision_recall(hits[:n], sum(hits)) for n in BUDGETS},
        at_threshold={
            str(t): _precision_recall([h for h, r in zip(hits, ranked, strict=True) if r["stand_in"] >= t], sum(hits))
            for t in THRESHOLDS
        },
        at_review=_precision_recall([h for h, r in zip(hits, ranked, strict=True) if r["tier"] in LISTED], sum(hits)),
        calibration=_calibration(ranked),
        explanations=_explanations(rows),
        false_alarms=len(alarms),
        false_alarms_per_10000=round(10_000 * len(alarms) / len(genuine), 2) if genuine else None,
        by_circumstance=_by(rows, "circumstance"),
        by_name_group=_by_name_group(genuine),
        networks=_networks(run, rows),
        identities=_identities(rows),
        applicants=_applicants([r for r in everybody if r["subject_kind"] == "applicant"]),
    )


def _ranked(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda r: (-r["stand_in"], r["company"], r["subject_id"]))


def _applicants(rows: Sequence[dict[str, Any]]) -> dict[str, float | None]:
    hits = [r["hypothesis"] == "stand_in" for r in _ranked(rows)]
    return {
        "subjects": len(rows),
        "stand_ins": sum(hits),
        "average_precision": average_precision(hits),
        "listed": sum(r["tier"] in LISTED for r in rows),
        "false_alarms": sum(r["tier"] in LISTED and r["hypothesis"] == "genuine" for r in rows),
    }


def _rows(run: Path, truth: Path) -> list[dict[str, Any]]:
    store = Store()
    try:
        place = quoted(literal_path(truth))
        told = (
            f"read_parquet({place}, hive_partitioning = false)"
            if truth.suffix == ".parquet"
            else f"read_csv({place}, all_varchar = true, header = true, hive_partitioning = false)"
        )
        there = store.shape(f"SELECT * FROM {told}")
        lacking = [c for c in NEEDED if c not in there]
        if lacking:
            raise BadSettings(f"{truth}: the truth lacks {', '.join(lacking)}")
        said = ", ".join(
            f"CAST({c} AS VARCHAR) AS {c}" if c in there else f"CAST(NULL AS VARCHAR) AS {c}"
            for c in (*NEEDED, "circumstance", "network", "facilitator", "name_group", "wages", "person")
        )
        rows = store.rows(
            f"SELECT t.*, a.stand_in, a.tier, a.explanation, a.network_id, a.subject_kind FROM (SELECT {said} FROM {told}) AS t "
            f"LEFT JOIN {source(run, 'known_as')} AS k ON k.company = t.company AND k.known_as = t.subject_id "
            f"LEFT JOIN {source(run, 'assessment')} AS a ON a.company = t.company AND a.subject_id = coalesce(k.subject_id, t.subject_id) ORDER BY t.company, t.subject_id"
        )
    except EngineError as why:
        raise BadSettings(f"{truth}: cannot be read as a truth: {redacted(str(why).splitlines()[0])}") from why
    finally:
        store.close()
    for row in rows:
        if row["hypothesis"] not in ("genuine", *HYPOTHESES):
            raise BadSettings(f"{truth}: the truth of somebody is none of genuine, {', '.join(HYPOTHESES)}")
        try:
            row["wages"] = float(row["wages"] or 0)
        except ValueError as why:
            raise BadSettings(f"{truth}: somebody's wages are no number") from why
        row["stand_in"] = row["stand_in"] or 0.0
    return rows


def average_precision(hits: Sequence[bool]) -> float | None:
    """Mean of the precision at each hit of a ranking. Unknown: None without hits."""
    found, total = 0, 0.0
    for place, hit in enumerate(hits, 1):
        if hit:
            found += 1
            total += found / place
    return round(total / found, 4) if found else None


def _precision_recall(hits: Sequence[bool], positives: int) -> dict[str, float | None]:
    return {
        "listed": float(len(hits)),
        "precision": round(sum(hits) / len(hits), 4) if hits else None,
        "recall": round(sum(hits) / positives, 4) if positives else None,
    }


def _calibration(ranked: Sequence[Mapping[str, Any]]) -> list[dict[str, float]]:
    """Of those given a probability in each band, the mean of it and the share who are stand-ins."""
    edges = (0.0, 0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1.0)
    found = []
    for low, high in pairwise(edges):
        band = [r for r in ranked if low <= r["stand_in"] < high or (high == 1.0 and r["stand_in"] == 1.0)]
        if band:
            found.append(
                {
                    "from": low,
                    "to": high,
                    "subjects": len(band),
                    "said": round(sum(r["stand_in"] for r in band) / len(band), 4),
                    "were": round(sum(r["hypothesis"] == "stand_in" for r in band) / len(band), 4),
                }
            )
    return found


def _explanations(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """For each true hypothesis the share explained as each one."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[row["hypothesis"]][row["explanation"] or "not assessed"] += 1
    return {
        true: {"subjects": float(c.total()), **{said: round(n / c.total(), 4) for said, n in sorted(c.items())}}
        for true, c in sorted(counts.items())
    }


def _by(rows: Iterable[Mapping[str, Any]], column: str) -> dict[str, dict[str, float]]:
    """False alarms among those who are no stand-ins, by circumstance."""
    found: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        if row["hypothesis"] != "stand_in":
            for one in (row[column] or "none").split(";"):
                found[one].append(row["tier"] in LISTED)
    return {
        one: {"subjects": len(a), "alarms": sum(a), "share": round(sum(a) / len(a), 5)}
        for one, a in sorted(found.items())
    }


def _by_name_group(genuine: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, float | None]]:
    """False alarms by group of names, with the chance of a difference as large (Fisher's exact test against the
    other groups).
    """
    groups: dict[str, list[bool]] = defaultdict(list)
    for row in genuine:
        if row["name_group"]:
            groups[row["name_group"]].append(row["tier"] in LISTED)
    found: dict[str, dict[str, float | None]] = {}
    for name, alarms in sorted(groups.items()):
        others = [a for other, list_ in groups.items() if other != name for a in list_]
        table = [[sum(alarms), len(alarms) - sum(alarms)], [sum(others), len(others) - sum(others)]]
        chance = float(fisher_exact(table)[1]) if others else None
        beyond = None if chance is None else float(chance < CHANCE / len(groups))
        found[name] = {"subjects": len(alarms), "alarms": sum(alarms), "chance": chance, "beyond_chance": beyond}
    return found


def _networks(run: Path, rows: Sequence[Mapping[str, Any]]) -> dict[str, float | None]:
    """Pairs of subjects put into one network, against the true pairs."""
    true = _pairs(((r["company"], r["subject_id"]), r["network"]) for r in rows if r["network"])
    said = _pairs(((r["company"], r["subject_id"]), r["network_id"]) for r in rows if r["network_id"])
    both = len(true & said)
    precision = both / len(said) if said else None
    recall = both / len(true) if true else None
    f1 = 2 * both / (len(true) + len(said)) if true or said else None
    found = len({r["facilitator"] for r in rows if r["facilitator"] and r["network_id"] and r["tier"] in LISTED})
    return {
        "true_networks": float(len({r["network"] for r in rows if r["network"]})),
        "networks": float(len({r["network_id"] for r in rows if r["network_id"]})),
        "pair_precision": None if precision is None else round(precision, 4),
        "pair_recall": None if recall is None else round(recall, 4),
        "pair_f1": None if f1 is None else round(f1, 4),
        "true_facilitators": float(len({r["facilitator"] for r in rows if r["facilitator"]})),
        "facilitators": float(found),
    }


def _pairs(members: Iterable[tuple[tuple[str, str], str]]) -> set[tuple[tuple[str, str], tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for subject, network in members:
        groups[network].append(subject)
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}


def _identities(rows: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """What stand-ins held and what of it was listed for review: engagements, persons, companies, wages."""
    true = [r for r in rows if r["hypothesis"] == "stand_in"]
    found = [r for r in true if r["tier"] in LISTED]

    def persons(some: Sequence[Mapping[str, Any]]) -> int:
        return len({r["person"] or (r["company"], r["subject_id"]) for r in some})

    return {
        "engagements": len(true),
        "engagements_found": len(found),
        "identities": persons(true),
        "identities_found": persons(found),
        "companies": len({r["company"] for r in true}),
        "companies_found": len({r["company"] for r in found}),
        "wages": round(sum(r["wages"] for r in true), 2),
        "wages_found": round(sum(r["wages"] for r in found), 2),
    }
