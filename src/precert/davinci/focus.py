"""What a request asks about: its resources, and what each of them tells for an order line."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from precert.davinci.settings import Payer
from precert.model import Code


class Coding(Struct, frozen=True, gc=False):
    """A coding as the client sent it; `system` and `code` are empty where it sent none."""

    system: str
    code: str
    display: str = ""


class Billing(Struct, frozen=True, gc=False):
    """A candidate billing code of a resource: a coding in a code set that a procedure list is of.

    `modifiers` are those that were post-coordinated with the code; None where none was told.
    """

    coding: Coding
    code: Code
    modifiers: tuple[str, ...] | None = None


class Focus(Struct, frozen=True, gc=False):
    """One resource of a request that is asked about: an order, an appointment or an encounter.

    `reference` is `Type/id`; `raw` are the bytes of the resource as the client sent them, which are
    sent back with nothing but a coverage-information added. `billings` are its candidate billing
    codes: the client bills one or several of them, and does not say which. Empty `billings` mean
    that nothing a procedure list speaks of was sent (`codings` are what was), never that there is
    nothing to bill. `on` is the date of service; None where the resource tells none.
    `insurance` are the references to coverages that the resource names. `asked` is False for a
    resource that is only context: one of an order-select that was not selected, or an appointment
    whose order is asked instead; its codes still stand on the order. `diagnoses` is None unless
    all of them are told as ICD-10-CM. `unread` tells that there may be another candidate: a coding
    of a billing code set that could not be read, or a product that could not be had. What was read
    is then one candidate of several, also where it is the only one in `billings`. `undated` tells
    that there is a date of service, but not to the day; `modified` that something which is not read
    may change what all the rest means. Of either no line can be asked. `uncertain` tells that
    another resource has the same name and says something else, so that nobody knows which stands.
    """

    resource_type: str
    reference: str
    raw: bytes
    billings: tuple[Billing, ...]
    codings: tuple[Coding, ...] = ()
    on: date | None = None
    units: int | None = None
    place_of_service: str | None = None
    diagnoses: tuple[str, ...] | None = None
    insurance: tuple[str, ...] = ()
    asked: bool = True
    unread: bool = False
    undated: bool = False
    modified: bool = False
    uncertain: bool = False


class Coverage(Struct, frozen=True):
    """The member's coverage by a payer that is answered for, as far as an answer needs it.

    `plan` is a plan of the payer's rulebook, `client_managed` as in `Order`; None where not told.
    `active` is False where the client itself tells that the coverage is over.
    """

    reference: str
    payer: Payer
    plan: str | None = None
    client_managed: bool | None = None
    active: bool = True


class Member(Struct, frozen=True, gc=False):
    """What of the patient an answer can depend on; None where it was not told."""

    born: date | None = None
    state: str | None = None


class Gathered(Struct, frozen=True):
    """All that a request tells for its answer.

    `complete` tells whether the focuses are known to be the whole order (an order-sign), so that a
    line without its companion can be answered as alone; False where more may come. `failed` says
    in words what could not be asked of the client's server, empty where nothing failed.
    """

    hook: str
    focuses: tuple[Focus, ...]
    coverage: Coverage
    member: Member
    complete: bool
    failed: str = ""
