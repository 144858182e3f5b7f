"""Weights and priors refitted to people's decisions, with a table that says how reliable probabilities are."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bonafides.assessment.calibration import Floats, fit, probabilities, unseen
from bonafides.assessment.scores import HYPOTHESES
from bonafides.errors import BadSettings
from bonafides.settings import Settings
from bonafides.store.duckdb import Store, quoted
from bonafides.workflow.published import latest_run, source

ANSWERS = ("genuine", *HYPOTHESES)
# What a case may end with: a false claim is given by the explanation that was found right.
DECISIONS: Mapping[str, str | None] = {
    **{name: name for name in ANSWERS}, "bona fide": "genuine", "bona_fide": "genuine", "unresolved": None,
}  # fmt: skip
# An indicator that fewer of the decided have is left as it is.
FEWEST = 5
EDGES = (0.0, 0.05, 0.2, 0.5, 0.8, 0.95, 1.0)


@dataclass(frozen=True)
class Reliability:
    """People whose probability of the explanation decided on lay between `low` and `high`: what was said, what was."""

    low: float
    high: float
    people: int
    said: float
    were: float


@dataclass(frozen=True)
class Calibration:
    """What the decisions come to.

    Shape: `weights` are factors of indicators, those that stay at 1 left out; `priors` are given where the decided are
    a random sample of everybody. `before` and `after` are of the same decisions, `after` by fits that did not see them.
    Units: `loss` is the mean natural logarithm of one over the probability of what was decided.
    """

    decided: int
    unresolved: int
    not_found: int
    weights: Mapping[str, float]
    priors: Mapping[str, float]
    loss_before: float
    loss_after: float
    before: tuple[Reliability, ...]
    after: tuple[Reliability, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON-ready values."""
        return asdict(self)

    def settings(self) -> str:
        """The same as lines of a settings file."""
        told: dict[str, Any] = {f"prior_{name}": value for name, value in self.priors.items()}
        return yaml.safe_dump({**told, "weights": dict(self.weights)}, sort_keys=True)


def calibrate(workspace: Path, decisions: Path, is_sample: bool = False) -> Calibration:
    """Refit to a file of decisions on subjects of the latest run.

    Shape: CSV with company, subject_id and decision (bona fide, unresolved, or the explanation found right).
    `is_sample` says that they were drawn at random from everybody: only then do they say anything of priors.
    Raises: BadSettings where there is no run, or the file cannot be used or says too little.
    """
    run = latest_run(workspace)
    store = Store()
    try:
        rows, unresolved, not_found = _decided(store, decisions, run)
        if len(rows) < 2 * FEWEST or len({row["answer"] for row in rows}) < 2:
            raise BadSettings(f"{decisions}: too few decisions to learn from, or all of one kind")
        fixed, told, names = _contributions(store, run, rows)
    finally:
        store.close()
    answers = [ANSWERS.index(row["answer"]) for row in rows]
    found = fit(fixed, told, answers)
    start = probabilities(fixed, told, type(found)(np.ones(len(names)), np.zeros(len(HYPOTHESES))))
    later = unseen(fixed, told, answers)
    return Calibration(
        decided=len(rows),
        unresolved=unresolved,
        not_found=not_found,
        weights={n: round(float(f), 3) for n, f in zip(names, found.factors, strict=True) if abs(f - 1) >= 0.005},
        priors=_priors(run, found.shift) if is_sample else {},
        loss_before=_loss(start, answers),
        loss_after=_loss(later, answers),
        before=_reliability(start, answers),
        after=_reliability(later, answers),
    )


def _decided(store: Store, decisions: Path, run: Path) -> tuple[list[dict[str, Any]], int, int]:
    """Decided subjects of the run, in order; and how many decisions are unresolved or of nobody in it."""
    try:
        there = store.rows(
            f"SELECT * FROM read_csv({quoted(str(decisions))}, all_varchar = true, header = true, null_padding = false)"
        )
    except Exception as why:
        raise BadSettings(f"{decisions}: cannot be read as CSV") from why
    if not there or not {"company", "subject_id", "decision"} <= set(there[0]):
        raise BadSettings(f"{decisions}: needs the columns company, subject_id and decision, and rows")
    known = {
        (row["company"], row["subject_id"])
        for row in store.rows(f"SELECT company, subject_id FROM {source(run, 'assessment')}")
    }
    found: dict[tuple[str, str], str] = {}
    unresolved = not_found = 0
    for row in there:
        said = (row["decision"] or "").strip().lower()
        if said not in DECISIONS:
            raise BadSettings(f"{decisions}: a decision is one of {', '.join(DECISIONS)}")
        answer, who = DECISIONS[said], (row["company"], row["subject_id"])
        if answer is None:
            unresolved += 1
        elif who not in known:
            not_found += 1
        else:
            found[who] = answer  # the last decision of a person counts
    rows = [{"company": c, "subject_id": s, "answer": a} for (c, s), a in sorted(found.items())]
    return rows, unresolved, not_found


def _contributions(store: Store, run: Path, rows: Sequence[Mapping[str, Any]]) -> tuple[Floats, Floats, list[str]]:
    """What is not refitted (priors, ties, rare findings), what is, and the indicators' names."""
    place = {(row["company"], row["subject_id"]): n for n, row in enumerate(rows)}
    listed = ", ".join(HYPOTHESES)
    told = [
        row
        for row in store.rows(f"SELECT company, subject_id, step, what, {listed} FROM {source(run, 'contribution')}")
        if (row["company"], row["subject_id"]) in place
    ]
    holders: dict[str, set[int]] = defaultdict(set)
    for row in told:
        if row["step"] == "finding" and any(row[h] for h in HYPOTHESES):
            holders[row["what"]].add(place[row["company"], row["subject_id"]])
    names = sorted(name for name, of in holders.items() if len(of) >= FEWEST)
    number = {name: n for n, name in enumerate(names)}
    fixed = np.zeros((len(rows), len(HYPOTHESES)))
    found = np.zeros((len(rows), len(names), len(HYPOTHESES)))
    for row in told:
        who, amounts = place[row["company"], row["subject_id"]], [row[h] for h in HYPOTHESES]
        if row["step"] == "finding" and row["what"] in number:
            found[who, number[row["what"]]] += amounts
        else:
            fixed[who] += amounts
    return fixed, found, names


def _priors(run: Path, shift: Floats) -> dict[str, float]:
    """The settings' priors moved by the shifts."""
    told = json.loads((run / "manifest.json").read_text("utf-8")).get("settings", {})
    default = Settings()
    odds = {}
    before = {h: float(told.get(f"prior_{h}", getattr(default, f"prior_{h}"))) for h in HYPOTHESES}
    genuine = 1 - sum(before.values())
    for h, by in zip(HYPOTHESES, shift, strict=True):
        odds[h] = before[h] / genuine * 10 ** (float(by) / 10)
    whole = 1 + sum(odds.values())
    return {h: round(min(0.49, max(1e-6, o / whole)), 6) for h, o in odds.items()}


def _loss(p: Floats, answers: Sequence[int]) -> float:
    return round(-sum(log(max(1e-12, float(p[n, a]))) for n, a in enumerate(answers)) / len(answers), 4)


def _reliability(p: Floats, answers: Sequence[int]) -> tuple[Reliability, ...]:
    """Every explanation's probability of every decided person, by how high it was."""
    said = [(float(p[n, h]), h == a) for n, a in enumerate(answers) for h in range(len(ANSWERS))]
    made = []
    for low, high in pairwise(EDGES):
        own = [(q, was) for q, was in said if low <= q < high or (high == 1.0 and q == 1.0)]
        if own:
            mean = sum(q for q, _ in own) / len(own)
            made.append(
                Reliability(low, high, len(own), round(mean, 4), round(sum(was for _, was in own) / len(own), 4))
            )
    return tuple(made)
