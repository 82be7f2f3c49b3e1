"""What comes from outside as a file: landmark recordings, films and runs; and how files are written."""
