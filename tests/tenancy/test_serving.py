import pytest
from django.db import OperationalError, connection
from django.db.backends.signals import connection_created

from tenancy.serving import (
    UnfitRole,
    insist_on_fit_role,
    unfit_role,
    verify_first_connection,
)
from tests.connections import connected, settings_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _listening():
    yield
    connection_created.disconnect(verify_first_connection)


def is_listening():
    return connection_created.disconnect(verify_first_connection)


def test_the_app_role_may_serve(app):
    assert unfit_role() == ""


@pytest.mark.parametrize(
    ("user", "why"),
    [("postgres", "a superuser"), ("alcova_ops", "BYPASSRLS"), ("alcova_owner", "the owner")],
)
def test_a_role_that_policies_do_not_hold_may_not(user, why):
    with connected(settings_of("app", USER=user)) as own:
        try:
            own.ensure_connection()
        except OperationalError as error:
            pytest.skip(f"{user} may not log in here: {error}")
        assert (
            unfit_role() == f"The database role {user} is {why}: it must not serve. Use alcova_app."
        )


def test_a_stronger_role_behind_an_assumed_one_counts():
    with connected(settings_of("ops")):
        assert "alcova_ops is BYPASSRLS" in unfit_role()


def test_the_first_connection_is_verified_and_later_ones_are_not(settings):
    insist_on_fit_role()
    with connected(settings_of("app")) as own:
        own.ensure_connection()
        assert not is_listening()


def test_an_unfit_process_never_gets_a_connection(settings):
    insist_on_fit_role()
    with connected(settings_of("app", USER="alcova_owner")) as own:
        for _again in range(2):
            with pytest.raises(UnfitRole, match="alcova_owner is the owner"):
                own.ensure_connection()
            assert own.connection is None


@pytest.mark.parametrize("role", ["owner", "ops"])
def test_processes_that_do_not_serve_may_be_stronger(settings, role):
    settings.DATABASE_ROLE = role
    insist_on_fit_role()
    assert not is_listening()


def test_the_connection_at_hand_is_the_default():
    assert unfit_role(connection) == unfit_role()
