"""Words by which notes are understood: what is no person, what a person is, what is no term."""

import re


def names_a_thing(text: str) -> bool:
    """Whether a name has a word for something other than a person: a war, a treaty, a state."""
    return not _THINGS.isdisjoint(_words(text))


def tells_who(text: str) -> bool:
    """Whether a description begins as those of people do: with an office, a trade or a birth."""
    words = _words(text)[:9]
    return not _ROLES.isdisjoint(words) and not _follows_of(words)


def looks_like_a_name(text: str) -> bool:
    """Whether a text is written like a person's name: two to six words in capitals, small ones between."""
    words = text.split()
    if not 2 <= len(words) <= 6 or words[0].lower() in {"the", "a", "an"} or any(map(str.isdigit, text)):
        return False
    return all(word[0].isupper() or word.lower() in _PARTICLES for word in words) and words[0][0].isupper()


def is_about_people(heading: str) -> bool:
    """Whether a heading says that people stand below it."""
    return not _PEOPLE.isdisjoint(_words(heading))


def is_about_works(heading: str) -> bool:
    """Whether a heading says that books stand below it."""
    return not _WORKS.isdisjoint(_words(heading))


def is_a_label(text: str) -> bool:
    """Whether a word before a colon says what kind of remark follows, and is no term to be learnt."""
    return text.casefold().rstrip("s") in _LABELS or text.casefold() in _LABELS


def _follows_of(words: list[str]) -> bool:
    """Whether the first word that could be an office stands behind `of`, as in `war of kings`."""
    at = next(number for number, word in enumerate(words) if word in _ROLES)
    return at > 0 and words[at - 1] in {"of", "by", "between", "against"}


_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


_THINGS = frozenset(
    _words(
        """act affair age agreement airlift alliance army assembly battle blockade bloc bombing boom bubble campaign
    church civil coalition colony commission commonwealth company conference confederation conflict congress
    constitution council coup crash crisis crusade crusades declaration depression doctrine dynasty edict election
    embargo empire epidemic era exhibition expedition famine federation festival fire flood front genocide
    government holocaust incident invasion kingdom law laws league line march massacre movement mutiny order
    organisation organization pact pandemic parliament party peace period plague plan plot policy programme program
    protocol purge putsch raid raj rebellion reformation reforms regime reich reign renaissance republic
    resistance restoration revolt revolution riot riots rising school settlement siege society state states strike
    summit synod system talks treaty trial trials union uprising voyage wall war wars"""
    )
)

_ROLES = frozenset(
    _words(
        """abbess abbot abolitionist activist actor actress admiral adviser advisor ambassador anarchist
    archaeologist archbishop archduke architect aristocrat artist astronaut astronomer author aviator baron
    biologist bishop born botanist businessman businesswoman caesar caliph cardinal chairman chairwoman chancellor
    chemist chief cleric colonel commander commissar composer conqueror conquistador consul cosmonaut count
    countess czar dancer daughter defector democrat dictator diplomat director doctor dramatist duchess duke
    economist editor educator emir emperor empress engineer envoy essayist evangelist explorer feminist fighter
    filmmaker financier founder freedman friar fuhrer general geographer governor guerrilla heir heiress
    hero heroine historian humanist husband imam industrialist inventor journalist judge jurist khan king
    knight laureate lawgiver lawyer leader lieutenant logician lord magistrate major manager marshal martyr
    mathematician mayor merchant minister missionary monarch monk mother musician mystic nationalist naturalist
    navigator nobleman noblewoman novelist nun nurse officer orator organiser organizer painter pastor
    patriarch patron peasant pharaoh philanthropist philosopher photographer physician physicist pilot pioneer
    pirate playwright pm poet politician pope preacher premier president priest prime prince princess
    printer professor prophet publisher queen rabbi reformer regent revolutionary ruler saint
    samurai satirist scholar scientist sculptor secretary senator sergeant sheriff shogun sister slave sociologist
    soldier son spy statesman stateswoman suffragette suffragist sultan tactician teacher terrorist theologian
    theorist traveller trader translator tribune tsar tyrant vicar viceroy warlord warrior widow wife
    woman writer
    kaiser kaiserin kanzler könig königin diktator politiker politikerin offizier dichter dichterin maler malerin
    schriftsteller schriftstellerin philosoph feldherr reformator forscher erfinder komponist minister papst
    roi reine empereur impératrice ministre écrivain peintre philosophe chef poète savant maréchal
    rey reina emperador escritor escritora pintor jefe presidente dictador ministro poeta filósofo re regina
    imperatore scrittore pittore"""
    )
)

_PARTICLES = frozenset(
    _words(
        "af al bin bint d da das de del della der des di do dos du el ibn la le of ten ter the van von y zu"
    )
)

_PEOPLE = frozenset(
    _words(
        "people persons person personen personalities biographies biography figures leaders characters who"
    )
)
_WORKS = frozenset(_words("sources source bibliography references reading readings books literature works"))

_LABELS = frozenset(
    _words(
        """abstract agenda aim answer assignment attention author chapter class contents course date deadline
    definition due email example exam exercise figure goal grade hint homework http https important info
    introduction keyword lesson link materials nb note objective outline page pp question quiz read reading ref
    reminder remember see source sources subject summary task teacher tel test time tip title todo topic unit
    video warning watch week year"""
    )
)
