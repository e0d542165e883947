"""The command that tells what study came to, and what is ahead."""

from typing import TYPE_CHECKING, Annotated

import typer

from fasti.commands.arguments import Accessible, Decks, Json
from fasti.commands.ground import clock, options, print_json, say, settings_of
from fasti.commands.open_library import library
from fasti.commands.study import Tag, Unit

if TYPE_CHECKING:
    from fasti.statistics import Asked, Statistics


def stats(
    context: typer.Context,
    decks: Decks = None,
    unit: Unit = None,
    tag: Tag = None,
    days: Annotated[
        int, typer.Option("--days", min=1, max=36_500, help="So many days up to today, a year as a rule.")
    ] = 365,
    everything: Annotated[
        bool, typer.Option("--all", help="Also months, eases, intervals, the hardest facts and leeches.")
    ] = False,
    as_json: Json = False,
    accessible: Accessible = False,
) -> None:
    """Tell what you remember, how much you studied, and what comes due."""
    from fasti.core.selection import Selection
    from fasti.statistics import Asked

    asked = Asked(Selection(tuple(decks or ()), unit or "", tag or ""), days)
    found = _statistics(context, asked, everything=everything or as_json)
    if as_json:
        print_json(found.as_json())
    elif not found.streak.longest and not any(found.forecast):
        say("Nothing has been answered here yet; `fasti review` begins.")
    else:
        from fasti.ui.statistics import show_statistics

        show_statistics(found, accessible=accessible)


def _statistics(context: typer.Context, asked: "Asked", *, everything: bool) -> "Statistics":
    from fasti.core.days import study_day
    from fasti.statistics import first_look, statistics

    moment = clock()()
    if not everything and (seen := first_look(settings_of(context), moment, asked)) is not None:
        return seen
    with library(context) as (settings, database):
        threshold = options().leech_threshold
        found = statistics(database, settings.learner, study_day(moment), asked, threshold)
    return found if everything else found._replace(more=None)
