"""`python -m bonafides` is `bonafides`."""

from bonafides.cli.main import main

main()
