"""Typed names and terms, marked by hand as a history teacher would mark them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.answers import Outcome, judge_text

RIGHT, CLOSE, HALF, WRONG, BLANK = 4, 3, 2, 1, 0

# What was typed, the answer, the grade, and where it matters what the student is told.
SAME = [
    ("quarantine", "Quarantine"),
    ("  the   quarantine ", "quarantine"),
    ("quarantine.", "quarantine"),
    ("“quarantine”", "quarantine"),
    ("BERLIN AIRLIFT", "Berlin airlift"),
    ("berlin air-lift", "Berlin airlift"),
    ("Dien Bien Phu", "Điện Biên Phủ"),
    ("Lodz", "Łódź"),
    ("Lech Walesa", "Lech Wałęsa"),
    ("Goring", "Göring"),
    ("Goering", "Göring"),
    ("Göring", "Goering"),
    ("Muenster", "Münster"),
    ("Soren Kierkegaard", "Søren Kierkegaard"),
    ("Soeren Kierkegaard", "Søren Kierkegaard"),
    ("Haakon", "Håkon"),
    ("Strasse", "Straße"),
    ("Aethelred", "Æthelred"),
    ("Thingvellir", "Þingvellir"),
    ("Ataturk", "Atatürk"),
    ("coup d'etat", "coup d’état"),
    ("coup detat", "coup d'état"),
    ("O'Brien", "O’Brien"),
    ("OBrien", "O'Brien"),
    ("ancien regime", "Ancien Régime"),
    ("Хрущев", "Хрущёв"),
    ("хрущёв", "Хрущев"),
    ("毛泽东", "毛泽东"),
    ("Ελευθεριος Βενιζελος", "Ελευθέριος Βενιζέλος"),
    ("חומה", "חוֹמָה"),
    ("गांधी", "गांधी"),
    ("USSR", "U.S.S.R."),
    ("u.s.", "US"),
    ("Washington DC", "Washington, D.C."),
    ("St Petersburg", "St. Petersburg"),
    ("Saint Petersburg", "St Petersburg"),
    ("Austria Hungary", "Austria–Hungary"),
    ("Molotov-Ribbentrop pact", "Molotov–Ribbentrop Pact"),
    ("Marx and Engels", "Marx & Engels"),
    ("Engels and Marx", "Marx & Engels"),
    ("Versailles Treaty", "Treaty of Versailles"),
    ("the treaty versailles", "The Treaty of Versailles"),
    ("Marseillaise", "La Marseillaise"),
    ("L'Ouverture", "L’Ouverture"),
    ("labor party", "Labour Party"),
    ("organization", "organisation"),
    ("defense", "defence"),
    ("theatre", "theater"),
    ("R12", "R-12"),
    ("r 12", "R-12"),
    ("U2", "U-2"),
    ("world war 2", "World War II"),
    ("Second World War", "World War II"),
    ("World War Two", "World War II"),
    ("Henry the 8th", "Henry VIII"),
    ("henry 8", "Henry VIII"),
    ("King Henry VIII", "Henry VIII"),
    ("Elizabeth I", "Queen Elizabeth I"),
    ("Apollo 11", "Apollo XI"),
    ("thirteen", "13"),
    ("13", "thirteen"),
    ("21", "twenty-one"),
    ("18th century", "eighteenth century"),
    ("10000", "10,000"),
    ("Nikita Khrushchev", "Nikita Khrushchev (Soviet leader)"),
    ("Nikita Khrushchev, Soviet leader", "Nikita Khrushchev (Soviet leader)"),
    ("missile", "missile(s)"),
    ("missiles", "missile(s)"),
    ("NATO", "North Atlantic Treaty Organization (NATO)"),
    ("Volgograd", "Stalingrad / Volgograd"),
    ("Stalingrad", "Stalingrad / Volgograd"),
    ("John Kennedy", "John F. Kennedy"),
    ("J. F. Kennedy", "John F. Kennedy"),
    ("JF Kennedy", "John F. Kennedy"),
    ("Kennedy, John F.", "John F. Kennedy"),
    ("John Fitzgerald Kennedy", "John F. Kennedy"),
    ("President John F. Kennedy", "John F. Kennedy"),
    ("Otto Bismarck", "Otto von Bismarck"),
    ("Kennedy", "President Kennedy"),
    ("President Kennedy", "Kennedy"),
    ("march 1947", "March 1947"),
    ("Mar 1947", "March 1947"),
    ("1947-03", "March 1947"),
]

JUDGED = [
    ("Kennedy", "John F. Kennedy", CLOSE, "surname only"),
    ("President Kennedy", "John F. Kennedy", CLOSE, "surname only"),
    ("Bismarck", "Otto von Bismarck", CLOSE, "surname only"),
    ("von Bismarck", "Otto von Bismarck", CLOSE, "surname only"),
    ("de Gaulle", "Charles de Gaulle", CLOSE, "surname only"),
    ("degaulle", "Charles de Gaulle", CLOSE, "surname only"),
    ("mao", "Mao Zedong", CLOSE, "surname only"),
    ("Хрущев", "Никита Хрущёв", CLOSE, "surname only"),
    ("Fidel", "Fidel Castro", HALF, "first name only"),
    ("Kruschev", "Nikita Khrushchev", HALF, "surname only, nearly: check the spelling"),
    ("John Adams", "John Quincy Adams", CLOSE, "check the middle name"),
    ("George H. W. Bush", "George W. Bush", CLOSE, "check the middle name"),
    ("Robert Kennedy", "John F. Kennedy", WRONG, "surname right, first name wrong"),
    ("Raul Castro", "Fidel Castro", WRONG, "surname right, first name wrong"),
    ("Fidel Batista", "Fidel Castro", WRONG, ""),
    ("Nixon", "John F. Kennedy", WRONG, ""),
    ("Khruschev", "Khrushchev", CLOSE, "nearly: check the spelling"),
    ("Kruschev", "Khrushchev", CLOSE, "nearly: check the spelling"),
    ("Nikita Krushchev", "Nikita Khrushchev", CLOSE, "nearly: check the spelling"),
    ("quarentine", "quarantine", CLOSE, "nearly: check the spelling"),
    ("Ghandi", "Gandhi", CLOSE, "nearly: check the spelling"),
    ("Gorbachov", "Gorbachev", CLOSE, "nearly: check the spelling"),
    ("Colombus", "Columbus", CLOSE, "nearly: check the spelling"),
    ("Kolumbus", "Columbus", CLOSE, "nearly: check the spelling"),
    ("Dienbienfu", "Dien Bien Phu", CLOSE, "nearly: check the spelling"),
    ("containmant", "containment", CLOSE, "nearly: check the spelling"),
    ("World Wra II", "World War II", WRONG, ""),
    ("Iraq", "Iran", WRONG, ""),
    ("Mali", "Malta", WRONG, ""),
    ("Austria", "Australia", WRONG, ""),
    ("Slovenia", "Slovakia", WRONG, ""),
    ("Ireland", "Iceland", WRONG, ""),
    ("Gambia", "Zambia", WRONG, ""),
    ("Monet", "Manet", WRONG, ""),
    ("Lennon", "Lenin", WRONG, ""),
    ("import", "export", WRONG, ""),
    ("emigration", "immigration", WRONG, ""),
    ("deflation", "inflation", WRONG, ""),
    ("North Korea", "South Korea", WRONG, ""),
    ("West Berlin", "East Berlin", WRONG, ""),
    ("Mensheviks", "Bolsheviks", WRONG, ""),
    ("Poland invades Germany", "Germany invades Poland", WRONG, ""),
    ("R-14", "R-12", WRONG, "the number is wrong"),
    ("R 14", "R-12", WRONG, "the number is wrong"),
    ("R-12 and R-14", "R-12", WRONG, ""),
    ("World War I", "World War II", WRONG, "the number is wrong"),
    ("First World War", "World War II", WRONG, "the number is wrong"),
    ("Louis XVI", "Louis XIV", WRONG, "the number is wrong"),
    ("1963", "1962", WRONG, "the number is wrong"),
    ("12", "thirteen", WRONG, "the number is wrong"),
    ("U-3", "U-2", WRONG, "the number is wrong"),
    ("1 2", "12", WRONG, "the number is wrong"),
    ("World War", "World War II", HALF, "the number is missing"),
    ("Elizabeth", "Elizabeth I", HALF, "the number is missing"),
    ("13", "13 days", CLOSE, "the number is right, the words are missing"),
    ("13 days", "13", CLOSE, "the number is right, with more words than asked for"),
    ("NATO", "North Atlantic Treaty Organization", CLOSE, "the initials only: write it in full"),
    ("WWII", "World War II", CLOSE, "the initials only: write it in full"),
    ("ww2", "World War II", CLOSE, "the initials only: write it in full"),
    ("JFK", "John F. Kennedy", CLOSE, "the initials only: write it in full"),
    ("USSR", "Union of Soviet Socialist Republics", CLOSE, "the initials only: write it in full"),
    ("missile crisis", "Cuban Missile Crisis", HALF, "part of it: words are missing"),
    ("Versailles", "Treaty of Versailles", HALF, "part of it: words are missing"),
    ("Catherine", "Catherine the Great", HALF, "part of it: words are missing"),
    ("Germany", "East Germany", HALF, "part of it: words are missing"),
    ("crisis", "Cuban Missile Crisis", WRONG, ""),
    ("York", "New York", HALF, "part of it: words are missing"),
    ("strike", "General Strike", WRONG, ""),
    ("naval quarantine", "quarantine", HALF, "the answer is in it, with more words than asked for"),
    ("East Germany", "Germany", HALF, "the answer is in it, with more words than asked for"),
    ("not Kennedy", "Kennedy", WRONG, ""),
    ("anti communism", "communism", WRONG, ""),
    ("Kennedy or Nixon", "Kennedy", WRONG, "give one answer, not a choice"),
    ("blockade", "quarantine", WRONG, "not the answer"),
    ("Soviet leader", "Nikita Khrushchev (Soviet leader)", WRONG, ""),
    ("毛沢東", "周恩来", WRONG, ""),
    ("かき", "かぎ", WRONG, ""),
    ("1947", "March 1947", CLOSE, ""),
    ("April 1947", "March 1947", HALF, "year right, month wrong"),
    ("12 March 1947", "March 1947", RIGHT, ""),
    ("March 1948", "March 1947", HALF, "month right, one year out"),
    ("President Xi", "President Xi", RIGHT, ""),
    ("xi jinping", "Xi Jinping", RIGHT, ""),
    ("Malcolm X", "Malcolm X", RIGHT, ""),
    ("", "Kennedy", BLANK, "no answer"),
    ("   ", "Kennedy", BLANK, ""),
    ("?", "Kennedy", BLANK, ""),
    ("???", "Kennedy", BLANK, ""),
    ("I don't know", "Kennedy", BLANK, ""),
    ("don’t know", "Kennedy", BLANK, ""),
    ("idk", "Kennedy", BLANK, ""),
    ("pass", "pass", RIGHT, ""),
]


FORM = "right, in another form of the name"
SLIP = "nearly: check the spelling"
SURNAME = "surname only"

# Names as historians meet them: particles, numbers of rulers, Latin and Greek, other alphabets.
NAMES = [
    ("Ludwig Beethoven", "Ludwig van Beethoven", RIGHT, ""),
    ("van Beethoven", "Ludwig van Beethoven", CLOSE, SURNAME),
    ("Beethoven, Ludwig van", "Ludwig van Beethoven", RIGHT, ""),
    ("de la Salle", "Jean-Baptiste de La Salle", CLOSE, SURNAME),
    ("Toussaint Louverture", "Toussaint L'Ouverture", RIGHT, ""),
    ("Vasco de Gama", "Vasco da Gama", RIGHT, ""),
    ("Gama", "Vasco da Gama", CLOSE, SURNAME),
    ("da Vinci", "Leonardo da Vinci", CLOSE, SURNAME),
    ("Leonardo", "Leonardo da Vinci", HALF, ""),
    ("Maximilien Robespierre", "Maximilien de Robespierre", RIGHT, ""),
    ("Maximilian Robespierre", "Maximilien Robespierre", CLOSE, SLIP),
    ("Harun ar-Rashid", "Harun al-Rashid", RIGHT, ""),
    ("Osama bin Laden", "Usama bin Ladin", CLOSE, SLIP),
    ("Gamal Abd el-Nasser", "Gamal Abdel Nasser", RIGHT, ""),
    ("Thomas Becket", "Thomas à Becket", RIGHT, ""),
    ("Jose de San Martin", "José de San Martín", RIGHT, ""),
    ("Otto Bismark", "Otto von Bismarck", CLOSE, SLIP),
    ("Bismark", "Otto von Bismarck", HALF, ""),
    ("Martin Luther King", "Martin Luther King Jr.", RIGHT, ""),
    ("Martin Luther King Junior", "Martin Luther King, Jr.", RIGHT, ""),
    ("King", "Martin Luther King Jr.", CLOSE, SURNAME),
    ("Martin Luther", "Martin Luther King Jr.", HALF, ""),
    ("MLK", "Martin Luther King Jr.", CLOSE, "the initials only: write it in full"),
    ("FDR", "Franklin D. Roosevelt", CLOSE, "the initials only: write it in full"),
    ("Theodore Roosevelt", "Franklin D. Roosevelt", WRONG, ""),
    ("Gaius Julius Caesar", "Julius Caesar", CLOSE, "right, with more names than asked for"),
    ("Cæsar", "Julius Caesar", CLOSE, SURNAME),
    ("M. Tullius Cicero", "Marcus Tullius Cicero", RIGHT, ""),
    ("Thos. Jefferson", "Thomas Jefferson", CLOSE, FORM),
    ("Wm. Pitt", "William Pitt", CLOSE, FORM),
    ("Josef Stalin", "Joseph Stalin", CLOSE, FORM),
    ("Iosif Stalin", "Joseph Stalin", CLOSE, FORM),
    ("Vasily Stalin", "Joseph Stalin", WRONG, "surname right, first name wrong"),
    ("Friedrich Marx", "Karl Marx", WRONG, "surname right, first name wrong"),
    ("Louis the 14th", "Louis XIV", RIGHT, ""),
    ("King Louis XIV of France", "Louis XIV", RIGHT, ""),
    ("Louis XIV", "King Louis XIV of France", RIGHT, ""),
    ("Louis XV of France", "Louis XIV", WRONG, ""),
    ("Louis", "Louis XIV", HALF, "the number is missing"),
    ("Henry VIII", "Henry VII", WRONG, "the number is wrong"),
    ("Henry IV", "Henry IV of England", RIGHT, ""),
    ("Henry IV of France", "Henry IV of England", WRONG, ""),
    ("Philip II of Macedon", "Philip II of Spain", WRONG, ""),
    ("Charles V", "Charles V, Holy Roman Emperor", RIGHT, ""),
    ("Emperor Charles V", "Charles V, Holy Roman Emperor", RIGHT, ""),
    ("Karl V", "Charles V", CLOSE, FORM),
    ("Karl IV", "Charles V", WRONG, ""),
    ("William II", "Wilhelm II", CLOSE, FORM),
    ("Nikolai II", "Nicholas II", CLOSE, FORM),
    ("Czar Nicholas the Second", "Nicholas II", RIGHT, ""),
    ("Nikolai I", "Nicholas II", WRONG, ""),
    ("John Paul 2", "Pope John Paul II", RIGHT, ""),
    ("Pius the Twelfth", "Pius XII", RIGHT, ""),
    ("Queen Elizabeth", "Elizabeth I", HALF, "the number is missing"),
    ("Elizabeth II", "Elizabeth I", WRONG, "the number is wrong"),
    ("Peter I", "Peter I (the Great)", RIGHT, ""),
    ("Peter the Great", "Peter I (the Great)", RIGHT, ""),
    ("Catherine the Great", "Catherine II (the Great)", RIGHT, ""),
    ("Suleiman", "Suleiman the Magnificent", HALF, "part of it: words are missing"),
    ("Suleyman the Magnificent", "Suleiman the Magnificent", CLOSE, SLIP),
    ("Pliny the Younger", "Pliny the Elder", WRONG, ""),
    ("Pitt the Elder", "William Pitt the Younger", WRONG, ""),
    ("Marcus Antonius", "Mark Antony", CLOSE, FORM),
    ("Livius", "Livy", CLOSE, FORM),
    ("Ptolemaios", "Ptolemy", CLOSE, FORM),
    ("Perikles", "Pericles", CLOSE, SLIP),
    ("Kopernik", "Nicolaus Copernicus", CLOSE, SURNAME),
    ("Nicholas Copernicus", "Nicolaus Copernicus", CLOSE, FORM),
    ("Avicenna", "Ibn Sina", CLOSE, FORM),
    ("Avicenna", "Ibn Rushd", WRONG, ""),
    ("Salah ad-Din", "Saladin", CLOSE, FORM),
    ("Mohamed", "Muhammad", CLOSE, FORM),
    ("Qaddafi", "Gaddafi", CLOSE, FORM),
    ("Koran", "Qur'an", CLOSE, FORM),
    ("Chinggis Khan", "Genghis Khan", CLOSE, FORM),
    ("Kublai Khan", "Genghis Khan", WRONG, ""),
    ("Mao Tse-tung", "Mao Zedong", CLOSE, FORM),
    ("Chou En-lai", "Zhou Enlai", CLOSE, FORM),
    ("Zhou En-lai", "Zhou Enlai", RIGHT, ""),
    ("Jiang Jieshi", "Chiang Kai-shek", CLOSE, FORM),
    ("Jiang Zemin", "Chiang Kai-shek", WRONG, ""),
    ("Chiang Kaishek", "Chiang Kai-shek", RIGHT, ""),
    ("Peking", "Beijing", CLOSE, FORM),
    ("Kiev", "Kyiv", CLOSE, FORM),
    ("Rhein", "Rhine", CLOSE, FORM),
    ("Qin", "Qing", WRONG, ""),
    ("Ming", "Qing", WRONG, ""),
    ("Kyoto", "Tokyo", WRONG, ""),
    ("第二次世界大战", "第一次世界大战", WRONG, ""),
    ("秦始皇", "秦始皇帝", WRONG, ""),
    ("Chruschtschow", "Khrushchev", CLOSE, SLIP),
    ("Chruszczow", "Khrushchev", CLOSE, SLIP),
    ("Gorbatschow", "Gorbachev", CLOSE, SLIP),
    ("Jelzin", "Yeltsin", CLOSE, SLIP),
    ("Breschnew", "Brezhnev", CLOSE, SLIP),
    ("Trotzki", "Trotsky", CLOSE, SLIP),
    ("Tschaikowski", "Tchaikovsky", CLOSE, SLIP),
    ("Khamenei", "Khomeini", WRONG, ""),
    ("Malenkov", "Molotov", WRONG, ""),
    ("Himmler", "Hitler", WRONG, ""),
    ("Jeanne d'Arc", "Joan of Arc", CLOSE, FORM),
]

# Words that are a letter apart and are others, short ones above all; and words that are not.
WORDS_APART = [
    ("Cuba", "Cuban", WRONG, ""),
    ("Chad", "Chade", WRONG, ""),
    ("Rhone", "Rhine", WRONG, ""),
    ("Bevan", "Bevin", WRONG, ""),
    ("Franco", "France", WRONG, ""),
    ("Marne", "Maine", WRONG, ""),
    ("Volta", "Volga", WRONG, ""),
    ("place", "peace", WRONG, ""),
    ("Paris", "Parts", WRONG, ""),
    ("Lenon", "Lenin", CLOSE, SLIP),
    ("Egipt", "Egypt", CLOSE, SLIP),
    ("Itlay", "Italy", CLOSE, SLIP),
    ("Grenada", "Granada", WRONG, ""),
    ("Tasmania", "Tanzania", WRONG, ""),
    ("Colombia", "Columbia", WRONG, ""),
    ("resolution", "revolution", WRONG, ""),
    ("petition", "partition", WRONG, ""),
    ("communion", "communism", WRONG, ""),
    ("reichstag", "Reichsrat", WRONG, ""),
    ("contest", "conquest", WRONG, ""),
    ("Bolshevik", "Bolsheviks", CLOSE, SLIP),
    ("Hun", "Huns", CLOSE, SLIP),
    ("colonies", "colony", CLOSE, SLIP),
    ("perestroyka", "perestroika", CLOSE, SLIP),
    ("lassez-faire", "laissez-faire", CLOSE, SLIP),
]

# Numbers with what stands around them, and abbreviations.
COUNTED = [
    ("about 90 miles", "90 miles", RIGHT, ""),
    ("c. 90 miles", "90 miles", RIGHT, ""),
    ("90 mi", "90 miles", RIGHT, ""),
    ("90 kilometres", "90 km", RIGHT, ""),
    ("90 km", "90 miles", WRONG, ""),
    ("over 90 miles", "90 miles", HALF, ""),
    ("about 80 miles", "90 miles", WRONG, ""),
    ("3 million", "3,000,000", RIGHT, ""),
    ("2.5 million", "2,500,000", RIGHT, ""),
    ("six million", "6,000,000", RIGHT, ""),
    ("six thousand", "6,000,000", WRONG, "the number is wrong"),
    ("50%", "50 per cent", RIGHT, ""),
    ("100 Days", "Hundred Days", RIGHT, ""),
    ("100 Years War", "Hundred Years' War", RIGHT, ""),
    ("30 Years War", "Thirty Years' War", RIGHT, ""),
    ("Seven Years' War", "Thirty Years' War", WRONG, "the number is wrong"),
    ("First Boer War", "Second Boer War", WRONG, "the number is wrong"),
    ("WWI", "First World War", CLOSE, "the initials only: write it in full"),
    ("WWII", "First World War", WRONG, ""),
    ("U.N.", "United Nations", CLOSE, "the initials only: write it in full"),
    ("EEC", "European Economic Community", CLOSE, ""),
    ("EU", "European Economic Community", WRONG, ""),
    ("CPSU", "Communist Party of the Soviet Union", CLOSE, ""),
    ("VE Day", "V-E Day", RIGHT, ""),
    ("D Day", "D-Day", RIGHT, ""),
    ("Brest Litovsk", "Treaty of Brest-Litovsk", HALF, ""),
    ("Weimar", "Weimar Republic", HALF, "part of it: words are missing"),
    ("republic", "Weimar Republic", HALF, "part of it: words are missing"),
]


@pytest.mark.parametrize(("typed", "answer", "grade", "sentence"), [*NAMES, *WORDS_APART, *COUNTED])
def test_what_history_has_in_store_is_marked_as_a_teacher_would(
    typed: str, answer: str, grade: int, sentence: str
) -> None:
    verdict = judge_text(typed, answer)

    assert verdict.grade == grade, verdict
    assert not sentence or verdict.sentence == sentence


@pytest.mark.parametrize(("typed", "answer"), SAME)
def test_writing_it_differently_is_right(typed: str, answer: str) -> None:
    verdict = judge_text(typed, answer)

    assert (verdict.outcome, verdict.grade) == (Outcome.RIGHT, RIGHT), verdict


@pytest.mark.parametrize(("typed", "answer", "grade", "sentence"), JUDGED)
def test_an_answer_is_marked_as_a_teacher_would(typed: str, answer: str, grade: int, sentence: str) -> None:
    verdict = judge_text(typed, answer)

    assert verdict.grade == grade, verdict
    assert not sentence or verdict.sentence == sentence


@pytest.mark.parametrize(
    ("typed", "grade"),
    [("McCone", RIGHT), ("Mc Cone", RIGHT), ("McConne", CLOSE), ("John McCone", RIGHT), ("Dulles", WRONG)],
)
def test_the_best_of_the_accepted_answers_counts(typed: str, grade: int) -> None:
    assert judge_text(typed, "John McCone", accept=["McCone", "DCI McCone"]).grade == grade


def test_a_word_that_gives_up_is_right_where_it_is_the_answer() -> None:
    assert judge_text("Pass", "defile", accept=["pass"]).outcome is Outcome.RIGHT


@pytest.mark.parametrize("answer", ["!!!", "→", "🦅", "+"])
def test_an_answer_of_signs_is_itself_and_nothing_else(answer: str) -> None:
    assert judge_text(answer, answer).grade == (RIGHT)
    assert judge_text("x", answer).grade == WRONG


WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwy", min_size=4, max_size=9), min_size=1, max_size=4)
TEXTS = st.text(max_size=60) | st.text("aeinrstIVX 0129.-'()/,&", max_size=60)


@given(TEXTS.filter(lambda text: text.strip() != ""))
@settings(max_examples=300, deadline=None)
def test_the_answer_itself_is_always_right(answer: str) -> None:
    assert judge_text(answer, answer).outcome is Outcome.RIGHT


@given(WORDS, st.sampled_from(["{}", "  {} ", "{}.", "the {}", "“{}”", "({})", "{}!"]))
@settings(deadline=None)
def test_capitals_spaces_and_stops_around_the_answer_do_not_count(words: list[str], form: str) -> None:
    typed = form.replace("{}", "  ".join(words).upper())

    assert judge_text(typed, " ".join(words)).outcome is Outcome.RIGHT


# Words for numbers are numbers, and of these none is near another.
NUMBERS = (
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand")


@given(
    WORDS.filter(lambda words: len(words[0]) > 5 and not words[0].startswith((*NUMBERS, *TENS))),
    st.integers(1, 4),
)
@settings(deadline=None)
def test_two_letters_changed_places_are_at_worst_a_slip(words: list[str], place: int) -> None:
    first = words[0]
    slip = first[:place] + first[place + 1] + first[place] + first[place + 2 :]

    assert judge_text(" ".join([slip, *words[1:]]), " ".join(words)).grade >= CLOSE


@given(st.integers(2, 3000), st.integers(2, 3000))
@settings(deadline=None)
def test_a_number_is_right_or_wrong_and_never_near(typed: int, meant: int) -> None:
    expected = RIGHT if typed == meant else WRONG

    assert judge_text(f"Division {typed}", f"Division {meant}").grade == expected


@given(TEXTS, TEXTS, st.lists(TEXTS, max_size=2))
@settings(max_examples=300, deadline=None)
def test_nothing_typed_breaks_the_judge(typed: str, answer: str, accept: list[str]) -> None:
    verdict = judge_text(typed, answer, accept)

    assert (
        verdict.grade
        in {
            Outcome.RIGHT: (4,),
            Outcome.CLOSE: (2, 3),
            Outcome.WRONG: (1,),
            Outcome.BLANK: (0,),
        }[verdict.outcome]
    )


@given(TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_an_accepted_answer_never_lowers_the_grade(typed: str, answer: str) -> None:
    assert judge_text(typed, answer, ["quarantine"]).grade >= judge_text(typed, answer).grade
