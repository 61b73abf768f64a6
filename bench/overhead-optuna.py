"""A thousand trials that do nothing, in Optuna with its journal storage in a file; prints the seconds they took."""

import os
import sys
import tempfile
import time

import optuna
from optuna.storages import JournalFileStorage, JournalStorage

optuna.logging.set_verbosity(optuna.logging.WARNING)
trials = int(sys.argv[1])
with tempfile.TemporaryDirectory() as folder:
    storage = JournalStorage(JournalFileStorage(os.path.join(folder, "journal.log")))
    study = optuna.create_study(storage=storage, sampler=optuna.samplers.RandomSampler(seed=1))
    started = time.perf_counter()
    study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=trials)
    print(time.perf_counter() - started)
