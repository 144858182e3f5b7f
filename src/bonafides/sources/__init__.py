"""One vendor log a file: a header, then one SELECT for each record table that it fills."""
