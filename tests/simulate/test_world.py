"""What a world promises as a whole: its truth, its size, the same bytes every time."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bonafides.cli.simulate import SCENARIOS as NAMED
from bonafides.errors import BadSettings
from bonafides.simulate.chance import Dice
from bonafides.simulate.gaps import holes
from bonafides.simulate.innocents import CIRCUMSTANCES
from bonafides.simulate.scenarios import SCENARIOS, build
from bonafides.simulate.world import WorldSummary, simulate
from simulate.rows import truth

OF_THEMSELVES = {"none", "vpn", "recycled_address", "company_proxy", "build_key"}


def digests(target: Path) -> dict[str, str]:
    files = (path for path in target.rglob("*") if path.is_file())
    return {str(path.relative_to(target)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_gives_the_same_bytes_whatever_the_number_of_processes(tmp_path: Path) -> None:
    simulate(tmp_path / "one", "quiet", seed=7, scale=0.02, processes=1)
    simulate(tmp_path / "three", "quiet", seed=7, scale=0.02, processes=3)
    simulate(tmp_path / "other", "quiet", seed=8, scale=0.02, processes=1)
    first = digests(tmp_path / "one")
    assert len(first) > 300
    assert first == digests(tmp_path / "three")
    assert first != digests(tmp_path / "other")


def test_the_reference_world_is_shaped_on_the_public_case(reference: WorldSummary) -> None:
    assert reference.identities == 80
    assert 110 <= reference.stand_ins <= 130
    assert reference.companies_hit > 100
    assert reference.wages > 5_000_000
    assert reference.facilitators >= 6
    whole = json.loads((reference.target / "truth.json").read_text())
    assert whole["wages"] == reference.wages
    assert whole["events"] == reference.events
    rows = truth(reference.target)
    engaged = [row for row in rows if row["hypothesis"] == "stand_in" and row["subject_kind"] == "worker"]
    assert len(engaged) == reference.stand_ins
    assert sum(float(row["wages"]) for row in engaged) == pytest.approx(reference.wages)
    assert len({row["company"] for row in engaged}) == reference.companies_hit


def test_farms_are_of_uneven_size_and_one_employer_sees_few_of_a_farm(reference: WorldSummary) -> None:
    engaged = [row for row in truth(reference.target) if row["facilitator"] and row["subject_kind"] == "worker"]
    farms = Counter(row["facilitator"] for row in engaged)
    assert min(farms.values()) == 2
    assert max(farms.values()) == 35
    seen = Counter((row["company"], row["facilitator"]) for row in engaged)
    assert max(seen.values()) <= 3
    big = {row["company"] for row in engaged if row["facilitator"] == farms.most_common(1)[0][0]}
    assert len(big) > 25


def test_only_stand_ins_have_a_network_and_every_stand_in_has_one(reference: WorldSummary) -> None:
    for row in truth(reference.target):
        assert (row["hypothesis"] == "stand_in") == bool(row["network"]) == bool(row["facilitator"])


def test_some_personas_take_guarded_things(reference: WorldSummary) -> None:
    touched = [row["assets_touched"] for row in truth(reference.target) if row["assets_touched"]]
    assert sum("wallet-signer" in text for text in touched) >= 1
    assert any("guidance-firmware" in text or "radar-dsp" in text for text in touched)


def test_a_quiet_world_has_every_honest_circumstance_and_no_stand_in(quiet: WorldSummary) -> None:
    rows = truth(quiet.target)
    found = {row["circumstance"] for row in rows}
    assert found == {circumstance.name for circumstance in CIRCUMSTANCES} | OF_THEMSELVES
    kinds = {row["hypothesis"] for row in rows}
    assert kinds == {"genuine", "elsewhere", "overextended", "hijacked"}
    assert quiet.stand_ins == quiet.networks == 0


def test_one_company_has_three_stand_ins_of_two_networks(company: WorldSummary) -> None:
    engaged = [row for row in truth(company.target) if row["network"] and row["subject_kind"] == "worker"]
    assert len(engaged) == 3
    assert len({row["network"] for row in engaged}) == 2
    assert company.companies == 1


def test_name_groups_are_drawn_independent_of_everything(quiet: WorldSummary, reference: WorldSummary) -> None:
    for world in (quiet, reference):
        groups = Counter(row["name_group"] for row in truth(world.target))
        assert set(groups) == set("ABCDEF")
        even = sum(groups.values()) / 6
        # Chi-square with five degrees of freedom: 20.5 is passed by chance once in a thousand.
        assert sum((count - even) ** 2 / even for count in groups.values()) < 20.5
    stand_ins = Counter(row["name_group"] for row in truth(reference.target) if row["hypothesis"] == "stand_in")
    even = sum(stand_ins.values()) / 6
    assert sum((stand_ins[group] - even) ** 2 / even for group in "ABCDEF") < 20.5


def test_every_subject_is_named_once(reference: WorldSummary) -> None:
    names = Counter((row["company"], row["subject_id"]) for row in truth(reference.target))
    assert names.most_common(1)[0][1] == 1
    assert len(names) == reference.workers + reference.applicants


@pytest.mark.parametrize(
    ("scenario", "told", "says"),
    [
        ("nowhere", {}, "no scenario"),
        ("quiet", {"scale": 0.0}, "scale must be above 0"),
        ("quiet", {"seed": -1}, "seed must not be below 0"),
    ],
)
def test_what_cannot_be_simulated_is_refused(tmp_path: Path, scenario: str, told: dict[str, Any], says: str) -> None:
    with pytest.raises(BadSettings, match=says):
        simulate(tmp_path, scenario, **told)


def test_an_existing_world_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    with pytest.raises(BadSettings, match="exists already"):
        simulate(tmp_path, "quiet", scale=0.02)


def test_every_scenario_can_be_asked_for_and_has_networks_of_its_own_style(tmp_path: Path) -> None:
    assert tuple(SCENARIOS) == NAMED
    for name in ("careless", "brokered", "careful", "most_careful", "gaps"):
        simulate(tmp_path / name, name, seed=3, scale=0.05)
        rows = [row for row in truth(tmp_path / name) if row["hypothesis"] == "stand_in"]
        assert {row["style"] for row in rows} == {"brokered" if name == "gaps" else name}
        assert len({row["person"] for row in rows}) > 20


def test_the_most_careful_claim_the_farms_own_door_and_share_neither_account_nor_telephone(tmp_path: Path) -> None:
    population = build("most_careful", 5, 0.05)
    engaged = [job for job in population.jobs if job.hypothesis == "stand_in" and job.is_worker]
    doors = Counter((job.facilitator, job.claimed.postal_code) for job in engaged)
    assert sum(n for n in doors.values() if n > 1) > 0.85 * len(engaged)
    assert not any(job.tools for job in engaged)
    accounts = Counter(payee.account for job in engaged for payee in job.payees)
    assert sum(n - 1 for n in accounts.values()) < 0.12 * len(engaged)


def test_companies_with_gaps_lack_something_each_in_its_own_way(tmp_path: Path) -> None:
    population = build("gaps", 1, 0.05)
    whole = build("brokered", 1, 0.05)
    lacking = [c for c in population.companies if not c.has_endpoint]
    assert len(lacking) > sum(not c.has_endpoint for c in whole.companies)
    assert {c.is_renamed for c in population.companies} == {c.is_sparse for c in population.companies} == {True, False}
    assert any(c.skew for c in population.companies) and not any(c.skew for c in whole.companies)


def test_a_table_with_holes_keeps_what_it_cannot_be_read_without() -> None:
    company = build("quiet", 1, 0.02).companies[0]
    company.is_renamed = company.is_sparse = True
    columns = ("worker_id", "street", "city", "region", "phone")
    named, rows = holes(Dice(1, "x"), company, columns, [("W1", "1 Elm", "Town", "OH", "1")])
    assert named[0] == "worker_id" and rows[0][0] == "W1"
    assert sum(name.endswith("_new") for name in named) == 1
    assert None in rows[0]
