"""Every verb as people and programs call it, on a small invented world: outcomes, masks, exit codes, errors."""

import contextlib
import csv
import io
import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

import small_world
from bonafides import api
from bonafides.cli.base import harmless
from bonafides.cli.main import COMMAND, run
from bonafides.errors import BadUnit, StopSource, TryLater
from bonafides.indicators.base import CLAIMS, Indicator
from bonafides.workflow import detect, ingest
from bonafides.workflow.published import PUBLISHED

VERBS = (
    "calibrate", "case", "evaluate", "explain", "export", "fetch", "indicators", "investigate", "kinds", "ledger",
    "readiness", "records", "screen", "serve", "simulate", "sources", "watch",
)  # fmt: skip
# Opened only when a verb needs them: each costs a tenth of a second to a second and a half.
HEAVY = {
    "duckdb",
    "scipy",
    "igraph",
    "numpy",
    "sqlglot",
    "phonenumbers",
    "jinja2",
    "rapidfuzz",
    "sigma",
    "apprise",
    "dlt",
    "sqlalchemy",
    "fastapi",
}


@dataclass(frozen=True)
class Called:
    code: int
    out: str
    err: str
    raw: bytes

    def json(self) -> Any:
        return json.loads(self.out)


def call(*arguments: object) -> Called:
    """One command line in this process."""
    raw, err = io.BytesIO(), io.StringIO()
    out = io.TextIOWrapper(raw, "utf-8", newline="")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(a) for a in arguments])
        out.flush()
    return Called(code, raw.getvalue().decode("utf-8", "replace"), err.getvalue(), raw.getvalue())


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    small_world.write(folder)
    return folder


@pytest.fixture(scope="module")
def investigated(world: Path) -> Called:
    return call("investigate", world / "exports", "--workspace", world / "ws", "--json")


@pytest.fixture(scope="module")
def workspace(world: Path, investigated: Called) -> Path:
    assert investigated.code == 0, investigated.err
    return world / "ws"


@pytest.fixture(scope="module")
def tag(workspace: Path) -> str:
    """What stands for the farm's member at acme."""
    rows = csv.DictReader(io.StringIO(call("export", "assessment", "--workspace", workspace).out))
    (found,) = [row["subject_id"] for row in rows if row["company"] == "acme" and row["tier"] == "urgent"]
    return found


@pytest.fixture(scope="module")
def explained(workspace: Path, tag: str) -> Any:
    return call("explain", tag, "--workspace", workspace, "--json").json()


def test_all_verbs_are_found_in_their_folder() -> None:
    assert tuple(COMMAND.list_commands(None)) == VERBS  # type: ignore[arg-type]  # needs no context


@pytest.mark.parametrize("verb", VERBS)
def test_help_tells_how_to_call(verb: str) -> None:
    told = call(verb, "--help")
    assert told.code == 0 and "Examples:" in told.out and "--json" in told.out


def test_help_of_all_imports_no_verb_and_nothing_heavy() -> None:
    script = (
        "import sys\nfrom bonafides.cli.main import run\nrun(['--help'])\n"
        "print('MODULES', ' '.join(m for m in sys.modules if '.' not in m or m.startswith('bonafides.cli')))"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert all(f"  {verb} " in told for verb in VERBS) and "Exit codes:" in told
    modules = set(told.partition("MODULES")[2].split())
    assert not modules & (HEAVY | {f"bonafides.cli.{verb}" for verb in VERBS})


def test_the_program_starts_within_three_tenths_of_a_second_of_work() -> None:
    spent = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "bonafides", "--help"], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(spent) < 0.3, spent


def test_readiness_says_by_company_what_was_tested_and_which_controls_hold(workspace: Path) -> None:
    told = {one["company"]: one for one in call("readiness", "--workspace", workspace, "--json").json()}
    assert len(told) == 3
    for one in told.values():
        claims = {c["claim"]: c for c in one["claims"]}
        assert len(claims) == 8 and one["workers"] >= max(c["untested"] for c in claims.values()) >= one["blind"]
        assert {c["outcome"] for c in one["controls"]} <= {"holds", "fails", "cannot be told"}
        assert all((c["why"] is None) == (c["concerned"] is not None) for c in one["controls"])
    name = min(told)
    text = call("readiness", "--workspace", workspace, "--company", name).out
    assert text.startswith(f"{name}: ") and "Controls" in text
    assert call("readiness", "--workspace", workspace, "--company", "nobody").code == 2


def test_investigate_says_what_it_came_to(investigated: Called, workspace: Path) -> None:
    told = investigated.json()
    assert investigated.err == ""
    assert told["subjects"] == 16 and told["companies"] == 3
    assert told["tiers"]["urgent"] == 4 and told["networks"] == 1
    assert told["items"]["read"] == told["items"]["kept"] + told["items"]["duplicates"] + told["items"]["set_aside"]
    assert told["trouble"] == [] and told["unused_files"] == {}
    assert {p.name for p in (workspace / "latest").iterdir()} >= {f"{t}.parquet" for t in PUBLISHED} | {"manifest.json"}


def test_investigate_tells_people_the_same(world: Path) -> None:
    told = call("investigate", world / "exports", "--workspace", world / "ws2")
    assert told.code == 0 and told.err == ""
    assert "16 subjects at 3 companies" in told.out and re.search(r"urgent +4", told.out)


def test_evaluate_measures_the_run(workspace: Path, world: Path) -> None:
    told = call("evaluate", workspace, "--truth", world / "truth.csv", "--json")
    assert told.code == 0
    figures = told.json()
    assert figures["stand_ins"] == 4 and figures["false_alarms"] == 0 and figures["at_review"]["recall"] == 1.0
    people = call("evaluate", workspace, "--truth", world / "truth.csv")
    assert people.code == 0 and "false alarms: 0 genuine workers" in people.out


def test_evaluate_says_by_its_exit_code_that_somebody_was_not_assessed(workspace: Path, world: Path) -> None:
    truth = world / "more.csv"
    truth.write_text((world / "truth.csv").read_text() + "acme,,,genuine,,W-77777,\n")
    header = truth.read_text().partition("\n")[0].split(",")
    with truth.open("w", newline="") as out:
        writer = csv.DictWriter(out, header, restval="")
        writer.writeheader()
        writer.writerows(small_world.truth())
        writer.writerow({"company": "acme", "subject_id": "W-77777", "hypothesis": "genuine"})
    told = call("evaluate", workspace, "--truth", truth)
    assert told.code == 1 and "1 of the truth were not assessed" in told.out


@pytest.mark.parametrize("way", ["acme/W-901", "tag", "number", "W-901 --company acme"])
def test_explain_finds_a_subject_by_name_and_by_tag(workspace: Path, tag: str, way: str) -> None:
    names = {"tag": [tag], "number": [tag.split()[1]], "acme/W-901": [way]}.get(way, way.split())
    told = call("explain", *names, "--workspace", workspace, "--json")
    assert told.code == 0, told.err
    found = told.json()
    assert (found["company"], found["subject"], found["tier"]) == ("acme", tag, "urgent")


def test_explain_shows_all_that_sums_to_the_score(explained: Any) -> None:
    found = explained
    assert list(found["claims"]) == list(CLAIMS)
    assert found["claims"]["payee"] == "contradicted"
    assert round(sum(c["decibans"]["stand_in"] for c in found["contributions"]), 2) == round(found["decibans"], 2)
    assert all(f["benign"] and f["resolve"] and f["refs"] and "{" not in f["says"] for f in found["findings"])
    assert {t["kind"] for t in found["ties"]} >= {"bank_account", "ip"}
    assert found["test_next"] and found["network_members"] == 4


def test_explain_tells_people_the_same_in_words(workspace: Path, tag: str, explained: Any) -> None:
    told = call("explain", tag, "--workspace", workspace).out
    found = explained
    assert re.search(rf"sum .*{re.escape(format(found['decibans'], '+.2f'))}\n", told)
    for part in (
        "Claims",
        "Findings",
        "honest explanations:",
        "to settle it:",
        "Ties",
        "Test next",
        "a person's decision",
    ):
        assert part in told
    assert "PiKVM" in told and "AnyDesk" in told


def test_explain_is_the_same_by_the_api(workspace: Path, tag: str, explained: Any) -> None:
    found = api.explain(workspace, tag)
    assert found.total() == round(found.decibans, 2)
    assert json.loads(json.dumps(found.plain())) == explained


def personal(world: Path) -> set[str]:
    """Every value of the world that says who somebody is."""
    columns = {
        "worker_id", "given_name", "family_name", "work_email", "personal_email", "phone", "street", "postal_code",
        "government_id_token", "account_token", "ip", "serial", "actor_email", "device_id",
    }  # fmt: skip
    found: set[str] = set()
    for path in (world / "exports").rglob("*.csv"):
        for row in csv.DictReader(io.StringIO(path.read_text("utf-8"))):
            found |= {value for name, value in row.items() if name in columns and value}
    return {value for value in found if len(value) > 3 or not value.isalpha()}


def shown_to_all(workspace: Path, tag: str) -> Iterator[tuple[str, str]]:
    """Everything that can be had without asking for clear text."""
    yield "explain", call("explain", tag, "--workspace", workspace).out
    yield "explain --json", call("explain", tag, "--workspace", workspace, "--json").out
    for table in PUBLISHED:
        yield table, call("export", table, "--format", "jsonl", "--workspace", workspace).out
    report = workspace / "latest" / "report.html"
    if report.exists():
        yield "report", report.read_text("utf-8")


def test_nothing_that_is_shown_by_default_holds_a_value_of_the_world(workspace: Path, world: Path, tag: str) -> None:
    values = personal(world)
    assert len(values) > 100
    any_of = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(values)))})(?![\w-])", re.IGNORECASE)
    leaks = {(where, hit) for where, text in shown_to_all(workspace, tag) for hit in any_of.findall(text)}
    assert not leaks


def test_the_same_value_shows_the_same_tag_everywhere(workspace: Path, explained: Any) -> None:
    found = explained
    tied = {t["value"] for t in found["ties"] if t["kind"] == "bank_account"}
    counted = {c["value"] for c in found["contributions"] if c["what"] in ("shared_payee", "bank_account")}
    assert len(tied) == 1 and tied == counted
    assert tied.pop() in call("export", "tie", "--workspace", workspace).out


def test_clear_text_is_given_on_request_and_says_that_it_belongs_in_a_case(workspace: Path) -> None:
    told = call("explain", "acme/W-901", "--workspace", workspace, "--unmasked")
    assert "acme/W-901" in told.out and small_world.FARM_LINE in told.out and "belongs in a case" in told.err
    told = call("export", "tie", "--workspace", workspace, "--unmasked")
    assert small_world.FARM_LINE in told.out and "belongs in a case" in told.err


def test_export_writes_files_and_says_so(workspace: Path, tmp_path: Path) -> None:
    target = tmp_path / "tie.parquet"
    told = call("export", "tie", "--format", "parquet", "--output", target, "--workspace", workspace, "--json")
    assert told.json() == {
        "table": "tie", "format": "parquet", "output": str(target), "bytes": target.stat().st_size, "masked": True,
    }  # fmt: skip
    assert target.read_bytes() == api.export(workspace, "tie", format="parquet")
    piped = call("export", "tie", "--workspace", workspace)
    assert piped.raw == api.export(workspace, "tie")


@pytest.mark.parametrize("verb", ["indicators", "sources", "kinds", "records"])
def test_lists_are_for_people_and_for_programs(verb: str) -> None:
    people, programs = call(verb), call(verb, "--json")
    assert people.code == programs.code == 0
    names = [unit.get("id") or unit["name"] for unit in programs.json()]
    assert len(names) >= 5 and all(name in people.out for name in names)


@pytest.mark.parametrize(
    ("verb", "name", "says"),
    [
        ("indicators", "shared_payee", "Honest explanations"),
        ("sources", "git_log", "Fields read"),
        ("records", "worker", "Columns"),
    ],
)
def test_one_unit_is_described(verb: str, name: str, says: str) -> None:
    assert says in call(verb, name).out
    assert call(verb, name, "--json").json()


WRONG = [
    ("explane",),
    ("investigate", "nowhere"),
    ("investigate", ".", "--threads", "0"),
    ("investigate", ".", "--memory", "lots"),
    ("investigate", ".", "--memory", "100MB"),
    ("investigate", ".", "--settings", "nowhere.yaml"),
    ("explain", "acme/W-0", "--workspace", "nowhere"),
    ("export", "assessment", "--workspace", "nowhere"),
    ("simulate", "somewhere", "--scenario", "huge"),
    ("simulate", "somewhere", "--scale", "-1"),
    ("indicators", "shared_paye"),
    ("sources", "nothing"),
    ("records", "nothing"),
    ("evaluate", ".", "--truth", "nowhere.csv"),
    ("export", "tie", "--json"),
]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_a_wrong_call_ends_with_2_and_one_line(words: tuple[str, ...], tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    told = call(*words)
    assert told.code == 2 and told.out == ""
    assert re.fullmatch(r"bonafides: [^\n]+\n", told.err)


def test_what_may_have_been_meant_is_said() -> None:
    assert "did you mean shared_payee" in call("indicators", "shared_paye").err


def test_a_subject_that_is_not_there_is_not_repeated(workspace: Path) -> None:
    told = call("explain", "acme/Marlowe Marloweson", "--workspace", workspace)
    assert told.code == 2 and "Marlowe" not in told.err and "no such subject" in told.err


def test_a_subject_id_of_several_companies_asks_for_the_company(workspace: Path) -> None:
    told = call("explain", "W-0", "--workspace", workspace)
    assert told.code == 2 and "acme, borealis, cumulus" in told.err


def test_unknown_settings_are_refused_by_name(tmp_path: Path, world: Path) -> None:
    (tmp_path / "settings.yaml").write_text("prior_standin: 0.1\n")
    told = call(
        "investigate", world / "exports", "--settings", tmp_path / "settings.yaml", "--workspace", tmp_path / "ws"
    )
    assert told.code == 2 and "prior_standin" in told.err and not (tmp_path / "ws").exists()


def test_settings_and_workspace_may_come_from_the_environment(
    workspace: Path, tmp_path: Path, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BONAFIDES_WORKSPACE", str(workspace))
    assert call("explain", "acme/W-901", "--json").code == 0
    (tmp_path / "settings.yaml").write_text("no_such: 1\n")
    monkeypatch.setenv("BONAFIDES_SETTINGS", str(tmp_path / "settings.yaml"))
    assert "no_such" in call("investigate", world / "exports").err


def test_nothing_that_could_be_read_ends_with_3(tmp_path: Path) -> None:
    (tmp_path / "exports" / "acme" / "unknown_vendor").mkdir(parents=True)
    (tmp_path / "exports" / "acme" / "unknown_vendor" / "log.jsonl").write_text('{"a": 1}\n')
    told = call("investigate", tmp_path / "exports", "--workspace", tmp_path / "ws")
    assert told.code == 3
    assert "nothing could be read" in told.out + told.err


def test_an_indicator_that_fails_ends_with_1_and_is_named(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = detect.indicators()
    broken: dict[str, Indicator] = {
        **known,
        "shared_payee": replace(known["shared_payee"], sql="SELECT no_such FROM tie"),
    }
    monkeypatch.setattr(detect, "indicators", lambda _=None: broken)
    told = call("investigate", world / "exports", "--workspace", tmp_path / "ws")
    assert told.code == 1 and "done, but:" in told.out and "indicator shared_payee failed" in told.out


def test_a_source_that_is_stopped_ends_with_1_and_keeps_the_others(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = ingest.stage

    def stop(store: Any, source: Any, *more: Any, **also: Any) -> Any:
        if source.id == "records/payee":
            raise StopSource("records/payee: half of it cannot be read")
        return stage(store, source, *more, **also)

    monkeypatch.setattr(ingest, "stage", stop)
    told = call("investigate", world / "exports", "--workspace", tmp_path / "ws", "--json")
    assert told.code == 1
    found = told.json()
    (trouble,) = found["trouble"]
    assert trouble.startswith("records/payee: half of it cannot be read (") and trouble.endswith(" and 2 files more)")
    assert found["subjects"] == 16 and found["unused_files"] == {
        "the source was stopped: records/payee: half of it cannot be read": 3
    }


def test_a_file_that_stops_its_source_keeps_no_other_back(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, bad = ingest.stage, sorted(p.parent.parent.name for p in world.glob("exports/*/records/payee.*"))[1]

    def stop(store: Any, source: Any, files: Any, *more: Any, **also: Any) -> Any:
        if source.id == "records/payee" and any(file.company == bad for file in files):
            raise StopSource("records/payee: cannot be read")
        return stage(store, source, files, *more, **also)

    monkeypatch.setattr(ingest, "stage", stop)
    told = call("investigate", world / "exports", "--workspace", tmp_path / "ws", "--json")
    found = told.json()
    assert told.code == 1 and [text.split(" (")[0] for text in found["trouble"]] == ["records/payee: cannot be read"]
    assert found["unused_files"] == {"the source was stopped: records/payee: cannot be read": 1}
    kept = {path.parent.name.partition("=")[2] for path in (tmp_path / "ws/records/payee").glob("*/*.parquet")}
    assert bad not in kept and len(kept) == 2


@pytest.mark.parametrize(
    ("fault", "code"),
    [(KeyboardInterrupt(), 130), (StopSource("nothing could be read"), 3), (TryLater("no answer"), 3)],
)
def test_each_way_to_end_has_its_own_code(
    fault: BaseException, code: int, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_: Any, **__: Any) -> None:
        raise fault

    monkeypatch.setattr(api, "investigate", end)
    told = call("investigate", world / "exports", "--workspace", tmp_path)
    # After ^C the cursor stands behind the sign: the line starts on a new one.
    assert told.code == code and re.fullmatch(r"\n?bonafides: [^\n]+\n", told.err)


@pytest.mark.parametrize(
    "fault",
    [KeyError("ada@example.com"), BadUnit("indicators/x.sql:1: no id"), ValueError('row "Ada Example" at 192.0.2.7')],
)
def test_an_unforeseen_error_ends_with_4_one_line_and_nobodys_data(
    fault: Exception, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise fault

    monkeypatch.setattr(api, "investigate", fail)
    told = call("investigate", world / "exports", "--workspace", tmp_path)
    assert told.code == 4
    assert re.fullmatch(r"bonafides: [^\n]+\n", told.err)
    assert not re.search("ada|192|Traceback", told.err, re.IGNORECASE)


def test_control_signs_of_hostile_logs_do_nothing_to_a_terminal() -> None:
    assert "\x1b" not in harmless("\x1b[2Jname\u202e\r") and harmless("plain — 東京\n") == "plain — 東京\n"


def test_python_can_run_the_package_itself() -> None:
    done = subprocess.run([sys.executable, "-m", "bonafides", "--version"], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"bonafides \d+\.\d+\.\d+\n", done.stdout)


def test_a_reader_that_goes_away_is_no_error() -> None:
    line = f"{sys.executable} -m bonafides sources --json | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.returncode == 0 and done.stderr == ""


def test_simulate_writes_a_world_and_never_over_another(tmp_path: Path) -> None:
    told = call("simulate", tmp_path / "w", "--scenario", "company", "--scale", "0.005", "--json")
    assert told.code == 0 and told.json()["companies"] == 1 and (tmp_path / "w" / "truth.csv").is_file()
    again = call("simulate", tmp_path / "w", "--scenario", "company")
    assert again.code == 2 and "exists already" in again.err
