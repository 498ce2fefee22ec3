"""Writing into the cells of a draft's annexes, where they stand."""
