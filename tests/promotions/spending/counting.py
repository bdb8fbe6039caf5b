"""What the database holds of uses, counted anew: meters by their uses, uses by the ledger."""

from typing import Any

from django.db import connection

OFF = """
    WITH counted AS (
        SELECT (part->>0)::uuid AS owner_id, part->>1 AS key, (part->>2)::int AS slot,
            sum((part->>3)::bigint) AS taken
        FROM promotions_couponuse u, jsonb_array_elements(u.took) AS part
        WHERE u.state IN ('held', 'spent') GROUP BY 1, 2, 3
    )
    SELECT coalesce(m.key, c.key), coalesce(m.slot, c.slot), m.taken, c.taken
    FROM promotions_meter m FULL JOIN counted c
        ON (c.owner_id, c.key, c.slot) = (m.owner_id, m.key, m.slot)
    WHERE coalesce(m.taken, 0) <> coalesce(c.taken, 0)
"""
"""Meters that are not what the uses add up to."""

UNTOLD = """
    WITH last AS (
        SELECT DISTINCT ON (use_id) use_id, step FROM promotions_ledgerentry
        ORDER BY use_id, at DESC,
            array_position(ARRAY['hold', 'commit', 'cancel', 'expire', 'reverse'], step::text) DESC
    ), told AS (
        SELECT use_id, CASE step WHEN 'hold' THEN 'held' WHEN 'commit' THEN 'spent'
            WHEN 'cancel' THEN 'cancelled' WHEN 'expire' THEN 'expired' ELSE 'reversed' END AS state
        FROM last
    )
    SELECT coalesce(u.id, t.use_id), u.state, t.state
    FROM promotions_couponuse u FULL JOIN told t ON t.use_id = u.id
    WHERE u.state IS DISTINCT FROM t.state
"""
"""Uses that do not stand where the ledger's last step left them."""

REPEATED = """
    SELECT use_id, step FROM promotions_ledgerentry GROUP BY 1, 2 HAVING count(*) > 1
"""

PROMISED = """
    SELECT key, sum("limit"), max(whole), sum(taken) FROM promotions_meter
    WHERE is_spread GROUP BY owner_id, key
    HAVING min(whole) <> max(whole)
        OR (max(whole) >= 0 AND sum("limit") > greatest(max(whole), sum(taken)))
"""
"""Spread meters whose slots may take more together than the whole."""


def mistakes() -> dict[str, list[Any]]:
    """Return all that does not add up in the tenant in scope."""
    found = {}
    for name, query in (
        ("meters off", OFF),
        ("uses untold", UNTOLD),
        ("steps repeated", REPEATED),
        ("promised too much", PROMISED),
    ):
        with connection.cursor() as cursor:
            cursor.execute(query)
            if rows := cursor.fetchall():
                found[name] = rows
    return found


def count(state: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM promotions_couponuse WHERE state = %s", [state])
        return int(cursor.fetchone()[0])
