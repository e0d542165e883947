"""What a deck file looks like after each save: the problems that went and came, and the cards that changed."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from fasti.core.counting import counted
from fasti.ui.lines import CLOSE, FAINT, RIGHT, STRONG, WRONG, Line, Piece, line, wrapped
from fasti.ui.look import Look
from fasti.ui.previewed import fact_lines
from fasti.ui.problems import Excerpt, problem_lines

if TYPE_CHECKING:
    from fasti.core.facts import Problem
    from fasti.watching import News

_MOST_FACTS = 10
"""Facts whose cards are shown after one save."""


def news_lines(
    news: "News", time: str, look: Look, excerpt: Excerpt, *, accessible: bool = False
) -> list[Line]:
    """What a save changed: one sentence, then new problems, solved ones, and cards."""
    at = f"At {time}, " if accessible else f"{time}  "
    heading = line(
        Piece(at, FAINT), look.text(str(news.path), STRONG), ": ", look.text(_summary(news), _style(news))
    )
    lines = [
        *([] if accessible else [line()]),
        *wrapped(heading, look.measure, "", "" if accessible else "  "),
    ]
    lines += _problems(news, look, None if accessible else excerpt)
    facts = [("new", each) for each in news.difference.new if news.what != "new"]
    facts += [("changed", each) for each in news.difference.changed]
    facts.sort(key=lambda marked: marked[1].fact.place)
    for mark, each in facts[:_MOST_FACTS]:
        lines += fact_lines(each, str(news.path), look, accessible=accessible, mark=mark)
    if len(facts) > _MOST_FACTS:
        rest = counted(len(facts) - _MOST_FACTS, "more fact")
        lines += _remark(f"and {rest}: `fasti preview {news.path}` shows all", look)
    if facts and not accessible and (news.difference.held or news.difference.gone):
        lines.append(line())
    for title in news.difference.held:
        lines += _remark(f"left out until its problem is solved: {title}", look)
    for title in news.difference.gone:
        lines += _remark(f"gone: {title}", look)
    return lines


def beginning(path: str) -> str:
    """What is said at the beginning."""
    return f"Watching `{path}`: save it, and what changed is shown here. Ctrl-C ends."


def footer(saves: int, problems: int, decks: int) -> str:
    """What is said at the end: how often a deck was saved, and how those that are there are left."""
    seen = counted(saves, "save") if saves else "Nothing was saved"
    if not decks:
        return f"{seen}; no deck is there now."
    left = counted(problems, "problem") if problems else "no problems"
    return f"{seen}; {left} now."


def _summary(news: "News") -> str:
    found = news.difference
    if news.what == "gone":
        return "it is gone; it is read again as soon as it is back"
    if news.what == "unreadable":
        return news.reason
    facts = [
        f"{counted(len(found.changed), 'fact')} changed" if found.changed else "",
        f"{len(found.new):,} new" if found.new and found.changed else "",
        f"{counted(len(found.new), 'new fact')}" if found.new and not found.changed else "",
        f"{len(found.held):,} left out" if found.held else "",
        f"{len(found.gone):,} gone" if found.gone else "",
    ]
    said = ", ".join(part for part in facts if part) or "no card is different"
    before = {"back": "back again", "new": "a new deck"}.get(news.what, "saved")
    return f"{before}; {said}; {_state(news)}"


def _state(news: "News") -> str:
    solved, came = len(news.difference.solved), len(news.difference.new_problems)
    left = len(news.preview.problems) if news.preview else 0
    told = [
        f"{counted(solved, 'problem')} solved" if solved else "",
        counted(came, "new problem") if came else "",
        f"{counted(left, 'problem')} left" if left != came else "" if left else "no problems",
    ]
    return ", ".join(part for part in told if part)


def _style(news: "News") -> str:
    if news.what in {"gone", "unreadable"}:
        return CLOSE
    problems: Sequence[Problem] = news.preview.problems if news.preview else ()
    if any(problem.severity == "error" for problem in problems):
        return WRONG
    return CLOSE if problems else RIGHT


def _problems(news: "News", look: Look, excerpt: Callable[[str, int], tuple[str, str]] | None) -> list[Line]:
    lines: list[Line] = []
    for problem in news.difference.new_problems:
        source = news.preview.checked.source.get(problem.place.line, "") if news.preview else ""
        shown = excerpt(source, problem.place.column) if excerpt and source.strip() else None
        lines += problem_lines(str(news.path), problem, shown, look)
    for problem in news.difference.solved:
        lines += _remark(f"solved: {problem.code}: {problem.message}", look)
    return lines


def _remark(text: str, look: Look) -> list[Line]:
    return wrapped(line(look.text(text, FAINT)), look.measure, "", "  ")
