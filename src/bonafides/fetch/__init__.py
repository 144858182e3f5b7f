"""What brings exports in: folders of files, and files made readable where they are damaged."""
