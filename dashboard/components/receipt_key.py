"""The key that receipts are signed with, for whoever wants to check one; and a receipt checked again."""

from __future__ import annotations

import json
from collections.abc import Iterable

import streamlit as st

from dashboard import session, wording
from dashboard.components import frame, pill
from dashboard.services import NoReceipt, ReceiptAltered, ReceiptChecked, Signer, SigningKeyUnusable
from dashboard.wording import N_, _, ngettext

SIGNERS = {
    Signer.OWN: N_("Signed by this installation"),
    Signer.UNKNOWN: N_(
        "Signed by another key than yours: compare it with the one that its employer publishes"
    ),
}


def receipt_key() -> None:
    """Draw the public key and the place to check a receipt."""
    st.caption(
        _(
            "A receipt says which files were checked, how and with what outcome. Give this key to whoever is "
            "to check one: python -m dashboard receipt FILE --key … needs neither this store nor a network."
        )
    )
    try:
        key = session.services().receipts.key()
    except SigningKeyUnusable as error:
        frame.text(_("No receipt can be signed: {reason}").format(reason=error), key="receipt-no-key")
        return
    st.code(key.did, language=None, wrap_lines=True)
    with st.expander(_("The same as a JWK"), key="receipt-jwk"):
        st.code(json.dumps(dict(key.jwk)), language=None, wrap_lines=True)
    frame.heading(_("Check a receipt"))
    file = st.file_uploader(_("Receipt (JSON)"), key="receipt-file")
    others = st.file_uploader(
        _("Files to compare with it, if you have them"), key="receipt-compare", accept_multiple_files=True
    )
    if file is not None:
        _checked(file.getvalue(), [(one.name, one.getvalue()) for one in others])


def _checked(data: bytes, files: Iterable[tuple[str, bytes]]) -> None:
    try:
        checked = session.services().receipts.check(data)
    except ReceiptAltered as error:
        st.markdown(f":red[✗] {_('Altered since it was signed: nothing in it can be relied on.')}")
        frame.text(str(error), key="receipt-altered", look="muted")
        return
    except NoReceipt as error:
        st.markdown(f"– {_('Not a receipt.')}")
        frame.text(str(error), key="receipt-none", look="muted")
        return
    st.markdown(f":green[✓] {_('Unaltered since it was signed.')} {_(SIGNERS[checked.signer])}.")
    told = ngettext("{count} line", "{count} lines", len(checked.lines))
    who = f"{wording.moment(checked.created)} · {told}\n{checked.signed_by}"
    frame.text(who, key="receipt-who", look="mono")
    for place, (name, content) in enumerate(files):
        _compared(checked, name, content, place)


def _compared(checked: ReceiptChecked, name: str, content: bytes, place: int) -> None:
    lines = checked.lines_of(content)
    frame.text(name, key=f"receipt-file-{place}", look="strong")
    if not lines:
        st.markdown(f":red[✗] {_('Not a file that this receipt is about')}")
    for line in lines:
        st.markdown(
            _("The file that was checked, with the outcome {mark}").format(
                mark=pill.inline(wording.mark(line.mark))
            )
        )
