"""Serve the console: pages over a workspace, on this machine."""

from pathlib import Path

import click

from bonafides.cli.base import DONE, actor, as_json, database, now, put, put_json, role, workspace
from bonafides.errors import BadSettings


@click.command("serve")
@workspace
@actor
@role
@database
@click.option("--port", type=click.IntRange(1, 65535), default=8484, show_default=True, help="Port on this machine.")
@as_json
def COMMAND(workspace: Path, actor: str, role: str, database: str | None, port: int, is_json: bool) -> int:
    """Serve pages over the latest run of a workspace: worklist, dossiers, networks, cases, ledger.

    The console is for one person on this machine: it listens on the loopback address, and lets in whoever opens the
    address that is printed here. Subjects are
    tags until a case is open and a second person agreed, who works at a console of their own. Programs use the same
    under /api (its description is at /api/openapi.json), with the token that is printed here.

    \b
    Examples:
      bonafides serve --as mia
      bonafides serve --as ines --role reviewer --port 8485
    """
    try:
        import uvicorn

        from bonafides.console.app import make
    except ImportError as why:
        raise BadSettings("serve needs FastAPI: pip install 'bonafides[console]'") from why
    app = make(workspace, actor=actor, role=role, clock=now, database=database)
    app.state.room.pages.run.warm()
    told = {"url": f"http://127.0.0.1:{port}/?key={app.state.room.key}", "token": app.state.room.token}
    if is_json:
        put_json(told)
    else:
        put(f"{told['url']} (end it with Ctrl-C)")
        put(f"token for programs: {told['token']}")
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", server_header=False, access_log=False)
    return DONE
