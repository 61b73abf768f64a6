"""Takes its options by their places, and prints a table: positional.py SINES DECAY EPOCHS SEED"""

import sys

from wave import train

sines, decay, epochs, seed = sys.argv[1:]

print(" epoch   training  validation")
for epoch, train_loss, val_loss in train(int(sines), float(decay), int(epochs), int(seed)):
    print(f"{epoch:6d} {train_loss:10.5f} {val_loss:11.5f}")
