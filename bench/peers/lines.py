"""The benchmark's line protocol (src/cli/bench/protocol.ts) for a peer in Python."""

import json
import sys
import time


def say(**line):
    print(json.dumps(line), flush=True)


def missing(what):
    """Tells that the library is not installed, and ends."""
    say(missing=what)
    sys.exit(0)


def threads():
    """How many threads to use: the last argument."""
    return int(sys.argv[-1])


def timed(step):
    """A round that repeats a step and returns its seconds."""

    def run(iterations):
        started = time.perf_counter()
        for _ in range(iterations):
            step()
        return time.perf_counter() - started

    return run


def serve(versions, cases, unfair=None):
    """Answers requests until stdin ends.

    cases: by kind of work, a function of its parameters that returns a round, a function from a number of iterations
    to seconds.
    """
    say(hello={'versions': versions, **({'unfair': unfair} if unfair else {})})
    run = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request['do'] == 'run':
                say(seconds=run(request['iterations']))
            elif request['case'] in cases:
                run = cases[request['case']](**request['parameters'])
                say(ready=True)
            else:
                say(refused=f"does not do {request['case']}")
        except Exception as error:
            say(failed=f'{type(error).__name__}: {error}')
