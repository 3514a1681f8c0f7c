"""Saved views: what was done, what it is called before it is undone, and why something is refused."""

from resources.i18n import N_

SENTENCES: dict[str, str] = {
    "view.no_name": N_("Give the view a name first, for example “Stretcher, not scheduled”."),
    "view.long_name": N_("This name is too long for a view: at most {most} letters."),
    "view.name_taken": N_("There is a view “{name}” already. Choose another name, or save the changes into that view."),
    "view.gone": N_("This view is no longer there. Somebody has deleted it; the households are all kept."),
    "action.save_view": N_("View “{name}” saved"),
    "action.change_view": N_("View “{name}” changed"),
    "action.rename_view": N_("View “{old}” renamed to “{name}”"),
    "action.rename_view.bare": N_("View renamed"),
    "action.pin_view": N_("View “{name}” shown on the first page"),
    "action.unpin_view": N_("View “{name}” taken off the first page"),
    "action.move_view": N_("View “{name}” moved"),
    "action.remove_view": N_("View “{name}” deleted"),
    "name.save_view": N_("save view “{name}”"),
    "name.change_view": N_("change view “{name}”"),
    "name.rename_view": N_("rename view “{old}”"),
    "name.pin_view": N_("show view “{name}” on the first page"),
    "name.unpin_view": N_("take view “{name}” off the first page"),
    "name.move_view": N_("move view “{name}”"),
    "name.remove_view": N_("delete view “{name}”"),
}
