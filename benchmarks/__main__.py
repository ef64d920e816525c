"""``make bench``: every measurement, one after the other."""

from benchmarks import marts, reading, results

if __name__ == "__main__":
    reading.main()
    results.main()
    marts.main()
