"""Rules in Sigma's format over record tables: what matches, within which window, and what cannot be run."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bonafides.errors import BadSettings
from bonafides.indicators.evaluation import evaluate
from bonafides.indicators.sigma import load, told, untold
from bonafides.run import Run
from bonafides.settings import Settings
from bonafides.workflow.detect import detect
from bonafides.workflow.ingest import record_tables
from house.source_tree import ROOT
from indicator_cases import filled
from reading import NOW

BLOCK = re.compile(r"^`sigma/([\w./]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MAPPING = """
rules: ['*.yml']
logsources:
  - logsource: {product: own}
    table: activity
    fields: {what: action, who: actor_email, addr: ip, size: moved_bytes, client: user_agent, when: occurred_at}
claims: {default: {claim: stewardship}}
"""
LOGSOURCE = "logsource: {product: own}\n"


def rules(folder: Path, mapping: str = MAPPING, **files: str) -> Any:
    (folder / "mapping.yaml").write_text(mapping, "utf-8")
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, "utf-8")
    return load([folder / "mapping.yaml"], record_tables())


def detection(selection: str, condition: str = "sel", title: str = "One") -> str:
    head = f"title: {title}\nname: {title.lower()}\nlevel: high\n{LOGSOURCE}"
    return f"{head}detection:\n  sel: {selection}\n  other: {{what: b}}\n  condition: {condition}\n"


def event(subject: str = "s1", at: str = "09:00:00", **columns: Any) -> dict[str, Any]:
    told = {
        "actor_email": f"{subject}@example.com",
        "ip": "10.1.2.3",
        "action": "a",
        "user_agent": "x",
        "moved_bytes": 5,
    }
    return {"subject_id": subject, "occurred_at": f"2026-03-02 {at}", **told, **columns}


def found(known: Any, rows: list[dict[str, Any]]) -> set[tuple[str, int]]:
    """Who was found, with how many events."""
    store = filled({"activity": rows})
    evaluate(store, known.indicators)
    assert not store.rows("SELECT why FROM evaluation WHERE outcome = 'failed'")
    return {(r["subject_id"], json.loads(r["because"])["times"]) for r in store.rows("SELECT * FROM finding")}


@pytest.mark.parametrize(
    ("selection", "columns", "is_met"),
    [
        ("{what: A}", {}, True),
        ("{what|cased: A}", {}, False),
        ("{what: [x, a]}", {}, True),
        ("{what|startswith: ab}", {"action": "ABC"}, True),
        ("{what|contains: 'b_c'}", {"action": "axbxcx"}, False),
        ("{what|contains: 'b_c'}", {"action": "ab_cd"}, True),
        ("{what: 'a?c'}", {"action": "abc"}, True),
        ("{what: '100%'}", {"action": "100 of"}, False),
        ("{what|re: '^a[0-9]+$'}", {"action": "a12"}, True),
        ("{what|re|i: '^A$'}", {}, True),
        ("{addr|cidr: 10.1.0.0/16}", {}, True),
        ("{addr|cidr: 10.2.0.0/16}", {}, False),
        ("{addr|cidr: 10.1.2.0/23}", {}, True),
        ("{size|gte: 5}", {}, True),
        ("{size|gt: 5}", {}, False),
        ("{size: 5}", {}, True),
        ("{client: null}", {"user_agent": None}, True),
        ("{client|exists: true}", {"user_agent": None}, False),
        ("{what|fieldref: client}", {"action": "X"}, True),
        ("{service: drive}", {"service": "Drive"}, True),
        ("{when|hour: 9}", {}, True),
        ("{when|hour: 8}", {}, False),
        ("{when|hour|gte: 10}", {}, False),
        ("{when|day|lt: 3}", {}, True),
    ],
)  # fmt: skip
def test_a_selection_meets_what_sigma_means(
    tmp_path: Path, selection: str, columns: dict[str, Any], is_met: bool
) -> None:
    known = rules(tmp_path, one=detection(selection))
    # Another row gives every column something at the company, so that nothing is skipped.
    rows = [
        event(**columns),
        event("s2", "08:00:00", action="zz", ip="192.0.2.1", moved_bytes=0, user_agent="q", service="y"),
    ]
    assert (("s1", 1) in found(known, rows)) is is_met


def test_a_field_that_is_not_there_matches_nothing_and_so_fits_a_not(tmp_path: Path) -> None:
    known = rules(
        tmp_path,
        one=detection("{what: a}", "sel and not 1 of filter_*")
        .replace("other:", "filter_x:")
        .replace("{what: b}", "{client: x}"),
    )
    assert found(known, [event(user_agent=None), event("s2")]) == {("s1", 1)}


FILTER = f"title: F\n{LOGSOURCE}filter:\n  rules: [one]\n  own: {{client: x}}\n  condition: "
CORRELATION = (
    "title: Several\nlevel: high\ncorrelation:\n  type: {kind}\n  rules: [{of}]\n  group-by: [{by}]\n  timespan: 10m\n"
    "  condition: {condition}\n"
)


def correlated(folder: Path, kind: str, condition: str = "{gte: 3}", of: str = "one", by: str = "who") -> Any:
    text = CORRELATION.format(kind=kind, of=of, by=by, condition=condition)
    if kind.startswith("temporal"):
        text = text.replace(f"  condition: {condition}\n", "")
    return rules(folder, one=detection("{what: a}"), two=detection("{what: b}", title="Two"), several=text)


def times(known: Any, rows: list[dict[str, Any]]) -> set[tuple[str, int]]:
    only = {"sigma_several": known.indicators["sigma_several"]}
    return found(type(known)(only, {}), rows)


@pytest.mark.parametrize(
    ("at", "is_met"),
    [(["09:00:00", "09:05:00", "09:10:00"], True), (["09:00:00", "09:05:00", "09:10:01"], False),
     (["09:00:00", "09:20:00", "09:25:00", "09:29:00"], True)],
)  # fmt: skip
def test_events_are_counted_within_the_window(tmp_path: Path, at: list[str], is_met: bool) -> None:
    assert times(correlated(tmp_path, "event_count"), [event(at=one) for one in at]) == (
        {("s1", 1)} if is_met else set()
    )


def test_events_of_others_are_not_counted_together(tmp_path: Path) -> None:
    rows = [event("s1"), event("s2", "09:01:00"), event("s3", "09:02:00")]
    assert times(correlated(tmp_path, "event_count"), rows) == set()
    assert times(correlated(tmp_path, "event_count", by="addr"), rows) == {("s3", 1)}


def test_different_values_are_counted_within_the_window(tmp_path: Path) -> None:
    known = correlated(tmp_path, "value_count", "{field: addr, gte: 3}")
    same = [event(at=f"09:0{n}:00") for n in range(5)]
    assert times(known, same) == set()
    assert times(known, [{**row, "ip": f"192.0.2.{n}"} for n, row in enumerate(same[:3])]) == {("s1", 1)}
    late = [{**event(at=at), "ip": ip} for at, ip in (("09:00:00", "a"), ("09:06:00", "b"), ("09:12:00", "c"))]
    assert times(known, late) == set()


@pytest.mark.parametrize(
    ("order", "temporal", "ordered"),
    [
        ([("a", "09:00:00"), ("b", "09:05:00")], True, True),
        ([("b", "09:00:00"), ("a", "09:05:00")], True, False),
        ([("a", "09:00:00"), ("b", "09:10:01")], False, False),
        ([("a", "08:00:00"), ("a", "09:00:00"), ("b", "09:05:00")], True, True),
        ([("a", "09:00:00"), ("a", "09:05:00")], False, False),
    ],
)  # fmt: skip
def test_rules_are_met_together_or_in_order(
    tmp_path: Path, order: list[tuple[str, str]], temporal: bool, ordered: bool
) -> None:
    rows = [event(at=at, action=action) for action, at in order]
    assert bool(times(correlated(tmp_path, "temporal", of="one, two"), rows)) is temporal
    assert bool(times(correlated(tmp_path, "temporal_ordered", of="one, two"), rows)) is ordered


def test_an_alias_names_the_field_of_each_rule(tmp_path: Path) -> None:
    text = CORRELATION.format(kind="temporal", of="one, two", by="person", condition="{}").replace(
        "  condition: {}\n", ""
    )
    text = text.replace("  timespan", "  aliases:\n    person: {one: who, two: client}\n  timespan")
    known = rules(tmp_path, one=detection("{what: a}"), two=detection("{what: b}", title="Two"), several=text)
    rows = [event(action="a"), event("s2", "09:01:00", action="b", user_agent="S1@example.com")]
    assert times(known, rows) == {("s2", 1)}


@pytest.mark.parametrize(
    ("text", "is_skipped", "why"),
    [
        (detection("{unheard: a}"), True, "no column for the field unheard"),
        (detection("{what: a}").replace("own", "theirs"), True, "no record table for the log source product theirs"),
        (detection("[word]"), False, "a word in any field"),
        (detection("{what|expand: '%list%'}"), False, "placeholder"),
        (CORRELATION.format(kind="event_count", of="gone", by="who", condition="{gt: 3}"), False, "not among the"),
        (CORRELATION.format(kind="event_count", of="it", by="who", condition="{gt: x}"), False, "no valid Sigma"),
        (detection("{what: a}", "sel | count() > 5"), False, "deprecated"),
        (detection("{what: a}", "(sel and"), False, "its condition cannot be read"),
        (detection("{what: a}", "7"), False, "its condition cannot be read"),
        (detection("{what|hour: 7}"), False, "activity.action is no time"),
        (detection("{what: a}", title="5"), False, "title must be a string"),
        ("title: [\n", False, "no rule in Sigma's format: while parsing"),
        ("- a\n", False, "no rule in Sigma's format"),
        (f"a: {'[' * 3000}{']' * 3000}", False, "no rule in Sigma's format"),
        ("", False, "holds no rule"),
        ("title: T\nlogsource: {product: own}\nfilter: [1]\n", False, "a filter: "),
        (FILTER + "not own", False, "a filter of no rule"),
    ],
)  # fmt: skip
def test_a_rule_that_is_not_run_says_so_by_name_and_reason(
    tmp_path: Path, text: str, is_skipped: bool, why: str
) -> None:
    known = rules(tmp_path, it=text)
    assert known.indicators == {}
    (one,) = known.unrun.values()
    assert (one.id, one.is_skipped) == ("sigma_it", is_skipped) and why in one.why and one.title
    store, run = filled({"activity": [event()]}), Run(NOW)
    detect(store, run, known)
    (row,) = store.rows("SELECT outcome, why FROM evaluation WHERE indicator = 'sigma_it'")
    assert row["outcome"] == ("skipped" if is_skipped else "failed") and why in row["why"]
    assert any("sigma_it" in note for note in run.notes) is not is_skipped


def test_a_rule_whose_column_is_empty_at_a_company_is_skipped_there(tmp_path: Path) -> None:
    known = rules(tmp_path, one=detection("{client: x}"))
    store = filled({"activity": [event(), {**event(), "company": "brink", "user_agent": None}]})
    evaluate(store, known.indicators)
    ended = {r["company"]: (r["outcome"], r["why"]) for r in store.rows("SELECT * FROM evaluation")}
    assert ended == {"acme": ("ran", None), "brink": ("skipped", "no data: activity.user_agent")}


def test_the_documented_example_runs_as_the_page_says(tmp_path: Path) -> None:
    for name, text in BLOCK.findall((ROOT / "docs/sigma.md").read_text("utf-8")):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    known = load([tmp_path / "mapping.yaml"], record_tables())
    assert set(known.indicators) == {"sigma_reset", "sigma_many_resets"} and not known.unrun
    many = known.indicators["sigma_many_resets"]
    assert (many.claim, many.group, many.weights["hijacked"]) == ("identity", "takeover", 4)
    rows = [event(at=f"09:{n}0:00", action="user.mfa.factor.reset_all") for n in range(4)]
    assert found(type(known)({many.id: many}, {}), rows) == {("s1", 2)}


def test_weights_come_from_the_level_where_the_mapping_names_none(tmp_path: Path) -> None:
    one = rules(tmp_path, one=detection("{what: a}")).indicators["sigma_one"]
    assert dict(one.weights) == {"elsewhere": 0, "overextended": 0, "hijacked": 2, "stand_in": 1}


def test_a_rule_is_told_in_the_manifest_and_read_from_it_again(tmp_path: Path) -> None:
    one = rules(tmp_path, one=detection("{what: a}")).indicators["sigma_one"]
    assert untold(json.loads(json.dumps(told(one)))) == one


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ("rules: [x.yml]", "has the keys"),
        (MAPPING.replace("'*.yml'", "'none/*.yml'"), "no rule lies"),
        (MAPPING.replace("table: activity", "table: deeds"), "no record table"),
        (MAPPING.replace("table: activity", "table: asset").replace("fields:", "fields: {} #"), "no dated events"),
        (MAPPING.replace("what: action", "what: deed"), "no column deed"),
        (MAPPING.replace("claim: stewardship", "claim: honesty"), "a claim is one of"),
        (MAPPING.replace("claim: stewardship", "claim: stewardship, basis: identity"), "basis is one of"),
        (MAPPING.replace("claim: stewardship", "claim: stewardship, weights: {stand_in: x}"), "numbers of decibans"),
        (MAPPING.replace("claim: stewardship", "claim: stewardship, weights: {stand_in: .inf}"), "numbers of decibans"),
        (MAPPING.replace("claim: stewardship", "claim: stewardship, weights: [stand_in]"), "weights are given for"),
        (MAPPING.replace("claim: stewardship", "claim: stewardship, group: [a]"), "group is a word"),
        (MAPPING.replace("{default:", "{three: {claim: payee}, default:"), "given for three, and no rule"),
        (MAPPING.replace("'*.yml'", "/rules/*.yml"), "relative to this file"),
        (MAPPING.replace("{product: own}", "own"), "map names to values"),
        (MAPPING.replace("table: activity", "table: [activity]"), "no record table"),
        (MAPPING.replace("fields: {", "fields: [{").replace("occurred_at}", "occurred_at}]"), "map names to values"),
        ("rules: 2026-13-45", "cannot be read as a mapping of Sigma rules"),
    ],
)  # fmt: skip
def test_a_mapping_written_wrongly_is_refused_by_name(tmp_path: Path, mapping: str, says: str) -> None:
    with pytest.raises(BadSettings, match=says) as caught:
        rules(tmp_path, mapping, one=detection("{what: a}"))
    assert "mapping.yaml" in str(caught.value)


def test_a_file_that_is_no_rule_leaves_the_others_be(tmp_path: Path) -> None:
    known = rules(tmp_path, one="title: [\n", two=detection("{what: a}"))
    assert set(known.indicators) == {"sigma_two"} and set(known.unrun) == {"sigma_one"}


def test_a_correlation_of_a_rule_that_cannot_be_run_cannot_either(tmp_path: Path) -> None:
    text = CORRELATION.format(kind="event_count", of="one", by="who", condition="{gte: 3}")
    known = rules(tmp_path, one=detection("{what|foo: a}"), several=text)
    assert {n: one.is_skipped for n, one in known.unrun.items()} == {"sigma_one": False, "sigma_several": False}


def test_a_filter_that_cannot_be_read_lets_no_rule_run_without_it_and_says_the_same_each_time(tmp_path: Path) -> None:
    known = rules(tmp_path, one=detection("{what: a}"), f=FILTER + "not nobody")
    assert not known.indicators and "'nobody' not defined" in known.unrun["sigma_one"].why


def test_what_a_rule_comes_to_is_part_of_its_digest(tmp_path: Path) -> None:
    one = detection("{what: a}")
    bare, filtered = (
        rules(tmp_path, one=one, **more).indicators["sigma_one"] for more in ({}, {"f": FILTER + "not own"})
    )
    assert bare.digest != filtered.digest


def test_rules_of_one_name_are_told_apart(tmp_path: Path) -> None:
    mapping = MAPPING.replace("*.yml", "**/*.yml")
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.yml").write_text(detection("{what: a}", title=folder), "utf-8")
    twice = f"{detection('{what: a}')}---\n{detection('{what: b}')}---\n{detection('{what: c}', title='Two')}"
    known = rules(tmp_path, mapping, several=twice)
    names = {"sigma_x_one", "sigma_y_one", "sigma_one", "sigma_one_2", "sigma_two"}
    assert set(known.indicators) == names and not known.unrun
    with pytest.raises(BadSettings, match="another mapping has a rule that is called sigma_one"):
        load([tmp_path / "mapping.yaml"] * 2, record_tables())


def test_a_filter_is_applied_to_the_rules_that_it_names(tmp_path: Path) -> None:
    text = FILTER + "not own"
    known = rules(tmp_path, one=detection("{what: a}"), two=detection("{what: a}", title="Two"), f=text)
    assert set(known.indicators) == {"sigma_one", "sigma_two"} and not known.unrun
    rows = [event(), event("s2", user_agent="y")]
    assert found(type(known)({"sigma_one": known.indicators["sigma_one"]}, {}), rows) == {("s2", 1)}
    assert found(type(known)({"sigma_two": known.indicators["sigma_two"]}, {}), rows) == {("s1", 1), ("s2", 1)}


def test_no_rule_is_named_by_default() -> None:
    assert Settings().sigma == ()
