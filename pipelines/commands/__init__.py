"""What each command of ``gyokaku`` does; ``pipelines/cli.py`` only reads the arguments."""
