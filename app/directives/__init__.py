"""Leaders' directives (批示), the departments' replies to them, and closing them (销号)."""
