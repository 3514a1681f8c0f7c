"""Words of notes, needs and relations in Ukrainian, Russian and English, read by their stems.

Everything here takes text as people type it and is forgiving; the text itself is always kept beside what
was understood, so a word that is not known costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

from coordinator.domain.decision import Decision
from coordinator.domain.names import fold
from coordinator.domain.person import Need, Relation, Sex
from coordinator.words import DECISIONS, NEEDS, RELATIONS, SEXES
from resources.i18n import LANGUAGES, catalogue


@dataclass(frozen=True, slots=True)
class NoteReading:
    """What a note decides. `part_stays`: some of the household stay or refuse; the others may go.

    `only_part` says that the refusal was somebody's and not the household's ("син відмовляється").
    """

    decision: Decision | None = None
    part_stays: bool = False
    only_part: bool = False


_CLAUSE = re.compile(r"[.;,!?\n]+|\s(?:але|але ж|проте|зате|решта|інші|но|зато|остальные|but|others)\s")
_NOT = re.compile(r"(?:^|\s)(?:не|нет|not|isnt|arent|dont|doesnt|cannot)(?:\s+\S+){0,2}\s*$")
_EARLIER = re.compile(r"\b(?:раніше|спочатку|раньше|сначала|earlier|previously)\b")
_EVERYBODY = re.compile(r"\b(?:всі|усі|вся|весь|все|семья вся|сімєю|родиною|all|everyone|whole)\b")
_MEMBER = re.compile(
    r"\b(?:чоловік\b|чоловіка\b|дружин|син\b|сина\b|сини\b|донь|дочк|мати\b|матір|мам[аиу]|"
    r"батьк|тат[оа]\b|дід|бабус|баба\b|брат|сестр|онук|внук"
    r"|муж|жена\b|жены\b|сын|доч|мать|отец|отца|бабушк|дедушк|тещ|тесть|свекр|зять|невістк|"
    r"невестк|husband|wife\b|son\b|daughter|mother|father"
    r"|grand|brother|sister|діти\b|дітей\b|дети\b|детей\b|children|родич|родствен|сусід|сосед|"
    r"neighbou?r|один\b|одна\b|хтось|кто то)"
)

_WISH = r"(?:хоч|бажа|прос[яи]|потреб|треба|жела|хот[яе]|нужд|нужн|want|wish|need|ask|request|погод|соглас|agree)"
_GO = (
    r"(?:виїх|виїзд|виїжд|їхат|поїхат|евак|эвак|забр|заберіт|вивез|вивіз|выех|выезд|выезж|"
    r"ехать|уех|вывез|leav|evac|pick|go\b|transport)"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("not_asked", r"^не (?:опитан|опрошен|запитан|спрошен)|^not asked|^не питал"),
        (
            "refused",
            r"\bвідмов|\bотказ|\brefus|\bdeclin|\bне (?:поїд|їдут|їде\b|поїхат|поед|едут|едет|погодж|"
            r"погоджу|згод|соглас|збира|собира|планую)",
        ),
        ("refused", rf"\b(?:не|not|dont|doesnt|wont)\s+{_WISH}"),
        (
            "refused",
            r"\b(?:нікуди|никуда|nowhere) не\b|\bпроти (?:евак|виїзд)|\bпротив (?:эвак|выезд)|"
            r"\bwont (?:go|leave)|\bnot going",
        ),
        (
            "unreachable",
            r"не відповід|не беру?т|не бере труб|недоступн|не додзвон|не отвеч|не дозвон|no answer|"
            r"unreachable|not answer|поза зоною|вне зоны",
        ),
        (
            "undecided",
            r"\bваг|\bроздум|\bподума|\bдумают|\bдумає|\bдумает|\bсумнів|\bсомнев|\bколебл|\bколеба|"
            r"не визначил|не вирішил|не определил|не решил|\bundecided|\bhesitat|\bunsure|\bthinking|"
            r"\bmaybe\b|\bможливо\b|неготов",
        ),
        (
            "stays",
            r"\bзалиш\w*(?:ся|сь)\b|\bзалишає\w*\b(?= (?:вдома|з |із |дома|в селі))|\bоста(?:е|ю|л|"
            r"н)\w*(?:ся|сь)\b|\bостаеться|\bstay(?:s|ing|ed)?\b|\bremain(?:s|ing)?\b",
        ),
        (
            "wish",
            rf"{_WISH}\w*\s+(?:\S+\s+){{0,3}}?{_GO}|\bwants? pick ?up|\bна виїзд|\bна евакуацію\b|"
            r"\bна эвакуацию\b",
        ),
        ("evacuated", r"\bевакуйован|\bэвакуирован|\bevacuated\b|\bвивезен|\bвывезен|\bвивезли|\bвывезли"),
        (
            "left",
            r"\bвиїха(?:в|ла|ли)\b|\bвиїхал|\bвыехал|\bуехал|\bсамовиїзд|\bсамостійний виїзд|"
            r"\bleft (?:by|on|already|the|for|home)\b|^left$|\bhave left\b|\bself evacuat",
        ),
        ("returned", r"\bповерну(?:вс|лас|лис|т[аі])|\bвернул|\breturned"),
        (
            "packed",
            r"\bзібра(?:ні|ли|на|ний|лис|но)|\bсобран|\bсобрал|спакован|упакован|\bpacked\b|\bready\b|"
            r"\bготов(?:і|ий|а|е|ы|о)?\b|на валізах|на чемоданах",
        ),
        ("preparing", r"\bзбира|\bсобира|\bготую|\bготуєм|\bготов(?:ятся|ится|имся)|\bпаку|\bprepar|\bpacking"),
    )
)
_DECISIONS = {
    "evacuated": Decision.EVACUATED,
    "left": Decision.LEFT_THEMSELVES,
    "undecided": Decision.UNDECIDED,
    "preparing": Decision.PREPARING,
    "packed": Decision.PACKED,
    "wish": Decision.WANTS_PICKUP,
    "refused": Decision.REFUSED,
    "returned": Decision.RETURNED,
    "unreachable": Decision.UNREACHABLE,
    "not_asked": Decision.NOT_ASKED,
}
"""Strongest first: who hesitates though packed is undecided; a refusal beside a wish is that of a part."""

_NEGATED = {"packed": "undecided", "wish": "refused", "preparing": "refused"}
_WISH_WORD = re.compile(rf"\b{_WISH}")
_THING = re.compile(r"\bдокумент|\bдовідк|\bсправк|\bобід|\bобед|\bжитло")


Code = TypeVar("Code", Decision, Need, Relation, Sex)


def _own_words(table: Mapping[Code, str]) -> dict[str, Code]:
    """The words of our own workbooks, in every language that they are written in."""
    languages = [catalogue(language) for language in LANGUAGES]
    return {_plain(language.gettext(text)): code for code, text in table.items() for language in languages}


@cache
def own_decisions() -> dict[str, Decision]:
    return _own_words(DECISIONS)


def own_decision(text: str) -> Decision | None:
    """The decision where the text is word for word one of ours, in whichever language."""
    return own_decisions().get(_plain(text))


@lru_cache(maxsize=8192)
def read_own_needs(text: str) -> frozenset[Need] | None:
    """Needs of a text that names them in our own words; other words in it are read as anybody's. None in a blank."""
    rest = _plain(text)
    if not rest:
        return None
    found: set[Need] = set()
    for words, need in sorted(_own_needs().items(), key=lambda one: -len(one[0])):
        if words in rest:
            found.add(need)
            rest = rest.replace(words, " ")
    return frozenset(found) | read_needs(rest)


@cache
def own_sexes() -> dict[str, Sex]:
    return _own_words(SEXES)


@cache
def _own_needs() -> dict[str, Need]:
    return _own_words(NEEDS)


@cache
def _own_relations() -> dict[str, Relation]:
    return _own_words(RELATIONS)


@lru_cache(maxsize=8192)
def read_note(text: str) -> NoteReading:
    """The decision that a note of a list tells (issue A, point 4), clause by clause; negations are heeded."""
    if own := own_decisions().get(_plain(text)):
        return NoteReading(own)
    clauses = [clause for clause in _CLAUSE.split(f" {_plain(text)} ") if clause and clause.strip()]
    told = [(clause, found) for clause in clauses for found in _told(clause.strip())]
    now = [found for clause, found in told if not _EARLIER.search(clause)] or [found for _, found in told]
    decided = [name for name in _DECISIONS if name in now]
    part_refuses = "part refused" in now
    part_stays = "stays" in now or part_refuses
    if len(decided) > 1 and "refused" in decided:
        decided.remove("refused")
        part_stays = True
    return NoteReading(_DECISIONS[decided[0]] if decided else None, part_stays, part_refuses and not decided)


def _plain(text: str) -> str:
    return " ".join(fold(text.replace("\n", "; ")).replace("-", " ").split())


def _told(clause: str) -> list[str]:
    """What one clause says: usually one thing."""
    for name, pattern in _PATTERNS:
        match = pattern.search(clause)
        if match is None:
            continue
        negated = _NOT.search(clause[: match.start()]) is not None
        if name == "packed" and (_THING.search(clause) or re.search(r"\bзалиш|\bостать?ся|\bстрахов", clause)):
            continue
        if name in ("evacuated", "left") and (_WISH_WORD.search(clause) or _MEMBER.search(clause)):
            continue
        if negated:
            if name in _NEGATED:
                return [_NEGATED[name]]
            if name == "unreachable":
                return [name]
            continue
        if name == "stays":
            return ["refused" if _EVERYBODY.search(clause) and not _MEMBER.search(clause) else "stays"]
        if name == "refused" and _MEMBER.search(clause):
            return ["part refused"]
        return [name]
    return []


_PRAM = re.compile(
    r"(?:дитяч|детск)\w*\s+(?:коляс|віз)\w*|(?:коляс|віз)\w*\s+(?:для дитини|дитяч|детск)\w*|"
    r"\bpram\b|\bstroller\b"
)
_CHAIR = (
    r"\b(?:інв\w*|инв\w*|крісло|кресло|каталк)?[. -]*(?:візк|візок|візоч|коляс|wheelchair)|"
    r"\bкаталк|(?:крісл|кресл)\w* (?:колісн|колесн)|колісн\w* крісл"
)
_NEEDS: tuple[tuple[Need, re.Pattern[str]], ...] = tuple(
    (need, re.compile(pattern))
    for need, pattern in (
        (
            Need.STRETCHER,
            r"\bлежа|\bлежит|\bлежить|прикут|прикован|\bнош[іи]|\bносил|stretcher|bedridden|\blying\b|"
            r"нетранспортабельн",
        ),
        (Need.WHEELCHAIR, _CHAIR + r"|\bне ходит|\bне ходячий|\bнеходяч|\bне може ходити|\bcannot walk|\bcant walk"),
        (
            Need.STEPS,
            r"\bпогано ход|\bплохо ход|\bважко ход|\bтяжело ход|\bтяжко ход|\bледве ход|\bеле ход|"
            r"палич|\bпалиц|\bпалк|\bтрост|\bципок|милиц|костыл"
            r"|\bходун|\bсход|\bступен|\bсходинк|маломоб|обмежен\w* рух|опорно|\bwalks? (?:badly|"
            r"poorly|with)|\bcrutch|\bcane\b|\bwalker\b|\bsteps\b",
        ),
        (Need.POWER, r"кисен|кислород|oxygen|\bшвл\b|\bивл\b|концентратор|\bелектр|\bэлектр|\bpower\b|сипап|cpap"),
        (
            Need.SENSES,
            r"(?:погано|плохо|слабо|майже|почти|не) (?:бач|чу[єю]|вид|слыш|слиш)|сліп|слеп|незряч|"
            r"глух|\bслабозор|\bслабочу|\bслабовид|\bblind|\bdeaf|sees badly|hears badly|\bзір\b|"
            r"\bслух\b"
            r"|\bsees or hears",
        ),
        (Need.ESCORT, r"супровод|супровід|сопровожд|\bescort|догляд|\bуход\b"),
        (Need.PREGNANT, r"вагітн|беремен|pregnan"),
        (
            Need.INFANT,
            r"немовл|грудн\w* (?:дит|реб)|грудничок|младен|новонародж|новорожд|\binfant|\bbaby\b|"
            r"дитяче крісло|детское кресло|автокрісл|автокресл|child seat",
        ),
        (
            Need.COLD_MEDICINE,
            r"інсул[іи]н|инсулин|insulin|ліки (?:в|у) холод|лекарств\w* в холод|medicine.*cold|cold.*medicine",
        ),
        (
            Need.DISABILITY,
            r"інвалід(?!н\w* (?:віз|коляс))|инвалид(?!н\w* коляс)|\b(?:гр|група|группа)\b|\bдцп\b|"
            r"disab|\b(?:і{1,3}|i{1,3}|[123]) ?гр",
        ),
    )
)
_WITHOUT = re.compile(r"(?:^|\s)(?:не|без|not|no)\s*$")
_NONE_OF = re.compile(r"\w*\s*[–—:-]?\s*(?:немає|нема|нет|відсутн\w*|отсутств\w*)(?:\s*[.,;]|\s*$)")
"""Behind a need: "лежачих немає"."""
_NOTHING = re.compile(
    r"(?:-|–|—|немає|нема|нет|ні|no|none|0|відсутні|без|не потребує|не нуждается|здоров\w*|"
    r"ходить|ходит|ходячий|ходяча|walks)?\.?"
)


@lru_cache(maxsize=8192)
def read_needs(text: str, group_column: bool = False) -> frozenset[Need]:
    """The needs that a text names. A pram is an infant's and no wheelchair; "не лежача" is no stretcher.

    `group_column`: the header asks for the disability group, so a bare "2" or "II" is one.
    """
    folded = _plain(text)
    if not folded or _NOTHING.fullmatch(folded):
        return frozenset()
    own = _own_needs()
    found = {own[piece] for piece in (folded, *map(str.strip, re.split("[,;]", folded))) if piece in own}
    if _PRAM.search(folded):
        found.add(Need.INFANT)
        folded = _PRAM.sub(" ", folded)
    for need, pattern in _NEEDS:
        for match in pattern.finditer(folded):
            denied = _WITHOUT.search(folded[: match.start()]) or _NONE_OF.match(folded, match.end())
            if match.group().startswith("не ") or not denied:
                found.add(need)
                break
    if group_column and re.fullmatch(r"(?:[123]|і{1,3}|i{1,3})(?: ?[абab])?\.?", folded):
        found.add(Need.DISABILITY)
    return frozenset(found)


def names_no_need(text: str) -> bool:
    """Whether a text says that there is none ("немає", "-")."""
    return _NOTHING.fullmatch(_plain(text)) is not None


_RELATIONS: tuple[tuple[Relation, re.Pattern[str]], ...] = tuple(
    (relation, re.compile(pattern))
    for relation, pattern in (
        (Relation.HEAD, r"\bголова|\bглава|\bhead|\bзаявни|\bзаявител|власни|хазя|хозя"),
        (Relation.GUARDIAN, r"опікун|опекун|піклувальн|попечител|guardian"),
        (Relation.PARTNER, r"співмешк|сожител|цивільн|гражданск|partner"),
        (Relation.GRANDCHILD, r"онук|онуч|внук|внуч|grandchild|grandson|granddaughter"),
        (Relation.GRANDPARENT, r"\bдід|\bбаб|дедуш|grandmother|grandfather|grandparent|прабаб|прадід"),
        (Relation.SIBLING, r"\bбрат|сестр|brother|sister|sibling"),
        (Relation.SPOUSE, r"дружин|\bчоловік|подружж|\bмуж|\bжена|супруг|wife|husband|spouse"),
        (Relation.PARENT, r"\bмат[иі]|\bматір|\bмам|\bбатьк|\bтат|\bмать|\bотец|\bпап|mother|father|parent"),
        (Relation.CHILD, r"\bсин|\bдонь|\bдочк|\bдочь|\bсын|\bдит|\bребен|\bдоч|\bson|daughter|\bchild"),
    )
)


@lru_cache(maxsize=1024)
def read_relation(text: str) -> Relation:
    """The relation to the head: OTHER for a word that is not known, UNKNOWN for nothing."""
    folded = _plain(text)
    if folded in _own_relations():
        return _own_relations()[folded]
    if not any(char.isalpha() for char in folded):
        return Relation.UNKNOWN
    for relation, pattern in _RELATIONS:
        if pattern.search(folded):
            return relation
    return Relation.OTHER


@lru_cache(maxsize=256)
def read_sex(text: str) -> Sex | None:
    """ "ч", "чол.", "жін", "м", "female"; None for a text that is no sex."""
    folded = _plain(text).strip(" .-")
    if folded in own_sexes():
        return own_sexes()[folded]
    if not folded:
        return Sex.UNKNOWN
    if folded in ("ч", "м", "m") or folded.startswith(("чол", "муж", "male", "man", "boy", "хлоп")):
        return Sex.MALE
    if folded in ("ж", "f", "w") or folded.startswith(("жін", "жен", "fem", "wom", "girl", "дівч")):
        return Sex.FEMALE
    return None
