"""`python -m verifier frameworks`: official downloads of skill frameworks, and what is installed."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import click

from verifier.errors import Unreachable
from verifier.flow import Fetch, Purpose
from verifier.home import data_folder, frameworks_file
from verifier.policy import Limits
from verifier.skills.frameworks.entries import FrameworkUnreadable
from verifier.skills.frameworks.importing import IMPORTERS, import_framework
from verifier.skills.frameworks.store import Library
from verifier.verification import default_web

# The official ESCO download has some 60 MB, the O*NET database 15; a framework is asked for by a person.
LIMITS = replace(Limits(), registry_bytes=200 * 1024 * 1024)


def database() -> Path:
    """The file that imports write and everything else only reads."""
    return frameworks_file(data_folder(sys.platform, os.environ))


@click.group(name="python -m verifier frameworks")
def frameworks() -> None:
    """Skill frameworks: import an official download, list what is there."""


@frameworks.command(name="import")
@click.argument("kind", type=click.Choice(list(IMPORTERS)))
@click.argument("source", metavar="PATH_OR_URL")
@click.option(
    "--version", "release", default="", help="The release, where the file does not say it, e.g. 1.2.0."
)
def import_(kind: str, source: str, release: str) -> None:
    """Load a download into the verifier's own file: all of it, or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = _downloaded(source, Path(folder)) if source.startswith("https://") else Path(source)
        if not path.exists():
            raise click.UsageError(f"{source}: there is no such file")
        try:
            done = import_framework(kind, path, database(), version=release, progress=_said)
        except FrameworkUnreadable as error:
            raise click.ClickException(f"{source} {error}") from error
    click.echo(
        f"{done.framework} {done.version}: {done.skills:,} skills, {done.occupations:,} occupations, "
        f"{done.hops:,} relations, {done.ratings:,} ratings; {done.retired:,} retired (SHA-256 {done.sha256})"
    )


@frameworks.command(name="list")
def list_() -> None:
    """What is installed, with its version and the file it came from."""
    for name, (version, source) in Library.open(database()).versions().items():
        click.echo(f"{name} {version} ({source})")


def _downloaded(url: str, folder: Path) -> Path:
    try:
        fetched = default_web().fetch(Fetch(url=url, purpose=Purpose.REGISTRY, accept=("*/*",)), LIMITS)
    except Unreachable as error:
        raise click.ClickException(f"{url} did not answer: {error.reason}") from error
    path = folder / (url.rpartition("/")[2][-100:] or "download")
    path.write_bytes(fetched.body)
    return path


def _said(rows: int) -> None:
    click.echo(f"\r{rows:,} rows", nl=False, err=True)
