"""Applications assessed before anybody is hired: by the same code as a whole run, and in the same words."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import small_world
from bonafides import api
from bonafides.cli.main import COMMAND
from bonafides.errors import BadSettings

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CAREER = "built 0th mended 1th measured 2th led 3th planned 4th taught 5th wrote 6th sold 7th"
RESUME = " ".join(
    f"{CAREER} at {firm} works" for firm in ("Alder", "Birch", "Cedar", "Dogwood", "Elder", "Fir", "Gorse")
)
HONEST = {
    "application_id": "A-1", "given_name": "Ida", "family_name": "Marsh", "email": "ida@example.org",
    "phone": "+1 614 555 0199", "applied_at": "2026-04-01T09:00:00", "street": "7 Larch Avenue", "city": "Columbus",
    "region": "OH", "postal_code": "43215", "country": "US",
}  # fmt: skip
# The farm's own telephone, under a name and an address that nobody has.
TIED = {
    **HONEST,
    "application_id": "A-2",
    "given_name": "Otto",
    "phone": small_world.FARM_PHONE,
    "email": "o@example.org",
}


def written(path: Path, *rows: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    small_world.write(folder)
    earlier = {
        **HONEST,
        "application_id": "A-0",
        "given_name": "Una",
        "email": "u@example.org",
        "phone": "+1 614 555 0188",
    }
    applied = {**earlier, "street": "9 Oak Road", "resume_text": RESUME}
    written(folder / "exports/borealis/records/application.jsonl", applied)
    api.investigate(folder / "exports", folder / "ws", now=NOW)
    return folder


def screened(world: Path, *rows: dict[str, Any], **more: Any) -> list[Any]:
    file = written(world / "new.jsonl", *rows)
    return list(api.screen(file, world / "ws", now=NOW, company="acme", **more)[0])


def test_an_honest_application_is_clear_and_says_what_nobody_could_test(world: Path) -> None:
    (one,) = screened(world, HONEST)
    assert (one.subject_kind, one.tier, one.explanation, one.findings) == ("applicant", "clear", "genuine", ())
    assert one.claims["payee"] == "untested"


def test_an_application_that_shares_a_stand_ins_telephone_is_told_from_an_honest_one(world: Path) -> None:
    honest, tied = screened(world, HONEST, TIED)
    assert tied.decibans > honest.decibans + 10
    assert {t.kind for t in tied.ties if t.explained_by is None} == {"phone"}
    assert tied.total() == tied.decibans


def test_a_copied_career_under_another_name_is_found_by_nearness(world: Path) -> None:
    copied = {**HONEST, "resume_text": RESUME.replace("Gorse", "Hazel") + " and gardening at home"}
    (one,) = screened(world, copied)
    assert {f.indicator for f in one.findings} == {"resume_reuse"}


def own(one: Any) -> list[tuple[str, str, float]]:
    """What speaks of the subject alone: all contributions but those of ties."""
    return sorted((c.step, c.what, c.decibans["stand_in"]) for c in one.contributions if c.step not in ("tie", "cap"))


def test_it_comes_to_what_a_whole_run_comes_to(world: Path, tmp_path: Path) -> None:
    rows = [
        HONEST,
        TIED,
        {**HONEST, "application_id": "A-3", "given_name": "Max", "phone": "+1 614 555 0177", "resume_text": RESUME},
    ]
    quick = {one.subject: one for one in screened(world, *rows, masked=False)}
    small_world.write(tmp_path)
    for path in (world / "exports").rglob("application.jsonl"):
        written(tmp_path / path.relative_to(world)).write_bytes(path.read_bytes())
    written(tmp_path / "exports/acme/records/application.jsonl", *rows)
    api.investigate(tmp_path / "exports", tmp_path / "ws", now=NOW)
    for row in rows:
        whole = api.explain(tmp_path / "ws", row["application_id"], company="acme", masked=False)
        one = quick[row["application_id"]]
        assert [f.indicator for f in one.findings] == [f.indicator for f in whole.findings]
        assert one.claims == whole.claims
        assert own(one) == own(whole)
        # Others keep the standing of the run before: what the newcomer says of them does not come back yet.
        assert whole.decibans - 10 < one.decibans <= whole.decibans + 0.5


def test_interviews_and_checks_come_along_in_a_folder(world: Path, tmp_path: Path) -> None:
    written(tmp_path / "in/acme/records/application.jsonl", HONEST)
    check = {"worker_id": "A-1", "kind": "live_video", "outcome": "fail"}
    checks = [{**check, "occurred_at": f"2026-04-{d:02}T09:00:00"} for d in (2, 9)]
    written(tmp_path / "in/acme/records/verification.jsonl", *checks)
    talk = {"application_id": "A-1", "duration_seconds": 1800, "camera_device": "OBS Virtual Camera"}
    talks = [{**talk, "occurred_at": f"2026-04-{d:02}T09:00:00"} for d in (2, 9)]
    written(tmp_path / "in/acme/records/interview.jsonl", *talks)
    (one,), _ = api.screen(tmp_path / "in", world / "ws", now=NOW)
    assert "virtual_camera_at_interview" in {f.indicator for f in one.findings}


def test_nothing_is_published_and_the_workspace_stays_as_it_is(world: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in (world / "ws").rglob("*")}
    screened(world, TIED)
    assert {p: p.stat().st_mtime_ns for p in (world / "ws").rglob("*")} == before


def test_masked_by_default(world: Path) -> None:
    (one,) = screened(world, TIED)
    said = json.dumps(one.plain())
    assert not any(word in said for word in ("Otto", "Marsh", small_world.FARM_PHONE, "+13125550177", "A-2"))


def test_what_cannot_be_read_is_said_and_the_rest_is_assessed(world: Path) -> None:
    file = written(world / "new.jsonl", HONEST, {"application_id": "A-9", "applied_at": "soon"})
    found, ledgers = api.screen(file, world / "ws", now=NOW, company="acme")
    assert len(found) == 1
    assert [dict(led.set_aside) for led in ledgers] == [{"applied_at is no time": 1}]


def test_a_wrong_call_says_what_to_change(world: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "a.jsonl", HONEST)
    with pytest.raises(BadSettings, match="--company"):
        api.screen(file, world / "ws", now=NOW)
    with pytest.raises(BadSettings, match="no published run"):
        api.screen(file, tmp_path, now=NOW, company="acme")
    with pytest.raises(BadSettings, match="no application"):
        api.screen(written(tmp_path / "b.jsonl", {"x": 1}), world / "ws", now=NOW, company="acme")
    with pytest.raises(BadSettings, match="no such file"):
        api.screen(tmp_path / "c.jsonl", world / "ws", now=NOW, company="acme")


def test_the_command_says_it_for_people_and_for_programs(world: Path) -> None:
    call = ["screen", str(written(world / "new.jsonl", TIED)), "--company", "acme", "--workspace", str(world / "ws")]
    people = CliRunner().invoke(COMMAND, call)
    assert people.exit_code == 0 and "Contributions in decibans" in people.stdout and "phone" in people.stdout
    (told,) = json.loads(CliRunner().invoke(COMMAND, [*call, "--json"]).stdout)["applications"]
    assert told["subject_kind"] == "applicant"
