"""The commands of a student's day."""

from typing import TYPE_CHECKING, Annotated

import typer

from fasti.commands import today
from fasti.commands.arguments import Accessible, Decks, Json, Query, Six
from fasti.commands.completion import offered_cards, offered_suspended
from fasti.commands.ground import clock, print_json, say, settings_of
from fasti.commands.open_library import library
from fasti.errors import FastiError

if TYPE_CHECKING:
    from fasti.core.entry_kinds import EntryKind


def review(
    context: typer.Context,
    decks: Decks = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most this many cards. Without it: 30, or 20 minutes.")
    ] = None,
    new: Annotated[int | None, typer.Option(min=0, help="At most this many new cards today: 10.")] = None,
    more: Annotated[
        int,
        typer.Option(
            min=0,
            help="Go on: so many new cards beyond the day's, or the next due if none is new.",
            metavar="NUMBER",
        ),
    ] = 0,
    anyway: Annotated[bool, typer.Option("--anyway", help="Review on a break too.")] = False,
    minutes: Annotated[
        int | None, typer.Option(min=0, help="At most this many minutes; 0 for no end: 20.")
    ] = None,
    six: Six = None,
    reference: Annotated[
        bool | None,
        typer.Option("--reference/--text", help="SuperMemo's own reading of SM-2: a lapse lowers the ease."),
    ] = None,
    as_json: Json = False,
    accessible: Accessible = False,
) -> None:
    """Review the day's cards. The command to type every day."""
    today.review(
        settings_of(context),
        today.Asked(decks or (), limit, new, more, anyway, minutes, six, reference),
        as_json=as_json,
        accessible=accessible,
    )


def due(context: typer.Context, as_json: Json = False, accessible: Accessible = False) -> None:
    """Say what is due, deck by deck."""
    today.due(settings_of(context), as_json=as_json, accessible=accessible)


def undo(context: typer.Context) -> None:
    """Take back the last grade, as often as you like."""
    from fasti.core.days import study_day
    from fasti.desk import Desk
    from fasti.session_contract import Rules
    from fasti.ui.grades import FOUR, choice_of

    moment = clock()()
    with library(context) as (settings, database):
        undone = Desk(database, settings.learner, Rules()).take_back(moment, study_day(moment))
    if undone is None:
        raise FastiError(
            "there is nothing to take back",
            "your log is empty, all of it is taken back, or what came last was answered in Anki",
        )
    what = undone.kind if undone.grade is None else f"{choice_of(undone.grade, FOUR).name} ({undone.kind})"
    say(f"Taken back: {what}, of `{undone.card}`")


def show(
    context: typer.Context,
    query: Annotated[
        list[str],
        typer.Argument(
            help="A card, a fact, or words.", metavar="CARD_OR_WORDS", autocompletion=offered_cards
        ),
    ],
    as_json: Json = False,
    accessible: Accessible = False,
) -> None:
    """Show a fact's cards, when they are due, and how they were answered."""
    from fasti.core.days import study_day
    from fasti.lookup import look_up
    from fasti.ui.found import show_found

    with library(context) as (settings, database):
        found = look_up(database, settings.learner, " ".join(query))
    if as_json:
        one = found[0].as_json() if len(found) == 1 else {}
        print_json({"version": 1, **one, "cards": [each.as_json() for each in found]})
    else:
        show_found(found, study_day(clock()()), accessible=accessible)


def suspend(context: typer.Context, query: Query, as_json: Json = False) -> None:
    """Leave a card, or a fact's cards, out of every review until they are resumed."""
    from fasti.core.entry_kinds import EntryKind

    _mark(context, " ".join(query), EntryKind.SUSPEND, "Suspended", as_json=as_json)


def resume(
    context: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(
            help="A card or a fact; without one, list what is suspended.",
            metavar="CARD",
            autocompletion=offered_suspended,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Bring a suspended card, or a fact's cards, back."""
    from fasti.core.entry_kinds import EntryKind
    from fasti.store import schedules

    if query:
        _mark(context, " ".join(query), EntryKind.RESUME, "Resumed", as_json=as_json)
        return
    with library(context) as (settings, database), database.reading() as connection:
        cards = schedules.suspended(connection, settings.learner)
    if as_json:
        print_json({"version": 1, "suspended": cards})
    elif cards:
        from fasti.ui.found import show_names

        show_names(cards)
    else:
        say("No card is suspended.")


def _mark(context: typer.Context, query: str, kind: "EntryKind", done: str, *, as_json: bool) -> None:
    """Suspend or resume what a query names, which must be one fact or less."""
    from fasti.core.days import study_day
    from fasti.desk import Desk
    from fasti.lookup import look_up, only_fact
    from fasti.session_contract import Jotting, Rules

    moment = clock()()
    with library(context) as (settings, database):
        found = only_fact(look_up(database, settings.learner, query), query)
        desk = Desk(database, settings.learner, Rules())
        for card in found:
            desk.write(Jotting(card.key, kind, moment, study_day(moment)))
            if not as_json:
                say(f"{done}: `{card.key}`")
    if as_json:
        print_json({"version": 1, done.lower(): [card.key for card in found]})
