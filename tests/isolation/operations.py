"""Every kind of ORM operation, by name, on models of ours; Wagtail's are in wagtail_rows.py.

Each is a function of an `Aim`: the rows of one tenant that it tries to reach. What takes more
than a line is in acts.py.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Window,
)
from django.db.models.functions import RowNumber
from django.shortcuts import get_object_or_404

from suites.models import Feature, StayPrice, Suite, SuiteType, SuiteTypeFeature
from tenancy.models import AuditEntry, Membership, Property
from tests.isolation import acts
from tests.isolation.acts import awaited, forged, keys, new, one, sql

types = SuiteType.objects
plain = QuerySet(SuiteType)
plain_prices = QuerySet(StayPrice)
prices = StayPrice.objects.filter(suite_type=OuterRef("pk"))

Operation = Callable[..., Any]

READS: dict[str, Operation] = {
    "all": lambda aim: keys(types.all()),
    "filter by keys": lambda aim: keys(types.filter(pk__in=aim.types)),
    "filter with or": lambda aim: keys(types.filter(Q(pk__in=aim.types) | Q(pk__isnull=False))),
    "exclude with a subquery": lambda aim: keys(
        types.exclude(pk__in=StayPrice.objects.filter(centavos=0).values("suite_type"))
    ),
    "exclude across a relation": lambda aim: keys(types.exclude(prices__centavos=0)),
    "in_bulk": lambda aim: list(types.in_bulk(aim.types)),
    "in_bulk of all": lambda aim: list(types.in_bulk()),
    "iterator": lambda aim: keys(types.iterator()),
    "iterator in chunks": lambda aim: keys(types.iterator(chunk_size=1)),
    "values": lambda aim: [row["pk"] for row in types.values("pk")],
    "values_list": lambda aim: types.values_list("pk", flat=True),
    "slice": lambda aim: keys(types.all()[:99]),
    "reverse": lambda aim: keys(types.reverse()),
    "distinct": lambda aim: keys(types.distinct()),
    "defer": lambda aim: keys(types.defer("name")),
    "only": lambda aim: keys(types.only("slug")),
    "extra": lambda aim: keys(types.extra(select={"n": "1"}, where=["1 = 1"])),
    "using": lambda aim: keys(types.using("default")),
    "unpickled": lambda aim: keys(acts.unpickled(types.filter(pk__in=aim.types))),
    "built at import": lambda aim: keys(acts.CHOICES.all()),
    "annotate": lambda aim: keys(types.annotate(n=Count("prices")).filter(n__gt=0)),
    "alias": lambda aim: keys(types.alias(n=Max("prices__centavos")).filter(n__gt=0)),
    "window": lambda aim: keys(types.annotate(n=Window(RowNumber(), order_by="pk"))),
    "Subquery": lambda aim: keys(
        types.annotate(n=Subquery(prices.values("centavos")[:1])).filter(n__isnull=False)
    ),
    "Exists": lambda aim: keys(types.filter(Exists(prices))),
    "union": lambda aim: keys(types.filter(pk__in=aim.types).union(types.all())),
    "intersection": lambda aim: keys(types.all().intersection(types.filter(position__gte=0))),
    "difference": lambda aim: keys(types.all().difference(types.filter(name=""))),
    "combined with or": lambda aim: keys(types.filter(pk__in=aim.types) | types.all()),
    "select_related": lambda aim: keys(
        price.suite_type for price in StayPrice.objects.select_related("suite_type__property")
    ),
    "prefetch_related": lambda aim: keys(
        each
        for motel in Property.objects.prefetch_related("suite_types")
        for each in motel.suite_types.all()
    ),
    "Prefetch": lambda aim: [
        suite.suite_type_id
        for each in types.prefetch_related(Prefetch("suites", Suite.objects.all(), "doors"))
        for suite in each.doors
    ],
    "join forwards": lambda aim: Suite.objects.values_list("suite_type__pk", flat=True),
    "join backwards": lambda aim: keys(types.filter(suites__number__gt="")),
    "join through four tables": lambda aim: Property.objects.filter(
        suite_types__prices__stay__minutes__gt=0
    ).values_list("suite_types", flat=True),
    "many to many": lambda aim: keys(types.filter(features__slug="hidro")),
    "many to many backwards": lambda aim: keys(
        each for feature in Feature.objects.all() for each in feature.suite_types.all()
    ),
    "through model": lambda aim: SuiteTypeFeature.objects.values_list("suite_type", flat=True),
    "select_for_update": lambda aim: keys(types.select_for_update()),
    "dates": lambda aim: acts.all_or_none(
        aim, Membership.objects.filter(pk=aim.member).dates("created_at", "day")
    ),
    "exists": lambda aim: [key for key in aim.types if types.filter(pk=key).exists()],
    "contains": lambda aim: [key for key in aim.types if types.contains(SuiteType(pk=key))],
    "count": lambda aim: [key for key in aim.types if types.filter(pk=key).count()],
    "aggregate": lambda aim: [
        key for key in aim.types if types.filter(pk=key).aggregate(n=Max("name"))["n"]
    ],
    "_default_manager": lambda aim: keys(SuiteType._default_manager.all()),
    "_base_manager": lambda aim: keys(SuiteType._base_manager.all()),
    "objects of a content type": lambda aim: keys(
        ContentType.objects.get_for_model(SuiteType).get_all_objects_for_this_type()
    ),
    "choices of a form": lambda aim: [row.pk for row in acts.chooser().queryset],
    "async for": lambda aim: awaited(acts.async_keys, types.all()),
    "ain_bulk": lambda aim: list(awaited(types.ain_bulk, aim.types)),
    "acount": lambda aim: [k for k in aim.types if awaited(types.filter(pk=k).acount)],
    "aexists": lambda aim: [k for k in aim.types if awaited(types.filter(pk=k).aexists)],
    "raw": lambda aim: keys(types.raw("SELECT * FROM suites_suitetype")),
    "cursor": lambda aim: [row[0] for row in sql("SELECT id FROM suites_suitetype")],
    "COPY": lambda aim: acts.copied("COPY (SELECT id FROM suites_suitetype) TO STDOUT"),
    "plain queryset": lambda aim: keys(plain.all()),
    "plain prefetch": lambda aim: [
        price.suite_type.pk
        for price in StayPrice.objects.prefetch_related(Prefetch("suite_type", plain.all()))
    ],
}
"""Reads that return the keys of all suite types of the tenant in scope."""

LOOKUPS: dict[str, Operation] = {
    "get": lambda aim: one(types.get(pk=aim.type)),
    "first": lambda aim: one(types.filter(pk=aim.type).first()),
    "last": lambda aim: one(types.filter(pk=aim.type).last()),
    "earliest": lambda aim: one(types.filter(pk=aim.type).earliest("name")),
    "latest": lambda aim: one(types.filter(pk=aim.type).latest("name")),
    "refresh_from_db": lambda aim: one(acts.refreshed(aim)),
    "deferred field": lambda aim: one(acts.deferred(aim)),
    "get_object_or_404": lambda aim: one(get_object_or_404(SuiteType, pk=aim.type)),
    "get_or_create of an old row": lambda aim: one(acts.got_or_created(aim)),
    "foreign key of an instance": lambda aim: one(Suite(suite_type_id=aim.type).suite_type),
    "object of a content type": lambda aim: one(
        ContentType.objects.get_for_model(SuiteType).get_object_for_this_type(pk=aim.type)
    ),
    "choice of a form": lambda aim: one(acts.chooser().clean(str(aim.type))),
    "aget": lambda aim: one(awaited(types.aget, pk=aim.type)),
    "afirst": lambda aim: one(awaited(types.filter(pk=aim.type).afirst)),
    "arefresh_from_db": lambda aim: one(acts.async_refreshed(aim)),
    "plain get": lambda aim: one(plain.get(pk=aim.type)),
}
"""Reads that return the key of the suite type that is aimed at, to its own tenant."""

WRITES: dict[str, Operation] = {
    "save a new row": lambda aim: new(aim).save(),
    "save an old row": lambda aim: forged(aim).save(),
    "save with force_update": lambda aim: forged(aim).save(force_update=True),
    "save with update_fields": lambda aim: forged(aim).save(update_fields=["name"]),
    "save F()": acts.increase,
    "save under select_for_update": acts.save_locked,
    "save with children": acts.save_cluster,
    "create": lambda aim: types.create(name="n", slug="n", property_id=aim.property),
    "get_or_create": lambda aim: types.get_or_create(slug="n", property_id=aim.property),
    "update_or_create of an old row": lambda aim: types.update_or_create(
        pk=aim.type, defaults={"name": "n"}, create_defaults={"property_id": aim.property}
    ),
    "update_or_create of a new row": lambda aim: types.update_or_create(
        slug="n", property_id=aim.property
    ),
    "update": lambda aim: types.filter(pk=aim.type).update(name="n"),
    "update with F()": lambda aim: types.filter(pk=aim.type).update(position=F("position") + 1),
    "update across a join": lambda aim: Suite.objects.filter(suite_type__pk=aim.type).update(
        state="closed"
    ),
    "bulk_create": lambda aim: types.bulk_create([new(aim)]),
    "bulk_create with ignore_conflicts": lambda aim: types.bulk_create(
        [new(aim)], ignore_conflicts=True
    ),
    "bulk_create with update_conflicts": lambda aim: types.bulk_create(
        [new(aim, slug="loft")],
        update_conflicts=True,
        unique_fields=["tenant", "property", "slug"],
        update_fields=["name"],
    ),
    "bulk_update": lambda aim: types.bulk_update([forged(aim)], ["name"]),
    "add to a relation": lambda aim: acts.forged_row(Property, aim.property).suite_types.add(
        new(aim), bulk=False
    ),
    "create in a relation": lambda aim: acts.forged_row(Property, aim.property).suite_types.create(
        slug="n"
    ),
    "add to many": lambda aim: Feature.objects.create(slug="n", locale_id=1).suite_types.add(
        aim.type
    ),
    "remove from many": lambda aim: acts.forged_row(Feature, aim.feature).suite_types.remove(
        forged(aim)
    ),
    "set many": lambda aim: acts.forged_row(Feature, aim.feature).suite_types.set([]),
    "clear many": lambda aim: acts.forged_row(Feature, aim.feature).suite_types.clear(),
    "delete an instance": lambda aim: StayPrice.objects.get(pk=aim.price).delete(),
    "delete a forged instance": lambda aim: acts.forged_row(StayPrice, aim.price).delete(),
    "delete a queryset": lambda aim: StayPrice.objects.filter(pk=aim.price).delete(),
    "delete in cascade": lambda aim: Feature.objects.filter(pk=aim.feature).delete(),
    "_raw_delete": lambda aim: StayPrice.objects.filter(pk=aim.price)._raw_delete("default"),
    "acreate": lambda aim: awaited(types.acreate, slug="n", property_id=aim.property),
    "aget_or_create": lambda aim: awaited(types.aget_or_create, slug="n", property_id=aim.property),
    "aupdate_or_create": lambda aim: awaited(
        types.aupdate_or_create, slug="n", property_id=aim.property
    ),
    "abulk_create": lambda aim: awaited(types.abulk_create, [new(aim)]),
    "abulk_update": lambda aim: awaited(types.abulk_update, [forged(aim)], ["name"]),
    "aupdate": lambda aim: awaited(types.filter(pk=aim.type).aupdate, name="n"),
    "asave": lambda aim: awaited(forged(aim).asave),
    "adelete": lambda aim: awaited(StayPrice.objects.filter(pk=aim.price).adelete),
    "raw UPDATE": lambda aim: sql("UPDATE suites_suitetype SET name = 'n' WHERE id = %s", aim.type),
    "raw DELETE": lambda aim: sql("DELETE FROM suites_stayprice WHERE id = %s", aim.price),
    "raw INSERT": lambda aim: sql(
        "INSERT INTO tenancy_applieditem (id, tenant_id, key, digest, ref) "
        "VALUES (gen_random_uuid(), %s, 'k', 'd', '')",
        aim.tenant,
    ),
    "executemany": acts.execute_many,
    "plain update": lambda aim: plain.filter(pk=aim.type).update(name="n"),
    "plain bulk_create": lambda aim: plain.bulk_create([new(aim, tenant_id=aim.tenant)]),
    "plain _raw_delete": lambda aim: plain_prices.filter(pk=aim.price)._raw_delete("default"),
}
"""Writes that change something of the tenant that is aimed at."""

REFUSED: dict[str, Operation] = {
    "move a row by save": acts.move_by_save,
    "move a row by bulk_update": acts.move_by_bulk_update,
    "move a row by update": lambda aim, other: types.filter(pk=aim.type).update(
        tenant=other.tenant
    ),
    "move a row by update_or_create": lambda aim, other: types.update_or_create(
        pk=aim.type, defaults={"tenant_id": other.tenant}
    ),
    "move a row by SQL": lambda aim, other: sql(
        "UPDATE suites_suitetype SET tenant_id = %s WHERE id = %s", other.tenant, aim.type
    ),
    "create for another": lambda aim, other: types.create(
        tenant_id=other.tenant, slug="n", property_id=other.property
    ),
    "bulk_create for another": lambda aim, other: types.bulk_create(
        [new(other, tenant_id=other.tenant)]
    ),
    "foreign key to another's row": lambda aim, other: acts.price_for(aim, other).save(),
    "foreign key by update": lambda aim, other: types.filter(pk=aim.type).update(
        property=other.property
    ),
    "foreign key by SQL": lambda aim, other: sql(
        "UPDATE suites_suitetype SET property_id = %s WHERE id = %s", other.property, aim.type
    ),
    "many to many with another's row": lambda aim, other: types.get(pk=aim.type).features.add(
        other.feature
    ),
    "audit: change": lambda aim, other: acts.forged_row(AuditEntry, aim.audit).save(
        force_update=True
    ),
    "audit: update": lambda aim, other: AuditEntry.objects.filter(pk=aim.audit).update(action="n"),
    "audit: delete": lambda aim, other: AuditEntry.objects.filter(pk=aim.audit).delete(),
}
"""What nobody may do, with their own rows either."""

RAW = "SQL by hand passes through no manager"
PLAIN = "a queryset made without the manager lacks its filter"
BY_KEY = "Django deletes a single instance by its primary key alone"
APPEND_ONLY = "that rows are only added is a policy"
ONLY_THE_DATABASE: dict[str, str] = {
    **dict.fromkeys(("raw", "cursor", "raw UPDATE", "raw DELETE", "raw INSERT", "COPY"), RAW),
    **dict.fromkeys(("executemany", "move a row by SQL", "foreign key by SQL"), RAW),
    **dict.fromkeys(("plain queryset", "plain get", "plain update"), PLAIN),
    **dict.fromkeys(("plain bulk_create", "plain _raw_delete"), PLAIN),
    "delete a forged instance": BY_KEY,
    **dict.fromkeys(("audit: change", "audit: update", "audit: delete"), APPEND_ONLY),
}
"""What the queryset layer cannot hold by itself, and why."""

OPERATIONS = {**READS, **LOOKUPS, **WRITES, **REFUSED}
