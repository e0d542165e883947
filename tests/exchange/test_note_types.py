"""The note types of our facts in Anki, which must never change."""

import re
from hashlib import blake2b

import pytest

from fasti.core.kinds import BUILT_IN, Kind
from fasti.exchange.own.note_types import MOD, NOTE_TYPES, OWN, forms_of, has_switch, switch

# By kind: the note type's id and name, the ids of its fields by name and in order, and of each template its id and
# a digest of its front and of its back. Nobody who has a deck of ours in Anki is asked whether any of this may
# change. Fields and templates are there for good; a digest may change together with `MOD`.
FROZEN: dict[str, tuple[int, str, dict[str, int], dict[str, tuple[int, str, str]]]] = {
    "event": (
        3097918721196721,
        "fasti Event",
        {
            "Event": 2858341579990830,
            "Date": 3787928964617335,
            "What": 3605142854507557,
            "Caused by": 3916167663672257,
            "Leads to": 2864894117939285,
            "Weekday": 3378258321951573,
            "Own question": 4248105981733948,
            "Ask when": 4275235698680309,
            "Ask what": 4393962563264897,
            "Ask causes": 2849863739117570,
            "Ask effects": 2827964701683453,
            "Accept": 3643407783907975,
            "Hint": 2635214989132198,
            "Note": 3854553523917883,
            "Source": 4316577249064847,
            "Image": 4472192946108322,
            "Spare 1": 3676044607632197,
            "Spare 2": 2959436019710494,
            "Spare 3": 3923447229119494,
            "fasti": 3976303462785773,
        },
        {
            "When": (4420219185514907, "5d10457bd331", "4a727d7c485d"),
            "What": (4434045256972952, "dc0e6ec7795e", "8277396e5f45"),
            "Causes": (3908315586666243, "1363dc598a01", "e5fd5cd0d7b6"),
            "Effects": (3341469341336495, "4e8bfdbad665", "85a5c1b68338"),
        },
    ),
    "person": (
        4330383151648691,
        "fasti Person",
        {
            "Person": 3610017402750231,
            "Who": 3726833318712492,
            "Lived": 4462287259303924,
            "Own question": 2280452731962368,
            "Ask who": 2866065361902127,
            "Ask name": 3257305864957171,
            "Ask lived": 3119905230717654,
            "Accept": 2732958865077514,
            "Hint": 2739806390643459,
            "Note": 3255564317198690,
            "Source": 4023771026449819,
            "Image": 3067322679685315,
            "Spare 1": 3952590150717360,
            "Spare 2": 4283988880539629,
            "Spare 3": 2638395097921404,
            "fasti": 4079818103022625,
        },
        {
            "Who": (3646276446306189, "2a0ce1e78315", "34eb7dc4ccec"),
            "Name": (4309112769665175, "89453c96a874", "f32c108137ef"),
            "Lived": (3524795950127379, "d76554141726", "2b071de3344a"),
        },
    ),
    "effect": (
        2324307482304304,
        "fasti Effect",
        {
            "Effect": 2766469920975339,
            "Causes": 4070885285837578,
            "Why": 2368332797984891,
            "Own question": 3345633271647516,
            "Ask causes": 2868687641397405,
            "Accept": 2733171721907206,
            "Hint": 3099929454856760,
            "Note": 2531503154613227,
            "Source": 3197881526413503,
            "Image": 4491364126755072,
            "Spare 1": 3480064179443269,
            "Spare 2": 2806570894389748,
            "Spare 3": 3235833278353658,
            "fasti": 4320980152913835,
        },
        {
            "Causes": (2979785853928656, "e4adf46e5432", "c9cf14f76b32"),
        },
    ),
    "cause": (
        3122457533492540,
        "fasti Cause",
        {
            "Cause": 3377362656977239,
            "Effect": 2590151737615681,
            "Why": 3807036447140947,
            "Own question": 3179614601318640,
            "Ask effect": 3828274370876027,
            "Ask cause": 3656257246501445,
            "Accept": 4421003613458336,
            "Hint": 3018889750101443,
            "Note": 3472118577791475,
            "Source": 2845853888225336,
            "Image": 3874729808840858,
            "Spare 1": 3752809680719953,
            "Spare 2": 2546272605251994,
            "Spare 3": 4359078222185420,
            "fasti": 4220071445257984,
        },
        {
            "Effect": (2944651794986784, "7676944ae889", "e7a7aead3c25"),
            "Cause": (4011623840068733, "6f83d01294d5", "048495e6bc56"),
        },
    ),
    "term": (
        2469447666277717,
        "fasti Term",
        {
            "Term": 3845979004671209,
            "Means": 2358069729499354,
            "Own question": 2394977345354378,
            "Ask meaning": 3190593267241893,
            "Ask term": 4199255089894084,
            "Accept": 3452514740433135,
            "Hint": 2698995934090760,
            "Note": 3943603618054858,
            "Source": 2844232701015823,
            "Image": 4374921408489594,
            "Spare 1": 3022323932885472,
            "Spare 2": 2371085678249679,
            "Spare 3": 3122169691977908,
            "fasti": 3242685112954765,
        },
        {
            "Meaning": (3836778079834152, "a6d864d0d8bb", "a6bd841c41fc"),
            "Term": (2766594937830776, "2995af4ead95", "75e7baae0e2c"),
        },
    ),
    "q": (
        4181724791267115,
        "fasti Question",
        {
            "Question": 4455985592975736,
            "Answer": 3962925578340422,
            "Own question": 4210958780165691,
            "Accept": 3087327552157871,
            "Hint": 2594027474131249,
            "Note": 3026603890287487,
            "Source": 3962055528148338,
            "Image": 2756382206159588,
            "Spare 1": 2745038610714356,
            "Spare 2": 2354472406915875,
            "Spare 3": 3089833498704098,
            "fasti": 3178401269214711,
        },
        {
            "Answer": (4487039258595353, "bafe429edc9c", "b6170b600be7"),
        },
    ),
    "cloze": (
        3689537589353706,
        "fasti Cloze",
        {
            "Text": 2312010871217094,
            "Own question": 2780354733789369,
            "Accept": 3274647224768302,
            "Hint": 3915355333871806,
            "Note": 2848123820653054,
            "Source": 2323997801343355,
            "Image": 3154993584857336,
            "Spare 1": 2543934497473667,
            "Spare 2": 4415689989013917,
            "Spare 3": 2805861405481590,
            "fasti": 3530122529184103,
        },
        {
            "Cloze": (2595508152088758, "cbacc230afd0", "8fa2fafc4cf9"),
        },
    ),
    "order": (
        4214586296449145,
        "fasti Order",
        {
            "Order": 3984861849346579,
            "Items": 3746276633926934,
            "Shuffled": 2826940124085178,
            "Own question": 3339126276339038,
            "Ask order": 2699438456097236,
            "Accept": 2999621821844703,
            "Hint": 2990201185347238,
            "Note": 3889768105932719,
            "Source": 2923589397786995,
            "Image": 3318024544292139,
            "Spare 1": 4055235264286513,
            "Spare 2": 4168094802762190,
            "Spare 3": 2381464404603878,
            "fasti": 3649556492690007,
        },
        {
            "Order": (3662851582336071, "6360833a8450", "9c19e752dcca"),
        },
    ),
    "own": (
        2655727313126233,
        "fasti Own",
        {
            "Fact": 2605726770980722,
            "Kind": 3792843128589521,
            "Question 1": 3728074079653926,
            "Answer 1": 2859672846991331,
            "Typed 1": 2701952999678010,
            "Extra 1": 2819653160989209,
            "Question 2": 2739312675461065,
            "Answer 2": 3450743473165639,
            "Typed 2": 4020240865694120,
            "Extra 2": 2758916177586299,
            "Question 3": 2514250591541552,
            "Answer 3": 3682526233236082,
            "Typed 3": 2616595407144191,
            "Extra 3": 4387666938664537,
            "Question 4": 3109684146691569,
            "Answer 4": 3516632504547739,
            "Typed 4": 4406411765108317,
            "Extra 4": 2798925770036562,
            "Question 5": 3412529018496238,
            "Answer 5": 2865562400886227,
            "Typed 5": 2303458471234128,
            "Extra 5": 3546415131846537,
            "Accept": 3829085418162913,
            "Hint": 3540193895281135,
            "Note": 3433874986977479,
            "Source": 2776405104320307,
            "Image": 3861923079531740,
            "Spare 1": 3125536605662817,
            "Spare 2": 3723123656950352,
            "Spare 3": 3689565894957422,
            "fasti": 4431952976651964,
        },
        {
            "Card 1": (3671369396293472, "e50ce87f7d05", "11e64800313f"),
            "Card 2": (4437517234628822, "1b266e18d906", "f5f8393c425b"),
            "Card 3": (4440920109024687, "1da1f3eabe2a", "6a10165bdfb9"),
            "Card 4": (3953149946177481, "6fd950171d9c", "e81cf8e409a1"),
            "Card 5": (2327350388358312, "3210d18ffcb1", "93d4f2f6303d"),
        },
    ),
}
FROZEN_MOD = 1_795_000_000
FROZEN_STYLESHEET = "b2c059a62c22"

WHEN_FRONT = """\
<div class="fasti mathjax_ignore tex2jax_ignore">
{{#Ask when}}{{#Own question}}<div class="prompt" dir="auto">{{Ask when}}</div>{{/Own question}}
{{^Own question}}
<div class="word" dir="auto">{{Ask when}}</div>
<div class="prompt" dir="auto">{{Event}}</div>
{{/Own question}}
{{#Image}}<div class="picture">{{Image}}</div>{{/Image}}
<div class="typed">{{type:Date}}</div>
{{#Hint}}<div class="hints">{{hint:Hint}}</div>{{/Hint}}{{/Ask when}}
</div>"""

SPECIAL = {"tags", "type", "deck", "subdeck", "card", "cardflag", "cardid", "frontside"}


def digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=6).hexdigest()


def test_there_is_a_note_type_for_every_built_in_kind_and_one_for_all_others() -> None:
    assert list(NOTE_TYPES) == [*BUILT_IN, OWN]
    assert set(FROZEN) == set(NOTE_TYPES)


@pytest.mark.parametrize("key", FROZEN)
def test_a_note_type_is_as_it_was_frozen(key: str) -> None:
    id, name, fields, templates = FROZEN[key]
    note_type = NOTE_TYPES[key]

    assert (note_type.id, note_type.name, note_type.cloze) == (id, name, key == "cloze")
    assert [(field.name, field.id) for field in note_type.fields] == list(fields.items())
    assert {
        template.name: (template.id, digest(template.question), digest(template.answer))
        for template in note_type.templates
    } == templates
    assert [template.name for template in note_type.templates] == list(templates)


def test_the_stylesheet_and_its_moment_change_together() -> None:
    assert {digest(note_type.css) for note_type in NOTE_TYPES.values()} == {FROZEN_STYLESHEET}
    assert {note_type.mod for note_type in NOTE_TYPES.values()} == {MOD} == {FROZEN_MOD}


def test_a_front_asks_only_where_its_switch_is_filled() -> None:
    assert NOTE_TYPES["event"].templates[0].question == WHEN_FRONT


def test_no_id_stands_for_two_things_and_all_are_exact_in_javascript() -> None:
    ids = [
        id
        for note_type in NOTE_TYPES.values()
        for id in (
            note_type.id,
            *(field.id for field in note_type.fields),
            *(template.id for template in note_type.templates),
        )
    ]

    assert len(set(ids)) == len(ids)
    assert all(id is not None and 0 < id < 2**53 for id in ids)


@pytest.mark.parametrize("key", NOTE_TYPES)
def test_no_field_has_a_name_that_means_something_to_anki(key: str) -> None:
    names = [field.name for field in NOTE_TYPES[key].fields]

    assert not SPECIAL & {name.casefold() for name in names}
    assert not [name for name in names if re.search(r'[:{}"#^/]', name) or name != name.strip()]
    assert len({name.casefold() for name in names}) == len(names)


@pytest.mark.parametrize("key", NOTE_TYPES)
def test_templates_name_only_fields_that_are_there(key: str) -> None:
    fields = {field.name for field in NOTE_TYPES[key].fields}
    named = {
        name
        for template in NOTE_TYPES[key].templates
        for name in re.findall(r"\{\{[#^/]?(?:[a-z]+:)*([^}]*)\}\}", template.question + template.answer)
    }

    assert named <= fields
    assert not {name for name in named if name.startswith("Spare") or name == "fasti"}


@pytest.mark.parametrize("kind", BUILT_IN.values(), ids=lambda kind: kind.name)
def test_every_card_of_a_kind_is_a_template_or_a_note_of_its_own(kind: Kind) -> None:
    note_type = NOTE_TYPES[kind.name]
    forms = forms_of(kind)

    assert len(note_type.templates) == max(1, len(forms))
    for form, template in zip(forms, note_type.templates, strict=False):
        assert template.name == form.name.capitalize()
        if has_switch(kind, form):
            assert f"{{{{#{switch(form.name)}}}}}" in template.question
    assert len(forms) + sum(bool(form.each) for form in kind.cards) == len(kind.cards)


def test_nothing_is_fetched_from_anywhere() -> None:
    texts = [
        text
        for note_type in NOTE_TYPES.values()
        for template in note_type.templates
        for text in (note_type.css, template.question, template.answer)
    ]

    assert not [text for text in texts if re.search(r"url\(|@import|https?:|<script|src=", text)]
