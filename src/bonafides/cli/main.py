"""Finds the verbs, calls one, and turns whatever goes wrong into one line and an exit code."""

import ast
import importlib
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

import bonafides
from bonafides.cli.base import (
    DONE,
    EXIT_CODES,
    INTERRUPTED,
    NOTHING_READ,
    OUR_FAULT,
    WRONG_CALL,
    harmless,
)
from bonafides.errors import BadSettings, BadUnit, StopSource, TryLater
from bonafides.redact import redacted

HERE = Path(__file__).parent
FURNITURE = frozenset({"__init__", "base", "base_explanation", "main"})
_CODES = "\n".join(f"  {code:>3}  {says}" for code, says in EXIT_CODES.items())


class Verbs(click.Group):
    """One verb a file. A file is imported only when its verb is called; what it is for is read from its text."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all verbs."""
        return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in FURNITURE)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of a name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found = importlib.import_module(f"bonafides.cli.{cmd_name}").COMMAND
        if not isinstance(found, click.Command) or found.name != cmd_name:
            raise BadUnit(f"cli/{cmd_name}.py must define COMMAND: a click command called {cmd_name}")
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of verbs, each with the first line of its file."""
        rows = []
        for name in self.list_commands(ctx):
            said = ast.get_docstring(ast.parse((HERE / f"{name}.py").read_text("utf-8"))) or ""
            rows.append((name, said.partition("\n")[0]))
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.command(
    cls=Verbs,
    name="bonafides",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=f"\b\nExit codes:\n{_CODES}",
)
@click.version_option(bonafides.__version__, prog_name="bonafides", message="%(prog)s %(version)s")
def COMMAND() -> None:
    """Test what remote workers claim against the records that companies already have.

    A finding is a claim contradicted, an assessment a recommendation, a decision a person's.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command line and exit."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; answers the exit code.

    Why: whatever happens, one line comes out and neither a traceback nor a person's data.
    """
    try:
        code = COMMAND.main(arguments, prog_name="bonafides", standalone_mode=False)
    except click.UsageError as why:
        verb = why.ctx.command_path if why.ctx else "bonafides"
        return _fail(WRONG_CALL, f"{' '.join(why.format_message().split())} (see {verb} --help)")
    except click.ClickException as why:
        return _fail(WRONG_CALL, why.format_message())
    except BadSettings as why:
        return _fail(WRONG_CALL, str(why))
    except (StopSource, TryLater) as why:
        return _fail(NOTHING_READ, str(why))
    except BadUnit as why:
        return _fail(OUR_FAULT, str(why))
    except (click.Abort, KeyboardInterrupt):
        return _fail(INTERRUPTED, "interrupted; nothing was published")
    except BrokenPipeError:
        # The reader went away (`| head`): nothing is wrong, and Python must not complain when it closes the pipe.
        sys.stderr.close()
        return DONE
    except OSError as why:
        return _fail(WRONG_CALL, f"{why.filename or 'a file'}: {why.strerror or 'cannot be used'}")
    except Exception as why:
        return _fail(OUR_FAULT, f"{_place(why)}: {type(why).__name__}: {redacted(str(why))[:160]}")
    return code if isinstance(code, int) else DONE


def _place(why: BaseException) -> str:
    """The deepest line of ours that an error passed: what a report about it needs, without anybody's data."""
    ours = [f for f in traceback.extract_tb(why.__traceback__) if "bonafides" in Path(f.filename).parts]
    where = f"{Path(ours[-1].filename).relative_to(HERE.parent)}:{ours[-1].lineno}" if ours else "somewhere"
    return f"unforeseen error at {where}"


def _fail(code: int, text: str) -> int:
    click.echo(f"bonafides: {harmless(' '.join(text.split()))}", err=True)
    return code
