"""What comes from outside as a file: landmark recordings, and later videos and runs."""
