"""What an import brings, in words: fields, values, news, candidates and remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from coordinator.domain.household import Contact
from coordinator.domain.phones import show_phone
from coordinator.domain.schedule import clock
from coordinator.exchange.incoming import Remark
from coordinator.exchange.report import Candidate, News, Side
from coordinator.words import said_words
from resources.i18n import N_, _
from resources.messages import sentence
from ui import texts

FIELDS: Mapping[str, str] = {
    "settlement": N_("settlement"),
    "address": N_("address"),
    "landmark": N_("landmark"),
    "phone": N_("phone"),
    "note": N_("note"),
    "decision": N_("decision"),
    "wants_on": N_("wished day"),
    "part_stays": N_("part stays"),
    "pets": N_("pets"),
    "destination_wish": N_("where to"),
    "luggage": N_("pieces of luggage"),
    "documents": N_("documents"),
    "escort": N_("escort of the child"),
    "requested_at": N_("request"),
    "member": N_("member"),
    "name": N_("name"),
    "birth": N_("birth"),
    "sex": N_("sex"),
    "relation": N_("relation"),
    "needs": N_("needs"),
    "person_note": N_("note on the person"),
    "plate": N_("plate"),
    "model": N_("model"),
    "seats": N_("seats"),
    "wheelchair": N_("wheelchair places"),
    "stretcher": N_("stretcher places"),
    "armoured": N_("armoured"),
    "licence": N_("licence"),
    "organisation": N_("organisation"),
    "driver": N_("driver"),
    "driver_phone": N_("driver's phone"),
    "available_from": N_("available from"),
    "available_until": N_("available until"),
    "name_en": N_("English name"),
    "kind": N_("kind"),
    "hromada": N_("hromada"),
    "raion": N_("raion"),
    "oblast": N_("oblast"),
    "lat": N_("latitude"),
    "lon": N_("longitude"),
    "estimated": N_("coordinates estimated"),
    "population": N_("population"),
    "population_source": N_("source of the population"),
    "alias": N_("other names"),
}


def field_words(news: News) -> str:
    """ "phone", or with whose it is: "Коваль Олена: birth"."""
    name = _(FIELDS.get(news.field, news.field))
    return _("{person}: {field}").format(person=news.person, field=name) if news.person else name


def value_words(field: str, text: str) -> str:
    """A value of the news as a person reads it: codes in words, days and phones in order."""
    return _SHOWN[field](text) if field in _SHOWN else said_words(field, text)


def phones_words(contacts: Iterable[Contact]) -> str:
    return ", ".join(show_phone(contact.e164) if contact.e164 else contact.raw for contact in contacts)


def news_words(news: News) -> str:
    """ "note: вагаються → речі зібрані"."""
    field, new = field_words(news), value_words(news.field, news.new)
    if not news.old:
        return _("{field}: {new} (new)").format(field=field, new=new)
    return _("{field}: {old} → {new}").format(field=field, old=value_words(news.field, news.old), new=new)


def kept_words(news: News) -> str:
    """What the list says of a value that was changed here since its last one, and stays."""
    if news.side is Side.BOTH and news.base:
        return _("{field}: it was {base}, here it became {old}, the list says {new}").format(
            field=field_words(news), base=value_words(news.field, news.base),
            old=value_words(news.field, news.old), new=value_words(news.field, news.new),
        )  # fmt: skip
    return _("{field}: {old} stays, the list says {new}").format(
        field=field_words(news), old=value_words(news.field, news.old), new=value_words(news.field, news.new)
    )


def ours_words(news: News) -> str:
    """A value that was changed here since our list left that comes back, and that they left as it was."""
    return _("{field}: {old} here since, the list still says {base}").format(
        field=field_words(news), old=value_words(news.field, news.old) or "–",
        base=value_words(news.field, news.base) or "–",
    )  # fmt: skip


def declined_words(news: News) -> str:
    return _("{field}: {new} (not taken)").format(field=field_words(news), new=value_words(news.field, news.new))


def candidate_words(candidate: Candidate) -> str:
    reasons = [_(texts.DUPLICATE_REASONS.get(code, code)) for code in candidate.reasons]
    why = ", ".join(reason[:1].lower() + reason[1:] for reason in reasons)
    if candidate.number is None:
        return _("possibly the same as {head} in this file ({why})").format(head=candidate.head, why=why)
    return _("possibly household {number}, {head} ({why})").format(
        number=candidate.number, head=candidate.head, why=why
    )


def remark_words(remark: Remark) -> str:
    facts = {"value": remark.at.value, **remark.facts}
    return sentence(remark.code, {name: texts.shown(fact) for name, fact in facts.items()})


def _day(text: str) -> str:
    try:
        return texts.day_short(date.fromisoformat(text))
    except ValueError:
        return text


def _phone(text: str) -> str:
    return show_phone(text) if text.startswith("+") else text


def _yes_or_no(text: str) -> str:
    return _("yes") if text == "1" else _("no")


def _clock(text: str) -> str:
    return clock(int(text)) if text.isdecimal() else text


_SHOWN: Mapping[str, Callable[[str], str]] = {
    "phone": _phone,
    "driver_phone": _phone,
    "armoured": _yes_or_no,
    "estimated": _yes_or_no,
    "available_from": _clock,
    "available_until": _clock,
    "birth": _day,
    "wants_on": _day,
    "part_stays": lambda text: _("yes") if text else "",
}
