"""Computers, things that are plugged into them, and remote-access programs.

What devices announce on USB and over a display cable, and what programs are called, are public facts about products.
"""

from dataclasses import dataclass

from bonafides.simulate.chance import Dice
from bonafides.simulate.people import Attachment, Laptop

_WINDOWS = ("Latitude 5450", "ThinkPad T14 Gen 5", "EliteBook 840 G11", "Surface Laptop 6")
_MACS = ("MacBook Pro 14", "MacBook Air 13")


def laptop(dice: Dice, slug: str, device_trust: bool, enrolled: int) -> Laptop:
    """A new computer of a company, with serial number, host name and agent."""
    mac = dice.chance(0.38)
    serial = dice.hexes(10).upper() if not mac else f"C02{dice.hexes(7).upper()}"
    return Laptop(
        device_id=f"guo{dice.hexes(17)}" if device_trust else dice.uuid(),
        serial=serial,
        hostname=f"{slug[:6].upper()}-{serial[-6:]}",
        system="macOS 15" if mac else "Windows 11",
        model=dice.pick(_MACS) if mac else dice.pick(_WINDOWS),
        agent_id=dice.hexes(32),
        enrolled=enrolled,
    )


def agent(dice: Dice, system: str) -> str:
    """The browser's user agent on a computer."""
    version = dice.between(133, 138)
    if system.startswith("mac"):
        if dice.chance(0.25):
            return (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                f"Version/18.{dice.between(1, 5)} Safari/605.1.15"
            )
        return (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
            f"Chrome/{version}.0.0.0 Safari/537.36"
        )
    edge = f" Edg/{version}.0.0.0" if dice.chance(0.35) else ""
    return (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        f"Chrome/{version}.0.0.0 Safari/537.36{edge}"
    )


PHONE_AGENTS = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 "
    "Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 14; SM-S921U) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/136.0.0.0 "
    "Mobile Safari/537.36",
)

# bus, vendor id, product id, vendor, product, has a serial number, interface classes
_ORDINARY = (
    ("usb", "046d", "c52b", "Logitech", "USB Receiver", False, ("03",)),
    ("usb", "046d", "c548", "Logitech", "USB Receiver", False, ("03",)),
    ("usb", "413c", "2113", "Dell Inc.", "Dell KB216 Wired Keyboard", False, ("03",)),
    ("usb", "045e", "07f8", "Microsoft", "Wired Keyboard 600", False, ("03",)),
    ("usb", "05ac", "024f", "Apple Inc.", "Magic Keyboard", True, ("03",)),
    ("usb", "0b0e", "2463", "GN Audio", "Jabra Evolve2 65", True, ("01", "03")),
    ("usb", "046d", "085e", "Logitech", "BRIO Ultra HD Webcam", True, ("0e", "01")),
    ("usb", "17e9", "6000", "DisplayLink", "Universal Dock", True, ("ff", "01", "02")),
    ("usb", "0bda", "8153", "Realtek", "USB 10/100/1000 LAN", True, ("ff", "02")),
    ("usb", "1050", "0407", "Yubico", "YubiKey OTP+FIDO+CCID", False, ("03", "0b")),
    ("usb", "0781", "5581", "SanDisk", "Ultra", True, ("08",)),
    ("usb", "1e4e", "0109", "Etron", "USB2.0 Camera", False, ("0e",)),
)
_DISPLAYS = (
    ("DEL", "a1d7", "Dell", "DELL U2723QE"),
    ("DEL", "41f3", "Dell", "DELL P2422H"),
    ("GSM", "5b9a", "LG", "LG HDR 4K"),
    ("ACR", "0801", "Acer", "B246WL"),
    ("AUS", "24a1", "ASUS", "PA248QV"),
    ("SAM", "7106", "Samsung", "S34J55x"),
)


def dock(dice: Dice) -> Attachment:
    """A docking station with a serial number of its own."""
    return Attachment(
        "usb", "17e9", "6000", "DisplayLink", "Universal Dock", dice.hexes(12).upper(), ("ff", "01", "02")
    )


def switch(dice: Dice) -> Attachment:
    """A plain KVM switch between two computers on one desk."""
    return Attachment("usb", "0557", "2213", "ATEN", "CS1822 KVM Switch", "", ("03",), 0, 0.15)


# Names, identifiers and default serial numbers as public firmware of IP-KVMs announces them.
_KVM_OPEN = (
    ("1d6b", "0104", "PiKVM", "PiKVM Composite Device", "CAFEBABE", ("03", "08")),
    ("1d6b", "0104", "tinypilot", "Multifunction USB Device", "6b65796d696d6570690", ("03",)),
    ("1d6b", "0104", "JetKVM", "USB Emulation Device", "", ("03", "08")),
    ("3346", "1009", "sipeed", "NanoKVM", "0123456789ABCDEF", ("03", "08", "02")),
    ("38eb", "0104", "Glinet", "Glinet Composite Device", "CAFEBABE", ("03", "08")),
)
_KVM_DISPLAYS = (
    ("LNX", "7772", "PiKVM", "PiKVM V4 Mini", "CAFEBABE"),
    ("TSB", "8888", "Toshiba", "Toshiba-H2C", ""),
    ("TSB", "8801", "Toshiba", "T749-fHD720", ""),
    ("SPD", "3301", "Sipeed", "NanoKVM", ""),
)
_KVM_DISGUISED = (
    ("046d", "c52b", "Logitech (x64)", "Logitech USB Input Device", ("03", "08")),
    ("413c", "2011", "Dell Inc.", "Multimedia Pro Keyboard", ("01", "03", "08")),
    ("045e", "005f", "Microsoft", "Wireless MultiMedia Keyboard", ("03", "08")),
)


def desk(dice: Dice) -> list[Attachment]:
    """What an ordinary worker plugs in: two or three USB things and usually a monitor."""
    things = []
    for bus, vendor_id, product_id, vendor, product, numbered, classes in dice.shuffled(_ORDINARY)[
        : dice.between(1, 3)
    ]:
        serial = dice.hexes(12).upper() if numbered else ""
        daily = 0.04 if "08" not in classes else 0.015
        things.append(Attachment(bus, vendor_id, product_id, vendor, product, serial, classes, 0, daily))
    if dice.chance(0.65):
        things.append(display(dice))
    return things


def display(dice: Dice) -> Attachment:
    """A monitor with a serial number of its own."""
    vendor_id, product_id, vendor, product = dice.pick(_DISPLAYS)
    return Attachment("display", vendor_id, product_id, vendor, product, dice.hexes(10).upper(), (), 0, 0.03)


def kvm(dice: Dice, manner: str, first: int) -> list[Attachment]:
    """An IP-KVM as a laptop sees it.

    Shape: `manner` is `open` (announces itself), `display` (only its picture input does) or `disguised` (a keyboard
    that offers mass storage or sound as well).
    """
    seen = []
    if manner == "open":
        vendor_id, product_id, vendor, product, serial, classes = dice.pick(_KVM_OPEN)
        seen.append(Attachment("usb", vendor_id, product_id, vendor, product, serial, classes, first, 0.12))
    if manner == "disguised":
        vendor_id, product_id, vendor, product, classes = dice.pick(_KVM_DISGUISED)
        own = dice.hexes(12)
        seen.append(Attachment("usb", vendor_id, product_id, vendor, product, own, classes, first, 0.12))
        fake = dice.pick(_DISPLAYS)
        seen.append(Attachment("display", *fake, dice.hexes(10).upper(), (), first, 0.05))
    else:
        vendor_id, product_id, vendor, product, serial = dice.pick(_KVM_DISPLAYS)
        seen.append(Attachment("display", vendor_id, product_id, vendor, product, serial, (), first, 0.06))
    if manner == "display":
        seen.append(Attachment("usb", "046d", "c31c", "Logitech", "USB Keyboard", "", ("03",), first, 0.1))
    return seen


@dataclass(frozen=True, slots=True)
class Program:
    """A remote-access program: its file on Windows and macOS, who signs it, where it connects."""

    windows: str
    mac: str
    signer: str
    hosts: tuple[str, ...]
    port: int


PROGRAMS: dict[str, Program] = {
    "AnyDesk": Program(
        r"\Device\HarddiskVolume3\Program Files (x86)\AnyDesk\AnyDesk.exe",
        "/Applications/AnyDesk.app/Contents/MacOS/AnyDesk",
        "AnyDesk Software GmbH",
        ("boot.net.anydesk.com", "relay-3f1a77c2.net.anydesk.com"),
        443,
    ),
    "RustDesk": Program(
        r"\Device\HarddiskVolume3\Program Files\RustDesk\rustdesk.exe",
        "/Applications/RustDesk.app/Contents/MacOS/rustdesk",
        "Purslane Tech",
        ("rs-ny.rustdesk.com", "api.rustdesk.com"),
        21116,
    ),
    "TeamViewer": Program(
        r"\Device\HarddiskVolume3\Program Files\TeamViewer\TeamViewer.exe",
        "/Applications/TeamViewer.app/Contents/MacOS/TeamViewer",
        "TeamViewer Germany GmbH",
        ("router15.teamviewer.com", "client.teamviewer.com"),
        5938,
    ),
    "Chrome Remote Desktop": Program(
        r"\Device\HarddiskVolume3\Program Files (x86)\Google\Chrome Remote Desktop\137.0.7151.32\remoting_host.exe",
        "/Library/PrivilegedHelperTools/ChromeRemoteDesktopHost.app/Contents/MacOS/remoting_me2me_host",
        "Google LLC",
        ("remotedesktop-pa.googleapis.com", "remotedesktop.google.com"),
        443,
    ),
    "Splashtop": Program(
        r"\Device\HarddiskVolume3\Program Files (x86)\Splashtop\Splashtop Remote\Server\SRServer.exe",
        "/Applications/Splashtop Streamer.app/Contents/MacOS/Splashtop Streamer",
        "Splashtop Inc.",
        ("st2.api.splashtop.com", "relay.splashtop.com"),
        443,
    ),
    "LogMeIn": Program(
        r"\Device\HarddiskVolume3\Program Files (x86)\LogMeIn\x64\LogMeIn.exe",
        "/Library/Application Support/LogMeIn/bin/LogMeIn.app/Contents/MacOS/LogMeIn",
        "GoTo Technologies USA, LLC",
        ("control.logmein.com", "secure.logmein.com"),
        443,
    ),
    # Keeps a computer awake; not a remote-access program.
    "Caffeine": Program(
        r"\Device\HarddiskVolume3\Users\user\Downloads\caffeine64.exe",
        "/Applications/Caffeine.app/Contents/MacOS/Caffeine",
        "",
        (),
        0,
    ),
    "Parsec": Program(
        r"\Device\HarddiskVolume3\Program Files\Parsec\parsecd.exe",
        "/Applications/Parsec.app/Contents/MacOS/parsecd",
        "Unity Technologies SF",
        ("kessel-ws.parsec.app", "builds.parsec.app"),
        443,
    ),
}
