"""Problems in order, and without those that only follow from others: one mistake, one problem."""

from fasti.core.facts import Problem
from fasti.decks.codes import Code
from fasti.decks.recovery import Recovered, in_file

MOST_PROBLEMS = 1000
"""How many problems of one file are listed."""


def in_order(found: list[Problem], recovered: Recovered) -> list[Problem]:
    """All problems by their places, each once, in the columns of the file."""
    moved = [in_file(problem, recovered.shifts) for problem in found]
    problems = [*recovered.problems, *_causes(moved, recovered)]
    once = {(problem.place, problem.code): problem for problem in reversed(problems)}
    return sorted(once.values(), key=lambda problem: (problem.place, problem.code))


def listed(problems: list[Problem]) -> tuple[Problem, ...]:
    """As many problems as help."""
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    message = f"there are {len(problems) - MOST_PROBLEMS:,} more problems; put these right first"
    last = Problem(problems[MOST_PROBLEMS].place, Code.TOO_MANY_PROBLEMS, message)
    return (*problems[:MOST_PROBLEMS], last)


def _causes(found: list[Problem], recovered: Recovered) -> list[Problem]:
    """Without what only follows from text that is not YAML: one mistake, one problem."""
    errors = [problem for problem in recovered.problems if problem.severity == "error"]
    if not errors:
        return found
    places = {problem.place for problem in errors}
    lines = {problem.place.line for problem in errors}

    def follows(problem: Problem) -> bool:
        line = problem.place.line
        if problem.code == Code.EMPTY_VALUE:
            return not lines.isdisjoint(range(line, line + 3))
        if problem.code in {Code.MISSING_FIELD, Code.SAME_FACT}:
            return False
        return problem.place in places or line in recovered.tabs

    return [problem for problem in found if not follows(problem)]
