"""What editing prices does to what guests see, tried on made-up edits against a simple model."""

from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from suites.enums import DayClass
from suites.rules.edits import past_keys, settle, standing_keys, successor_begins
from suites.rules.stays import ClockRange
from suites.rules.tariffs import Price, standing

FIRST = date(2026, 11, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(9)]
CLOCKS = [time(hour) for hour in (0, 6, 7, 8, 12, 14, 18, 22)]
"""Where some arrival window begins or ends: between them nothing changes."""
ARRIVALS = (None, ClockRange(time(6), time(12)), ClockRange(time(12), time(18)))
MEETING = (*ARRIVALS, ClockRange(time(8), time(14)), ClockRange(time(22), time(7)))
STAY = "2h"


@dataclass
class Book:
    """Prices of one slot as they are stored, edited like a form does."""

    prices: dict = field(default_factory=dict)
    count: int = 0

    def store(self, price):
        self.count += 1
        self.prices[self.count] = replace(price, key=self.count)

    def save(self, after, on):
        edit = settle(self.prices, after, on=on)
        self.prices = dict(edit.stored)
        for price in edit.made:
            self.store(price)

    def editable(self, on):
        return sorted(set(self.prices) - past_keys(self.prices.values(), on=on))


def seen(prices):
    """Return what guests pay on each day at each hour."""
    rows = list(prices.values())
    return {
        (day, clock): next((p.centavos for p in standing(rows, day) if p.holds(clock)), None)
        for day in DAYS
        for clock in CLOCKS
    }


class Model:
    """For each arrival window a list of [begins, ends, amount]; the latest that began counts."""

    def __init__(self):
        self.lines = {arrival: [] for arrival in ARRIVALS}

    def add(self, arrival, begins, amount):
        self.lines[arrival].append([begins, date.max, amount])

    def end(self, arrival, on):
        for line in self.lines[arrival]:
            if line[0] <= on:
                line[1] = min(line[1], on)

    def paid(self, day, clock):
        for arrival in (*ARRIVALS[1:], None):
            sold = [line for line in self.lines[arrival] if line[0] <= day < line[1]]
            if sold and (arrival is None or arrival.holds(clock)):
                return max(sold, key=lambda line: line[0])[2]
        return None


def draw_save(data, book, model, on, amounts, arrivals):
    """Draw one save of a form: each price left, changed or deleted, and perhaps a new one."""
    after, deleted = dict(book.prices), False
    begun = {(price.arrives, price.begins) for price in book.prices.values()}
    for key in book.editable(on):
        old = book.prices[key]
        action = data.draw(st.sampled_from(["leave", "leave", "amount", "date", "delete"]))
        begins = (
            data.draw(st.sampled_from([d for d in DAYS if d >= on])) if action == "date" else on
        )
        if action == "delete":
            deleted = True
            del after[key]
            if old.begins > on:
                model.lines[old.arrives] = [
                    e for e in model.lines[old.arrives] if e[0] != old.begins
                ]
            else:
                model.end(old.arrives, on)
        elif action != "leave" and old.begins < on and (old.arrives, begins) not in begun:
            begun.add((old.arrives, begins))
            amount = next(amounts)
            given = begins if action == "date" else old.valid_from
            after[key] = replace(old, centavos=amount, valid_from=given)
            model.add(old.arrives, begins, amount)
    if data.draw(st.booleans()):
        arrival = data.draw(st.sampled_from(arrivals))
        given = data.draw(st.none() | st.sampled_from([d for d in DAYS if d >= on]))
        if (arrival, given or on) not in begun:
            amount = next(amounts)
            book.count += 1
            after[book.count] = Price(book.count, STAY, amount, arrives=arrival, valid_from=given)
            model.add(arrival, given or on, amount)
    book.save(after, on)
    return deleted


@settings(deadline=None)
@given(st.data())
def test_guests_see_what_a_simple_model_says(data):
    book, model, amounts = Book(), Model(), iter(range(1, 1000))
    book.store(Price(0, STAY, 5000))
    model.add(None, date.min, 5000)
    for on in DAYS[1:6]:
        draw_save(data, book, model, on, amounts, ARRIVALS)
        paid = {(day, clock): model.paid(day, clock) for day in DAYS for clock in CLOCKS}
        assert seen(book.prices) == paid


class Nothing(Model):
    """A model that is not asked: arrivals meet in more ways than it knows."""

    def __init__(self):
        self.lines = {arrival: [] for arrival in MEETING}


@settings(deadline=None)
@given(st.data())
def test_past_never_changes_and_nothing_becomes_unsold_but_by_deletion(data):
    book, amounts = Book(), iter(range(1, 1000))
    book.store(Price(0, STAY, 5000))
    for on in DAYS[1:6]:
        before = seen(book.prices)
        deleted = draw_save(data, book, Nothing(), on, amounts, MEETING)
        after = seen(book.prices)
        assert all(after[cell] == paid for cell, paid in before.items() if cell[0] < on)
        if not deleted:
            assert not [c for c, paid in before.items() if paid and after[c] is None]


@settings(deadline=None)
@given(st.data())
def test_every_price_that_stands_is_paid_by_some_arrival(data):
    book, amounts = Book(), iter(range(1, 1000))
    for on in DAYS[1:5]:
        draw_save(data, book, Nothing(), on, amounts, MEETING)
        paid = {seen(book.prices)[on, clock] for clock in CLOCKS}
        keys = standing_keys(book.prices.values(), on=on)
        assert {book.prices[key].centavos for key in keys} == paid - {None}


def test_two_changes_of_different_dates_in_one_save():
    """A price for the morning from 1 December, and the general one from today."""
    morning = Price(1, STAY, 90, arrives=ARRIVALS[1])
    always = Price(2, STAY, 110)
    today, later = date(2026, 11, 27), date(2026, 12, 1)
    after = {1: replace(morning, centavos=95, valid_from=later), 2: replace(always, centavos=120)}

    edit = settle({1: morning, 2: always}, after, on=today)

    rows = [*edit.stored.values(), *edit.made]
    assert [p.centavos for p in standing(rows, date(2026, 11, 28))] == [90, 120]
    assert [p.centavos for p in standing(rows, date(2026, 12, 2))] == [95, 120]
    assert [p.centavos for p in standing(rows, date(2026, 11, 26))] == [90, 110]


def test_price_that_becomes_one_of_other_days_ends():
    price = Price(1, STAY, 90, valid_from=FIRST)
    after = {1: replace(price, day_class=DayClass.WEEKEND)}

    edit = settle({1: price}, after, on=DAYS[3])

    assert edit.stored == {1: replace(price, ends_on=DAYS[3])}
    assert edit.made == [replace(after[1], key=None, valid_from=DAYS[3])]


def test_what_a_price_became_never_begins_in_the_past():
    today = DAYS[4]
    old = Price("old", STAY, 100, valid_from=DAYS[1])

    assert successor_begins(old, old.valid_from, today) == today
    assert successor_begins(old, None, today) == today
    assert successor_begins(old, DAYS[2], today) == today
    assert successor_begins(old, DAYS[6], today) == DAYS[6]
