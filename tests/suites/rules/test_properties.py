"""What holds for every house and instant, tried on made-up ones."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from suites.enums import DayClass, DayKind, StayKind
from suites.rules.bargains import cheapest
from suites.rules.calendars import DAY, Calendar, OwnDay, Weekend
from suites.rules.changes import next_change
from suites.rules.quotes import Quote, Reason, quote, quotes
from suites.rules.stays import ClockRange, Stay
from suites.rules.tables import price_table
from suites.rules.tariffs import FALLBACKS, Price, Tariff
from tests.suites.rules.houses import ZONES

CLOCKS = st.sampled_from([time(hour, minute) for hour in range(24) for minute in (0, 30)])
FIRST, LAST = datetime(2024, 1, 1), datetime(2030, 12, 31)  # noqa: DTZ001 (hypothesis adds the zone)
INSTANTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
AMOUNTS = st.integers(1, 100_000)


@st.composite
def ranges(draw):
    start, end = draw(CLOCKS), draw(CLOCKS)
    return None if start == end else ClockRange(start, end)


@st.composite
def stays(draw, key):
    if draw(st.booleans()):
        return Stay(key, minutes=draw(st.integers(30, 1440)))
    return Stay(key, StayKind.WINDOW, starts_at=draw(CLOCKS), ends_at=draw(CLOCKS))


@st.composite
def calendars(draw):
    dates = draw(st.lists(st.dates(date(2024, 1, 1), date(2024, 12, 31)), max_size=3, unique=True))
    kinds = [draw(st.sampled_from(DayKind)) for _date in dates]
    return Calendar(
        ZoneInfo(draw(st.sampled_from(ZONES))),
        Weekend(draw(st.integers(0, 6)), draw(CLOCKS), draw(st.integers(0, 6)), draw(CLOCKS)),
        state=draw(st.sampled_from(["", "PA", "SP", "AC"])),
        has_optional_holidays=draw(st.booleans()),
        eve_from=draw(st.none() | CLOCKS),
        days=tuple(
            OwnDay(f"own-{number}", "Dia", day.month, day.day, None, kind)
            for number, (day, kind) in enumerate(zip(dates, kinds, strict=True))
        ),
    )


@st.composite
def tariffs(draw):
    calendar = draw(calendars())
    sold = tuple(draw(stays(key)) for key in ("a", "b", "c"))
    specials = [own.key for own in calendar.days]
    prices = []
    for number in range(draw(st.integers(1, 8))):
        classes = [c for c in DayClass if c != DayClass.SPECIAL or specials]
        day_class = draw(st.sampled_from(classes))
        special = draw(st.sampled_from(specials)) if day_class == DayClass.SPECIAL else None
        begins = draw(st.none() | st.dates(date(2024, 1, 1), date(2030, 12, 31)))
        stay = draw(st.sampled_from(sold)).key
        arrives = draw(ranges())
        prices.append(Price(number, stay, draw(AMOUNTS), day_class, special, arrives, begins))
    return Tariff("t", calendar, sold, tuple(prices), extra_hour_centavos=draw(AMOUNTS))


@given(calendars(), INSTANTS)
def test_every_instant_has_one_day_and_it_is_the_clocks(calendar, at):
    day = calendar.day_at(at)

    assert day.date == at.astimezone(calendar.zone).date()
    assert day.day_class in FALLBACKS
    assert (day.day_class in {DayClass.HOLIDAY, DayClass.HOLIDAY_EVE}) == bool(day.reason)


@given(tariffs(), INSTANTS)
def test_quote_never_ends_before_it_begins_and_lasts_a_day_at_most(tariff, at):
    for found in quotes(tariff, at=at):
        assert timedelta() < found.ends_at - at <= DAY
        assert found.price.stay == found.stay.key
        assert found.centavos == found.price.centavos


@given(tariffs(), INSTANTS)
def test_price_of_a_quote_stands_on_its_day(tariff, at):
    for found in quotes(tariff, at=at):
        begins = found.price.valid_from
        assert begins is None or begins <= found.day.date
        clock = tariff.calendar.local(at).time()
        alike = [p for p in tariff.prices if p.slot == found.price.slot and p.holds(clock)]
        same = [p for p in alike if (p.arrives is None) == (found.price.arrives is None)]
        assert not any(found.price.begins < p.begins <= found.day.date for p in same)


@given(tariffs(), INSTANTS)
def test_table_reads_as_the_rule_answers(tariff, at):
    clock = tariff.calendar.local(at).time()
    for stay in tariff.stays:
        found = quote(tariff, stay=stay, at=at)
        sitting = stay.sitting(tariff.calendar, at)
        if sitting is None or tariff.calendar.closure(sitting.day.date):
            assert not isinstance(found, Quote)
            continue
        read = read_off(tariff, stay, sitting.day, clock)
        assert read == (found.price if isinstance(found, Quote) else None)


def read_off(tariff, stay, day, clock):
    """Find a price as somebody would who has only the table of that day."""
    table = price_table(tariff, on=day.date)
    special = [
        cell
        for each in table.specials
        if each.date == day.date
        for row_stay, cell in each.rows
        if row_stay == stay
    ]
    columns = list(table.day_classes)
    wanted = day.day_class if day.day_class in columns else None
    if wanted is None and columns:
        instead = DayClass.ANY if columns == [DayClass.ANY] else DayClass.WEEKEND
        wanted = instead
    row = next((row for row in table.rows if row.stay == stay), None)
    ordinary = [row.cells[columns.index(wanted)]] if row and wanted is not None else []
    cells = [price for cell in [*special, *ordinary] for price in cell]
    return next((price for price in cells if price.holds(clock)), None)


@given(tariffs(), INSTANTS, st.integers(30, 1200))
def test_cheapest_covers_the_time_and_no_single_stay_does_for_less(tariff, at, minutes):
    best = cheapest(tariff, minutes=minutes, at=at)
    enough = [q for q in quotes(tariff, at=at) if q.ends_at - at >= timedelta(minutes=minutes)]

    assert (best is None) == (not quotes(tariff, at=at))
    if best is not None:
        assert best.ends_at - at >= timedelta(minutes=minutes)
        assert all(best.centavos <= other.centavos for other in enough)


@given(tariffs(), INSTANTS, st.floats(0, 0.999))
def test_nothing_changes_before_the_next_change(tariff, at, share):
    change = next_change([tariff], after=at)
    until = change or at + timedelta(days=8)
    between = min(at + (until - at) * share, until - timedelta.resolution)  # it may be rounded up

    assert change is None or change > at
    assert [(q.price, q.day.reason) for q in quotes(tariff, at=between)] == [
        (q.price, q.day.reason) for q in quotes(tariff, at=at)
    ]


@given(tariffs(), INSTANTS)
def test_refusal_that_passes_says_when_to_come_back(tariff, at):
    for stay in tariff.stays:
        found = quote(tariff, stay=stay, at=at)
        if isinstance(found, Quote) or found.opens_at is None:
            continue
        assert found.opens_at > at
        assert isinstance(quote(tariff, stay=stay, at=found.opens_at), Quote)
        if found.closes_at is not None:
            assert not isinstance(quote(tariff, stay=stay, at=found.closes_at), Quote)


@given(tariffs(), INSTANTS)
def test_more_people_than_fit_are_always_refused(tariff, at):
    for stay in tariff.stays:
        found = quote(tariff, stay=stay, at=at, people=tariff.capacity + 1)
        assert not isinstance(found, Quote)
        assert found.reason == Reason.TOO_MANY_PEOPLE
