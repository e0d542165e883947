"""The commands that draw a deck: its dates to scale, its causes and effects as trees."""

from typing import TYPE_CHECKING, Annotated

import typer

from fasti.commands.arguments import Accessible, Json
from fasti.commands.completion import offered_decks
from fasti.commands.ground import print_json, say
from fasti.commands.open_library import library
from fasti.errors import ExitCode

if TYPE_CHECKING:
    from fasti.core.facts import Deck

OneDeck = Annotated[
    str,
    typer.Argument(
        help="A deck's id or title, or a deck file.", metavar="DECK", autocompletion=offered_decks
    ),
]


def timeline(
    context: typer.Context,
    deck: OneDeck,
    start: Annotated[
        str | None, typer.Option("--from", help="Only from here on: 44 BC, 1962-10, c. 1450.", metavar="DATE")
    ] = None,
    end: Annotated[str | None, typer.Option("--to", help="Only until here.", metavar="DATE")] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help="Only the facts of this unit.", metavar="UNIT")
    ] = None,
    around: Annotated[
        str | None, typer.Option("--around", help="Only what is near this fact in time.", metavar="FACT")
    ] = None,
    people: Annotated[bool, typer.Option("--people", help="Add the lives of the deck's people.")] = False,
    one_scale: Annotated[
        bool, typer.Option("--one-scale", help="One scale for all, however long the gaps.")
    ] = False,
    as_json: Json = False,
    accessible: Accessible = False,
) -> None:
    """Draw a deck's dates to scale: what came when, how long it lasted, what went on meanwhile."""
    from fasti import timelines

    given = _deck(context, deck)
    drawn = timelines.timeline(given, timelines.Asked(start, end, unit, around, people, one_scale))
    if as_json:
        print_json(drawn.as_json())
    elif drawn.stretches:
        from fasti.ui.timeline import show_timeline

        show_timeline(drawn, accessible=accessible)
    elif drawn.in_deck:
        say(f"None of the {drawn.in_deck:,} dates of `{drawn.title}` is among those that you ask for.")
    else:
        say(f"No fact of `{drawn.title}` has a date; an `event` has one, under `date:`.")
    if not drawn.stretches:
        raise typer.Exit(ExitCode.PROBLEM)


def causes(
    context: typer.Context,
    deck: OneDeck,
    fact: Annotated[
        list[str] | None,
        typer.Argument(help="Only what led to this, and what it led to: an id, or words.", metavar="FACT"),
    ] = None,
    as_json: Json = False,
    accessible: Accessible = False,
) -> None:
    """Draw what led to what: every cause and effect named once, each link between them drawn once."""
    from fasti.causality import causality

    drawn = causality(_deck(context, deck), " ".join(fact) if fact else None)
    if as_json:
        print_json(drawn.as_json())
    elif drawn.web.nodes:
        from fasti.ui.causes import show_causes

        show_causes(drawn, accessible=accessible)
    else:
        say(
            f"No fact of `{drawn.title}` tells of a cause: `caused by:` and `leads to:` do, and facts of the"
            " kinds `cause` and `effect`."
        )
    if not drawn.web.nodes:
        raise typer.Exit(ExitCode.PROBLEM)


def _deck(context: typer.Context, name: str) -> "Deck":
    """The deck of a file as it is now, or of the library."""
    from fasti.whole_deck import deck_in_file, deck_in_library, file_named

    if (path := file_named(name)) is None:
        with library(context) as (_, database):
            return deck_in_library(database, name)
    given = deck_in_file(path)
    if given.unreadable:
        are = "1 fact is" if given.unreadable == 1 else f"{given.unreadable:,} facts are"
        say(f"{are} left out that cannot be read: `fasti check {path}` says why")
    return given.deck
