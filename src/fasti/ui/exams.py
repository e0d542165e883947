"""How far along a learner is with exams."""

from collections.abc import Iterable

from fasti.core.exams import Progress
from fasti.ui.console import standard_output
from fasti.ui.lines import Line, line, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed
from fasti.ui.spans import exam_sentence


def show_exams(exams: Iterable[Progress], today: int) -> None:
    """Print a sentence for each exam, the same for the eye and the ear."""
    output = standard_output()
    with until_closed(output.file):
        output.show(exam_lines(exams, today, output.look))


def exam_lines(exams: Iterable[Progress], today: int, look: Look) -> list[Line]:
    """The lines that `show_exams` prints."""
    sentences = (line(look.text(exam_sentence(exam, today))) for exam in exams)
    return [row for sentence in sentences for row in wrapped(sentence, look.measure)]
