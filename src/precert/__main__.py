"""`python -m precert`: the command `precert` where its script is not on the path."""

from precert.cli import main

main()
