"""Facts as arguments in, tables, charts and documents out."""
