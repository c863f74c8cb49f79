"""The documentation says what the program does: nothing undocumented, nothing stale, every example runs."""

import doctest
import json
import re
import shlex
from functools import cache
from pathlib import Path

import pytest
from click import Argument, Command, Context

from handbook import blocks, keys, reference
from lasegue.cli import COMMANDS, app
from lasegue.cli.options import MAPS, SETTINGS, SEVERITIES
from lasegue.knowledge import load

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
WRITTEN = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md")))
STALE = "run `make docs`"
MOST_LINES_OF_README = 110
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(#[^)]*)?\)")
FENCED = re.compile(r"```(?:console|text)?\n(.*?)```", re.DOTALL)
CALLED = re.compile(r"^(?:\$ )?(lasegue .+)$", re.MULTILINE)
INLINE = re.compile(r"`(?:\.venv/bin/)?(lasegue [^`]+)`")


@cache
def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@cache
def made() -> dict[Path, str]:
    return reference.pages()


def commands() -> dict[str, Command | None]:
    return {name: app.get_command(Context(app), name) for name in COMMANDS}


def test_generated_pages_are_fresh() -> None:
    stale = [page.name for page, now in made().items() if not page.is_file() or page.read_text(encoding="utf-8") != now]
    assert stale == [], STALE


def test_nothing_else_lies_among_the_generated_pages() -> None:
    assert set(reference.HOME.iterdir()) == set(made())


@pytest.mark.parametrize("page", blocks.PAGES, ids=lambda page: page.name)
def test_shown_output_is_real(page: Path) -> None:
    assert blocks.filled(text(page), blocks.EXAMPLE, blocks.shown) == text(page), STALE


def test_the_first_page_shows_one_answer_and_its_figures() -> None:
    page = text(ROOT / "README.md")
    assert [found[1] for found in blocks.EXAMPLE.findall(page)] == ["lasegue localize examples/foot-drop.yaml | head -20"]
    assert len(page.splitlines()) <= MOST_LINES_OF_README
    assert "make serve" in page
    assert "make test" in page


@pytest.mark.parametrize("page", [ROOT / "README.md", DOCS / "for-clinicians.md"], ids=lambda page: page.name)
def test_figures_have_the_shape_that_the_command_fills(page: Path) -> None:
    """Not the numbers: `make figures` measures those."""
    found = blocks.FIGURES.findall(text(page))
    assert found
    for _, command, table, _ in found:
        head, _, *rows = table.strip().splitlines()
        assert head.startswith("| patients |" if "--simulated" in command else "| cases |")
        assert rows
        assert all(row.count("|") == head.count("|") and re.search(r"\d\.\d\d", row) for row in rows)


def test_every_command_is_documented_by_hand_and_in_the_reference() -> None:
    by_hand = " ".join(text(page) for page in WRITTEN)
    for name in commands():
        assert f"## lasegue {name}\n" in made()[reference.HOME / "commands.md"]
        assert f"lasegue {name}" in by_hand, name


def test_every_help_teaches_by_an_example_and_says_what_each_parameter_is() -> None:
    for name, command in commands().items():
        assert command is not None
        told = command.help or ""
        assert re.search(rf"Examples:.*lasegue {name}", told, re.DOTALL), name
        arguments = [str(p.metavar).strip("[]") for p in command.params if isinstance(p, Argument)]
        assert [word for word in arguments if not re.search(rf"\b{word}\b.* (?:is|are|hold)", told)] == [], name
        assert all(getattr(p, "help", None) for p in command.params if not isinstance(p, Argument)), name


def test_every_lesion_and_setting_is_documented() -> None:
    page = made()[reference.HOME / "lesions.md"]
    assert [one.id for one in load().lesions if f"| `{one.id}` |" not in page] == []
    page = made()[reference.HOME / "settings.md"]
    assert [word for word in (*SETTINGS, *MAPS, *SEVERITIES) if f"| `{word}` |" not in page] == []


def test_every_json_key_has_a_meaning() -> None:
    for command in keys.COMMANDS:
        assert all(meaning.strip() for meaning in keys.documented(command).values()), command


def test_example_commands_are_ones_that_exist() -> None:
    """Every command that a page names, with every option of it."""
    known = {name: {option for p in command.params for option in p.opts} for name, command in commands().items() if command}
    for page in WRITTEN:
        shown = [call for block in FENCED.findall(text(page)) for call in CALLED.findall(block)]
        for call in [*shown, *(" ".join(one.split()) for one in INLINE.findall(text(page)))]:
            words = [word for word in shlex.split(re.split(r" [|>] ", call)[0])[1:] if re.fullmatch(r"--?[a-z-]+|[a-z]+", word)]
            name = words[0] if words else ""
            assert name in known or name.startswith("--"), f"{page.name}: {call}"
            assert {word for word in words[1:] if word.startswith("--")} <= known.get(name, set()), f"{page.name}: {call}"


def test_python_examples_run() -> None:
    done = [doctest.testfile(str(page), module_relative=False) for page in WRITTEN]
    assert sum(one.attempted for one in done) >= 6
    assert sum(one.failed for one in done) == 0


def test_the_case_of_the_tutorial_is_a_case() -> None:
    import yaml

    import lasegue

    shown = re.search(r"```yaml\n(.*?)```", text(DOCS / "tutorial.md"), re.DOTALL)
    assert shown
    answer = lasegue.localize(yaml.safe_load(shown[1]))
    assert answer["ranking"][0]["lesion"] == "nerve.common_peroneal.fibular_neck"
    assert answer["unused"] == []


def test_links_lead_somewhere() -> None:
    for page in (*WRITTEN, *made()):
        if page.suffix == ".md":
            for target, _ in LINK.findall(text(page)):
                assert target.startswith("http") or (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_schema_is_a_schema() -> None:
    import jsonschema

    schema = json.loads(made()[reference.HOME / "case-file.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    wrong = {"reflexes": [{"reflex": "ankle"}], "shoe_size": 43}
    assert {fault.json_path for fault in jsonschema.Draft202012Validator(schema).iter_errors(wrong)} == {"$", "$.reflexes"}
