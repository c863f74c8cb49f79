"""`python -m lasegue.cli` is the command `lasegue`."""

from lasegue.cli import main

main()
