"""What the forms of a case ask for, and what they send."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bonafides.cases.rules import CLAIMS, HYPOTHESES
from bonafides.cases.state import OUTCOMES
from bonafides.decisions.entry import KINDS
from bonafides.errors import BadSettings


@dataclass(frozen=True)
class Asked:
    """One field of a form. Shape: `type` is text, long, date, or a choice or several of `choices`."""

    name: str
    label: str
    type: str = "text"
    choices: tuple[str, ...] = ()
    is_needed: bool = True


_REASON = Asked("reason", "Reason", "long")
# Deeds on a case, and on one of its people: what each is called and what it asks for.
DEEDS: Mapping[str, tuple[str, tuple[Asked, ...]]] = {
    "noted": ("Add a note", (Asked("text", "Note", "long"),)),
    "task_added": ("Add a task", (Asked("text", "Task"),)),
    "assigned": ("Assign", (Asked("to", "To whom"),)),
    "linked": ("Link to another case", (Asked("to", "Case"),)),
    "closed": ("Close the case", (_REASON,)),
}
ON_SUBJECT: Mapping[str, tuple[str, tuple[Asked, ...]]] = {
    "judged": (
        "Decide",
        (
            Asked("outcome", "Decision", "choice", OUTCOMES),
            Asked("claims", "False claims, if any", "several", CLAIMS, False),
            Asked("explanation", "What was found right instead", "choice", ("", *HYPOTHESES), False),
            _REASON,
        ),
    ),
    "replied": ("Record a reply", (Asked("text", "What the person says", "long"),)),
    "reveal_asked": ("Ask to see in clear", (_REASON,)),
    "suppressed": (
        "Keep an indicator quiet",
        (Asked("indicator", "Indicator"), Asked("until", "Until", "date"), _REASON),
    ),
}


# Deeds that are written down by what does them, so that nobody can say that they were done.
_BY_THEMSELVES = frozenset({"viewed", "exported", "revealed", "token_made", "token_ended"})
_LONGEST_NUMBER = 16


def may_be_sent(kind: str) -> None:
    """Raises: BadSettings where a deed is none that a form or a program may send."""
    if kind not in KINDS or kind in _BY_THEMSELVES:
        raise BadSettings(f"no deed {kind} that can be sent")


def body_of(kind: str, given: Mapping[str, str], claims: Sequence[str], who: tuple[str, str] | None) -> dict[str, Any]:
    """What a form says, as the body of a deed."""
    body: dict[str, Any] = {
        k: v.strip() for k, v in given.items() if k not in ("company", "tag", "claims") and v.strip()
    }
    if who is not None:
        body["company"], body["subject_id"] = who
    if claims:
        body["claims"] = list(claims)
    for name in ("entry", "task"):
        if name in body:
            if not body[name].isdecimal() or len(body[name]) > _LONGEST_NUMBER:
                raise BadSettings(f"{kind}: {name} is a number")
            body[name] = int(body[name])
    return body
