"""Whose identities may be used by somebody else: the list of whom to tell, as CSV."""

from bonafides.exchange.case.base import CaseExport, CaseFile
from bonafides.exchange.csv_table import EXPORT as CSV

_COLUMNS = ("company", "subject", "name", "address", "since", "decision", "what_to_say")


def _encode(case: CaseFile) -> bytes:
    rows = [
        {
            "company": p.company,
            "subject": p.subject,
            "name": p.name,
            "address": p.address,
            "since": p.started_on,
            "decision": p.decision,
            "what_to_say": "somebody may be working under your identity: check tax records, freeze credit, report it",
        }
        for p in case.people
        if p.explanation == "stand_in" or "identity" in p.false_claims
    ]
    assert CSV.encode is not None
    return b"".join(CSV.encode(_COLUMNS, rows))


EXPORT = CaseExport(
    "victims",
    "whom to tell that their identity may be used",
    ".csv",
    _encode,
    ("findings and evidence", "shared values", "wages", "timeline", "what is not known"),
)
