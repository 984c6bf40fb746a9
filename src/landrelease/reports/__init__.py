"""Facts as arguments in; tables, charts and documents out.

Every report is a `Report` of sections with `Table` and `Figure`; writers know nothing of mine
action, and reports know nothing of files. Each row of a table names the records it rests on.
"""

from landrelease.reports.country import country_report
from landrelease.reports.facts import CountryFacts, MapArea
from landrelease.reports.html import write_html
from landrelease.reports.model import Column, Figure, Report, Row, Section, Table
from landrelease.reports.pdf import write_pdf
from landrelease.reports.xlsx import write_xlsx

__all__ = [
    "Column",
    "CountryFacts",
    "Figure",
    "MapArea",
    "Report",
    "Row",
    "Section",
    "Table",
    "country_report",
    "write_html",
    "write_pdf",
    "write_xlsx",
]
