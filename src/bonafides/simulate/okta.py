"""Okta System Log, in the shape in which the API answers (one event a line).

Source: Okta's field dictionary. The phone number of a factor is not in the log, only the id of a MobilePhone, which
is the same for the same number.
"""

import hashlib
import json
from collections.abc import Iterator

from bonafides.simulate.calendar import FIRST, LAST, day_of, iso_ms, midnight
from bonafides.simulate.chance import Dice
from bonafides.simulate.companies import Company
from bonafides.simulate.equipment import PHONE_AGENTS
from bonafides.simulate.internet import Address
from bonafides.simulate.people import Factor, Job, Laptop
from bonafides.simulate.sessions import Session

# Chosen so that a person-quarter is about 45 events; a live tenant logs more of the same.
START = 0.46
SSO = 0.24
MFA = 0.1
MISTYPED = 0.01
_APPS = ("Mail", "Calendar", "GitHub", "Jira", "Wiki", "Payroll", "Meetings", "CRM", "Cloud Console", "Chat")
_TEXT = {
    "user.session.start": ("User login to Okta", "core.user_auth.login_success"),
    "user.authentication.sso": ("User single sign on to app", "app.auth.sso"),
    "user.authentication.auth_via_mfa": ("Authentication of user via MFA", "core.user.factor.attempt_success"),
    "user.mfa.factor.activate": (
        "Activate factor or authenticator enrollment method for user",
        "core.user.factor.activate",
    ),
    "user.mfa.factor.deactivate": ("Reset factor for user", "core.user.factor.reset_all"),
}


def lines(seed: int, company: Company, job: Job, sessions: list[Session]) -> Iterator[tuple[int, str]]:
    """Events of one account: (milliseconds, line)."""
    dice = Dice(seed, "okta", company.index, job.worker_id)
    writer = _Writer(dice, company, job)
    for number, session in enumerate(sessions):
        yield from writer.session(session, number)
    for factor in job.factors:
        if midnight(FIRST) <= factor.second < midnight(LAST + 1):
            yield writer.factor(factor)


class _Writer:
    """Writes one account's events."""

    def __init__(self, dice: Dice, company: Company, job: Job) -> None:
        self._dice = dice
        self._job = job
        self._user = f"00u{hashlib.blake2b(job.email.encode(), digest_size=9).hexdigest()[:17]}"
        self._phone_agent = dice.pick(PHONE_AGENTS)
        self._trusts = company.device_trust
        self._devices: dict[str, str] = {}
        self._places: dict[Address, tuple[str, str]] = {}

    def session(self, session: Session, number: int) -> Iterator[tuple[int, str]]:
        dice = self._dice
        second = session.start * 1000 + dice.below(1000)
        key = f"idx{dice.hexes(22)}"
        begins = dice.chance(START) or number == 0 or session.machine != "laptop"
        if begins:
            if dice.chance(MISTYPED):
                yield self._line(second - 40_000, "user.session.start", session, key, failed=True)
            yield self._line(second, "user.session.start", session, key)
            if dice.chance(MFA):
                yield self._line(second + dice.between(3000, 30_000), "user.authentication.auth_via_mfa", session, key)
        if dice.chance(SSO):
            at = session.start + dice.between(60, max(61, session.end - session.start))
            yield self._line(at * 1000 + dice.below(1000), "user.authentication.sso", session, key)

    def factor(self, factor: Factor) -> tuple[int, str]:
        day = day_of(factor.second)
        address = factor.line.on(day, self._dice)
        session = Session(factor.second, factor.second, day, address, address.seen_as(factor.second), "browser")
        event = "user.mfa.factor.deactivate" if factor.action == "removed" else "user.mfa.factor.activate"
        extra = {"sms": "SMS", "push": "Okta Verify", "recovery_email": "Email"}.get(factor.factor, factor.factor)
        target = {"id": f"opf{self._dice.hexes(17)}", "type": "AuthenticatorEnrollment", "alternateId": "unknown"}
        targets: list[dict[str, object]] = [{**target, "displayName": extra, "detailEntry": None}]
        if factor.factor == "sms" and factor.phone:
            same = hashlib.blake2b(factor.phone.encode(), digest_size=9).hexdigest()[:17]
            phone = {"id": f"mbl{same}", "type": "MobilePhone", "alternateId": "unknown", "displayName": "Phone"}
            targets.append({**phone, "detailEntry": None})
        milliseconds = factor.second * 1000 + self._dice.below(1000)
        return self._line(milliseconds, event, session, f"idx{self._dice.hexes(22)}", targets=json.dumps(targets))

    def _line(
        self, ms: int, event: str, session: Session, key: str, failed: bool = False, targets: str | None = None
    ) -> tuple[int, str]:
        dice = self._dice
        text, legacy = _TEXT[event]
        geography, security = self._where(session.address)
        phone = session.machine == "phone"
        agent = self._phone_agent if phone else self._job.agent
        if session.machine == "own" and self._job.own_agent:
            agent = self._job.own_agent
        system, browser = _system(agent)
        name = f"{self._job.given} {self._job.family}"
        email = self._job.former_email
        login = email[0] if email and ms < midnight(email[1]) * 1000 else self._job.email
        if targets is None:
            app = dice.pick(_APPS)
            targets = (
                f'[{{"id":"0oa{app.lower().replace(" ", "")}","type":"AppInstance","alternateId":"{app}",'
                f'"displayName":"{app}","detailEntry":null}}]'
                if event == "user.authentication.sso"
                else "null"
            )
        reason = '"INVALID_CREDENTIALS"' if failed else "null"
        factor = "FACTOR_PROVIDER" if event.endswith("mfa") else "OKTA_AUTHENTICATION_PROVIDER"
        version = "V6" if ":" in session.ip else "V4"
        device = self._device(session.day) if session.machine == "laptop" and self._trusts else "null"
        return ms, (
            f'{{"uuid":"{dice.uuid()}","published":"{iso_ms(ms)}","eventType":"{event}","version":"0",'
            f'"severity":"{"WARN" if failed else "INFO"}","legacyEventType":"{legacy}","displayMessage":"{text}",'
            f'"actor":{{"id":"{self._user}","type":"User","alternateId":"{login}","displayName":"{name}",'
            f'"detailEntry":null}},"client":{{"userAgent":{{"rawUserAgent":"{agent}","os":"{system}",'
            f'"browser":"{browser}"}},"zone":"null","device":"{"Mobile" if phone else "Computer"}","id":null,'
            f'"ipAddress":"{session.ip}","geographicalContext":{geography}}},"device":{device},'
            f'"authenticationContext":{{"authenticationProvider":"{factor}","credentialProvider":null,'
            f'"credentialType":null,"issuer":null,"interface":null,"authenticationStep":0,'
            f'"rootSessionId":"{key}","externalSessionId":"{key}"}},'
            f'"outcome":{{"result":"{"FAILURE" if failed else "SUCCESS"}","reason":{reason}}},'
            f'"target":{targets},"transaction":{{"type":"WEB","id":"{dice.hexes(32)}","detail":{{}}}},'
            f'"securityContext":{security},"request":{{"ipChain":[{{"ip":"{session.ip}",'
            f'"geographicalContext":{geography},"version":"{version}","source":null}}]}},'
            f'"debugContext":{{"debugData":{{"requestId":"{dice.hexes(24)}","dtHash":"{key[3:]}",'
            f'"requestUri":"/idp/idx/identify","threatSuspected":"false","url":"/idp/idx/identify?"}}}}}}'
        )

    def _device(self, day: int) -> str:
        machine = self._job.laptop_on(day)
        if machine.serial not in self._devices:
            self._devices[machine.serial] = _device(machine)
        return self._devices[machine.serial]

    def _where(self, address: Address) -> tuple[str, str]:
        found = self._places.get(address)
        if found is None:
            found = _geography(address), _security(address)
            self._places[address] = found
        return found


def _geography(address: Address) -> str:
    return json.dumps(
        {
            "city": address.city or None,
            "state": address.region_name,
            "country": address.country_name,
            "postalCode": address.postal_code or None,
            "geolocation": {"lat": address.latitude, "lon": address.longitude},
        },
        separators=(",", ":"),
    )


def _security(address: Address) -> str:
    return json.dumps(
        {
            "asNumber": address.asn,
            "asOrg": address.org.lower(),
            "isp": address.org.lower(),
            "domain": "example.net",
            "isProxy": address.is_proxy,
        },
        separators=(",", ":"),
    )


def _system(agent: str) -> tuple[str, str]:
    if "iPhone" in agent:
        return "iOS (iPhone)", "SAFARI"
    if "Android" in agent:
        return "Android", "CHROME"
    system = "Mac OS X" if "Mac OS X" in agent else "Windows 11"
    if "Edg/" in agent:
        return system, "EDGE"
    return system, "SAFARI" if "Version/" in agent else "CHROME"


def _device(machine: Laptop) -> str:
    mac = machine.system.startswith("mac")
    return json.dumps(
        {
            "id": machine.device_id,
            "name": machine.hostname,
            "os_platform": "OSX" if mac else "WINDOWS",
            "os_version": "15.5.0" if mac else "10.0.26100.4349",
            "managed": True,
            "registered": True,
            "device_integrator": None,
            "disk_encryption_type": "ALL_INTERNAL_VOLUMES",
            "screen_lock_type": "BIOMETRIC",
            "jailbreak": None,
            "secure_hardware_present": True,
        },
        separators=(",", ":"),
    )
