"""Tables that an office program saved in Windows-1252, Windows' Western European encoding, told from damaged UTF-8.

Why: lines that are no UTF-8 are set aside, and in such a list those are the people with an accent in their names, who
would be assessed by nothing. It is read so where nothing else is likely: no character of UTF-8 in the whole file,
hardly any signs beyond ASCII, never three of them in a row, and each a letter or a sign of print there.
"""

import re
from pathlib import Path

WINDOWS = "windows-1252"
_LONGEST_BYTES = 64 << 20
_RUNS = re.compile(rb"[\x80-\xff]+")
_UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_MOST = 0.05
_SIGNS = "’‘“”‚–—…€·´ª°º®©«» ".encode("cp1252")
_LETTERS = bytes(b for b in range(0x80, 0x100) if bytes([b]).decode("cp1252", "ignore").isalpha())
_KNOWN = frozenset(_LETTERS + _SIGNS)


def is_windows(path: Path) -> bool:
    """Is a file of text, which is not ASCII, Windows-1252?"""
    if path.stat().st_size > _LONGEST_BYTES:
        return False
    data = path.read_bytes()
    if _UTF_8.search(data):
        return False
    runs: list[bytes] = _RUNS.findall(data)
    if max(map(len, runs), default=0) > 2:
        return False
    high = b"".join(runs)
    return 0 < len(high) <= _MOST * len(data) and _KNOWN.issuperset(high)
