"""What every page shares: pages and fragments, guards, errors, navigation, headers."""
