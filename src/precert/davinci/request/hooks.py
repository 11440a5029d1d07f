"""A CDS Hooks request, from its bytes: what the service reads of it, and nothing else.

Sources: the CDS Hooks specification ("Calling a CDS Service") and CRD's hooks page. The contexts of
the six hooks are read as one, since clients send each other's elements.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from msgspec import Raw, Struct, ValidationError, field, structs
from msgspec.json import Decoder

from precert.davinci.refused import NotAHookRequest, NotJson
from precert.davinci.request.reading import UNREADABLE, unreadable
from precert.davinci.request.resources.bundle import Entry, Link
from precert.davinci.request.resources.elements import Named, SentReference
from precert.davinci.request.resources.readers import NEVER_SENT_BACK
from precert.davinci.settings import Version

T = TypeVar("T")
P_co = TypeVar("P_co", covariant=True)

_VERSION_LENGTH = 3  # "2.2"; a patch release of it ("2.2.1") is the same version


class Hook(StrEnum):
    """A moment in a client's workflow at which coverage requirements are asked for."""

    ORDER_SIGN = "order-sign"
    ORDER_SELECT = "order-select"
    ORDER_DISPATCH = "order-dispatch"
    APPOINTMENT_BOOK = "appointment-book"
    ENCOUNTER_START = "encounter-start"
    ENCOUNTER_DISCHARGE = "encounter-discharge"


class FhirAuthorization(Struct, frozen=True, gc=False):
    """The token by which the client's FHIR server may be asked. It is never logged."""

    access_token: str | None = None
    token_type: str | None = None

    def __repr__(self) -> str:
        """Return the name of the class: a token in a traceback would be in a log."""
        return type(self).__name__


class Bundle(Struct, rename="camel", frozen=True, gc=False):
    """A Bundle of resources."""

    resource_type: str | None = None
    entry: list[Entry] | None = None
    link: list[Link] | None = None


class _Task(Struct, frozen=True, gc=False):
    focus: SentReference | None = None


class Context(Struct, rename="camel", frozen=True, gc=False):
    """The context of any of the hooks.

    The orders of order-dispatch have three spellings (hook versions 1.0 and 1.1, and the hook's own
    page); `dispatched` returns them under any. A single one may stand without its list.
    """

    patient_id: str | None = None
    encounter_id: str | None = None
    draft_orders: Bundle | None = None
    appointments: Bundle | None = None
    selections: list[str] | None = None
    order: str | list[str] | None = None
    dispatched_orders: str | list[str] | None = None
    kebab_orders: str | list[str] | None = field(default=None, name="dispatched-orders")
    task: _Task | list[_Task] | None = None
    fulfillment_task: _Task | list[_Task] | None = None
    fulfillment_tasks: _Task | list[_Task] | None = None
    kebab_tasks: _Task | list[_Task] | None = field(default=None, name="fulfillment-tasks")

    def patient(self) -> str:
        """Return the id of the patient. Raises `NotAHookRequest` where none is told."""
        told = (self.patient_id or "").removeprefix("Patient/")
        if not told:
            message = (
                "read no context.patientId, expected the id of a Patient; all hooks require it"
            )
            raise NotAHookRequest(message)
        return told

    def dispatched(self) -> tuple[str, ...]:
        """Return the references to the orders that are dispatched, each once.

        Where the context names none, they are those that its tasks are to fulfil.
        """
        orders = [
            *_listed(self.dispatched_orders),
            *_listed(self.kebab_orders),
            *_listed(self.order),
        ]
        if not orders:
            tasks = [
                *_listed(self.fulfillment_tasks),
                *_listed(self.kebab_tasks),
                *_listed(self.fulfillment_task),
                *_listed(self.task),
            ]
            focuses = [task.focus for task in tasks]
            orders = [focus.reference for focus in focuses if focus and focus.reference]
        return tuple(dict.fromkeys(orders))


class HookRequestExtension(Struct, frozen=True, gc=False):
    """The extensions of CRD to a request: the version and the configuration that are asked for."""

    requested: str | int | float | None = field(default=None, name="davinci-crd.requestedVersion")
    options: dict[str, object] | None = field(default=None, name="davinci-crd.configuration")


class RequestOf(Struct, Generic[P_co], rename="camel", frozen=True, gc=False):
    """A request as it was sent, with what is prefetched: unread, or read with all the rest."""

    hook: str
    hook_instance: str
    context: Context
    fhir_server: str | None = None
    fhir_authorization: FhirAuthorization | None = None
    prefetch: Mapping[str, P_co] | None = None
    extension: HookRequestExtension | None = None

    def __repr__(self) -> str:
        """Return the hook: what else the request holds is of a patient, and belongs in no log."""
        return f"HookRequest({self.hook!r})"

    def version(self, default: Version) -> Version:
        """Return the version that is asked for, the default where none is or nobody knows it."""
        requested = None if self.extension is None else self.extension.requested
        if requested is None:
            return default
        told = str(requested)
        known = told[:_VERSION_LENGTH] if told[_VERSION_LENGTH:][:1] in {"", "."} else ""
        return Version(known) if known in _VERSIONS else default

    def configuration(self) -> Mapping[str, bool | int]:
        """Return the options that were told: booleans and integers; what is neither is ignored."""
        told = None if self.extension is None else self.extension.options
        return {name: value for name, value in (told or {}).items() if isinstance(value, int)}


HookRequest: TypeAlias = RequestOf[Raw | Named | None]
"""A request: a prefetched resource is JSON, or its elements, or None for a null."""

_VERSIONS = frozenset(Version)
_UNREAD: Decoder[RequestOf[Raw]] = Decoder(RequestOf[Raw])
_READ: Decoder[RequestOf[Named | None]] = Decoder(RequestOf[NEVER_SENT_BACK | None])
_DRAFTS = (Hook.ORDER_SIGN, Hook.ORDER_SELECT, Hook.APPOINTMENT_BOOK)
"""The hooks that send in their context what is asked about; others may prefetch it."""
_ANY = Decoder(Raw)


def read_hook_request(body: bytes, hook: str | None = None) -> HookRequest:
    """Return the request that the body holds.

    `hook` is the service's: it wins over the one in the body, which real clients send wrong. Raises
    `NotJson` and `NotAHookRequest`.
    """
    try:
        if not body.isascii():
            body.decode()  # what is passed over unread is sent back to the client: it must be text
        request = (hook in _DRAFTS and _read_at_once(body)) or _UNREAD.decode(body)
    except ValidationError as error:
        _check_object(body)
        raise unreadable(error, "the request of the hook") from None
    except UNREADABLE as error:
        raise _not_json(error) from None
    if hook is None or hook == request.hook:
        return request
    return structs.replace(request, hook=hook)


def _read_at_once(body: bytes) -> HookRequest | None:
    """Return the request with what is prefetched read in the same pass over its bytes.

    None where that is more than the patient and coverages, or anything cannot be read.
    """
    try:
        return _READ.decode(body)
    except UNREADABLE:
        return None


def _check_object(body: bytes) -> None:
    """Refuse what is no JSON object; the decoder stops at a wrong type before it sees the rest."""
    try:
        is_object = bytes(_ANY.decode(body)).startswith(b"{")
    except UNREADABLE as error:
        raise _not_json(error) from None
    if not is_object:
        message = "the body is JSON, but no object; send the hook's request as a JSON object"
        raise NotJson(message)


def _not_json(error: Exception) -> NotJson:
    if isinstance(error, RecursionError):
        return NotJson("the body is nested too deeply; send the hook's request as a JSON object")
    where = "it is no UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
    return NotJson(f"the body is not JSON ({where}); send the hook's request as a JSON object")


def _listed(told: T | list[T] | None) -> list[T]:
    if told is None:
        return []
    return told if isinstance(told, list) else [told]
