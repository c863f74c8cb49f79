"""`lasegue show`, `lasegue table` and `lasegue claims`: what the knowledge says."""

from typing import Annotated

import typer

from lasegue.cli.options import AsJson
from lasegue.cli.output import say, say_json


def show(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A root, nerve, muscle, movement, site, reflex, test, lesion, history item or source.")
    ],
    as_json: AsJson = False,
) -> None:
    """Show everything that goes by a name: facts, wiring, accuracy, synonyms, where texts disagree, sources.

    \b
    Examples:
      lasegue show L5
      lasegue show "ankle jerk"
      lasegue show nerve.tibial.tarsal_tunnel --json
    """
    from lasegue.simulate import show as find
    from lasegue.simulate import show_dict, show_text

    found = find(name)
    if as_json:
        say_json(show_dict(found))
    else:
        say(show_text(found))


def table(
    name: Annotated[str, typer.Argument(metavar="NAME", help="roots, nerves, reflexes or myotomes.")],
    as_json: AsJson = False,
) -> None:
    """Print a textbook table as it follows from the wiring, beside what the source documents print.

    \b
    Examples:
      lasegue table reflexes
      lasegue table roots --json
    """
    from lasegue.simulate import table as work_out
    from lasegue.simulate import table_text

    found = work_out(name)
    if as_json:
        say_json(found)
    else:
        say(table_text(found))


def claims(
    topic: Annotated[
        str | None,
        typer.Option("--topic", metavar="TOPIC", help="Only claims on this topic, such as myotome, dermatome, reflex, disc, test."),
    ] = None,
    root: Annotated[str | None, typer.Option("--root", metavar="ROOT", help="Only claims about this root.")] = None,
    verdict: Annotated[str | None, typer.Option("--verdict", metavar="VERDICT", help="reproduced, disputed, told or superseded.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print the claim ledger: every statement of the source documents, what became of it, and what was measured.

    \b
    Examples:
      lasegue claims --verdict disputed
      lasegue claims --topic reflex --root S1
      lasegue claims --json
    """
    from lasegue.ledger import claims_command

    say(claims_command(topic, root, verdict, as_json))
