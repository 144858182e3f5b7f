"""Weights refitted to what people decided, drawn towards what the catalogue says.

Why: the catalogue's likelihood ratios are judgements. A decision says which explanation was right for one person; many
say which indicators weighed too much or too little. What a dozen decisions could have by chance must move nothing much,
so every factor is held to 1 by a penalty, and what the fit is worth is told on decisions that it did not see.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]
# Standard deviations: of a factor around 1; of the shift of a hypothesis (decibans), which takes up that people look
# at some and not at others.
SPREAD, SHIFT = 0.3, 10.0
FOLDS = 5
_NATURAL = np.log(10) / 10


@dataclass(frozen=True)
class Fit:
    """What the decisions come to.

    Units: `factors` multiply an indicator's weights, one each; `shift` are decibans for each hypothesis.
    """

    factors: Floats
    shift: Floats


def probabilities(fixed: Floats, told: Floats, fit: Fit) -> Floats:
    """Probabilities of genuine and the hypotheses.

    Shape: `fixed` (people, hypotheses) are decibans that are not refitted, `told` (people, indicators, hypotheses)
    those of findings; answers (people, 1 + hypotheses), genuine first.
    """
    score = fixed + fit.shift + np.einsum("sih,i->sh", told, fit.factors)
    whole = np.column_stack([np.zeros(len(score)), score]) * _NATURAL
    whole -= whole.max(axis=1, keepdims=True)
    odds = np.exp(whole)
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def fit(fixed: Floats, told: Floats, decided: Sequence[int]) -> Fit:
    """Factors and shifts most likely after the decisions.

    Shape: `decided` is 0 for genuine, else the hypothesis's place and one.
    """
    answer = np.asarray(decided, dtype=np.int64)
    people, indicators, hypotheses = told.shape

    def parts(x: Floats) -> Fit:
        return Fit(x[:indicators], x[indicators:])

    def loss(x: Floats) -> tuple[float, Floats]:
        now = parts(x)
        p = probabilities(fixed, told, now)
        picked = np.maximum(p[np.arange(people), answer], 1e-300)
        wrong = p[:, 1:].copy()
        rows = np.flatnonzero(answer)
        wrong[rows, answer[rows] - 1] -= 1
        wrong *= _NATURAL
        slope = np.concatenate([np.einsum("sh,sih->i", wrong, told), wrong.sum(axis=0)])
        held = np.concatenate([(now.factors - 1) / SPREAD**2, now.shift / SHIFT**2])
        cost = -np.log(picked).sum() + ((now.factors - 1) ** 2).sum() / (2 * SPREAD**2)
        return float(cost + (now.shift**2).sum() / (2 * SHIFT**2)), slope + held

    start = np.concatenate([np.ones(indicators), np.zeros(hypotheses)])
    bounds = [(0.0, 3.0)] * indicators + [(-60.0, 60.0)] * hypotheses
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return parts(np.asarray(found.x, dtype=np.float64))


def unseen(fixed: Floats, told: Floats, decided: Sequence[int]) -> Floats:
    """Probabilities of each decision's person by a fit that did not see it: every fifth is left out in turn."""
    answer = np.asarray(decided, dtype=np.int64)
    found = np.zeros((len(answer), fixed.shape[1] + 1))
    fold = np.arange(len(answer)) % FOLDS
    for n in range(min(FOLDS, len(answer))):
        rest, out = fold != n, fold == n
        found[out] = probabilities(fixed[out], told[out], fit(fixed[rest], told[rest], answer[rest].tolist()))
    return found
