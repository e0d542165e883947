"""What a student can open while a card is asked: its deck in an editor, and what is known about it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from fasti.core.review import Place, Question
from fasti.errors import FastiError
from fasti.session import Session
from fasti.settings import BUNDLED, deck_path
from fasti.ui.keyboard import Keyboard

Tool = Callable[[Question], Sequence[str]]


def editing(session: Session, keyboard: Keyboard, editor: str) -> Tool:
    """Opens the file of a card's deck at its line, and has the card asked again with its new words."""

    def edit(question: Question) -> Sequence[str]:
        place = session.place()
        if place is None:
            return ["This card stands in no file any more."]
        path = deck_path(place.path)
        if place.path.startswith(BUNDLED):
            from fasti.ui.known import part_of_the_program_sentences

            return part_of_the_program_sentences(
                place._replace(path=str(path)), question.key.partition("/")[0]
            )
        if not path.is_file():
            return [f"`{path}` is not there to be opened."]
        try:
            return _edit(session, keyboard, editor, path, place)
        except FastiError as error:
            return [
                f"{str(error)[:1].upper()}{str(error)[1:]}.",
                *([f"Hint: {error.hint}."] if error.hint else []),
            ]

    return edit


def knowing(session: Session) -> Callable[[Question, bool], Sequence[str]]:
    """Tells what is known about a card."""

    def know(question: Question, shown: bool) -> Sequence[str]:
        from fasti.ui.known import known_sentences

        about = session.about()
        if about.place:
            path = str(deck_path(about.place.path))
            about = about._replace(place=about.place._replace(path=path))
        return known_sentences(about, question, session.opening.today, shown=shown)

    return know


def _edit(session: Session, keyboard: Keyboard, editor: str, path: Path, place: Place) -> Sequence[str]:
    from fasti.editor import editor_command, run_editor
    from fasti.ui.known import revised_sentences

    command = editor_command(editor, path, place.line)
    keyboard.pause()
    try:
        code = run_editor(command)
    finally:
        keyboard.resume()
    said = revised_sentences(session.revise())
    return said if code == 0 else [f"The editor ended with {code}.", *said]
