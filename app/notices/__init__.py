"""In-app notices and mail: what concerns a seat, told to the seat."""
