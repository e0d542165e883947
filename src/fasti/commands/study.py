"""The commands for study besides the day's review."""

from typing import TYPE_CHECKING, Annotated

import typer

from fasti.commands.arguments import Accessible, Decks, Json, Six
from fasti.commands.completion import offered_tags, offered_units
from fasti.commands.ground import clock, end_with, file_clock, rules, say
from fasti.commands.open_library import library
from fasti.commands.today import ask, six_grades

if TYPE_CHECKING:
    from fasti.session_contract import Changes

Unit = Annotated[
    str | None,
    typer.Option("--unit", help="Only the facts of this unit.", metavar="UNIT", autocompletion=offered_units),
]
Tag = Annotated[
    str | None,
    typer.Option(
        "--tag", help="Only facts, or decks, with this tag.", metavar="TAG", autocompletion=offered_tags
    ),
]


def cram(
    context: typer.Context,
    decks: Decks = None,
    unit: Unit = None,
    tag: Tag = None,
    missed: Annotated[
        bool, typer.Option("--missed", help="Only cards missed when they were last reviewed.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="At most this many cards: all.")] = None,
    seed: Annotated[
        int | None, typer.Option(help="The order: the same number gives the same. Another one each time.")
    ] = None,
    six: Six = None,
    as_json: Json = False,
    accessible: Accessible = False,
) -> None:
    """Ask cards outside the schedule, before a test: answers are kept, and move nothing."""
    from fasti import cramming
    from fasti.core.selection import Selection
    from fasti.library import bring_in_step
    from fasti.sitting import changes_from

    now = clock()
    selection = Selection(tuple(decks or ()), unit or "", tag or "")
    wanted = cramming.Cram(selection, missed, limit, now().utc_ms if seed is None else seed)
    with library(context) as (settings, database):

        def follow() -> "Changes":
            return changes_from(bring_in_step(database, settings.learner, file_clock()))

        session = cramming.begin(database, settings.learner, wanted, now, rules(), follow)
        if session.question is None:
            say("There is no card to cram." if not missed else "Nothing was missed.")
            return
        end_with(ask(session, six=six_grades(six), as_json=as_json, accessible=accessible))
