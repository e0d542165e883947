"""Arguments and options that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

from fasti.commands.completion import offered_cards, offered_decks
from fasti.commands.ground import options

Decks = Annotated[
    list[str] | None,
    typer.Argument(help="Only these decks: id, title or file.", metavar="DECK", autocompletion=offered_decks),
]
Paths = Annotated[list[Path], typer.Argument(help="Deck files, or folders of them.", metavar="PATH")]
Json = Annotated[bool, typer.Option("--json", help="Values for programs instead of text for people.")]
Query = Annotated[
    list[str],
    typer.Argument(
        help="A card, a fact, or words that only it has.", metavar="CARD", autocompletion=offered_cards
    ),
]


def _accessible(context: typer.Context, parameter: typer.CallbackParam, value: bool) -> bool:
    """What the command line says, or else the student's settings."""
    source = context.get_parameter_source(parameter.name or "")
    given = source is not None and source.name == "COMMANDLINE"
    return value if given or context.resilient_parsing else options().accessible


Accessible = Annotated[
    bool,
    typer.Option(
        "--accessible/--no-accessible",
        callback=_accessible,
        help="Sentences, no columns: for screen readers.",
    ),
]

Six = Annotated[
    bool | None, typer.Option("--six/--four", help="Grade from 0 to 5, as SM-2 does, or from 1 to 4.")
]
