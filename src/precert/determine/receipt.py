"""The answer as JSON, and the order in it: the receipt that can be verified later.

A receipt (schema 1) holds the name and digest of the edition that answered (of each, where a
rulebook of several editions answered the lines by more than one), the facts that were told, the
determinations and the case plan; `words` repeats them in sentences and takes no part in
verification. `docs/receipt.md` describes it, `docs/receipt.schema.json` is its JSON Schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from precert.determine.words.answer import (
    CAVEATS,
    answer_in_words,
    ask_in_words,
    reasons_in_words,
    route_in_words,
)
from precert.determine.words.notes import notes_in_words
from precert.determine.words.plan import next_step, plan_in_words
from precert.notation import format_condition

if TYPE_CHECKING:
    from precert.determine.answer import Determination, Judged, RuleAnswer
    from precert.determine.determination import OrderAnswer
    from precert.determine.order import Order
    from precert.model import Contact, Rule
    from precert.rulebook import Rulebook

SCHEMA = 1

Json = dict[str, Any]


def receipt(answer: OrderAnswer) -> Json:
    """Return the answer as JSON values: text, numbers, true, false, null, lists and objects."""
    plan = answer.case_plan
    return {
        "schema": SCHEMA,
        "rulebook": _rulebook(answer),
        "facts": order_as_json(answer.order),
        "determinations": [_determination(line) for line in answer.determinations],
        "case_plan": {
            "cases": [
                {
                    "route": case.route.value,
                    "platform": case.platform,
                    "program": case.program,
                    "lines": list(case.lines),
                }
                for case in plan.cases
            ],
            "no_case": list(plan.no_case),
            "ask_payer": list(plan.ask_payer),
            "for_a_person": list(plan.for_a_person),
        },
        "words": _words(answer),
    }


def order_as_json(order: Order) -> Json:
    """Return the order as JSON values: every fact, null where it was not told."""
    return {
        "complete": True if order.is_complete else order.complete,
        "plan": order.plan,
        "client_managed": order.client_managed,
        "age": order.age,
        "state": order.state,
        "diagnoses": None if order.diagnoses is None else list(order.diagnoses),
        "lines": [
            {
                "line": number,
                "code": line.code,
                "date_of_service": line.date_of_service.isoformat(),
                "modifiers": None if line.modifiers is None else list(line.modifiers),
                "units": line.units,
                "program": line.program,
                "place_of_service": line.place_of_service,
                "acquisition": line.acquisition,
            }
            for number, line in enumerate(order.lines, start=1)
        ],
    }


def _rulebook(answer: OrderAnswer) -> Json:
    """Return the edition that answered, or each of those that did, with the lines it answered.

    The digest of all editions together is left out: a receipt stays what it is when an edition is
    added that answers none of its lines.
    """
    lines_of = answer.lines_by_rulebook()
    if len(lines_of) == 1:
        return _edition(*lines_of)
    return {"editions": [{"lines": lines, **_edition(book)} for book, lines in lines_of.items()]}


def _edition(rulebook: Rulebook) -> Json:
    edition = rulebook.edition
    return {
        "digest": rulebook.digest,
        "edition": edition.name,
        "payer": edition.payer,
        "line_of_business": edition.line_of_business,
        "vendor": edition.vendor,
        "effective_from": edition.effective_from.isoformat(),
        "effective_to": edition.effective_to.isoformat() if edition.effective_to else None,
        "review_by": edition.review_by.isoformat(),
        "documents": [
            {"name": document.name, "sha256": document.sha256} for document in rulebook.documents
        ],
    }


def _determination(answer: Determination) -> Json:
    return {
        "line": answer.line,
        "code": answer.code,
        "date_of_service": answer.date_of_service.isoformat(),
        "outcome": answer.outcome.value,
        "route": answer.route.value if answer.route else None,
        "platform": answer.platform,
        "contact": _contact(answer.contact),
        "primary": answer.primary,
        "rules": [_rule(rule) for rule in answer.rules],
        "conditions": [{**_judged(judged), "truth": judged.truth} for judged in answer.conditions],
        "limits": [{**_judged(judged), "met": judged.truth} for judged in answer.limits],
        "ask": [{"fact": ask.fact.value, "choices": list(ask.choices)} for ask in answer.ask],
        "alternatives": [_alternative(alternative) for alternative in answer.alternatives],
        "reasons": [
            {"reason": reason.kind.value, "subjects": list(reason.subjects)}
            for reason in answer.reasons
        ],
    }


def _rule(rule: Rule) -> Json:
    return {
        "rule_id": rule.rule_id,
        "program": rule.program,
        "category": rule.category,
        "heading": rule.heading,
        "requirement": rule.requirement.value,
        "effective_from": rule.effective_from.isoformat() if rule.effective_from else None,
        "effective_to": rule.effective_to.isoformat() if rule.effective_to else None,
        **rule.ref._asdict(),
    }


def _judged(judged: Judged) -> Json:
    return {"rule_id": judged.rule.rule_id, "condition": format_condition(judged.condition)}


def _alternative(answer: RuleAnswer) -> Json:
    return {
        "rule_id": answer.rule.rule_id,
        "program": answer.rule.program,
        **answer.rule.ref._asdict(),
        "outcome": answer.outcome.value,
        "route": answer.route.value if answer.route else None,
        "platform": answer.platform,
        "contact": _contact(answer.contact),
        "primary": answer.primary,
    }


def _contact(contact: Contact | None) -> Json | None:
    if contact is None:
        return None
    return {"party": contact.party.value, "phone": contact.phone, "fax": contact.fax}


def _words(answer: OrderAnswer) -> Json:
    lines, plan = answer.determinations, answer.case_plan
    return {
        "determinations": [
            {
                "line": line.line,
                "outcome": answer_in_words(line, edition),
                "route": route_in_words(line, edition),
                "next_step": next_step(line, answer, plan),
                "ask": [ask_in_words(ask) for ask in line.ask],
                "reasons": reasons_in_words(line, edition),
                "notes": list(notes_in_words(line, lines)),
            }
            for line in lines
            for edition in (answer.rulebook_of(line).edition,)
        ],
        "case_plan": list(plan_in_words(answer)),
        "caveats": list(CAVEATS),
    }
