"""The employer's issuer list: accept, refuse, ask, each with a reason and an approver."""

from __future__ import annotations

from dashboard.services.records import IssuerRow, RegistryRow, UnlistedIssuer
from dashboard.services.values import Download


class Issuers:
    """Whom the employer believes."""

    def rows(self) -> tuple[IssuerRow, ...]:
        """All entries, by name."""
        raise NotImplementedError

    def get(self, issuer_id: str) -> IssuerRow | None:
        """The entry for exactly this identifier."""
        raise NotImplementedError

    def unlisted(self) -> tuple[UnlistedIssuer, ...]:
        """Issuers whose signature holds and that are not listed, most credentials first."""
        raise NotImplementedError

    def put(self, entry: IssuerRow, *, reason: str, approver: str, actor: str = "local") -> int:
        """Add or replace the entry and re-check that issuer's credentials: how many.

        Raises `NoteRequired` for a blank reason or approver, `ValueError` for a bad decision or identifier.
        """
        raise NotImplementedError

    def remove(self, issuer_id: str, *, reason: str, actor: str = "local") -> int:
        """Take the entry off the list and re-check that issuer's credentials: how many."""
        raise NotImplementedError

    def history(self, issuer_id: str) -> tuple[IssuerRow, ...]:
        """Earlier and current forms of the entry, newest first."""
        raise NotImplementedError

    def read(self, data: bytes, *, reason: str, approver: str, actor: str = "local") -> int:
        """Import a list in its JSON form: how many entries. Raises `ValueError` with a sentence."""
        raise NotImplementedError

    def file(self) -> Download:
        """The list as a file that `read` and `python -m verifier --issuers` take."""
        raise NotImplementedError

    def registries(self) -> tuple[RegistryRow, ...]:
        """The public registries that are asked besides the list."""
        raise NotImplementedError
