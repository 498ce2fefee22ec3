"""Who may come in: accounts, grants, log-ins; pages are guarded by what the policy permits each."""
