"""What a Python program needs to be tuned by fitfirst: one file without dependencies, for Python 3.8 and later.

Copy it next to your program, or add its folder to PYTHONPATH:

    import fitfirst

    params = fitfirst.params()
    for epoch in range(1, fitfirst.epochs(10) + 1):
        ...
        fitfirst.report(epoch, train_loss=..., val_loss=...)
        if fitfirst.should_stop():
            break
    fitfirst.final(test_accuracy=...)

The config needs no `report`: reports go to the file $FITFIRST_REPORT, which is the default. Without fitfirst the
program runs as before: `params()` is empty, and reports are printed.

A program that was written for W&B can use `import fitfirst as wandb`: `wandb.init()`, `wandb.config` and `wandb.log()`
then talk to fitfirst.
"""

import json
import os
import sys

__all__ = [
    "checkpoint_dir",
    "config",
    "epochs",
    "final",
    "finish",
    "init",
    "log",
    "params",
    "repeat",
    "report",
    "seed",
    "should_stop",
    "trial_dir",
]


def params(defaults=None):
    """The parameters of the trial as a dict, over those given. Empty if fitfirst did not start the program."""
    merged = dict(defaults or {})
    merged.update(json.loads(os.environ.get("FITFIRST_PARAMS", "{}")))
    return merged


def epochs(default):
    """The number of epochs to train; the default if fitfirst did not start the program."""
    return int(os.environ.get("FITFIRST_EPOCHS", default))


def seed(default=0):
    """The seed of the repeat. Use it for initial weights, shuffling and the split."""
    return int(os.environ.get("FITFIRST_SEED", default))


def repeat(default=1):
    """The number of the repeat, from 1."""
    return int(os.environ.get("FITFIRST_REPEAT", default))


def trial_dir(default="."):
    """The folder of the trial, for models and logs."""
    return os.environ.get("FITFIRST_TRIAL_DIR", default)


def checkpoint_dir():
    """The folder for the state from which a longer trial goes on; None if no longer trial can follow."""
    return os.environ.get("FITFIRST_CHECKPOINT_DIR")


def report(epoch=None, **metrics):
    """Reports the metrics of an epoch. Epochs are counted if they are not given."""
    numbers = {name: _number(value) for name, value in metrics.items()}
    _write(numbers if epoch is None else dict({"epoch": int(epoch)}, **numbers))


def final(**metrics):
    """Reports metrics of the whole trial, such as a test score."""
    _write({"fitfirst_final": {name: _number(value) for name, value in metrics.items()}})


def should_stop():
    """Whether fitfirst has asked the program to end, for example because its network fits."""
    folder = os.environ.get("FITFIRST_TRIAL_DIR")
    return folder is not None and os.path.exists(os.path.join(folder, "stop.json"))


def _number(value):
    """A float out of anything that is one: numbers, NumPy scalars, tensors with one element."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float)):
        return value
    return float(value.item() if hasattr(value, "item") else value)


def _write(numbers):
    path = os.environ.get("FITFIRST_REPORT")
    line = json.dumps(numbers) + "\n"
    if path is None:
        sys.stdout.write(line)
        return
    with open(path, "a", encoding="utf-8") as file:
        file.write(line)


class _Config:
    """`wandb.config`: parameters as attributes and as items."""

    def __init__(self):
        object.__setattr__(self, "_values", params())

    def __getattr__(self, name):
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name, value):
        self._values.setdefault(name, value)

    def __getitem__(self, name):
        return self._values[name]

    __setitem__ = __setattr__

    def __contains__(self, name):
        return name in self._values

    def __iter__(self):
        return iter(self._values)

    def get(self, name, default=None):
        return self._values.get(name, default)

    def keys(self):
        return self._values.keys()

    def items(self):
        return self._values.items()

    def update(self, values, allow_val_change=False):
        """Values of the trial win over those of the program."""
        for name, value in dict(values).items():
            self._values.setdefault(name, value)


class _Run:
    """What `wandb.init()` returns: the few parts of a run that training programs use."""

    def __init__(self):
        self.config = config
        self.summary = {}
        self.name = os.environ.get("FITFIRST_TRIAL", "run")
        self.id = self.name
        self.dir = trial_dir()

    def log(self, data, step=None, commit=True, **_):
        log(data, step=step, commit=commit)

    def finish(self, *_, **__):
        finish()

    def watch(self, *_, **__):
        """Gradients are not recorded."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        finish()


config = _Config()
run = None
_waiting = {}


def init(config=None, **_):
    """Stands in for `wandb.init`: the values of the trial win over those of `config`."""
    global run
    if config is not None:
        globals()["config"].update(config if isinstance(config, dict) else vars(config))
    run = _Run()
    return run


def log(data, step=None, commit=True, **_):
    """Stands in for `wandb.log`. Numbers are reported, by epoch if `epoch` is among them; all else is left out."""
    for name, value in data.items():
        try:
            _waiting[name] = _number(value)
        except (TypeError, ValueError):
            continue
    if not commit or not _waiting:
        return
    numbers = dict(_waiting)
    _waiting.clear()
    epoch = numbers.pop("epoch", None)
    if numbers:
        report(epoch, **numbers)


def finish(*_, **__):
    """Stands in for `wandb.finish`: what `run.summary` holds is reported for the whole trial."""
    global run
    if run is not None and run.summary:
        final(**{name: value for name, value in run.summary.items() if isinstance(value, (int, float))})
    run = None


def watch(*_, **__):
    """Stands in for `wandb.watch`: gradients are not recorded."""
