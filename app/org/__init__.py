"""The sub-district's departments, their groups, and its leaders."""
