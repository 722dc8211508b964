"""Asking a wallet: the form, and the screen that waits for an answer."""

from __future__ import annotations

import contextlib
import io

import segno
import streamlit as st

from dashboard import session, wording
from dashboard.components import failure, frame
from dashboard.services import Exchange, ExchangeClosed, ExchangeState, Missing, Services
from dashboard.wallet import demo_holder, openid4vp, vc_api
from dashboard.wording import N_, _

POLL_SECONDS = 1.0
DOT = 5  # pixels: the code stays legible for a phone's camera at arm's length
WANTED = N_(
    "What is asked for: credentials of learning or skills that the holder chooses (Open Badges, learner "
    "records, EU learning credentials), in a presentation that they sign for this request alone."
)
PROTOCOLS = {"openid4vp": "OpenID4VP", "vc_api": "VC API"}  # names, the same in every language
_LINKS = {"openid4vp": openid4vp.link, "vc_api": vc_api.interaction_url}
_ANSWERS = {"openid4vp": demo_holder.answer_by_openid4vp, "vc_api": demo_holder.answer_by_vc_api}
OVER = {
    ExchangeState.DECLINED: N_("The wallet answered that nothing will be shown."),
    ExchangeState.CANCELLED: N_("This request was cancelled. Nothing can be sent to it any more."),
    ExchangeState.EXPIRED: N_("Nobody answered within ten minutes. Nothing can be sent any more."),
}


def ask(key: str, job: str | None, applicant_id: str) -> None:
    """The form. With `applicant_id` that person is asked, else somebody new."""
    services = session.services()
    purpose = st.text_input(
        _("Why you ask"), _("To check which skills of the job you have proved."), key=f"{key}-why"
    )
    st.caption(_(WANTED))
    if services.exchanges.is_sample(job_id=job, applicant_id=applicant_id):
        st.caption(_("This is the sample: the demo holder answers, not a phone."))
    elif not services.exchanges.public_url:
        _unreachable(services, key, purpose)
        return
    if st.button(_("Ask a wallet"), type="primary", key=f"{key}-ask"):
        session.go(
            session.VERIFY,
            exchange=services.exchanges.open(job_id=job, applicant_id=applicant_id, purpose=purpose),
        )


def _unreachable(services: Services, key: str, purpose: str) -> None:
    """Why no code is shown, what to set, and what can be seen without it."""
    st.markdown(
        _(
            "**A phone cannot reach this machine yet.** Let a proxy pass `https://…/wallet/` on to it, and "
            "start it with `SKILLPROOF_PUBLIC_URL=https://…`. Until then the demo holder can answer."
        )
    )
    if st.button(_("Try it with the demo holder"), key=f"{key}-demo"):
        services.intake.load_sample()
        job = services.jobs.sample_id()
        session.go(session.VERIFY, exchange=services.exchanges.open(job_id=job, purpose=purpose))


def exchange(exchange_id: str) -> None:
    """The screen of one request: it waits, says how it ended, or leads to what arrived."""
    frame.title(_("Ask a wallet"))
    try:
        asked = session.services().exchanges.get(exchange_id)
    except Missing:
        frame.gone(_("This link names a request that is not in this store. It may have been deleted."))
        return
    if asked.state is ExchangeState.ARRIVED:
        session.go(session.VERIFY, batch=asked.batch_id)
    elif asked.state is ExchangeState.WAITING:
        _waiting(asked)
    else:
        st.markdown(_(OVER[asked.state]))
        st.button(_("Ask again"), key="wallet-again", on_click=session.lead, args=(session.VERIFY,))


def _waiting(asked: Exchange) -> None:
    st.caption(_("This page moves on by itself when an answer arrives."))
    left, right = st.columns(2, gap="large")
    with left:
        protocol = st.segmented_control(
            _("Kind of wallet"),
            list(PROTOCOLS),
            default="openid4vp",
            required=True,
            format_func=PROTOCOLS.__getitem__,
            key="wallet-protocol",
            help=_("European wallets speak OpenID4VP, many learner wallets VC API."),
        )
        if asked.sample:
            _demo(asked, protocol or "openid4vp")
        else:
            _code(_LINKS[protocol or "openid4vp"](session.services().exchanges.address, asked))
    with right:
        frame.fact(_("Why you ask"), asked.purpose, key="wallet-why")
        st.caption(_(WANTED))
        st.fragment(_countdown, run_every=POLL_SECONDS)(asked.exchange_id)
        st.button(
            _("Cancel"),
            key="wallet-cancel",
            on_click=failure.do,
            args=(session.services().exchanges.cancel, asked.exchange_id),
        )


def _code(link: str) -> None:
    """The link as a QR code, dark on white in either theme, and as text."""
    picture = io.BytesIO()
    segno.make(link, micro=False).save(picture, kind="png", scale=DOT)
    st.image(picture.getvalue(), alt=_("QR code that opens this request in a wallet"))
    st.caption(_("Scan it with the wallet, or open the link on the device that the wallet is on."))
    st.code(link, language=None, wrap_lines=True)


def _demo(asked: Exchange, protocol: str) -> None:
    wallet = session.services().exchanges.sample_wallet()
    st.markdown(
        _(
            "No phone is at hand: **{name}**, an invented person, answers with a demo key. The request, the "
            "signature and the checks are real."
        ).format(name=wallet.name)
    )
    st.button(
        _("Let the demo holder answer"),
        type="primary",
        key="wallet-demo",
        on_click=_answer,
        args=(protocol, asked),
    )


@failure.remembered()
def _answer(protocol: str, asked: Exchange) -> None:
    with contextlib.suppress(ExchangeClosed):  # then the screen says how it ended
        _ANSWERS[protocol](session.services(), asked)


@failure.told()
def _countdown(exchange_id: str) -> None:
    """How long it is still open; leaves as soon as it is not."""
    asked = session.services().exchanges.get(exchange_id)
    if asked.state is not ExchangeState.WAITING:
        st.rerun()  # the whole page: polling ends
    st.progress(
        asked.share_left,
        text=_("Open for one answer, {time}").format(time=wording.remaining(asked.seconds_left)),
    )
