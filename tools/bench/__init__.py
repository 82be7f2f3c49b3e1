"""How quick and how heavy Ownway is: ``python -m tools.bench``, or ``make bench``."""
