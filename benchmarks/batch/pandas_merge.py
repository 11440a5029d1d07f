"""Contestant: the same answer as an analyst would write it in pandas, from `rules.csv`.

Merge on the code, filter by date, look for a primary within the order: an afternoon's work, and it
answers otherwise than precert where the list is finer. A companion counts whatever its date and
even if it is the same code; possible companions, deferral to another program, dated statements,
contacts (where the payer is the route), limits, and what to ask are left out.
"""

import sys
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd

OUTCOMES = {
    "required": "auth-needed",
    "unlisted": "auth-needed",
    "not-required": "no-auth",
    "out-of-scope": "not-managed",
    "investigational": "investigational",
}
GUARDS = "with-program|with-code|for-plan|client-specific|defers-to|unread"
OPEN = "for-plan|client-specific|unread"


def main(lines_path: str, folder: str, out: str) -> None:
    """Write the lines with their answers by the rulebook in the folder."""
    rulebook = tomllib.loads(Path(folder, "rulebook.toml").read_text())
    edition = rulebook["edition"]
    begins, review_by = pd.Timestamp(edition["effective_from"]), pd.Timestamp(edition["review_by"])
    lines = pd.read_parquet(lines_path)
    rows = in_force(lines, read_rules(Path(folder, "rules.csv")), begins)
    rows = follow_primaries(rows)
    answers = one_row_per_line(rows)
    late = answers["date_of_service"] > review_by
    answers[["reasons", "ask"]] = None
    answers.loc[late, "reasons"] = "past-review"
    no_action = answers["outcome"].isin(["no-auth", "not-managed"])
    answers.loc[late & no_action, "outcome"] = "conditional"
    answers = route(answers).drop(columns=["date_of_service"])
    answers.loc[answers["outcome"] == "conditional", "ask"] = "other-codes"
    answers = answers.rename(columns={"program": "programs"})
    merged = lines.merge(answers, on="line_id", how="left")
    merged = merged.fillna({"outcome": "not-listed", "case_plan": "for-a-person"})
    merged[["contact", "violated_limits"]] = None
    merged["rulebook"] = rulebook["digest"]
    merged.to_parquet(out, index=False)


def read_rules(path: Path) -> pd.DataFrame:
    """Return one row per rule, with what the analyst reads out of its conditions."""
    rules = pd.read_csv(path, dtype=str, keep_default_na=False)
    conditions = rules["conditions"]
    rules["effective_from"] = pd.to_datetime(rules["effective_from"].replace("", None))
    rules["outcome"] = rules["requirement"].map(OUTCOMES).fillna("conditional")
    rules.loc[conditions.str.contains(OPEN), "outcome"] = "conditional"
    guarded = conditions.str.contains(GUARDS) | (rules["descriptor_add_on"] == "yes")
    rules["firm"] = (rules["requirement"] == "required") & ~guarded
    rules["with_program"] = conditions.str.extract(r"with-program\(([^)]*)\)", expand=False)
    rules["source_line"] = rules["document"] + ":" + rules["line"]
    unused = ["product", "um_cs", "descriptor_add_on", "conditions", "effective_to", "page"]
    return rules.drop(columns=[*unused, "document", "line", "heading"])


def in_force(lines: pd.DataFrame, rules: pd.DataFrame, begins: pd.Timestamp) -> pd.DataFrame:
    """Return a row for each line and each rule of its code that is in force on its date."""
    wanted = ["line_id", "order_id", "code", "date_of_service"]
    rows = lines[wanted].merge(rules, on="code")
    rows["date_of_service"] = pd.to_datetime(rows["date_of_service"])
    first_day = rows["effective_from"].fillna(begins).clip(lower=begins)
    return rows[rows["date_of_service"] >= first_day]


def follow_primaries(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows, add-ons and companions with the outcome and platform of their primary."""
    firm = rows.loc[rows["firm"], ["order_id", "program", "category", "line_id", "platform"]]
    firm = firm.rename(columns={"line_id": "primary_line", "platform": "primary_platform"})
    keys = ["line_id", "rule_id", "order_id"]
    companions = rows.loc[rows["with_program"].notna(), [*keys, "with_program"]]
    companions = companions.assign(program=companions["with_program"].str.split(", "))
    companions = companions.explode("program").merge(firm, on=["order_id", "program"])
    plain = (rows["requirement"] == "add-on") & rows["with_program"].isna()
    add_ons = rows.loc[plain, [*keys, "program", "category"]]
    add_ons = add_ons.merge(firm, on=["order_id", "program", "category"])
    found = pd.concat([companions, add_ons]).sort_values("primary_line")
    found = found.drop_duplicates(["line_id", "rule_id"])
    found = found[["line_id", "rule_id", "primary_line", "primary_platform"]]
    rows = rows.merge(found, on=["line_id", "rule_id"], how="left")
    follows = rows["primary_line"].notna()
    rows.loc[rows["with_program"].notna(), "outcome"] = "not-managed"
    rows.loc[follows, "outcome"] = "follows-primary"
    rows["platform"] = rows["platform"].where(~follows, rows["primary_platform"])
    return rows


def one_row_per_line(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a row per line: the first rule's, `conditional` where the rules of a line disagree."""
    again = rows["line_id"].duplicated(keep=False)
    single = rows[~again]
    several = rows[again].groupby("line_id", sort=False)
    merged = several.first()
    for name in ("rule_id", "source_line", "program"):
        merged[name] = several[name].agg("; ".join)
    disagree = several["outcome"].agg("nunique") > 1
    merged.loc[disagree, "outcome"] = "conditional"
    answers = pd.concat([single, merged.reset_index()])
    answers = answers.rename(columns={"rule_id": "rule_ids", "source_line": "source_lines"})
    kept = ["line_id", "date_of_service", "program", "outcome", "platform", "primary_line"]
    return answers[[*kept, "rule_ids", "source_lines"]]


def route(answers: pd.DataFrame) -> pd.DataFrame:
    """Return the answers with their route, their place in the case plan, and the case."""
    outcome, platform = answers["outcome"], answers["platform"]
    going = outcome.isin(["auth-needed", "investigational", "follows-primary"])
    payer = (outcome == "not-managed") | (going & (platform == "payer"))
    on_platform = going & ~payer & (platform != "")
    answers["route"] = None
    answers.loc[payer, "route"] = "payer"
    answers.loc[on_platform, "route"] = "platform"
    answers["platform"] = platform.where(on_platform, None)
    in_case = outcome.isin(["auth-needed", "follows-primary"]) & (payer | on_platform)
    places = [in_case, outcome == "no-auth", outcome == "not-managed"]
    answers["case_plan"] = np.select(places, ["case", "no-case", "ask-payer"], "for-a-person")
    case = answers["platform"].fillna("payer") + " / " + answers["program"]
    answers["case_key"] = case.where(in_case, None)
    return answers


if __name__ == "__main__":
    main(*sys.argv[1:])
