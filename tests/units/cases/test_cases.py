"""What is decided against somebody, and who sees whom in clear, is never one person's doing; and nothing is undone."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import small_world
from bonafides import api
from bonafides.cases.rules import CLAIMS, HYPOTHESES, MAY, ROLES
from bonafides.decisions.entry import KINDS
from bonafides.errors import BadSettings
from bonafides.indicators import base
from bonafides.workflow.cases import Desk

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WHO = "acme/W-901"
REASON = "did not show the computer in the call"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    api.investigate(small_world.write(folder), folder / "ws", now=NOW)
    return folder / "ws"


@pytest.fixture
def at(workspace: Path, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Desks of different people over one empty ledger."""
    moments = (NOW + timedelta(minutes=n) for n in range(10_000))
    made: list[Desk] = []

    def desk(actor: str, role: str) -> Desk:
        made.append(
            api.desk(
                workspace,
                actor=actor,
                role=role,
                clock=lambda: next(moments),
                database=f"sqlite:///{tmp_path}/d.sqlite",
            )
        )
        return made[-1]

    yield desk
    for one in made:
        one.__exit__()


Desks = Callable[..., Desk]


def judge(desk: Desk, case: str, outcome: str = "false_claim", who: str = WHO, **more: Any) -> int:
    extra = {"claims": ["custody"], "explanation": "stand_in"} if outcome == "false_claim" else {}
    return desk.about("judged", case, who, {"outcome": outcome, "reason": REASON, **extra, **more}).seq


def test_a_false_claim_stands_once_a_second_person_agreed(at: Desks) -> None:
    mia, ines = at("mia", "analyst"), at("ines", "reviewer")
    case = mia.open("farm", [WHO])
    entry = judge(mia, case)
    assert mia.case(case).standing(("acme", "W-901")) is None and mia.decisions() == []
    mine = at("mia", "reviewer")
    with pytest.raises(BadSettings, match="second person"):
        mine.do("agreed", {"entry": entry}, case)
    with pytest.raises(BadSettings, match="not for a analyst"):
        at("otto", "analyst").do("agreed", {"entry": entry}, case)
    with pytest.raises(BadSettings, match="waits for a second"):
        mia.do("closed", {"reason": "done"}, case)
    ines.do("agreed", {"entry": entry}, case)
    found = mia.case(case).standing(("acme", "W-901"))
    assert found and (found.by, found.second, found.claims) == ("mia", "ines", ("custody",))
    assert [(d.subject_id, d.decision) for d in mia.decisions()] == [("W-901", "stand_in")]
    with pytest.raises(BadSettings, match="stands already"):
        ines.do("refused", {"entry": entry, "reason": "changed my mind"}, case)


def test_what_was_refused_does_not_stand_and_what_favours_needs_no_second(at: Desks) -> None:
    mia, ines = at("mia", "analyst"), at("ines", "counsel")
    case = mia.open("farm", [WHO, "acme/W-0"])
    ines.do("refused", {"entry": judge(mia, case), "reason": "not heard yet"}, case)
    assert mia.case(case).standing(("acme", "W-901")) is None
    judge(mia, case, "bona_fide", "acme/W-0")
    judge(mia, case, "unresolved")
    assert [(d.subject_id, d.decision) for d in mia.decisions()] == [("W-0", "bona fide"), ("W-901", "unresolved")]
    judge(mia, case, "bona_fide")
    assert [d.decision for d in mia.decisions()] == ["bona fide", "bona fide"], "the last that stands"


def test_nobody_is_seen_in_clear_before_a_second_person_agreed(at: Desks) -> None:
    mia, ines = at("mia", "analyst"), at("ines", "reviewer")
    case = mia.open("farm", [WHO, "acme/W-0"])
    with pytest.raises(BadSettings, match="not revealed"):
        mia.reveal(case, WHO)
    entry = mia.about("reveal_asked", case, WHO, {"reason": "a letter to the owner of the papers"}).seq
    with pytest.raises(BadSettings, match="not revealed"):
        mia.reveal(case, WHO)
    ines.do("agreed", {"entry": entry}, case)
    found = mia.reveal(case, WHO)
    assert found.subject == "W-901" and not found.is_masked
    assert mia.entries()[-1].deed.kind == "revealed" and mia.entries()[-1].deed.actor == "mia"
    with pytest.raises(BadSettings, match="not revealed"):
        mia.reveal(case, "acme/W-0")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_deed_is_for_some_roles_and_refused_to_the_others(at: Desks, kind: str) -> None:
    lead = at("lead", "analyst")
    case, other = lead.open("farm", [WHO]), lead.open("other", [WHO])
    judged = judge(lead, case)
    about = {"company": "acme", "subject_id": "W-901"}
    bodies: Mapping[str, dict[str, Any]] = {
        "case_opened": {"title": "third", "subjects": [about]},
        "subject_added": {"company": "acme", "subject_id": "W-1"},
        "assigned": {"to": "ines"},
        "noted": {"text": "called"},
        "task_added": {"text": "call"},
        "task_done": {"task": lead.do("task_added", {"text": "call"}, case).seq},
        "judged": {**about, "outcome": "unresolved", "reason": REASON},
        "reveal_asked": {**about, "reason": "letter"},
        "agreed": {"entry": judged},
        "refused": {"entry": judged, "reason": "no"},
        "revealed": about,
        "suppressed": {**about, "indicator": "shared_exit", "reason": "known", "until": "2027-01-31"},
        "replied": {**about, "text": "I was at my mother's"},
        "linked": {"to": other},
        "closed": {"reason": "done"},
        "exported": {"what": case, "format": "stix", "sha256": "0" * 64},
        "viewed": {"what": case},
        "token_made": {"name": "export", "scopes": ["read"], "until": "2026-12-31", "sha256": "a" * 64},
        "token_ended": {"sha256": "b" * 64},
    }
    if kind == "token_ended":
        told = {"name": "old", "scopes": ["read"], "until": "2026-12-31", "sha256": "b" * 64}
        at("who may", "administrator").do("token_made", told)
    asked = lead.about("reveal_asked", case, WHO, {"reason": "letter"}).seq
    at("ines", "reviewer").do("agreed", {"entry": asked}, case)
    if kind == "closed":
        at("ines", "reviewer").do("refused", {"entry": judged, "reason": "no"}, case)
    for role in ROLES:
        desk, before = at(f"a {role}", role), len(lead.entries())
        if role in MAY[kind]:
            continue
        with pytest.raises(BadSettings, match=f"not for a {role}"):
            desk.do(kind, bodies[kind], case)
        assert len(lead.entries()) == before
    at("who may", sorted(MAY[kind])[0]).do(kind, bodies[kind], case)
    for name in KINDS[kind]:
        empty = {**bodies[kind], name: [] if isinstance(bodies[kind][name], list) else None}
        with pytest.raises(BadSettings, match="is missing"):
            at("who may", sorted(MAY[kind])[0]).do(kind, empty, case)


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        ("judged", {"outcome": "guilty"}, "no outcome"),
        ("judged", {"outcome": "false_claim"}, "give the claim"),
        ("judged", {"outcome": "false_claim", "claims": ["accent"]}, "no claim accent"),
        ("judged", {"outcome": "false_claim", "claims": ["payee"], "explanation": "genuine"}, "no explanation"),
        ("judged", {"outcome": "bona_fide", "claims": ["payee"]}, "names no claim"),
        ("suppressed", {"indicator": "shared_exit", "until": "2026-11-22"}, "a day to come"),
        ("suppressed", {"indicator": "shared_exit", "until": "soon"}, "expected a day"),
        ("suppressed", {"indicator": "shared_exits", "until": "2027-01-31"}, "no indicator shared_exits"),
        ("judged", {"outcome": "bona_fide", "claim": "payee"}, "claim is not asked for"),
        ("nothing", {}, "no deed nothing"),
    ],
)
def test_what_is_said_wrongly_is_not_written(at: Desks, kind: str, body: dict[str, Any], why: str) -> None:
    mia = at("mia", "analyst")
    case = mia.open("farm", [WHO])
    with pytest.raises(BadSettings, match=why):
        mia.about(kind, case, WHO, {"reason": REASON, **body})
    assert len(mia.entries()) == 1


def test_what_is_not_there_cannot_be_worked_on(at: Desks) -> None:
    mia, ines = at("mia", "analyst"), at("ines", "reviewer")
    for call, why in (
        (lambda: mia.open("farm", []), "subjects is missing"),
        (lambda: mia.open("farm", ["acme/nobody"]), "no such subject"),
        (lambda: mia.open("farm", network_id="N-none"), "no network"),
        (lambda: mia.do("noted", {"text": "x"}, "C-0009"), "no case C-0009"),
        (lambda: mia.case("C-0009"), "no case C-0009"),
        (lambda: at(" ", "analyst").do("noted", {"text": "x"}, "C-0001"), "who does this"),
        (lambda: at("mia", "boss").do("noted", {"text": "x"}, "C-0001"), "no role boss"),
    ):
        with pytest.raises(BadSettings, match=why):
            call()
    case = mia.open("farm", [WHO])
    for call, why in (
        (lambda: judge(mia, case, "unresolved", "acme/W-0"), "not in C-0001"),
        (lambda: mia.do("task_done", {"task": 99}, case), "no open task 99"),
        (lambda: mia.do("linked", {"to": case}, case), "no other case"),
        (lambda: mia.do("subject_added", {"company": "acme", "subject_id": "W-901"}, case), "already in"),
        (lambda: ines.do("agreed", {"entry": 1}, case), "no decision and no reveal"),
    ):
        with pytest.raises(BadSettings, match=why):
            call()
    mia.do("closed", {"reason": "done"}, case)
    with pytest.raises(BadSettings, match="is closed"):
        judge(mia, case, "bona_fide")


def test_a_network_opens_with_all_its_members_and_the_next_tests_become_tasks_once(at: Desks, workspace: Path) -> None:
    mia = at("mia", "analyst")
    rows = api.export(workspace, "network_member", format="csv", masked=False).decode().splitlines()
    network = rows[1].split(",")[0]
    case = mia.open("farm", network_id=network)
    assert len(mia.case(case).subjects) == len(rows) - 1 == 4
    made = mia.next_tests(case)
    assert len(made) == 4 and all("W-90" not in entry.deed.body["text"] for entry in made), "tasks show tags, not ids"
    assert mia.next_tests(case) == []


def test_the_words_of_decisions_are_those_of_the_catalogue() -> None:
    assert CLAIMS == base.CLAIMS and HYPOTHESES == base.HYPOTHESES
    assert set(MAY) == set(KINDS) and all(MAY[kind] <= set(ROLES) for kind in KINDS)
