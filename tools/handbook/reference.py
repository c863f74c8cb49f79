"""The generated reference: every page follows from the knowledge, the command line and the shape of a case file."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from handbook import keys
from handbook.blocks import ROOT
from lasegue.case import case_schema
from lasegue.cli import COMMANDS, app
from lasegue.cli.options import MAPS, SETTINGS, SEVERITIES
from lasegue.knowledge import KNOWLEDGE_VERSION, load
from lasegue.knowledge.records import Named, Source

HOME: Final = ROOT / "docs" / "reference"
MADE: Final = "<!-- made by `make docs`; do not edit -->"
NAMES_SHOWN: Final = 8
SETTING_TEXT: Final = {
    "primary_care": "a general practice or a first physiotherapist",
    "emergency": "an emergency department",
    "specialist": "a neurology, neurosurgery, spine or electrodiagnostic clinic; the default",
    "postoperative": "after an operation on spine, hip, knee or leg, or after an anaesthetic block",
    "obstetric": "during pregnancy, or after birth",
    "inpatient": "a hospital ward, intensive care included",
}
MAP_TEXT: Final = {
    "foerster": "Foerster's map from rhizotomies: broad, overlapping bands",
    "keegan_garrett": "Keegan and Garrett's bands from spine to toes",
    "lee2008": "the evidence-based map of Lee and others, 2008",
    "consensus": "what most sources agree on, with the standard's key points",
}
SEVERITY_TEXT: Final = {
    "irritated": "pain and tingling, nothing lost",
    "mild": "about a third of the fibres lost",
    "moderate": "a little over half lost",
    "severe": "four fifths lost",
    "complete": "nearly all lost",
}


def pages() -> dict[Path, str]:
    """Every generated file with its text."""
    made = {
        "commands.md": commands(),
        "json.md": json_keys(),
        "lesions.md": lesions(),
        "findings.md": findings(),
        "tests.md": tests(),
        "history.md": history(),
        "settings.md": settings(),
        "case-file.md": case_file(),
        "sources.md": sources(),
    }
    found = {HOME / name: text for name, text in made.items()}
    found[HOME / "case-file.schema.json"] = json.dumps(case_schema(), indent=2, ensure_ascii=False) + "\n"
    return found | {HOME / "README.md": contents(made)}


def _page(title: str, about: str, lines: Iterable[str]) -> str:
    return "\n".join([MADE, f"# {title}", "", about, "", *lines]).rstrip() + "\n"


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    cells = [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    lines = [columns, ["---"] * len(columns), *cells]
    return [f"| {' | '.join(row)} |" for row in lines] + [""]


def contents(made: dict[str, str]) -> str:
    """The list of pages."""
    links = [f"- [{text.splitlines()[1].removeprefix('# ')}]({name})" for name, text in made.items()]
    about = f"Made from the program by `make docs`. Knowledge version {KNOWLEDGE_VERSION}."
    return _page("Reference", about, [*links, "- [JSON Schema of a case file](case-file.schema.json)"])


def commands() -> str:
    """Every command with what its --help prints."""
    lines: list[str] = []
    for name in ("", *COMMANDS):
        called = f"lasegue {name}".strip()
        lines += [f"## {called}", "", "```text", _help(name), "```", ""]
    return _page("Commands", "Exit status: 0 done; 1 the program failed; 2 the input or the call was wrong.", lines)


def _help(name: str) -> str:
    from click.testing import CliRunner

    done = CliRunner().invoke(app, [*([name] if name else []), "--help"], prog_name="lasegue", env={"COLUMNS": "100"})
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines())


def json_keys() -> str:
    """Every key of every command's JSON."""
    lines: list[str] = []
    for command in keys.COMMANDS:
        rows = [(f"`{path}`", meaning) for path, meaning in keys.documented(command).items()]
        lines += [f"## {command}", "", *_table(("key", "meaning"), rows)]
    about = (
        "`[]` stands for the entries of a list, `.*` for keys that depend on the data, `.**` for anything below. Keys are frozen by tests."
    )
    return _page("JSON keys", about, lines)


def _basis(record: Any) -> str:
    return f"{record.basis}, {record.confidence}"


def lesions() -> str:
    """Every lesion id."""
    known = load()
    rows = [(f"`{one.id}`", one.name, _sides(one), one.action.replace("_", " "), _basis(one)) for one in known.lesions]
    lines = _table(("id", "lesion", "sides", "class of action", "basis, confidence"), rows)
    retired = [(f"`{one.id}`", f"`{one.replaced_by}`") for one in known.retired if one.kind == "lesions"]
    lines += ["## Retired ids", "", *(_table(("id", "replaced by"), retired) if retired else ["None."])]
    about = "An id never changes its meaning; a prefix up to a dot is a family. `lasegue show ID` tells more of each."
    return _page("Lesion ids", f"{about} {len(known.lesions)} ids.", lines)


def _sides(lesion: Any) -> str:
    parts = (["left", "right"] if lesion.one_sided else []) + (["bilateral"] if lesion.both else [])
    return ", ".join(parts) or "none"


def _synonyms(record: Named) -> str:
    more = len(record.names) - NAMES_SHOWN
    return ", ".join(record.names[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _named(records: Iterable[Named]) -> list[str]:
    return _table(("id", "name", "also written"), ((f"`{one.id}`", one.name, _synonyms(one)) for one in records))


def findings() -> str:
    """Movements, skin, reflexes, pain, sphincters: what a case file may name."""
    known = load()
    parts: tuple[tuple[str, Iterable[Named]], ...] = (
        ("Movements", known.movements),
        ("Groups of movements", known.movement_groups),
        ("Muscles", known.muscles),
        ("Reflexes", known.reflexes),
        ("Skin sites", known.skin_sites),
        ("Groups of sites", known.skin_groups),
        ("Regions of pain", known.pain_regions),
        ("Sphincters", known.sphincter),
        ("Nerves", known.nerves),
        ("Roots", known.roots),
    )
    lines = [line for title, records in parts for line in (f"## {title}", "", *_named(records))]
    return _page("Names of findings", "What a case file may name; any case, British or American spelling.", lines)


def tests() -> str:
    """Bedside tests and investigations."""
    known = load()
    rows = [(f"`{one.id}`", one.name, one.kind, one.how, _basis(one)) for one in known.tests]
    lines = ["## Bedside", "", *_table(("id", "test", "kind", "how", "basis, confidence"), rows)]
    more = [(f"`{one.id}`", one.name, one.kind.replace("_", " "), ", ".join(one.results), _basis(one)) for one in known.investigations]
    lines += ["## Investigations", "", *_table(("id", "investigation", "kind", "results", "basis, confidence"), more)]
    return _page("Tests", "`lasegue show TEST` gives rates, published accuracy and sources.", lines)


def history() -> str:
    """Items of the history."""
    known = load()
    rows = [(f"`{one.id}`", one.name, _synonyms(one), f"{one.base:g}", _basis(one)) for one in known.history]
    lines = _table(("id", "item", "also written", "rate in general", "basis, confidence"), rows)
    about = "The rate is that among people with a leg complaint; `lasegue show ITEM` gives it under each lesion."
    return _page("History items", f"{about} {len(known.history)} items.", lines)


def settings() -> str:
    """Settings, maps and severities."""
    lines = [
        "## Who walks in (`setting` of a case, `--prior`)",
        "",
        *_table(("setting", "meaning"), ((f"`{s}`", SETTING_TEXT[s]) for s in SETTINGS)),
    ]
    lines += ["## Dermatome maps (`--map`)", "", *_table(("map", "meaning"), ((f"`{m}`", MAP_TEXT[m]) for m in MAPS))]
    lines += ["## Severities (`--severity`)", "", *_table(("severity", "meaning"), ((f"`{s}`", SEVERITY_TEXT[s]) for s in SEVERITIES))]
    return _page("Settings", "Options that take one of a few words.", lines)


def case_file() -> str:
    """Keys of a case file, from its schema."""
    schema = case_schema()
    lines = _part("The case", schema)
    for name, part in sorted(schema.get("$defs", {}).items()):
        lines += _part(name.removesuffix("Part"), part)
    about = "Every key is optional unless it says otherwise. What is not stated is not tested; it is never taken as normal."
    return _page("The case file", f"{about} The same as [JSON Schema](case-file.schema.json).", lines)


def _part(title: str, part: dict[str, Any]) -> list[str]:
    needed = part.get("required", [])
    rows = []
    for key, value in part.get("properties", {}).items():
        examples = ", ".join(json.dumps(one, ensure_ascii=False) for one in value.get("examples", []))
        rows.append((f"`{key}`", "yes" if key in needed else "", value.get("description", ""), examples))
    lines = [f"## {title}", "", part.get("description", ""), ""]
    return lines + (_table(("key", "needed", "meaning", "examples"), rows) if rows else [])


def sources() -> str:
    """Everything that the knowledge cites."""
    known = load()
    rows = [(f"`{one.id}`", one.cite, _handle(one)) for one in known.sources]
    about = "A record with the basis `judgement` rests on no source but on expert judgement, and says so."
    return _page("Sources", about, _table(("id", "citation", "DOI or PMID"), rows))


def _handle(source: Source) -> str:
    doi, pmid = getattr(source, "doi", None), getattr(source, "pmid", None)
    return f"doi:{doi}" if doi else f"PMID {pmid}" if pmid else ""
