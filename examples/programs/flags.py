"""Takes its options with argparse, and prints a line for each epoch."""

import argparse

from wave import train

options = argparse.ArgumentParser()
options.add_argument("--sines", type=int, default=2)
options.add_argument("--decay", type=float, default=0.0)
options.add_argument("--epochs", type=int, default=10)
options.add_argument("--seed", type=int, default=1)
chosen = options.parse_args()

for epoch, train_loss, val_loss in train(chosen.sines, chosen.decay, chosen.epochs, chosen.seed):
    print(f"epoch {epoch}: training {train_loss:.5f}, validation {val_loss:.5f}")
