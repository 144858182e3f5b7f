"""STIX 2.1 bundle. Source: https://docs.oasis-open.org/cti/stix/v2.1/stix-v2.1.html"""

import ipaddress
from typing import Any

from bonafides.exchange.case.base import NOTICE, CaseExport, CaseFile, Person, Shared, moment, text


def _encode(case: CaseFile) -> bytes:
    at = moment(case.exported_at)
    common = {"spec_version": "2.1", "created": moment(case.opened_at), "modified": at}
    maker = {
        "type": "identity",
        "id": f"identity--{case.id_of('maker')}",
        **common,
        "name": "Bonafides",
        "identity_class": "system",
    }
    made: list[dict[str, Any]] = [maker]
    companies = {p.company: f"identity--{case.id_of('company', p.company)}" for p in case.people}
    for company, ref in sorted(companies.items()):
        made.append({"type": "identity", "id": ref, **common, "name": company, "identity_class": "organization"})
    people = [f"identity--{case.id_of('subject', p.company, p.subject)}" for p in case.people]
    for person, ref in zip(case.people, people, strict=True):
        made.append({"type": "identity", "id": ref, **common, **_person(person)})
        made.append(_relation(case, common, "works-at", ref, companies[person.company]))
        made += _notes(case, common, person, ref)
    for shared in case.shared:
        observed = _observable(case, shared)
        if observed:
            ref = f"observed-data--{case.id_of('observed', shared.kind, shared.value)}"
            seen = {"first_observed": at, "last_observed": at, "number_observed": len(shared.holders)}
            made += [observed, {"type": "observed-data", "id": ref, **common, **seen, "object_refs": [observed["id"]]}]
            made += [_relation(case, common, "shares", people[n], ref) for n in shared.holders]
    refs = [one["id"] for one in made]
    report = {
        "type": "report",
        "id": f"report--{case.id_of('case', case.case_id)}",
        **common,
        "name": case.title,
        "description": NOTICE,
        "published": at,
        "object_refs": refs,
        "created_by_ref": maker["id"],
        "external_references": [{"source_name": "bonafides ledger", "external_id": case.follows}],
    }
    bundle = {"type": "bundle", "id": f"bundle--{case.id_of('bundle', case.case_id, case.follows)}"}
    return text({**bundle, "objects": [*made, report]})


def _person(person: Person) -> dict[str, Any]:
    decided = person.decision or "undecided"
    said = f"Assessed {person.explanation} ({person.probability:.2f}), {person.tier}; {decided}."
    named = {"name": person.name or person.subject, "identity_class": "individual", "description": said}
    return {**named, **({"contact_information": person.address} if person.address else {})}


def _notes(case: CaseFile, common: dict[str, str], person: Person, ref: str) -> list[dict[str, Any]]:
    return [
        {
            "type": "note",
            "id": f"note--{case.id_of('finding', person.company, person.subject, f.indicator, f.says)}",
            **common,
            "abstract": f"{f.claim}: {f.title}",
            "content": f"{f.says} Honest explanations: {'; '.join(f.benign)}.",
            "object_refs": [ref],
            **(
                {
                    "external_references": [
                        {"source_name": "raw record", "external_id": p.ref, "hashes": {"SHA-256": p.sha256}}
                        for p in f.proofs
                        if p.sha256
                    ]
                }
                if any(p.sha256 for p in f.proofs)
                else {}
            ),
        }
        for f in person.findings
    ]


def _relation(case: CaseFile, common: dict[str, str], kind: str, source: str, target: str) -> dict[str, Any]:
    name = f"relationship--{case.id_of('relation', kind, source, target)}"
    told = {"relationship_type": kind, "source_ref": source, "target_ref": target}
    return {"type": "relationship", "id": name, **common, **told}


def _observable(case: CaseFile, shared: Shared) -> dict[str, Any] | None:
    """A value as an observable; what is masked, or of a kind that STIX does not have, is an artefact of a name only."""
    kinds = {
        "email": ("email-addr", "value"),
        "ip": ("ipv4-addr", "value"),
        "bank_account": ("user-account", "user_id"),
    }
    kind, key = kinds.get(shared.kind, ("user-account", "user_id"))
    value = shared.value
    if shared.kind in ("email", "ip") and not shared.is_revealed:
        kind, key = "user-account", "user_id"
    elif shared.kind == "ip":
        try:
            kind = f"ipv{ipaddress.ip_network(value, strict=False).version}-addr"
        except ValueError:
            kind, key = "user-account", "user_id"
    extra = {"account_type": f"x-{shared.kind.replace('_', '-')}"} if kind == "user-account" else {}
    made = {"type": kind, "id": f"{kind}--{case.id_of('value', shared.kind, value)}", "spec_version": "2.1"}
    return {**made, key: value, **extra}


EXPORT = CaseExport(
    "stix",
    "STIX 2.1 bundle",
    ".json",
    _encode,
    ("wages by account", "decisions' reasons and replies", "untested claims", "item numbers of evidence"),
)
