"""Facts about the outside world, one CSV a subject, each row with the source it was taken from and the date of it."""
