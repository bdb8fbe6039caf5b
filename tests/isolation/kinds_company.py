"""What provisioning made, and what belongs to people and to the company."""

from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import APIToken, Locale, Page, ReferenceIndex, Site
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    Translation,
    TranslationSource,
)

from promotions.pages import PromotionPage
from sites.models import HomePage
from suites.models import Feature, Inclusion, PropertyCalendar, SpecialDay, Stay, SuiteType
from suites.pages import SuiteIndexPage, SuitePage
from tenancy import audit, invitations, services, tokens
from tenancy.enums import HostKind, InvitationStatus, Role
from tenancy.models import (
    ApiToken,
    AuditEntry,
    Domain,
    Invitation,
    Membership,
    Property,
    Tenant,
    User,
)
from tests.factories.theme import venue_of_property
from tests.isolation.world import World, kind
from theme import share
from theme.models import SiteSettings
from theme.navigation import Navigation


@kind
def home(world: World) -> HomePage:
    return HomePage.objects.get(slug=world.tenant.slug)


@kind
def root(world: World) -> Page:
    return world["home"].get_parent()


@kind
def index(world: World) -> SuiteIndexPage:
    return SuiteIndexPage.objects.child_of(world["home"]).get()


@kind
def suite_page(world: World) -> SuitePage:
    return SuitePage.objects.child_of(world["index"]).get(slug="loft")


@kind
def translated_page(world: World) -> Page:
    return world["home"].get_translation(Locale.objects.get(language_code="en"))


@kind
def property(world: World) -> Property:
    return Property.objects.get(slug=world.tenant.slug)


@kind
def site(world: World) -> Site:
    return world["property"].site


@kind
def settings(world: World) -> SiteSettings:
    return SiteSettings.for_site(world["site"])


@kind
def navigation(world: World) -> Navigation:
    return Navigation.objects.get(site=world["site"])


@kind
def redirect(world: World) -> Redirect:
    path = world.say("antiga").replace(" ", "-")
    return Redirect.add_redirect(path, redirect_to=world["suite_page"], site=world["site"])


@kind
def promotion_page(world: World) -> PromotionPage:
    return PromotionPage.objects.get(slug="terca", locale__language_code="pt-br")


@kind
def suite_slug(world: World) -> str:
    return SuiteType.objects.get(slug="loft", property=world["property"]).slug


@kind
def share_digest(world: World) -> str:
    motel = world["property"]
    return share.card_of(world["suite_page"], venue_of_property(motel)).digest


@kind
def domain(world: World) -> Domain:
    host = f"alias.{world.tenant.slug}.localhost"
    return services.attach_domain(host=host, property=world["property"], is_verified=True)


@kind
def staff_domain(world: World) -> Domain:
    return Domain.objects.get(kind=HostKind.STAFF)


@kind
def membership(world: World) -> Membership:
    return Membership.objects.get(role=Role.MANAGER)


@kind
def user(world: World) -> User:
    return world["membership"].user


@kind
def group(world: World) -> Group:
    return Group.objects.get(name="Gerentes")


@kind
def marked_group(world: World) -> Group:
    return Group.objects.create(name=world.say("grupo"))


@kind
def feature(world: World) -> Feature:
    return Feature.objects.get(slug="hidro", locale__language_code="pt-br")


@kind
def inclusion(world: World) -> Inclusion:
    return Inclusion.objects.get(slug="cafe", locale__language_code="pt-br")


@kind
def stay(world: World) -> Stay:
    return Stay.objects.get(slug="2h", property=world["property"])


@kind
def specialday(world: World) -> SpecialDay:
    return SpecialDay.objects.get(slug="namorados", property=world["property"])


@kind
def propertycalendar(world: World) -> PropertyCalendar:
    return PropertyCalendar.objects.get(property=world["property"])


@kind
def suitetype(world: World) -> SuiteType:
    return SuiteType.objects.get(slug="loft", property=world["property"])


@kind
def translation_source(world: World) -> TranslationSource:
    return TranslationSource.objects.get_for_instance(world["home"])


@kind
def translation(world: World) -> Translation:
    return world["translation_source"].translations.get()


@kind
def string_segment(world: World) -> StringSegment:
    return StringSegment.objects.filter(source=world["translation_source"]).first()


@kind
def overridable_segment(world: World) -> OverridableSegment:
    return OverridableSegment.objects.filter(source=world["translation_source"]).first()


@kind
def snippet_translation(world: World) -> Translation:
    feature = world["feature"]
    source, _created = TranslationSource.update_or_create_from_instance(feature)
    english = Locale.objects.get(language_code="en")
    return Translation.objects.get_or_create(source=source, target_locale=english)[0]


@kind
def invitation(world: World) -> Invitation:
    return Invitation.objects.create(
        email=f"nova@{world.tenant.slug}.test",
        name=world.say("Nova"),
        invited_by=world["user"],
        status=InvitationStatus.SENT,
    )


@kind
def invitation_token(world: World) -> str:
    return invitations.token_for(world["invitation"], invitations.Link.CHOOSE)


@kind
def api_token(world: World) -> ApiToken:
    tokens.issue(name=world.say("integração"))
    return ApiToken.objects.get(name=world.say("integração"))


@kind
def wagtail_token(world: World) -> APIToken:
    return APIToken.objects.create(
        user=world["user"], name=world.say("chave"), key_hash=world.tenant.slug * 8, prefix="x"
    )


@kind
def editing_session(world: World) -> EditingSession:
    return EditingSession.objects.create(
        user=world["user"], content_object=world["draft"], last_seen_at=timezone.now()
    )


@kind
def snippet_session(world: World) -> EditingSession:
    return EditingSession.objects.create(
        user=world["user"], content_object=world["feature"], last_seen_at=timezone.now()
    )


@kind
def traces(world: World) -> None:
    """Leave lines in the logs, and entries in the reference index."""
    log(instance=world["feature"], action="wagtail.edit", user=world["user"])
    log(instance=world["index"], action="wagtail.edit", user=world["user"])
    for page in (world["home"], world["suite_page"], world["draft"]):
        ReferenceIndex.create_or_update_for_object(page.specific)


# --- what addresses name by a text -------------------------------------------------------------


@kind
def user_key(world: World) -> str:
    return urlsafe_base64_encode(force_bytes(world["user"].pk))


@kind
def reset_token(world: World) -> str:
    return default_token_generator.make_token(world["user"])


@kind
def audit_entry(world: World) -> AuditEntry:
    return audit.record("tests.world.made", world.say("traço"), actor=world["user"])


@kind
def tenant(world: World) -> Tenant:
    return world.tenant


@kind
def top(world: World) -> str:
    return ""


@kind
def index_path(world: World) -> str:
    return "suites/"


@kind
def suite_path(world: World) -> str:
    return "suites/loft/"


@kind
def draft_path(world: World) -> str:
    return f"suites/{world['draft'].slug}/"


@kind
def redirect_path(world: World) -> str:
    return f"{world['redirect'].old_path.strip('/')}/"


@kind
def slug_path(world: World) -> str:
    return f"{world.tenant.slug}/"
