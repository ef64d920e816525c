"""``make bench``: every measurement, one after the other."""

from benchmarks.reading import main

if __name__ == "__main__":
    main()
