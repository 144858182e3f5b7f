"""A case for others: counsel, authorities, whoever shares what they see. One format a file."""
