"""OCSF detection findings, one a line. Source: https://schema.ocsf.io/1.5.0/classes/detection_finding"""

import json
from datetime import datetime
from typing import Any

from bonafides.exchange.case.base import CaseExport, CaseFile, Person, moment

_SEVERITY = {"clear": 1, "watch": 2, "review": 3, "urgent": 4}
_NAMES = {1: "Informational", 2: "Low", 3: "Medium", 4: "High"}


def _encode(case: CaseFile) -> bytes:
    lines = [json.dumps(_finding(case, p, n), ensure_ascii=False) for p in case.people for n in range(len(p.findings))]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _epoch(at: str) -> int:
    return int(datetime.fromisoformat(moment(at).replace("Z", "+00:00")).timestamp() * 1000)


def _finding(case: CaseFile, person: Person, n: int) -> dict[str, Any]:
    found, severity = person.findings[n], _SEVERITY[person.tier]
    seen = {"first_seen_time": found.first_at, "last_seen_time": found.last_at}
    return {
        "activity_id": 1,
        "activity_name": "Create",
        "category_uid": 2,
        "category_name": "Findings",
        "class_uid": 2004,
        "class_name": "Detection Finding",
        "type_uid": 200401,
        "type_name": "Detection Finding: Create",
        "time": _epoch(case.exported_at),
        "severity_id": severity,
        "severity": _NAMES[severity],
        "status_id": 1,
        "status": "New",
        "message": found.says,
        "metadata": {
            "version": "1.5.0",
            "product": {"name": "Bonafides", "vendor_name": "Bonafides"},
            "event_code": found.indicator,
            "uid": case.id_of("event", person.company, person.subject, found.indicator, found.says),
        },
        "finding_info": {
            "uid": case.id_of("finding", person.company, person.subject, found.indicator, found.says),
            "title": found.title,
            "desc": f"{found.says} Honest explanations: {'; '.join(found.benign)}.",
            "types": [found.claim],
            "created_time": _epoch(case.exported_at),
            **{name: _epoch(at) for name, at in seen.items() if at},
        },
        "resources": [
            {
                "uid": person.subject,
                "name": person.name or person.subject,
                "type": "User",
                "group": {"name": person.company},
            }
        ],
        "unmapped": {
            "explanation": person.explanation,
            "probability": str(round(person.probability, 4)),
            "decision": person.decision or "undecided",
            "evidence": ", ".join(f"{p.ref} {p.sha256 or ''}#{p.item or ''}" for p in found.proofs),
        },
    }


EXPORT = CaseExport(
    "ocsf",
    "OCSF detection findings, one JSON object a line",
    ".jsonl",
    _encode,
    (
        "shared values",
        "wages by account",
        "decisions' reasons and replies",
        "untested claims",
        "timeline of engagements",
    ),
)
