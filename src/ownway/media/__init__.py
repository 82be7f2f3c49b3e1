"""What comes from outside as a file: landmark recordings and films, and later runs; and how files are written."""
