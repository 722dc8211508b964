"""`python -m dashboard member`: who may sign in, as what. Whoever runs this has the machine itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from dashboard.access import Role
from dashboard.services.core import Core
from dashboard.services.members import Members
from dashboard.services.refusals import Missing
from dashboard.settings import Settings
from dashboard.store import Database, StoreDamaged, StoreUnavailable
from dashboard.store.home import make_private

CONSOLE = "console"  # the actor in the log


@click.group()
def member() -> None:
    """Who may sign in, as what. Whoever signs in without a role is shown the two values to give here."""


@member.command()
@click.option("--issuer", required=True, help="`iss` of the identity provider, exactly.")
@click.option("--subject", required=True, help="`sub` of the person there.")
@click.option("--label", required=True, help="What colleagues call them.")
@click.option(
    "--role",
    "roles",
    required=True,
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="Several are allowed.",
)
def add(issuer: str, subject: str, label: str, roles: tuple[str, ...]) -> None:
    """Give one person exactly these roles, from their next click on."""
    with _members() as members:
        try:
            held = [Role(one) for one in roles]
            made = members.add(issuer=issuer, subject=subject, label=label, roles=held, actor=CONSOLE)
        except ValueError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{made.member_id}  {made.label}: {', '.join(made.roles)}")


@member.command(name="list")
def show() -> None:
    """Everybody who has a role, with the id that the log has for them."""
    with _members() as members:
        for one in members.rows():
            click.echo(f"{one.member_id}  {one.label}: {', '.join(one.roles)}  ({one.issuer} {one.subject})")


@member.command()
@click.argument("member_id")
def remove(member_id: str) -> None:
    """Take every role away from MEMBER_ID, from their next click on."""
    with _members() as members:
        try:
            members.remove(member_id, actor=CONSOLE)
        except Missing as error:
            raise click.ClickException("Nobody has this id: `member list` shows who has which.") from error
    click.echo("Removed. The log keeps the id, and no name.")


@contextmanager
def _members() -> Iterator[Members]:
    """The members of the store, beside a running server or not."""
    settings = Settings.read()
    database = Database(settings.database_url)
    try:
        make_private(settings.home)
        database.open()
        yield Members(Core(settings=settings, database=database))
    except (StoreDamaged, StoreUnavailable, OSError) as error:
        raise click.ClickException(f"The store in {settings.home} cannot be opened: {error}") from error
    finally:
        database.close()
