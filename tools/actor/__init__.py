"""People of exactly known posture, posed, drawn and filmed: ``python -m tools.actor``; see ``docs/ACTOR.md``."""
