"""Whether the database is migrated, told without loading the project, which takes seconds.

After a migration a fingerprint is noted as the database's comment. It is made of all that decides
what the database looks like (of the packages, the lock) and of the migrations that were applied.
"""

import hashlib

from psycopg import Connection, connect
from psycopg.sql import SQL, Composed, Identifier, Literal

from infra.local.checkout import ROOT

Session = Connection[tuple[str | None]]

DECISIVE = ("requirements.lock", "*/migrations/*.py", "tenancy/*.py", "config/settings/*.py")

HAS_HISTORY = SQL("SELECT to_regclass('django_migrations')::text")
HISTORY = SQL("SELECT concat_ws(' ', count(*), max(id)) FROM django_migrations")
NAME = SQL("SELECT current_database()::text")
NOTE = SQL("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = {}")


def is_current(owner_url: str) -> bool:
    """Return whether the last migration noted this fingerprint."""
    with connect(owner_url) as session:
        noted = _one(session, NOTE.format(Literal(_one(session, NAME))))
        return noted is not None and noted == _fingerprint(session)


def note_current(owner_url: str) -> None:
    with connect(owner_url) as session:
        name = Identifier(str(_one(session, NAME)))
        note = Literal(_fingerprint(session))
        session.execute(SQL("COMMENT ON DATABASE {} IS {}").format(name, note))


def _fingerprint(session: Session) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for pattern in DECISIVE for path in ROOT.glob(pattern)):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    history = _one(session, HISTORY) if _one(session, HAS_HISTORY) else None
    return f"alcova {digest.hexdigest()[:16]} {history}"


def _one(session: Session, question: SQL | Composed) -> str | None:
    row = session.execute(question).fetchone()
    return row[0] if row else None
