"""The deck that a teacher begins with: every kind of fact once, every key once, and comments that teach."""

from fasti.core.text import slug
from fasti.decks.scalars import cleaned, scalar
from fasti.decks.schema import MODELINE, SCHEMA_FILE

SCHEMA_LINE = MODELINE.format(SCHEMA_FILE)
"""The comment by which editors find the schema (VS Code, Neovim, Helix, Zed, …)."""


def title_from(name: str) -> str:
    """A deck's title made of its file's name without the ending: `cold-war_crises` is `Cold war crises`."""
    words = " ".join(cleaned(name).replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:] or "My deck"


def starting_deck(title: str) -> str:
    """The text of the deck that `fasti new` writes."""
    title = " ".join(cleaned(title).split())
    text = _DECK.replace("{schema}", SCHEMA_LINE, 1)
    for key, value in (("deck", title), ("id", slug(title) or "deck")):
        text = text.replace(f"\n{key}: …", f"\n{key}:{scalar(value, 0, len(key) + 1)}", 1)
    return text


_DECK = """\
{schema}
# The line above is for editors: with it they complete the keys and explain them while you type.
#
# This is a deck for fasti. Lines that begin with # are comments: they are yours, students never see them.
# Each fact below is an example of one kind. Change it, copy it, delete it; only `deck` and one fact must stay.
# `fasti check` names whatever is wrong, with its line; `fasti preview` shows the cards as a student sees them.

# The title. You may change it at any time.
deck: …

# The id must never change once students have the deck: by it, everybody's progress finds the deck again.
id: …

# What follows may be left out, as here, or stand without the # at its beginning.
# author: who wrote it
# language: en
# description: one sentence on what the deck is about
# licence: CC BY 4.0
# tags: [words, that hold for every fact]

# Works that facts cite, each under a short name of your own. Write one line, or several keys as in the second.
sources:
  milestones: Office of the Historian, The Cuban Missile Crisis, October 1962
  people:
    title: Persons data of the Foreign Relations of the United States volumes
    author: Office of the Historian
    url: https://github.com/HistoryAtState/people

# The facts. Each begins with a dash and its kind; its other keys stand below, indented alike.
# A text that has a colon and a space in it, or begins with a sign such as [ or {, stands in "quotes".
facts:

  # event: something that happened, and when. The card asks for the date; `oct 1962` is a good answer to it.
  # Dates are written as you would: 1962-10-22, October 1962, 1914-1918, c. 1450, 44 BC, spring 1789.
  - event: Kennedy announces the quarantine
    id: quarantine-speech      # a name for this fact; with it, every other line may be reworded freely
    date: 1962-10-22
    caused by:                 # ids of other facts, or plain words; `leads to` is the same forwards
      - missiles-sent
      - Photographs from an aircraft show the sites
    ask: [when, causes]        # which cards you want; without this line, the date alone
    hint: A Monday evening, on television
    source: milestones         # a short name from above; a place in it after a comma: milestones, p. 3
    unit: The thirteen days    # students can study one unit alone

  # person: someone, and who they were. `accept` has further answers that are right.
  - person: Nikita Khrushchev
    who: Soviet leader who placed the missiles in Cuba
    lived: 1894-1971
    ask: [who, name]           # both ways: from the name to the person, and back
    accept: [Khrushchev, Khruschev]
    source: people

  # effect: one effect and its several causes. Students recall the causes one by one; two to four are enough.
  - effect: Khrushchev sends missiles to Cuba
    id: missiles-sent
    causes:
      - To protect Cuba from another invasion
      - To answer the American missiles in Turkey
    source: milestones

  # cause: one cause and its effect; `why` is shown with the answer.
  - cause: The Bay of Pigs invasion fails
    effect: Cuba and the Soviet Union agree on missiles
    why: They were to deter another attempt
    source: milestones

  # term: a word and what it means.
  - term: quarantine
    means: Kennedy's word for the naval blockade of Cuba
    tags: [vocabulary]         # words by which students choose facts: fasti cram --tag vocabulary
    source: milestones

  # q and a: any question and its answer. The shorter the answer, the better it stays: one thought a card.
  - q: Why did Kennedy not call the quarantine a blockade?
    a: A blockade is an act of war.
    note: Whoever wants to say more says it in a note, which is shown with the answer.
    source: milestones

  # cloze: a sentence with words to fill in. Each pair of braces is a card; after a | stands a hint.
  - cloze: The missiles were found in {October 1962|month and year} by an aircraft called {U-2}.
    source: milestones

  # order: things to put in order, first to last. Three or four are plenty.
  - order: The crisis in three steps
    items:
      - The missiles are photographed
      - Kennedy speaks on television
      - Khrushchev gives way
    source: milestones

# Two keys are left. `image: maps/cuba.png` shows a picture that stands beside this file, and
# `calendar: julian` says that a date is in the Old Style, as in: date: 25 October 1917.
"""
