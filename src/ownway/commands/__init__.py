"""The commands that work on a file and end, one a module; ``cli.py`` puts them together with the one that serves."""
