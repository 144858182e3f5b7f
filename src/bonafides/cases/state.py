"""What the entries say now: cases with their people, decisions, tasks, reveals and what was set quiet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bonafides.decisions.entry import Entry

Subject = tuple[str, str]


@dataclass
class Judgement:
    """A decision on one subject. Shape: `state` is stands, proposed (until a second person agrees) or refused."""

    seq: int
    at: str
    by: str
    company: str
    subject_id: str
    outcome: str
    reason: str
    claims: tuple[str, ...]
    explanation: str | None
    state: str
    second: str | None = None


@dataclass
class Reveal:
    """That somebody may see a subject in clear. Shape: `state` is asked, granted or refused."""

    seq: int
    by: str
    company: str
    subject_id: str
    reason: str
    state: str = "asked"
    second: str | None = None


@dataclass
class Task:
    """Something to do. Unknown: `done_by` is None while it is open."""

    seq: int
    text: str
    done_by: str | None = None


@dataclass(frozen=True)
class Suppression:
    """An indicator that is kept quiet for a subject until a day, or until it finds something newer."""

    at: str
    by: str
    company: str
    subject_id: str
    indicator: str
    reason: str
    until: date


@dataclass
class Case:
    """One matter. Shape: `log` has everything that was done in it, in order."""

    case_id: str
    title: str
    opened_at: str
    opened_by: str
    subjects: list[Subject]
    network_id: str | None
    assigned: str | None = None
    judgements: list[Judgement] = field(default_factory=list)
    reveals: list[Reveal] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    closed: str | None = None
    log: list[Entry] = field(default_factory=list)

    def standing(self, subject: Subject) -> Judgement | None:
        """The decision on a subject that counts: the last one that stands."""
        found = [j for j in self.judgements if (j.company, j.subject_id) == subject and j.state == "stands"]
        return found[-1] if found else None


@dataclass
class Token:
    """What lets a program in, in somebody's name. Shape: `sha256` is of the token itself, which nobody keeps."""

    sha256: str
    name: str
    actor: str
    scopes: tuple[str, ...]
    until: date
    is_ended: bool = False


@dataclass
class State:
    """All cases, by id in order, what was set quiet, and tokens by their digest."""

    cases: dict[str, Case] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    suppressions: list[Suppression] = field(default_factory=list)

    def decided(self) -> dict[Subject, Judgement]:
        """The last decision that stands, of each subject."""
        found = {(j.company, j.subject_id): j for c in self.cases.values() for j in c.judgements if j.state == "stands"}
        last: dict[Subject, Judgement] = {}
        for judgement in sorted(found.values(), key=lambda j: j.seq):
            last[judgement.company, judgement.subject_id] = judgement
        return last


# Outcomes that speak against somebody, and so need a second person.
AGAINST = "false_claim"
CLEARED = "bona_fide"
OUTCOMES = (CLEARED, "unresolved", AGAINST)


def state(entries: Iterable[Entry]) -> State:
    """What the entries come to."""
    now = State()
    for entry in entries:
        _take(now, entry)
    return now


def _take(now: State, entry: Entry) -> None:
    deed, body = entry.deed, entry.deed.body
    if deed.kind == "token_made":
        until = date.fromisoformat(body["until"])
        now.tokens[body["sha256"]] = Token(body["sha256"], body["name"], deed.actor, tuple(body["scopes"]), until)
    elif deed.kind == "token_ended" and body["sha256"] in now.tokens:
        now.tokens[body["sha256"]].is_ended = True
    if deed.kind == "case_opened":
        number = f"C-{len(now.cases) + 1:04d}"
        subjects = [(s["company"], s["subject_id"]) for s in body["subjects"]]
        now.cases[number] = Case(
            number, body["title"], deed.at, deed.actor, subjects, body.get("network_id"), log=[entry]
        )
        return
    if deed.kind == "suppressed":
        who = (body["company"], body["subject_id"], body["indicator"], body["reason"])
        now.suppressions.append(Suppression(deed.at, deed.actor, *who, date.fromisoformat(body["until"])))
    if deed.case_id not in now.cases:
        return
    case = now.cases[deed.case_id]
    case.log.append(entry)
    match deed.kind:
        case "subject_added":
            case.subjects.append((body["company"], body["subject_id"]))
        case "assigned":
            case.assigned = body["to"]
        case "task_added":
            case.tasks.append(Task(entry.seq, body["text"]))
        case "task_done":
            for task in case.tasks:
                if task.seq == body["task"]:
                    task.done_by = deed.actor
        case "judged":
            case.judgements.append(_judgement(entry))
        case "reveal_asked":
            case.reveals.append(Reveal(entry.seq, deed.actor, body["company"], body["subject_id"], body["reason"]))
        case "agreed" | "refused":
            _answer(case, entry)
        case "linked":
            case.links.append(body["to"])
        case "closed":
            case.closed = deed.at


def _judgement(entry: Entry) -> Judgement:
    body = entry.deed.body
    return Judgement(
        seq=entry.seq,
        at=entry.deed.at,
        by=entry.deed.actor,
        company=body["company"],
        subject_id=body["subject_id"],
        outcome=body["outcome"],
        reason=body["reason"],
        claims=tuple(body.get("claims", ())),
        explanation=body.get("explanation"),
        state="proposed" if body["outcome"] == AGAINST else "stands",
    )


def _answer(case: Case, entry: Entry) -> None:
    is_yes = entry.deed.kind == "agreed"
    for judgement in case.judgements:
        if judgement.seq == entry.deed.body["entry"]:
            judgement.state, judgement.second = ("stands" if is_yes else "refused"), entry.deed.actor
    for reveal in case.reveals:
        if reveal.seq == entry.deed.body["entry"]:
            reveal.state, reveal.second = ("granted" if is_yes else "refused"), entry.deed.actor
