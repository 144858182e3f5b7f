"""What public guidance asks of an employer, one control a file: does it hold, by the records?"""
