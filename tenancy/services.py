"""Writes about people and domains of the tenant in scope."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tenancy import audit, hosts, roles
from tenancy.enums import HostKind, Role
from tenancy.models import Domain, Membership, Property, User


class LastOwner(ValidationError):
    """A tenant without an owner could not be helped by anybody in it."""

    def __init__(self) -> None:
        super().__init__(_("A empresa precisa de ao menos um proprietário."), code="last_owner")


@transaction.atomic
def add_member(*, user: User, role: str, actor: User | None = None) -> Membership:
    """Give a person a role in the current tenant, or change the one that they have."""
    membership = Membership.objects.filter(user=user).first()
    if membership is not None:
        return change_role(membership=membership, role=role, actor=actor)
    membership = Membership.objects.create(user=user, role=role)
    roles.put_in_group(user, role)
    audit.record("tenancy.membership.add", membership, actor=actor, data={"role": role})
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: str, actor: User | None = None) -> Membership:
    """Change a member's role. Raises `LastOwner` where nobody else is an owner."""
    if membership.role == role:
        return membership
    _keep_an_owner(membership)
    before = membership.role
    membership.role = role
    membership.save()
    roles.put_in_group(membership.user, role)
    data = {"before": before, "after": role}
    audit.record("tenancy.membership.change_role", membership, actor=actor, data=data)
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, actor: User | None = None) -> None:
    """Take a person's access to the current tenant away; the person stays in others'."""
    _keep_an_owner(membership)
    audit.record("tenancy.membership.remove", membership, actor=actor)
    membership.user.groups.clear()
    membership.delete()


def _keep_an_owner(leaving: Membership) -> None:
    if leaving.role != Role.OWNER:
        return
    # locked, so that two owners who leave at the same moment do not both see the other
    owners = Membership.objects.select_for_update().filter(role=Role.OWNER)
    if len(owners) < 2:
        raise LastOwner


@transaction.atomic
def attach_domain(
    *,
    host: str,
    property: Property | None,
    kind: str = HostKind.GUEST,
    is_primary: bool = False,
    is_verified: bool = False,
    actor: User | None = None,
) -> Domain:
    """Let a host serve the current tenant, as soon as it is verified to be the tenant's own.

    Raises ValidationError for what is no host name and, in the same words for all, for one
    that is taken here or, if it is verified, elsewhere: anybody may ask for any name, and
    learns nothing.
    """
    try:
        name = hosts.normalise(host)
    except hosts.BadHost as error:
        raise ValidationError(_("Este não é um nome de domínio válido.")) from error
    domain = Domain(host=name, property=property, kind=kind, is_primary=is_primary)
    if is_verified:
        domain.verified_at = timezone.now()
    _save_if_free(domain)
    audit.record("tenancy.domain.attach", domain, actor=actor, data={"host": name})
    return domain


def _save_if_free(domain: Domain) -> None:
    try:
        with transaction.atomic():
            domain.save()
    except IntegrityError as error:
        raise ValidationError(_("Este domínio não está disponível.")) from error
    hosts.forget(domain.host)


@transaction.atomic
def verify_domain(*, domain: Domain, at: datetime, actor: User | None = None) -> Domain:
    """Begin to serve a domain. Raises ValidationError where another tenant's is verified."""
    domain.verified_at = at
    _save_if_free(domain)
    audit.record("tenancy.domain.verify", domain, actor=actor, data={"host": domain.host})
    return domain


@transaction.atomic
def detach_domain(*, domain: Domain, actor: User | None = None) -> None:
    """Stop serving an alias. Raises ValidationError for a primary or a staff host."""
    if domain.is_primary or domain.kind != HostKind.GUEST:
        raise ValidationError(_("O domínio principal não pode ser removido."))
    audit.record("tenancy.domain.detach", domain, actor=actor, data={"host": domain.host})
    hosts.forget(domain.host)
    domain.delete()


@transaction.atomic
def make_primary(*, domain: Domain, actor: User | None = None) -> Domain:
    """Make an alias its property's primary domain; the others redirect to it from now on.

    Raises ValidationError for a domain that is not verified.
    """
    if domain.verified_at is None:
        raise ValidationError(_("Este domínio ainda não foi verificado."))
    siblings = Domain.objects.select_for_update(no_key=True).filter(property=domain.property)
    names = [sibling.host for sibling in siblings]
    siblings.filter(is_primary=True).update(is_primary=False)
    domain.is_primary = True
    domain.save()
    site = domain.property.site
    site.hostname = domain.host
    site.save()
    hosts.forget(*names)
    audit.record("tenancy.domain.make_primary", domain, actor=actor, data={"host": domain.host})
    return domain
