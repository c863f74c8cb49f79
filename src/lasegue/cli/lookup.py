"""`lasegue show`, `lasegue table` and `lasegue claims`: what the knowledge says."""

import click

from lasegue.cli import options
from lasegue.cli.output import say, say_json


@click.command(short_help="Everything that goes by a name.")
@click.argument("name", metavar="NAME")
@options.as_json
def show(name: str, as_json: bool) -> None:
    """Show everything that goes by a name: facts, wiring, accuracy, synonyms, where texts disagree, sources.

    NAME is that of a root, nerve, muscle, movement, site, reflex, test, lesion, history item or source.

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


@click.command(short_help="A textbook table, from the wiring.")
@click.argument("name", metavar="NAME")
@options.as_json
def table(name: str, as_json: bool) -> None:
    """Print a textbook table as it follows from the wiring, beside what the source documents print.

    NAME is roots, nerves, reflexes or myotomes.

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


@click.command(short_help="The claim ledger with its verdicts.")
@click.option("--topic", metavar="TOPIC", help="Only claims on this topic, such as myotome, dermatome, reflex, disc, test.")
@click.option("--root", metavar="ROOT", help="Only claims about this root.")
@click.option("--verdict", metavar="VERDICT", help="reproduced, disputed, told or superseded.")
@options.as_json
def claims(topic: str | None, root: str | None, verdict: str | None, as_json: bool) -> None:
    """Print the claim ledger: every statement of the source documents, what became of it, and what was measured.

    \b
    Examples:
      lasegue claims --verdict disputed
      lasegue claims --topic reflex --root S1
      lasegue claims --json
    """
    from lasegue.ledger import claims_command

    say(claims_command(topic, root, verdict, as_json))
