"""The live engine: frames in, events out. Pure and deterministic; time arrives with the frame."""
