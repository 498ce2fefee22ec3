"""What a strict reader would mark in an official document before it is issued.

Pure: plain data in, plain data out.

    for finding in check(document, Context(previous=last_quarter)):
        print(finding.place.part, finding.quote, finding.reason)
        if finding.fix:
            document = fixed(document, finding)
"""

from reports.lint.checking import check, fixed
from reports.lint.finding import Context, Finding, Fix, Kind, Place, Rule, Severity

__all__ = ["Context", "Finding", "Fix", "Kind", "Place", "Rule", "Severity", "check", "fixed"]
