"""Decisions about prices, on plain values: no ORM, and every instant comes in as an argument.

`calendars` says what a day is, `stays` what is sold and when, `tariffs` which price counts;
`quotes`, `tables`, `bargains` and `changes` answer what people ask. docs/prices.md explains them.
"""
