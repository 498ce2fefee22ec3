"""The lint for a text that this program did not compose: pasted, or in a .txt or .docx file.

lines = lines_of_file("report.docx", data)
for finding in check_lines(lines):
    print(finding.place_words, finding.quote, finding.reason)
"""

from reports.lint.written.checking import TextFinding, check_lines, fixed_lines
from reports.lint.written.lines import WrittenLine, lines_of_file, lines_of_text

__all__ = ["TextFinding", "WrittenLine", "check_lines", "fixed_lines", "lines_of_file", "lines_of_text"]
