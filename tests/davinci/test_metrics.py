"""What is counted of calls, as Prometheus text and as JSON."""

from __future__ import annotations

import json

from msgspec import structs

from precert.davinci.metrics import Metrics, Observed

GOOD = Observed(
    hook="order-sign",
    version="2.2",
    status=200,
    seconds=0.002,
    token=True,
    payer='Acme "Health"',
    outcomes=("auth-needed", "auth-needed", "no-auth"),
    types=("ServiceRequest", "ServiceRequest", "DeviceRequest"),
)
BAD = Observed("", "2.2", 401, 0.5, token=False, issue="security", detail="expired")


def counted() -> Metrics:
    metrics = Metrics()
    metrics.observe(GOOD)
    metrics.observe(structs.replace(GOOD, seconds=7.0, queried=True))
    metrics.observe(BAD)
    metrics.feedback("order-sign")
    metrics.unrecorded()
    return metrics


def test_prometheus_reads_each_count() -> None:
    lines = counted().prometheus().decode().splitlines()
    for line in (
        (
            r'precert_crd_calls_total{hook="order-sign",version="2.2",status="200",'
            r'payer="Acme \"Health\"",token="yes"} 2'
        ),
        'precert_crd_calls_total{hook="",version="2.2",status="401",payer="",token="no"} 1',
        'precert_crd_issues_total{hook="",issue="security",detail="expired"} 1',
        'precert_crd_outcomes_total{hook="order-sign",outcome="auth-needed"} 4',
        'precert_crd_resources_total{hook="order-sign",type="ServiceRequest",queried="yes"} 2',
        'precert_crd_feedback_total{hook="order-sign"} 1',
        "precert_crd_unrecorded_total 1",
        'precert_crd_seconds_bucket{hook="order-sign",le="0.001"} 0',
        'precert_crd_seconds_bucket{hook="order-sign",le="0.005"} 1',
        'precert_crd_seconds_bucket{hook="order-sign",le="5.0"} 1',
        'precert_crd_seconds_bucket{hook="order-sign",le="10.0"} 2',
        'precert_crd_seconds_bucket{hook="order-sign",le="+Inf"} 2',
        'precert_crd_seconds_sum{hook="order-sign"} 7.002000',
        'precert_crd_seconds_count{hook="order-sign"} 2',
        'precert_crd_seconds_bucket{hook="",le="0.5"} 1',
    ):
        assert line in lines


def test_json_says_the_same() -> None:
    kinds = json.loads(counted().json())
    assert kinds["outcomes"] == [
        {"hook": "order-sign", "outcome": "auth-needed", "count": 4},
        {"hook": "order-sign", "outcome": "no-auth", "count": 2},
    ]
    assert kinds["seconds"][1]["count"] == 2
    assert kinds["seconds"][1]["at_most"]["5.0"] == 1
    assert kinds["unrecorded"] == [{"count": 1}]


def test_before_the_first_call_there_is_nothing_to_tell_but_zero() -> None:
    assert b"precert_crd_unrecorded_total 0" in Metrics().prometheus()
    assert json.loads(Metrics().json())["calls"] == []
