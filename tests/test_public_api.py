"""What `import lasegue` offers, and what it must not load."""

import subprocess
import sys

import lasegue

# The promise to people who write programs on Lasegue. A name leaves this list only with a new major version.
PUBLIC = {
    "Assessment",
    "Case",
    "CaseError",
    "LasegueError",
    "__version__",
    "as_answer",
    "assess",
    "localize",
    "read_case",
    "read_cases",
}
HEAVY = {"fastapi", "numba", "pydantic", "rapidfuzz", "rich", "scipy", "typer", "yaml"}


def test_the_front_door_offers_what_is_promised() -> None:
    assert set(lasegue.__all__) == PUBLIC


def test_every_public_name_is_there_and_says_what_it_does() -> None:
    for name in sorted(PUBLIC - {"__version__"}):
        assert getattr(lasegue, name).__doc__, name


def test_version_is_a_version() -> None:
    assert [part.isdigit() for part in lasegue.__version__.split(".")] == [True, True, True]


def test_import_is_light() -> None:
    code = f"import sys, lasegue; print(*sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
