"""`python -m dashboard receipt`: a receipt checked again on a terminal, without the store or a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from dashboard.exports.receipt import STATEMENT
from dashboard.services.receipt_checking import (
    NoReceipt,
    ReceiptAltered,
    ReceiptChecked,
    Signer,
    check_receipt,
    own_key,
)
from dashboard.settings import Settings
from dashboard.wording import _, mark, moment, ngettext

NOT_SO, UNKNOWN, UNREADABLE = 1, 2, 3  # exit codes, as of `python -m verifier`
SIGNERS = {
    Signer.NAMED: "the key you named",
    Signer.OWN: "this installation",
    Signer.UNKNOWN: "nobody you named: compare the key with the one the employer publishes, or give --key",
    Signer.ANOTHER: "NOT the key you named",
}


@click.command(name="receipt")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("credentials", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", "keys", multiple=True, metavar="did:key:…", help="Who should have signed it.")
def receipt(file: Path, credentials: tuple[Path, ...], keys: tuple[str, ...]) -> None:
    """Check the receipt in FILE again; and whether CREDENTIALS are the files that were checked.

    Exit code 0: unaltered and by whom you expect; 1: altered, another signer, another file; 2: unaltered,
    but nobody said who should have signed it; 3: no receipt.
    """
    try:
        checked = check_receipt(file.read_bytes(), named=keys, own=own_key(Settings.read()))
    except ReceiptAltered as error:
        click.echo(f"✗ ALTERED: {error}. Nothing in it can be relied on.")
        raise SystemExit(NOT_SO) from error
    except NoReceipt as error:
        click.echo(f"– NOT A RECEIPT: {error}.")
        raise SystemExit(UNREADABLE) from error
    click.echo("\n".join(_said(checked)))
    missing = [one for one in credentials if not _compare(checked, one)]
    if missing or checked.signer is Signer.ANOTHER:
        raise SystemExit(NOT_SO)
    if checked.signer is Signer.UNKNOWN:
        raise SystemExit(UNKNOWN)


def _said(checked: ReceiptChecked) -> Iterator[str]:
    tool = ", ".join(f"{name} {version}" for name, version in checked.tool.items())
    yield f"✓ UNALTERED since it was signed, {moment(checked.created)} ({tool})"
    yield f"  signed by {checked.signed_by}"
    yield f"  which is {SIGNERS[checked.signer]}"
    yield f"  receipt {checked.receipt_id}, about {checked.about} {checked.reference}"
    if checked.sample:
        yield "  SAMPLE DATA, not for hiring"
    yield f"  {STATEMENT}"
    yield ngettext("{count} line:", "{count} lines:", len(checked.lines))
    for line in checked.lines:
        look = mark(line.mark)
        yield f"{look.icon} {_(look.word)} ({line.code}), checked {line.at}, policy {line.policy}"
        yield f"    file SHA-256 {line.sha256 or '(no answer)'}"
        yield f"    issuer list SHA-256 {line.issuer_list}"


def _compare(checked: ReceiptChecked, file: Path) -> bool:
    lines = checked.lines_of(file.read_bytes())
    if not lines:
        click.echo(f"✗ {file.name}: NOT a file that this receipt is about")
    for line in lines:
        look = mark(line.mark)
        click.echo(f"✓ {file.name}: the file that was checked, with the outcome {look.icon} {_(look.word)}")
    return bool(lines)
