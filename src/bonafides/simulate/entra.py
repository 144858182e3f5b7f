"""Entra ID sign-in log, in the two shapes in which it leaves: Graph API and Azure Monitor diagnostic stream."""

import json
from collections.abc import Iterator

from bonafides.simulate.calendar import iso, midnight
from bonafides.simulate.chance import Dice
from bonafides.simulate.companies import Company
from bonafides.simulate.equipment import PHONE_AGENTS
from bonafides.simulate.people import Job
from bonafides.simulate.sessions import Session

SIGN_IN = 0.52
SECOND = 0.25
MISTYPED = 0.01
_APPS = (
    ("Office 365 Exchange Online", "00000002-0000-0ff1-ce00-000000000000"),
    ("Microsoft Teams", "00000003-0000-0ff1-ce00-000000000001"),
    ("Azure Portal", "00000003-0000-0ff1-ce00-000000000002"),
    ("GitHub Enterprise", "00000003-0000-0ff1-ce00-000000000003"),
    ("Payroll", "00000003-0000-0ff1-ce00-000000000004"),
)
_ERRORS = {0: "", 50126: "Error validating credentials due to invalid username or password."}


def lines(seed: int, company: Company, job: Job, sessions: list[Session]) -> Iterator[tuple[int, str]]:
    """Sign-ins of one account: (milliseconds, line)."""
    dice = Dice(seed, "entra", company.index, job.worker_id)
    user = dice.uuid()
    phone = dice.pick(PHONE_AGENTS)
    for number, session in enumerate(sessions):
        agent = phone if session.machine == "phone" else job.agent
        if session.machine == "own" and job.own_agent:
            agent = job.own_agent
        moments = []
        if dice.chance(SIGN_IN) or number == 0 or session.machine != "laptop":
            moments.append(session.start)
        if dice.chance(SECOND):
            moments.append(session.start + dice.between(60, max(61, session.end - session.start)))
        for second in moments:
            ms = second * 1000 + dice.below(1000)
            if dice.chance(MISTYPED):
                yield ms - 30_000, _line(dice, company, job, session, user, agent, ms - 30_000, 50126)
            yield ms, _line(dice, company, job, session, user, agent, ms, 0)


def _line(dice: Dice, company: Company, job: Job, session: Session, user: str, agent: str, ms: int, error: int) -> str:
    at = session.address
    app, app_id = dice.pick(_APPS)
    stamp = f"{iso(ms // 1000)[:-1]}.{ms % 1000:03d}{dice.between(1000, 9999)}Z"
    former = job.former_email
    login = former[0] if former and ms < midnight(former[1]) * 1000 else job.email
    graph: dict[str, object] = {
        "id": dice.uuid(),
        "createdDateTime": stamp,
        "userDisplayName": f"{job.given} {job.family}",
        "userPrincipalName": login,
        "userId": user,
        "appId": app_id,
        "appDisplayName": app,
        "ipAddress": session.ip,
        "clientAppUsed": "Browser",
        "userAgent": agent,
        "correlationId": dice.uuid(),
        "conditionalAccessStatus": "success" if error == 0 else "notApplied",
        "isInteractive": True,
        "riskDetail": "none",
        "riskLevelAggregated": "none",
        "riskState": "none",
        "resourceDisplayName": "Microsoft Graph",
        "authenticationRequirement": "multiFactorAuthentication",
        "autonomousSystemNumber": at.asn,
        "status": {"errorCode": error, "failureReason": _ERRORS[error], "additionalDetails": None},
        "deviceDetail": _device(job, session),
        "location": {
            "city": at.city,
            "state": at.region_name,
            "countryOrRegion": at.country,
            "geoCoordinates": {"altitude": None, "latitude": at.latitude, "longitude": at.longitude},
        },
    }
    if company.entra_shape == "graph":
        return json.dumps(graph, separators=(",", ":"))
    tenant = company.customer_id
    return json.dumps(
        {
            "time": stamp,
            "resourceId": f"/tenants/{tenant}/providers/Microsoft.aadiam",
            "operationName": "Sign-in activity",
            "operationVersion": "1.0",
            "category": "SignInLogs",
            "tenantId": tenant,
            "resultType": str(error),
            "resultSignature": "SUCCESS" if error == 0 else "FAILURE",
            "resultDescription": _ERRORS[error],
            "durationMs": 0,
            "callerIpAddress": session.ip,
            "correlationId": graph["correlationId"],
            "identity": graph["userDisplayName"],
            "Level": 4,
            "location": at.country,
            "properties": graph,
        },
        separators=(",", ":"),
    )


def _device(job: Job, session: Session) -> dict[str, object]:
    mac = "Mac OS X" in job.agent
    if session.machine != "laptop" or not job.laptops:
        return {
            "deviceId": "",
            "displayName": "",
            "operatingSystem": "Ios" if session.machine == "phone" else ("MacOs" if mac else "Windows10"),
            "browser": "Mobile Safari" if session.machine == "phone" else "Chrome 137.0.0",
            "isCompliant": False,
            "isManaged": False,
            "trustType": "",
        }
    machine = job.laptop_on(session.day)
    return {
        "deviceId": machine.device_id,
        "displayName": machine.hostname,
        "operatingSystem": "MacOs" if mac else "Windows10",
        "browser": "Chrome 137.0.0",
        "isCompliant": True,
        "isManaged": True,
        "trustType": "Azure AD joined",
    }
