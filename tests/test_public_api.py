"""What `import lasegue` offers, that its examples run, and what it must not load."""

import doctest
import json
import subprocess
import sys
from pathlib import Path

import pytest

import lasegue
from lasegue.knowledge.loader import COMPILED, compiled

# The promise to people who write programs on Lasegue. A name leaves this list only with a new major version.
PUBLIC = {
    "Assessment",
    "BadCase",
    "Case",
    "CaseError",
    "InputError",
    "LasegueError",
    "UnknownName",
    "__version__",
    "as_answer",
    "assess",
    "compare",
    "expected",
    "localize",
    "localize_batch",
    "read_case",
    "read_cases",
    "show",
}
HEAVY = {"fastapi", "numba", "pydantic", "rapidfuzz", "rich", "scipy", "click", "yaml"}


def test_the_front_door_offers_what_is_promised() -> None:
    assert set(lasegue.__all__) == PUBLIC
    assert set(dir(lasegue)) >= PUBLIC


def test_every_public_name_is_there_and_says_what_it_does() -> None:
    for name in sorted(PUBLIC - {"__version__"}):
        assert getattr(lasegue, name).__doc__, name


def test_a_name_that_is_not_offered_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'localise_everything'"):
        _ = lasegue.localise_everything


def test_documented_examples_run() -> None:
    done = doctest.testmod(lasegue, optionflags=doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL)
    assert done.attempted >= 6
    assert done.failed == 0


def test_forward_functions_are_those_of_the_command() -> None:
    found = lasegue.expected("root.S1", "right", "severe")
    assert (found.lesion, found.side, found.severity) == ("root.S1", "right", "severe")
    assert lasegue.show("EHL")[0].id == "great_toe_extension"
    assert lasegue.compare("root.L5", "root.S1").separators[0].bits > 0.1


def test_version_is_a_version() -> None:
    assert [part.isdigit() for part in lasegue.__version__.split(".")] == [True, True, True]


def loaded_by(code: str) -> set[str]:
    told = f"import json, sys\n{code}\nprint(json.dumps(sorted({HEAVY!r} & set(sys.modules))))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_import_is_light() -> None:
    assert loaded_by("import lasegue") == set()


def test_help_loads_nothing_but_the_command_line() -> None:
    assert loaded_by("import lasegue.cli") <= {"click"}


def test_the_compiled_knowledge_alone_builds_the_model(tmp_path: Path) -> None:
    """As in a package that holds no YAML."""
    (tmp_path / COMPILED).write_bytes(compiled(Path(lasegue.__file__).parent / "knowledge" / "data"))
    walled = f"import pathlib, lasegue.knowledge.loader as l\nl.HOME = pathlib.Path({str(tmp_path)!r})"
    assert loaded_by(f"{walled}\nfrom lasegue.model import model\nassert len(model().lesions) > 100") == set()
