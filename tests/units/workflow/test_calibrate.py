"""Weights refitted to decisions: what is too strong is lowered, few decisions move little, priors need a sample."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from bonafides.assessment.calibration import Fit, fit, probabilities, unseen
from bonafides.assessment.scores import HYPOTHESES, priors
from bonafides.errors import BadSettings
from bonafides.settings import Settings
from bonafides.store.duckdb import Store
from bonafides.workflow.calibrate import calibrate
from bonafides.workflow.detect import indicators, weights_of

START = priors(Settings())


def people(count: int, stand_ins: int, loud: float, quiet: float) -> list[dict[str, Any]]:
    """Half of them have `ip_kvm_attached`, as a share of whom `loud` and `quiet` are stand-ins, all `long_known`."""
    made = []
    for n in range(count):
        has_it = n % 2 == 0
        is_one = (n // 2) / (count / 2) < (loud if has_it else quiet)
        made.append({"id": f"s{n}", "has_it": has_it, "is_one": is_one})
    return made


def published(folder: Path, those: list[dict[str, Any]], weight: float = 33.0) -> Path:
    """A workspace whose run has these people, with what their findings weigh."""
    run = folder / "runs" / "r"
    run.mkdir(parents=True)
    store = Store()
    rows = [("acme", p["id"], "prior", "prior", *(START[h] for h in HYPOTHESES)) for p in those]
    rows += [("acme", p["id"], "finding", "ip_kvm_attached", 0, 0, 0, weight) for p in those if p["has_it"]]
    names = ("company", "subject_id", "step", "what", *HYPOTHESES)
    types = {n: "VARCHAR" if n in names[:4] else "DOUBLE" for n in names}
    store.load("told", {name: [row[n] for row in rows] for n, name in enumerate(names)}, types)
    store.write("SELECT * FROM told ORDER BY ALL", run / "contribution.parquet")
    store.write("SELECT DISTINCT company, subject_id FROM told ORDER BY ALL", run / "assessment.parquet")
    (run / "manifest.json").write_text(json.dumps({"settings": {}}), "utf-8")
    (folder / "latest").symlink_to("runs/r")
    return folder


def decisions(folder: Path, those: list[dict[str, Any]], *more: str) -> Path:
    path = folder / "decisions.csv"
    lines = [f"acme,{p['id']},{'stand_in' if p['is_one'] else 'bona fide'}" for p in those]
    path.write_text("\n".join(["company,subject_id,decision", *lines, *more]) + "\n", "utf-8")
    return path


def test_what_weighed_too_much_is_lowered_and_what_is_said_becomes_what_is(tmp_path: Path) -> None:
    those = people(400, 0, loud=0.1, quiet=0.0)
    found = calibrate(published(tmp_path, those), decisions(tmp_path, those))
    assert found.weights["ip_kvm_attached"] < 0.9
    assert found.loss_after < found.loss_before
    high = [row for row in found.before if row.low >= 0.2 and row.high <= 0.8]
    assert high and all(row.said > row.were for row in high if row.people == 200)


def drawn(count: int, factor: float) -> tuple[Any, Any, list[int]]:
    """Decisions on people of whom one indicator weighs `factor` times what it is said to."""
    chance = np.random.default_rng(7)
    told = np.zeros((count, 1, 4))
    told[:, 0, 3] = chance.choice([0.0, 20.0], count)
    fixed = np.tile(np.array([-20.0, -20.0, -27.0, -12.0]), (count, 1))
    p = probabilities(fixed, told, Fit(np.array([factor]), np.zeros(4)))
    return fixed, told, [int(chance.choice(5, p=row / row.sum())) for row in p]


def test_few_decisions_move_little() -> None:
    few, many = fit(*drawn(6, 0.3)).factors[0], fit(*drawn(4000, 0.3)).factors[0]
    assert many == pytest.approx(0.3, abs=0.08)
    assert abs(1 - few) < abs(1 - many) - 0.15


def test_priors_move_only_where_the_decided_are_a_random_sample(tmp_path: Path) -> None:
    those = people(400, 0, loud=0.9, quiet=0.2)
    workspace, file = published(tmp_path, those), decisions(tmp_path, those)
    assert calibrate(workspace, file).priors == {}
    fitted = calibrate(workspace, file, is_sample=True).priors
    assert fitted["stand_in"] > 10 * Settings().prior_stand_in


def test_what_is_unresolved_or_of_nobody_here_is_counted_and_the_last_decision_counts(tmp_path: Path) -> None:
    those = people(40, 0, loud=0.5, quiet=0.0)
    more = ("acme,s0,unresolved", "acme,nobody,bona fide", "acme,s1,hijacked", "acme,s1,Bona Fide")
    found = calibrate(published(tmp_path, those), decisions(tmp_path, those, *more))
    assert (found.decided, found.unresolved, found.not_found) == (40, 1, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("company,subject_id\nacme,s1\n", "needs the columns"),
        ("company,subject_id,decision\nacme,s1,guessed\n", "a decision is one of"),
        ("company,subject_id,decision\nacme,s1,bona fide\n", "too few"),
        ("", "CSV|columns"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, says: str) -> None:
    workspace = published(tmp_path, people(10, 0, 0.5, 0.0))
    path = tmp_path / "d.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(BadSettings, match=says):
        calibrate(workspace, path)


def test_what_is_fitted_is_a_settings_file_that_a_run_takes(tmp_path: Path) -> None:
    those = people(400, 0, loud=0.1, quiet=0.0)
    text = calibrate(published(tmp_path, those), decisions(tmp_path, those), is_sample=True).settings()
    path = tmp_path / "fitted.yaml"
    path.write_text(text, "utf-8")
    settings = Settings.read(path)
    assert settings.weights == yaml.safe_load(text)["weights"] and settings.prior_stand_in != Settings().prior_stand_in
    known = {name: one for name, one in indicators().items() if one.state == "live"}
    factor = settings.weights["ip_kvm_attached"]
    assert weights_of(known, settings)["ip_kvm_attached"]["stand_in"] == pytest.approx(
        known["ip_kvm_attached"].weights["stand_in"] * factor
    )


@pytest.mark.parametrize(("given", "says"), [({"no_such": 1.0}, "no indicator no_such"), ({}, "")])
def test_a_factor_for_no_indicator_is_refused(given: dict[str, float], says: str) -> None:
    known = {name: one for name, one in indicators().items() if one.state == "live"}
    if not says:
        assert weights_of(known, Settings(weights=given))["ip_kvm_attached"] == dict(known["ip_kvm_attached"].weights)
        return
    with pytest.raises(BadSettings, match=says):
        weights_of(known, Settings(weights=given))


def test_a_fit_finds_the_factor_that_made_the_decisions() -> None:
    fixed, told, decided = drawn(4000, 0.6)
    assert fit(fixed, told, decided).factors[0] == pytest.approx(0.6, abs=0.08)
    assert np.allclose(unseen(fixed, told, decided).sum(axis=1), 1)
