"""What a tenant's guests may see has a version, which the database raises with every change of it.

Each table whose rows pages show has a trigger. At the end of the transaction that changed a row,
it raises the version of the row's tenant, once, and tells whoever listens: bulk updates, raw SQL
and the tables of packages that nobody here has heard of are seen like everything else. At the
end, because transactions of one tenant wait for each other only while they commit.

A table counts as content unless it is named here, or its model is operational.
"""

CHANNEL = "content"
"""Where PostgreSQL announces the id of a tenant whose version was raised."""
TRIGGER = "raises_content_version"

PEOPLE = "who works for a tenant, and may do what: pages do not show it"
DRAFTS = "not on a page before it is published, and then the page itself changes"
DERIVED = "made from content, whose own change raises the version"
RECORDS = "what has happened: no page shows it"
CACHE = "fetched or drawn anew when it is not there"

NOT_CONTENT = {
    "auth_group": PEOPLE,
    "auth_group_permissions": PEOPLE,
    "reviews_reply": DRAFTS,
    "tenancy_contentversion": RECORDS,
    "tenancy_invitation": PEOPLE,
    "tenancy_membership": PEOPLE,
    "tenancy_user": PEOPLE,
    "tenancy_user_groups": PEOPLE,
    "tenancy_user_user_permissions": PEOPLE,
    "theme_previewlink": DRAFTS,
    "theme_siterendition": DERIVED,
    "wagtail_localize_localesynchronization": DRAFTS,
    "wagtail_localize_overridablesegment": DRAFTS,
    "wagtail_localize_relatedobjectsegment": DRAFTS,
    "wagtail_localize_segmentoverride": DRAFTS,
    "wagtail_localize_string": DRAFTS,
    "wagtail_localize_stringsegment": DRAFTS,
    "wagtail_localize_stringtranslation": DRAFTS,
    "wagtail_localize_template": DRAFTS,
    "wagtail_localize_templatesegment": DRAFTS,
    "wagtail_localize_translatableobject": DRAFTS,
    "wagtail_localize_translation": DRAFTS,
    "wagtail_localize_translationcontext": DRAFTS,
    "wagtail_localize_translationlog": RECORDS,
    "wagtail_localize_translationsource": DRAFTS,
    "wagtailadmin_editingsession": PEOPLE,
    "wagtailadmin_formstate": DRAFTS,
    "wagtailcore_apitoken": PEOPLE,
    "wagtailcore_comment": DRAFTS,
    "wagtailcore_commentreply": DRAFTS,
    "wagtailcore_groupapprovaltask": PEOPLE,
    "wagtailcore_groupapprovaltask_groups": PEOPLE,
    "wagtailcore_groupcollectionpermission": PEOPLE,
    "wagtailcore_grouppagepermission": PEOPLE,
    "wagtailcore_groupsitepermission": PEOPLE,
    "wagtailcore_modellogentry": RECORDS,
    "wagtailcore_pagelogentry": RECORDS,
    "wagtailcore_pagesubscription": PEOPLE,
    "wagtailcore_referenceindex": DERIVED,
    "wagtailcore_revision": DRAFTS,
    "wagtailcore_task": PEOPLE,
    "wagtailcore_taskstate": DRAFTS,
    "wagtailcore_uploadedfile": DRAFTS,
    "wagtailcore_workflow": PEOPLE,
    "wagtailcore_workflowcontenttype": PEOPLE,
    "wagtailcore_workflowpage": PEOPLE,
    "wagtailcore_workflowstate": DRAFTS,
    "wagtailcore_workflowtask": PEOPLE,
    "wagtailembeds_embed": CACHE,
    "wagtailimages_rendition": DERIVED,
    "wagtailsearch_indexentry": DERIVED,
}
"""Tables whose rows no page shows, each with the reason."""

DRAFT_COLUMNS = {
    "wagtailcore_page": {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision_created_at",
        "latest_revision_id",
        "locked",
        "locked_at",
        "locked_by_id",
        "owner_id",
    }
}
"""Columns that saving a draft writes, and that no guest can see."""

# Runs as whoever changed the row: the tenant is the row's, whatever the last statement's was.
FUNCTION = """
DECLARE
    whose bigint;
    scope text := current_setting('app.tenant_id', true);
    this text;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NULL;
    ELSIF TG_TABLE_NAME = 'tenancy_tenant' THEN
        whose := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        whose := OLD.tenant_id;
    ELSE
        whose := NEW.tenant_id;
    END IF;
    this := whose || ' ' || pg_current_xact_id();
    IF current_setting('app.content_raised', true) = this THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('app.tenant_id', whose::text, true);
    INSERT INTO tenancy_contentversion AS kept (id, tenant_id, version, raised_by, purged_version)
        VALUES (gen_random_uuid(), whose, 1, pg_current_xact_id()::text::bigint, 0)
        ON CONFLICT (tenant_id) DO UPDATE
        SET version = kept.version + 1, raised_by = excluded.raised_by;
    PERFORM set_config('app.tenant_id', coalesce(scope, ''), true);
    PERFORM set_config('app.content_raised', this, true);
    PERFORM pg_notify('content', whose::text);
    RETURN NULL;
END
"""
CREATE_FUNCTION = (
    "CREATE OR REPLACE FUNCTION raise_content_version() RETURNS trigger LANGUAGE plpgsql "
    f"AS $body${FUNCTION}$body$"
)


def create_trigger(table: str, columns: list[str]) -> str:
    """Return the statement that has a table's changes raise the version of their tenant.

    `columns` are all of the table's.
    """
    drafts = DRAFT_COLUMNS.get(table, set())
    named = ", ".join(f'"{column}"' for column in columns if column not in drafts)
    update = f"UPDATE OF {named}" if drafts else "UPDATE"
    events = update if table == "tenancy_tenant" else f"INSERT OR {update} OR DELETE"
    return (
        f'CREATE CONSTRAINT TRIGGER "{TRIGGER}" AFTER {events} ON "{table}" '
        f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_content_version()"
    )
