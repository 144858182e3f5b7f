"""Documents that fail the build when they no longer tell what the program does."""

import importlib.util
import inspect
import re
from dataclasses import fields
from types import ModuleType

import click
import pytest

from bonafides import api
from bonafides.cli.main import COMMAND
from bonafides.settings import Settings
from house.source_tree import DOCS, ROOT

CONTEXT = click.Context(COMMAND, info_name="bonafides")
VERBS = COMMAND.list_commands(CONTEXT)
FUNCTIONS = (
    "investigate",
    "fetch",
    "apis",
    "desk",
    "simulate",
    "evaluate",
    "explain",
    "export",
    "readiness",
    "screen",
    "calibrate",
    "arrived",
    "watch",
)


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec and spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


GENERATOR = generator()
PAGES: dict[str, str] = GENERATOR.pages()


@pytest.mark.parametrize("page", sorted(PAGES))
def test_the_reference_is_what_the_units_say(page: str) -> None:
    path = DOCS / "reference" / page
    assert path.is_file() and path.read_text("utf-8") == PAGES[page], "stale: run `make docs`"


def test_no_page_of_the_reference_is_left_over() -> None:
    assert {p.name for p in (DOCS / "reference").iterdir()} == set(PAGES)


def test_every_setting_is_described_and_no_other() -> None:
    assert set(GENERATOR.SETTINGS) == {f.name for f in fields(Settings)}


def _parts(verb: click.Command) -> list[click.Command]:
    """A verb, or what it consists of."""
    return list(verb.commands.values()) if isinstance(verb, click.Group) else [verb]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_described_with_examples(verb: str) -> None:
    found = COMMAND.get_command(CONTEXT, verb)
    assert found is not None and found.help
    assert "Examples:" in found.help and f"bonafides {verb}" in found.help
    assert f"## {verb}" in PAGES["commands.md"]
    assert all("--json" in {o for p in one.params for o in p.opts} for one in _parts(found))


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_says_what_it_is_for(verb: str) -> None:
    found = COMMAND.get_command(CONTEXT, verb)
    assert found is not None
    silent = [
        (one.name, p.name) for one in _parts(found) for p in one.params if isinstance(p, click.Option) and not p.help
    ]
    assert not silent


def _called(text: str) -> list[list[str]]:
    """Command lines of ours in a document's code blocks and in its text."""
    lines = re.findall(r"^\s*(?:\$ )?(?:\.venv/bin/)?bonafides ([^\n#|>]+)", text, re.MULTILINE)
    lines += re.findall(r"`bonafides ([^`|>]+)`", text)
    return [line.split() for line in lines]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/api.md", "docs/method.md", "SECURITY.md"])
def test_every_command_in_a_document_exists_with_its_options(page: str) -> None:
    for words in _called((ROOT / page).read_text("utf-8")):
        verb = COMMAND.get_command(CONTEXT, words[0])
        assert verb is not None, f"{page}: bonafides {words[0]}"
        if isinstance(verb, click.Group):
            assert words[1] in verb.commands, f"{page}: bonafides {words[0]} {words[1]}"
            verb = verb.commands[words[1]]
        options = {o for p in verb.params for o in p.opts} | {"--help"}
        used = {w.partition("=")[0] for w in words[1:] if w.startswith("--")}
        assert used <= options, f"{page}: bonafides {' '.join(words)}"


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", ".ci/run"])
def test_every_make_target_in_a_document_exists(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = (ROOT / page).read_text("utf-8")
    named = set(re.findall(r"`make ([a-z]+)`", text)) | set(
        re.findall(r"^\s*(?:exec )?make ([a-z]+)\s*$", text, re.MULTILINE)
    )
    assert named and named <= targets


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_of_the_api_is_typed_described_and_has_an_example(function: str) -> None:
    found = getattr(api, function)
    signature = inspect.signature(found)
    assert all(p.annotation is not p.empty for p in signature.parameters.values())
    assert signature.return_annotation is not signature.empty
    assert ">>>" in (found.__doc__ or "")
    told = (DOCS / "api.md").read_text("utf-8")
    assert f"## {function}" in told
    assert [p for p in signature.parameters if f"`{p}`" not in told] == []


def test_the_api_has_no_function_that_is_not_documented() -> None:
    public = {n for n, f in vars(api).items() if inspect.isfunction(f) and not n.startswith("_")}
    assert public == set(FUNCTIONS)


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"])
def test_links_between_documents_lead_somewhere(page: str) -> None:
    text = re.sub(r"<!--.*?-->", "", (ROOT / page).read_text("utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\((?!https?://)([^)#]+)(?:#[^)]*)?\)", text)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_links_inside_the_documents_lead_somewhere() -> None:
    for path in DOCS.rglob("*.md"):
        for link, anchor in re.findall(r"\]\((?!https?://)([^)#]*)(?:#([^)]*))?\)", path.read_text("utf-8")):
            there = path.parent / link if link else path
            assert there.exists(), f"{path.name}: {link}"
            if anchor and there.suffix == ".md":
                heads = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.MULTILINE)
                assert anchor in {h.lower().replace(" ", "-") for h in heads}, f"{path.name}: {link}#{anchor}"


def test_no_lock_file_names_an_address() -> None:
    for lock in ("requirements.lock", "requirements-test.lock"):
        lines = (ROOT / lock).read_text("utf-8").split()
        assert lines and all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines), lock
