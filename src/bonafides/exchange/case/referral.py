"""Referral pack: everything of a case in the order in which an internet-crime report and counsel ask for it."""

from dataclasses import asdict
from typing import Any

from bonafides.exchange.case.base import NOTICE, CaseExport, CaseFile, Person, text


def _encode(case: CaseFile) -> bytes:
    return text(pack(case))


def pack(case: CaseFile) -> dict[str, Any]:
    """The pack as JSON-ready values: parties, money, events, assets, identities, evidence, and what is not known."""
    proofs = {(p.company, proof.ref): proof for p in case.people for f in p.findings for proof in f.proofs}
    return {
        "notice": NOTICE,
        "case": {
            "id": case.case_id,
            "title": case.title,
            "opened_at": case.opened_at,
            "exported_at": case.exported_at,
            "exported_by": case.exported_by,
            "run": case.run_id,
            "records": case.records,
            "follows_ledger_entry": case.follows,
        },
        "parties": {
            "victim_companies": sorted({p.company for p in case.people}),
            "subjects": [_party(p) for p in case.people],
            "shared": [{**asdict(s), "holders": [case.people[n].subject for n in s.holders]} for s in case.shared],
        },
        "financial_transactions": [
            {"company": p.company, "subject": p.subject, **asdict(w)} for p in case.people for w in p.wages
        ],
        "losses": _sums(case),
        "timeline": _timeline(case),
        "assets": [{"company": p.company, "subject": p.subject, "controls": p.assets} for p in case.people if p.assets],
        "identities": [
            {
                "company": p.company,
                "subject": p.subject,
                "name": p.name,
                "address": p.address,
                "interest": "may not know that the identity is used: to be told, and presumed to be in good faith"
                if p.explanation == "stand_in"
                else "is believed to be the person working",
            }
            for p in case.people
        ],
        "evidence": [{"company": company, **asdict(proof)} for (company, _), proof in sorted(proofs.items())],
        "not_known": [
            {
                "company": p.company,
                "subject": p.subject,
                "untested_claims": sorted(c for c, standing in p.claims.items() if standing == "untested"),
                "not_heard": p.reply is None,
                "not_decided": p.decision is None,
                "honest_explanations": sorted({b for f in p.findings for b in f.benign}),
            }
            for p in case.people
        ],
        "notes": [{"at": at, "by": by, "text": said} for at, by, said in case.notes],
    }


def _party(person: Person) -> dict[str, Any]:
    told = asdict(person)
    for name in ("wages", "findings"):
        told.pop(name)
    told["findings"] = [
        {k: v for k, v in asdict(f).items() if k != "proofs"} | {"evidence": [p.ref for p in f.proofs]}
        for f in person.findings
    ]
    return told


def _sums(case: CaseFile) -> list[dict[str, Any]]:
    sums: dict[tuple[str, str], float] = {}
    for person in case.people:
        for wages in person.wages:
            key = (person.company, wages.currency)
            sums[key] = round(sums.get(key, 0.0) + wages.amount, 2)
    return [{"company": c, "currency": currency, "wages": amount} for (c, currency), amount in sorted(sums.items())]


def _timeline(case: CaseFile) -> list[dict[str, Any]]:
    events = []
    for p in case.people:
        found = [(p.started_on, "engagement begins"), (p.ended_on, "engagement ends")]
        found += [(f.first_at, f"first: {f.title}") for f in p.findings]
        found += [(f.last_at, f"last: {f.title}") for f in p.findings if f.last_at != f.first_at]
        found += [(w.first_on, f"first payment to {w.account}") for w in p.wages]
        events += [{"at": at, "company": p.company, "subject": p.subject, "what": what} for at, what in found if at]
    return sorted(events, key=lambda e: (e["at"], e["company"], e["subject"], e["what"]))


EXPORT = CaseExport("referral", "referral pack for counsel and an internet-crime report", ".json", _encode, ())
