"""A network tells two half moons apart, in plain Python. A longer trial goes on where the shorter one ended."""

import json
import math
import os
import pickle
import random

chosen = json.loads(os.environ["FITFIRST_PARAMS"])
epochs = int(os.environ["FITFIRST_EPOCHS"])
directory = os.environ.get("FITFIRST_CHECKPOINT_DIR")
checkpoint = os.path.join(directory, "state.pickle") if directory else None

chance = random.Random(int(os.environ["FITFIRST_SEED"]))


def point(label):
    angle = chance.random() * math.pi
    x, y = math.cos(angle), math.sin(angle)
    noise = lambda: chance.gauss(0, 0.15)
    return ((x, y) if label == 0 else (1 - x, 0.5 - y)), label, (noise(), noise())


rows = [((x + dx, y + dy), label) for (x, y), label, (dx, dy) in (point(n % 2) for n in range(120))]
training, validation = rows[:80], rows[80:]

hidden = chosen["hidden"]
inner = [[chance.gauss(0, 1) for _ in range(3)] for _ in range(hidden)]
outer = [chance.gauss(0, 1 / math.sqrt(hidden)) for _ in range(hidden + 1)]


def forward(inputs, keep=None):
    units = [math.tanh(a * inputs[0] + b * inputs[1] + c) for a, b, c in inner]
    if keep is not None:
        units = [unit * kept for unit, kept in zip(units, keep)]
    total = outer[hidden] + sum(weight * unit for weight, unit in zip(outer, units))
    return units, 1 / (1 + math.exp(-max(-30, min(30, total))))


def train_epoch():
    rate, dropout = chosen["learning_rate"], chosen["dropout"]
    for inputs, label in chance.sample(training, len(training)):
        keep = [0 if chance.random() < dropout else 1 / (1 - dropout) for _ in range(hidden)]
        units, answer = forward(inputs, keep)
        error = answer - label
        for n in range(hidden):
            slope = error * outer[n] * keep[n] * (1 - (units[n] / keep[n]) ** 2 if keep[n] else 0)
            outer[n] -= rate * error * units[n]
            for k, value in enumerate((*inputs, 1)):
                inner[n][k] -= rate * slope * value
        outer[hidden] -= rate * error


def score(part):
    answers = [(forward(inputs)[1], label) for inputs, label in part]
    right = sum((answer > 0.5) == (label == 1) for answer, label in answers)
    loss = -sum(math.log(max(1e-12, answer if label else 1 - answer)) for answer, label in answers)
    return loss / len(part), right / len(part)


# A longer trial finds what the shorter one saved: all that the next epochs depend on.
first = 1
if checkpoint and os.path.exists(checkpoint):
    with open(checkpoint, "rb") as file:
        last, inner, outer, state = pickle.load(file)
    chance.setstate(state)
    first = last + 1
    print("goes on from epoch", last, flush=True)

with open(os.environ["FITFIRST_REPORT"], "a") as report:
    for epoch in range(first, epochs + 1):
        train_epoch()
        train_loss, train_accuracy = score(training)
        val_loss, val_accuracy = score(validation)
        numbers = {"epoch": epoch, "train_loss": train_loss, "train_accuracy": train_accuracy}
        print(json.dumps(numbers | {"val_loss": val_loss, "val_accuracy": val_accuracy}), file=report, flush=True)

# The variable is set only if a longer trial may follow.
if checkpoint:
    with open(checkpoint, "wb") as file:
        pickle.dump((epochs, inner, outer, chance.getstate()), file)
