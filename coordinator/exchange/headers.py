"""The columns of incoming lists, each declared once, and how headers in three languages name them.

A header is reduced by `header_key` (folded, punctuation to blanks, № to #) and compared with the columns of
a vocabulary in order; the first that matches takes it, so narrow columns stand before wide ones. Patterns
are searched anywhere in the key; those that must be the whole key carry ^ and $. HXL tags: see `hashtags`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from coordinator.domain.memory import forgettable
from coordinator.domain.names import fold
from coordinator.exchange.hashtags import is_hashtag, tagged_column
from coordinator.exchange.incoming import ListKind

LONGEST_HEADER = 120
"""Characters; a longer text is a sentence and no header."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of incoming lists: its key, what its header looks like, and what it does not."""

    key: str
    pattern: str
    unless: str = ""

    def matches(self, key: str) -> bool:
        return bool(_compiled(self.pattern).search(key)) and not (self.unless and _compiled(self.unless).search(key))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_COUNT = r"(?:кільк|к с?ть|кол|числ|скільки|сколько|count|number|total|всього|усього|всего|#)"
_SOMEBODY_ELSE = (
    r"супров[оі]д|опікун|сопровожд|опекун|escort|guardian|родич|relative|старост|відповідал|"
    r"ответствен|соціальн"
)

NUMBER = Column(
    "number",
    r"^(?:#|n|no|nr|номер|row|порядковий номер|порядковый номер)?(?: ?(?:#|з п|п п|пп|зп|"
    r"row))?$",
)

SENT_BACK = Column("sent_back", r"^(?:what to correct|що виправити)$")
"""Reasons that we wrote into a list that went back to be corrected."""

FAMILIES: tuple[Column, ...] = (
    NUMBER,
    SENT_BACK,
    Column("member_no", r"^(?:#|номер|no) (?:особи|члена|людини|персони)|^member (?:no|number)$"),
    Column(
        "household_no",
        r"(?:#|номер|no|number|id).*(?:родин|сімї|домогосп|household|family|семьи)|"
        r"^household(?: no| number| id| #)?$",
        r"(?:no|number|total) of (?:\w+ )?(?:households|families)|загальн|усього|всього|всего",
    ),
    Column("household_no", r"^(?:домогосподарство|домохозяйство)(?: #| номер)?$"),
    Column("children_ages", r"(?:вік|возраст|ages?\b).*(?:діт|дет|child)"),
    Column(
        "evacuation_date",
        r"(?:дат|date).*(?:евакуац|эвакуац|евакуйов|вивез|вывоз|evacuat)|^evacuated on$|^евакуйован\w*$",
        r"бажан|желаем|wish|prefer|want",
    ),
    Column("carrier", r"^(?:ким|кем) (?:евак|эвак|вивез|вывез|перев)|^carried by$|перевізник|перевозчик|carrier"),
    Column("wants_on", r"(?:бажан|желаем|желат|wish|prefer|want).*(?:дат|день|час|коли|date|day|\bon\b|when)"),
    Column(
        "wants_on",
        r"(?:дат|день|коли|когда|when|date|day).*(?:виїзд|виїхат|відїзд|выезд|выехат|забрат|забор|"
        r"pick ?up|depart|leav)",
    ),
    Column("wants_on", r"pick ?up.*(?:on|by|date|day|before)|^(?:коли|когда)$"),
    Column("request_time", r"^(?:час|время|time)(?: (?:заявк|дзвінк|звернен|звонк|обращен|of call|of request)\w*)?$"),
    Column(
        "requested_on",
        r"(?:дат|date|позначка|отметка).*(?:заявк|звернен|обращен|запит|запрос|request|call|"
        r"дзвінк|звонк|реєстр|регистр|надход|поступ|час|врем)"
        r"|^(?:дата|date|timestamp|date time|requested(?: on| at)?|звернення)$",
        r"народ|рожд|birth",
    ),
    Column("registered_address", r"реєстрац|прописк|регистрац|registered address"),
    Column("note", r"^(?:члени|члены) (?:сім|сем|родин|домогосп)"),
    Column("birthplace", r"(?:місце|место|place).*(?:народ|рожд|birth)"),
    Column("birth_year", r"(?:рік|год|year).*(?:нар|рожд|birth)|^birth year$"),
    Column(
        "birth",
        r"народж|нарожд|рожд|\bнар\b|birth|\bд н\b|\bд р\b|^др$|^дн$|\bdob\b|\bр н\b|\bг р\b",
        r"свідоц|свидет|certif|^член",
    ),
    Column("age", r"\bвік\b|\bвозраст|\bage\b|повних років|полных лет"),
    Column("sex", r"^стать\b|^пол$|\bsex\b|gender"),
    Column("escort", _SOMEBODY_ELSE, r"потреб|needs?\b|\bтел|phone|приміт|примеч|комент|коммент|нотатк|заметк"),
    Column("driver", r"водія|водій|водител|driver"),
    Column(
        "phone",
        r"\bтел|phone|\bмоб\b|мобільний номер|мобильный номер|viber|whatsapp|telegram|"
        r"контактн\w* (?:дані|данные|номер)"
        r"|^контакти?$|^контакты$|^contacts?$|contact (?:number|details)",
    ),
    Column(
        "documents",
        r"паспорт|passport|рнокпп|\bіпн\b|\bинн\b|ідентиф|податков|tax|документ|document|свідоцтв|"
        r"свидетел",
    ),
    Column(
        "children",
        rf"{_COUNT}.*(?:діт|дет|child|неповноліт|несоверш|kids)|(?:\b(?:з|із|из|у|в) (?:них|яких|"
        r"которых|т ч|тому числі|том числе)|\bof (?:them|whom|which)).*(?:діт|дет|child)",
    ),
    Column("children", r"^(?:діти|дітей|дети|детей|children|kids|child)(?: (?:до|under|0).*)?$"),
    Column("adults", r"доросл|взросл|\badults?\b"),
    Column("pram", r"(?:дитяч|детск)\w* (?:коляс|віз)|\bpram\b|stroller"),
    Column("need_kinds", r"^kinds of needs$|^види потреб$"),
    Column("stretcher", r"лежач|\bнош|носил|stretcher|bedridden|\blying\b", r"потреб|needs"),
    Column("wheelchair", r"коляс|візк|візок|візоч|wheelchair", r"потреб|needs"),
    Column("pregnant", r"вагітн|беремен|pregnan", r"потреб|needs"),
    Column(
        "needs",
        r"потреб|нужд|\bneeds?\b|vulnerab|вразлив|уразлив|уязвим|здоров|мобільність|мобильность|mobility|пересуван|передвиж|"
        r"маломоб|medical|медич|мед стан|діагноз|диагноз",
    ),
    Column("disability", r"інвалід|инвалид|disab"),
    Column("people", rf"{_COUNT}.*(?:люд|осіб|особ|чол|чел|член|мешк|жител|people|person|душ|member|евакуй|эвакуир)"),
    Column(
        "people",
        r"^(?:людей|люди|осіб|чол|чел|человек|people|persons|members|кількість|количество|count|"
        r"pax|к с?ть|кол во)$",
    ),
    Column(
        "people",
        r"(?:household|family|party) size|size of (?:household|family)|склад (?:сімї|родини)|"
        r"состав семьи",
    ),
    Column(
        "full_name",
        r"\bпіб\b|\bп і б\b|\bпіп\b|\bфио\b|\bф и о\b|прізвищ.*(?:імя|ініціал)|фамил.*(?:имя|"
        r"инициал)|імя.*прізвищ|имя.*фамил"
        r"|full name|^names?$|last name.*first|first.*last name|surname.*\bname|name.*surname|"
        r"контактна особа|контактное лицо"
        r"|contact (?:person|name)|^контакт\w* \(?піб|^заявни\w+$|^заявител\w+$|^head(?: of household)?$",
    ),
    Column("surname", r"прізвищ|фамили|surname|last name|family name"),
    Column("patronymic", r"по батькові|отчество|patronymic|middle name"),
    Column("given", r"^(?:імя|имя)$|first name|given name|forename"),
    Column("relation", r"спорідн|родинн|родств|relation|ким доводит|кем приход|\bзвязок\b|^роль"),
    Column(
        "destination",
        r"\bкуди\b|\bкуда\b|destination|where to|призначення|назначения|прибутт|прибыт|"
        r"бажане місце",
    ),
    Column("katottg", r"катотт?г|katottg|коатуу|koatuu"),
    Column("hromada", r"громад|hromada|^отг$|^мтг$|^тг$|община|community"),
    Column("region", r"^район$|^raion$|^область$|^oblast$|^обл$|^region$|^district$"),
    Column("address", r"(?:вулиц|улиц|\bвул\b|street).*(?:будин|\bдома?\b|\bбуд\b|house)"),
    Column(
        "settlement",
        r"населен|нас пункт|\bн п\b|\bнп\b|settlement|village|\bсело\b|\bмісто\b|\bгород\b|"
        r"\btown\b|\bcity\b",
        r"адрес|address|вулиц|улиц|street",
    ),
    Column("landmark", r"орієнтир|ориентир|landmark|як проїхати|как проехать|directions"),
    Column("flat", r"\bкв\b|кварт|\bflat\b|apartment|\bapt\b"),
    Column("house", r"будин|\bдома?\b|\bбуд\b|\bhouse\b|building|\bхата\b", r"адрес"),
    Column(
        "address",
        r"адрес|address|(?:місце|место) (?:прож|перебув|жител|пребыв)|звідки|откуда|from where",
        r"e ?mail|пошт",
    ),
    Column("street", r"вулиц|улиц|street|\bвул\b|\bул\b"),
    Column("pets", r"тварин|животн|\bpets?\b|animal|улюблен"),
    Column(
        "decision",
        r"рішення|решение|decision|\bстатус\b|\bstatus\b|готовність|готовность|намір|"
        r"(?:^|чи |ли )(?:бажа[єю]|згод[ае]|согла)",
    ),
    Column("person_note", r"^(?:примітк\w*|нотатк\w*) (?:про|щодо) (?:особу|особи)$|^note on the person$"),
    Column("part_stays", r"^(?:a )?part (?:of them )?stays$|^частина (?:родини )?(?:залишається|лишається)$"),
    Column("luggage", r"багаж|luggage|baggage|речі|вещи"),
    Column(
        "note",
        r"^прим$|приміт|примеч|комент|коммент|нотатк|заметк|\bnotes?\b|remark|comment|додатков|дополнит|\bінше\b|"
        r"прочее|other info",
    ),
)

FLEET: tuple[Column, ...] = (
    SENT_BACK,
    Column(
        "plate",
        r"держ ?номер|держ знак|госномер|гос номер|(?:номерн|реєстраційн|регистрационн|"
        r"державн)\w* (?:номер|знак)|\bplate",
    ),
    Column(
        "plate",
        r"номер (?:авто|тз|т з|машин|транспорт)|рег номер|^registration(?: no| number| #)?$|"
        r"^номер$|vehicle number",
    ),
    Column("number", NUMBER.pattern),
    Column("driver_phone", r"\bтел|phone|\bмоб|контакт"),
    Column(
        "licence_remark",
        r"^(?:зауваження|примітк\w*) (?:щодо|до|про) (?:посвідчення|категор)|^remark on the licence$",
    ),
    Column("licence", r"категор|licen[cs]e|category|посвідчен|удостоверен"),
    Column("driver", r"водій|водія|водител|driver|\bпіб\b|\bфио\b"),
    Column("stretcher", r"лежач|\bнош|носил|stretcher"),
    Column("wheelchair", r"коляс|візк|візок|візоч|wheelchair"),
    Column("seats", r"місц|мест|\bseats?\b|пасажир|пассажир|passenger|capacity|місткість|вместимость"),
    Column("armoured", r"брон|armou?r"),
    Column("hours", r"^(?:час|години|часы|время) (?:роботи|работы)$|^графік|^график|working hours"),
    Column(
        "available_from",
        r"(?:доступ|готов|avail|працю|робот|работ|час|врем).*\b(?:з|із|с|від|от|from)$|^(?:з|із|с|"
        r"від|от|from|start)$|початок|начало",
    ),
    Column(
        "available_until",
        r"(?:доступ|готов|avail|працю|робот|работ|час|врем).*\b(?:до|по|until|till|to)$|^(?:до|по|"
        r"until|till|end)$|кінець|конец",
    ),
    Column("organisation", r"організац|организац|organi[sz]ation|власник|владелец|owner|належн|підрозділ|чий|установа"),
    Column("model", r"марк|модел|model|\bmake\b|^авто|^транспорт|^vehicle|^тз$|назва тз"),
    Column("note", r"приміт|примеч|комент|коммент|\bnotes?\b|remark|comment"),
)

GAZETTEER: tuple[Column, ...] = (
    SENT_BACK,
    Column("katottg", r"катотт?г|katottg"),
    Column("pcode", r"p ?code"),
    Column("name_en", r"^name en$|english name|англ"),
    Column("name", r"^name(?: ukr?)?$|^назва|^название|населен\w+ пункт|^settlement"),
    Column("aliases", r"^alt names?|^other names|alias|інші назви|другие названия|колишн|прежн|former"),
    Column("kind", r"^type$|^тип|^вид$|^kind$|категорія"),
    Column("hromada", r"громад|hromada|община"),
    Column("raion", r"район|raion|district"),
    Column("oblast", r"область|oblast|^обл$"),
    Column("lat", r"^lat|широта"),
    Column("lon", r"^lon|^lng$|довгота|долгота"),
    Column("population", r"population|населення|население|жителів|мешканців"),
    Column("role", r"^role$|^роль$"),
    NUMBER,
)

VOCABULARIES: Mapping[ListKind, tuple[Column, ...]] = {
    ListKind.FLEET: FLEET,
    ListKind.GAZETTEER: GAZETTEER,
    ListKind.REQUESTS: FAMILIES,
    ListKind.PEOPLE: FAMILIES,
}

_ADDRESSES = frozenset({"address", "street", "house", "registered_address"})
_NAMES = frozenset({"full_name", "surname"})
_BORN = frozenset({"birth", "birth_year", "age"})


def header_key(text: object) -> str:
    """A header as it is compared: "№ з/п" is "# з п", "Ім’я" is "імя", "name_uk" is "name uk"."""
    if not isinstance(text, str) or len(text) > LONGEST_HEADER:
        return ""
    key = fold(text.replace("№", " # ").replace("_", " "))
    return " ".join(re.sub(r"[^\w#]+", " ", key).split())


@lru_cache(maxsize=4096)
def column_of(key: str, kind: ListKind) -> str | None:
    """The column that a header key names in lists of this kind."""
    if not key:
        return None
    if is_hashtag(key):
        return tagged_column(key, kind)
    return next((column.key for column in VOCABULARIES[kind] if column.matches(key)), None)


forgettable(column_of)  # It is asked about rows of names too, when a header of two rows is looked for.


def columns_in(keys: Sequence[str], kind: ListKind) -> dict[str, tuple[int, ...]]:
    """Column key -> places in the row, the first header first; a doubled header has several."""
    found: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        name = column_of(key, kind)
        if name is not None:
            found.setdefault(name, []).append(place)
    return {name: tuple(places) for name, places in found.items()}


def recognised_kind(keys: Sequence[str]) -> ListKind | None:
    """The kind of list that a row of header keys heads; None where it is no header row.

    A fleet has a plate and something about the vehicle; a gazetteer KATOTTG codes and names; requests a
    count of people (or the date of the call and nobody's birth) and a way to find the household, which a settlement
    alone is not: counts by settlement are a summary; a list of people names, or birth dates without names, and two
    facts more.
    """
    fleet = columns_in(keys, ListKind.FLEET).keys()
    if "plate" in fleet and fleet & {"seats", "model", "driver", "stretcher", "wheelchair", "organisation"}:
        return ListKind.FLEET
    places = columns_in(keys, ListKind.GAZETTEER).keys()
    family = columns_in(keys, ListKind.PEOPLE).keys()
    of_people = family & (_BORN | {"phone"})
    if {"katottg", "name"} <= places and places & {"lat", "kind", "raion", "aliases"} and not of_people:
        return ListKind.GAZETTEER
    findable = family & (_ADDRESSES | _NAMES | {"phone", "settlement"})
    if family & {"people", "adults"} and family & (_ADDRESSES | _NAMES | {"given", "phone", "household_no"}):
        return ListKind.REQUESTS
    if "requested_on" in family and not family & (_BORN | {"sex"}) and len(findable) > 1:
        return ListKind.REQUESTS
    details = {"sex", "phone", "needs", "settlement", "relation", "note", "number", "disability"}
    facts = family & (_ADDRESSES | _BORN | details)
    if (family & _NAMES and facts) or (family & _BORN and len(facts) > 2):
        return ListKind.PEOPLE
    return None
