"""The register of directives: filtered, counted, printed, taken along as a workbook."""
