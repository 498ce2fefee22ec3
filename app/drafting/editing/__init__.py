"""Working on a draft: its blocks, what is found in them, what departments say to changed words."""
