"""`python -m lasegue` is the command `lasegue`."""

from lasegue.cli import main

main()
