"""How long the console's pages take, over loopback, one reader at a time.

Usage: .venv/bin/python benchmarks/console.py WORKSPACE [--times 40]

Prints for each page the median and the 95th percentile of the time from request to last byte, in milliseconds. Every
subject and every network is another page; twenty of each are asked for in turn.
"""

import argparse
import http.cookiejar
import re
import socket
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from bonafides.console.app import make

PAGES = ("/", "/?number=2", "/cases", "/search?q=worker", "/readiness", "/indicators", "/runs", "/ledger", "/administration")
NO_LIMIT = dict.fromkeys(("asked", "changed", "outside"), "1000000/minute")


def serving(workspace: Path, database: str) -> tuple[uvicorn.Server, Callable[[str], str]]:
    """A console on this machine, and a reader of its pages."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = make(workspace, actor="bench", clock=lambda: datetime.now(UTC), database=database, limits=NO_LIMIT)
    app.state.room.pages.run.warm()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.01)
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def read(path: str) -> str:
        return opener.open(f"http://127.0.0.1:{port}{path.replace('&amp;', '&')}").read().decode()

    read(f"/?key={app.state.room.entrance.key}")
    return server, read


def timed(read: Callable[[str], str], paths: list[str], times: int) -> tuple[float, float]:
    """Median and 95th percentile, milliseconds."""
    took = []
    for n in range(times):
        start = time.perf_counter()
        read(paths[n % len(paths)])
        took.append((time.perf_counter() - start) * 1000)
    took.sort()
    return took[len(took) // 2], took[min(len(took) - 1, int(len(took) * 0.95))]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--times", type=int, default=40)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server, read = serving(asked.workspace, f"sqlite:///{folder}/ledger.sqlite")
        overview = read("/")
        subjects = sorted(set(re.findall(r'href="(/subject/[^"]+)"', overview)))[:20]
        networks = sorted(set(re.findall(r'href="(/network/[^"]+)"', overview)))[:20]
        print("| page | median, ms | 95th percentile, ms |\n| --- | --- | --- |")
        kinds = [(page, [page]) for page in PAGES]
        kinds += [("a subject", subjects), ("evidence on a subject", [f"{s}/evidence" for s in subjects])]
        kinds.append(("a network", networks))
        for name, paths in kinds:
            median, late = timed(read, paths, asked.times)
            print(f"| {name} | {median:.0f} | {late:.0f} |")
        server.should_exit = True


if __name__ == "__main__":
    main()
