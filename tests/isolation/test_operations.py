"""Every kind of ORM operation: without a tenant, as the right one, and as the wrong one."""

import pytest

from tenancy.context import tenant_scope
from tests.isolation.aims import checksums, take_aim
from tests.isolation.operations import (
    LOOKUPS,
    ONLY_THE_DATABASE,
    OPERATIONS,
    READS,
    REFUSED,
    WRITES,
)
from tests.isolation.tries import (
    REFUSALS,
    assert_nothing_changes,
    assert_refused_without_tenant,
    dared,
    found,
    insist,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(lua):
    return take_aim(lua)


@pytest.fixture
def theirs(sol):
    return take_aim(sol)


def test_there_are_enough_operations_and_each_exception_is_one():
    assert len(OPERATIONS) == len(READS) + len(LOOKUPS) + len(WRITES) + len(REFUSED) > 100
    assert ONLY_THE_DATABASE.keys() <= OPERATIONS.keys()


@pytest.mark.parametrize("name", OPERATIONS)
def test_nothing_is_done_without_a_tenant(ours, theirs, name):
    assert_refused_without_tenant(name, ours, theirs)


@pytest.mark.parametrize("name", READS)
def test_a_tenant_reads_exactly_its_own_rows(ours, theirs, name):
    for aim in (ours, theirs):
        with tenant_scope(aim.tenant):
            assert found(READS[name], aim) == aim.types


@pytest.mark.parametrize("name", READS)
def test_another_tenant_reads_none_of_them(ours, theirs, name):
    with tenant_scope(ours.tenant):
        assert found(READS[name], theirs) <= ours.types


@pytest.mark.parametrize("name", LOOKUPS)
def test_a_tenant_finds_its_own_row(ours, theirs, name):
    for aim in (ours, theirs):
        with tenant_scope(aim.tenant):
            assert found(LOOKUPS[name], aim) == {aim.type}


@pytest.mark.parametrize("name", LOOKUPS)
def test_another_tenant_does_not_find_it(ours, theirs, name):
    with tenant_scope(ours.tenant):
        assert found(LOOKUPS[name], theirs) == set()


@pytest.mark.parametrize("name", WRITES)
def test_a_tenant_changes_its_own_rows_and_no_others(ours, theirs, name):
    before = checksums(ours.tenant), checksums(theirs.tenant)
    with tenant_scope(theirs.tenant):
        dared(name, theirs, ours)
    assert checksums(ours.tenant) == before[0]
    assert checksums(theirs.tenant) != before[1]


@pytest.mark.parametrize("name", WRITES)
def test_another_tenant_does_not_change_them(ours, theirs, name):
    with tenant_scope(ours.tenant):
        assert_nothing_changes(name, theirs, ours)


@pytest.mark.parametrize("name", REFUSED)
def test_nobody_moves_rows_or_points_out_of_the_tenant(ours, theirs, name):
    before = checksums(ours.tenant), checksums(theirs.tenant)
    with tenant_scope(ours.tenant), pytest.raises(REFUSALS):
        insist(name, ours, theirs)
    assert (checksums(ours.tenant), checksums(theirs.tenant)) == before


@pytest.mark.parametrize("name", REFUSED)
def test_another_tenant_does_not_move_them_either(ours, theirs, name):
    with tenant_scope(ours.tenant):
        assert_nothing_changes(name, theirs, ours)
