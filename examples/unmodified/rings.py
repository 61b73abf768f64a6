"""Tells two noisy rings apart with a small network, in plain Python. It knows nothing of fitfirst."""

import argparse
import math
import random


def rings(count, source):
    rows = []
    for index in range(count):
        label = index % 2
        angle = source.uniform(0, 2 * math.pi)
        radius = (1.0 if label else 0.55) + source.gauss(0, 0.12)
        rows.append((radius * math.cos(angle), radius * math.sin(angle), label))
    return rows


class Network:
    def __init__(self, hidden, source):
        self.inner = [[source.gauss(0, 1.2) for _ in range(3)] for _ in range(hidden)]
        self.outer = [source.gauss(0, 0.5) for _ in range(hidden + 1)]

    def forward(self, x, y, kept=None):
        units = [math.tanh(a * x + b * y + c) for a, b, c in self.inner]
        if kept is not None:
            units = [unit * factor for unit, factor in zip(units, kept)]
        score = self.outer[-1] + sum(weight * unit for weight, unit in zip(self.outer, units))
        return units, 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    def step(self, x, y, label, rate, dropout, source):
        kept = [0.0 if source.random() < dropout else 1 / (1 - dropout) for _ in self.inner]
        units, chance = self.forward(x, y, kept)
        error = chance - label
        for index, (unit, factor) in enumerate(zip(units, kept)):
            if factor == 0.0:
                continue
            slope = factor * (1 - (unit / factor) ** 2)
            inward = error * self.outer[index] * slope
            self.outer[index] -= rate * error * unit
            row = self.inner[index]
            row[0] -= rate * inward * x
            row[1] -= rate * inward * y
            row[2] -= rate * inward
        self.outer[-1] -= rate * error

    def score(self, rows):
        loss = right = 0.0
        for x, y, label in rows:
            _, chance = self.forward(x, y)
            loss -= math.log(chance if label else 1 - chance)
            right += (chance > 0.5) == bool(label)
        return loss / len(rows), right / len(rows)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--hidden", type=int, default=4)
    options.add_argument("--dropout", type=float, default=0.0)
    options.add_argument("--learning-rate", type=float, default=0.1)
    options.add_argument("--epochs", type=int, default=30)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    source = random.Random(chosen.seed)
    rows = rings(160, source)
    training, validation = rows[:100], rows[100:]
    network = Network(chosen.hidden, source)
    print(f"{len(training)} rows to learn from, {len(validation)} to judge by")
    for epoch in range(1, chosen.epochs + 1):
        source.shuffle(training)
        for x, y, label in training:
            network.step(x, y, label, chosen.learning_rate, chosen.dropout, source)
        loss, accuracy = network.score(training)
        held_loss, held_accuracy = network.score(validation)
        print(
            f"epoch {epoch} loss {loss:.4g} acc {accuracy:.4g}"
            f" | held out: loss {held_loss:.4g} acc {held_accuracy:.4g}"
        )


main()
