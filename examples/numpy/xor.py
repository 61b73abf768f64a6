"""A network of sigmoid units without biases learns the exclusive or, by gradient descent on all four rows."""

import json
import os

import numpy as np

parameters = json.loads(os.environ["FITFIRST_PARAMS"])
hidden = parameters["hidden"]
dropout = parameters["dropout"]
epochs = int(os.environ["FITFIRST_EPOCHS"])
updates_an_epoch = 600
rate = 0.5

random = np.random.default_rng(int(os.environ["FITFIRST_SEED"]))
inputs = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=float)
targets = np.array([[0], [1], [1], [0]], dtype=float)
weights_in = random.uniform(-1, 1, (3, hidden))
weights_out = random.uniform(-1, 1, (hidden, 1))


def sigmoid(values):
    return 1 / (1 + np.exp(-values))


def predict():
    return sigmoid(sigmoid(inputs @ weights_in) @ weights_out)


with open(os.environ["FITFIRST_REPORT"], "a", buffering=1) as report:
    for epoch in range(1, epochs + 1):
        for _ in range(updates_an_epoch):
            units = sigmoid(inputs @ weights_in)
            # Dropped units are 0, the others are scaled up, in training alone; one mask for each row.
            mask = (random.random(units.shape) >= dropout) / (1 - dropout)
            output = sigmoid((units * mask) @ weights_out)
            slope_out = (output - targets) * output * (1 - output)
            slope_in = (slope_out @ weights_out.T) * mask * units * (1 - units)
            weights_out -= rate * (units * mask).T @ slope_out
            weights_in -= rate * inputs.T @ slope_in
        errors = predict() - targets
        numbers = {
            "epoch": epoch,
            "train_loss": float(0.5 * np.sum(errors**2)),
            "train_accuracy": float(np.mean(np.abs(errors) < 0.5)),
            "worst_error": float(np.max(np.abs(errors))),
        }
        report.write(json.dumps(numbers) + "\n")

if os.environ["FITFIRST_STAGE"] == "finish":
    np.savez(os.path.join(os.environ["FITFIRST_TRIAL_DIR"], "network.npz"), weights_in, weights_out)
