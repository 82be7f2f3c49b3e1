"""Pure rules around the exercises: when to stop, what to do then."""
