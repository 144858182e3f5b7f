"""Take what arrives in a folder, and tell what is new since last time."""

from pathlib import Path
from threading import Event

import click

from bonafides import api
from bonafides.cli.base import (
    DONE,
    DONE_WITH_TROUBLE,
    as_json,
    database,
    now,
    progress,
    put,
    put_json,
    settings,
    warn,
    workspace,
)
from bonafides.errors import BadSettings
from bonafides.settings import Settings


@click.command("watch")
@click.argument("exports", type=click.Path(path_type=Path, exists=True, file_okay=False))
@workspace
@settings
@click.option(
    "--notify",
    "places",
    multiple=True,
    envvar="BONAFIDES_NOTIFY",
    show_envvar=True,
    help="Where news is sent besides: Apprise URLs (json://host/path, mailtos://…); may be given several times.",
)
@database
@click.option("--every", type=click.IntRange(min=1), default=60, show_default=True, help="Seconds between two looks.")
@click.option("--once", is_flag=True, help="Look once, and end.")
@as_json
def COMMAND(
    exports: Path,
    workspace: Path,
    settings_file: Path | None,
    places: tuple[str, ...],
    database: str | None,
    every: int,
    once: bool,
    is_json: bool,
) -> int:
    """Take what arrives in EXPORTS, run, and tell what is new: tiers raised, new findings, networks grown.

    What people dismissed in a case is no news until something newer is found. News is masked, goes to standard
    output and to each place of --notify, and is never sent twice to one: what a place did not take is tried again
    at the next look. Secrets of places belong in BONAFIDES_NOTIFY, not on the command line; none is kept. Files are
    taken once they lie still from one look to the next.

    \b
    Examples:
      bonafides watch exports
      bonafides watch exports --once --json
      BONAFIDES_NOTIFY="json://hooks.example.com/insider" bonafides watch exports --every 300
    """
    settings = Settings.read(settings_file)
    _check(places)
    waiting, code, still = Event(), DONE, None
    while True:
        there = None if once else api.arrived(exports)
        if once or there == still:
            found = api.watch(
                exports,
                workspace,
                now=now(),
                settings=settings,
                places=places,
                send=_send,
                database=database,
                say=progress(is_json),
            )
            if is_json and (found.news is not None or once):
                put_json(found.news.plain() if found.news else None)
            elif found.news is not None:
                put(f"run {found.news.run_id}: " + ("new since last time:" if found.news else "nothing new"))
                for line in found.news.lines():
                    put(f"  {line}")
            elif once:
                put("nothing arrived")
            if found.untold or found.given_up:
                code = DONE_WITH_TROUBLE
                warn(f"{found.untold} messages are still to be taken, {found.given_up} were given up")
        if once:
            return code
        still = there
        waiting.wait(every)


def _check(places: tuple[str, ...]) -> None:
    """Raises: BadSettings where a place cannot be one. Its text stays out of the message: it may hold a secret."""
    if not places:
        return
    try:
        import apprise
    except ImportError as why:
        raise BadSettings("--notify needs Apprise: pip install 'bonafides[notify]'") from why
    for number, place in enumerate(places, 1):
        if not apprise.Apprise().add(place):
            raise BadSettings(f"--notify: the URL number {number} is none that Apprise knows")


def _send(place: str, title: str, text: str) -> bool:
    import apprise

    there = apprise.Apprise()
    there.add(place)
    return bool(there.notify(body=text, title=title))
