"""The two commands of every day, as both ways to begin them run them."""

import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from fasti.commands.ground import clock, end_with, options, print_json, rules
from fasti.commands.keeping import backed_up, keep_in_step
from fasti.commands.open_library import tell
from fasti.commands.waiting import looked_on

if TYPE_CHECKING:
    from fasti.errors import ExitCode
    from fasti.session import Session
    from fasti.settings import Settings


class Asked(NamedTuple):
    """What a student asks of a review, as `fasti review --help` lists it; None leaves it to the settings."""

    decks: Sequence[str] = ()
    limit: int | None = None
    new: int | None = None
    more: int = 0
    anyway: bool = False
    minutes: int | None = None
    six: bool | None = None
    reference: bool | None = None


def review(settings: "Settings", asked: Asked, *, as_json: bool, accessible: bool) -> None:
    """Ask the day's cards in the terminal, or line by line; ends the program where that is not all well."""
    from fasti.sitting import Clock, Wishes, begin

    chosen = options()
    # Whoever asks for so many cards means to have the time for them.
    minutes = 0 if asked.limit and asked.minutes is None else asked.minutes
    how = rules(reference=asked.reference, minutes=minutes)
    room = chosen.new if asked.new is None else asked.new
    limit = asked.limit or max(chosen.limit, asked.more)
    wishes = Wishes(asked.decks, limit, room, asked.more, asked.anyway, how)
    with backed_up(settings):
        with begin(settings, wishes, Clock(clock(), time.time_ns), tell, looked_on) as session:
            ended = ask(session, six=six_grades(asked.six), as_json=as_json, accessible=accessible)
        keep_in_step(settings)
        end_with(ended)


def due(settings: "Settings", *, as_json: bool, accessible: bool) -> None:
    """Print what is due, deck by deck."""
    from fasti.due import standing
    from fasti.ui.counts import show_counts

    today = standing(settings, clock()(), time.time_ns(), tell, options().new, options().limit, looked_on)
    if as_json:
        print_json(today.as_json())
    else:
        show_counts(today, accessible=accessible)


def six_grades(given: bool | None) -> bool:
    """Whether all grades of SM-2 are offered: as given, or else by the student's settings."""
    return options().grades == "six" if given is None else given


def ask(session: "Session", *, six: bool, as_json: bool, accessible: bool) -> "ExitCode":
    """Ask in the terminal, or line by line where there is none."""
    if not as_json and sys.stdin.isatty() and sys.stdout.isatty():
        from fasti.commands.card_tools import editing, knowing
        from fasti.commands.pictures import picturing
        from fasti.ui.console import standard_output
        from fasti.ui.keyboard import open_keyboard
        from fasti.ui.keymap import letters_of, scale_of
        from fasti.ui.manner import Manner
        from fasti.ui.review import review as review_at

        output = standard_output()
        own = options().keys
        wish = "off" if accessible else options().images
        with open_keyboard(output) as keys:
            manner = Manner(
                six=six,
                accessible=accessible,
                letters=letters_of(own),
                scale=scale_of(own, six=six),
                edit=editing(session, keys, options().editor),
                info=knowing(session),
                picture=picturing(output, keys, wish),
            )
            return review_at(session, keys, output, manner)
    from fasti.ui.piped import review_lines
    from fasti.ui.pipes import lines_in

    return review_lines(session, lines_in(sys.stdin), six=six, as_json=as_json)
