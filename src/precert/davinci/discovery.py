"""The discovery document: what `GET .../cds-services` returns, as JSON bytes made once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from precert.davinci.answer.response import COVERAGE_INFO
from precert.davinci.services import SERVICES
from precert.davinci.settings import Version

if TYPE_CHECKING:
    from precert.davinci.services import Service
    from precert.davinci.settings import CrdSettings

ANNOUNCED = tuple(Version)
"""Versions as discovery names them: all that are answered, as the guide demands (dev-2). Its formal
constraint on the element (crdver-1) takes no minor version of 0, but its prose has 2.0 for the
example, and the Inferno test kit takes it."""

_OPTIONS = [
    {
        "code": COVERAGE_INFO,
        "type": "boolean",
        "name": "Coverage Information",
        "description": "Whether the service, drug or device needs prior authorization by the "
        "payer's list, said as coverage-information on the order. Nothing else is ever returned.",
        "default": True,
    }
]


def discovery(settings: CrdSettings) -> bytes:
    """Return the discovery document; its titles name the payer where there is only one."""
    payers = {payer.name for payer in settings.payers}
    of_payer = f" ({payers.pop()})" if len(payers) == 1 else ""
    services = [_announced(service, of_payer) for service in SERVICES.values()]
    return msgspec.json.encode({"services": services})


def _announced(service: Service, of_payer: str) -> dict[str, Any]:
    return {
        "hook": service.hook,
        "id": service.service_id,
        "title": service.title + of_payer,
        "description": service.description,
        "prefetch": dict(service.prefetch),
        "extension": {
            "davinci-crd.version": [version.value for version in ANNOUNCED],
            "davinci-crd.configuration-options": _OPTIONS,
        },
    }
