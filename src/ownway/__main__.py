"""``python -m ownway``."""

from ownway.cli import main

main()
