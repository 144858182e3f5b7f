"""Bring exports in from a vendor's API or a bucket."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Event

import click

from bonafides import api
from bonafides.cli.base import DONE, as_json, environment, now, progress, put, put_json, put_table
from bonafides.errors import BadSettings


@click.command("fetch")
@click.argument("source", required=False)
@click.argument("exports", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option("--company", help="Whose records they are: the name of the folder under EXPORTS.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="What the vendor's API needs to know.")
@click.option("--since", metavar="DAY", help="First day to ask for, the first time; 90 days ago if not given.")
@click.option(
    "--from",
    "from_url",
    metavar="URL",
    help="Copy new objects of a bucket or folder instead: s3://, gs://, az://, file://.",
)
@as_json
def COMMAND(
    source: str | None,
    exports: Path | None,
    company: str | None,
    settings: tuple[str, ...],
    since: str | None,
    from_url: str | None,
    is_json: bool,
) -> int:
    """Bring what is new of SOURCE into EXPORTS/<company>/<source>/; without SOURCE, list what can be asked.

    Each stretch of time becomes one file, whole or not at all; the next call goes on where this one ended. The vendor's
    limits are kept, what may pass is tried again. Secrets come from BONAFIDES_<SOURCE>_<SECRET> in the environment, or
    from the keyring (service "bonafides", name "<source>.<secret>"); none is written anywhere.

    \b
    Examples:
      bonafides fetch
      bonafides fetch okta_system_log exports --company acme --set domain=acme.okta.com
      bonafides fetch crowdstrike_fdr exports --company acme --from s3://bucket/data
    """
    if source is None:
        return _list(is_json)
    if exports is None or company is None:
        raise BadSettings("fetch needs EXPORTS and --company")
    given = _settings(settings)
    secrets = {} if from_url else _secrets(source, api.apis()[source].secrets if source in api.apis() else ())
    found = api.fetch(
        source,
        company,
        exports,
        given=given,
        secrets=secrets,
        since=since,
        from_url=from_url,
        clock=now,
        sleep=_wait,
        say=progress(is_json),
    )
    if is_json:
        put_json(
            {"source": source, "company": company, "files": found.files, "items": found.items, "until": found.until}
        )
    else:
        until = f", everything until {found.until:%Y-%m-%d %H:%M} UTC is there" if found.until else ""
        put(f"{source}: files: {found.files:,}, {'bytes' if from_url else 'events'}: {found.items:,}{until}")
    return DONE


def _wait(seconds: float) -> None:
    Event().wait(seconds)


def _list(is_json: bool) -> int:
    known = api.apis()
    if is_json:
        put_json({n: {"says": a.says, "settings": dict(a.wants), "secrets": dict(a.secrets)} for n, a in known.items()})
        return DONE
    put("Sources that can be asked, with their settings and secrets (any source comes from a bucket):")
    put_table((name, ", ".join(one.wants) or "-", ", ".join(one.secrets), one.says) for name, one in known.items())
    return DONE


def _settings(given: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for text in given:
        name, is_there, value = text.partition("=")
        if not is_there:
            raise BadSettings(f"--set {name}: expected NAME=VALUE")
        found[name.strip()] = value.strip()
    return found


def _secrets(source: str, names: Iterable[str] | Mapping[str, str]) -> dict[str, str]:
    """What the environment or the keyring holds. Why here: nothing below the faces reads either."""
    found = {}
    for name in names:
        value = environment(f"BONAFIDES_{source}_{name}".upper()) or _ringed(f"{source}.{name}")
        if value:
            found[name] = value
    return found


def _ringed(name: str) -> str | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password("bonafides", name)
    except KeyringError:
        return None
