"""What the fields of a promotion, and of its coupons, promise each other."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from promotions.enums import Stacking
from promotions.rules.codes import normalise
from sites.provisioning.findings import Finding, known, twice
from sites.provisioning.tree import Node

EFFECTS = ("percent", "amount", "set_price", "free_hours", "courtesy")


def promotion_findings(house: Node) -> Iterator[Finding]:
    """Return everything that is wrong with a property's promotions."""
    for promotion in house.children("promotions"):
        yield from _effect(promotion)
        yield from _dates(promotion)
        yield from _covered(promotion, house)
        yield from _combination(promotion)
        for hours in promotion.children("hours"):
            yield from _hours(hours)
        for coupon in promotion.children("coupons"):
            yield from _dates(coupon)
            yield from _codes(coupon)
            yield from _person(coupon)


def coupon_findings(root: Node) -> Iterator[Finding]:
    """Return what the coupons of all properties have twice: a company's have one namespace."""
    coupons = [
        coupon
        for house in root.children("properties")
        for promotion in house.children("promotions")
        for coupon in promotion.children("coupons")
    ]
    yield from twice((each.at("slug"), each.text("slug")) for each in coupons)
    yield from twice((each.at("code"), normalise(each.text("code"))) for each in coupons)


def _effect(promotion: Node) -> Iterator[Finding]:
    said = [key for key in EFFECTS if key in promotion.table]
    if not said:
        yield promotion.at("percent"), _("Diga o que dá, com um destes: %s.") % ", ".join(EFFECTS)
    for key in said[1:]:
        yield promotion.at(key), _("Uma promoção dá uma coisa só; aqui já há “%s”.") % said[0]
    if "cap" in promotion.table and "percent" not in promotion.table:
        yield promotion.at("cap"), _("Só um desconto em “percent” tem teto.")


def _dates(node: Node) -> Iterator[Finding]:
    first, last = (str(node.table.get(key, "")) for key in ("first_day", "last_day"))
    if first and last and last < first:
        yield node.at("last_day"), _("O último dia vem antes do primeiro.")


def _covered(promotion: Node, house: Node) -> Iterator[Finding]:
    for key in ("suite_types", "stays"):
        yield from twice(promotion.texts(key))
        yield from known(promotion.texts(key), house.slugs(key))
    least, most = (promotion.table.get(key) for key in ("lead_minutes", "lead_minutes_max"))
    if type(least) is int and type(most) is int and most < least:
        reason = _("Não pode ser menor que a antecedência mínima.")
        yield promotion.at("lead_minutes_max"), reason


def _combination(promotion: Node) -> Iterator[Finding]:
    is_grouped = promotion.text("combines") == Stacking.GROUP
    if is_grouped != ("group" in promotion.table):
        yield promotion.at("group"), _('“group” e “combines = "group"” vão juntos.')


def _hours(hours: Node) -> Iterator[Finding]:
    yield from twice(hours.texts("days"))
    clocks = [hours.table.get(key) for key in ("starts_at", "ends_at")]
    if clocks.count(None) == 1:
        key = "starts_at" if clocks[0] is None else "ends_at"
        yield hours.at(key), _("O horário tem começo e fim.")
    elif clocks[0] is not None and str(clocks[0])[:5] == str(clocks[1])[:5]:
        yield hours.at("ends_at"), _("O horário não pode terminar quando começa.")


def _codes(coupon: Node) -> Iterator[Finding]:
    if "code" not in coupon.table:
        return
    if normalise(coupon.text("code")) in normalise(coupon.text("slug")):
        yield (
            coupon.at("slug"),
            _("Entregaria o código: as páginas têm o identificador no HTML."),
        )
    for key in ("prefix", "issue", "limit_per_code"):
        if key in coupon.table:
            yield coupon.at(key), _("Só onde há um código para cada pessoa, sem “code”.")


def _person(coupon: Node) -> Iterator[Finding]:
    if ("identifier" in coupon.table) != ("limit_per_person" in coupon.table):
        key = "limit_per_person" if "identifier" in coupon.table else "identifier"
        yield coupon.at(key), _("“identifier” e “limit_per_person” vão juntos.")
