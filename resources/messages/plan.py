"""Sentences of the day's plan: why a household is left over, and which rule a trip breaks."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "left.no_place": N_("There was no place for them in any trip of the day."),
    "left.no_place.seats": N_(
        "The seats are taken: they need {needed} together, and the most that is left in one trip is {free}."
    ),
    "left.no_place.time": N_("Places are left, but only in vehicles that have no time for one more stop."),
    "left.no_wheelchair": N_("There was no wheelchair place for them."),
    "left.no_wheelchair.fleet": N_(
        "Wheelchair places needed: {needed}. The most that one vehicle of the day has is {most}."
    ),
    "left.no_wheelchair.taken": N_(
        "The wheelchair places that could reach them are taken (places: {places}), and there is no time for "
        "one more trip."
    ),
    "left.no_space": N_("There was no room for their luggage and animals."),
    "left.no_space.fleet": N_("Luggage and animals take {needed} places, and no vehicle has more than {most}."),
    "left.no_space.taken": N_("All room for luggage and animals on trips that could fetch them is taken."),
    "left.no_stretcher": N_("There was no stretcher place for them."),
    "left.no_stretcher.fleet": N_(
        "Stretcher places needed: {needed}. The most that one vehicle of the day has is {most}."
    ),
    "left.no_stretcher.taken": N_(
        "The stretcher places that could reach them are taken (places: {places}), and there is no time for "
        "one more trip."
    ),
    "left.too_large": N_(
        "No vehicle of the day has all their places at once: seats {seats}, wheelchair {wheelchair}, "
        "stretcher {stretcher}. Use a larger vehicle, or divide them for the way."
    ),
    "left.too_large.seats": N_(
        "They need {seats} seats together, and the largest vehicle of the day has {most}. "
        "Use a larger vehicle, or divide them for the way."
    ),
    "left.window": N_("No vehicle can be there between {start} and {end}."),
    "left.window.short": N_("The time from {start} to {end} is shorter than the {service} min needed at the door."),
    "left.window.late": N_(
        "The first vehicle could be there at {earliest}, but it may be there only from {start} to {end}."
    ),
    "left.window.far": N_("A vehicle that fetches them is back at {back} at the soonest, after its hours."),
    "left.window.free": N_("Places are left, but no vehicle that has them can be there between {start} and {end}."),
    "left.road": N_(
        "The road to {settlement} or back is closed for every vehicle that has the places. "
        "If there is a way round, record how long it takes under Roads, then plan again."
    ),
    "left.no_coordinates": N_("The place is not known on the map. Choose the settlement, then plan again."),
    "left.possible_duplicate": N_(
        "Possibly the same as household {number}. Decide whether they are the same, then plan again."
    ),
    "left.no_fleet": N_("No vehicle with places, a driver and hours is available on this day."),
    "left.nobody": N_("Nobody is listed in this household. Enter how many people there are, then plan again."),
    "left.taken_off": N_("Taken off the plan by hand."),
    "left.pinned": N_("Pinned for {at}, and the vehicle cannot be there then. Take the pin off, then plan again."),
    "left.driver_hours": N_("The drivers who could fetch them would be on the road for longer than they may."),
    "left.destination": N_("No destination has a place for them."),
    "left.destination.full": N_("The free places of all destinations that take them are filled by others."),
    "left.destination.places": N_("They are {people}, and no destination has more free places than {most}."),
    "left.destination.pets": N_("No destination takes their animals."),
    "left.destination.wheelchairs": N_("No destination takes a wheelchair."),
    "help.destination": N_("A destination with so many more free places would do: {people}."),
    "help.destination.pets": N_("A destination that takes animals would do; places they need: {people}."),
    "help.destination.wheelchairs": N_("A destination that takes wheelchairs would do; places they need: {people}."),
    "left.open_result": N_("Their result of list {list} has not been entered. Enter it, then plan again."),
    "help.trip": N_("One more trip of {vehicle} at {depart} would do; it is back at {back}, its hours end at {end}."),
    "help.trip.driver": N_(
        "One more trip of {vehicle} at {depart} would do, back at {back}, if its driver may be on the road for longer."
    ),
    "help.place.seats": N_("More seats in {vehicle} on its trip at {depart} would do: {count}."),
    "help.place.wheelchair": N_("More wheelchair places in {vehicle} on its trip at {depart} would do: {count}."),
    "help.place.stretcher": N_("More stretcher places in {vehicle} on its trip at {depart} would do: {count}."),
    "help.place.space": N_("More room for luggage in {vehicle} on its trip at {depart} would do, pieces: {count}."),
    "help.vehicle": N_("One more vehicle that leaves at {depart} would do; seats it needs: {seats}."),
    "help.vehicle.carried": N_(
        "One more vehicle that leaves at {depart} would do; it needs seats: {seats}, wheelchair places: {wheelchair}, "
        "stretcher places: {stretcher}."
    ),
    "help.later": N_("{vehicle} could fetch them if it may be at the door until {until}."),
    "breach.seats.layout": N_(
        "{plate}: {taken} seats are there, but not together with the other places that are needed."
    ),
    "breach.wheelchair.layout": N_(
        "{plate}: {taken} wheelchair places are there, but not together with the other places that are needed."
    ),
    "breach.stretcher.layout": N_(
        "{plate}: {taken} stretcher places are there, but not together with the other places that are needed."
    ),
    "breach.space": N_("{plate}: pieces of luggage {taken}, room for {places}."),
    "breach.space.layout": N_(
        "{plate}: there is room for {taken} pieces of luggage, but not together with the places that are needed."
    ),
    "breach.seats": N_("{plate}: seats needed {taken}, available {places}."),
    "breach.wheelchair": N_("{plate}: wheelchair places needed {taken}, available {places}."),
    "breach.stretcher": N_("{plate}: stretcher places needed {taken}, available {places}."),
    "breach.window": N_(
        "Household {number}: the vehicle is there from {arrive} to {leave}, but may be there only from {start} to {end}."
    ),
    "breach.vehicle_hours": N_("{plate} is away from {depart} to {back}, but is available only from {start} to {end}."),
    "breach.overlap": N_("{plate} leaves at {depart}, but the trip before ends at {back}."),
    "breach.travel_time": N_("Household {number}: the drive there takes {needed} min, the trip allows {given}."),
    "breach.travel_time.back": N_(
        "The drive to the transit centre and unloading take {needed} min, the trip allows {given}."
    ),
    "breach.road": N_("{plate}: the road {way} is closed."),
    "breach.road.vehicle": N_("{plate} may not drive the road {way}."),
    "breach.stop_time": N_("Household {number}: {needed} min are needed at the door, the trip allows {given}."),
    "breach.licence": N_(
        "{plate} has {seats} seats, and licence category {licence} allows {allowed}. Give the reason or choose another driver."
    ),
    "breach.twice": N_("Household {number} stands in the plan twice."),
    "breach.unknown": N_("A household of this trip is not among those who are ready on this day."),
    "breach.unknown.vehicle": N_("The vehicle of this trip is not available on this day."),
    "breach.driver": N_("The driver of {plate} drives {other} at the same time."),
    "breach.no_coordinates": N_("Household {number}: the place is not known, so the driving time cannot be checked."),
    "breach.possible_duplicate": N_(
        "Household {number} is possibly the same as household {other}, and both are in the plan."
    ),
    "breach.driver_hours": N_("The driver of {plate} is on the road for {hours} that day, at most {most} is allowed."),
    "breach.destination": N_("{destination}: {people} people arrive by this trip, free places: {places}."),
    "breach.destination.pets": N_("Household {number} has animals, and {destination} takes none."),
    "breach.destination.wheelchairs": N_("Household {number} comes in a wheelchair, and {destination} takes none."),
    "breach.pinned": N_("Household {number} is pinned: {plate} at {at}."),
    "breach.open_result": N_("Household {number}: their result of list {list} has not been entered."),
    "breach.out": N_("{plate} is out of use from {at}: {reason}"),
    "breach.out.driver": N_("The driver of {plate} is not there from {at}: {reason}"),
    "breach.no_driver": N_("{plate} has no driver yet."),
}
