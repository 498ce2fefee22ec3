"""What the filings of a draft say since it was made, paragraph by paragraph and as a whole, and taking it over."""
