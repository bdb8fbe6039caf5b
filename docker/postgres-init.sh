#!/bin/sh
# Runs once, in the container of a new database: the roles of roles.sql, with their passwords.
set -eu

psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" \
    --file=/etc/alcova/roles.sql

psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
\getenv owner ALCOVA_OWNER_PASSWORD
\getenv app ALCOVA_APP_PASSWORD
\getenv ops ALCOVA_OPS_PASSWORD
ALTER ROLE alcova_owner PASSWORD :'owner';
ALTER ROLE alcova_app PASSWORD :'app';
ALTER ROLE alcova_ops PASSWORD :'ops';
SQL
