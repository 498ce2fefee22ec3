"""The pages of directives: writing one, replying to it, taking its steps."""
