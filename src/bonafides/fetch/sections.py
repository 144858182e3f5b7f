"""Lines of text as items: each line with the lines that open the sections it stands in."""

import json
import re
from collections.abc import Iterator, Mapping


def sections(
    lines: Iterator[tuple[int, str]], opens: Mapping[str, str], file: str | None
) -> Iterator[tuple[int, str, str | None]]:
    """Each line as (number, its item as JSON, None).

    Shape: the item holds `line`, one key for every section that is open, and `file` if it is given. `opens` maps a key
    to the pattern of the line that opens such a section; opening one closes those named after it.
    Why: what a line means stands above it in such files (a payroll batch's date, a device's name), and two lines alike
    in different sections are two items.
    """
    patterns = {name: re.compile(pattern) for name, pattern in opens.items()}
    order = list(patterns)
    above: dict[str, str] = {}
    for number, text in lines:
        opened = next((name for name, pattern in patterns.items() if pattern.search(text)), None)
        if opened is not None:
            for name in order[order.index(opened) :]:
                above.pop(name, None)
            above[opened] = text
        item = {"line": text, **above} | ({"file": file} if file is not None else {})
        yield number, json.dumps(item, ensure_ascii=False), None
