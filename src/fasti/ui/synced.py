"""What a sync did, in sentences."""

from typing import TYPE_CHECKING

from fasti.core.counting import counted
from fasti.ui.console import standard_output
from fasti.ui.lines import line, wrapped
from fasti.ui.merged import taken_sentences
from fasti.ui.pipes import until_closed

if TYPE_CHECKING:
    from fasti.sync_files import LogFile
    from fasti.syncing import Synced

_AT_MOST = 8


def show_synced(synced: "Synced") -> None:
    """Print what came, what went, and what was found in the folder."""
    output = standard_output()
    with until_closed(output.file):
        for sentence in synced_sentences(synced):
            output.show(wrapped(line(output.look.text(sentence)), output.look.measure))


def synced_sentences(synced: "Synced") -> list[str]:
    """What came, what went, and what was found in the folder that is not as it should be."""
    machines = {file.header.machine for file in synced.files if file.header and file.path != synced.own}
    others = ", ".join(sorted(machines)) or "other machines"
    # What decks are missing is told below, and not only when answers to them come.
    waiting = {deck: number for deck, number in synced.taken.waiting.items() if deck not in synced.lacking}
    taken = synced.taken._replace(waiting=waiting)
    came = taken_sentences(others, taken) if taken.anything or taken.renewed else []
    went = _went(synced)
    in_step = "What could be read is in step." if synced.troubled else "Your machines are in step."
    sentences = [*came, went] if came or went else [in_step]
    sentences += _lacking(synced)
    for file in synced.troubled[:_AT_MOST]:
        sentences.append(_trouble(file))
    for file in synced.foreign[:_AT_MOST]:
        name = file.header.learner if file.header else ""
        sentences.append(
            f"`{file.path.name}` is of the learner `{name}` and was left alone; if that is you, say `--learner {name}`."
        )
    if synced.copies:
        names = ", ".join(f"`{path.name}`" for path in synced.copies[:_AT_MOST])
        it, them = ("it", "it is a copy") if len(synced.copies) == 1 else ("they", "they are copies")
        sentences.append(
            f"{names}: {them} that your file service made; all that {it} {_holds(it)} is in the other files, so"
            f" {it} may be deleted."
        )
    for file in synced.files:
        if file.marked:
            sentences.append(f"`{file.path.name}` has marks of a git merge in it; both sides were read.")
    return [sentence for sentence in sentences if sentence]


def _lacking(synced: "Synced") -> list[str]:
    """Which decks are not on this machine, how many answers wait for them, and how to get them."""
    if not synced.lacking:
        return []
    named = [f"`{deck}`" for deck in list(synced.lacking)[:_AT_MOST]]
    more = len(synced.lacking) - len(named)
    names = ", ".join([*named, *([f"{more} more"] if more else [])])
    answers = sum(synced.lacking.values())
    wait = f"{counted(answers, 'answer')} of yours {'waits' if answers == 1 else 'wait'}"
    one = len(synced.lacking) == 1
    said = f"The {'deck' if one else 'decks'} {names} {'is' if one else 'are'} not on this machine: {wait}."
    others = len(synced.lacking) - len(synced.shipped)
    how = [f"`fasti add {deck}` adds what came with fasti." for deck in synced.shipped]
    if others and synced.brings_decks:
        how.append(f"Deck files lie in the shared folder: `fasti add {synced.own.parent}` brings them in.")
    elif others:
        its = "its file" if others == 1 else "their files"
        how.append(f"Put {its} into the shared folder, then `fasti add {synced.own.parent}` on each machine.")
    return [said, *how]


def _went(synced: "Synced") -> str:
    entries = counted(synced.sent, "entry", "entries") if synced.sent else ""
    plans = counted(synced.plans_sent, "plan") if synced.plans_sent else ""
    what = " and ".join(filter(None, (entries, plans)))
    return f"{what} of yours went there." if what else ""


def _holds(subject: str) -> str:
    return "holds" if subject == "it" else "hold"


def _trouble(file: "LogFile") -> str:
    name = f"`{file.path.name}`"
    if file.newer:
        return f"{name} is of a newer fasti and was left alone; upgrade fasti here: `pip install --upgrade fasti`."
    if file.unknown:
        lines = counted(file.unknown, "line")
        return (
            f"{lines} of {name} {'says' if file.unknown == 1 else 'say'} what only a newer fasti understands and stay"
            f"{'s' if file.unknown == 1 else ''} there; upgrade fasti here: `pip install --upgrade fasti`."
        )
    if file.unreadable:
        return f"{name} was not read: {file.unreadable}."
    if file.bad:
        lines = ", ".join(map(str, file.bad[:5])) + (" …" if len(file.bad) > 5 else "")
        what = "Line" if len(file.bad) == 1 else "Lines"
        return f"{what} {lines} of {name} cannot be read; all others were."
    return f"{name} ends in the middle of a line, half copied perhaps; the rest comes with the next sync."
