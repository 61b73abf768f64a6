"""
Optuna's TPE with a pruner on the timed program, two trials at a time, until a trial reaches the validation loss. Takes
JSON on standard input and prints JSON: epochs, processor and wall time, and whether the loss was reached.
"""
import json
import os
import subprocess
import sys
import threading
import time

import optuna

optuna.logging.set_verbosity(optuna.logging.WARNING)
task = json.load(sys.stdin)
pruners = {
    "hyperband": optuna.pruners.HyperbandPruner(1, task["epochs"], 3),
    "median": optuna.pruners.MedianPruner(n_startup_trials=5, n_warmup_steps=task["epochs"] // 10),
}
begun = time.monotonic()
lock = threading.Lock()
sums = {"epochs": 0, "processor": 0.0}
end = {}


def objective(trial):
    setting = {
        "hidden": task["hidden"][trial.suggest_int("hidden", 0, len(task["hidden"]) - 1)],
        "dropout": trial.suggest_float("dropout", 0, 0.5),
        "learning_rate": trial.suggest_float("learning_rate", 0.0005, 0.1, log=True),
    }
    options = [f"--{name}={value}" for name, value in (setting | {"epochs": task["epochs"]}).items()]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FITFIRST_")}
    environment |= {"FITFIRST_SEED": str(task["program_seed"]), "FITFIRST_STAGE": "search"}
    command = [sys.executable, task["program"], *options]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    best, used = float("inf"), 0.0
    try:
        for line in process.stdout:
            report = json.loads(line)
            with lock:
                if end:
                    raise optuna.TrialPruned()
                sums["epochs"] += 1
                sums["processor"] += report["processor_seconds"] - used
                used = report["processor_seconds"]
                best = min(best, report["val_loss"])
                if best <= task["target"]:
                    end.update(sums, wall=time.monotonic() - begun, reached=True)
                    study.stop()
                    return best
            trial.report(report["val_loss"], report["epoch"])
            if trial.should_prune():
                raise optuna.TrialPruned()
    finally:
        process.kill()
        process.wait()
    return best


sampler = optuna.samplers.TPESampler(seed=task["seed"], multivariate=True, constant_liar=True)
study = optuna.create_study(sampler=sampler, pruner=pruners[task["pruner"]])
study.optimize(objective, n_trials=task["trials"], n_jobs=2)
json.dump(end or (sums | {"wall": time.monotonic() - begun, "reached": False}), sys.stdout)
