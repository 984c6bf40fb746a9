"""Work reported in square metres before its polygons exist, never counted twice with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from landrelease.domain.dates import PartialDate
from landrelease.domain.periods import is_reversed

#: An activity and a method of release, None where reports name none.
_Work = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Progress:
    """What an activity reports of one method, beside what its products measure.

    Attributes
    ----------
    reported_m2 : float
        By its progress reports.
    measured_m2 : float
        By the polygons of its land release products; beside reports without a method, those with
        one count no more than they report.
    unmapped_m2 : float
        Reported beyond what is measured: work whose polygons are still to come.
    """

    activity: str
    method: str | None
    reported_m2: float
    measured_m2: float

    @property
    def unmapped_m2(self) -> float:
        """Reported beyond what the polygons measure; this alone may be added to them."""
        return max(0.0, self.reported_m2 - self.measured_m2)


def progress(
    reports: Iterable[Mapping[str, Any]], measured_m2: Mapping[_Work, float]
) -> list[Progress]:
    """Return the progress of each activity and method.

    A report without a method tells of all work: it stands for what the products of any method
    measure beyond what reports of that method tell.

    Parameters
    ----------
    reports : iterable of Mapping
        Bodies of progress reports, ``activity`` resolved to one name per activity;
        ``occurred_on`` is the end of a period that gives none.
    measured_m2 : Mapping
        Activity and method → m² of its products.

    Examples
    --------
    >>> week = {"activity": "AC-1", "method": "cleared", "area_m2": 400.0, "cumulative": False}
    >>> [one] = progress([week, week], {("AC-1", "cleared"): 500.0})
    >>> one.reported_m2, one.unmapped_m2
    (800.0, 300.0)
    >>> [one] = progress([{**week, "method": None}], {("AC-1", "cleared"): 500.0})
    >>> one.measured_m2, one.unmapped_m2
    (500.0, 0.0)
    """
    by_work: dict[_Work, list[Mapping[str, Any]]] = defaultdict(list)
    for report in reports:
        by_work[report["activity"], report.get("method")].append(report)
    reported = {work: _reported_m2(found) for work, found in by_work.items()}
    return [
        Progress(*work, m2, _measured_m2(work, reported, measured_m2))
        for work, m2 in sorted(reported.items(), key=lambda pair: (pair[0][0], pair[0][1] or ""))
    ]


def falling(
    reports: Iterable[Mapping[str, Any]],
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Yield cumulative reports that tell less than an earlier one, each after the one before it.

    What was done since the work began cannot become less: one of the two is wrong, or a unit or an
    activity was changed. Undated reports are in no order.

    Examples
    --------
    >>> may = {"activity": "AC-1", "cumulative": True, "area_m2": 250.0, "occurred_on": "2024-05"}
    >>> june = {**may, "area_m2": 240.0, "occurred_on": "2024-06"}
    >>> [(one["area_m2"], other["area_m2"]) for one, other in falling([june, may])]
    [(250.0, 240.0)]
    """
    by_work: dict[_Work, list[Mapping[str, Any]]] = defaultdict(list)
    for report in reports:
        if report.get("cumulative") and _last_day(report):
            by_work[report["activity"], report.get("method")].append(report)
    for told in by_work.values():
        told.sort(key=lambda report: (_last_day(report), report["area_m2"]))
        yield from ((one, other) for one, other in pairwise(told) if _tells_less(other, one))


def _tells_less(later: Mapping[str, Any], earlier: Mapping[str, Any]) -> bool:
    return bool(later["area_m2"] < earlier["area_m2"])


def _measured_m2(
    work: _Work, reported: Mapping[_Work, float], measured: Mapping[_Work, float]
) -> float:
    """What polygons measure of an activity and method, each square metre told once."""
    activity, method = work
    own = measured.get(work, 0.0)
    if (activity, None) not in reported:
        return own
    if method is not None:
        return min(own, reported[work])
    every = [one for one in measured if one[0] == activity]
    return float(sum(measured[one] - min(measured[one], reported.get(one, 0.0)) for one in every))


def _reported_m2(reports: list[Mapping[str, Any]]) -> float:
    """Sum periods; a cumulative figure stands for every period that began by its end."""
    cumulative = [report for report in reports if report.get("cumulative")]
    periods = [report for report in reports if not report.get("cumulative")]
    if not cumulative:
        return float(sum(report["area_m2"] for report in periods))
    latest = max(cumulative, key=lambda report: (_last_day(report), report["area_m2"]))
    later = [report for report in periods if _first_day(report) > _last_day(latest)]
    return float(latest["area_m2"] + sum(report["area_m2"] for report in later))


def _last_day(report: Mapping[str, Any]) -> int:
    day = _period(report)[1]
    return PartialDate.parse(day).last.toordinal() if day else 0


def _first_day(report: Mapping[str, Any]) -> int:
    day = _period(report)[0]
    return PartialDate.parse(day).first.toordinal() if day else 0


def _period(report: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Both ends of what a report tells of; turned about, they are read the other way round."""
    end = report.get("period_end") or report.get("occurred_on")
    start = report.get("period_start") or end
    return (end, start) if is_reversed(start, end) else (start, end or start)
