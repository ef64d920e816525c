"""What a department is told about the file it sent: a marked copy, a page, lines of a terminal."""
