"""Who may do what, and when: checked before an entry is written, whoever asks and by whatever way.

Guardrail: nothing is decided against somebody, and nobody is shown in clear, on one person's word.
"""

from collections.abc import Mapping
from datetime import date

from bonafides.cases.state import AGAINST, OUTCOMES, Case, State
from bonafides.decisions.entry import KINDS, MORE, Deed
from bonafides.errors import BadSettings

# What may be found false, and what right instead. Named here as well: rooms of one floor are strangers.
CLAIMS = ("identity", "location", "custody", "authorship", "payee", "history", "exclusivity", "stewardship")
HYPOTHESES = ("elsewhere", "overextended", "hijacked", "stand_in")
ROLES = ("viewer", "analyst", "reviewer", "counsel", "administrator")
# What a program may do with a token: read people, cases and networks; do deeds; read the ledger.
SCOPES = ("read", "work", "ledger")
LONGEST_TOKEN = 366
LONGEST_TEXT = 20_000
_LISTS, _NUMBERS = frozenset({"claims", "scopes"}), frozenset({"entry", "task"})
_WORK = frozenset({"analyst", "reviewer"})
_SECOND = frozenset({"reviewer", "counsel"})
MAY: Mapping[str, frozenset[str]] = {
    "case_opened": _WORK,
    "subject_added": _WORK,
    "assigned": _WORK | {"administrator"},
    "noted": _WORK | {"counsel"},
    "task_added": _WORK | {"counsel"},
    "task_done": _WORK | {"counsel"},
    "judged": _WORK,
    "reveal_asked": _WORK | {"counsel"},
    "agreed": _SECOND,
    "refused": _SECOND,
    "revealed": _WORK | {"counsel"},
    "suppressed": _WORK,
    "replied": _WORK | {"counsel"},
    "linked": _WORK,
    "closed": _WORK,
    "exported": frozenset(ROLES) - {"viewer"},
    "viewed": frozenset(ROLES),
    "token_made": frozenset(ROLES),
    "token_ended": frozenset(ROLES),
}


def check(now: State, deed: Deed) -> None:
    """Raises: BadSettings where the deed is not allowed, or does not say what it must."""
    if not deed.actor.strip():
        raise BadSettings("who does this? give a name")
    if deed.kind not in KINDS:
        raise BadSettings(f"no deed {deed.kind}")
    if deed.role not in ROLES:
        raise BadSettings(f"no role {deed.role}: one of {', '.join(ROLES)}")
    if deed.role not in MAY[deed.kind]:
        raise BadSettings(
            f"{deed.kind.replace('_', ' ')}: not for a {deed.role}, but for {' or '.join(sorted(MAY[deed.kind]))}"
        )
    for name in KINDS[deed.kind]:
        value = deed.body.get(name)
        if value is None or (isinstance(value, str | list) and not value):
            raise BadSettings(f"{deed.kind.replace('_', ' ')}: {name} is missing")
    if unknown := sorted(set(deed.body) - {*KINDS[deed.kind], *MORE.get(deed.kind, ())}):
        raise BadSettings(f"{deed.kind.replace('_', ' ')}: {unknown[0][:60]} is not asked for")
    _typed(deed)
    if deed.kind in _ON_TOKEN:
        _ON_TOKEN[deed.kind](now, deed)
    if deed.kind in ("case_opened", "exported", "viewed", *_ON_TOKEN):
        return
    case = now.cases.get(deed.case_id or "")
    if case is None:
        raise BadSettings(f"no case {deed.case_id}")
    if case.closed and deed.kind not in ("noted", "linked", "revealed"):
        raise BadSettings(f"{case.case_id} is closed")
    _about(case, deed)
    if deed.kind in _CHECKS:
        _CHECKS[deed.kind](now, case, deed)


def _typed(deed: Deed) -> None:
    """What a deed says is text, whole numbers and lists of texts, and of bounded length: whoever sends it."""
    for name, value in deed.body.items():
        if value is None:
            continue
        if name == "subjects":
            told = value if isinstance(value, list) else [None]
            fits = all(isinstance(one, dict) and set(one) == {"company", "subject_id"} for one in told)
        elif name in _LISTS:
            fits = isinstance(value, list) and all(isinstance(one, str) for one in value)
        elif name in _NUMBERS:
            fits = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**53
        else:
            fits = isinstance(value, str) and len(value) <= LONGEST_TEXT and "\0" not in value
        if not fits:
            raise BadSettings(f"{deed.kind.replace('_', ' ')}: {name} is not what was asked for")


def _about(case: Case, deed: Deed) -> None:
    """What is said of somebody is said of somebody in the case."""
    if "subject_id" in deed.body and deed.kind != "subject_added":
        who = (deed.body.get("company"), deed.body["subject_id"])
        if who not in case.subjects:
            raise BadSettings(f"this subject is not in {case.case_id}")


def _judged(_: State, __: Case, deed: Deed) -> None:
    outcome, claims, why = deed.body["outcome"], deed.body.get("claims", ()), deed.body.get("explanation")
    if outcome not in OUTCOMES:
        raise BadSettings(f"no outcome {outcome}: one of {', '.join(OUTCOMES)}")
    if outcome == AGAINST and not claims:
        raise BadSettings("a false claim is named: give the claim")
    if outcome != AGAINST and (claims or why):
        raise BadSettings(f"{outcome} names no claim and no explanation")
    if unknown := sorted(set(claims) - set(CLAIMS)):
        raise BadSettings(f"no claim {unknown[0]}: one of {', '.join(CLAIMS)}")
    if why is not None and why not in HYPOTHESES:
        raise BadSettings(f"no explanation {why}: one of {', '.join(HYPOTHESES)}")


def _answered(_: State, case: Case, deed: Deed) -> None:
    asked = {j.seq: (j.by, j.state) for j in case.judgements} | {r.seq: (r.by, r.state) for r in case.reveals}
    found = asked.get(deed.body["entry"])
    if found is None:
        raise BadSettings(f"{case.case_id} has no decision and no reveal {deed.body['entry']}")
    by, standing = found
    if standing not in ("proposed", "asked"):
        raise BadSettings(f"{deed.body['entry']} is {standing} already")
    if by == deed.actor:
        raise BadSettings("a second person agrees or refuses, not the one who asked")


def _revealed(_: State, case: Case, deed: Deed) -> None:
    who = (deed.body["company"], deed.body["subject_id"])
    if not any((r.company, r.subject_id) == who and r.state == "granted" for r in case.reveals):
        raise BadSettings("not revealed yet: ask for it, and a second person agrees")


def _suppressed(_: State, __: Case, deed: Deed) -> None:
    if _day(deed.body["until"]).isoformat() <= deed.at[:10]:
        raise BadSettings("what is set quiet is so until a day to come")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError) as why:
        raise BadSettings(f"{text}: expected a day such as 2026-12-31") from why


def _token_made(_: State, deed: Deed) -> None:
    if unknown := sorted(set(deed.body["scopes"]) - set(SCOPES)):
        raise BadSettings(f"no scope {unknown[0]}: one of {', '.join(SCOPES)}")
    today, until = _day(deed.at[:10]), _day(deed.body["until"])
    if not 0 < (until - today).days <= LONGEST_TOKEN:
        raise BadSettings(f"a token is good until a day to come, within {LONGEST_TOKEN} days")


def _token_ended(now: State, deed: Deed) -> None:
    found = now.tokens.get(deed.body["sha256"])
    if found is None or found.is_ended:
        raise BadSettings("no such token")
    if found.actor != deed.actor and deed.role != "administrator":
        raise BadSettings("a token is ended by whose it is, or by an administrator")


def _done(_: State, case: Case, deed: Deed) -> None:
    open_ = {task.seq for task in case.tasks if task.done_by is None}
    if deed.body["task"] not in open_:
        raise BadSettings(f"{case.case_id} has no open task {deed.body['task']}")


def _linked(now: State, case: Case, deed: Deed) -> None:
    if deed.body["to"] not in now.cases or deed.body["to"] == case.case_id:
        raise BadSettings(f"no other case {deed.body['to']}")


def _added(_: State, case: Case, deed: Deed) -> None:
    if (deed.body["company"], deed.body["subject_id"]) in case.subjects:
        raise BadSettings(f"already in {case.case_id}")


def _closed(_: State, case: Case, __: Deed) -> None:
    if open_ := [j.seq for j in case.judgements if j.state == "proposed"]:
        raise BadSettings(f"{case.case_id} waits for a second person's word on {open_[0]}")


_CHECKS = {
    "judged": _judged,
    "agreed": _answered,
    "refused": _answered,
    "revealed": _revealed,
    "suppressed": _suppressed,
    "task_done": _done,
    "linked": _linked,
    "subject_added": _added,
    "closed": _closed,
}
_ON_TOKEN = {"token_made": _token_made, "token_ended": _token_ended}
