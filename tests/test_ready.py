"""What is built beforehand comes back as it was, and is never believed when it was made of something else."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lasegue.knowledge import load, loader, ready
from lasegue.knowledge.loader import states, write_compiled

ROOMS = ("names",)


@dataclass
class Thing:
    """Something with large arrays, a small one, an empty one, and records of the knowledge."""

    large: Any
    small: Any
    none: Any
    record: object
    records: tuple[object, ...]
    owner: object = None


def made() -> Thing:
    known = load()
    return Thing(np.arange(5000, dtype=np.float64), np.array([1, 2], np.uint8), np.zeros((0, 3)), known.muscles[3], known.roots)


def never() -> Thing:
    raise AssertionError("built although it was there")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(ready, "FOLDER", tmp_path)
    return tmp_path


def test_it_comes_back_as_it_was(folder: Path) -> None:
    thing, owner = made(), object()
    thing.owner = owner
    ready.write_ready("thing", ROOMS, thing, {"owner": owner})
    found = ready.ready("thing", ROOMS, never, {"owner": owner})
    for name in ("large", "small", "none"):
        one, other = getattr(found, name), getattr(thing, name)
        assert one.dtype == other.dtype
        assert one.shape == other.shape
        assert (one == other).all()
    assert found.record is thing.record
    assert found.records is thing.records
    assert found.owner is owner
    assert list(folder.iterdir()) == [folder / "thing.pickle"]


def test_arrays_are_aligned_mapped_and_changed_for_this_process_alone(folder: Path) -> None:
    ready.write_ready("thing", ROOMS, made())
    found = ready.ready("thing", ROOMS, never)
    assert found.large.ctypes.data % ready.ALIGNED == 0
    assert not found.large.flags.owndata
    found.large[0] = 7.0
    assert ready.ready("thing", ROOMS, never).large[0] == 0.0


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[:20],
        lambda content: content[:200],
        lambda content: content[:-1000],
        lambda content: bytes(16) + content[16:],
        lambda content: content[:24] + b"no pickle" + content[33:],
    ],
    ids=["empty", "head alone", "cut", "arrays cut", "made of something else", "garbage"],
)
def test_what_is_not_whole_or_not_of_these_sources_is_built_anew(folder: Path, spoil: Any) -> None:
    file = ready.write_ready("thing", ROOMS, made())
    file.write_bytes(spoil(file.read_bytes()))
    assert ready.ready("thing", ROOMS, lambda: "built") == "built"  # type: ignore[arg-type,return-value]


def test_without_a_file_it_is_built(folder: Path) -> None:
    assert ready.ready("thing", ROOMS, lambda: "built") == "built"


def test_a_changed_data_file_is_noticed_and_an_untouched_one_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for source in (loader.HOME / "data").glob("*.yaml"):
        (data / source.name).write_bytes(source.read_bytes())
    write_compiled(tmp_path)
    monkeypatch.setattr(loader, "HOME", tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(loader, "read_texts", never)
        assert loader.load.__wrapped__().digest == load().digest
    roots = data / "roots.yaml"
    roots.write_text(roots.read_text() + "# a remark\n")
    assert states(data) != (tmp_path / loader.MADE_OF).read_text()
    assert loader.load.__wrapped__().digest != load().digest
