"""The tables of a provisioning file that become promotions, their pages, and coupons."""

import re
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import AfterValidator, Field

from promotions.enums import Holidays, Scope, Stacking
from sites.provisioning import values
from sites.provisioning.fields import (
    Centavos,
    Date,
    Line80,
    Line120,
    Line300,
    Paragraphs,
    Picture,
    Slug,
    Table,
    Text,
    Time,
    YesOrNo,
)


def coupon_code(text: str) -> str:
    """Accept a code that people are given: it has letters and digits, and maybe hyphens."""
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z-]{2,}", text):
        raise values.NotAccepted(_("Use letras sem acento, algarismos e hifens: “AMOR-10”."))
    return text


def coupon_prefix(text: str) -> str:
    """Accept what codes begin with."""
    if not re.fullmatch(r"[0-9A-Za-z]+", text):
        raise values.NotAccepted(_("Use só letras sem acento e algarismos: “TERCA”."))
    return text


DayName = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Count = Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
Minutes = Annotated[int, Field(strict=True, ge=1, le=30 * 24 * 60)]
CodeText = Annotated[str, Field(min_length=3, max_length=40), AfterValidator(coupon_code)]
CodePrefix = Annotated[str, Field(min_length=1, max_length=12), AfterValidator(coupon_prefix)]


class PromotionHours(Table):
    """Hours of some weekdays in which a promotion holds."""

    days: tuple[DayName, ...] = ()
    starts_at: Time | None = None
    ends_at: Time | None = None
    holidays: Holidays = Holidays.ANY


class Coupon(Table):
    """A coupon of a promotion: with `code`, one for all; without it, one for each person."""

    slug: Slug
    name: Line80
    heading: Text[Line80] | None = None
    code: CodeText | None = None
    prefix: CodePrefix | None = None
    issue: int = Field(default=0, strict=True, ge=0, le=10_000)
    first_day: Date | None = None
    last_day: Date | None = None
    minutes_after_reveal: Minutes | None = None
    limit: Count | None = None
    limit_per_code: Count | None = None
    limit_per_property: Count | None = None
    limit_per_day: Count | None = None
    limit_per_week: Count | None = None
    limit_per_month: Count | None = None
    budget: Centavos | None = None
    identifier: Literal["cpf"] | None = None
    limit_per_person: Count | None = None
    person_scope: Scope = Scope.TENANT
    hold_minutes: int = Field(default=15, strict=True, ge=1, le=1440)
    works_offline: YesOrNo = False


class Promotion(Table):
    """A promotion: its page, what it gives, when it holds, for what, and its coupons."""

    slug: Slug
    title: Text[Line80]
    summary: Text[Line300] | None = None
    picture: Picture | None = None
    story: Text[Paragraphs] | None = None
    conditions: Text[Paragraphs] | None = None
    percent: int | None = Field(default=None, strict=True, ge=1, le=100)
    cap: Centavos | None = None
    amount: Centavos | None = None
    set_price: Centavos | None = None
    free_hours: int | None = Field(default=None, strict=True, ge=1, le=24)
    courtesy: Text[Line120] | None = None
    first_day: Date | None = None
    last_day: Date | None = None
    hours: tuple[PromotionHours, ...] = ()
    suite_types: tuple[Slug, ...] = ()
    stays: tuple[Slug, ...] = ()
    min_minutes: Minutes | None = None
    min_price: Centavos | None = None
    lead_minutes: Minutes | None = None
    lead_minutes_max: Minutes | None = None
    budget: Centavos | None = None
    automatic: YesOrNo = False
    combines: Stacking = Stacking.EXCLUSIVE
    group: Slug | None = None
    coupons: tuple[Coupon, ...] = ()
