"""Trains peers on prepared rows and prints one line of JSON for each: name, test score, seconds of processor time.

Standard input: {"task", "training": {"x", "y"}, "test": {"x", "y"}, "seconds", "seed"}. `seconds` is the processor
time that the search may take.
"""

import json
import sys
import time
import warnings

import numpy as np
import optuna
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)

job = json.load(sys.stdin)
is_classification = job["task"] == "classification"
seed = job["seed"]


def part(name):
    y = np.array(job[name]["y"])
    return np.array(job[name]["x"], dtype=float).reshape(len(y), -1), y.astype(int) if is_classification else y


x, y = part("training")
test_x, test_y = part("test")
# A network predicts a standardised target, as fitfirst's does.
shift, scale = (0.0, 1.0) if is_classification else (y.mean(), y.std() or 1.0)


def score(model, inputs, targets, scaled=False):
    predicted = model.predict(inputs)
    if is_classification:
        return float(np.mean(predicted == targets))
    if scaled:
        predicted = predicted * scale + shift
    return float(np.sqrt(np.mean((predicted - targets) ** 2)))


def mlp(**options):
    return (MLPClassifier if is_classification else MLPRegressor)(random_state=seed, **options)


def hundred_units():
    model = mlp(hidden_layer_sizes=(100,), max_iter=200)
    return score(model.fit(x, (y - shift) / scale if not is_classification else y), test_x, test_y, scaled=True)


def linear():
    model = LogisticRegression(max_iter=10000) if is_classification else LinearRegression()
    return score(model.fit(x, y), test_x, test_y)


def boosting():
    model = (HistGradientBoostingClassifier if is_classification else HistGradientBoostingRegressor)(random_state=seed)
    return score(model.fit(x, y), test_x, test_y)


def searched():
    """TPE over scikit-learn's network: hidden, layers, alpha, learning rate, epochs, batch; refitted on all rows."""
    targets = y if is_classification else (y - shift) / scale
    stratify = y if is_classification and np.min(np.unique(y, return_counts=True)[1]) > 1 else None
    fit_x, held_x, fit_y, held_y = train_test_split(x, targets, test_size=0.2, random_state=seed, stratify=stratify)
    began = time.process_time()

    def build(trial):
        width = trial.suggest_int("hidden", 4, 512, log=True)
        return mlp(
            hidden_layer_sizes=(width,) * trial.suggest_int("layers", 1, 2),
            alpha=trial.suggest_float("alpha", 1e-6, 1.0, log=True),
            learning_rate_init=trial.suggest_float("learning_rate", 1e-4, 3e-2, log=True),
            max_iter=trial.suggest_int("epochs", 10, 300, log=True),
            batch_size=min(trial.suggest_categorical("batch", [16, 32, 64, 128]), len(fit_y)),
        )

    def objective(trial):
        model = build(trial).fit(fit_x, fit_y)
        if is_classification:
            probability = model.predict_proba(held_x)
            columns = np.searchsorted(model.classes_, held_y)
            nearest = np.minimum(columns, len(model.classes_) - 1)
            known = (columns < len(model.classes_)) & (model.classes_[nearest] == held_y)
            taken = np.where(known, probability[np.arange(len(held_y)), nearest], 0)
            return float(-np.mean(np.log(np.maximum(taken, 1e-12))))
        return float(np.mean((model.predict(held_x) - held_y) ** 2))

    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
    while time.process_time() - began < job["seconds"]:
        study.optimize(objective, n_trials=1, catch=(ValueError,))
    return score(build(optuna.trial.FixedTrial(study.best_params)).fit(x, targets), test_x, test_y, scaled=True)


peers = {
    "scikit-learn, 100 units": hundred_units,
    "linear": linear,
    "gradient boosting": boosting,
    "Optuna TPE over scikit-learn": searched,
}
for name, peer in peers.items():
    began = time.process_time()
    try:
        value = peer()
    except ValueError as error:
        print(error, file=sys.stderr)
        value = None
    print(json.dumps({"name": name, "score": value, "seconds": time.process_time() - began}), flush=True)
