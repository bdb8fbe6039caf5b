"""What stands in for each argument of the URL conf: kinds of one tenant's objects.

An argument that is not in these tables fails the walk: a new address wants a decision.
"""

import itertools
from collections.abc import Iterator
from typing import Any

from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from tests.isolation.world import World

PAGES = ("home", "draft", "suite_page", "translated_page", "moderated", "promotion_page")
SNIPPETS = ("feature", "inclusion", "stay", "propertycalendar", "specialday", "suitetype")
PROMOTIONS = ("promotionrule", "coupon")
LABELS = {
    **{name: f"suites.{name}" for name in SNIPPETS},
    **{name: f"promotions.{name}" for name in PROMOTIONS},
    "reply": "reviews.reply",
}
"""All kinds of snippets, and their models."""
PAGE_TYPES = (
    "motelsites.homepage", "motelsites.textpage", "motelsites.contactpage", "motelsites.faqpage",
    "motelsites.campaignpage", "promotions.promotionindexpage", "promotions.promotionpage",
    "suites.suiteindexpage", "suites.suitepage",
)  # fmt: skip

ARGUMENTS: dict[str, tuple[str, ...]] = {
    "page_id": PAGES,
    "parent_page_id": ("root", "home", "index"),
    "page_to_move_id": ("suite_page",),
    "destination_id": ("home", "index"),
    "page_pk": ("home",),
    "redirect_id": ("redirect",),
    "workflow_pk": ("workflow",),
    "revision_id": ("revision",),
    "task_id": ("task",),
    "task_state_id": ("task_state",),
    "workflow_state_id": ("workflow_state",),
    "collection_id": ("collection",),
    "image_id": ("image",),
    "document_id": ("document",),
    "doc_id": ("document",),
    "translation_source_id": ("translation_source",),
    "translation_id": ("translation", "snippet_translation"),
    "string_segment_id": ("string_segment",),
    "overridable_segment_id": ("overridable_segment",),
    "restriction_id": ("private_document",),
    "page_view_restriction_id": ("restriction",),
    "link_id": ("preview_link",),
}
"""Arguments that mean the same everywhere: the kinds of objects that stand in for them."""

BY_VIEW: dict[str, dict[str, tuple[str, ...]]] = {
    "wagtailadmin_api:pages:": {"pk": PAGES},
    "wagtailadmin_api:documents:": {"pk": ("document",)},
    "wagtailadmin_api:images:": {"pk": ("image",)},
    "wagtailadmin_pages:unlock": {"page_id": ("locked", "scheduled")},
    "wagtailadmin_pages:revisions_compare": {"pk": ("draft",)},
    "wagtailadmin_pages:revisions_": {"page_id": ("draft",)},
    "wagtailadmin_pages:workflow_": {"page_id": ("moderated", "draft")},
    "wagtailadmin_pages:collect_workflow": {"page_id": ("moderated",)},
    "wagtailadmin_pages:confirm_workflow": {"page_id": ("moderated", "draft")},
    "wagtailadmin_collections:": {"pk": ("collection",)},
    "wagtailadmin_workflows:edit_task": {"pk": ("task",)},
    "wagtailadmin_workflows:disable_task": {"pk": ("task",)},
    "wagtailadmin_workflows:enable_task": {"pk": ("task",)},
    "wagtailadmin_workflows:": {"pk": ("workflow",)},
    "api-1:prices": {"slug": ("suite_slug",)},
    "api-1:": {"use_id": ("coupon_use",)},
    "gate_devices:": {"pk": ("gate_device",)},
    "gate_device": {"secret": ("gate_link",)},
    "gate_undo": {"use_id": ("coupon_use",)},
    "ugc_receipt": {"secret": ("guest_secret",)},
    "ugc_partner": {"secret": ("partner_secret",)},
    "ugc_photo": {"token": ("photo_token",)},
    "ugc_submission": {"submission_id": ("submission",)},
    "gate_booking": {"intent_id": ("booking_intent",)},
    "operators_tenants_": {"instance_pk": ("tenant",)},
    "operators_domains_": {"instance_pk": ("domain",)},
    "operators_events_": {"instance_pk": ("audit_entry",)},
    "wagtaildocs:": {"uploaded_file_id": ("uploaded_document",)},
    "wagtailimages:": {"uploaded_file_id": ("uploaded_image",)},
    "wagtaildocs_chooser:": {"pk": ("document",)},
    "wagtailimages_chooser:": {"pk": ("image",)},
    "wagtailsettings:": {"pk": ("site",)},
    "coupon_codes": {
        "coupon_id": ("batch_coupon", "coupon"),
        "batch_id": ("code_batch",),
        "code_id": ("batch_code", "coupon_code"),
    },
    "coupon": {"slug": ("coupon_slug",)},
    "wagtailsites:": {"pk": ("site",)},
    "wagtailusers_users:": {"pk": ("user",)},
    "wagtailusers_groups:": {"pk": ("group",)},
    "people:": {"pk": ("membership",)},
    "invitations:": {"pk": ("invitation",)},
    "accept_invitation": {"pk": ("invitation",), "token": ("invitation_token",)},
    "domains:": {"pk": ("domain", "staff_domain")},
    "wagtailadmin_editing_sessions:release": {"session_id": ("editing_session",)},
    "wagtailadmin_password_reset_confirm": {"uidb64": ("user_key",), "token": ("reset_token",)},
    "wagtaildocs_serve": {"_0": ("document",), "_1": ("document_name",)},
    "share_picture": {"page_id": ("suite_page",), "digest": ("share_digest",)},
    "shared_preview": {"token": ("preview_token",)},
    "media": {"name": ("rendition_path", "image_path", "document_path", "sealed_path")},
    "wagtail_serve": {
        "_0": ("top", "index_path", "suite_path", "draft_path", "slug_path", "redirect_path")
    },
    **{f"wagtailsnippets_suites_{name}:": {"pk": (name,)} for name in SNIPPETS},
    **{f"wagtailsnippetchoosers_suites_{name}:": {"pk": (name,)} for name in SNIPPETS},
    **{
        f"wagtailsnippets_promotions_{name}:": {
            "pk": (name,),
            "revision_id": (f"{name}_revision",),
            "task_state_id": ("rule_task_state",),
            "workflow_state_id": ("rule_workflow_state",),
        }
        for name in PROMOTIONS
    },
    **{f"wagtailsnippetchoosers_promotions_{name}:": {"pk": (name,)} for name in PROMOTIONS},
    "wagtailsnippets_reviews_reply:": {
        "pk": ("reply",),
        "revision_id": ("reply_revision",),
        "task_state_id": ("reply_task_state",),
        "workflow_state_id": ("reply_workflow_state",),
    },
    "wagtailsnippetchoosers_reviews_reply:": {"pk": ("reply",)},
    "reviews:": {"pk": ("review",)},
    "reviews_file_drop": {"location_id": ("reviews_file",)},
    "reply_templates:": {"pk": ("reply_template",)},
}
"""Arguments whose meaning depends on the view; the first prefix of its name counts."""

WORDS: dict[str, tuple[str, ...]] = {
    "revision_id_a": ("earliest",),
    "revision_id_b": ("latest",),
    "filter_spec": ("fill-20x20",),
    "digest": ("0000",),
    "mode": ("",),
    "spec": ("fill-20x20",),
}
"""Arguments that name no object."""

ACTION_NAMES = {
    "wagtailadmin_api:pages:action": (
        "convert_alias", "copy", "copy_for_translation", "create_alias", "delete", "move",
        "publish", "revert_to_page_revision", "unpublish",
    ),
    "wagtailadmin_pages:": ("approve", "reject"),
    "wagtailsnippets_promotions_": ("approve", "reject"),
    "wagtailsnippets_reviews_": ("approve", "reject"),
}  # fmt: skip

MODELS: dict[str, tuple[str, ...]] = {
    "wagtailadmin_pages:": PAGE_TYPES,
    "wagtailadmin_tag_model_autocomplete": ("taggit.tag",),
    "wagtailadmin_workflows:add_task": ("wagtailcore.task", "wagtailcore.groupapprovaltask"),
    "wagtailsettings:": ("theme.sitesettings", "theme.navigation"),
    "wagtail_localize:snippets_api_listing": tuple(LABELS.values()),
}
"""Models that stand in for an app's and a model's name; the first prefix of the view's counts."""

OBJECTS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "wagtailadmin_editing_sessions:ping": (
        ("suites.suitepage", "draft", "editing_session"),
        ("suites.feature", "feature", "snippet_session"),
    ),
    "wagtail_localize:": tuple((label, name, "") for name, label in LABELS.items()),
}
"""The same, where an object of that model (and an editing session) is named as well."""

APP = ("app_label", "content_type_app_name", "app_name")
MODEL = ("model_name", "content_type_model_name")


class UnknownArgument(LookupError):
    """A pattern asks for something that nobody has decided on: extend the tables above."""


def choices(view: str, names: list[str], world: World, most: int) -> Iterator[dict[str, str]]:
    """Yield values for the arguments of a view; `most` kinds of objects for each at most."""
    for given in _given(view, names, world):
        rest = [name for name in names if name not in given]
        options = [_values(view, name, world)[:most] for name in rest]
        for values in itertools.product(*options):
            yield {**given, **dict(zip(rest, values, strict=True))}


def _values(view: str, name: str, world: World) -> list[str]:
    if name in WORDS:
        return list(WORDS[name])
    if name == "action_name":
        return list(_first(ACTION_NAMES, view) or ())
    by_view = [
        table[name]
        for prefix, table in BY_VIEW.items()
        if view.startswith(prefix) and name in table
    ]
    kinds = by_view[0] if by_view else ARGUMENTS.get(name)
    if kinds is None:
        raise UnknownArgument(f"{name} of {view}")
    return [key_of(world, kind) for kind in kinds]


def key_of(world: World, kind: str) -> str:
    """Return the primary key of the world's object of that kind, or the text that it is."""
    return str(getattr(world[kind], "pk", world[kind]))


def _given(view: str, names: list[str], world: World) -> Iterator[dict[str, str]]:
    """Yield what belongs together: names of models, with an action or an object of theirs."""
    app = next((name for name in names if name in APP), "")
    model = next((name for name in names if name in MODEL), "")
    if not app:
        yield {}
    elif view == "wagtail_bulk_action":
        yield from _bulk_actions()
    elif objects := _first(OBJECTS, view) if {"pk", "object_id"} & set(names) else None:
        for label, kind, session in objects:
            values = dict(zip((app, model), label.split("."), strict=True))
            values["pk" if "pk" in names else "object_id"] = key_of(world, kind)
            yield values | ({"session_id": key_of(world, session)} if session else {})
    elif labels := _first(MODELS, view):
        for label in labels:
            yield dict(zip((app, model), label.split("."), strict=True))
    else:
        raise UnknownArgument(f"{app} of {view}")


def _bulk_actions() -> Iterator[dict[str, str]]:
    bulk_action_registry._scan_for_bulk_actions()
    for app, models in bulk_action_registry.actions.items():
        for model, actions in models.items():
            for action in actions:
                yield {"app_label": app, "model_name": model, "action": action}


def _first(table: dict[str, Any], view: str) -> Any:
    return next((value for prefix, value in table.items() if view.startswith(prefix)), None)
