"""Sentences about calls, visits and requests, by code."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "talk.when_missing": N_("When should they be called again? Enter the day and the time that were agreed on."),
    "talk.past": N_("The time to call again has passed already. Nothing was saved; enter a later one."),
    "talk.not_by_phone": N_("Only a call can end like this. Choose “Call”, or another outcome."),
    "talk.decision_missing": N_("Who refuses has decided to stay. Choose “Talked” for any other decision."),
    "talk.gone_household": N_(
        "Household {number} has left. Record that they came back, or take the departure back in the decision dialog first. Nothing was saved."
    ),
    "talk.gone": N_("This entry is no longer in the register. Somebody may have undone it."),
    "phone.unreadable": N_("“{value}” is no telephone number that can be read. It was not added."),
    "request.twice": N_(
        "{organisation} has sent the request {reference} before: it is request {number}, household {household}. It was not entered twice."
    ),
    "request.gone": N_("This request is no longer in the register. Somebody may have undone it."),
    "action.record_talk": N_("Talk with household {number} recorded"),
    "action.correct_talk": N_("Note of a talk with household {number} changed"),
    "action.add_number": N_("Number of household {number} added"),
    "action.record_request": N_("Request {request} entered for household {number}"),
    "action.correct_request": N_("Request {request} of household {number} changed"),
    "name.record_talk": N_("record the talk with household {number}"),
    "name.correct_talk": N_("change the note of a talk with household {number}"),
    "name.add_number": N_("add a number of household {number}"),
    "name.record_request": N_("enter request {request} for household {number}"),
    "name.correct_request": N_("change request {request} of household {number}"),
}
