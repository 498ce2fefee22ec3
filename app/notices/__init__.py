"""In-app notices and mail: each seat hears what concerns it."""
