"""Fills an installation with tenants: the rows that each one has, written by SQL, in seconds.

Thin tenants: one motel with a small page tree, its groups, people, hosts, suite types and
prices. What grows with their number shows all the same.
"""

import psycopg

PAGES_PER_HOME = 9

STATEMENTS = """
CREATE TEMP TABLE fresh AS
SELECT nextval(pg_get_serial_sequence('tenancy_tenant', 'id')) AS id, n
FROM generate_series(%(first)s::int, %(last)s::int) n;

INSERT INTO tenancy_tenant (id, slug, name, legal_name, cnpj, public_id, status, created_at)
SELECT id, 'fill-' || n, 'Motel ' || n, '', '', gen_random_uuid(), 'active', now() FROM fresh;

CREATE TEMP TABLE fresh_page AS
SELECT nextval(pg_get_serial_sequence('wagtailcore_page', 'id')) AS id, f.id AS tenant_id, f.n, k,
       pg_temp.base36(%(roots)s + f.n) || CASE k WHEN 0 THEN '' WHEN 1 THEN '0001'
       ELSE '00010001' || pg_temp.base36(k - 2) END AS path
FROM fresh f, generate_series(0, %(pages)s::int) k;

INSERT INTO wagtailcore_page (id, tenant_id, path, depth, numchild, translation_key, locale_id,
    live, has_unpublished_changes, expired, locked, title, draft_title, slug, content_type_id,
    url_path, show_in_menus, seo_title, search_description)
SELECT p.id, p.tenant_id, p.path, length(p.path) / 4, CASE k WHEN 0 THEN 1 ELSE 0 END,
    gen_random_uuid(), (SELECT id FROM wagtailcore_locale WHERE language_code = 'pt-br'),
    true, false, false, false, 'Motel ' || p.n, 'Motel ' || p.n, 'fill-' || p.n || '-' || k,
    (SELECT id FROM django_content_type WHERE app_label = 'wagtailcore' AND model = 'page'),
    '/fill-' || p.n || '/' || k || '/', false, '', ''
FROM fresh_page p;

INSERT INTO wagtailcore_collection (tenant_id, path, depth, numchild, name)
SELECT id, pg_temp.base36(%(roots)s + n), 1, 0, 'Root' FROM fresh;

INSERT INTO auth_group (tenant_id, name)
SELECT id, name FROM fresh, unnest(ARRAY['Proprietários', 'Gerentes', 'Editores']) name;

INSERT INTO wagtailcore_site (tenant_id, hostname, port, site_name, root_page_id, is_default_site)
SELECT p.tenant_id, 'fill-' || p.n || '.example', 80, '', p.id, false
FROM fresh_page p WHERE p.k = 1;

INSERT INTO tenancy_property (id, tenant_id, slug, name, site_id, languages, timezone)
SELECT gen_random_uuid(), s.tenant_id, 'motel', 'Motel', s.id, '["pt-br"]', 'America/Belem'
FROM wagtailcore_site s JOIN fresh f ON f.id = s.tenant_id;

INSERT INTO tenancy_domain (id, tenant_id, property_id, host, kind, is_primary, verified_at,
    created_at)
SELECT gen_random_uuid(), p.tenant_id, p.id, s.hostname, 'guest', true, now(), now()
FROM tenancy_property p JOIN wagtailcore_site s ON s.id = p.site_id
JOIN fresh f ON f.id = p.tenant_id;

INSERT INTO tenancy_user (id, email, first_name, last_name, password, is_superuser, is_active,
    date_joined)
SELECT gen_random_uuid(), 'fill-' || n || '-' || k || '@example.com', 'Pessoa', '', '', false,
    true, now() FROM fresh, generate_series(1, 3) k;

INSERT INTO tenancy_membership (id, tenant_id, user_id, role, created_at)
SELECT gen_random_uuid(), f.id, u.id, 'owner', now() FROM fresh f
JOIN tenancy_user u ON u.email LIKE 'fill-' || f.n || '-%%';

INSERT INTO suites_suitetype (id, tenant_id, property_id, slug, name, capacity, position)
SELECT gen_random_uuid(), p.tenant_id, p.id, 'tipo-' || k, 'Tipo', 2, k
FROM tenancy_property p JOIN fresh f ON f.id = p.tenant_id, generate_series(1, 4) k;

DROP TABLE fresh, fresh_page;
"""

BASE36 = """
CREATE OR REPLACE FUNCTION pg_temp.base36(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ',
                             ((n / (36 ^ power)::bigint) % 36)::int + 1, 1), '' ORDER BY power DESC)
    FROM generate_series(0, 3) power
$$
"""


def fill(dsn: str, first: int, last: int) -> None:
    """Add the tenants numbered `first` to `last`, as the owner of the tables."""
    with psycopg.connect(dsn, cursor_factory=psycopg.ClientCursor) as connection:
        # treebeard counts roots in base 36: go on after the last
        row = connection.execute("SELECT max(path) FROM wagtailcore_page").fetchone()
        roots = int(str(row[0])[:4], 36) + 1 - first if row else 1
        numbers = {"first": first, "last": last, "pages": PAGES_PER_HOME, "roots": roots}
        connection.execute("SET app.tenant_id = '0'")
        connection.execute(BASE36)
        for statement in STATEMENTS.split(";\n"):
            if statement.strip():
                connection.execute(statement, numbers)
        connection.commit()
        connection.autocommit = True
        connection.execute("ANALYZE")
