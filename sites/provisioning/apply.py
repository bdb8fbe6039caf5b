"""Brings the installation to the state that a file describes, in one transaction."""

from contextlib import ExitStack
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction

from sites import roles
from sites.provisioning import tenants
from sites.provisioning.ledger import Change, Ledger, Verb
from sites.provisioning.media import StoredFiles
from sites.provisioning.properties import ensure_property
from sites.provisioning.schema import CompanyFile
from sites.provisioning.vocabulary import ensure_vocabulary
from tenancy import audit, services
from tenancy.context import PLATFORM_ID, tenant_scope
from tenancy.enums import HostKind
from tenancy.links import staff_host
from tenancy.models import Domain, Membership, Tenant, User

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Conflict:
    """A value of the file that is good in itself, but taken in this installation."""

    path: Path
    host: str


class HostsTaken(Exception):
    """Some hosts of the file serve another tenant; `conflicts` says which."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__(", ".join(conflict.host for conflict in conflicts))
        self.conflicts = conflicts


class DryRun(Exception):
    """Thrown at the end of a dry run, so that everything is rolled back."""


@dataclass
class Report:
    """What a run did, or would have done."""

    slug: str
    changes: list[Change] = field(default_factory=list)
    not_in_file: list[str] = field(default_factory=list)


def provision(file: CompanyFile, *, dry_run: bool = False) -> Report:
    """Apply a file, all of it or nothing; a dry run reports the same and changes nothing.

    Runs with the ops role's credentials: raises `tenancy.escape.NotEntitled` otherwise, and
    `HostsTaken` where a host serves another tenant.
    """
    report = Report(slug=file.company.slug)
    try:
        # `scope` closes last: what waits for the commit runs inside the tenant, too
        with ExitStack() as scope, StoredFiles() as files, transaction.atomic():
            _apply(file, report, files, scope)
            if dry_run:
                raise DryRun
    except DryRun:
        pass
    return report


def _apply(file: CompanyFile, report: Report, files: StoredFiles, scope: ExitStack) -> None:
    with connection.cursor() as cursor:  # two runs of one company wait for each other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [file.company.slug])
    values = {
        "name": file.company.name,
        "legal_name": file.company.legal_name,
        "cnpj": file.company.cnpj,
    }
    found = tenants.ensure_tenant(slug=file.company.slug, values=values)
    if found.is_new or found.changed:
        verb = Verb.CREATED if found.is_new else Verb.CHANGED
        report.changes.append(Change(verb, "company", found.changed))
    _refuse_taken_hosts(file, found.tenant)
    scope.enter_context(tenant_scope(found.tenant))
    _apply_in_scope(file, found.tenant, report, files)
    if report.changes:
        with tenant_scope(PLATFORM_ID):
            data = {"slug": file.company.slug, "changes": len(report.changes)}
            audit.record("sites.tenant.provision", f"tenancy.tenant:{found.tenant.pk}", data=data)


def _apply_in_scope(file: CompanyFile, tenant: Tenant, report: Report, files: StoredFiles) -> None:
    ledger = Ledger.open()
    root, collection = tenants.page_root(), tenants.root_collection()
    roles.apply_rights(page_root=root, collection=collection)
    roles.moderation(root)
    if not Domain.objects.filter(kind=HostKind.STAFF).exists():
        services.attach_domain(
            host=staff_host(tenant.slug),
            property=None,
            kind=HostKind.STAFF,
            is_primary=True,
            is_verified=True,
        )
    _ensure_people(ledger, file)
    ensure_vocabulary(ledger, file)
    for table in file.properties:
        ensure_property(ledger, table, files)
    report.changes += ledger.changes
    report.not_in_file = ledger.no_longer_in_file()


def _ensure_people(ledger: Ledger, file: CompanyFile) -> None:
    for person in file.people:
        user, _is_new = tenants.ensure_person(email=person.email, name=person.name)
        member = Membership.objects.filter(user=user).first()
        _ensure_membership(ledger, user, member, str(person.role))


def _ensure_membership(ledger: Ledger, user: User, member: Membership | None, role: str) -> None:
    ledger.settle(
        f"people[{user.pk}]",  # the address is personal data, and the ledger outlives the person
        role,
        exists=member is not None,
        differs=lambda: () if member and member.role == role else ("role",),
        write=lambda: str(services.add_member(user=user, role=role).pk),
    )


def _refuse_taken_hosts(file: CompanyFile, tenant: Tenant) -> None:
    wanted: dict[str, Path] = {}
    for number, table in enumerate(file.properties):
        for place, host in enumerate(table.hosts(settings.PLATFORM_DOMAIN)):
            is_custom = place < len(table.domains)
            path = ("domains", place) if is_custom else ("subdomain",)
            wanted[host] = ("properties", number, *path)
    with connection.cursor() as cursor:  # the map of hosts may be read across tenants
        cursor.execute(
            "SELECT host FROM tenancy_domain "
            "WHERE host = ANY(%s) AND tenant_id <> %s AND verified_at IS NOT NULL",
            [list(wanted), tenant.pk],
        )
        taken = [row[0] for row in cursor.fetchall()]
    if taken:
        raise HostsTaken([Conflict(wanted[host], host) for host in sorted(taken)])
