"""The task of the programs in this folder: fit a noisy wave by a sum of sines and cosines, in plain Python."""

import math
import random


def inputs(x, sines):
    return [1.0] + [wave(k * x) for k in range(1, sines + 1) for wave in (math.sin, math.cos)]


def predict(weights, row):
    return sum(weight * value for weight, value in zip(weights, row))


def loss(weights, rows):
    return sum((predict(weights, row) - y) ** 2 for row, y in rows) / len(rows)


def train(sines, decay, epochs, seed):
    """Yields the number of each epoch, its training loss and its validation loss."""
    chance = random.Random(seed)
    points = [chance.uniform(-2, 2) for _ in range(60)]
    waves = [math.sin(3 * x) + math.cos(2 * x) + chance.gauss(0, 0.4) for x in points]
    rows = [(inputs(x, sines), y) for x, y in zip(points, waves)]
    training, validation = rows[:30], rows[30:]
    weights = [0.0] * (2 * sines + 1)
    for epoch in range(1, epochs + 1):
        chance.shuffle(training)
        for row, y in training:
            error = predict(weights, row) - y
            weights = [w - 0.05 * (error * value + decay * w) for w, value in zip(weights, row)]
        yield epoch, loss(weights, training), loss(weights, validation)
