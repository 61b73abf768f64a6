"""One worker process of a tuning campaign by Optuna: trains open trials, with PyTorch or scikit-learn.

usage: campaign-peers.py torch|sklearn JOURNAL TRAIN.csv VALIDATION.csv EPOCHS
The search space is a grid of hidden sizes, dropout rates and seeds; scikit-learn has no dropout and trains the
same networks without it. Every process stops when the grid is done.
"""

import sys

import numpy as np
import optuna
from optuna.samplers import GridSampler
from optuna.storages import JournalFileStorage, JournalStorage

kind, journal, train_path, validation_path = sys.argv[1:5]
epochs = int(sys.argv[5])
optuna.logging.set_verbosity(optuna.logging.ERROR)
GRID = {"hidden": [16, 32, 64, 128], "dropout": [0.0, 0.2, 0.35, 0.5, 0.65], "seed": [1, 2, 3]}


def table(path):
    rows = np.loadtxt(path, delimiter=",", dtype=np.float32)
    return rows[:, :-1], rows[:, -1].astype(np.int64)


x, y = table(train_path)
xv, yv = table(validation_path)
mean, scale = x.mean(0), x.std(0)
scale[scale == 0] = 1
x, xv = (x - mean) / scale, (xv - mean) / scale


def by_torch(hidden, dropout, seed):
    import torch
    from torch import nn

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(x.shape[1], hidden), nn.ReLU(), nn.Dropout(dropout), nn.Linear(hidden, 10))
    optimizer = torch.optim.Adam(net.parameters(), lr=0.003)
    inputs, targets = torch.from_numpy(x), torch.from_numpy(y)
    held, held_targets = torch.from_numpy(xv), torch.from_numpy(yv)
    best = float("inf")
    for _ in range(epochs):
        net.train()
        order = torch.randperm(len(inputs))
        for at in range(0, len(inputs), 32):
            rows = order[at : at + 32]
            optimizer.zero_grad(set_to_none=True)
            nn.functional.cross_entropy(net(inputs[rows]), targets[rows]).backward()
            optimizer.step()
        net.eval()
        with torch.no_grad():
            nn.functional.cross_entropy(net(inputs), targets)
            best = min(best, nn.functional.cross_entropy(net(held), held_targets).item())
    return best


def by_sklearn(hidden, dropout, seed):
    from sklearn.metrics import log_loss
    from sklearn.neural_network import MLPClassifier

    net = MLPClassifier(
        (hidden,), batch_size=32, learning_rate_init=0.003, alpha=0, max_iter=1, warm_start=True, random_state=seed
    )
    best = float("inf")
    for _ in range(epochs):
        net.fit(x, y)
        net.predict_proba(x)
        best = min(best, log_loss(yv, net.predict_proba(xv), labels=net.classes_))
    return best


def objective(trial):
    hidden = trial.suggest_categorical("hidden", GRID["hidden"])
    dropout = trial.suggest_categorical("dropout", GRID["dropout"])
    seed = trial.suggest_categorical("seed", GRID["seed"])
    return (by_torch if kind == "torch" else by_sklearn)(hidden, dropout, seed)


if kind == "sklearn":
    import warnings

    warnings.filterwarnings("ignore")
storage = JournalStorage(JournalFileStorage(journal))
study = optuna.create_study(study_name="campaign", storage=storage, load_if_exists=True, sampler=GridSampler(GRID))
study.optimize(objective)
