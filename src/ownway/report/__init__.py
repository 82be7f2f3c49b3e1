"""What has been judged, as people and programs read it: charts, the printable page, the table in the terminal, CSV."""
