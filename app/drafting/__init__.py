"""Documents until they are issued: assembling, editing and printing drafts."""
