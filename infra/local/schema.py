"""Whether the database is migrated and provisioned, told without loading the project.

Loading it takes seconds. After the work a fingerprint is noted as a comment in the database: of
the files that decide what comes of it (of the packages, the lock), and of what is there now.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import Connection, connect
from psycopg.sql import SQL, Composed, Identifier, Literal

from infra.local.checkout import ROOT

Session = Connection[tuple[str | None]]

OUTSIDE = {"benchmarks", "infra", "tests", "var"}
"""Folders whose files decide nothing."""


@dataclass(frozen=True)
class Work:
    """Something that is done to a database, and need not be done again."""

    decided_by: Sequence[str]
    """Patterns of the files."""
    rows: SQL
    """The question that is answered differently when somebody else was at it."""
    tables: Sequence[str]
    """What must be there for that question."""
    noted_on: str
    """The object whose comment is the note."""


MIGRATIONS = Work(
    decided_by=("requirements.lock", "*/migrations/*.py", "tenancy/*.py", "config/settings/*.py"),
    rows=SQL("SELECT concat_ws(' ', count(*), max(id)) FROM django_migrations"),
    tables=("django_migrations",),
    noted_on="DATABASE",
)
# A file that has not changed writes nothing (docs/adr/0011); what it cannot do without is counted.
PROVISIONING = Work(
    decided_by=("requirements.lock", "[!.]*/**/*.py", "sites/demo/**/*.*"),
    rows=SQL(
        "SELECT concat_ws(' ', (SELECT count(*) FROM tenancy_applieditem), "
        "(SELECT count(*) FROM tenancy_domain), (SELECT count(*) FROM tenancy_membership), "
        "(SELECT count(*) FROM auth_group_permissions), "
        "(SELECT count(*) FROM wagtailcore_grouppagepermission), "
        "(SELECT count(*) FROM tenancy_user WHERE password <> ''))"
    ),
    tables=("tenancy_applieditem",),
    noted_on="SCHEMA",
)
NOTES = {
    "DATABASE": SQL(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database "
        "WHERE datname = current_database()"
    ),
    "SCHEMA": SQL("SELECT obj_description('public'::regnamespace, 'pg_namespace')"),
}


def is_done(work: Work, owner_url: str, *, under: Sequence[str] = ()) -> bool:
    """Return whether the last time noted this fingerprint; `under` are conditions besides files."""
    with connect(owner_url) as session:
        return _one(session, NOTES[work.noted_on]) == _fingerprint(session, work, under)


def note_done(work: Work, owner_url: str, *, under: Sequence[str] = ()) -> None:
    with connect(owner_url) as session:
        note = Literal(_fingerprint(session, work, under))
        if work.noted_on == "SCHEMA":
            session.execute(SQL("COMMENT ON SCHEMA public IS {}").format(note))
        else:
            name = Identifier(str(_one(session, SQL("SELECT current_database()::text"))))
            session.execute(SQL("COMMENT ON DATABASE {} IS {}").format(name, note))


def _fingerprint(session: Session, work: Work, under: Sequence[str]) -> str:
    digest = hashlib.sha256("\n".join(under).encode())
    names = {path.relative_to(ROOT) for pattern in work.decided_by for path in ROOT.glob(pattern)}
    for name in sorted(name for name in names if name.parts[0] not in OUTSIDE):
        digest.update(str(name).encode() + (ROOT / name).read_bytes())
    exists = [SQL("SELECT to_regclass({})::text").format(Literal(name)) for name in work.tables]
    is_there = all(_one(session, question) for question in exists)
    return f"alcova {digest.hexdigest()[:16]} {_one(session, work.rows) if is_there else None}"


def _one(session: Session, question: SQL | Composed) -> str | None:
    row = session.execute(question).fetchone()
    return row[0] if row else None
