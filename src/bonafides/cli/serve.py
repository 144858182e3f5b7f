"""Serve the console: pages over a workspace, on this machine."""

from pathlib import Path

import click

from bonafides.cli.base import DONE, as_json, database, environment, now, put, put_json, role, workspace
from bonafides.errors import BadSettings


@click.command("serve")
@workspace
@click.option("--as", "actor", envvar="BONAFIDES_ACTOR", show_envvar=True, help="Who works here; not with --team.")
@role
@database
@click.option(
    "--team",
    "team_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="YAML file of a team (docs/console.md): members sign in at their identity provider.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; another needs --team.")
@click.option("--port", type=click.IntRange(1, 65535), default=8484, show_default=True, help="Port on this machine.")
@as_json
def COMMAND(
    workspace: Path,
    actor: str | None,
    role: str,
    database: str | None,
    team_file: Path | None,
    host: str,
    port: int,
    is_json: bool,
) -> int:
    """Serve pages over the latest run of a workspace: worklist, dossiers, networks, cases, ledger.

    Without a team the console is for one person on this machine: it listens on the loopback address, and lets in
    whoever opens the address that is printed here. With one, members sign in at their identity provider (OpenID
    Connect; the client's secret comes from BONAFIDES_OIDC_SECRET), each in the role that the team's file gives them.
    Subjects are tags until a case is open and a second person agreed. Programs use the same under /api (its description
    is at /api/openapi.json), with the token that is printed here or one of the page Administration.

    \b
    Examples:
      bonafides serve --as mia
      bonafides serve --as ines --role reviewer --port 8485
      bonafides serve --team team.yaml --database postgresql+psycopg://db/bonafides
    """
    try:
        import uvicorn

        from bonafides.console.app import make
        from bonafides.console.team import read
    except ImportError as why:
        raise BadSettings("serve needs FastAPI: pip install 'bonafides[console]'") from why
    if (team_file is None) == (actor is None):
        raise BadSettings("say who works here with --as, or give a team's file with --team")
    if host not in ("127.0.0.1", "localhost", "::1") and team_file is None:
        raise BadSettings("--host: without --team the console is for this machine alone")
    team = read(team_file) if team_file else None
    secret = environment("BONAFIDES_OIDC_SECRET")
    app = make(workspace, clock=now, actor=actor, role=role, team=team, secret=secret, database=database)
    app.state.room.pages.run.warm()
    if team is not None:
        told = {"url": team.address}
    else:
        entrance = app.state.room.entrance
        told = {"url": f"http://127.0.0.1:{port}/?key={entrance.key}", "token": entrance.bearer}
    if is_json:
        put_json(told)
    else:
        put(f"{told['url']} (end it with Ctrl-C)")
        if "token" in told:
            put(f"token for programs: {told['token']}")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, access_log=False)
    return DONE
