"""CrowdStrike Falcon Data Replicator: flat events, numbers as text, times as epoch milliseconds in text.

Shape: USB vendor and product ids are decimal, as the sensor writes them. A composite USB device is class 0 in
`DcUsbDeviceConnected`; its interfaces follow in `DcUsbInterfaceDescriptor` events with the same
`DeviceDescriptorSetHash`. Display events do not exist in this log.
"""

import hashlib
import json
from collections.abc import Iterator

from bonafides.simulate.calendar import DAY_SECONDS, FIRST, LAST, day_of, midnight
from bonafides.simulate.chance import Dice
from bonafides.simulate.companies import Company
from bonafides.simulate.equipment import PROGRAMS
from bonafides.simulate.people import Act, Attachment, Job, Laptop
from bonafides.simulate.sessions import Session

# Chosen so that a person-quarter is about 40 events: a thin sample of what a sensor reports.
ONLINE = 0.16
PROGRAM = 0.2
LOOK_UP = 0.12
NIGHT = 0.16  # background work of a computer that is never switched off
_WINDOWS = (
    (r"\Device\HarddiskVolume3\Program Files\Google\Chrome\Application\chrome.exe", "Google LLC"),
    (r"\Device\HarddiskVolume3\Program Files\Microsoft VS Code\Code.exe", "Microsoft Corporation"),
    (r"\Device\HarddiskVolume3\Program Files\WindowsApps\MSTeams\ms-teams.exe", "Microsoft Corporation"),
    (r"\Device\HarddiskVolume3\Windows\System32\svchost.exe", "Microsoft Windows"),
    (r"\Device\HarddiskVolume3\Users\user\AppData\Local\slack\slack.exe", "Slack Technologies, LLC"),
)
_MAC = (
    ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "Google LLC"),
    ("/Applications/Visual Studio Code.app/Contents/MacOS/Electron", "Microsoft Corporation"),
    ("/Applications/zoom.us.app/Contents/MacOS/zoom.us", "Zoom Video Communications, Inc."),
    ("/usr/libexec/trustd", "Apple Inc."),
)
_HOSTS = ("mail.example.com", "wiki.example.com", "updates.example.net", "registry.example.org", "chat.example.com")


def lines(seed: int, company: Company, job: Job, sessions: list[Session]) -> Iterator[tuple[int, str]]:
    """Events of one worker's computer: (milliseconds, line)."""
    if not job.laptops:
        return
    dice = Dice(seed, "fdr", company.index, job.worker_id)
    sensors: dict[str, _Sensor] = {}

    def sensor_on(day: int) -> _Sensor:
        machine = job.laptop_on(day)
        if machine.serial not in sensors:
            sensors[machine.serial] = _Sensor(dice, company, machine)
        return sensors[machine.serial]

    last_day = -1
    for session in sessions:
        if session.machine == "laptop":
            yield from sensor_on(session.day).day(session, job, session.day != last_day)
            last_day = session.day
    for act in job.acts:
        if act.service == "endpoint":
            yield from sensor_on(day_of(act.second)).act(act)
    if job.always_on:
        yield from sensor_on(LAST).nights(job)


class _Sensor:
    """Writes one computer's events."""

    def __init__(self, dice: Dice, company: Company, machine: Laptop) -> None:
        self._dice = dice
        self._machine = machine
        self._mac = machine.system.startswith("mac")
        self._company = company
        self._has_introduced = False

    def day(self, session: Session, job: Job, first: bool) -> Iterator[tuple[int, str]]:
        dice = self._dice
        span = max(60, session.end - session.start)

        def moment() -> int:
            return (session.start + dice.below(span)) * 1000 + dice.below(1000)

        if first and (dice.chance(ONLINE) or not self._has_introduced):
            self._has_introduced = True
            yield self._introduce(session.start * 1000, session.ip, "AgentOnline")
            if dice.chance(0.3):
                yield self._introduce(session.start * 1000 + 900, session.ip, "HostInfo")
        if dice.chance(PROGRAM):
            image, signer = dice.pick(_MAC if self._mac else _WINDOWS)
            yield self._process(moment(), session.ip, image, f'"{image}"', signer)
        if dice.chance(LOOK_UP):
            yield self._look_up(moment(), session.ip, dice.pick(_HOSTS))
        if first:
            for tool in job.tools:
                if tool.since <= session.day <= tool.until and dice.chance(tool.daily):
                    yield from self._tool(moment(), session.ip, tool.name)
            for thing in job.attachments:
                if thing.bus == "usb" and thing.first <= session.day and dice.chance(thing.daily):
                    yield from self._plug(session.start * 1000 + dice.between(1000, 90_000), session.ip, thing)

    def nights(self, job: Job) -> Iterator[tuple[int, str]]:
        """A computer that is never off reports at all hours from where it stands."""
        dice = self._dice
        stays = [s for s in job.stays if s.machine == "laptop" and not s.extra]
        for day in range(max(FIRST, job.started), min(LAST, job.ended or LAST) + 1):
            here = [s for s in stays if s.first <= day <= s.last]
            if here and dice.chance(NIGHT):
                stay = max(here, key=lambda s: s.share)
                address = stay.line.on(day, dice)
                ms = (midnight(day) + dice.below(DAY_SECONDS)) * 1000 + dice.below(1000)
                yield self._look_up(ms, address.seen_as(day), "updates.example.net")

    def act(self, act: Act) -> Iterator[tuple[int, str]]:
        """A burst on the computer: programs with their command lines, or connections to hosts."""
        for index, target in enumerate(act.targets):
            ms = (act.second + index * act.spread // len(act.targets)) * 1000 + self._dice.below(1000)
            ip = act.line.on(day_of(act.second), self._dice).seen_as(act.second)
            if act.action == "process":
                yield self._process(ms, ip, target.split(" ")[0], target, "")
            else:
                yield self._look_up(ms, ip, target)
                yield self._connect(ms + 400, ip, 443)

    def _base(self, ms: int, ip: str, event: str) -> dict[str, object]:
        platform = "Mac" if self._mac else "Win"
        return {
            "event_simpleName": event,
            "name": f"{event}{platform if self._mac else ''}V1",
            "timestamp": str(ms),
            "aid": self._machine.agent_id,
            "cid": self._company.customer_id,
            "aip": ip,
            "id": self._dice.uuid(),
            "event_platform": platform,
            "ConfigBuild": "1007.3.0019610.1",
            "Entitlements": "15",
        }

    def _write(self, ms: int, ip: str, event: str, **more: str) -> tuple[int, str]:
        return ms, json.dumps({**self._base(ms, ip, event), **more}, separators=(",", ":"))

    def _introduce(self, ms: int, ip: str, event: str) -> tuple[int, str]:
        machine = self._machine
        return self._write(
            ms,
            ip,
            event,
            ComputerName=machine.hostname,
            SystemSerialNumber=machine.serial,
            SystemProductName=machine.model,
            SystemManufacturer="Apple Inc." if self._mac else "Example Computers",
            AgentVersion="7.25.19706.0",
        )

    def _process(self, ms: int, ip: str, image: str, command: str, signer: str) -> tuple[int, str]:
        dice = self._dice
        return self._write(
            ms,
            ip,
            "ProcessRollup2",
            ImageFileName=image,
            CommandLine=command,
            FileSigningCertSubject=signer,
            SHA256HashData=hashlib.sha256(image.encode()).hexdigest(),
            TargetProcessId=str(dice.between(10**9, 10**10)),
            ParentProcessId=str(dice.between(10**9, 10**10)),
            ContextTimeStamp=f"{ms / 1000:.3f}",
        )

    def _look_up(self, ms: int, ip: str, host: str) -> tuple[int, str]:
        number = str(self._dice.between(10**9, 10**10))
        return self._write(ms, ip, "DnsRequest", DomainName=host, RequestType="1", ContextProcessId=number)

    def _connect(self, ms: int, ip: str, port: int) -> tuple[int, str]:
        dice = self._dice
        return self._write(
            ms,
            ip,
            "NetworkConnectIP4",
            RemoteAddressIP4=f"203.0.113.{dice.between(1, 254)}",
            RemotePort=str(port),
            LocalAddressIP4=f"10.0.0.{dice.between(2, 250)}",
            LocalPort=str(dice.between(49152, 65535)),
            Protocol="6",
            ConnectionDirection="0",
        )

    def _tool(self, ms: int, ip: str, name: str) -> Iterator[tuple[int, str]]:
        program = PROGRAMS[name]
        image = program.mac if self._mac else program.windows
        yield self._process(ms, ip, image, f'"{image}" --service', program.signer)
        if not program.hosts:
            return
        if self._dice.chance(0.6):
            yield self._look_up(ms + 1500, ip, self._dice.pick(program.hosts))
        if self._dice.chance(0.5):
            yield self._connect(ms + 2100, ip, program.port)

    def _plug(self, ms: int, ip: str, thing: Attachment) -> Iterator[tuple[int, str]]:
        text = f"{thing.vendor_id}{thing.product_id}{thing.product}{thing.serial}{thing.classes}"
        descriptors = hashlib.sha256(text.encode()).hexdigest()
        composite = len(thing.classes) > 1
        vendor, product = str(int(thing.vendor_id, 16)), str(int(thing.product_id, 16))
        shared = {
            "DeviceVendorId": vendor,
            "DeviceProductId": product,
            "DeviceDescriptorSetHash": descriptors,
        }
        yield self._write(
            ms,
            ip,
            "DcUsbDeviceConnected",
            **shared,
            DeviceManufacturer=thing.vendor,
            DeviceProduct=thing.product,
            DeviceSerialNumber=thing.serial,
            DeviceUsbClass="0" if composite else str(int(thing.classes[0], 16)),
            DeviceUsbVersion="512",
            DeviceInstanceId=(
                f"USB\\VID_{thing.vendor_id.upper()}&PID_{thing.product_id.upper()}\\{thing.serial or '5&1a2b3c&0&2'}"
            ),
            DevicePropertyDeviceDescription="USB Composite Device" if composite else "USB Input Device",
        )
        if composite:
            for number, usb_class in enumerate(thing.classes):
                more = {"DeviceUsbClass": str(int(usb_class, 16)), "InterfaceNumber": str(number)}
                yield self._write(ms + 3 + number, ip, "DcUsbInterfaceDescriptor", **shared, **more)
