"""Sentences about workbooks that come in and go out, by code.

Sheet and cell are shown beside the sentence. {value} is the text of the cell, {header} of its column.
"""

from resources.i18n import N_

_FILE: dict[str, str] = {
    "import.no_file": N_("There is no file {file}. Nothing was changed; choose another one."),
    "import.is_folder": N_("{file} is a folder. Choose a file in it."),
    "import.file_in_use": N_(
        "{file} cannot be opened: another program holds it, or you may not read it. Close it in Excel and try again."
    ),
    "import.cannot_read": N_("{file} cannot be read. Copy it to this computer and try again."),
    "import.empty_file": N_("{file} is empty (0 bytes). Ask the sender for it again."),
    "import.blank": N_("Nothing is written in {file}: all its cells are blank. Ask the sender for it again."),
    "import.file_too_large": N_("{file} has {mb} MB; lists of up to {limit} MB can be read. Split it and try again."),
    "import.unpacks_too_large": N_(
        "{file} would unpack to {mb} MB, more than the {limit} MB that a list can need. It was not opened. Copy the rows into a new workbook."
    ),
    "import.sheet_too_large": N_(
        "The sheet “{sheet}” of {file} reaches to cell {cell}: something stands far away from the list. Delete the empty rows and columns around the list, save, and try again."
    ),
    "import.lock_file": N_(
        "{file} is only the mark that Excel leaves beside an open workbook. Choose the file without “~$” in its name."
    ),
    "import.damaged": N_(
        "{file} is damaged or was not copied to its end. Nothing was changed; ask the sender for it again."
    ),
    "import.damaged_part": N_(
        "{file} is damaged in its part {part}. Nothing was changed; ask the sender for it again."
    ),
    "import.unsafe": N_(
        "{file} has a definition in its part {part} that no workbook needs and that can do harm. It was not opened. Copy the rows into a new workbook."
    ),
    "import.password": N_("{file} is protected by a password. Enter the one that its sender gave you."),
    "import.wrong_password": N_(
        "This is not the password of {file}. Mind capital letters and the keyboard's language."
    ),
    "import.password_not_found": N_(
        "{file} was not opened: no password fitted. Nothing was changed; ask the sender for the password and try again."
    ),
    "import.not_opened": N_("{file} was not opened. Nothing was changed."),
    "import.protection_unknown": N_(
        "{file} is protected in a way that cannot be opened here. Open it in its own program, save it without the password, and try again."
    ),
    "import.password_cannot_ask": N_(
        "{file} is protected by a password, and nobody can be asked for it here. Run the command in a terminal or set {variable}."
    ),
    "import.clipboard_empty": N_(
        "The clipboard holds no table. In the workbook mark the rows with their headers, copy them, and paste again here."
    ),
    "import.clipboard_too_large": N_(
        "More than {limit} MB were copied. Save these rows as a workbook and choose that. Nothing was changed."
    ),
    "import.is_text": N_("{file} is called a workbook but holds plain text. Give it the ending .csv and try again."),
    "import.is_html": N_(
        "{file} is a web page or XML and not a workbook. Open it in Excel, save it as .xlsx, and try again."
    ),
    "import.is_picture": N_("{file} is a picture. A picture cannot be read as a list; ask for the workbook."),
    "import.is_document": N_("{file} is a document and not a workbook. Copy its table into a workbook and try again."),
    "import.is_zip": N_("{file} is an archive and not a workbook. Unpack it and choose the workbook inside."),
    "import.unknown_type": N_(
        "{file} is no file that can be read here. Workbooks (.xlsx, .xls, .xlsb, .ods) and text tables (.csv, .tsv) can."
    ),
    "import.encoding": N_("The letters of {file} cannot be read. Save it as “CSV UTF-8” or as .xlsx and try again."),
    "import.nothing_usable": N_(
        "Nothing in {file} can be imported. In the first 25 rows of each sheet the program looks for headers such as ПІБ with Адреса or Дата народження (people), Кількість людей with Телефон (requests), Держномер with Місць (vehicles), katottg with name_uk (gazetteer), and for rows with data below them. Nothing was changed."
    ),
    "import.no_rows": N_("{file} has headers, but no row stands under them (sheets: {sheets}). Nothing was changed."),
    "import.only_example": N_(
        "{file} holds only its example row, which is not read. Fill in the rows below it and import it again. Nothing was changed."
    ),
    "import.strict": N_(
        "Rows of {file} that cannot be used: {count}. So nothing was imported. Mend them, or import without the strict check."
    ),
    "import.changed_since": N_(
        "The register was changed since this preview where {file} says something else (lines: {count}, the first: {who}). Nothing was imported. Look at these lines once more, then import."
    ),
    "import.same_file": N_("This very file was imported on {when}, as {file}. Nothing in it is new."),
}

_SHEET: dict[str, str] = {
    "import.sheet_hidden": N_(
        "The hidden sheet “{sheet}” was left out (rows in it: {rows}). Show it in Excel if it belongs to the list."
    ),
    "import.sheet_left": N_("The sheet “{sheet}” was left out, as it was said (rows in it: {rows})."),
    "import.sheet_other_kind": N_(
        "The sheet “{sheet}” is a list of another kind and was left out (rows in it: {rows}). Import it as a file of its own."
    ),
    "import.sheet_not_understood": N_(
        "The sheet “{sheet}” was left out (rows in it: {rows}): no row of headers was recognised in it."
    ),
    "import.hidden_rows": N_(
        "Hidden rows in the sheet “{sheet}”: {rows}, from row {first} to row {last}. They were read like all others."
    ),
    "import.hidden_rows_left": N_(
        "Hidden rows in the sheet “{sheet}”: {rows}, from row {first} to row {last}. They were left out, as you said."
    ),
    "import.column_unknown": N_("The column “{header}” is not known and was not read."),
    "import.column_doubled": N_(
        "The column “{header}” stands here a second time. It counts only where the first one is blank."
    ),
    "import.column_moved": N_("The column “{header}” stands in {column} now; in the last list it was in {old}."),
    "import.column_renamed": N_("The column {column} is called “{header}” now; in the last list it was “{old}”."),
    "import.column_missing": N_(
        "The column “{header}” of the last list is missing (it stood in {column}). What is known already stays as it is."
    ),
    "import.column_new": N_("The column {column} “{header}” is new; the last list did not have it."),
    "import.column_again": N_(
        "The column “{header}” stands in {column} once more; in the last list it was there once."
    ),
    "import.cell_error": N_("The cell under “{header}” holds the error {value}; it was read as unknown."),
    "import.formula_no_value": N_(
        "The cell under “{header}” holds a formula that was never calculated; it was read as unknown. Open the file in Excel, save it, and import it again."
    ),
}

_ASKED: dict[str, str] = {
    "ask.no_list": N_(
        "No row of headers was recognised in this file. Say in which row the headers stand and what the columns hold."
    ),
    "ask.column_unknown": N_("The column {column} “{header}” is not known. Say what it holds, or that it is not used."),
    "ask.column_guessed": N_("What the column {column} “{header}” holds was guessed from its cells. Check it."),
    "ask.column_unknown_bare": N_(
        "The column {column} has no header; “{value}” stands in it. Say what it holds, or that it is not used."
    ),
    "ask.column_guessed_bare": N_(
        "The column {column} has no header; what it holds was guessed from its cells (“{value}”). Check it."
    ),
    "ask.column_doubtful": N_("What stands in the column {column} is not what “{header}” says. Check it."),
    "ask.column_doubled": N_(
        "The column {column} “{header}” stands for the same as another one. Say which one counts."
    ),
    "ask.sheet_unknown": N_("No headers were recognised in the sheet “{sheet}” (rows in it: {rows}). It is left out."),
    "ask.sheet_hidden": N_("The sheet “{sheet}” is hidden (rows in it: {rows}). Say whether it belongs to the list."),
    "ask.sheet_other_kind": N_(
        "The sheet “{sheet}” is a list of another kind (rows in it: {rows}) and is left out. Import it as a file of its own."
    ),
    "ask.hidden_rows": N_(
        "Hidden rows in the sheet “{sheet}”: {rows}, from row {first} to row {last}. Say whether they belong to the list."
    ),
    "ask.days": N_("In “{value}” day and month could change places. Say once which stands first in this column."),
    "ask.households": N_("Nothing in the sheet “{sheet}” says where a household ends. Choose how they are told apart."),
    "ask.no_names": N_("No column of the sheet “{sheet}” says who it is about. Say where the names or phones stand."),
    "ask.words": N_("Words that are not understood: {words} (cells: {count}). Say what they mean."),
    "ask.senders": N_("Lists with these headers come from several senders: {senders}. Choose whose this one is."),
    "ask.sender": N_("The headers are those of {sender}. Check whether this list is theirs."),
    "ask.open": N_(
        "{file} cannot be read without an answer. {asked} Answer in the window under Import, or say it in the command."
    ),
    "reading.no_column": N_("“{column}” is no column that lists have. Possible are: {possible}."),
    "reading.no_letter": N_(
        "“{letters}” is no column of a sheet. Write its letters as Excel shows them, such as B or AA."
    ),
    "reading.no_sheet": N_("There is no sheet “{sheet}” in the workbook. It has: {sheets}."),
    "sender.no_name": N_("A sender needs a name. Type who sent the list."),
    "sender.long_name": N_("The name of a sender can have {limit} characters. Shorten it."),
    "sender.gone": N_("This sender was removed meanwhile. Nothing was changed."),
    "sender.taken": N_("There is a sender called {name} already. Choose another name."),
    "sender.unknown": N_("There is no sender called “{name}”. These are known: {names}."),
    "meaning.gone": N_("This meaning was removed meanwhile. Nothing was changed."),
    "meaning.blank": N_("There is no word to give a meaning to. Nothing was changed."),
    "meaning.no_column": N_("Words of “{field}” have no meaning to choose. Possible are: {fields}."),
    "meaning.unknown": N_("“{meaning}” is no meaning that is known here. Possible are: {possible}."),
}

_SKIPPED: dict[str, str] = {
    "import.skipped_total": N_("A row of totals; no data."),
    "import.skipped_signature": N_("A signature; no data."),
    "import.skipped_header": N_("The headers once more; no data."),
    "import.skipped_section": N_("A heading inside the list; no data."),
    "import.skipped_example": N_("The example row of a form; no data."),
    "import.skipped_number": N_("Only a number, and nothing in the row; no data."),
    "import.skipped_continuation": N_("Nobody new: this belongs to the household above and was kept with it."),
}

_REJECTED: dict[str, str] = {
    "import.no_person": N_("The row says nothing of a person: no name, birth, sex or address. It was set aside."),
    "import.no_contact": N_(
        "The row has no name, no phone and no address, so nobody can be found by it. It was set aside."
    ),
    "import.no_plate": N_("The vehicle has no plate. It was set aside; add the plate and import again."),
    "import.plate_twice": N_("The plate {value} stands higher up already. This row was set aside."),
    "import.katottg_unreadable": N_("“{value}” is no KATOTTG code (UA and 17 digits). The row was set aside."),
    "import.katottg_twice": N_("The code {value} stands higher up already. This row was set aside."),
    "import.no_settlement_name": N_("The settlement has no name. The row was set aside."),
}

_PEOPLE: dict[str, str] = {
    "import.birth_unreadable": N_(
        "“{value}” cannot be a birth date or an age. The date stays empty, the text is kept, the person too."
    ),
    "import.birth_too_old": N_(
        "By “{value}” the person would be over 120 years old. The date stays empty, the text is kept, the person too."
    ),
    "import.birth_later": N_("“{value}” lies after the date of the list. It was kept; please check it."),
    "import.birth_order": N_(
        "In “{value}” day and month could change places. This column was read as day/month/year; please check it."
    ),
    "import.sex_unknown": N_("“{value}” is no sex that is known here. It stays unknown."),
    "import.phone_unreadable": N_("“{value}” cannot be read as a phone number. It was kept as it is written."),
    "import.mark_unknown": N_("“{value}” under “{header}” was read as yes; the text was kept."),
    "import.day_unreadable": N_("“{value}” cannot be read as a day. It stays empty."),
    "import.not_findable": N_(
        "The household has neither an address nor a phone. It was kept; ask the sender how to find it."
    ),
    "import.large_household": N_(
        "People under this one address: {people} (rows {first} to {last}). Check that no address is missing between them."
    ),
    "import.settlement_from_above": N_(
        "Where the settlement is blank, the one from above was taken ({value}, from this row on). Please check it."
    ),
    "import.need_in_note": N_(
        "The note “{value}” names somebody who lies down or uses a wheelchair, and nobody of this household has that need. It stays a note; enter the need at whose it is."
    ),
    "import.several_people": N_(
        "“{value}” seems to name several people; it was read as one, and the text is kept. Give each a row of their own, so that each has a seat."
    ),
    "import.count_differs": N_(
        "The list says {value} people for this household and names {listed}. Those who are named were taken."
    ),
}

_COUNTS: dict[str, str] = {
    "import.count_zero": N_("“{header}” says 0. The contact was kept as one person, the text in the note."),
    "import.count_negative": N_("“{header}” cannot be {value}. It was left out, the text is in the note."),
    "import.count_half": N_(
        "“{header}” says {value}; it was rounded up so that nobody is left without a seat. The text is in the note."
    ),
    "import.count_added": N_(
        "“{value}” under “{header}” was added up, the first number as adults. The text is in the note."
    ),
    "import.count_unclear": N_("Of “{value}” under “{header}” only the number was taken. The text is in the note."),
    "import.count_unreadable": N_("“{value}” under “{header}” is no count. It was left out, the text is in the note."),
    "import.children_above_people": N_(
        "More children than people are named. All the children and the contact were taken, the counts are in the note."
    ),
    "import.places_above_people": N_(
        "More people lie or use a wheelchair than there are in the household. Please check it; the counts are in the note."
    ),
    "import.only_children": N_("Every person of this household is counted as a child. Ask who travels with them."),
}

_FLEET: dict[str, str] = {
    "import.mark_not_read": N_("“{value}” under “{header}” is neither yes nor no. It was read as no."),
    "import.places_unclear": N_(
        "“{value}” under “{header}” is no plain number of places; {places} was taken. Please check it."
    ),
    "import.no_seats": N_("The vehicle has no number of seats; 0 was taken. Add it before planning."),
    "import.time_unreadable": N_("“{value}” cannot be read as a time of day. It stays empty."),
    "import.degrees_unreadable": N_("“{value}” cannot be a coordinate. It stays empty."),
    "import.licence_seats": N_(
        "{plate} has more seats than the driver's licence allows. It was kept; give a reason before it drives."
    ),
    "import.vehicle_kept": N_(
        "{plate}: the list now says “{new}”, but “{old}” was entered here and stays. Please check it."
    ),
    "import.fewer_places": N_("{plate} offers fewer places than before. Check the trips that are planned with it."),
}

_COMPARED: dict[str, str] = {
    "import.settlement_unknown": N_(
        "The settlement “{text}” is not in the gazetteer (households: {count}). It was kept as written; choose it later. Near: {candidates}."
    ),
    "import.settlement_unlike_any": N_(
        "The settlement “{text}” is not in the gazetteer (households: {count}). It was kept as written; choose it later."
    ),
    "import.settlement_ambiguous": N_(
        "Several settlements are called “{text}” (households: {count}): {candidates}. It was kept as written; choose one later."
    ),
    "import.settlement_empty": N_("No settlement is given (households: {count}). Choose it later."),
    "import.sheet_full": N_(
        "The sheet “{sheet}” is full to its last row, {rows}: an old workbook holds no more, and rows may have been cut off when it was saved. All that is there was read; ask the sender for the list as xlsx."
    ),
    "import.older_list": N_(
        "This list is of {list_on}, but a newer one of {newest} was imported before. It only completes what is blank."
    ),
    "import.household_gone": N_(
        "Household {number} ({name}) stood in the last list and is missing in this one. It was left as it is."
    ),
    "import.members_gone": N_(
        "People of household {number} whom the last list named and this one does not: {names}. They were left as they are."
    ),
    "import.decision_kept": N_("Household {number} has left already, so the decision of this list was not taken."),
    "import.decision_older": N_(
        "Household {number} decided after the day of this list, so the decision of this list was not taken."
    ),
    "pair.decided": N_("Somebody has decided on these two meanwhile. Nothing was changed."),
    "pair.take_decision": N_(
        "One of the two is gone, so its decision stands. Untick the decision and join them again."
    ),
    "missing.decided": N_(
        "Somebody has said meanwhile what became of them. Nothing was changed; the list was read again."
    ),
    "import.nothing_to_correct": N_("In {file} the sender has nothing to correct. No workbook was written."),
    "import.sent_back": N_("These are rows that went back to be corrected. Whoever is not among them is not missed."),
    "import.not_held": N_("{file} is not held any more. Open it again; nothing was changed."),
    "import.own_pickup": N_(
        "{file} is our own export No. {number}, the pickup lists of {day}: whoever is in it stands in the register already. What came of the trips is entered under Schedule. Nothing was changed."
    ),
    "import.own_results": N_(
        "{file} is a sheet of results of trips, and not a list of people. Enter it under Schedule, or with “coordinator results”. Nothing was changed."
    ),
    "import.own_counts": N_(
        "{file} is our own export No. {number} of {day}: it only counts people by settlement, and names nobody. There is nothing to import; nothing was changed."
    ),
    "import.came_back": N_(
        "This is export No. {number} of {when} (recipient: {recipient}), come back. Households that they changed: {theirs}; changed here since: {ours}; changed on both sides otherwise: {both}."
    ),
    "import.foreign_mark": N_(
        "This workbook is export No. {number} of another register. Its household numbers mean nothing here; it was compared like any other list."
    ),
    "import.unknown_mark": N_(
        "This workbook says that it is export No. {number} of this register, but that is not in the log: the register is an older copy. It was compared with what stands here now."
    ),
    "import.both_changed": N_(
        "Household {number}: “{base}” left with the list. They made it “{new}”, here it became “{old}”. What stands here stays, unless somebody takes theirs."
    ),
    "import.both_added": N_(
        "Household {number}: nothing was said there when the list left. They wrote “{new}”, here it became “{old}”. What stands here stays, unless somebody takes theirs."
    ),
    "import.hand_kept": N_(
        "Household {number}: the list now says “{new}”, but “{old}” was entered here since the last list and stays. Please check it."
    ),
}

SENTENCES: dict[str, str] = {
    **_FILE, **_SHEET, **_ASKED, **_SKIPPED, **_REJECTED, **_PEOPLE, **_COUNTS, **_FLEET, **_COMPARED,
}  # fmt: skip
