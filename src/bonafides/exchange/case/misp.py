"""MISP event. Source: https://www.misp-standard.org/rfc/misp-standard-core.html"""

from typing import Any

from bonafides.exchange.case.base import NOTICE, CaseExport, CaseFile, moment, text

_TYPES = {"email": "email", "ip": "ip-src", "phone": "phone-number", "bank_account": "bank-account-nr"}
_CATEGORIES = {
    "email": "Payload delivery",
    "ip-src": "Network activity",
    "phone-number": "Person",
    "bank-account-nr": "Financial fraud",
    "text": "Other",
}


def _encode(case: CaseFile) -> bytes:
    stamp = moment(case.exported_at)
    attributes: list[dict[str, Any]] = [_attribute(case, "text", "Other", NOTICE, "notice")]
    for person in case.people:
        said = f"{person.company}: {person.name or person.subject}: {person.explanation}, {person.tier}"
        attributes.append(_attribute(case, "text", "Person", said, f"{person.decision or 'undecided'}"))
        for finding in person.findings:
            attributes.append(_attribute(case, "comment", "Other", f"{person.subject}: {finding.says}", finding.title))
            for sha in sorted({p.sha256 for p in finding.proofs if p.sha256}):
                attributes.append(
                    _attribute(case, "sha256", "Payload delivery", sha, f"raw file behind {finding.indicator}")
                )
    for shared in case.shared:
        kind = _TYPES.get(shared.kind, "text") if shared.is_revealed else "text"
        category = {"bank-account-nr": "Financial fraud", "phone-number": "Person", "text": "Other"}.get(
            kind, "Network activity"
        )
        category = "Payload delivery" if kind == "email" else category
        holders = ", ".join(case.people[n].subject for n in shared.holders)
        attributes.append(_attribute(case, kind, _CATEGORIES[kind], shared.value, f"{shared.kind} shared by {holders}"))
    unique = {one["uuid"]: one for one in attributes}
    event = {
        "uuid": case.id_of("misp", case.case_id),
        "info": f"{case.title} ({case.case_id})",
        "date": stamp[:10],
        "threat_level_id": "4",
        "analysis": "1",
        "distribution": "0",
        "published": False,
        "Attribute": list(unique.values()),
        "Tag": [{"name": "tlp:amber"}],
    }
    return text({"Event": event})


def _attribute(case: CaseFile, kind: str, category: str, value: str, comment: str) -> dict[str, Any]:
    return {
        "uuid": case.id_of("attribute", case.case_id, kind, value, comment),
        "type": kind,
        "category": category,
        "value": " ".join(value.split()),
        "comment": comment,
        "to_ids": False,
        "distribution": "0",
    }


EXPORT = CaseExport(
    "misp",
    "MISP event",
    ".json",
    _encode,
    ("wages by account", "decisions' reasons and replies", "untested claims", "who holds a value, other than in words"),
)
