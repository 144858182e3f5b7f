"""FollowTheMoney entities, one a line. Source: https://followthemoney.tech/docs/"""

import json
from collections.abc import Iterator
from typing import Any

from bonafides.exchange.case.base import NOTICE, CaseExport, CaseFile


def _encode(case: CaseFile) -> bytes:
    return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in _entities(case)).encode("utf-8", "replace")


def _entity(key: str, schema: str, **properties: Any) -> dict[str, Any]:
    told = {name: [str(value)] for name, value in properties.items() if value not in (None, "")}
    return {"id": key, "schema": schema, "properties": told}


def _entities(case: CaseFile) -> Iterator[dict[str, Any]]:
    for company in sorted({p.company for p in case.people}):
        yield _entity(case.id_of("company", company), "Company", name=company)
    accounts: dict[str, dict[str, Any]] = {}
    for person in case.people:
        key, company = case.id_of("subject", person.company, person.subject), case.id_of("company", person.company)
        decided = person.decision or "undecided"
        said = f"{person.explanation} ({person.probability:.2f}), {person.tier}; {decided}. {NOTICE}"
        yield _entity(key, "Person", name=person.name or person.subject, address=person.address, summary=said)
        dates = {"startDate": person.started_on, "endDate": person.ended_on}
        job = case.id_of("employment", person.company, person.subject)
        yield _entity(job, "Employment", employee=key, employer=company, **dates)
        for wages in person.wages:
            account = case.id_of("account", wages.account)
            accounts[account] = _entity(account, "BankAccount", name=wages.account, accountNumber=wages.account)
            yield _entity(
                case.id_of("wages", person.company, person.subject, wages.account, wages.currency),
                "Payment",
                payer=company,
                beneficiary=key,
                beneficiaryAccount=account,
                amount=f"{wages.amount:.2f}",
                currency=wages.currency,
                startDate=wages.first_on,
                endDate=wages.last_on,
                purpose=f"wages, {wages.payments} payments",
            )
    yield from accounts.values()
    for shared in case.shared:
        for first, second in zip(shared.holders, shared.holders[1:], strict=False):
            ends = [case.id_of("subject", case.people[n].company, case.people[n].subject) for n in (first, second)]
            yield _entity(
                case.id_of("link", shared.kind, shared.value, *ends),
                "UnknownLink",
                subject=ends[0],
                object=ends[1],
                role=f"share a {shared.kind.replace('_', ' ')}: {shared.value}",
            )


EXPORT = CaseExport(
    "followthemoney",
    "FollowTheMoney entities, one JSON object a line",
    ".jsonl",
    _encode,
    ("findings and evidence", "decisions' reasons and replies", "untested claims", "controlled assets"),
)
