"""What a camera can know of a body: landmarks, view, calibration, measures. Pure; standard library only."""
