"""What a screen says when something of ours fails: what happened, whose move it is, what to do."""

from __future__ import annotations

from dashboard.wording.catalogue import N_
from dashboard.wording.said import Owner, Said, to_us, to_you

FAILURES: dict[str, Said] = {
    "store_unavailable": to_you(
        N_("The store did not answer"),
        N_(
            "It is busy, full or not writable just now. Nothing that was saved is lost; "
            "what was asked last was not done."
        ),
        N_("Try again in a moment. If it stays so, `python -m dashboard doctor` says what is wrong."),
    ),
    "store_of_later_version": to_you(
        N_("The store was made by a later version"),
        N_("This version of Skillproof has read and changed nothing in it."),
        N_("Start the later version, or put an older backup back with `python -m dashboard restore FILE`."),
    ),
    "store_damaged": to_you(
        N_("The store is damaged"),
        N_("It fails its own check, so nothing more is written to it."),
        N_("Stop Skillproof and put a backup back with `python -m dashboard restore FILE`."),
    ),
    "gone": Said(
        headline=N_("That is not in the store any more"),
        sentence=N_("Somebody may have deleted it meanwhile. Nothing was changed."),
        owner=Owner.YOU,
        step=N_("Go on from another screen."),
    ),
    "internal_error": to_us(
        N_("We failed, not the file"),
        N_("A fault of this program stopped this screen. It says nothing about any file or person."),
        N_("Try again. If it stays, report the reference; there is no content in it."),
        "",
    ),
}
