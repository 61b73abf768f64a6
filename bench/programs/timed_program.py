"""Runs examples/pytorch/spirals.py unchanged, and adds the processor time so far to each of its lines of JSON."""
import json
import os
import runpy
import sys
import time


class TimedLines:
    """Standard output that takes lines of JSON and adds the time to each."""

    def __init__(self, stream):
        self.stream = stream
        self.line = ""

    def write(self, text):
        self.line += text
        while "\n" in self.line:
            line, self.line = self.line.split("\n", 1)
            timed = json.loads(line) | {"processor_seconds": time.process_time()}
            self.stream.write(json.dumps(timed) + "\n")

    def flush(self):
        self.stream.flush()


sys.stdout = TimedLines(sys.stdout)
folder = os.path.dirname(os.path.abspath(__file__))
sys.argv[0] = os.path.join(folder, "..", "..", "examples", "pytorch", "spirals.py")
runpy.run_path(sys.argv[0], run_name="__main__")
