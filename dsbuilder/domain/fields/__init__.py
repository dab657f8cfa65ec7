"""The field types: one file each, imported here in palette order, which is the order of `CATALOGUE`."""

from dsbuilder.domain.fields.base import CATALOGUE  # isort: skip
from dsbuilder.domain.fields import (  # noqa: F401  # isort: skip
    section,
    explanation,
    repetition,
    text,
    long_text,
    integer_number,
    decimal_number,
    number,
    yes_no,
    checkbox,
    choice,
    multiple_choice,
    linked_choice,
    calendar_date,
    date_and_time,
    salutation,
    email_address,
    phone,
    commune,
    department,
    region,
    country,
    epci,
    attachment,
    placeholder,
)

__all__ = ["CATALOGUE"]
