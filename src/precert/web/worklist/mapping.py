"""What a person says of the columns before a worklist is answered: a form in, roles out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from precert.batch.columns import REQUIRED, Role

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from precert.batch.preview import Preview
    from precert.web.worklist.runs import Worklist

LABELS = {
    Role.ORDER_ID: "Order number",
    Role.CODE: "Procedure code",
    Role.DATE_OF_SERVICE: "Date of service",
    Role.LINE_ID: "Line number",
    Role.COMPLETE: "Whether the order is complete",
    Role.CLIENT_MANAGED: "Whether client-specific codes are managed",
    Role.PLAN: "Plan",
    Role.AGE: "Age",
    Role.STATE: "State",
    Role.DIAGNOSES: "Diagnoses",
    Role.PROGRAM: "Program",
    Role.MODIFIERS: "Modifiers",
    Role.UNITS: "Units",
    Role.PLACE_OF_SERVICE: "Place of service",
    Role.ACQUISITION: "Purchase or rental",
}
US_DATES = "us"


class Field(NamedTuple):
    """A role to be given a column: its name in a form, what it is called, what was guessed."""

    role: Role
    label: str
    required: bool
    column: str


def fields_of(seen: Preview) -> list[Field]:
    """Return the fields of the form, the required ones first."""
    return [
        Field(role, label, role in REQUIRED, ",".join(seen.columns.get(role, ())))
        for role, label in LABELS.items()
    ]


class Mapping(NamedTuple):
    """What the form told: every role with its column or none, the dates' form, whole orders."""

    columns: dict[str, str]
    date_format: str | None
    whole: bool


def mapping_of(form: FormData, worklist: Worklist) -> Mapping:
    """Return what a person chose; a role that the form does not name is told as having none.

    A column that the file does not have is refused later, by the run.
    """
    chosen = {role.value: str(form.get(role.value, "")) for role in LABELS}
    known = set(worklist.preview.names)
    for role, columns in worklist.preview.columns.items():
        together = ",".join(columns)  # several columns of one role are kept as they were found
        if len(columns) > 1 and chosen[role] == together and together not in known:
            chosen[role.value] = together
    date_format = US_DATES if form.get("dates") == US_DATES else None
    return Mapping(chosen, date_format, form.get("orders") != "partial")
