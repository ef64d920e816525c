"""What a release changes against another: keyed differences, their files and notes."""
