"""What every page shares: pages and fragments, form fields, errors, headers, the access log."""
