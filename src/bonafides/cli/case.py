"""Work on cases: open, note, decide, have a second person agree, reveal."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bonafides import api
from bonafides.cli.base import (
    DONE,
    actor,
    as_json,
    database,
    now,
    put,
    put_json,
    put_table,
    role,
    warn_of_reveal,
    workspace,
)

if TYPE_CHECKING:
    from bonafides.cases.state import Case
    from bonafides.workflow.cases import Desk

F = TypeVar("F", bound=Callable[..., Any])


def by_whom(verb: F) -> F:
    """Options that say who does it, where, and where it is kept."""
    for option in (as_json, database, role, actor, workspace):
        verb = option(verb)
    return verb


@click.group("case")
def COMMAND() -> None:
    """Work on cases. Every step is an entry of the ledger, with who took it and in which role.

    A decision against somebody, and every reveal, waits for a second person. What is decided goes to `calibrate`.
    Every subcommand takes --json.

    \b
    Examples:
      bonafides case open --title "Farm on Elm Street" --network N-3f2a --as mia
      bonafides case decide C-0001 "worker 3f9a1c" false_claim --claim custody --why stand_in --reason "…" --as mia
      bonafides case agree C-0001 7 --as ines --role reviewer
      bonafides case decisions --as mia > decisions.csv && bonafides calibrate decisions.csv
    """


def _desk(given: dict[str, Any]) -> "Desk":
    return api.desk(
        given.pop("workspace"),
        actor=given.pop("actor"),
        role=given.pop("role"),
        clock=now,
        database=given.pop("database"),
    )


def _told(is_json: bool, said: str, value: dict[str, Any]) -> int:
    if is_json:
        put_json(value)
    else:
        put(said)
    return DONE


@COMMAND.command("open")
@click.option("--title", required=True, help="What it is about, without names.")
@click.option("--subject", "subjects", multiple=True, help="company/subject_id, or the tag that the report shows.")
@click.option("--network", "network_id", help="Everybody of a network.")
@by_whom
def open_(title: str, subjects: tuple[str, ...], network_id: str | None, is_json: bool, **given: Any) -> int:
    """Open a case on subjects, or on a network."""
    with _desk(given) as desk:
        case_id = desk.open(title, subjects, network_id)
    return _told(is_json, f"{case_id} is open", {"case": case_id})


@COMMAND.command("list")
@by_whom
def list_(is_json: bool, **given: Any) -> int:
    """List all cases."""
    with _desk(given) as desk:
        found = list(desk.state().cases.values())
        tags = desk.tags([who for case in found for who in case.subjects])
    if is_json:
        put_json([_plain(case, tags) for case in found])
    elif not found:
        put("no case yet")
    else:
        put_table((c.case_id, _standing(c), c.assigned or "-", f"{len(c.subjects)} people", c.title) for c in found)
    return DONE


@COMMAND.command("show")
@click.argument("case_id")
@by_whom
def show(case_id: str, is_json: bool, **given: Any) -> int:
    """Show a case: people (masked), decisions, what waits for whom, and everything that was done."""
    with _desk(given) as desk:
        case = desk.case(case_id)
        tags = desk.tags(case.subjects)
        desk.do("viewed", {"what": case_id})
    if is_json:
        put_json(_plain(case, tags))
        return DONE
    put(f"{case.case_id} {_standing(case)}: {case.title} (opened {case.opened_at[:10]} by {case.opened_by})")
    put_table((tags[who], who[0], _decision(case, who)) for who in case.subjects)
    for task in case.tasks:
        put(f"  task {task.seq} {'done' if task.done_by else 'open'}: {task.text}")
    waiting = [(j.seq, f"decision {j.outcome}", j.by) for j in case.judgements if j.state == "proposed"]
    waiting += [(r.seq, "reveal", r.by) for r in case.reveals if r.state == "asked"]
    for seq, what, by in waiting:
        put(f"  {seq}: {what} by {by} waits for a second person")
    put_table((e.seq, e.deed.at[:16], e.deed.actor, e.deed.role, e.deed.kind.replace("_", " ")) for e in case.log)
    return DONE


def _standing(case: "Case") -> str:
    return "closed" if case.closed else "open"


def _decision(case: "Case", who: tuple[str, str]) -> str:
    found = case.standing(who)
    return "undecided" if found is None else f"{found.outcome} {', '.join(found.claims)}".strip()


def _masked(told: dict[str, Any], tags: dict[tuple[str, str], str]) -> dict[str, Any]:
    who = (told["company"], told["subject_id"])
    return {k: v for k, v in told.items() if k != "subject_id"} | {"subject": tags[who]}


def _plain(case: "Case", tags: dict[tuple[str, str], str]) -> dict[str, Any]:
    return {
        "case": case.case_id,
        "title": case.title,
        "state": _standing(case),
        "assigned": case.assigned,
        "network": case.network_id,
        "subjects": [
            {"company": who[0], "subject": tags[who], "decision": _decision(case, who)} for who in case.subjects
        ],
        "judgements": [_masked(vars(one), tags) for one in case.judgements],
        "reveals": [_masked(vars(one), tags) for one in case.reveals],
        "tasks": [vars(one) for one in case.tasks],
        "links": case.links,
    }


def _one(kind: str, case_id: str, body: dict[str, Any], is_json: bool, given: dict[str, Any]) -> int:
    with _desk(given) as desk:
        entry = desk.do(kind, body, case_id)
    return _told(is_json, f"{case_id}: entry {entry.seq}", {"case": case_id, "entry": entry.seq})


def _of(kind: str, case_id: str, subject: str, body: dict[str, Any], is_json: bool, given: dict[str, Any]) -> int:
    with _desk(given) as desk:
        entry = desk.about(kind, case_id, subject, body)
    return _told(is_json, f"{case_id}: entry {entry.seq}", {"case": case_id, "entry": entry.seq})


@COMMAND.command("assign")
@click.argument("case_id")
@click.argument("to")
@by_whom
def assign(case_id: str, to: str, is_json: bool, **given: Any) -> int:
    """Say whose case it is."""
    return _one("assigned", case_id, {"to": to}, is_json, given)


@COMMAND.command("note")
@click.argument("case_id")
@click.argument("text")
@by_whom
def note(case_id: str, text: str, is_json: bool, **given: Any) -> int:
    """Add a note."""
    return _one("noted", case_id, {"text": text}, is_json, given)


@COMMAND.command("task")
@click.argument("case_id")
@click.argument("text", required=False)
@click.option("--done", type=int, help="The number of a task that is done.")
@by_whom
def task(case_id: str, text: str | None, done: int | None, is_json: bool, **given: Any) -> int:
    """Add a task, or say that one is done; without either, add what the run would test next of each subject."""
    if done is not None:
        return _one("task_done", case_id, {"task": done}, is_json, given)
    if text is not None:
        return _one("task_added", case_id, {"text": text}, is_json, given)
    with _desk(given) as desk:
        made = desk.next_tests(case_id)
    return _told(is_json, f"{case_id}: {len(made)} tasks added", {"case": case_id, "tasks": [e.seq for e in made]})


@COMMAND.command("decide")
@click.argument("case_id")
@click.argument("subject")
@click.argument("outcome")
@click.option("--reason", required=True, help="Why, for whoever reads it later.")
@click.option("--claim", "claims", multiple=True, help="Which claim is false; may be given several times.")
@click.option("--why", "explanation", help="What was found right: elsewhere, overextended, hijacked or stand_in.")
@by_whom
def decide(
    case_id: str, subject: str, outcome: str, reason: str, claims: tuple[str, ...], explanation: str | None,
    is_json: bool, **given: Any,
) -> int:  # fmt: skip
    """Decide on a subject: bona_fide, unresolved or false_claim. A false claim waits for a second person."""
    body = {"outcome": outcome, "reason": reason}
    extra = {"claims": list(claims)} if claims else {}
    why = {"explanation": explanation} if explanation else {}
    return _of("judged", case_id, subject, {**body, **extra, **why}, is_json, given)


@COMMAND.command("agree")
@click.argument("case_id")
@click.argument("entry", type=int)
@by_whom
def agree(case_id: str, entry: int, is_json: bool, **given: Any) -> int:
    """Agree to a decision or a reveal that somebody else asked for."""
    return _one("agreed", case_id, {"entry": entry}, is_json, given)


@COMMAND.command("refuse")
@click.argument("case_id")
@click.argument("entry", type=int)
@click.option("--reason", required=True, help="Why, for whoever reads it later.")
@by_whom
def refuse(case_id: str, entry: int, reason: str, is_json: bool, **given: Any) -> int:
    """Refuse a decision or a reveal that somebody else asked for."""
    return _one("refused", case_id, {"entry": entry, "reason": reason}, is_json, given)


@COMMAND.command("reveal")
@click.argument("case_id")
@click.argument("subject")
@click.option("--reason", help="Ask for it; without a reason, show what was granted.")
@by_whom
def reveal(case_id: str, subject: str, reason: str | None, is_json: bool, **given: Any) -> int:
    """Ask to see a subject in clear, or see them once a second person agreed."""
    if reason is not None:
        return _of("reveal_asked", case_id, subject, {"reason": reason}, is_json, given)
    from bonafides.cli.base_explanation import put_explanation

    with _desk(given) as desk:
        found = desk.reveal(case_id, subject)
    warn_of_reveal(unmasked=True)
    if is_json:
        put_json(found.plain())
    else:
        put_explanation(found)
    return DONE


@COMMAND.command("quiet")
@click.argument("case_id")
@click.argument("subject")
@click.argument("indicator")
@click.option("--reason", required=True, help="Why, for whoever reads it later.")
@click.option("--until", required=True, metavar="DAY", help="The day on which it speaks again.")
@by_whom
def quiet(case_id: str, subject: str, indicator: str, reason: str, until: str, is_json: bool, **given: Any) -> int:
    """Keep an indicator quiet for a subject until a day, or until it finds something newer."""
    return _of(
        "suppressed", case_id, subject, {"indicator": indicator, "reason": reason, "until": until}, is_json, given
    )


@COMMAND.command("reply")
@click.argument("case_id")
@click.argument("subject")
@click.argument("text")
@by_whom
def reply(case_id: str, subject: str, text: str, is_json: bool, **given: Any) -> int:
    """Record what a subject says to it: everybody is heard before anything is decided against them."""
    return _of("replied", case_id, subject, {"text": text}, is_json, given)


@COMMAND.command("link")
@click.argument("case_id")
@click.argument("to")
@by_whom
def link(case_id: str, to: str, is_json: bool, **given: Any) -> int:
    """Link a case to another."""
    return _one("linked", case_id, {"to": to}, is_json, given)


@COMMAND.command("close")
@click.argument("case_id")
@click.option("--reason", required=True, help="Why, for whoever reads it later.")
@by_whom
def close(case_id: str, reason: str, is_json: bool, **given: Any) -> int:
    """Close a case."""
    return _one("closed", case_id, {"reason": reason}, is_json, given)


@COMMAND.command("export")
@click.argument("case_id")
@click.option(
    "--format",
    "format",
    default="referral",
    show_default=True,
    help="referral, referral_page, victims, stix, misp, ocsf or followthemoney.",
)
@click.option("--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
@by_whom
def export(case_id: str, format: str, output: Path, is_json: bool, **given: Any) -> int:
    """Write a case for others. Subjects are tags in it, but for those whom a second person agreed to reveal."""
    with _desk(given) as desk:
        found = desk.export(case_id, format)
    output.write_bytes(found.content)
    told = {"output": str(output), "sha256": found.sha256, "masked": found.masked, "left_out": list(found.left_out)}
    left = f"; the format does not carry: {', '.join(found.left_out)}" if found.left_out else ""
    return _told(is_json, f"{output}: SHA-256 {found.sha256}, {found.masked} subjects masked{left}", told)


@COMMAND.command("decisions")
@by_whom
def decisions(is_json: bool, **given: Any) -> int:
    """Print every decision that stands, as CSV that `calibrate` reads: with subjects' ids, as records have them."""
    warn_of_reveal(unmasked=True)
    with _desk(given) as desk:
        found = desk.decisions()
    if is_json:
        put_json([vars(one) for one in found])
        return DONE
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("company", "subject_id", "decision"))
    writer.writerows((one.company, one.subject_id, one.decision) for one in found)
    put(out.getvalue().rstrip("\n"))
    return DONE
