"""How far along a learner is with exams."""

from collections.abc import Iterable

from fasti.core.exams import Progress
from fasti.ui.console import standard_output
from fasti.ui.lines import line, wrapped
from fasti.ui.pipes import until_closed
from fasti.ui.spans import exam_sentence


def show_exams(exams: Iterable[Progress], today: int) -> None:
    """Print a sentence for each exam, the same for the eye and the ear."""
    output = standard_output()
    look = output.look
    with until_closed(output.file):
        for exam in exams:
            output.show(wrapped(line(look.text(exam_sentence(exam, today))), look.measure))
