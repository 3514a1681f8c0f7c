"""Sentences about the history, what it puts back and why some things are not undone, by code.

"name.<label>" is what an action is called before it is undone or done again: "Undo: set decision of household 417".
"""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "undo.no_import": N_("No import of {file} stands. Nothing was changed; the page Import names those that do."),
    "undo.gone": N_("This action is no longer in the history."),
    "redo.done": N_("This was done again already."),
    "undo.went_out": N_("What was printed or exported has left the register and cannot be called back."),
    "undo.report_frozen": N_(
        "A report stays as it was sent. Freeze the day once more: what is known now goes into the new report as a correction."
    ),
    "undo.is_undo": N_("This is an undo: do it again instead."),
    "undo.is_redo": N_("Undo the action itself; it stands in the list below."),
    "undo.users": N_("Users and keys are not undone here. Change them on the page Safety."),
    "undo.beginning": N_("The register began with this, so it stays."),
    "undo.final": N_("This cannot be undone: what it removed is gone for good, and copies stay."),
    "undo.nothing_changed": N_("This changed nothing, so there is nothing to undo."),
    "undo.family": N_(
        "This cannot be taken back any more: the people of household {number} would be torn apart by what was done with them since. Nothing was changed; a split family is put together with “One family again”."
    ),
    "undo.vehicle_busy": N_(
        "Undoing this would put {plate} on two trips at the same time; one is list {list}. Nothing was changed: "
        "give one of the trips another vehicle first."
    ),
    "undo.driver_busy": N_(
        "Undoing this would make the driver of {plate} (list {list}) drive {other} at the same time. "
        "Nothing was changed: give one of the trips another driver first."
    ),
    "undo.two_lists": N_(
        "Undoing this would put household {number} on a second list of one day; it stands on list {list}. "
        "Nothing was changed: take it off that list first."
    ),
    "undo.left_twice": N_(
        "Undoing this would leave two departures of household {number} in force, the later on {day}, with no return "
        "between. Nothing was changed: correct the other departure first."
    ),
    "undo.not_left": N_(
        "Undoing this would leave household {number} returned on {day} without having left. Nothing was changed: "
        "correct the return first."
    ),
    "history.gone": N_("This record is no longer there, so the value cannot go back. Undo the action that removed it."),
    "history.same": N_("This value stands already; nothing was changed."),
    "history.not_alone": N_(
        "This value cannot go back by itself, because others depend on it. Undo the whole action on the page History."
    ),
    "check.loose": N_(
        "Records that name one which was deleted: {count} (a head, an escort, a driver). Nothing is damaged; they are "
        "shown without it."
    ),
    "action.restore_value": N_("Household {number}: earlier value put back ({field})"),
    "action.make_copy": N_("Copy of the register made"),
    "action.restore": N_("Register restored from a copy"),
    "name.add_household": N_("enter household {number}"),
    "name.edit_household": N_("change household {number}"),
    "name.set_address": N_("change address of household {number}"),
    "name.set_contacts": N_("change phones of household {number}"),
    "name.add_person": N_("add person to household {number}"),
    "name.edit_person": N_("change person of household {number}"),
    "name.remove_person": N_("take person off household {number}"),
    "name.set_head": N_("change head of household {number}"),
    "name.set_escort": N_("change escort of a child in household {number}"),
    "name.remove_household": N_("delete household {number}"),
    "name.restore_value": N_("put value back in household {number} ({field})"),
    "name.decide": N_("set decision of household {number}"),
    "name.decide_person": N_("set decision of a member of household {number}"),
    "name.decide_many": N_("set decision of {count} households"),
    "name.split_household": N_("split household {number}"),
    "name.rejoin_household": N_("put household {other} back into {number}"),
    "name.move_person": N_("move a person of household {number} to {other}"),
    "name.record_departure": N_("record departure of household {number}"),
    "name.save_vehicle": N_("save vehicle {plate}"),
    "name.save_driver": N_("save driver {name}"),
    "name.save_destination": N_("save destination {name}"),
    "name.save_curfew": N_("save curfew of {hromada}"),
    "name.save_zone_order": N_("save evacuation order for {settlement}"),
    "name.remove_vehicle": N_("delete vehicle {plate}"),
    "name.remove_destination": N_("delete destination {name}"),
    "name.remove_curfew": N_("delete curfew of {hromada}"),
    "name.remove_zone_order": N_("delete evacuation order for {settlement}"),
    "name.set_location": N_("enter location of {settlement}"),
    "name.change_setting": N_("change setting “{setting}”"),
    "name.save_recipient": N_("save recipient {name}"),
    "name.remove_recipient": N_("delete recipient {name}"),
    "name.import": N_("import {file}"),
    "name.resolve_settlement": N_("say that “{text}” is {settlement}"),
    "name.merge_households": N_("merge household {other} into {number}"),
    "name.not_the_same": N_("keep households {number} and {other} apart"),
    "name.save_plan": N_("plan {day}"),
    "name.confirm_pair_for_day": N_("plan households {number} and {other} both on {day}"),
    "name.move_household": N_("move household {number} in the schedule of {day}"),
    "name.new_trip": N_("add trip of {plate} on {day}"),
    "name.remove_trip": N_("give up trip {list}"),
    "name.set_trip_vehicle": N_("give trip {list} to another vehicle"),
    "name.set_trip_driver": N_("change driver of trip {list}"),
    "name.pin_trip": N_("pin trip {list}"),
    "name.unpin_trip": N_("take the pin off trip {list}"),
    "name.pin_stop": N_("pin household {number} on trip {list}"),
    "name.unpin_stop": N_("take the pin off household {number} on trip {list}"),
    "name.set_departed": N_("record departure of trip {list}"),
    "name.take_back_departed": N_("take back departure of trip {list}"),
    "name.drop_out": N_("record that {name} cannot come"),
    "name.lift_drop_out": N_("record that {name} can come after all"),
    "name.accept_rescue": N_("give stops of {plate} to other trips"),
    "name.set_notice": N_("record call to household {number} for {day}"),
    "name.record_stop": N_("record result of household {number}"),
    "name.trip_arrived": N_("record arrival of trip {list}"),
    "name.join_trip": N_("household {number} met on the way joins trip {list}"),
    "name.add_met": N_("enter people met on trip {list}"),
    "name.leave_trip": N_("take people met off trip {list}"),
    "name.apply_results": N_("enter results of {day} from a sheet"),
}
