"""Where answers go, so that a killed run leaves nothing half written that counts.

Text goes line by line to a partial file beside the target, tables part by part into a folder beside it; the last step is a rename.
What is there already says how many cases are answered.
"""

import csv
import io
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from lasegue.batch.answering import COLUMNS, as_line, as_row
from lasegue.batch.sources import ARROW, JSON_LINES, PARQUET, arrow, parquet
from lasegue.errors import InputError

BLOCK: Final = 1 << 20


class Sink(Protocol):
    """Takes answers in order; `done` is how many a run before has left, `failed` how many of those are errors."""

    done: int
    failed: int

    def write(self, answers: Sequence[dict[str, Any]]) -> None:
        """Append some answers."""

    def finish(self) -> None:
        """Put the target in its place."""


def sink_for(target: Path, stamp: dict[str, Any]) -> Sink:
    """The sink of a target, by its ending. `stamp` says what is being answered and how: a run goes on only with the same."""
    ending = target.suffix.lower()
    if ending not in (*JSON_LINES, ".csv", *PARQUET, *ARROW):
        raise InputError(f"{target}: a batch writes .jsonl, .csv, .parquet and .arrow")
    if not target.parent.is_dir():
        raise InputError(f"there is no folder {target.parent}")
    _same_run(target, stamp)
    return Lines(target) if ending in JSON_LINES else Rows(target) if ending == ".csv" else Parts(target)


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(f"{target.name}.{ending}")


def _same_run(target: Path, stamp: dict[str, Any]) -> None:
    """Refuse to go on with what another run began."""
    note = _beside(target, "run")
    wanted = json.dumps(stamp, sort_keys=True)
    begun = note.read_text(encoding="utf-8") if note.is_file() else None
    if begun not in (None, wanted):
        raise InputError(f"{note} belongs to a run with another input or other options: finish that one, or delete the file to begin anew")
    if begun is None:
        for old in (_beside(target, "partial"), _beside(target, "parts")):
            shutil.rmtree(old, ignore_errors=True) if old.is_dir() else old.unlink(missing_ok=True)
        fresh = _beside(target, "run.new")
        fresh.write_text(wanted, encoding="utf-8")
        fresh.replace(note)


def whole_lines(path: Path) -> int:
    """How many whole lines a file holds; what a killed run left of the last one is cut off."""
    count, end, at = 0, 0, 0
    with path.open("r+b") as file:
        while block := file.read(BLOCK):
            last = block.rfind(b"\n")
            if last >= 0:
                count, end = count + block.count(b"\n"), at + last + 1
            at += len(block)
        file.truncate(end)
    return count


class Lines:
    """JSON Lines, one answer a line."""

    def __init__(self, target: Path) -> None:
        self.target, self.partial = target, _beside(target, "partial")
        self.partial.touch()
        self.done = whole_lines(self.partial)
        self.failed = self._failed()

    def _failed(self) -> int:
        with self.partial.open("rb") as lines:
            return sum("errors" in json.loads(line) for line in lines if b'"errors"' in line)

    def write(self, answers: Sequence[dict[str, Any]]) -> None:
        """Append some answers."""
        self._append("".join(f"{as_line(found)}\n" for found in answers))

    def _append(self, text: str) -> None:
        with self.partial.open("ab") as file:
            file.write(text.encode())

    def finish(self) -> None:
        """Put the target in its place."""
        with self.partial.open("rb") as file:
            os.fsync(file.fileno())
        self.partial.replace(self.target)
        _beside(self.target, "run").unlink(missing_ok=True)


class Rows(Lines):
    """CSV, one answer a line below the header. No cell holds a line break."""

    def __init__(self, target: Path) -> None:
        super().__init__(target)
        if not self.done:
            self._append(",".join(COLUMNS) + "\n")
        else:
            self.done -= 1

    def _failed(self) -> int:
        with self.partial.open(encoding="utf-8", newline="") as file:
            return sum(bool(row["error"]) for row in csv.DictReader(file))

    def write(self, answers: Sequence[dict[str, Any]]) -> None:
        """Append some answers."""
        text = io.StringIO()
        writer = csv.DictWriter(text, list(COLUMNS), lineterminator="\n")
        for found in answers:
            row = as_row(found)
            writer.writerow({k: " ".join(v.split("\n")).replace("\r", " ") if isinstance(v, str) else v for k, v in row.items()})
        self._append(text.getvalue())


class Parts:
    """Parquet or Arrow: a part for every write, named by the case that it begins with, joined at the end a part at a time."""

    def __init__(self, target: Path) -> None:
        self.target, self.folder = target, _beside(target, "parts")
        self.folder.mkdir(exist_ok=True)
        for half in self.folder.glob("*.new"):
            half.unlink()
        self.done = sum(parquet().read_metadata(part).num_rows for part in self._parts())
        self.failed = sum(len(column) - column.null_count for column in map(self._errors, self._parts()))

    def _errors(self, part: Path) -> Any:
        return parquet().read_table(part, columns=["error"]).column("error")

    def _parts(self) -> list[Path]:
        return sorted(self.folder.glob("*.parquet"))

    def write(self, answers: Sequence[dict[str, Any]]) -> None:
        """Append some answers."""
        part = self.folder / f"{self.done:012d}.parquet"
        half = part.with_suffix(".new")
        parquet().write_table(as_table([as_row(found) for found in answers]), half)
        half.replace(part)
        self.done += len(answers)

    def finish(self) -> None:
        """Put the target in its place."""
        whole = _beside(self.target, "partial")
        tables = (parquet().read_table(part) for part in self._parts())
        if self.target.suffix.lower() in PARQUET:
            with parquet().ParquetWriter(whole, schema()) as writer:
                for table in tables:
                    writer.write_table(table)
        else:
            with arrow().ipc.new_file(whole, schema()) as writer:
                for table in tables:
                    writer.write_table(table)
        whole.replace(self.target)
        shutil.rmtree(self.folder)
        _beside(self.target, "run").unlink(missing_ok=True)


def schema() -> Any:
    """The Arrow schema of answers."""
    library = arrow()
    kinds = {"string": library.string(), "double": library.float64()}
    return library.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])


def as_table(rows: list[dict[str, Any]]) -> Any:
    """Answers as an Arrow table."""
    return arrow().Table.from_pylist(rows, schema=schema())
