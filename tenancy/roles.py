"""Roles are Wagtail groups of the tenant; a person's membership names one of them."""

from django.contrib.auth.models import Group

from tenancy.enums import Role
from tenancy.models import Membership, User

# Names that people read in Wagtail's own screens; equal in every tenant, and unique in each.
GROUP_NAMES: dict[str, str] = {
    Role.OWNER: "Proprietários",
    Role.MANAGER: "Gerentes",
    Role.EDITOR: "Editores",
    Role.OPERATOR: "Operadores",
}


def group_for(role: str) -> Group:
    """Return the current tenant's group of that role."""
    return Group.objects.get(name=GROUP_NAMES[role])


def role_of(user: User) -> str:
    """Return the person's role in the current tenant, or "" without a membership."""
    return Membership.objects.filter(user=user).values_list("role", flat=True).first() or ""


def put_in_group(user: User, role: str) -> None:
    """Make the role's group the only one of the current tenant that the person is in."""
    user.groups.set([group_for(role)])
