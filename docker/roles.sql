-- The three roles of a database, and what each may do; see docs/operators.md.
--
-- Plain SQL for a superuser connected to the database itself, whatever its name. Running it again
-- brings the roles back to this state. Passwords are set elsewhere, from the environment.
--
--   alcova_owner   owns database and schema, migrates, never serves
--   alcova_app     serves; row-level security holds for it
--   alcova_ops     provisions and sees all tenants (BYPASSRLS); may act as alcova_app

SET client_min_messages = warning;

DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['alcova_owner', 'alcova_app', 'alcova_ops'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I', role_name);
        END IF;
    END LOOP;
END
$$;

ALTER ROLE alcova_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE alcova_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE alcova_ops LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS;

GRANT alcova_app TO alcova_ops;
-- It begins as the app role, also on a pooler's connections, and steps up on purpose only.
ALTER ROLE alcova_ops SET role = 'alcova_app';

-- A statement of a page that takes this long is a mistake, and would hold up the others.
ALTER ROLE alcova_app SET statement_timeout = '30s';
ALTER ROLE alcova_ops SET statement_timeout = '15min';

DO $$
BEGIN
    EXECUTE format('ALTER DATABASE %I OWNER TO alcova_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO alcova_app, alcova_ops', current_database());
END
$$;

ALTER SCHEMA public OWNER TO alcova_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO alcova_app, alcova_ops;

RESET client_min_messages;
