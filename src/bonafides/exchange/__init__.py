"""What leaves the house: reports and files for people and other programs. Pure: content in, text out."""
