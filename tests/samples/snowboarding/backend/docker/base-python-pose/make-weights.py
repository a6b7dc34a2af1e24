"""Writes a stand-in for the weights of a pose model: the same bytes each time, and no two blocks alike."""
import random
import sys

path, megabytes = sys.argv[1], int(sys.argv[2])
block = random.Random(1).randbytes(1024 * 1024)
with open(path, "wb") as weights:
    for index in range(megabytes):
        weights.write(index.to_bytes(8, "little"))
        weights.write(block[8:])
