"""The pages on which a department fills in, signs and submits its filings."""
