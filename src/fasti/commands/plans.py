"""The commands for plans: days off, and exams."""

from typing import TYPE_CHECKING, Annotated

import typer

from fasti.commands.arguments import Accessible, Json
from fasti.commands.completion import offered_decks, offered_exams
from fasti.commands.ground import clock, print_json, say
from fasti.commands.open_library import library
from fasti.commands.study import Tag, Unit
from fasti.errors import ExitCode, FastiError

if TYPE_CHECKING:
    from fasti.core.breaks import Break

_LONGEST = 366
# Days from today: an example of a day off or of an exam is one that could be meant.
_SOON = 30
_A_WHILE = 14


class PlanError(FastiError):
    """A plan that cannot be meant."""

    exit_code = ExitCode.USAGE


def take_break(
    context: typer.Context,
    first: Annotated[
        str | None, typer.Argument(help="The first day off: 2026-07-20, today.", metavar="FROM")
    ] = None,
    last: Annotated[
        str | None, typer.Argument(help="The last day off: FROM alone is one day.", metavar="TO")
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Take back the break that FROM is part of, or the only one.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Take days off: nothing is due meanwhile, and no schedule changes. Alone: list them."""
    from fasti.core.breaks import Break, break_on
    from fasti.core.days import date_text, study_day
    from fasti.store import plans
    from fasti.ui.spans import date_name

    moment = clock()()
    today = study_day(moment)
    with library(context) as (settings, database), database.writing() as connection:
        known = plans.breaks(connection, settings.learner)
        if remove:
            gone = _break_meant(known, None if first is None else _day(first, today))
            plans.take_back(connection, settings.learner, gone, moment.utc_ms)
        elif first is not None:
            wanted = Break(_day(first, today), _day(last or first, today))
            _check(wanted, today)
            plans.take_off(connection, settings.learner, wanted, moment.utc_ms)
        known = plans.breaks(connection, settings.learner)
    coming = [each for each in known if each.last_day >= today]
    if as_json:
        print_json({"version": 1, "breaks": [{"from": date_text(a), "to": date_text(b)} for a, b in coming]})
        return
    for each in coming:
        now = " (now)" if break_on([each], today) else ""
        print(f"Off from {date_name(each.first_day, today)} to {date_name(each.last_day, today)}{now}")
    if not coming:
        first, last = date_text(today + _SOON), date_text(today + _SOON + _A_WHILE)
        say(f"No days off; `fasti break {first} {last}` takes some.")


def list_exams(context: typer.Context, as_json: Json = False, accessible: Accessible = False) -> None:
    """Prepare for exams: every card is seen in the last days before one. Alone: how far along you are."""
    if context.invoked_subcommand is not None:
        return
    from fasti.core.days import date_text, study_day
    from fasti.planning import exam_json, plans_stored

    today = study_day(clock()())
    with library(context) as (settings, database), database.reading() as connection:
        exams = plans_stored(connection, settings.learner, today).exams
    if as_json:
        print_json({"version": 1, "exams": [exam_json(exam) for exam in exams]})
    elif exams:
        from fasti.ui.exams import show_exams

        show_exams(exams, today)
    else:
        say(f"No exam to come; `fasti exam add {date_text(today + _SOON)} DECK` adds one.")


def add_exam(
    context: typer.Context,
    date: Annotated[str, typer.Argument(help="The day of the exam: 2026-06-12.", metavar="DATE")],
    deck: Annotated[
        str, typer.Argument(help="What it is about: a deck.", metavar="DECK", autocompletion=offered_decks)
    ],
    name: Annotated[str | None, typer.Option("--name", help="What to call it: as the deck.")] = None,
    days: Annotated[
        int, typer.Option("--days", min=1, max=60, help="Every card is seen in so many last days.")
    ] = 5,
    unit: Unit = None,
    tag: Tag = None,
    as_json: Json = False,
) -> None:
    """Add an exam over a deck, or a unit or tag of it."""
    from fasti.core.days import study_day
    from fasti.core.exams import Exam
    from fasti.core.selection import Selection
    from fasti.cramming import cards_of
    from fasti.deck_names import find_deck
    from fasti.planning import exam_json, plans_stored
    from fasti.store import plans

    moment = clock()()
    today = study_day(moment)
    with library(context) as (settings, database):
        cards_of(database, settings.learner, Selection((deck,), unit or "", tag or ""))
        with database.writing() as connection:
            found = find_deck(connection, deck)
            called = (name or ", ".join(part for part in (found.title, unit, tag) if part)).strip()
            exam = Exam(called, _day(date, today), found.id, unit or "", tag or "", days)
            if exam.day <= today:
                raise PlanError(f"`{date}` is not to come", "an exam is on a later day than today")
            if any(known.name == called for known in plans.exams(connection, settings.learner)):
                raise PlanError(
                    f"there is an exam `{called}` already",
                    "give this one a `--name`, or remove that one with `fasti exam remove`",
                )
            plans.add_exam(connection, settings.learner, exam, moment.utc_ms)
            added = next(
                each
                for each in plans_stored(connection, settings.learner, today).exams
                if each.exam.name == called
            )
    if as_json:
        print_json({"version": 1, **exam_json(added)})
    else:
        from fasti.ui.exams import show_exams

        show_exams([added], today)


def remove_exam(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="The exam's name.", metavar="NAME", autocompletion=offered_exams)
    ],
) -> None:
    """Take an exam back; your schedule is as if it had never been."""
    from fasti.core.text import searchable
    from fasti.store import plans

    with library(context) as (settings, database), database.writing() as connection:
        known = plans.exams(connection, settings.learner)
        found = [exam for exam in known if exam.name == name] or [
            exam for exam in known if searchable(name) in (searchable(exam.name), searchable(exam.deck))
        ]
        if len(found) != 1:
            names = ", ".join(f"`{exam.name}`" for exam in known)
            raise PlanError(f"no exam `{name}`", f"your exams are {names}" if known else None)
        plans.remove_exam(connection, settings.learner, found[0].name, clock()().utc_ms)
    say(f"The exam `{found[0].name}` is taken back; your schedule is as it was")


def _day(text: str, today: int) -> int:
    from fasti.core.days import read_day

    try:
        return read_day(text, today)
    except ValueError as error:
        raise PlanError(str(error)) from error


def _check(wanted: "Break", today: int) -> None:
    if wanted.last_day < wanted.first_day:
        raise PlanError("that break ends before it begins", "write the first day off, then the last")
    if wanted.last_day < today:
        raise PlanError("that break is over already", "days off are today or later")
    if wanted.last_day - wanted.first_day >= _LONGEST:
        raise PlanError(
            "that break is longer than a year", "a mistyped year? `fasti break` takes at most 366 days"
        )


def _break_meant(known: "list[Break]", day: int | None) -> "Break":
    from fasti.core.breaks import break_on
    from fasti.core.days import date_text

    found = [each for each in known if day is None or break_on([each], day)]
    if len(found) != 1:
        one = f"; name a day of one: `fasti break {date_text(known[0].first_day)} --remove`" if known else ""
        raise PlanError(
            "there is no break to take back" if not found else "there are several breaks",
            f"`fasti break` lists them{one}",
        )
    return found[0]
