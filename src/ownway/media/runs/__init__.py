"""Files of runs as watches and their programs write them: GPX, TCX, FIT. What a file is, its content tells, not its name."""
