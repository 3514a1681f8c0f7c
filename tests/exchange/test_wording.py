"""Words of notes, needs and relations."""

from __future__ import annotations

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.person import Need, Relation, Sex
from coordinator.exchange.wording import NoteReading, read_needs, read_note, read_relation, read_sex
from coordinator.words import DECISIONS, NEEDS, RELATIONS, SEXES
from resources.i18n import LANGUAGES, catalogue

PACKED, UNDECIDED, REFUSED = Decision.PACKED, Decision.UNDECIDED, Decision.REFUSED
WANTS, PREPARING = Decision.WANTS_PICKUP, Decision.PREPARING


@pytest.mark.parametrize(
    ("decision", "texts"),
    [
        (
            PACKED,
            "речі зібрані, готові|готові|Готові!|готовы|вещи собраны|packed|ready|готові виїхати|4 чоловік готові",
        ),
        (
            UNDECIDED,
            "вагаються|колеблются|undecided|ще думають|не готові|ще не готові|пока не готовы|not ready|неготові",
        ),
        (UNDECIDED, "речі не зібрані|речі ще не зібрані|речі зібрані, але вагаються"),
        (REFUSED, "відмова|відмовились|отказ|отказались|refused|не хочуть їхати|не поїдуть|не збираються їхати"),
        (REFUSED, "вся сім'я залишається|всі залишаються|не згодні"),
        (PREPARING, "збираються|готуються|пакують речі|собираются|preparing"),
        (WANTS, "потребують евакуації|просять забрати|хочуть виїхати 16.08|хотят выехать|хочуть бути евакуйованими"),
        (Decision.LEFT_THEMSELVES, "виїхали самостійно|виїхали|уехали сами|left by themselves"),
        (Decision.EVACUATED, "евакуйовані|эвакуированы 10.08|вивезли волонтери"),
        (Decision.UNREACHABLE, "не відповідає|телефон недоступний|не отвечает|no answer"),
        (Decision.RETURNED, "повернулись|вернулись|returned"),
        (None, "не відмовляються|не вагаються|документи готові|чекають на сина|лежача бабуся|залишила собаку|"),
        (None, "діти виїхали до Польщі|дочка виїхала"),
    ],
)
def test_what_notes_decide(decision: Decision | None, texts: str) -> None:
    for text in texts.split("|"):
        assert read_note(text) == NoteReading(decision), text


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("чоловік залишається з матір’ю", None),
        ("муж остаётся", None),
        ("husband stays", None),
        ("залишається", None),
        ("готові їхати, чоловік залишається", PACKED),
        ("чоловік відмовився, решта готові", PACKED),
    ],
)
def test_a_part_that_stays(text: str, decision: Decision | None) -> None:
    reading = read_note(text)
    assert (reading.decision, reading.part_stays) == (decision, True)


def test_a_refusal_of_one_is_not_the_household_s() -> None:
    assert read_note("син відмовляється") == NoteReading(None, True, True)


def test_what_was_earlier_does_not_count() -> None:
    assert read_note("раніше відмовлялись, тепер готові").decision is PACKED


@pytest.mark.parametrize(
    ("need", "texts"),
    [
        (
            Need.WHEELCHAIR,
            "візок|інв. коляска|інвалідний візок|на візку|wheelchair|кресло-коляска|крісло колісне|не ходить",
        ),
        (Need.STRETCHER, "лежача|лежачий|лежит|ноші|bedridden"),
        (Need.STEPS, "погано ходить, паличка|плохо ходит|милиці|костыли|ходунки|walks badly"),
        (Need.INFANT, "дитячий візок|дитяча коляска|детская коляска|немовля|pram"),
        (Need.COLD_MEDICINE, "інсулін|инсулин|insulin"),
        (Need.SENSES, "погано бачить|погано чує|не бачить|слепой|глухонімий"),
        (Need.POWER, "кисень|кислород|oxygen"),
        (Need.PREGNANT, "вагітна|беременна|pregnant"),
        (Need.DISABILITY, "інвалід 2 гр.|інвалід дитинства|ІІ група|инвалид 1 группы|ДЦП|disability"),
        (Need.ESCORT, "потрібен супровід|нужен сопровождающий|escort"),
    ],
)
def test_needs(need: Need, texts: str) -> None:
    for text in texts.split("|"):
        assert read_needs(text) == {need}, text


NO_NEED = [
    "",
    "-",
    "немає",
    "нет",
    "не лежача",
    "без візка",
    "онкологія",
    "ходить сам",
    "після інсульту",
    "лежачих немає",
]


@pytest.mark.parametrize("text", NO_NEED)
def test_no_need(text: str) -> None:
    assert read_needs(text) == frozenset()


def test_a_bare_group_counts_only_in_its_column() -> None:
    assert read_needs("2") == frozenset()
    assert read_needs("2", True) == read_needs("II", True) == read_needs("І А", True) == {Need.DISABILITY}


@pytest.mark.parametrize(
    ("relation", "texts"),
    [
        (Relation.HEAD, "глава сім'ї|голова домогосподарства|заявник"),
        (Relation.SPOUSE, "дружина|чоловік|жена|муж|wife"),
        (Relation.CHILD, "син|донька|дочь|дитина|son"),
        (Relation.PARENT, "мати|батько|мать|father"),
        (Relation.GRANDPARENT, "бабуся|дід|grandmother"),
        (Relation.GRANDCHILD, "онук|внучка|grandson"),
        (Relation.OTHER, "сват|теща"),
        (Relation.UNKNOWN, "|-"),
    ],
)
def test_relations(relation: Relation, texts: str) -> None:
    for text in texts.split("|"):
        assert read_relation(text) is relation, text


@pytest.mark.parametrize(
    ("sex", "texts"),
    [
        (Sex.MALE, "ч|чол.|чоловіча|м|муж|male|M"),
        (Sex.FEMALE, "ж|жін.|жіноча|жен|female|F"),
        (Sex.UNKNOWN, "|-"),
        (None, "?!x"),
    ],
)
def test_sexes(sex: Sex | None, texts: str) -> None:
    for text in texts.split("|"):
        assert read_sex(text) is sex, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_our_own_workbooks_read_back(language: str) -> None:
    say = catalogue(language).gettext
    for decision, text in DECISIONS.items():
        assert read_note(say(text)).decision is decision
    for need, text in NEEDS.items():
        assert need in read_needs(say(text))
    for relation, text in RELATIONS.items():
        assert read_relation(say(text)) is relation
    for sex, text in SEXES.items():
        assert read_sex(say(text)) is sex
