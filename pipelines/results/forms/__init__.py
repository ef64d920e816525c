"""The yearly result form: written pre-filled for each department, and read when it comes back."""
